from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_children_and_contact")]

    operations = []
