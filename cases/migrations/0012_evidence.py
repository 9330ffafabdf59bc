from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_arrest_and_action")]

    operations = []
