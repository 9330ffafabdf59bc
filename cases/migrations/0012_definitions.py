"""What the force means by repeat and vulnerable, in versions, with who has read them; plans for repeat victims."""

from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from cases.models.definition_set import load_definitions
from workflow.together import Together


def load(apps: Any, schema_editor: Any) -> None:
    load_definitions(apps.get_model("cases", "DefinitionSet"))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_attempts_at_a_first_password"),
        ("cases", "0011_arrests_are_decisions"),
        ("people", "0004_reached_at_entry"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
migrations.CreateModel(
            name='DefinitionSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('code', models.CharField(choices=[('repeat_victim', 'Repeat victim'), ('repeat_pair', 'Repeat pair'), ('repeat_suspect', 'Repeat suspect'), ('serial_suspect', 'Serial suspect'), ('repeat_place', 'Repeat location'), ('marac_repeat', 'MARAC repeat'), ('vulnerable', 'Vulnerable')], max_length=20, verbose_name='term')),
                ('text', models.TextField(max_length=2000)),
                ('window_months', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('at_least', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('valid_from', models.DateField()),
                ('authority', models.CharField(max_length=300)),
                ('state', models.CharField(choices=[('proposed', 'Waiting for a second person'), ('approved', 'Approved'), ('refused', 'Refused'), ('withdrawn', 'Taken back')], editable=False, max_length=30)),
                ('out_of_use_at', models.DateTimeField(editable=False, null=True)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('decided_at', models.DateTimeField(editable=False, null=True)),
                ('decided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
        ),
        migrations.CreateModel(
            name='DefinitionRead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('definition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='cases.definitionset')),
            ],
        ),
        migrations.CreateModel(
            name='PlanVisit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('kind', models.CharField(choices=[('visit', 'Visit'), ('review', 'Review')], max_length=10)),
                ('at', models.DateTimeField()),
                ('seen', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No')], max_length=3, verbose_name='whether the person was seen')),
                ('words', models.TextField(max_length=4000)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.case')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='RepeatPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('state', models.CharField(editable=False, max_length=30)),
                ('reach', models.TextField(blank=True, max_length=2000, verbose_name='how the person is reached')),
                ('tactics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('visits', 'Visits by the neighbourhood team'), ('patrol', 'Patrols near the home'), ('suspect', 'Work on the suspect: arrest, conditions, orders'), ('harden', 'Locks, doors, alarm'), ('adviser', 'An IDVA or a specialist service'), ('housing', 'Housing'), ('health', 'Health: mental health, drink, drugs'), ('children', 'Children’s services'), ('adults', 'Adult social care'), ('marac', 'MARAC'), ('other', 'Something else, said below')], max_length=20), blank=True, default=list, size=None)),
                ('what', models.TextField(blank=True, max_length=4000, verbose_name='what is done, by whom')),
                ('visit_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='visited every so many days')),
                ('ended_because', models.TextField(blank=True, max_length=4000)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.case')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='repeat_plans', to='people.person')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PlanVisitEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('kind', models.CharField(choices=[('visit', 'Visit'), ('review', 'Review')], max_length=10)),
                ('at', models.DateTimeField()),
                ('seen', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No')], max_length=3, verbose_name='whether the person was seen')),
                ('words', models.TextField(max_length=4000)),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.planvisit')),
                ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.repeatplan')),
            ],
            options={
                'abstract': False,
            },
        ),
]),
        migrations.AddField(
            model_name='planvisit',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='cases.repeatplan'),
        ),
        migrations.CreateModel(
            name='RepeatPlanEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('state', models.CharField(editable=False, max_length=30)),
                ('reach', models.TextField(blank=True, max_length=2000, verbose_name='how the person is reached')),
                ('tactics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('visits', 'Visits by the neighbourhood team'), ('patrol', 'Patrols near the home'), ('suspect', 'Work on the suspect: arrest, conditions, orders'), ('harden', 'Locks, doors, alarm'), ('adviser', 'An IDVA or a specialist service'), ('housing', 'Housing'), ('health', 'Health: mental health, drink, drugs'), ('children', 'Children’s services'), ('adults', 'Adult social care'), ('marac', 'MARAC'), ('other', 'Something else, said below')], max_length=20), blank=True, default=list, size=None)),
                ('what', models.TextField(blank=True, max_length=4000, verbose_name='what is done, by whom')),
                ('visit_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='visited every so many days')),
                ('ended_because', models.TextField(blank=True, max_length=4000)),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.repeatplan')),
                ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        Together([
migrations.AddIndex(
            model_name='definitionset',
            index=models.Index(fields=['code', 'state', '-valid_from', '-id'], name='definition_in_force'),
        ),
        migrations.AddConstraint(
            model_name='definitionset',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('recorded_by')), _negated=True), _connector='OR'), name='definition_by_two_people'),
        ),
        migrations.AddConstraint(
            model_name='definitionset',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved', 'refused']), _negated=True), ('recorded_by__isnull', True), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='definition_decision_has_decider'),
        ),
        migrations.AddConstraint(
            model_name='definitionset',
            constraint=models.CheckConstraint(condition=models.Q(('window_months__isnull', True), ('window_months__range', (1, 1200)), _connector='OR'), name='definition_window_is_a_window'),
        ),
        migrations.AddConstraint(
            model_name='definitionset',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='definition_says_something'),
        ),
        migrations.AddConstraint(
            model_name='definitionread',
            constraint=models.UniqueConstraint(fields=('person', 'definition'), name='definition_read_once'),
        ),
        migrations.AddIndex(
            model_name='repeatplan',
            index=models.Index(fields=['person', '-id'], name='repeat_plan_of_person'),
        ),
        migrations.AddIndex(
            model_name='repeatplan',
            index=models.Index(fields=['case', '-id'], name='repeat_plan_of_case'),
        ),
        migrations.AddConstraint(
            model_name='repeatplan',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('state', 'ended'), _negated=True), ('struck_out_at__isnull', True)), fields=('case', 'person'), name='repeat_plan_one_open'),
        ),
        migrations.AddConstraint(
            model_name='repeatplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ended'), _negated=True), models.Q(('ended_because', ''), _negated=True), _connector='OR'), name='repeat_plan_ends_for_a_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='repeatplan',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_repeatplanevent" ("case_id", "ended_because", "id", "owner_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach", "recorded_at", "recorded_by_id", "state", "struck_out_at", "tactics", "version", "visit_days", "what") VALUES (NEW."case_id", NEW."ended_because", NEW."id", NEW."owner_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reach", NEW."recorded_at", NEW."recorded_by_id", NEW."state", NEW."struck_out_at", NEW."tactics", NEW."version", NEW."visit_days", NEW."what"); RETURN NULL;', hash='008aedaee5285f1ae246061bcf7c67e21ee1d306', operation='INSERT', pgid='pgtrigger_insert_insert_c78ca', table='cases_repeatplan', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='repeatplan',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_repeatplanevent" ("case_id", "ended_because", "id", "owner_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reach", "recorded_at", "recorded_by_id", "state", "struck_out_at", "tactics", "version", "visit_days", "what") VALUES (NEW."case_id", NEW."ended_because", NEW."id", NEW."owner_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reach", NEW."recorded_at", NEW."recorded_by_id", NEW."state", NEW."struck_out_at", NEW."tactics", NEW."version", NEW."visit_days", NEW."what"); RETURN NULL;', hash='1e4dc790b1ae714349ec3246383bcc84007c257c', operation='UPDATE', pgid='pgtrigger_update_update_0f1c9', table='cases_repeatplan', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planvisitevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0e661616b46bc977115008c90e0a0d4cdae2b888', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a47cd', table='cases_planvisitevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='planvisit',
            index=models.Index(fields=['plan', '-at'], name='plan_visit_of_plan'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planvisit',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_planvisitevent" ("at", "case_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "recorded_at", "recorded_by_id", "seen", "struck_out_at", "version", "words") VALUES (NEW."at", NEW."case_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."recorded_at", NEW."recorded_by_id", NEW."seen", NEW."struck_out_at", NEW."version", NEW."words"); RETURN NULL;', hash='2297146192a341d1ee352fc6e9b2fcbe7e5b6cd9', operation='INSERT', pgid='pgtrigger_insert_insert_b4024', table='cases_planvisit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planvisit',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_planvisitevent" ("at", "case_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "recorded_at", "recorded_by_id", "seen", "struck_out_at", "version", "words") VALUES (NEW."at", NEW."case_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."recorded_at", NEW."recorded_by_id", NEW."seen", NEW."struck_out_at", NEW."version", NEW."words"); RETURN NULL;', hash='c6e4b85e2410183deeee4c23f4b2af69cc4362ce', operation='UPDATE', pgid='pgtrigger_update_update_371c5', table='cases_planvisit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='repeatplanevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4710e066a7aa410f15d97feba5ba9817ebc1608e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a9e72', table='cases_repeatplanevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='incident',
            index=models.Index(fields=['reported_at'], name='incident_by_report'),
        ),
]),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
