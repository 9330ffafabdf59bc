"""The roles of the force, in one table. What a role may do is said by the step tables; whom it may see, by `cases.visibility`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """One row of the table: the code that is stored, what people call it, and whether it is a role inside the police force."""

    code: str
    label: str
    police: bool = True


# fmt: off
TABLE: tuple[Role, ...] = (
    Role("contact_handler",        "Contact handler"),
    Role("control_supervisor",     "Control-room supervisor"),
    Role("officer",                "Officer"),
    Role("sergeant",               "Sergeant"),
    Role("inspector",              "Inspector"),
    Role("superintendent",         "Superintendent"),
    Role("investigator",           "Investigator"),
    Role("da_specialist",          "Domestic abuse specialist"),
    Role("da_coordinator",         "Domestic abuse coordinator"),
    Role("custody_officer",        "Custody officer"),
    Role("crime_registrar",        "Crime registrar"),
    Role("intelligence_officer",   "Intelligence officer"),
    Role("cps_liaison",            "CPS and witness-care liaison"),
    Role("disclosure_officer",     "Disclosure officer"),
    Role("disclosure_supervisor",  "Disclosure supervisor"),
    Role("marac_coordinator",      "MARAC coordinator"),
    Role("forum_chair",            "Forum chair"),
    Role("partner",                "Partner representative", police=False),
    Role("idva",                   "Independent domestic violence adviser (IDVA)", police=False),
    Role("partner_manager",        "Partner agency manager", police=False),
    Role("neighbourhood_officer",  "Neighbourhood officer"),
    Role("offender_manager",       "Offender manager"),
    Role("professional_standards", "Professional standards"),
    Role("nominated_officer",      "Nominated officer"),
    Role("chief_officer",          "Chief officer"),
    Role("command",                "Command"),
    Role("analyst",                "Analyst"),
    Role("auditor",                "Auditor"),
    Role("records_manager",        "Records manager"),
    Role("training_lead",          "Training lead"),
    Role("line_manager",           "Line manager"),
    Role("press_officer",          "Press officer"),
    Role("administrator",          "Administrator"),
    Role("commissioner_reader",    "Commissioner's reader", police=False),
    Role("system",                 "The system itself", police=False),
)
# fmt: on

ROLES: dict[str, Role] = {role.code: role for role in TABLE}
CHOICES: list[tuple[str, str]] = [(role.code, role.label) for role in TABLE]


def roles(*codes: str) -> frozenset[str]:
    """A set of role codes for a `who` column; a code that is not in the table stops the program."""
    unknown = set(codes) - ROLES.keys()
    if unknown:
        raise LookupError(f"Unknown role: {', '.join(sorted(unknown))}.")
    return frozenset(codes)


# Everybody who may stand in a victim's hallway or answer her call: nothing essential is specialist-only (003:004).
FRONTLINE = roles(
    "contact_handler", "control_supervisor", "officer", "sergeant", "inspector", "investigator",
    "da_specialist", "da_coordinator", "custody_officer", "neighbourhood_officer", "offender_manager",
)  # fmt: skip
CONTROL_ROOM = roles("contact_handler", "control_supervisor")
SUPERVISORS = roles("sergeant", "inspector")
SPECIALISTS = roles("da_specialist", "da_coordinator")
COMMAND = roles("inspector", "superintendent")
PROFESSIONAL_STANDARDS = roles("professional_standards")
# Who works for a partner agency: they see the cases of which their agency's unit is named, and nothing else.
PARTNERS = roles("partner", "idva", "partner_manager")
SYSTEM = roles("system")
# Who keeps the records of the people who work here: joins, moves, leaves.
KEEPERS_OF_PEOPLE = roles("administrator", "superintendent", "professional_standards", "auditor")
