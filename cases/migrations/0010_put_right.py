import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from workflow.together import Together


# What was ticked in a critical incident before the one that is declared now: done then, not now.
TICKED_BEFORE = """
    UPDATE cases_criticalcheck AS tick
    SET struck_out_at = cases_call.critical_at, version = tick.version + 1,
        struck_out_because = 'Done in a critical incident that had ended when another was declared anew on this call'
    FROM cases_call
    WHERE cases_call.id = tick.call_id AND tick.struck_out_at IS NULL AND tick.recorded_at < cases_call.critical_at
"""
# What its officer took back stood as if the crime registrar had returned it.
TAKEN_BACK = """
    UPDATE cases_noncrime AS asked SET state = 'taken_back', version = version + 1
    WHERE state = 'returned' AND (
        SELECT verdict FROM workflow_approval
        WHERE subject_type = 'cases.noncrime' AND subject_id = asked.id AND "of" = 'non_crime'
        ORDER BY asked_at DESC, id DESC LIMIT 1
    ) = 'withdrawn'
"""


class Migration(migrations.Migration):
    """Times of a call put right, a checklist for each critical incident, a threat beside a threat, what became known."""

    dependencies = [
        ("cases", "0009_reports_at_an_address"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(TAKEN_BACK, migrations.RunSQL.noop),
        Together([
migrations.CreateModel(
            name="CallTiming",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("struck_out_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("dispatched_at", models.DateTimeField(blank=True, null=True, verbose_name="time of dispatch")),
                ("arrived_at", models.DateTimeField(blank=True, null=True, verbose_name="time of arrival")),
                ("reason", models.CharField(max_length=500)),
            ],
            options={
                "ordering": ["-recorded_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="CallTimingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("struck_out_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("dispatched_at", models.DateTimeField(blank=True, null=True, verbose_name="time of dispatch")),
                ("arrived_at", models.DateTimeField(blank=True, null=True, verbose_name="time of arrival")),
                ("reason", models.CharField(max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
]),
        Together([
pgtrigger.migrations.RemoveTrigger(
            model_name="crime",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="crime",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="criticalcheck",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="criticalcheck",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="threattolife",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="threattolife",
            name="update_update",
        ),
]),
        Together([
migrations.RemoveConstraint(
            model_name="criticalcheck",
            name="critical_check_once",
        ),
        migrations.RemoveConstraint(
            model_name="threattolife",
            name="threat_one_open",
        ),
]),
        Together([
migrations.AddField(
            model_name="crime",
            name="became_known",
            field=models.TextField(
                blank=True,
                editable=False,
                help_text="Where it was first recorded as no crime: what made it one after all",
                max_length=4000,
                verbose_name="what became known",
            ),
        ),
        migrations.AddField(
            model_name="crimeevent",
            name="became_known",
            field=models.TextField(
                blank=True,
                editable=False,
                help_text="Where it was first recorded as no crime: what made it one after all",
                max_length=4000,
                verbose_name="what became known",
            ),
        ),
        migrations.AddField(
            model_name="criticalcheck",
            name="struck_out_because",
            field=models.CharField(blank=True, editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name="criticalcheckevent",
            name="struck_out_because",
            field=models.CharField(blank=True, editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name="threattolife",
            name="beside",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="further",
                to="cases.threattolife",
            ),
        ),
        migrations.AddField(
            model_name="threattolifeevent",
            name="beside",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="cases.threattolife",
            ),
        ),
]),
        Together([
migrations.AlterField(
            model_name="noncrime",
            name="state",
            field=models.CharField(
                choices=[
                    ("proposed", "Being recorded"),
                    ("waiting", "With the crime registrar"),
                    ("approved", "Approved as no crime"),
                    ("returned", "Returned by the crime registrar"),
                    ("taken_back", "Taken back to change it"),
                    ("dropped", "Given up"),
                ],
                default="proposed",
                editable=False,
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="noncrimeevent",
            name="state",
            field=models.CharField(
                choices=[
                    ("proposed", "Being recorded"),
                    ("waiting", "With the crime registrar"),
                    ("approved", "Approved as no crime"),
                    ("returned", "Returned by the crime registrar"),
                    ("taken_back", "Taken back to change it"),
                    ("dropped", "Given up"),
                ],
                default="proposed",
                editable=False,
                max_length=30,
            ),
        ),
]),
        Together([
pgtrigger.migrations.AddTrigger(
            model_name="crime",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_crimeevent" ("aggravators", "became_known", "cancel_code", "cancel_why", "case_id", "id", "incident_id", "offence_id", "particulars", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "principal_at", "recorded_at", "recorded_by_id", "state", "struck_out_at", "suspect_id", "version") VALUES (NEW."aggravators", NEW."became_known", NEW."cancel_code", NEW."cancel_why", NEW."case_id", NEW."id", NEW."incident_id", NEW."offence_id", NEW."particulars", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."principal_at", NEW."recorded_at", NEW."recorded_by_id", NEW."state", NEW."struck_out_at", NEW."suspect_id", NEW."version"); RETURN NULL;',
                    hash="538f02428aaae453a7d7c30f39d5e2ca52fdfe43",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_563bb",
                    table="cases_crime",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="crime",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_crimeevent" ("aggravators", "became_known", "cancel_code", "cancel_why", "case_id", "id", "incident_id", "offence_id", "particulars", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "principal_at", "recorded_at", "recorded_by_id", "state", "struck_out_at", "suspect_id", "version") VALUES (NEW."aggravators", NEW."became_known", NEW."cancel_code", NEW."cancel_why", NEW."case_id", NEW."id", NEW."incident_id", NEW."offence_id", NEW."particulars", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."principal_at", NEW."recorded_at", NEW."recorded_by_id", NEW."state", NEW."struck_out_at", NEW."suspect_id", NEW."version"); RETURN NULL;',
                    hash="6dbeebfbe58bae8461c49def99ab7399105a7c14",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ce7a2",
                    table="cases_crime",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="criticalcheck",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_criticalcheckevent" ("call_id", "case_id", "id", "item", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "struck_out_at", "struck_out_because", "version") VALUES (NEW."call_id", NEW."case_id", NEW."id", NEW."item", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."struck_out_at", NEW."struck_out_because", NEW."version"); RETURN NULL;',
                    hash="ec457efd1318c1f11fc1765ec4f21b9ad41f92b5",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5282c",
                    table="cases_criticalcheck",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="criticalcheck",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_criticalcheckevent" ("call_id", "case_id", "id", "item", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "struck_out_at", "struck_out_because", "version") VALUES (NEW."call_id", NEW."case_id", NEW."id", NEW."item", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."struck_out_at", NEW."struck_out_because", NEW."version"); RETURN NULL;',
                    hash="77eb965f4849108e7849c7657e5f15e1ef30ff28",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a7ced",
                    table="cases_criticalcheck",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="threattolife",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_threattolifeevent" ("armed", "armed_why", "article_2", "article_3", "article_8", "beside_id", "case_id", "closed_at", "closed_because", "decided_at", "decided_by_id", "decision", "id", "incident_id", "inspector", "inspector_why", "known", "known_at", "marker", "marker_why", "moved", "moved_why", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "real", "reasons_at", "reasons_by_id", "recorded_at", "recorded_by_id", "sought", "sought_why", "state", "struck_out_at", "version", "warning", "warning_why", "what") VALUES (NEW."armed", NEW."armed_why", NEW."article_2", NEW."article_3", NEW."article_8", NEW."beside_id", NEW."case_id", NEW."closed_at", NEW."closed_because", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."id", NEW."incident_id", NEW."inspector", NEW."inspector_why", NEW."known", NEW."known_at", NEW."marker", NEW."marker_why", NEW."moved", NEW."moved_why", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."real", NEW."reasons_at", NEW."reasons_by_id", NEW."recorded_at", NEW."recorded_by_id", NEW."sought", NEW."sought_why", NEW."state", NEW."struck_out_at", NEW."version", NEW."warning", NEW."warning_why", NEW."what"); RETURN NULL;',
                    hash="5b8e557f44cd1f632ca1b62e847fa46e3a71757f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_970ac",
                    table="cases_threattolife",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="threattolife",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_threattolifeevent" ("armed", "armed_why", "article_2", "article_3", "article_8", "beside_id", "case_id", "closed_at", "closed_because", "decided_at", "decided_by_id", "decision", "id", "incident_id", "inspector", "inspector_why", "known", "known_at", "marker", "marker_why", "moved", "moved_why", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "real", "reasons_at", "reasons_by_id", "recorded_at", "recorded_by_id", "sought", "sought_why", "state", "struck_out_at", "version", "warning", "warning_why", "what") VALUES (NEW."armed", NEW."armed_why", NEW."article_2", NEW."article_3", NEW."article_8", NEW."beside_id", NEW."case_id", NEW."closed_at", NEW."closed_because", NEW."decided_at", NEW."decided_by_id", NEW."decision", NEW."id", NEW."incident_id", NEW."inspector", NEW."inspector_why", NEW."known", NEW."known_at", NEW."marker", NEW."marker_why", NEW."moved", NEW."moved_why", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."real", NEW."reasons_at", NEW."reasons_by_id", NEW."recorded_at", NEW."recorded_by_id", NEW."sought", NEW."sought_why", NEW."state", NEW."struck_out_at", NEW."version", NEW."warning", NEW."warning_why", NEW."what"); RETURN NULL;',
                    hash="2629b2e850c492f031bf8aa6f7629136ec9d1a19",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4a314",
                    table="cases_threattolife",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="criticalcheck",
            constraint=models.UniqueConstraint(
                condition=models.Q(("struck_out_at__isnull", True)), fields=("call", "item"), name="critical_check_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="threattolife",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    ("beside__isnull", True),
                    ("struck_out_at__isnull", True),
                ),
                fields=("case",),
                name="threat_one_first",
            ),
        ),
        migrations.AddField(
            model_name="calltiming",
            name="call",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="timings", to="cases.call"
            ),
        ),
        migrations.AddField(
            model_name="calltiming",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="cases.case"),
        ),
        migrations.AddField(
            model_name="calltiming",
            name="recorded_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="calltimingevent",
            name="call",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="cases.call",
            ),
        ),
        migrations.AddField(
            model_name="calltimingevent",
            name="case",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="calltimingevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="calltimingevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="cases.calltiming",
            ),
        ),
        migrations.AddField(
            model_name="calltimingevent",
            name="recorded_by",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calltiming",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "cases_calltimingevent" ("arrived_at", "call_id", "case_id", "dispatched_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_at", "recorded_by_id", "struck_out_at", "version") VALUES (NEW."arrived_at", NEW."call_id", NEW."case_id", NEW."dispatched_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."recorded_at", NEW."recorded_by_id", NEW."struck_out_at", NEW."version"); RETURN NULL;',
                    hash="3bfa90a05ced1d1809974aa496365fb0b2f65184",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3751e",
                    table="cases_calltiming",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calltiming",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "cases_calltimingevent" ("arrived_at", "call_id", "case_id", "dispatched_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_at", "recorded_by_id", "struck_out_at", "version") VALUES (NEW."arrived_at", NEW."call_id", NEW."case_id", NEW."dispatched_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."recorded_at", NEW."recorded_by_id", NEW."struck_out_at", NEW."version"); RETURN NULL;',
                    hash="e026fa6506307d5e6ba3f2bd5aec9fb1d18579c7",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b1109",
                    table="cases_calltiming",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="calltimingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ff8ad5ff4d18e3f75a491762d6d09e9b620f2ae8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d8737",
                    table="cases_calltimingevent",
                    when="BEFORE",
                ),
            ),
        ),
]),
        migrations.RunSQL(TICKED_BEFORE, migrations.RunSQL.noop),
    ]
