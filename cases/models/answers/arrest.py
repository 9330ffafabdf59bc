"""Whether somebody was arrested, why not, and what else was done."""

from django.db import models


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


class Verdict(models.TextChoices):
    """What a supervisor makes of a reason not to arrest (A.7)."""

    ADEQUATE = "adequate", "The reason is adequate"
    RETURNED = "returned", "Returned: the reason is not enough"
    ARREST_NOW = "arrest_now", "Arrest now"


class AttemptResult(models.TextChoices):
    """What came of an attempt to arrest somebody who had left."""

    NOT_THERE = "not_there", "Not there"
    GOT_AWAY = "got_away", "Seen, and got away"
    TOLD_WHERE = "told_where", "Told where to look next"
    TOLD_NOTHING = "told_nothing", "Somebody there would not say"


class Disposal(models.TextChoices):
    """What custody came to."""

    CHARGED = "charged", "Charged"
    OUT_OF_COURT = "out_of_court", "Caution or another way out of court"
    CONTINUES = "continues", "The investigation goes on"
    NO_ACTION = "no_action", "No further action"


class Release(models.TextChoices):
    """How somebody left custody."""

    BAIL_CONDITIONS = "bail_conditions", "Bail with conditions"
    BAIL = "bail", "Bail without conditions"
    INVESTIGATION = "investigation", "Released under investigation"
    REMANDED = "remanded", "Not released: kept for court"
    RELEASED = "released", "Released, nothing further"


class Accepted(models.TextChoices):
    """How what was offered was taken."""

    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    NOT_OFFERED = "not_offered", "Not offered"


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
