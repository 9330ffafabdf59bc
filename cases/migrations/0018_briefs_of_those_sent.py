"""Whom a brief is for by collar number, and of which change its readers were told; it may be read again once it changed."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from workflow.together import Together


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_attempts_at_a_first_password'),
        ('cases', '0017_places'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
pgtrigger.migrations.RemoveTrigger(
            model_name='brief',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='brief',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='briefread',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='briefread',
            name='update_update',
        ),
]),
        migrations.RemoveConstraint(
            model_name='briefread',
            name='brief_read_once',
        ),
        Together([
migrations.AddField(
            model_name='brief',
            name='sent',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            model_name='brief',
            name='team',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit'),
        ),
        migrations.AddField(
            model_name='briefevent',
            name='sent',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            model_name='briefevent',
            name='team',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.unit'),
        ),
        migrations.AddField(
            model_name='briefread',
            name='told',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='briefreadevent',
            name='told',
            field=models.CharField(blank=True, max_length=64),
        ),
]),
        migrations.AlterField(
            model_name='briefread',
            name='brief',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reads', to='cases.brief'),
        ),
        Together([
migrations.AddIndex(
            model_name='briefread',
            index=models.Index(fields=['brief', 'recorded_by', '-recorded_at'], name='brief_read_of_person'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='brief',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_briefevent" ("call_id", "case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "resource", "sent", "struck_out_at", "team_id", "version") VALUES (NEW."call_id", NEW."case_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."resource", NEW."sent", NEW."struck_out_at", NEW."team_id", NEW."version"); RETURN NULL;', hash='2073ec5a33c3bcb79b5b91e4f923843459cdb9b1', operation='INSERT', pgid='pgtrigger_insert_insert_2eba5', table='cases_brief', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='brief',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_briefevent" ("call_id", "case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "resource", "sent", "struck_out_at", "team_id", "version") VALUES (NEW."call_id", NEW."case_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."resource", NEW."sent", NEW."struck_out_at", NEW."team_id", NEW."version"); RETURN NULL;', hash='2ee5742036ca8bbdc138d8212ad6e27d979c718a', operation='UPDATE', pgid='pgtrigger_update_update_b1b49', table='cases_brief', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='briefread',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_briefreadevent" ("brief_id", "case_id", "digest", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "struck_out_at", "told", "version") VALUES (NEW."brief_id", NEW."case_id", NEW."digest", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."struck_out_at", NEW."told", NEW."version"); RETURN NULL;', hash='68e55d8d3b58720e95969c93d69f95a68f667454', operation='INSERT', pgid='pgtrigger_insert_insert_898c3', table='cases_briefread', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='briefread',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_briefreadevent" ("brief_id", "case_id", "digest", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "struck_out_at", "told", "version") VALUES (NEW."brief_id", NEW."case_id", NEW."digest", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."struck_out_at", NEW."told", NEW."version"); RETURN NULL;', hash='aab2de9e485b223b99bf68ef4c2cdeac8318ebb8', operation='UPDATE', pgid='pgtrigger_update_update_56eea', table='cases_briefread', when='AFTER')),
        ),
]),
    ]
