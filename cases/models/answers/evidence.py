"""What was looked for besides the words of the person harmed, and what was handed to them (A.9; 003:249, 003:254)."""

from django.db import models


class NoVideo(models.TextChoices):
    """Why an officer who attended used no body-worn video."""

    NOT_ISSUED = "not_issued", "Not issued"
    FAULT = "fault", "Fault"
    OBJECTED = "objected", "The person harmed objected"
    SENSITIVE = "sensitive", "Sensitive place"
    PLAIN_CLOTHES = "plain_clothes", "Plain clothes"
    OTHER = "other", "Another reason"


class Sought(models.TextChoices):
    """What became of one source of evidence."""

    GOT = "got", "Got"
    SOUGHT = "sought", "Asked for"
    NOT_THERE = "not_there", "Not there"
    NOT_ASKED = "not_asked", "Not asked"


class ExhibitKind(models.TextChoices):
    """What an item of the evidence index is. The first seven are digital."""

    VIDEO = "video", "Body-worn video"
    CALL = "call", "Recording of the 999 call"
    PHOTOGRAPHS = "photographs", "Photographs"
    PHONE = "phone", "Data from a telephone"
    APP = "app", "Messages or data of an app"
    CLOUD = "cloud", "Cloud account or shared album"
    CAMERAS = "cameras", "CCTV or doorbell"
    MEDICAL = "medical", "Medical record"
    FORENSIC = "forensic", "Forensic exhibit"
    OTHER = "other", "Something else"


#: Read off a machine rather than held in a bag.
DIGITAL = (
    ExhibitKind.VIDEO, ExhibitKind.CALL, ExhibitKind.PHOTOGRAPHS, ExhibitKind.PHONE, ExhibitKind.APP, ExhibitKind.CLOUD,
    ExhibitKind.CAMERAS,
)  # fmt: skip


class DeviceKind(models.TextChoices):
    """What was given to keep somebody safe."""

    ALARM = "alarm", "Personal alarm"
    APP = "app", "Safety app"
    DOORBELL = "doorbell", "Video doorbell or camera"
    MARKER = "marker", "Property marker or forensic spray"
    PHONE = "phone", "Safe telephone"
    OTHER = "other", "Something else"


class FileKind(models.TextChoices):
    """What a file shows."""

    INJURY = "injury", "Photographs of injuries"
    PHOTOGRAPH = "photograph", "Other photographs"
    STATEMENT = "statement", "Statement"
    ORDER = "order", "Court or police order"
    OTHER = "other", "Something else"
