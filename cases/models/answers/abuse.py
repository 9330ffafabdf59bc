"""What was done to somebody."""

from django.db import models


class AbuseType(models.TextChoices):
    """The five heads of the Domestic Abuse Act 2021 s1(3)."""

    PHYSICAL = "physical", "Physical or sexual abuse"
    VIOLENT = "violent", "Violent or threatening behaviour"
    CONTROLLING = "controlling", "Controlling or coercive behaviour"
    ECONOMIC = "economic", "Economic abuse"
    PSYCHOLOGICAL = "psychological", "Psychological, emotional or other abuse"


class AbuseSign(models.TextChoices):
    """What must be findable by itself, whatever head it falls under."""

    STRANGLED = "strangled", "Strangled, choked or smothered"
    THREAT_TO_KILL = "threat_to_kill", "Threats to kill"
    STALKING = "stalking", "Stalking"
    HARASSMENT = "harassment", "Harassment"
    SEXUAL = "sexual", "Sexual"
    IMAGES = "images", "Threats to share images"
    TECHNOLOGY = "technology", "By telephone, apps, trackers or cameras"
    HONOUR = "honour", "So-called honour"
    FORCED_MARRIAGE = "forced_marriage", "Forced marriage"
    FGM = "fgm", "Female genital mutilation"
    FAITH = "faith", "Faith or belief used against somebody"
    IMMIGRATION = "immigration", "Immigration status used against somebody"
    EXPLOITATION = "exploitation", "Exploited: sex, crime, work or trafficking"
    CHILD_TO_PARENT = "child_to_parent", "From a child to a parent"
