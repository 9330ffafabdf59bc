"""A force's own length and ladder for a policy, from a date, approved by somebody."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse

from accounts.models import Kept, NoSecret


class SettingQuerySet(NoSecret):
    def in_force(self, policy: str, profile: str, on: date) -> PolicySetting | None:
        """The newest approved row for the policy that is valid on the day, if the force has set one."""
        rows = self.filter(policy=policy, profile=profile, state=PolicySetting.State.APPROVED, valid_from__lte=on)
        return rows.order_by("-valid_from", "-pk").first()


class PolicySetting(Kept):
    """Overrides the table for starts on or after `valid_from`. An open deadline keeps what it began with."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        APPROVED = "approved", "Approved"
        REFUSED = "refused", "Refused"

    policy = models.CharField(max_length=60)
    profile = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField()
    within = models.CharField(max_length=200, help_text="A length, or grade=length pairs: high=hours:1 other=hours:24")
    ladder = models.JSONField(default=list, blank=True, help_text="[hours, role] pairs; empty keeps the table's")
    authority = models.CharField(max_length=300)
    state = models.CharField(max_length=30, choices=State, editable=False)

    objects = SettingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["policy", "profile", "-valid_from"], name="setting_in_force")]

    def __str__(self) -> str:
        return f"{self.policy} from {self.valid_from}: {self.within}"

    def get_absolute_url(self) -> str:
        """Where every clock and every setting stands."""
        return reverse("clocks")
