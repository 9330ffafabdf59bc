"""What a child saw, heard and said, whose child it is, and who looks after it."""

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


class Silent(models.TextChoices):
    """Why nobody spoke to a child (000:89: the child's voice, or the reason why it was not heard)."""

    ASLEEP = "asleep", "Asleep"
    BABY = "baby", "A baby, or too young to talk"
    NOT_SAFE = "not_safe", "Not safe to"
    REFUSED = "refused", "The child did not want to"
    NOT_THERE = "not_there", "Not there"
    OTHER = "other", "Another reason"


class ChildOf(models.TextChoices):
    """How a child is related to the two adults (2021 Act s3(3): a parent of, parental responsibility for, or a relative)."""

    BOTH = "both", "Child of both"
    HARMED = "harmed", "Child of the person harmed"
    SUSPECT = "suspect", "Child of the suspect"
    RELATIVE = "relative", "Another relative of one of them"
    OTHER = "other", "Not related to either"
    NOT_KNOWN = "not_known", "Not known"


class LivesWith(models.TextChoices):
    HARMED = "harmed", "The person harmed"
    SUSPECT = "suspect", "The suspect"
    SHARED = "shared", "Now one, now the other"
    RELATIVE = "relative", "Another relative"
    CARE = "care", "In care"
    NOT_KNOWN = "not_known", "Not known"


class Schooling(models.TextChoices):
    SCHOOL = "school", "School"
    NURSERY = "nursery", "Nursery or childminder"
    HOME = "home", "Educated at home"
    NONE = "none", "None: too young, or has left"
    MISSING = "missing", "None, and should be"
    NOT_KNOWN = "not_known", "Not known"


class SocialCare(models.TextChoices):
    """What children's social care knows of a child."""

    NO = "no", "Not known to them"
    KNOWN = "known", "Known to them, nobody allocated"
    ALLOCATED = "allocated", "Has a social worker"
    NOT_KNOWN = "not_known", "Nobody could say"
