"""The lists that Clare’s Law asks from: routes, channels, who asks, what is feared, what became of it."""

from __future__ import annotations

from django.db import models


class Route(models.TextChoices):
    """How a consideration came to be, and how it goes on; conversion changes the second alone."""

    ASK = "ask", "Right to ask"
    KNOW = "know", "Right to know"


class Profile(models.TextChoices):
    """Which guidance sets the limits: chosen by the day of first contact, and fixed for the life of a case (part C)."""

    OLD = "dvds-2013", "Guidance of 2013: 35 days overall"
    STATUTORY = "dvds-2023", "Statutory guidance of 2023: 28 days overall"


class Channel(models.TextChoices):
    """By which way the police first heard of it (S3-226)."""

    STATION = "station", "At a police station"
    IN_PERSON = "in_person", "In person elsewhere"
    PHONE = "phone", "By telephone"
    EMAIL = "email", "By email"
    ONLINE = "online", "Online"
    INVESTIGATION = "investigation", "During an investigation"
    PARTNER = "partner", "Through a partner agency"
    PROGRAM = "program", "Proposed by the program"


class Asks(models.TextChoices):
    """Who the applicant is to the person at risk."""

    SELF = "self", "The person at risk"
    PARENT = "parent", "A parent"
    FAMILY = "family", "Other family"
    FRIEND = "friend", "A friend"
    NEIGHBOUR = "neighbour", "A neighbour"
    COLLEAGUE = "colleague", "A colleague"
    PROFESSIONAL = "professional", "A professional"
    OTHER = "other", "Somebody else"


class Source(models.TextChoices):
    """Where what we were told without a request came from (S3-238)."""

    INVESTIGATION = "investigation", "A criminal investigation"
    AGENCY = "agency", "A partner agency"
    MEETING = "meeting", "A meeting where information is shared"
    INTELLIGENCE = "intelligence", "Intelligence"
    CONTACT = "contact", "Routine contact with either of them"
    PROGRAM = "program", "The program saw them beside each other"


class Feared(models.TextChoices):
    """What the applicant fears or has seen (S616)."""

    ASSAULT = "assault", "Assault"
    CONTROL = "control", "Controlling or coercive behaviour"
    VIOLENT = "violent", "Violent behaviour"
    STRANGLED = "strangled", "Strangling or suffocation"
    WEAPONS = "weapons", "Weapons"
    THREATS = "threats", "Threats"
    STALKING = "stalking", "Stalking"
    SEXUAL = "sexual", "Sexual harm"
    PREGNANT = "pregnant", "Pregnancy"
    PARTING = "parting", "Separation"
    OTHER = "other", "Something else"


class Danger(models.TextChoices):
    """Whether somebody is in danger now (S3-222)."""

    NONE = "none", "No"
    POSSIBLE = "possible", "It is possible"
    YES = "yes", "Yes"


class SharingConsent(models.TextChoices):
    CONSENTED = "consented", "Agrees that we share what is needed"
    REFUSED = "refused", "Does not agree; we may still share to prevent crime"
    UNSAFE = "unsafe", "Not safe to ask"


class PoliceSubject(models.TextChoices):
    """Whether the subject works for the police or a partner agency (B4)."""

    NO = "no", "No"
    POLICE = "police", "Yes, for this force"
    OTHER_FORCE = "other_force", "Yes, for another force"
    AGENCY = "agency", "Yes, for a partner agency"
    UNKNOWN = "unknown", "Not known"


class Pack(models.TextChoices):
    """What became of the pack with general support: offered in person, never sent (I2, I9)."""

    TAKEN = "taken", "Taken"
    UNSAFE = "unsafe", "Not taken: not safe to have it"
    SPOKEN = "spoken", "Explained in words alone"


class Outcome(models.TextChoices):
    """What became of it (part F): each its own, for “not disclosed” is six different things."""

    DISCLOSED = "disclosed", "Told"
    NO_UNDERTAKING = "no_undertaking", "Told, without the promise to keep it to themselves"
    EMERGENCY = "emergency", "Told at once, in danger"
    DECLINED = "declined", "The recipient did not want to hear it"
    UNREACHABLE = "unreachable", "The recipient could not be reached safely"
    NOTHING_HELD = "nothing_held", "Not told: nothing is held"
    TESTS_NOT_MET = "tests_not_met", "Not told: the tests are not met"
    OUT_OF_SCOPE = "out_of_scope", "Not progressed: outside the scheme"
    MALICIOUS = "malicious", "Not progressed: malicious"
    NO_RISK = "no_risk", "Not progressed: no risk found"
    WITHDRAWN = "withdrawn", "Withdrawn"
    CONVERTED = "converted", "Went on as a right to know"
    MERGED = "merged", "Merged with another"
    TRANSFERRED = "transferred", "With another force"
    NOT_APPLICABLE = "not_applicable", "No longer applicable"
    OTHER_POWER = "other_power", "Dealt with by MARAC or another power"


class Category(models.TextChoices):
    CONCERN = "concern", "Concern"
    NO_CONCERN = "no_concern", "No concern"


class Factor(models.TextChoices):
    """Relevant and never conclusive (S3-242): the first four speak for concern, the rest against."""

    UNSPENT = "unspent", "Unspent convictions for domestic abuse"
    SERIAL = "serial", "Abuses one partner after another"
    INTELLIGENCE = "intelligence", "Intelligence of violence, also where nothing came to court or is spent"
    TO_HER = "to_her", "Worrying behaviour to this person"
    NO_CONVICTION = "no_conviction", "No relevant unspent conviction"
    NO_INFORMATION = "no_information", "No other information that points to harm"
    NOT_ENOUGH = "not_enough", "Not enough to register concern"


SPEAK_FOR_CONCERN = frozenset({Factor.UNSPENT, Factor.SERIAL, Factor.INTELLIGENCE, Factor.TO_HER})


class Test(models.TextChoices):
    """What is asked before anything is told (part E): the first three must all be yes."""

    NECESSARY = "T1", "Telling is necessary to protect the person at risk from crime"
    PRESSING = "T2", "There is a pressing need"
    PROPORTIONATE = "T3", "Interfering with the subject’s rights is necessary and in proportion"
    REPRESENTATIONS = "T4", "The subject’s side was considered"
    BEST_PLACED = "T5", "The recipient is the right person to tell"
    SAFE = "T6", "The safety plan is enough"


CUMULATIVE = (Test.NECESSARY, Test.PRESSING, Test.PROPORTIONATE)


class Representations(models.TextChoices):
    """Whether the subject’s side was asked for (S3-243). Asking may itself put her in danger: not asked is what is offered."""

    DISPENSED = "dispensed", "Not sought, for a reason"
    INVITED = "invited", "Invited"
    RECEIVED = "received", "Received"
    NONE = "none", "Invited, and none came"


class Malice(models.TextChoices):
    NONE = "none", "No sign of it"
    SUSPECTED = "suspected", "Suspected"
    ESTABLISHED = "established", "Established"


class Together(models.TextChoices):
    """Never a gate: somebody who has left is in as much danger, or more (H9)."""

    TOGETHER = "together", "Together"
    ENDED = "ended", "Ended"
    ON_AND_OFF = "on_and_off", "On and off"
    UNKNOWN = "unknown", "Not known"


class Aware(models.TextChoices):
    """Whether the person at risk knows that somebody asked."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"
