"""The bank holidays that ship with the product."""

from django.db import migrations

from workflow.models.holiday import load_shipped_holidays


def load(apps, schema_editor):
    load_shipped_holidays(apps.get_model("workflow", "Holiday"))


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
