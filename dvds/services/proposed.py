"""What a supervisor is asked to decide on: the proposal with its reasons, what was found, how it was judged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from dvds.models import Application, Factor
from dvds.services.shown import check_lines
from people.services import names_for

S = Application.State
Line = tuple[str, str]


def for_review(application: Any, user: User, since: datetime | None) -> list[Line]:
    """(what, the words) of what waits for a decision: the category, or that it is not to go on. Nothing where nothing waits.
    Eight queries at most.
    """
    said = {S.SIGNING: category_lines, S.STOPPING: stop_lines}.get(application.state)
    if said is None:
        return []
    return [
        line for line in (*said(application), *judged_lines(application), *found_lines(application, user)) if line[1]
    ]


def category_lines(application: Any) -> list[Line]:
    """What the police propose to the forum. Index: categorised_of_application."""
    row = application.categorised.standing().order_by("-pk").first()
    if row is None:
        return []
    return [
        (_("Proposed"), _(row.get_category_display())),
        (_("What holds"), "\n".join(_(str(Factor(code).label)) for code in row.factors)),
        (_("Why"), row.reasons), (_("Why no concern all the same"), row.despite), (_("Whom to tell"), row.recipient),
        (_("What to say"), row.wording), (_("Is it malicious?"), _(row.get_malice_display()) if row.malice else ""),
        (_("The subject’s side"), f"{_(row.get_representations_display())}. {row.representations_because}"),
        (_("Safety plan"), _(row.safety_plan.get_state_display()) if row.safety_plan else ""),
    ]  # fmt: skip


def stop_lines(application: Any) -> list[Line]:
    pack = _(application.get_stop_pack_display()) if application.stop_pack else ""
    return [
        (_("Proposed: not to go on"), _(application.get_stopped_as_display())),
        (_("Support that was given"), application.support_words),
        (_("The pack"), pack),
    ]


def judged_lines(application: Any) -> list[Line]:
    """The newest judgement, and the full assessment where there is one."""
    judged = application.triages.standing().order_by("-pk").first()
    full = application.assessments.standing().order_by("-pk").first()
    lines = []
    if full is not None:
        lines += [
            (_("Assessed in full"), f"{_(full.get_grade_display())}. {full.judgement}"),
            (_("Not known still"), full.gaps),
        ]
        lines += [(_("The children"), full.children)]
    if judged is not None:
        lines += [(_("Risk as it was judged"), f"{_(judged.get_grade_display())}. {judged.judged}")]
        lines += [(_("What is known"), judged.information), (_("What is done"), judged.options)]
    return lines


def found_lines(application: Any, user: User) -> list[Line]:
    """What each system said, in a line."""
    people = application.parties.standing().values_list("person", flat=True)
    lines = check_lines(application, names_for(set(people), user))
    return [(f"{line.system}: {line.of}", f"{line.result}. {line.words}") for line in lines]
