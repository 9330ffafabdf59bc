"""Answers about intelligence: the 3x5x2 grading (College of Policing, Intelligence report)."""

from django.db import models


class SourceGrade(models.TextChoices):
    RELIABLE = "1", "1: Reliable"
    UNTESTED = "2", "2: Untested"
    NOT_RELIABLE = "3", "3: Not reliable"


class InformationGrade(models.TextChoices):
    KNOWN_DIRECTLY = "A", "A: Known directly to the source"
    INDIRECT_CORROBORATED = "B", "B: Known indirectly to the source, but corroborated"
    INDIRECT = "C", "C: Known indirectly to the source"
    NOT_KNOWN = "D", "D: Not known how the source knows it"
    SUSPECTED_FALSE = "E", "E: Suspected to be false"


class Handling(models.TextChoices):
    PERMITTED = "P", "P: Lawful sharing permitted"
    CONDITIONS = "C", "C: Lawful sharing permitted with conditions"


class Provenance(models.TextChoices):
    OFFICER = "officer", "An officer or member of staff saw or heard it"
    VICTIM = "victim", "The person harmed, or family"
    PUBLIC = "public", "A member of the public"
    PARTNER = "partner", "Another agency"
    RECORD = "record", "A record or a system"
    OTHER = "other", "Something else"
