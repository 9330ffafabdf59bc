"""The first section of every incident: is anybody unsafe now, is a life threatened, who lives there and are they safe."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cases.models import HouseholdMember, Incident
from cases.models.answers import Answer, SafeOrNot, YesOrNo
from cases.models.severity import OWNERS, Severity, higher, suggested
from workflow.forms import Choice, EvidenceForm, LongText, ModelSection, Number, ShortText

THREAT_STANDS = "A threat to life was raised. It stays until an inspector closes it"


class SafeNow(ModelSection):
    everyone_safe = Choice(Answer, label="Is everyone safe now?", reveals={Answer.NO: ["unsafe_what"]})
    unsafe_what = LongText(
        label="Who is unsafe, and why?",
        max_length=1500,
        rows=3,
        hint="One or two sentences: who, where. It shows on every page.",
    )
    threat_to_life = Choice(
        YesOrNo,
        label="Is there a threat to life?",
        hint="A real and immediate risk that somebody will be killed. An inspector is told at once.",
        reveals={YesOrNo.YES: ["threat_what"]},
    )
    threat_what = LongText(
        label="Whose life is threatened, by whom, and how?",
        max_length=1500,
        rows=3,
        hint="One or two sentences. What must be done at once comes on the next page.",
    )
    household = Choice(
        Answer, label="Does anybody else live there?", hint="Children too. You add each of them on the next page."
    )
    made_safe = LongText(
        label="What did you do to make people safe?",
        max_length=2000,
        rows=4,
        hint="Two or three sentences: who is where, who is with them, where the suspect is.",
    )
    needed = {
        "everyone_safe": "Say whether everyone is safe",
        "threat_to_life": "Say whether there is a threat to life",
        "household": "Say whether anybody else lives there",
        "made_safe": "Say what you did to make people safe",
    }
    needed_when = {
        "unsafe_what": (lambda incident: incident.everyone_safe == Answer.NO, "Say who is unsafe, and why"),
        "threat_what": (lambda incident: incident.threat_to_life == YesOrNo.YES, "Say whose life is threatened"),
    }

    class Meta:
        model = Incident
        fields = ["everyone_safe", "unsafe_what", "threat_to_life", "threat_what", "household", "made_safe"]

    def clean(self) -> dict[str, Any]:
        """The first question is answered before the page is left; who is unsafe goes on the band at once."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        self._refuse(not said.get("everyone_safe"), "everyone_safe", self.needed["everyone_safe"])
        unsafe = said.get("everyone_safe") == Answer.NO
        self._refuse(unsafe and not said.get("unsafe_what"), "unsafe_what", "Say who is unsafe, and why")
        threat = said.get("threat_to_life") == YesOrNo.YES
        self._refuse(threat and not said.get("threat_what"), "threat_what", "Say whose life is threatened")
        was = self.instance  # not written on yet: that follows once everything was checked
        self._refuse(not threat and was.threat_to_life == YesOrNo.YES, "threat_to_life", THREAT_STANDS)
        safe_again = was.everyone_safe == Answer.NO and said.get("everyone_safe") == Answer.YES
        too_short = len(said.get("made_safe") or "") < 10
        self._refuse(safe_again and too_short, "made_safe", "Say how you know that everyone is safe now")
        return said

    def _refuse(self, wrong: bool, field: str, sentence: str) -> None:
        if wrong and field not in self.errors:
            self.add_error(field, sentence)


class Household(ModelSection):
    """One person who lives there."""

    who = ShortText(label="Who is it?", max_length=200, hint="A name, or in words: her mother, a lodger, a baby")
    age = Number(label="Age, about", required=False, min_value=0, max_value=120)
    relation = ShortText(
        label="Who are they to the person harmed?",
        max_length=200,
        required=False,
        hint="For example: son, mother, lodger",
    )
    safe = Choice(SafeOrNot, label="Are they safe?")
    done = ShortText(
        label="What was done for them?", max_length=500, hint="Where they are not safe, or not seen: what, and by whom"
    )
    needed = {"who": "Say who lives there", "safe": "Say whether they are safe"}
    needed_when = {
        "done": (
            lambda row: row.safe in (SafeOrNot.NOT_SAFE, SafeOrNot.NOT_SEEN),
            "Say what was done for whoever is not safe or was not seen",
        ),
    }

    class Meta:
        model = HouseholdMember
        fields = ["who", "age", "relation", "safe", "done"]

    def clean_who(self) -> str:
        said = str(self.cleaned_data["who"] or "").strip()
        if not said:
            self.add_error("who", self.needed["who"])
        return said


class HowSerious(ModelSection):
    """The class that somebody gives it; the record suggests one, with the reason."""

    severity = Choice(Severity, label="How serious is it?", hints={code: row.hint for code, row in OWNERS.items()})
    severity_why = LongText(
        label="Why, if it is not what is suggested?",
        max_length=1000,
        rows=2,
        hint="One sentence. Leave empty if it is.",
    )
    needed = {"severity": "Choose how serious it is"}
    needed_when = {
        "severity_why": (
            lambda incident: bool(incident.severity) and incident.severity != suggested(incident).severity,
            "Say why it is not as serious, or more serious, than what was recorded suggests",
        )
    }

    class Meta:
        model = Incident
        fields = ["severity", "severity_why"]

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["severity"].help_text = _("Suggested: %(what)s.") % {"what": suggested(self.instance).words}
        self.set_before = self.instance.severity

    def clean_severity(self) -> str:
        """What somebody has set is lowered only by the rank that owns it, with a step of its own."""
        said = str(self.cleaned_data["severity"] or "")
        if self.set_before and (not said or higher(self.set_before, said)):
            label = Severity(self.set_before).label
            self.add_error(
                "severity", _("It is set to %(label)s. Only the rank that owns it lowers it") % {"label": label}
            )
        return said


class NewSeverity(EvidenceForm):
    """The class from now on, and why."""

    severity = Choice(
        Severity, label="How serious is it?", needed="Choose how serious it is",
        hints={code: row.hint for code, row in OWNERS.items()},
    )  # fmt: skip
    severity_why = LongText(label="Why?", called="The reason", needed="Say why", min_length=10, max_length=1000, rows=3)
