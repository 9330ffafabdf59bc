"""What the forms of administration ask for more than once: a colleague, a role."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from accounts.roles import TABLE
from cases.forms.safety import PersonField

# The system's own role is nobody's to hold.
GRANTABLE = [(role.code, role.label) for role in TABLE if role.code != "system"]


class Colleague(PersonField):
    """Somebody who works here; shown again by what they are found by."""

    def prepare_value(self, value: Any) -> Any:
        return (value.collar_number or value.username) if isinstance(value, User) else value
