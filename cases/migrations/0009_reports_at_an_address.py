from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """What the check at entry asks of a table that is large already: made beside the work, so not in a transaction."""

    atomic = False
    dependencies = [("cases", "0008_number_of_call")]

    operations = [
        AddIndexConcurrently(
            "incident", models.Index(fields=["postcode", "-reported_at"], name="incident_of_postcode")
        ),
    ]
