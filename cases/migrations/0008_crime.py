from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_task_and_safety")]

    operations = []
