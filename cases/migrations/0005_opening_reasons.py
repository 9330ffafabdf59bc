"""The answers that the product ships to "Why do you need to open this?"; from now on a force words them itself."""

from datetime import date

from django.db import migrations

SHIPPED = (
    ("attending", "I am going to, or at, an incident now", "", 10),
    ("history", "I am checking the history of an address or a person", "", 20),
    ("asked", "A colleague asked me to", "Say who, if you can", 30),
    ("supervision", "I am supervising or reviewing the work", "", 40),
    ("other", "Something else", "", 900),
)
SINCE = date(2020, 1, 1)  # before any consultation, so that every code ever given is among them


def ship(apps, schema_editor):
    entries = apps.get_model("workflow", "ReferenceEntry").objects
    for code, label, hint, order in SHIPPED:
        said = {"label": label, "hint": hint, "order": order, "since": SINCE, "state": "kept"}
        entries.get_or_create(of="opening", code=code, defaults=said)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_access_concern"),
        ("workflow", "0004_reference_and_struck_holidays"),
    ]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
