"""What is said of evidence: body-worn video, the scene, injuries, and what was sought besides the statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BoundField

from accounts.models import Posting
from accounts.roles import FRONTLINE
from cases.forms.safety import PersonField
from cases.models import Footage, Incident
from cases.models.answers import Answer, Channel, YesOrNo
from cases.models.answers.evidence import NoVideo, Sought
from workflow.forms import Choice, EvidenceForm, LongText, ModelSection, MomentField, ShortText

NO_VIDEO_HINT = "For example: battery failed at 02:10, reported to stores"


def sought(label: str, hint: str = "", *, why_not: str = "") -> Choice:
    """One source: one tap. `why_not` names the box that opens beneath "Not asked"."""
    reveals = {Sought.NOT_ASKED: [why_not]} if why_not else None
    return Choice(Sought, label=label, hint=hint, inline=True, reveals=reveals)


def is_yes(name: str) -> Callable[[Any], bool]:
    return lambda record: getattr(record, name) == YesOrNo.YES


def is_no(name: str) -> Callable[[Any], bool]:
    return lambda record: getattr(record, name) == YesOrNo.NO


def is_not_asked(name: str) -> Callable[[Any], bool]:
    return lambda record: getattr(record, name) == Sought.NOT_ASKED


class Evidence(ModelSection):
    """One tap for each; what other answers say already is not asked again (`cases.services.evidence`)."""

    bwv_used = Choice(
        YesOrNo, label="Did you use your body-worn video?",
        reveals={
            YesOrNo.YES: ["bwv_started_at", "bwv_stopped_at", "bwv_ref"],
            YesOrNo.NO: ["bwv_why_not"],
        },
    )  # fmt: skip
    bwv_started_at = MomentField(label="When does it start?", called="Time the video starts", past=True)
    bwv_stopped_at = MomentField(label="When does it stop?", called="Time the video stops", past=True)
    bwv_ref = ShortText(label="Reference of the video", max_length=60, width=20, hint="Leave empty until it has one.")
    bwv_why_not = Choice(
        NoVideo, label="Why not?", called="Why no video was used", reveals={NoVideo.OTHER: ["bwv_why_not_words"]}
    )
    bwv_why_not_words = ShortText(label="Say why", called="Why no video was used", max_length=300, hint=NO_VIDEO_HINT)

    scene_examined = Choice(YesOrNo, label="Did you look over the scene?", reveals={YesOrNo.NO: ["scene_why_not"]})
    scene_why_not = ShortText(
        label="Why was that not possible?", called="Why the scene was not looked over", max_length=300
    )
    injured = Choice(
        Answer, label="Was anybody injured?", reveals={Answer.YES: ["injuries_what", "injuries_photographed"]}
    )
    injuries_what = LongText(
        label="What, and where on the body?", called="The injuries", max_length=2000, rows=3,
        hint="For example: red marks on both sides of the neck; a cut, 2 cm, above the left eye.",
    )  # fmt: skip
    injuries_photographed = Choice(
        YesOrNo, label="Were the injuries photographed?", reveals={YesOrNo.NO: ["injuries_why_not"]},
        hint="A task to photograph them again after 48 hours follows by itself.",
    )  # fmt: skip
    injuries_why_not = ShortText(label="Why not?", called="Why they were not photographed", max_length=300)

    source_999 = sought("Recording of the 999 call")
    source_medical = sought("Medical evidence", "Ambulance, hospital, doctor", why_not="medical_why_not")
    medical_why_not = ShortText(label="Why not?", called="Why no medical evidence was asked for", max_length=300)
    source_cctv = sought("CCTV or doorbell")
    source_phones = sought("Telephones and messages")
    source_neighbours = sought("Neighbours, house to house", why_not="neighbours_why_not")
    neighbours_why_not = ShortText(label="Why not?", called="Why no neighbour was asked", max_length=300)
    source_logs = sought("Previous logs")
    source_character = sought("Bad character", "Earlier convictions or behaviour of the suspect")
    source_res_gestae = sought(
        "Words said in the heat of it", "Said by anybody, at once, in your hearing or on the call"
    )
    source_forensic = sought("Forensic")
    source_expert = sought("Expert")

    #: What stands together: heading, boxes, whether it is behind a press because it may stay empty.
    GROUPS = (
        ("Body-worn video", ("bwv_used",), False),
        ("Scene and injuries", ("scene_examined", "injured"), False),
        (
            "Besides the statement",
            ("source_999", "source_medical", "source_cctv", "source_phones", "source_neighbours"),
            False,
        ),
        (
            "More sources, if any",
            ("source_logs", "source_character", "source_res_gestae", "source_forensic", "source_expert"),
            True,
        ),
    )
    needed = {
        "bwv_used": "Say whether you used your body-worn video",
        "scene_examined": "Say whether you looked over the scene",
        "injured": "Say whether anybody was injured",
        "source_medical": "Say whether there is medical evidence",
        "source_cctv": "Say whether there is CCTV or a doorbell",
        "source_phones": "Say whether there is evidence on a telephone",
        "source_neighbours": "Say whether neighbours were asked",
    }
    needed_when = {
        "bwv_why_not": (is_no("bwv_used"), "Choose why no body-worn video was used"),
        "bwv_why_not_words": (
            lambda incident: incident.bwv_why_not == NoVideo.OTHER,
            "Say why no body-worn video was used",
        ),
        "scene_why_not": (is_no("scene_examined"), "Say why the scene was not looked over"),
        "injuries_what": (is_yes("injured"), "Say what the injuries are, and where on the body"),
        "injuries_photographed": (is_yes("injured"), "Say whether the injuries were photographed"),
        "injuries_why_not": (is_no("injuries_photographed"), "Say why the injuries were not photographed"),
        "source_999": (
            lambda incident: incident.channel == Channel.EMERGENCY,
            "Say whether the recording of the 999 call was asked for",
        ),
        "medical_why_not": (is_not_asked("source_medical"), "Say why no medical evidence was asked for"),
        "neighbours_why_not": (is_not_asked("source_neighbours"), "Say why no neighbour was asked"),
    }

    class Meta:
        model = Incident
        fields = [
            "bwv_used", "bwv_started_at", "bwv_stopped_at", "bwv_ref", "bwv_why_not", "bwv_why_not_words",
            "scene_examined", "scene_why_not", "injured", "injuries_what", "injuries_photographed", "injuries_why_not",
            "source_999", "source_medical", "medical_why_not", "source_cctv", "source_phones", "source_neighbours",
            "neighbours_why_not", "source_logs", "source_character", "source_res_gestae", "source_forensic",
            "source_expert",
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        refuse_backwards(self, said, "bwv_started_at", "bwv_stopped_at")
        return said

    def groups(self) -> Iterator[tuple[str, list[BoundField], bool]]:
        """What the page draws together: heading, boxes, and whether they stand behind a press: not if anything is in them."""
        for heading, names, closed in self.GROUPS:
            boxes = [self[name] for name in names]
            yield heading, boxes, closed and not any(box.value() or box.errors for box in boxes)


class FootageOfOfficer(ModelSection):
    """Another officer who attended."""

    officer = PersonField(label="Which officer?", called="The officer")
    used = Choice(
        YesOrNo, label="Did they use body-worn video?", called="Whether they used it",
        reveals={YesOrNo.YES: ["started_at", "stopped_at", "ref"], YesOrNo.NO: ["why_not"]},
    )  # fmt: skip
    started_at = MomentField(label="When does it start?", called="Time the video starts", past=True)
    stopped_at = MomentField(label="When does it stop?", called="Time the video stops", past=True)
    ref = ShortText(label="Reference of the video", max_length=60, width=20, hint="Leave empty until it has one.")
    why_not = Choice(
        NoVideo, label="Why not?", called="Why no video was used", reveals={NoVideo.OTHER: ["why_not_words"]}
    )
    why_not_words = ShortText(label="Say why", called="Why no video was used", max_length=300, hint=NO_VIDEO_HINT)
    needed_when = {"why_not_words": (lambda row: row.why_not == NoVideo.OTHER, "Say why the officer used no video")}

    class Meta:
        model = Footage
        fields = ["officer", "used", "started_at", "stopped_at", "ref", "why_not", "why_not_words"]

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        row = self.instance
        if row.officer_id:
            self.initial["officer"] = row.officer.collar_number or row.officer.username

    def clean(self) -> dict[str, Any]:
        """Who, and yes or why not: without them there is nothing to keep. The team is the officer's own at the time."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for name, sentence in (("officer", "Say which officer"), ("used", "Say whether they used body-worn video")):
            if not said.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        if said.get("used") == YesOrNo.NO and not said.get("why_not") and "why_not" not in self.errors:
            self.add_error("why_not", "Choose why no body-worn video was used")
        refuse_backwards(self, said, "started_at", "stopped_at")
        if said.get("officer") and not self.errors:
            self._refuse_twice(said["officer"])
        if not self.errors:
            said["unit"] = team_of(said["officer"], self.instance.incident)
        return said

    def _refuse_twice(self, officer: Any) -> None:
        incident = self.instance.incident
        rows = Footage.objects.standing().filter(incident=incident, officer=officer).exclude(pk=self.instance.pk)
        if officer.pk == incident.recorded_by_id:
            self.add_error("officer", "Your own video is asked for in the section itself")
        elif rows.exists():
            self.add_error("officer", "This officer is in the list already. Change that line instead")


def team_of(officer: Any, incident: Any) -> Any:
    """The unit lowest in the tree where the officer worked at the time of the report; the case's where there is none."""
    held = Posting.objects.current(incident.reported_at).filter(user=officer, role__in=FRONTLINE).select_related("unit")
    found = max(held, key=lambda posting: (len(posting.unit.lineage), posting.pk), default=None)
    return found.unit if found else incident.case.unit


def refuse_backwards(form: Any, said: dict[str, Any], first: str, last: str) -> None:
    """A video does not stop before it starts."""
    began, ended = said.get(first), said.get(last)
    if began and ended and ended < began and last not in form.errors:
        form.add_error(last, ValidationError("The video cannot stop before it starts"))


class VideoWatched(EvidenceForm):
    """Whoever leads has watched the video of the first officer."""

    bwv_watched_words = LongText(
        label="What did you find?", needed="Say what you found", min_length=10, max_length=2000, rows=3,
        hint="One or two sentences: what it shows, and what was good or must be better.",
    )  # fmt: skip
