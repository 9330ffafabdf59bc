"""A task: something on a case that a role of the force owes, raised by a fact or by somebody, until it is done."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from dataclasses import dataclass

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.roles import ROLES
from workflow.models import StatefulRecord
from workflow.policies import HOLDER


@dataclass(frozen=True, slots=True)
class TaskKind:
    """One row of the table: what is to be done, who owes it (a role, or the holder of the case), within how many hours.

    `label` goes into notices and mails, so it says nothing of a person or of an allegation.
    """

    code: str
    label: str
    role: str
    within: int  # hours
    authority: str

    @property
    def owed_by(self) -> str:
        return ROLES[self.role].label if self.role in ROLES else "Holder of the case"


# fmt: off
TABLE: tuple[TaskKind, ...] = (
    TaskKind("other",            "Do what was asked",                     "sergeant",       24, "Work that somebody asks for is done or answered within a day [R]"),
    TaskKind("own_serious",      "Take ownership: serious and complex",   "inspector",       4, "S3-001: the rank that owns the class takes ownership [R]"),
    TaskKind("own_major",        "Take ownership: major incident",        "superintendent",  1, "S3-001: the rank that owns the class takes ownership [R]"),
    TaskKind("strangulation",    "Look at strangulation",                 "inspector",       4, "S3-003: strangulation is escalated to an inspector [R]"),
    TaskKind("weapon",           "Look at the use of a weapon",           "inspector",       4, "S3-003: use of a weapon is escalated to an inspector [R]"),
    TaskKind("threat_to_kill",   "Look at a threat to kill",              "inspector",       4, "S3-003: a threat to kill is escalated to an inspector [R]"),
    TaskKind("third_incident",   "Look at a third incident in a year",    "da_specialist",  24, "S3-003: a third incident within 12 months is escalated to a specialist [R]"),
    TaskKind("earlier_history",  "Look at what was recorded before",      "da_specialist",  24, "S3-003: a third incident within 12 months, or a serial flag, is escalated to a specialist [R]: in words that tell nothing of what may not be opened"),
    TaskKind("high_grade",       "Look at a high grade",                  "inspector",       4, "S3-003: a high grade is escalated to an inspector [R; 003:193]"),
    TaskKind("lowered_grade",    "Look at a lowered grade",               "inspector",      24, "R-16: a grade lowered with words that are no reason is looked at by an inspector within a day [R]"),
    TaskKind("arrest_now",       "Do what a supervisor decided",          HOLDER,            2, "A.7: a supervisor who says that the arrest must be made now is obeyed or answered at once [R]"),
    TaskKind("child_abuse",      "Link with child abuse",                 "da_specialist",  24, "S3-087: domestic abuse is linked with child abuse [R]"),
    TaskKind("sexual_offences",  "Link with sexual offences",             "da_specialist",  24, "S3-087: domestic abuse is linked with sexual offences [R]"),
    TaskKind("stalking",         "Link with stalking or harassment",      "da_specialist",  24, "S3-087: domestic abuse is linked with harassment [R]"),
    TaskKind("learning",         "Learn from what was missed",            "inspector",     168, "A.5: outcome 17 on a domestic abuse common assault is a failure, so a learning item is opened; within 7 days [R]"),
    TaskKind("honour",           "Link with so-called honour",            "da_specialist",  24, "S3-087: domestic abuse is linked with so-called honour [R]"),
    TaskKind("exploitation",     "Link with exploitation",                "da_specialist",  24, "S3-087: domestic abuse is linked with prostitution and exploitation [R]"),
    TaskKind("referral_refused", "Look at a referral that was refused",   "inspector",      24, "S3-082: a linked team that does not take a referral on is answered by an inspector [R]"),
    TaskKind("serial_flag",      "Look at a flag",                        "da_coordinator", 72, "S3-041: a computed serial flag is looked at by a person, within 3 days [R]"),
    TaskKind("see_with_interpreter", "See again with an interpreter",     HOLDER,           24, "S0-028: never a relative, a child or the suspect; whoever was spoken with through one is seen again within a day [R]"),
    TaskKind("safe_contact",     "Find a safe way to make contact",       HOLDER,           24, "F22: while no safe way is known, somebody finds one within a day [R]"),
    TaskKind("injuries_again",   "Photograph again",                      HOLDER,           48, "A.9: injuries are photographed again 48 hours after the incident [R; 003:254]"),
    TaskKind("check_systems",    "Check the other systems",              HOLDER,           24, "S3-203: what other systems hold of a suspect is looked up in every case, within a day of naming him [R]"),
    TaskKind("update",           "Write how the case stands",            HOLDER,           24, "A supervisor who asks for an update has it within a day [R]"),
    TaskKind("holder_away",      "Give it to somebody on duty",          "inspector",       4, "Nobody off duty is the only holder of anything: an inspector gives it to somebody within 4 hours [R]"),
    TaskKind("crime_disclosed",  "Record what an agency told",           "marac_coordinator", 24, "D.5: crimes disclosed on a referral are recorded by police [S Tees]; within a day [R]"),
    TaskKind("tell_adviser",     "Make sure that an adviser is told",    "marac_coordinator",  4, "D.3, R-41: an independent adviser knows of a referral at once, always before the meeting; within 4 hours [R]"),
    TaskKind("managed",          "Look at how somebody is managed",      "da_specialist",  72, "R-40, E.1: a sentence is tested against the categories of MAPPA; within 3 days [R]"),
    TaskKind("forum_grade",      "Answer the forum on the grade",        "inspector",      24, "R-33: a meeting may recommend a grade and never lowers one; the police look at it within a day [R]"),
    TaskKind("forum_no_risk",    "Answer the forum: it does not take the case", HOLDER,    24, "R-33: where there is not enough risk for the forum the chair says why and the referrer is told; what keeps her safe instead is decided within a day [R]"),
    TaskKind("crime_alleged",    "Record what was told of",               "disclosure_officer",  4, "I3, S591: a crime told of in a consideration is recorded and investigated at once; within 4 hours [R]"),
    # --- the risk in a consideration ---
    TaskKind("judge_again",      "Judge the risk again",                 "disclosure_officer",     4, "S584, I7: whatever is new is weighed at once; within 4 hours [R]"),
    TaskKind("system_again",     "Try a system again",                   "disclosure_officer",     4, "S3-231: a system that could not be asked is tried again; within 4 hours [R]"),
    TaskKind("refer_high",       "Refer to MARAC",                       "disclosure_officer",    24, "B1 A6, S3-244: a high risk goes to the conference as well; within a day [R]"),
    # --- the disclosure unit ---
    TaskKind("withdrawn",        "Review what was taken back",           "disclosure_supervisor", 24, "B1 A12: what was withdrawn is not closed without a review of the risk; within a day [R]"),
    TaskKind("staff_told",       "Tell whoever must hear of it",         "disclosure_supervisor",  4, "S337-354: a supervisor, the nominated officer and professional standards hear; within 4 hours [R]"),
    TaskKind("child_route",      "Take it to child protection",          "disclosure_supervisor",  4, "B4: below 16 the way is child protection, never a bare rejection; within 4 hours [R]"),
    TaskKind("young_person",     "Refer a young person to social care",  "disclosure_officer",    24, "B4: at 16 and 17 a referral of the child is made; within a day [R]"),
    TaskKind("young_advice",     "Ask for legal advice",                 "disclosure_supervisor", 72, "B4: where the other is under age too, legal advice is asked for; within 3 days [R]"),
    TaskKind("pattern",          "Look at a pattern",                    "disclosure_supervisor", 24, "F, S762: several considerations about the same people are looked at by a person; within a day [R]"),
    TaskKind("second_look",      "Put right what was found",             "disclosure_supervisor", 24, "H2, H3: a decision that is found not to be sound is put right; begun within a day [R]"),
    TaskKind("bureau_day",       "Answer the bureau within a day",       HOLDER,           24, "S3-190: the intelligence bureau tasks whoever holds the case, and says by when [R]"),
    TaskKind("bureau_three",     "Answer the bureau within three days",  HOLDER,           72, "S3-190: the intelligence bureau tasks whoever holds the case, and says by when [R]"),
    TaskKind("local_team",       "Tell the local policing team",         "disclosure_officer", 24, "S3-254: where no other way of managing takes somebody on, the local policing team is told; within a day [R]"),
    TaskKind("bureau_week",      "Answer the bureau within a week",      HOLDER,          168, "S3-190: the intelligence bureau tasks whoever holds the case, and says by when [R]"),
)
# fmt: on

TASK_KINDS: dict[str, TaskKind] = {row.code: row for row in TABLE}


@pghistory.track()
class Task(StatefulRecord):
    """What is owed, why, by which role, and about which record of the case, if about one. Raised once while it is open."""

    class State(models.TextChoices):
        TO_DO = "to_do", "To do"
        DONE = "done", "Done"
        NOT_NEEDED = "not_needed", "Not needed"

    kind = models.CharField(max_length=40)
    why = models.TextField(max_length=2000)
    owed_by = models.CharField(
        max_length=40, help_text="The role, or the holder, that the kind named when it was raised"
    )
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.BigIntegerField(default=0)
    outcome = models.TextField("what was done, or why it is not needed", max_length=4000, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "about_type", "about_id"],
                condition=Q(state="to_do", struck_out_at__isnull=True),
                name="task_raised_once",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "state", "id"], name="task_of_case")
        ]  # the panel, and the question of closing

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        row = TASK_KINDS.get(self.kind)
        return row.label if row else self.kind

    @property
    def owed_by_words(self) -> str:
        return "Holder of the case" if self.owed_by == HOLDER else ROLES[self.owed_by].label
