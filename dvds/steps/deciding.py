"""The forum decides, and what was decided is done: told, or told that nothing is to be told (A7-A9, A14, A15, N5, N6)."""

# ruff: noqa: E501 - the rows of the table stay whole
from __future__ import annotations

from accounts.roles import SYSTEM
from dvds.models import Application
from dvds.steps.judging import asked, known
from dvds.steps.roles import CHAIR, IN_DANGER, SUPERVISOR, UNIT
from workflow.declare import STAYS, Step

S = Application.State
BEFORE_TELLING = (S.CHECKS, S.CHECKED, S.MEETING, S.MET, S.TRIAGED, S.ASSESSED, S.SIGNING, S.REFERRED, S.DEFERRED)
# fmt: off
DECIDING = (
    Step("decide-tell",     "Decide that it is told",                S.REFERRED,    S.TO_TELL,     CHAIR, done="The forum decided that it is told"),
    Step("decide-not-tell", "Decide that nothing is told",           S.REFERRED,    S.NOT_TO_TELL, CHAIR, done="The forum decided that nothing is told"),
    Step("defer",           "Put the decision off",                  S.REFERRED,    S.DEFERRED,    CHAIR | SUPERVISOR, done="Put off"),
    Step("resume",          "Bring it back to the forum",            S.DEFERRED,    S.REFERRED,    CHAIR | UNIT, done="Brought back to the forum"),
    Step("decide-again",    "Bring it back: it cannot be told so",   S.TO_TELL,     S.REFERRED,    UNIT, done="Brought back for another decision"),
    Step("told",            "It was told",                           S.TO_TELL,     S.TOLD,        SYSTEM, done="Told"),
    Step("declined",        "The recipient did not want to hear it", S.TO_TELL,     S.DECLINED,    SYSTEM, done="The recipient did not want to hear it"),
    Step("unreachable",     "The recipient could not be reached",    S.TO_TELL,     S.UNREACHABLE, SYSTEM, done="The recipient could not be reached"),
    Step("inform",          "Record that the applicant was informed", S.NOT_TO_TELL, S.INFORMED,   UNIT, when=asked, done="The applicant was informed in person"),
    Step("conclude-untold", "Go on to conclude it",                  S.NOT_TO_TELL, S.CONCLUDING,  UNIT, when=known, done="To be concluded"),
    Step("tell-in-danger",  "Tell at once, in danger",               BEFORE_TELLING, STAYS,        IN_DANGER, done="Told at once, in danger"),
    Step("inform-subject",  "Record that the subject was informed",  (S.TOLD, S.CONCLUDING), STAYS, SUPERVISOR, done="The subject was informed"),
)
# fmt: on
