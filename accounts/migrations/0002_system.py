"""The named user that acts when no person does."""

from django.db import migrations


def make_system_user(apps, schema_editor):
    apps.get_model("accounts", "User").objects.get_or_create(
        username="system", defaults={"is_system": True, "last_name": "The system", "password": "!"}
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(make_system_user, migrations.RunPython.noop)]
