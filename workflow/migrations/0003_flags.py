import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_system"),
        ("workflow", "0002_holidays"),
    ]

    operations = [
        migrations.CreateModel(
            name="FlagSetting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("flag", models.CharField(max_length=40)),
                ("is_on", models.BooleanField()),
                ("from_at", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(max_length=4000)),
                ("state", models.CharField(choices=[("set", "Set")], editable=False, max_length=30)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["flag", "-from_at"], name="flag_in_force")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gte", models.F("from_at")), _connector="OR"
                        ),
                        name="flag_ends_later",
                    )
                ],
            },
        ),
    ]
