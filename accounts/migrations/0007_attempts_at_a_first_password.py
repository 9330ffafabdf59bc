from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_administration")]

    operations = [
        migrations.AlterField(
            model_name="attempt",
            name="kind",
            field=models.CharField(
                choices=[("password", "Password"), ("code", "Code"), ("first", "Code for a first password")],
                max_length=10,
            ),
        ),
    ]
