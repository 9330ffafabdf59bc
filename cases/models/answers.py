"""The answers that may be given about an incident. Codes are stored and never change their meaning; words may."""

from django.db import models


class YesOrNo(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"


class Answer(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


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
    CHILD_TO_PARENT = "child_to_parent", "From a child to a parent"


class NoArrest(models.TextChoices):
    """Why nobody was arrested. Each needs words too. What the person harmed wished is no reason by itself."""

    NO_OFFENCE = "N1", "No offence"
    NO_GROUNDS = "N2", "No reasonable grounds to suspect"
    NOT_NECESSARY = "N3", "Not necessary under Code G"
    LEFT = "N4", "Suspect had left; attempts to arrest go on"
    NOT_IDENTIFIED = "N5", "Suspect not identified"
    VOLUNTARY = "N6", "Voluntary attendance arranged"
    HELD_ELSEWHERE = "N7", "Suspect in hospital or in custody elsewhere"
    AGE = "N8", "Suspect under 10, or 10 to 17 with an alternative"
    MEDICAL = "N9", "Medical reasons"
    OTHER_FORCE = "N10", "Another force arrests"
    RESOURCE = "N11", "Safety of officers, or none to send"
    NOT_WANTED = "N12", "Person harmed did not want it"
    OTHER = "N13", "Another reason"


class CodeG(models.TextChoices):
    """The necessity criteria of Code G that were looked at and not met."""

    NAME = "name", "To find out the name"
    ADDRESS = "address", "To find out the address"
    INJURY = "injury", "To prevent injury"
    LOSS = "loss", "To prevent loss or damage"
    PROTECT = "protect", "To protect a child or vulnerable person"
    PROMPT = "prompt", "For a prompt and effective investigation"
    DISAPPEAR = "disappear", "To prevent disappearance"


class PositiveAction(models.TextChoices):
    ARREST = "arrest", "Arrest"
    VOLUNTARY_INTERVIEW = "voluntary", "Voluntary interview"
    PROTECTION_NOTICE = "notice", "Domestic abuse protection notice considered or issued"
    STALKING_ORDER = "stalking_order", "Stalking protection order considered or applied for"
    BREACH = "breach", "Breach of an order acted on"
    REMOVED = "removed", "Suspect removed or escorted away"
    REFUGE = "refuge", "Taken to a refuge or to family"
    ACCOMMODATION = "accommodation", "Emergency accommodation"
    DEVICE = "device", "Safety device, alarm or app"
    LOCKS = "locks", "Locks or target hardening"
    MARKER = "marker", "Marker on the address"
    PHONE = "phone", "Telephones and technology made safe"
    CHILD_REFERRAL = "child_referral", "Child protection referral"
    ENCOMPASS = "encompass", "Operation Encompass"
    ADULT_REFERRAL = "adult_referral", "Adult safeguarding referral"
    IDVA = "idva", "Independent adviser (IDVA)"
    MARAC = "marac", "MARAC"
    SUPPORT = "support", "Specialist support"
    DISCLOSURE = "disclosure", "Disclosure scheme begun"
    FIREARMS = "firearms", "Firearms licence seized or reviewed"
    BAIL = "bail", "Bail with conditions"
    CIVIL_ORDER = "civil_order", "Pointed to civil orders"
    PROGRAMME = "programme", "Perpetrator programme"
    NEIGHBOURHOOD = "neighbourhood", "Neighbourhood team visit"
    TRANSLATED = "translated", "Translated advice"
    NONE = "none", "None"


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
