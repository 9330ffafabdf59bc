"""Who reads what somebody said of themselves and wished to be known by few. The roles stand in `people.models.topic`."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from people.models.topic import READ_PRIVATE

RECORDED = gettext_noop("Recorded")


class Reader:
    """Somebody who reads facts. Their roles are asked once, and only when something private is met."""

    def __init__(self, user: User) -> None:
        self.user = user

    @cached_property
    def of_private(self) -> bool:
        return bool(READ_PRIVATE & self.user.roles_over(None))

    def may_read(self, fact: Any) -> bool:
        """Whether the words may be shown; of a private fact others know only that it is there."""
        return not fact.private or fact.recorded_by_id == self.user.pk or self.of_private

    def words_of(self, fact: Any) -> str:
        return str(fact.words) if self.may_read(fact) else _(RECORDED)
