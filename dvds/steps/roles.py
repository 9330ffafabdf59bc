"""Who does what in Clare’s Law. The guidance fixes no ranks but for a subject in the police (S341)."""

from __future__ import annotations

from accounts.roles import FRONTLINE, PARTNERS, SYSTEM, roles

UNIT = roles("disclosure_officer", "disclosure_supervisor")
SUPERVISOR = roles("disclosure_supervisor")
CONTROL = roles("contact_handler", "control_supervisor")
TAKERS = CONTROL | UNIT
#: Whoever hears of something and puts it at the door.
HEARS = FRONTLINE | CONTROL | UNIT | PARTNERS | SYSTEM | roles("intelligence_officer", "marac_coordinator")
CHAIR = roles("forum_chair")
#: Whoever may tell at once in danger, before a forum sits: inspector and above [R].
IN_DANGER = roles("inspector", "superintendent", "disclosure_supervisor")
