"""R-15 to R-18: a grade is lowered by another, one level, for a coded reason, and comes back by itself."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Unit, User
from cases.models import Case, Task
from risk.models import Assessment, Downgrade, Reassessment, RiskDecision, RiskThreshold, current_grades, rank
from risk.services import lapse_and_reopen
from tests.cast import person, take
from tests.risk.story import answer_all, fresh, give_reasons, grade
from tests.risk.test_grade import FOURTEEN, TEN, refusal_of
from workflow import engine, reactions
from workflow.deadlines import ladder_of
from workflow.health import CHECKS
from workflow.models import Deadline, Refused

WORDS = "Daniel Reeve was remanded by Northgate magistrates this morning, as the warrant says; the flat is secure."
SPOKEN = {
    "spoken": "yes", "spoken_how": "telephone", "spoken_words": "She is relieved and agrees.",
    "spoken_at": (timezone.now() - timedelta(hours=2)).isoformat(),
}  # fmt: skip
NOT_SPOKEN = {"spoken": "no", "why_not": "She did not pick up; tried again tonight at a safe time."}


@pytest.fixture
def dana(nr3: Unit) -> User:
    """The domestic abuse specialist of the team."""
    return person("DC", "6114", "Dana Wells", ("da_specialist", nr3))


@pytest.fixture
def graded_high(dash: Assessment, ellen: User) -> Case:
    """Hannah's case, graded high by Ellen on few answers."""
    answer_all(dash, ellen, yes=(1, 2))
    give_reasons(dash, ellen)
    grade(dash, ellen, "high")
    found: Case = dash.case
    return found


def lower(case: Case, by: User, **said: Any) -> Downgrade:
    evidence = {"reason": "disproved", "words": WORDS, **SPOKEN, **said}
    made: Downgrade = take(Downgrade(case=case), "lower", by, **evidence)
    return made


def spoken_now() -> dict[str, str]:
    """What is said when the victim was spoken to this minute."""
    return {**{key: SPOKEN[key] for key in ("spoken_how", "spoken_words")}, "spoken_at": timezone.now().isoformat()}


def custody(days: int = 30) -> dict[str, str]:
    return {"reason": "custody", "custody_ends": (timezone.localdate() + timedelta(days=days)).isoformat()}


def grade_of(case: Case) -> str:
    return current_grades([case.pk])[case.pk]


@pytest.mark.requirement("S2-009")
@pytest.mark.rule("R-11", "R-14")
def test_judgement_stands_apart_from_the_count_raises_freely_and_lowers_with_reason_and_authority(
    graded_high: Case, dash: Assessment, ellen: User, priya: User, tom: User
) -> None:
    """Two of the 24 are Yes and the grade is High all the same; nobody's approval was asked."""
    row = RiskDecision.objects.get()
    assert (row.ric_yes, row.to_grade, row.floor, row.decided_by) == (2, "high", "standard", ellen)
    assert refusal_of(lambda: lower(graded_high, tom)).kind.name == "ROLE"
    made = lower(graded_high, priya)
    last = RiskDecision.objects.latest("pk")
    assert (last.from_grade, last.to_grade, last.kind, last.role, last.spoken) == (
        "high", "medium", "lowered", "sergeant", "yes",
    )  # fmt: skip
    assert last.rationale == WORDS and made.decision == last and not made.provisional
    take(dash, "raise", tom, grade="high", reason="He was seen at her door this evening.")
    assert grade_of(graded_high) == "high"


@pytest.mark.rule("R-15")
def test_neither_who_set_the_grade_nor_who_had_a_part_in_the_assessment_may_lower_it(
    dash: Assessment, ellen: User, priya: User, ruth: User, dana: User
) -> None:
    answer_all(dash, dana, yes=(1,))
    give_reasons(dash, ellen)
    take(dash, "raise", priya, grade="high", reason="He has been seen near the school since.")
    assert "You set this grade" in refusal_of(lambda: lower(dash.case, priya)).sentence
    assert "You had a part in the assessment" in refusal_of(lambda: lower(dash.case, dana)).sentence
    assert lower(dash.case, ruth).decision.to_grade == "medium"


