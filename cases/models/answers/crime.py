"""Whether it was a crime, and of what kind it was made worse; why not; why one is cancelled; what the person harmed wants."""

from django.db import models


class Classed(models.TextChoices):
    CRIME = "crime", "Yes"
    NON_CRIME = "non_crime", "No"


class NonCrimeReason(models.TextChoices):
    """Why a report of domestic abuse is recorded as no crime (A.4). Each needs a sentence too, and the crime registrar."""

    NO_OFFENCE = "no_offence", "No offence disclosed"
    ARGUMENT = "argument", "Verbal argument"
    NO_CRIME = "no_crime", "Credible evidence that no crime took place"
    ELSEWHERE = "elsewhere", "Recorded elsewhere"
    OUTSIDE = "outside", "Outside the jurisdiction"


class Aggravator(models.TextChoices):
    """What made it worse and must be findable with the crime."""

    CHILD_PRESENT = "child_present", "A child was there"
    WEAPON = "weapon", "A weapon or object was used"
    HONOUR = "honour", "So-called honour"
    RACE = "race", "Hostility: race"
    RELIGION = "religion", "Hostility: religion"
    ORIENTATION = "orientation", "Hostility: sexual orientation"
    TRANSGENDER = "transgender", "Hostility: transgender identity"
    DISABILITY = "disability", "Hostility: disability"
    EMERGENCY_WORKER = "emergency_worker", "Against an emergency worker"
    ALCOHOL = "alcohol", "Alcohol"
    DRUGS = "drugs", "Drugs"
    ONLINE = "online", "Online"


class CancelReason(models.TextChoices):
    """Why a recorded crime is transferred or cancelled."""

    TRANSFERRED = "transferred", "It took place in another force, which now records it"
    INFORMATION = "information", "Verified information shows that no crime took place"
    DUPLICATE = "duplicate", "It is recorded already, or part of a crime recorded already"
    ERROR = "error", "It was recorded in error"


class Support(models.TextChoices):
    """Whether the person harmed supports going on."""

    YES = "yes", "Yes, they support it"
    NO = "no", "No, they do not support it, or cannot"
    WITHDREW = "withdrew", "They supported it and withdrew"


class Partnership(models.TextChoices):
    """Parents of the same child with no other tie count as former partners unless somebody says otherwise (A.2)."""

    FORMER = "former", "Yes, former partners"
    CURRENT = "current", "They are partners now"
