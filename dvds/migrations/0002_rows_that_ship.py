"""What Clare’s Law starts with: the first day of each guidance, the forms of words, and the numbers no guidance fixes.

Each row says on whose authority; a force that knows better writes a newer one.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import migrations

#: Part C: national since 8 March 2014 [EF]; statutory guidance under section 77 of the Domestic Abuse Act 2021, its day [K].
PROFILES = (
    (
        "dvds-2013", date(2014, 3, 8),
        "Home Office guidance of 2013, national since 8 March 2014; the 35 days as forces say it, to be confirmed",
    ),
    (
        "dvds-2023", date(2023, 4, 5),
        "Statutory guidance, Domestic Abuse Act 2021 section 77, April 2023; the day is to be confirmed",
    ),
)  # fmt: skip

#: Drafts of our own (D5, D6): the annexes of the guidance were not seen.
OURS = "The words of the guidance’s annexes were not at hand (S3-256): a draft of ours, to be signed off by the force’s lawyers"
WORDS = {
    "tell": (
        "We are telling you this to help keep you, and your children if you have any, safe. Use it only for that. Please do "
        "not pass it on; we ask you to sign that you will keep it to yourself, and breaking that could lead to legal action. "
        "Let us now go through your safety plan."
    ),
    "nothing": (
        "From what you gave us and the checks made, there is nothing for us to disclose. That does not mean there is no risk. "
        "If anything worries you, tell us again, or ring 999 in danger."
    ),
}

#: What no guidance fixes is ours, and said to be: domain brief, parts B1, B4, F and H.
NUMBERS = (
    ("attempts", 3, "Ours: three safe attempts, on different days, before a meeting is said not to be possible (B1)"),
    ("pattern_months", 24, "Ours: two about one subject within 24 months (F, Patterns)"),
    ("pattern_least", 2, "Ours: from two considerations on (F, Patterns)"),
    ("incident_days", 14, "Ours: a request shortly before or after an incident; two weeks (F, Patterns)"),
    ("child_age", 16, "The Domestic Abuse Act begins at 16; below it child protection (B4, Under 18)"),
    ("adult_age", 18, "16 and 17 with a referral of the child (B4, Under 18)"),
    ("sample_share", 10, "Ours: a sample of decisions is looked at again; one in ten (H3)"),
    ("sample_least", 3, "Ours: at least three decisions of a month (H3)"),
    ("outlier_least", 5, "Ours: nobody is compared on fewer than five decisions (H3)"),
    ("outlier_points", 25, "Ours: shares that are 25 points from the unit’s are looked at, not judged (H3, H5)"),
)
START = date(2014, 3, 8)


def ship(apps: Any, schema_editor: Any) -> None:
    for profile, from_on, authority in PROFILES:
        apps.get_model("dvds", "ProfileFrom").objects.create(profile=profile, from_on=from_on, authority=authority)
    for code, words in WORDS.items():
        apps.get_model("dvds", "Wording").objects.create(code=code, words=words, valid_from=START, authority=OURS)
    for name, value, authority in NUMBERS:
        apps.get_model("dvds", "Number").objects.create(
            name=name, value=value, valid_from=START, authority=authority
        )


class Migration(migrations.Migration):
    dependencies = [("dvds", "0001_considerations")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
