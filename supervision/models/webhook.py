"""Who is told of acts by webhook, and each telling: written with what caused it, sent by the worker, tried until it arrives."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac

from accounts.models import Kept, SystemAccount
from accounts.models.token import AccountsQuerySet

FAILING_AFTER = timedelta(hours=1)
SALT = "supervision.webhook"


def new_nonce() -> str:
    return get_random_string(32)


class Subscription(Kept):
    """An address of another system and the acts it is told of. It hears of no case that its account may not see."""

    class State(models.TextChoices):
        LISTENING = "listening", "Listening"

    account = models.ForeignKey(SystemAccount, models.PROTECT, related_name="subscriptions")
    url = models.URLField(max_length=300)
    events = ArrayField(models.CharField(max_length=80))
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    stopped_at = models.DateTimeField(null=True, editable=False)
    state = models.CharField(max_length=30, choices=State, editable=False)

    never_audited = frozenset({"nonce"})
    objects: ClassVar[Any] = AccountsQuerySet.as_manager()

    class Meta:
        indexes = [  # who is to be told of this act: asked once for each act
            GinIndex(fields=["events"], condition=Q(stopped_at__isnull=True), name="subscription_listening"),
        ]

    def __str__(self) -> str:
        return self.url

    def get_absolute_url(self) -> str:
        return self.account.get_absolute_url()

    @property
    def secret(self) -> str:
        """What signs, made from the nonce and the program's own key: a stolen database signs nothing."""
        return salted_hmac(SALT, f"{self.pk}:{self.nonce}", algorithm="sha256").hexdigest()


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: datetime) -> Self:
        return self.filter(done_at__isnull=True, next_at__lte=now).order_by("next_at", "pk")

    def failing(self, now: datetime) -> Self:
        """Tried in vain for an hour: red on /readyz."""
        return self.filter(done_at__isnull=True, attempts__gt=0, queued_at__lt=now - FAILING_AFTER)


class Delivery(models.Model):
    """One act told to one subscriber. Nothing of the case is kept here: the sentence is made when it is sent."""

    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="deliveries")
    event = models.ForeignKey("audit.Event", models.PROTECT, related_name="+")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    queued_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=60, blank=True, help_text="A status or a kind of fault, never a text")
    done_at = models.DateTimeField(null=True)
    dropped_because = models.CharField(max_length=100, blank=True)

    objects: ClassVar[Any] = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [models.UniqueConstraint(fields=["subscription", "event"], name="delivery_once_for_an_event")]
        indexes = [models.Index(fields=["next_at", "id"], condition=Q(done_at__isnull=True), name="delivery_to_send")]

    def __str__(self) -> str:
        return str(self.key)
