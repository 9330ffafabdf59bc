"""What somebody may say of themselves, in one table: a topic, its answers, and who may read them."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.roles import SPECIALISTS, roles
from people.models.ethnicity import EIGHTEEN, SEEN
from people.models.language import LANGUAGES

#: Nothing was said, and why. "Not asked" is no refusal, and a refusal is no silence. A.6.
WHY_NOT: tuple[tuple[str, str], ...] = (
    ("declined", "Did not wish to say"),
    ("not_asked", "Not asked"),
    ("not_understood", "Not understood"),
    ("not_present", "Not present"),
)
#: Who reads what is self-declared and private; whoever recorded it may read it too. All others see that it is recorded.
READ_PRIVATE = SPECIALISTS | roles("investigator", "inspector", "idva", "marac_coordinator")


@dataclass(frozen=True, slots=True)
class Topic:
    """One row. `private`: read only by those named above, never in a list. `seen`: what an officer sees, not what they
    say of themselves. `short`: stands in the heading of the person page. `grows`: its list of answers may be added to
    without a migration, so the database does not check it.
    """

    code: str
    label: str
    answers: tuple[tuple[str, str], ...]
    private: bool = False
    seen: bool = False
    short: bool = False
    grows: bool = False

    @property
    def offered(self) -> bool:
        """Whether the next case asks "Still true?": what an officer once saw is looked at anew."""
        return not self.seen

    def words_of(self, answer: str) -> str:
        return dict((*self.answers, *WHY_NOT)).get(answer, answer)


YES_NO = (("yes", "Yes"), ("no", "No"))
GENDERS = (("F", "Female"), ("M", "Male"), ("X", "Non-binary or other"), ("NK", "Not known"))
INTERPRETERS = (("yes", "Interpreter needed"), ("no", "No interpreter needed"))
ORIENTATIONS = (
    ("straight", "Heterosexual or straight"), ("gay", "Gay or lesbian"), ("bisexual", "Bisexual"), ("other", "Another"),
)  # fmt: skip
BELIEFS = (
    ("none", "None"), ("buddhist", "Buddhist"), ("christian", "Christian"), ("hindu", "Hindu"), ("jewish", "Jewish"),
    ("muslim", "Muslim"), ("sikh", "Sikh"), ("other", "Another"),
)  # fmt: skip
NATIONALITIES = (("british", "British"), ("irish", "Irish"), ("other", "Another"))
RIGHTS_TO_STAY = (
    ("no_limit", "British, Irish or settled"), ("leave", "Leave to remain, public funds allowed"),
    ("no_funds", "Leave to remain, no public funds"), ("asylum", "Asylum claimed"), ("none", "No leave at present"),
    ("unsure", "Not sure"),
)  # fmt: skip
PREGNANCY = (("yes", "Yes"), ("lately", "Gave birth in the last 12 months"), ("no", "No"))
CARING = (("children", "Children"), ("adult", "An adult"), ("both", "Children and an adult"), ("no", "No"))
WORK = (
    ("employed", "Employed"), ("self", "Self-employed"), ("none", "Not working"), ("study", "Studying"),
    ("home", "Looking after home or family"), ("retired", "Retired"), ("sick", "Unable to work"),
)  # fmt: skip
# fmt: off
TABLE: tuple[Topic, ...] = (
    Topic("gender",       "Gender",                            GENDERS,        short=True),
    Topic("ethnicity",    "Ethnicity, self-defined",           EIGHTEEN),
    Topic("seen_as",      "Seen by an officer as",             SEEN,           seen=True),
    Topic("language",     "Preferred language",                LANGUAGES,      short=True, grows=True),
    Topic("interpreter",  "Interpreter",                       INTERPRETERS,   short=True),
    Topic("birth_gender", "Gender same as registered at birth", YES_NO,        private=True),
    Topic("disability",   "Disability",                        YES_NO,         private=True),
    Topic("orientation",  "Sexual orientation",                ORIENTATIONS,   private=True),
    Topic("religion",     "Religion or belief",                BELIEFS,        private=True),
    Topic("nationality",  "Nationality",                       NATIONALITIES,  private=True),
    Topic("immigration",  "Immigration status",                RIGHTS_TO_STAY, private=True),
    Topic("pregnancy",    "Pregnant",                          PREGNANCY,      private=True),
    Topic("caring",       "Cares for somebody",                CARING,         private=True),
    Topic("employment",   "Employment",                        WORK,           private=True),
)
# fmt: on

TOPICS: dict[str, Topic] = {row.code: row for row in TABLE}
PRIVATE = tuple(row.code for row in TABLE if row.private)
CHOICES: list[tuple[str, str]] = [(row.code, row.label) for row in TABLE]
#: The sex that a return to the Home Office counts: F, M or unknown.
RETURNED = {"F": "F", "M": "M"}
UNKNOWN = "unknown"


def sex_for_return(gender: str) -> str:
    """F, M or unknown, from the gender that was said; nothing said and everything else is unknown."""
    return RETURNED.get(gender, UNKNOWN)
