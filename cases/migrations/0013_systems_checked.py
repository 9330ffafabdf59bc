from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from cases.models.systems import SHIPPED, load_systems, read_systems
from workflow.together import Together


def ship(apps: Any, schema_editor: Any) -> None:
    """The systems as the product knows them; a force loads its own with `manage.py load_systems`."""
    load_systems(read_systems(SHIPPED), model=apps.get_model("cases", "CheckedSystem"))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_attempts_at_a_first_password"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("cases", "0012_definitions"),
        ("people", "0004_reached_at_entry"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        Together([
migrations.CreateModel(
            name="CheckedSystem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("label", models.CharField(max_length=80)),
                ("order", models.PositiveSmallIntegerField(default=100)),
                (
                    "who",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                (
                    "required_of",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("victim", "Person harmed"),
                                ("suspect", "Suspect"),
                                ("child", "Child"),
                                ("witness", "Witness"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("hint", models.CharField(blank=True, max_length=200)),
                ("authority", models.CharField(max_length=200)),
                ("ended", models.BooleanField(default=False, help_text="Checked no longer; what was checked stays")),
            ],
        ),
        migrations.CreateModel(
            name="SystemCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("struck_out_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("state", models.CharField(editable=False, max_length=30)),
                (
                    "names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        help_text="Every name and spelling searched",
                        size=None,
                    ),
                ),
                (
                    "births",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        blank=True,
                        default=list,
                        help_text="1988-01-30, 1988-01 or 1988",
                        size=None,
                    ),
                ),
                (
                    "births_unknown",
                    models.BooleanField(default=False, help_text="Searched without a birth date: none is known"),
                ),
                ("places", models.CharField(blank=True, max_length=300, verbose_name="addresses and numbers searched")),
                ("checked_at", models.DateTimeField(verbose_name="when it was checked")),
                (
                    "checked_by",
                    models.CharField(blank=True, max_length=100, verbose_name="who looked, if not whoever recorded it"),
                ),
                (
                    "found",
                    models.CharField(
                        choices=[("something", "Something found"), ("nothing", "Nothing found")], max_length=10
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=100)),
                ("result", models.TextField(blank=True, max_length=4000)),
                (
                    "by_adapter",
                    models.BooleanField(default=False, help_text="The system answered by itself; nobody typed it"),
                ),
                ("struck_because", models.TextField(blank=True, max_length=4000)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="cases.case")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="system_checks",
                        to="people.person",
                    ),
                ),
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
                    "struck_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="cases.checkedsystem"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SystemCheckEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("struck_out_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("state", models.CharField(editable=False, max_length=30)),
                (
                    "names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        help_text="Every name and spelling searched",
                        size=None,
                    ),
                ),
                (
                    "births",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        blank=True,
                        default=list,
                        help_text="1988-01-30, 1988-01 or 1988",
                        size=None,
                    ),
                ),
                (
                    "births_unknown",
                    models.BooleanField(default=False, help_text="Searched without a birth date: none is known"),
                ),
                ("places", models.CharField(blank=True, max_length=300, verbose_name="addresses and numbers searched")),
                ("checked_at", models.DateTimeField(verbose_name="when it was checked")),
                (
                    "checked_by",
                    models.CharField(blank=True, max_length=100, verbose_name="who looked, if not whoever recorded it"),
                ),
                (
                    "found",
                    models.CharField(
                        choices=[("something", "Something found"), ("nothing", "Nothing found")], max_length=10
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=100)),
                ("result", models.TextField(blank=True, max_length=4000)),
                (
                    "by_adapter",
                    models.BooleanField(default=False, help_text="The system answered by itself; nobody typed it"),
                ),
                ("struck_because", models.TextField(blank=True, max_length=4000)),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="cases.systemcheck",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "struck_by",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "system",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.checkedsystem",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
]),
        Together([
migrations.AddIndex(
            model_name="systemcheck",
            index=models.Index(fields=["case", "system", "-checked_at"], name="system_check_of_case"),
        ),
        migrations.AddConstraint(
            model_name="systemcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("found", "nothing"), _negated=True),
                    models.Q(
                        ("names__len__gt", 0),
                        models.Q(("births__len__gt", 0), ("births_unknown", True), _connector="OR"),
                    ),
                    models.Q(("person__isnull", True), models.Q(("places", ""), _negated=True)),
                    _connector="OR",
                ),
                name="system_check_nothing_of_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="systemcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("found", "something"), _negated=True),
                    models.Q(("result", ""), _negated=True),
                    _connector="OR",
                ),
                name="system_check_something_is_said",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="systemcheck",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_systemcheckevent" ("births", "births_unknown", "by_adapter", "case_id", "checked_at", "checked_by", "found", "id", "names", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "recorded_at", "recorded_by_id", "reference", "result", "state", "struck_because", "struck_by_id", "struck_out_at", "system_id", "version") VALUES (NEW."births", NEW."births_unknown", NEW."by_adapter", NEW."case_id", NEW."checked_at", NEW."checked_by", NEW."found", NEW."id", NEW."names", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."places", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."result", NEW."state", NEW."struck_because", NEW."struck_by_id", NEW."struck_out_at", NEW."system_id", NEW."version"); RETURN NULL;',
                    hash="84f075866b7d76cd8a2e6ace87f691d2ad45fce4",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_42e6b",
                    table="cases_systemcheck",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="systemcheck",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_systemcheckevent" ("births", "births_unknown", "by_adapter", "case_id", "checked_at", "checked_by", "found", "id", "names", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "places", "recorded_at", "recorded_by_id", "reference", "result", "state", "struck_because", "struck_by_id", "struck_out_at", "system_id", "version") VALUES (NEW."births", NEW."births_unknown", NEW."by_adapter", NEW."case_id", NEW."checked_at", NEW."checked_by", NEW."found", NEW."id", NEW."names", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."places", NEW."recorded_at", NEW."recorded_by_id", NEW."reference", NEW."result", NEW."state", NEW."struck_because", NEW."struck_by_id", NEW."struck_out_at", NEW."system_id", NEW."version"); RETURN NULL;',
                    hash="f54f0fc87f05094080219ab35ba80f746e96442a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_70204",
                    table="cases_systemcheck",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="systemcheckevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="244cd2a4615a76427c789e2fdb15617e850cbcf8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_16fe1",
                    table="cases_systemcheckevent",
                    when="BEFORE",
                ),
            ),
        ),
]),
        migrations.RunPython(ship, migrations.RunPython.noop),
    ]
