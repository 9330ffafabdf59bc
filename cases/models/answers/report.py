"""How a report came, and of what kind of place."""

from django.db import models


class Channel(models.TextChoices):
    EMERGENCY = "999", "999 call"
    NON_EMERGENCY = "101", "101 call"
    FRONT_DESK = "front_desk", "At a front desk"
    TO_AN_OFFICER = "officer", "In person, to an officer"
    ONLINE = "online", "Online"
    PARTNER = "partner", "From a partner agency"
    OTHER = "other", "Another way"


class PlaceKind(models.TextChoices):
    SHARED_HOME = "shared_home", "Home that they share"
    VICTIM_HOME = "victim_home", "Home of the person harmed"
    SUSPECT_HOME = "suspect_home", "Home of the suspect"
    OTHER_HOME = "other_home", "Somebody else's home"
    STREET = "street", "Street or another open place"
    WORK = "work", "Work, school or a shop"
    ONLINE = "online", "Online or by telephone"
    OTHER = "other", "Somewhere else"
