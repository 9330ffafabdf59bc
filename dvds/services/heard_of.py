"""Something was recorded elsewhere about somebody: each open consideration in which they are at risk or subject judges again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_noop as N_

from accounts.models import User
from dvds.models import Application, Part, Party
from workflow import engine

S = Application.State
#: Where the risk may be judged again.
RENEWED_IN = (
    S.CHECKS, S.CHECKED, S.STOPPING, S.MEETING, S.MET, S.TRIAGED, S.ASSESSED, S.SIGNING, S.REFERRED, S.DEFERRED, S.TO_TELL,
    S.NOT_TO_TELL, S.WITHDRAWN, S.CONCLUDING,
)  # fmt: skip
#: Nothing of what it is, where, or from whom: the unit looks with its own eyes, and sees what it may.
WHAT = {
    Part.SUBJECT: N_("Something was recorded about the subject since the risk was judged. Look at what is known of them."),
    Part.AT_RISK: N_("Something was recorded about the person at risk since the risk was judged. Look at what is known of them."),
}  # fmt: skip


def renew_beside(people: Collection[int], case: int, at: datetime) -> list[Application]:
    """Those that were renewed. `case`: where it was recorded; what a consideration itself records is its own act. Before the
    risk was judged at all nothing is owed. Index: considered_person.
    """
    rows = Party.objects.standing().filter(person__in=people, part__in=[Part.SUBJECT, Part.AT_RISK]).exclude(case=case)
    rows = rows.filter(application__in=Application.objects.open().filter(looked_at__isnull=False))
    parts: dict[int, str] = {}
    for row in rows.order_by("application", "-part"):  # the subject first
        parts.setdefault(row.application_id, row.part)
    found = Application.objects.filter(pk__in=parts, state__in=RENEWED_IN).order_by("pk")
    return [renew(application, parts[application.pk], at) for application in found]


def renew(application: Application, part: str, at: datetime) -> Application:
    done: Application = engine.perform(
        application,
        "renew",
        by=User.objects.system(),
        evidence={"what": WHAT[Part(part)]},
        seen=application.version,
        at=at,
    )
    return done
