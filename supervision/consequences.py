"""What the page of a weighty step says it will do, so that nobody approves what they have not read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest

from cases.models import Holding
from risk.models import RiskThreshold
from supervision.models import HolidayChange, PostingChange, ThresholdChange, UseChange, VersionPublication
from supervision.replay import COUNTED, how_many
from workflow.clock import BadLength, read_lengths
from workflow.models import PolicySetting
from workflow.pages import step_context
from workflow.policies import POLICIES
from workflow.templatetags.words import counted, full_day, legal

Sentences = Callable[[Any], Iterator[str]]


def of_posting(change: PostingChange) -> Iterator[str]:
    ends = f"until {legal(change.to_at)}" if change.to_at else "with no end set"
    yield f"Give {change.user.title()} the role {change.get_role_display()} over {change.unit} and all beneath it, {ends}."
    if change.kind == PostingChange.Kind.EXTEND:
        yield "They hold it now: it lasts longer."
    yield f"Asked for by {change.recorded_by.short_title()}: {change.why}"


def of_ending(change: PostingChange) -> Iterator[str]:
    if change.posting is not None:
        yield f"End {change.posting.user.title()}: {change.posting}, at once."
        yield "Who hears of its deadlines changes with the next sweep."


def of_holiday(change: HolidayChange) -> Iterator[str]:
    moved, whole = how_many(change)
    least = "" if whole else f"at least ({COUNTED} were looked at) "
    yield f"{change.get_act_display()}: {change.name}, {full_day(change.on)}, {change.get_division_display()}."
    yield f"Source: {change.source}. Proposed by {change.recorded_by.short_title()}."
    yield f"Move {least}{counted(moved, 'open deadline')}. Each keeps the date it had, with why."


def of_number(change: ThresholdChange) -> Iterator[str]:
    now = RiskThreshold.objects.in_force(change.valid_from)[change.name]
    yield f"{change.get_name_display()}: {change.value} instead of {now}, from {full_day(change.valid_from)}."
    yield "Decisions made before that day keep the number they were made under."
    yield f"Authority: {change.authority}. Proposed by {change.recorded_by.short_title()}."


def of_version(publication: VersionPublication) -> Iterator[str]:
    version = publication.instrument_version
    yield f"Publish {version}, from {full_day(version.valid_from)}. From then on nothing in it can be changed."
    yield f"Source: {version.source}. Loaded by {version.loaded_by.short_title() if version.loaded_by else 'nobody'}."


def of_use(change: UseChange) -> Iterator[str]:
    yield f"{change.unit} and what is beneath it assesses with {change.instrument}, from {full_day(change.valid_from)}."
    yield "What was begun before is finished on what it was begun with."
    yield f"Authority: {change.authority}. Proposed by {change.recorded_by.short_title()}."


def of_setting(setting: PolicySetting) -> Iterator[str]:
    policy = POLICIES.get(setting.policy)
    yield f"{policy.label if policy else setting.policy}, from {full_day(setting.valid_from)}. Open work keeps its dates."
    try:
        for word, length in read_lengths(setting.within).items():
            shipped = (policy.lengths().get(word) or policy.lengths()["other"]).words if policy else "nothing"
            yield f"{'' if word == 'other' else word.title() + ': '}{length.words}. As the product sets it: {shipped}."
    except BadLength:
        yield f"The length cannot be read: {setting.within}"
    yield f"Authority: {setting.authority}. Proposed by {setting.recorded_by.short_title()}."


def of_leaving(person: Any) -> Iterator[str]:
    held = Holding.objects.filter(person=person, to_at__isnull=True).count()
    yield f"Shut {person.title()} out at once: every session ends now."
    yield "End every posting they have."
    if held:
        yield f"Take from them what they hold ({counted(held, 'part')} of cases): each goes to the queue of its team."


# fmt: off
SAID: dict[str, Sentences] = {
    "posting.approve": of_posting, "posting.refuse": of_posting, "posting.take-back": of_posting,
    "posting.end": of_ending, "posting.revoke": of_ending,
    "holiday.approve": of_holiday, "holiday.refuse": of_holiday, "holiday.take-back": of_holiday,
    "threshold.approve": of_number, "threshold.refuse": of_number, "threshold.take-back": of_number,
    "publication.approve": of_version, "publication.refuse": of_version, "publication.take-back": of_version,
    "instrument-use.approve": of_use, "instrument-use.refuse": of_use, "instrument-use.take-back": of_use,
    "setting.approve": of_setting, "setting.refuse": of_setting,
    "person.leave": of_leaving,
}
# fmt: on
#: Pages of refusing and taking back say what is asked, not what the button does.
NOT_DONE = ("refuse", "take-back")


def declare_all() -> None:
    for event, sentences in SAID.items():
        step_context(event)(_context(sentences, title="What was asked" if event.endswith(NOT_DONE) else ""))


def _context(sentences: Sentences, title: str) -> Callable[[HttpRequest, Any], dict[str, Any]]:
    def context(request: HttpRequest, record: Any) -> dict[str, Any]:
        said = list(sentences(record))
        return {"consequences": said, "consequences_title": title} if said else {}

    return context
