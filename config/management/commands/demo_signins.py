"""`manage.py demo_signins`: who may sign in to the demonstration, and with what."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.models import User
from accounts.roles import ROLES
from config.demo.force import AGENCIES, PARTNERS, PASSWORD, PLAYERS, UNITS


class Command(BaseCommand):
    help = "Print the demonstration sign-ins, if this database holds the demonstration force."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION or not User.objects.filter(username=PLAYERS[0].username, is_active=True).exists():
            return
        self.stdout.write(f"Everybody's password is {PASSWORD}")
        where = {code: name for code, (name, _above) in UNITS.items()} | {row.code: row.name for row in AGENCIES}
        for player in (*PLAYERS, *PARTNERS):
            who = " ".join(part for part in (player.rank, player.name) if part)
            self.stdout.write(f"  {player.username:<12} {who:<22} {ROLES[player.role].label}, {where[player.unit]}")
