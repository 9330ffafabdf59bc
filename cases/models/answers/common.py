"""Answers that many questions share."""

from django.db import models


class YesOrNo(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"


class Answer(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"