@pytest.mark.rule("R-15")
def test_one_level_at_a_time_and_the_second_by_another_person(
    graded_high: Case, priya: User, ruth: User, dana: User
) -> None:
    assert lower(graded_high, priya).decision.to_grade == "medium"
    assert "so somebody else must lower it" in refusal_of(lambda: lower(graded_high, priya)).sentence
    assert lower(graded_high, ruth).decision.to_grade == "standard"
    assert "Standard already" in refusal_of(lambda: lower(graded_high, dana)).sentence


@pytest.mark.rule("R-15")
def test_whoever_raised_it_to_high_does_not_take_the_second_level_either(
    dash: Assessment, priya: User, ruth: User, dana: User
) -> None:
    take(dash, "raise", ruth, grade="high", reason="He has been seen near the school since.")
    lower(dash.case, priya)
    assert "or a higher one" in refusal_of(lambda: lower(dash.case, ruth)).sentence
    assert lower(dash.case, dana).decision.to_grade == "standard"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("There is no space at MARAC and the workload of the team does not allow it this month, I am afraid.", "workload"),
        ("She declined support and there has been no reply to any of the calls made to her this week.", "no reply"),
        ("No further calls have come from the address, and some time has passed with nothing since then.", "no further calls"),
    ],
)  # fmt: skip
@pytest.mark.rule("R-16")
def test_words_that_are_no_reason_are_named_and_an_inspector_looks_where_they_stay(
    graded_high: Case, priya: User, words: str, named: str
) -> None:
    refused = refusal_of(lambda: lower(graded_high, priya, words=words))
    assert (
        named in refused.errors.errors["words"][0]
        and "is no reason to lower a grade" in refused.errors.errors["words"][0]
    )
    assert grade_of(graded_high) == "high"
    made = lower(graded_high, priya, words=words, not_that="on")
    assert named in made.flagged
    assert Task.objects.get(kind="lowered_grade").owed_by == "inspector"


@pytest.mark.rule("R-16")
def test_the_reasons_offered_leave_out_every_reason_that_is_none(graded_high: Case, priya: User) -> None:
    for code in ("capacity", "workload", "marac_full", "declined", "no_reply", "elapsed"):
        assert "reason" in refusal_of(lambda code=code: lower(graded_high, priya, reason=code)).errors.errors


def test_a_specialists_reason_is_a_specialists_and_wants_the_victim(graded_high: Case, priya: User, dana: User) -> None:
    assert "specialist’s reason" in refusal_of(lambda: lower(graded_high, priya, reason="specialist")).sentence
    refused = refusal_of(lambda: lower(graded_high, dana, reason="specialist", **NOT_SPOKEN))
    assert "only where the victim was spoken to" in refused.errors.errors["spoken"][0]
    assert lower(graded_high, dana, reason="specialist").decision.to_grade == "medium"


def test_an_order_must_have_been_kept_for_as_many_days_as_the_force_says(graded_high: Case, priya: User) -> None:
    ends = (timezone.localdate() + timedelta(days=90)).isoformat()
    since = timezone.localdate() - timedelta(days=20)
    said = {"reason": "order", "kept_since": since.isoformat(), "order_ends": ends}
    refused = refusal_of(lambda: lower(graded_high, priya, **said))
    assert refused.errors.errors["kept_since"] == ["The order must have been in force and kept for 28 days or more"]
    RiskThreshold.objects.create(
        name="order_kept_days", value=14, valid_from=timezone.localdate(), authority="Force order 3"
    )
    assert lower(graded_high, priya, **said).kept_since == since


def test_it_says_whether_the_victim_was_spoken_to_how_when_and_what_came_of_it(graded_high: Case, priya: User) -> None:
    assert "spoken" in refusal_of(lambda: lower(graded_high, priya, spoken="")).errors.errors
    left = refusal_of(lambda: lower(graded_high, priya, spoken_at="", spoken_how="", spoken_words="")).errors.errors
    assert set(left) == {"spoken_at", "spoken_how", "spoken_words"}


@pytest.mark.rule("R-17")
def test_without_contact_it_is_provisional_and_lapses_on_the_seventh_day(graded_high: Case, priya: User) -> None:
    made = lower(graded_high, priya, **NOT_SPOKEN)
    assert made.provisional and made.lapses_at == made.recorded_at + timedelta(days=7)
    assert lapse_and_reopen(made.lapses_at - timedelta(minutes=1)) == 0
    assert grade_of(graded_high) == "medium"
    assert lapse_and_reopen(made.lapses_at) == 1
    last = RiskDecision.objects.latest("pk")
    assert (last.to_grade, last.kind, last.decided_by.username, last.role) == ("high", "lapsed", "system", "system")
    assert Downgrade.objects.get().state == "lapsed"
    assert lapse_and_reopen(made.lapses_at + timedelta(days=1)) == 0  # once


