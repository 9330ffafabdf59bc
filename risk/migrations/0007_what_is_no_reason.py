"""The numbers of lowering and reviewing, and the phrases that are no reason to lower, come with the product."""

from typing import Any

from django.db import migrations

from risk.services.instruments import load_no_reasons, load_thresholds


def load(apps: Any, schema_editor: Any) -> None:
    load_thresholds(apps=apps)
    load_no_reasons(apps=apps)


class Migration(migrations.Migration):
    dependencies = [("risk", "0006_lowered_and_looked_at_again")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
