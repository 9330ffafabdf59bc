import django.db.models.deletion
import django.utils.timezone
import supervision.models.notice
from django.conf import settings
from django.db import migrations, models
from workflow.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_system"),
        ("audit", "0001_initial"),
        ("cases", "0001_initial"),
        ("workflow", "0002_holidays"),
        ("supervision", "0001_initial"),
    ]

    operations = [
        Together([
migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                (
                    "message_id",
                    models.CharField(default=supervision.models.notice.new_message_id, editable=False, max_length=200),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("emailed_at", models.DateTimeField(null=True)),
                (
                    "mail_at",
                    models.DateTimeField(default=django.utils.timezone.now, help_text="When mailing it is tried next"),
                ),
                ("mail_failures", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("monitor", models.CharField(max_length=60)),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField()),
                (
                    "found_at",
                    models.DateTimeField(default=django.utils.timezone.now, help_text="The first night that found it"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mentions",
                    models.CharField(
                        choices=[("at_once", "At once"), ("digest", "Once a day, together"), ("none", "Not by mail")],
                        default="at_once",
                        max_length=10,
                    ),
                ),
                (
                    "digest_hour",
                    models.PositiveSmallIntegerField(default=7, help_text="In London, from this hour of the day on"),
                ),
            ],
        ),
]),
        Together([
migrations.AddField(
            model_name="notice",
            name="case",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="event",
            field=models.ForeignKey(
                help_text="What mentions them",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="audit.event",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("escalation", "A clock nears its end or has passed it"),
                    ("mention", "Somebody names you in what they write"),
                ],
                default="escalation",
                max_length=12,
            ),
        ),
]),
        Together([
migrations.AlterField(
            model_name="notice",
            name="deadline",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="workflow.deadline"
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="due_at",
            field=models.DateTimeField(help_text="The due moment it was told for: another one is told anew", null=True),
        ),
        migrations.AlterField(
            model_name="notice",
            name="role",
            field=models.CharField(blank=True, help_text="Whom the rung names: the holder or a role", max_length=30),
        ),
        migrations.AlterField(
            model_name="notice",
            name="rung",
            field=models.FloatField(help_text="Hours after the due moment; negative is before", null=True),
        ),
]),
        Together([
migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("event", "person"), name="notice_once_an_act"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("deadline__isnull", False),
                        ("due_at__isnull", False),
                        ("kind", "escalation"),
                        ("rung__isnull", False),
                    ),
                    models.Q(("deadline__isnull", True), ("event__isnull", False), ("kind", "mention")),
                    _connector="OR",
                ),
                name="notice_is_about_something",
            ),
        ),
        migrations.AddField(
            model_name="digest",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="case",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="preference",
            name="person",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="preference", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="digest",
            index=models.Index(
                condition=models.Q(("emailed_at__isnull", True)), fields=["mail_at"], name="digest_to_mail"
            ),
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.UniqueConstraint(fields=("person", "on"), name="digest_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(fields=("monitor", "subject_type", "subject_id"), name="finding_once"),
        ),
        migrations.AddIndex(
            model_name="preference",
            index=models.Index(
                condition=models.Q(("mentions", "digest")), fields=["digest_hour"], name="preference_digest"
            ),
        ),
        migrations.AddConstraint(
            model_name="preference",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest_hour__lte", 23)), name="preference_hour_of_a_day"
            ),
        ),
]),
    ]
