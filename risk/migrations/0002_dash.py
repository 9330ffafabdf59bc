"""The DASH of 2009 and the numbers of the rules come with the product."""

from typing import Any

from django.db import migrations

from risk.services.instruments import load_instrument, load_thresholds


def load(apps: Any, schema_editor: Any) -> None:
    load_instrument(apps=apps)
    load_thresholds(apps=apps)


class Migration(migrations.Migration):
    dependencies = [("risk", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
