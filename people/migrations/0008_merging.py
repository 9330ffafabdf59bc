import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q
from workflow.together import Together

PERSON = {"on_delete": django.db.models.deletion.PROTECT, "to": "people.person"}
USER = {"on_delete": django.db.models.deletion.PROTECT, "to": settings.AUTH_USER_MODEL}
CASE = {"on_delete": django.db.models.deletion.PROTECT, "to": settings.FOLDER_MODEL, "related_name": "+", "db_index": False}
ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))

#: Of what tells who somebody is, each new row leaves word for the sweep: once for each person of a statement.
WATCHED = ("personname", "birth", "telephone", "note", "identifier")
LEAVE_WORD = """
CREATE FUNCTION people_leave_word() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO people_unweighed (person_number, case_number) SELECT DISTINCT person_id, case_id FROM added;
  RETURN NULL;
END
$$
"""
ON_INSERT = (
    "CREATE TRIGGER people_leave_word AFTER INSERT ON people_{table} REFERENCING NEW TABLE AS added"
    " FOR EACH STATEMENT EXECUTE FUNCTION people_leave_word()"
)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_forgiving"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.FOLDER_MODEL),
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            "person", "kept_as", models.ForeignKey(**PERSON, db_index=False, editable=False, null=True, related_name="+")
        ),
        Together([
migrations.CreateModel(
            name="Duplicate",
            fields=[
                ID,
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("state", models.CharField(choices=[("suggested", "To be judged"), ("dismissed", "Not the same person"), ("merged", "Merged"), ("parted", "Merged once, and two again")], editable=False, max_length=30)),  # noqa: E501
                ("score", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("judged_score", models.PositiveSmallIntegerField(editable=False, null=True)),
                ("judged_at", models.DateTimeField(editable=False, null=True)),
                ("apart_at", models.DateTimeField(editable=False, null=True, verbose_name="kept apart since")),
                ("judged_by", models.ForeignKey(**USER, editable=False, null=True, related_name="+")),
                ("one", models.ForeignKey(**PERSON, related_name="+")),
                ("recorded_by", models.ForeignKey(**USER, editable=False, related_name="+")),
                ("two", models.ForeignKey(**PERSON, related_name="+")),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "-score", "-id"], name="duplicate_queue"),
                    models.Index(fields=["two", "one"], name="duplicate_of_second"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("one", "two"), name="duplicate_once"),
                    models.CheckConstraint(condition=Q(one__lt=F("two")), name="duplicate_of_two"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DuplicateSign",
            fields=[
                ID,
                ("score", models.PositiveSmallIntegerField()),
                ("case_one", models.ForeignKey(**CASE)),
                ("case_two", models.ForeignKey(**CASE)),
                ("duplicate", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="signs", to="people.duplicate")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("duplicate", "case_one", "case_two"), name="duplicate_sign_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ID,
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.TextField(max_length=4000)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_reason", models.TextField(blank=True, max_length=4000)),
                ("parted_at", models.DateTimeField(null=True)),
                ("home", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ("by", models.ForeignKey(**USER, related_name="+")),
                ("duplicate", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="merges", to="people.duplicate")),
                ("gone", models.ForeignKey(**PERSON, related_name="+")),
                ("kept", models.ForeignKey(**PERSON, related_name="+")),
                ("undone_by", models.ForeignKey(**USER, null=True, related_name="+")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("gone",), condition=Q(undone_at__isnull=True), name="merge_gone_once"
                    ),
                    models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_of_two"),
                    models.CheckConstraint(
                        condition=Q(undone_at__isnull=True, undone_by__isnull=True, undone_reason="")
                        | Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_reason=""),
                        name="merge_undone_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MovedRow",
            fields=[
                ID,
                ("table", models.CharField(max_length=60)),
                ("column", models.CharField(max_length=40)),
                ("row", models.BigIntegerField()),
                ("moved", models.BooleanField(default=True)),
                ("merge", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="people.merge")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("merge", "table", "column", "row"), name="moved_row_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Unweighed",
            fields=[ID, ("person_number", models.BigIntegerField()), ("case_number", models.BigIntegerField())],
        ),
]),
        migrations.RunSQL(LEAVE_WORD, "DROP FUNCTION people_leave_word()"),
        *(
            migrations.RunSQL(ON_INSERT.format(table=table), f"DROP TRIGGER people_leave_word ON people_{table}")
            for table in WATCHED
        ),
    ]
