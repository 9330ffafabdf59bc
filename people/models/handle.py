"""The names somebody goes by where people write to each other: an account, which is also a way to reach them."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower

from people.models.fact import Fact
from people.models.whereabouts import Reachable


class HandleQuerySet(Reachable):
    same = ("network", "handle_plain")


@pghistory.track(exclude=["handle_plain"])
class Handle(Fact):
    """One account. `handle_plain` is the same in small letters, without the address of the network, @ or spaces."""

    class Network(models.TextChoices):
        FACEBOOK = "facebook", "Facebook"
        INSTAGRAM = "instagram", "Instagram"
        SNAPCHAT = "snapchat", "Snapchat"
        TIKTOK = "tiktok", "TikTok"
        WHATSAPP = "whatsapp", "WhatsApp"
        TELEGRAM = "telegram", "Telegram"
        X = "x", "X (Twitter)"
        DATING = "dating", "A dating site"
        GAME = "game", "A game"
        OTHER = "other", "Another"

    label = "Social media"
    order = 42
    several = True
    short = False
    reaches = True

    network = models.CharField("where", max_length=10, choices=Network)
    handle = models.CharField("name of the account", max_length=100)
    said_words = models.CharField("which, or what else is known", max_length=150, blank=True)
    handle_plain = models.GeneratedField(
        expression=Lower(
            Func(F("handle"), Value(r"^\s*(https?://)?[^/\s]+/|[@\s]|/+\s*$"), Value(""), Value("g"),
                 function="regexp_replace")
        ),
        output_field=models.TextField(), db_persist=True,
    )  # fmt: skip

    objects: ClassVar[Any] = HandleQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [models.CheckConstraint(condition=~Q(handle=""), name="handle_says_something")]
        indexes = [
            *Fact.Meta.indexes,
            GinIndex(OpClass("handle_plain", name="gin_trgm_ops"), name="handle_fragment"),  # search by a piece of it
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """Instagram: gaz.pollitt88 (his second account)."""
        said = f"{self.get_network_display()}: {self.handle}"
        return f"{said} ({self.said_words})" if self.said_words else said
