"""How somebody may be reached, and how never."""

from django.db import models


class Means(models.TextChoices):
    """Ways that are safe. None is an answer too: nobody knows a safe way yet."""

    CALL = "call", "Call"
    TEXT = "text", "Text"
    EMAIL = "email", "Email"
    IN_PERSON = "in_person", "See them in person"
    THROUGH = "through", "Through somebody else"
    NONE = "none", "No safe way is known yet"


class Never(models.TextChoices):
    """What must never be done, whatever else is safe."""

    CALL = "call", "Calls"
    LANDLINE = "landline", "Landline"
    VOICEMAIL = "voicemail", "Messages on voicemail"
    TEXT = "text", "Texts"
    EMAIL = "email", "Email"
    LETTERS = "letters", "Letters"
    SOCIAL = "social", "Social media"
    IN_PERSON = "in_person", "Going to the door"
    THROUGH = "through", "Going through somebody else"


class Weekday(models.TextChoices):
    """In the order of `date.weekday()`: Monday is 0."""

    MONDAY = "mon", "Monday"
    TUESDAY = "tue", "Tuesday"
    WEDNESDAY = "wed", "Wednesday"
    THURSDAY = "thu", "Thursday"
    FRIDAY = "fri", "Friday"
    SATURDAY = "sat", "Saturday"
    SUNDAY = "sun", "Sunday"
