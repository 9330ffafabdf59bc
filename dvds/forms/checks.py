"""What is said of looks in systems for a consideration: what was searched, what was found, what each trace is (D2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.forms.systems import NewCheck, birth_of, lines_of
from cases.models import CheckedSystem, SystemCheck
from cases.models.answers import YesOrNo
from cases.models.known_here import KnownHere, known_here
from cases.models.systems import as_typed
from dvds.models import PNC, Party
from dvds.models.alternatives import Alternatives, alternatives, written
from dvds.models.application import Part
from people.services import births_for, names_seen
from workflow.forms import (
    Choice,
    Choices,
    EvidenceForm,
    LongText,
    MomentField,
    Pick,
    ShortText,
    Tick,
)

Found = SystemCheck.Found
SEARCH_OR_SAY = "Our own records also know: %(terms)s. Search for them too, or say why not"


class LookMade(NewCheck):
    """A look in a system for somebody of the consideration. What our own records know besides is put beside the boxes: it is
    searched too, or left for a reason. `subject` is the consideration; the step’s guard says on it who asks.
    """

    also_searched = Choices(
        (), label="Our own records also know these. Which did you search too?", called="What was searched too", required=False,
        hint="Other names, spellings and birth dates of the same person, or of somebody who may be the same.",
    )  # fmt: skip
    not_tried_because = LongText(
        label="Why were the others not searched? (optional)", called="Why the others were not searched", required=False,
        max_length=1000, rows=2, hint="Only where nothing was found and some of them are left.",
    )  # fmt: skip
    visor_marker = Choice(
        YesOrNo, label="Does PNC show a ViSOR marker?", called="Whether PNC shows a ViSOR marker", required=False, inline=True,
        hint="Of the subject alone. Where it does, ViSOR is asked too.",
    )  # fmt: skip
    stands: Sequence[str] = ()  # what stands in the boxes already, so that it is not proposed as well
    field_order: Any = (
        "system", "person", "names", "births", "births_unknown", "also_searched", "places", "checked_at", "checked_by", "found",
        "result", "visor_marker", "not_tried_because", "reference",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        self.application = subject
        super().__init__(*args, subject=subject, **rest)
        self.initial["visor_marker"] = ""  # each look at PNC says it anew
        if code := getattr(subject, "looked_in", ""):
            self.initial["system"] = code
            if code != PNC:
                del self.fields["visor_marker"]
        if chosen := getattr(subject, "looked_for", None):
            self.offer(self.here, chosen)
        person = (self.data.get("person") if self.is_bound else None) or self.initial.get("person")
        self.known = self.known_of(person)
        field: Any = self.fields["also_searched"]
        field.choices = [(term, term) for term in self.known.besides(self.offered(person)).terms]
        if not field.choices:
            del self.fields["also_searched"]

    def offer(self, here: KnownHere, person: int | None) -> None:
        """One name and one date stand in the boxes: what else is known is ticked by whoever truly searched for it."""
        user = getattr(self.application, "asked_by", None)
        if person is None or user is None:
            return
        name, birth = names_seen([person], user).get(person, ""), births_for([person], user).get(person)
        exact = written(birth) if birth else ""
        self.initial.update(person=person, names=name, births=as_typed(exact) if exact else "")
        self.stands = [name, exact]

    def offered(self, person: Any) -> Sequence[str]:
        if self.is_bound:
            return self.typed()
        return self.stands if self.initial.get("person") and str(self.initial["person"]) == str(person) else []

    def typed(self) -> list[str]:
        """What stands in the boxes as they were sent, but for what was ticked besides."""
        sent: dict[str, Any] = {
            name: self.fields[name].widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            for name in ("names", "births", "also_searched")
        }
        ticked = sent["also_searched"] or []
        births = [read_birth(line) for line in lines_of(sent["births"])]
        names = [name for name in lines_of(sent["names"]) if name not in ticked]
        return [*names, *(birth for birth in births if birth and as_typed(birth) not in ticked)]

    def known_of(self, person: Any) -> Alternatives:
        """Within what whoever asks may see; nothing where nobody is looked for, or nobody asks (the shape of the form)."""
        user = getattr(self.application, "asked_by", None)
        return alternatives(int(person), user) if user and str(person or "").isdecimal() else Alternatives()

    def clean(self) -> dict[str, Any]:
        self.take_along()
        said = super().clean()
        if said.get("person") is None and "person" not in self.errors:
            self.add_error("person", ValidationError(_("Say who was looked for")))
        said["visor_marker"] = self.marker(said)
        left = self.known.besides([*(said.get("names") or []), *(said.get("births") or [])])
        if said.get("found") == Found.NOTHING and left and not said.get("not_tried_because") and not self.errors:
            self.add_error("not_tried_because", ValidationError(_(SEARCH_OR_SAY) % {"terms": ", ".join(left.terms)}))
        return said

    def take_along(self) -> None:
        """What was ticked was searched: it stands among the names and dates like what was typed."""
        said = self.cleaned_data
        ticked = said.pop("also_searched", None) or []
        dates = {as_typed(birth): birth for birth in self.known.births}
        names = [term for term in ticked if term not in dates]
        births = [dates[term] for term in ticked if term in dates]
        said["names"] = list(dict.fromkeys([*(said.get("names") or []), *names]))
        said["births"] = list(dict.fromkeys([*(said.get("births") or []), *births]))

    def marker(self, said: dict[str, Any]) -> str:
        """Asked of PNC and the subject; of anything else it says nothing."""
        system, person = said.get("system"), said.get("person")
        of_subject = self.application is not None and person is not None and is_subject(self.application, person)
        if system is None or system.code != PNC or not of_subject:
            return ""
        if "visor_marker" not in self.fields:
            return ""
        if not said.get("visor_marker") and "visor_marker" not in self.errors:
            self.add_error("visor_marker", ValidationError(_("Say whether PNC shows a ViSOR marker")))
        return str(said.get("visor_marker") or "")


def read_birth(line: str) -> str:
    """1988-01-30; "" for what is no date, which is refused where it was typed."""
    try:
        return birth_of(line)
    except ValidationError:
        return ""


def is_subject(application: Any, person: int) -> bool:
    rows = Party.objects.standing().filter(application=application, part=Part.SUBJECT, person=person)
    return bool(rows.exists())


class NotAvailable(EvidenceForm):
    """A system that could not be asked: why, and when it is tried again. It is no result."""

    wants_subject = True
    system = Pick(
        (), label="Which system?", needed="Choose the system",
        hint="PNC, PND and local intelligence are asked each time, ViSOR where PNC shows a marker.",
    )  # fmt: skip
    person = Choice(
        (),
        label="Who was to be looked for?",
        called="Who was to be looked for",
        coerce=int,
        needed="Say who was to be looked for",
        hint="Each is asked about by themselves. Where nobody asked, the person at risk is looked for too.",
    )
    tried_at = MomentField(
        label="When was it tried?", called="The time", past=True,
        hint="When it was tried. The 24 hours for the checks run on meanwhile.",
    )  # fmt: skip
    why = ShortText(
        label="Why could it not be asked?", called="The reason", needed="Say why it could not be asked", max_length=500,
        hint="A system that does not answer is no result. Whoever tries next must know what stood in the way.",
    )  # fmt: skip
    retry_at = MomentField(
        label="When is it tried again?", called="The time of the next try", future=True,
        hint="The checks name it from now on as still to be asked. Nothing goes on before each of them has answered.",
    )  # fmt: skip

    def __init__(self, *args: Any, subject: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        system: Any = self.fields["system"]
        system.choices = [("", "")] + [(row.code, row.label) for row in CheckedSystem.objects.offered()]
        person: Any = self.fields["person"]
        here = known_here(getattr(subject, "case_id", None))
        person.choices = here.choices
        self.initial.setdefault("tried_at", self.at or timezone.now())
        self.initial["system"] = getattr(subject, "looked_in", "") or self.initial.get("system") or ""
        self.initial["person"] = getattr(subject, "looked_for", None) or self.initial.get("person") or ""

    def clean_system(self) -> CheckedSystem:
        return CheckedSystem.objects.get(code=self.cleaned_data["system"], ended=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        tried, again = said.get("tried_at"), said.get("retry_at")
        if tried and again and again <= tried:
            self.add_error("retry_at", ValidationError(_("The time of the next try must be after this one")))
        return said


class ChecksDone(EvidenceForm):
    whole = Tick(
        label="What each system says is recorded here, and nothing else is known to me that ought to be", required=True,
        hint="The least is PNC, PND and local intelligence, and ViSOR where PNC shows a marker. The forum "
        "decides on it.",
    )  # fmt: skip