def test_a_grade_that_should_have_come_back_and_did_not_makes_the_service_unready(
    graded_high: Case, priya: User
) -> None:
    made = lower(graded_high, priya, **NOT_SPOKEN)
    Downgrade.objects.filter(pk=made.pk).update(lapses_at=timezone.now() - timedelta(minutes=10))
    assert CHECKS["grades"]()
    Downgrade.objects.filter(pk=made.pk).update(lapses_at=timezone.now() - timedelta(minutes=20))
    assert not CHECKS["grades"]()
    lapse_and_reopen(timezone.now())
    assert CHECKS["grades"]()


def test_a_lowering_that_lapsed_is_not_tried_again_without_the_victim(
    graded_high: Case, priya: User, ruth: User
) -> None:
    made = lower(graded_high, priya, **NOT_SPOKEN)
    lapse_and_reopen(made.lapses_at)
    refused = refusal_of(lambda: lower(graded_high, ruth, **NOT_SPOKEN))
    assert "Speak to the victim first" in refused.errors.errors["spoken"][0]
    assert lower(graded_high, ruth).decision.to_grade == "medium"


def test_a_provisional_grade_is_not_lowered_further(graded_high: Case, priya: User, ruth: User) -> None:
    lower(graded_high, priya, **NOT_SPOKEN)
    assert "record that first" in refusal_of(lambda: lower(graded_high, ruth)).sentence


def test_speaking_to_the_victim_makes_it_stand(graded_high: Case, priya: User, tom: User) -> None:
    made = lower(graded_high, priya, **NOT_SPOKEN)
    take(made, "confirm", tom, **spoken_now())
    assert lapse_and_reopen(made.lapses_at + timedelta(days=1)) == 0
    assert grade_of(graded_high) == "medium"
    assert Downgrade.objects.get().spoken == "yes"


def test_the_clock_of_a_provisional_grade_has_a_ladder_and_ends_with_the_contact(
    graded_high: Case, priya: User, tom: User
) -> None:
    made = lower(graded_high, priya, **NOT_SPOKEN)
    clock = Deadline.objects.open().get(policy="lowered-spoken")
    assert clock.due_at == made.lapses_at
    assert {rung.who for rung in ladder_of(clock)} == {"holder", "sergeant", "inspector"}
    take(made, "confirm", tom, **spoken_now())
    assert not Deadline.objects.open().filter(policy="lowered-spoken").exists()


@pytest.mark.rule("R-17")
def test_a_reason_for_a_time_ends_by_itself_and_the_grade_is_looked_at(graded_high: Case, priya: User) -> None:
    made = lower(graded_high, priya, **custody(30))
    assert made.reopens_at is not None
    assert lapse_and_reopen(made.reopens_at - timedelta(minutes=1)) == 0
    lapse_and_reopen(made.reopens_at)
    last = RiskDecision.objects.latest("pk")
    assert (last.to_grade, last.kind, last.from_grade) == ("high", "reopened", "medium")
    reactions.run_due()
    assert Reassessment.objects.get(trigger="lowering_ended").state == "owed"


def test_a_reason_for_a_time_must_say_when_it_ends(graded_high: Case, priya: User) -> None:
    assert "custody_ends" in refusal_of(lambda: lower(graded_high, priya, reason="custody")).errors.errors
    with pytest.raises(IntegrityError), transaction.atomic():
        Downgrade.objects.filter(pk=lower(graded_high, priya).pk).update(reason="custody")


@pytest.mark.rule("R-17")
def test_two_levels_come_back_at_once_when_the_first_reason_ends(graded_high: Case, priya: User, ruth: User) -> None:
    first = lower(graded_high, priya, **custody(30))
    second = lower(graded_high, ruth, **custody(60))
    assert first.reopens_at is not None and second.reopens_at is not None
    lapse_and_reopen(first.reopens_at)
    assert grade_of(graded_high) == "high"
    reactions.run_due()
    assert Downgrade.objects.get(pk=second.pk).state == "overtaken"
    assert lapse_and_reopen(second.reopens_at) == 0


