from django.db import migrations


class Migration(migrations.Migration):
    """A rule about a column that nothing writes since 0007 kept the beginning of an old record from being corrected.

    Only the rule goes, which rewrites no row: the columns themselves stay for a release (0006).
    """

    dependencies = [("cases", "0010_put_right")]

    operations = [
        migrations.RemoveConstraint(model_name="incident", name="incident_arrest_after_it_starts"),
    ]
