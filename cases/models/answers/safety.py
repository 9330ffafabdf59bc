"""Whether somebody is safe, and what became of an action that must be taken at once."""

from django.db import models


class SafeOrNot(models.TextChoices):
    SAFE = "safe", "Safe"
    NOT_SAFE = "not_safe", "Not safe"
    NOT_SEEN = "not_seen", "Not seen yet"


class DoneOrNot(models.TextChoices):
    DONE = "done", "Done"
    NOT_POSSIBLE = "not_possible", "Not possible"
