from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    """What the check at entry asks of tables that are large already: made beside the work, so not in a transaction."""

    atomic = False
    dependencies = [("people", "0003_self_described")]

    operations = [
        AddIndexConcurrently("address", models.Index(fields=["postcode", "-recorded_at"], name="address_of_postcode")),
        AddIndexConcurrently("address", models.Index(Upper("line"), name="address_of_line")),
        AddIndexConcurrently("telephone", models.Index(fields=["digits"], name="telephone_digits")),
    ]
