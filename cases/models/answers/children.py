"""What a child saw, heard and said."""

from django.db import models


class Whereabouts(models.TextChoices):
    """Where a child was. A child who sees, hears or feels the effects is a victim too (2021 Act s3)."""

    SAW = "saw", "Saw it"
    HEARD = "heard", "Heard it"
    IN_HOUSE = "in_house", "In the house, and did not see or hear it"
    ELSEWHERE = "elsewhere", "Somewhere else"
    NOT_KNOWN = "not_known", "Not known"


class Spoken(models.TextChoices):
    ALONE = "alone", "Yes, alone"
    WITH_OTHERS = "with_others", "Yes, with somebody else there"
    NO = "no", "No"
