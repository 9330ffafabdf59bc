from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_system")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="language",
            field=models.CharField(choices=[("en-gb", "English"), ("cy", "Cymraeg")], default="en-gb", max_length=5),
        ),
    ]