def test_a_raise_overtakes_what_was_lowered(graded_high: Case, dash: Assessment, priya: User, tom: User) -> None:
    made = lower(graded_high, priya, **NOT_SPOKEN)
    take(dash, "raise", tom, grade="high", reason="He was seen at her door this evening.")
    reactions.run_due()
    assert Downgrade.objects.get().state == "overtaken"
    assert lapse_and_reopen(made.lapses_at) == 0
    assert not Deadline.objects.open().filter(policy="lowered-spoken").exists()


@pytest.mark.parametrize(("yes", "now"), [(FOURTEEN, "high"), (TEN, "medium")])
@pytest.mark.rule("R-18")
def test_below_the_floor_of_the_count_it_cannot_be_lowered(
    dash: Assessment, ellen: User, priya: User, yes: Any, now: str
) -> None:
    answer_all(dash, ellen, yes=yes)
    give_reasons(dash, ellen)
    grade(dash, ellen, now)
    refused = refusal_of(lambda: lower(dash.case, priya))
    assert "are Yes; the rule is" in refused.sentence
    assert refused.sentence.endswith("A new assessment must replace this one.")


@pytest.mark.rule("R-18")
def test_the_floor_counts_the_answers_as_they_are_now_shown_or_not(dash: Assessment, ellen: User, priya: User) -> None:
    """Raised on judgement before any reason was saved: the count was shown to nobody, and holds all the same."""
    take(dash, "raise", ellen, grade="high", reason="He has been seen near the school since.")
    answer_all(fresh(dash), ellen, yes=FOURTEEN)
    assert "14 of the 24 are Yes" in refusal_of(lambda: lower(dash.case, priya)).sentence


ACTS = st.tuples(st.sampled_from(["lower", "lower", "unspoken", "raise", "days"]), st.integers(0, 2))


@given(acts=st.lists(ACTS, min_size=2, max_size=8))
@settings(max_examples=25, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.rule("R-14", "R-15", "R-18")
def test_whatever_is_done_the_ledger_goes_down_one_level_at_a_time_and_never_by_one_person_twice(
    graded_high: Case, dash: Assessment, nr3: Unit, acts: list[tuple[str, int]]
) -> None:
    """R-11, R-14, R-15 and R-18 of any run of acts of three sergeants: each row comes from the row before, down is one level,
    nobody lowers what they set or what they lowered before, none lies below its floor, and what is provisional is gone when
    its time is over.
    """
    with transaction.atomic():
        now, start = timezone.now(), RiskDecision.objects.latest("pk")
        three = [person("PS", f"lower{number}", "A Sergeant", ("sergeant", nr3)) for number in range(3)]
        for act, who in acts:
            now += timedelta(days=8) if act == "days" else timedelta(minutes=1)
            play(act, graded_high, dash, three[who], now)
        lapse_and_reopen(now + timedelta(days=8))
        rows = list(RiskDecision.objects.filter(case=graded_high, pk__gte=start.pk).order_by("at", "pk"))
        for place, (before, after) in enumerate(zip(rows, rows[1:], strict=False), 1):
            assert after.from_grade == before.to_grade
            fall = rank(before.to_grade) - rank(after.to_grade)
            if fall < 1:
                continue
            own = [row for row in rows[:place] if row.decided_by_id == after.decided_by_id]
            assert fall == 1 and after.kind == "lowered" and rank(after.to_grade) >= rank(after.floor)
            assert not [row for row in own if rank(row.to_grade) >= rank(after.from_grade)]
        assert not Downgrade.objects.filter(state="standing", lapses_at__isnull=False).exists()
        transaction.set_rollback(True)


def play(act: str, case: Case, dash: Assessment, by: User, now: datetime) -> None:
    """One act of the run at its moment; what is refused is refused."""
    if act == "days":
        lapse_and_reopen(now)
        return
    with suppress(Refused):
        if act == "raise":
            found = fresh(dash)
            said = {"grade": "high", "reason": "He was seen at her door this evening."}
            engine.perform(found, "raise", by=by, evidence=said, seen=found.version, at=now)
        else:
            spoken = NOT_SPOKEN if act == "unspoken" else SPOKEN
            said = {"reason": "disproved", "words": WORDS, **spoken}
            engine.perform(Downgrade(case=case), "lower", by=by, evidence=said, at=now)
