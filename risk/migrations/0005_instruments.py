"""The instruments that follow on the DASH, those beside it, and the numbers of their rules."""

from typing import Any

from django.db import migrations

from risk.services.instruments import DATA, SHIPPED, load_instrument, load_thresholds


def load(apps: Any, schema_editor: Any) -> None:
    for name in SHIPPED:
        load_instrument(DATA / f"{name}.json", apps=apps)
    load_thresholds(apps=apps)


class Migration(migrations.Migration):
    dependencies = [("risk", "0004_further_sets")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
