"""The place of each incident and call, worked out by the database; the table is written anew once, so it is locked."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models
from workflow.together import Together


# Every place that is known already: where somebody lives, where something happened, where a call came from.
FILL = """
INSERT INTO people_place (key) SELECT DISTINCT place_key FROM {table}
WHERE place_key <> '' AND NOT EXISTS (SELECT FROM people_place WHERE key = place_key)
"""


class Migration(migrations.Migration):
    dependencies = [
        ('cases', '0016_narratives'),
        ('people', '0006_places'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='incident',
            name='update_update',
        ),
        Together([
migrations.AddField(
            model_name='call',
            name='place_key',
            field=models.GeneratedField(db_persist=True, expression=models.Func(models.F('place'), models.F('postcode'), function='people_place_key'), output_field=models.TextField()),
        ),
        migrations.AddField(
            model_name='incident',
            name='place_key',
            field=models.GeneratedField(db_persist=True, expression=models.Func(models.F('place'), models.F('postcode'), function='people_place_key'), output_field=models.TextField()),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(fields=['place_key', '-received_at', '-id'], name='call_of_place'),
        ),
        migrations.AddIndex(
            model_name='incident',
            index=models.Index(fields=['place_key', '-reported_at', '-id'], name='incident_of_place'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='keep_place', sql=pgtrigger.compiler.UpsertTriggerSql(func="EXECUTE 'INSERT INTO people_place (key) SELECT DISTINCT said FROM (SELECT place_key AS said FROM added) AS keys WHERE said <> '''' AND NOT EXISTS (SELECT FROM people_place WHERE key = said)'; RETURN NULL;", hash='1c5a2f6cef5bb4c2670e94ec6d37ce8a7b2edb35', level='STATEMENT', operation='INSERT', pgid='pgtrigger_keep_place_5848b', referencing='REFERENCING NEW TABLE AS added ', table='cases_call', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='keep_changed_place', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO people_place (key) SELECT NEW.place_key WHERE NEW.place_key <> '' AND NOT EXISTS (SELECT FROM people_place WHERE key = NEW.place_key); RETURN NULL;", hash='08d310443c7c73e2833b5b74f3e7192462c6b98c', operation='UPDATE OF "place", "postcode"', pgid='pgtrigger_keep_changed_place_edc61', table='cases_call', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incident',
            trigger=pgtrigger.compiler.Trigger(name='keep_place', sql=pgtrigger.compiler.UpsertTriggerSql(func="EXECUTE 'INSERT INTO people_place (key) SELECT DISTINCT said FROM (SELECT place_key AS said FROM added) AS keys WHERE said <> '''' AND NOT EXISTS (SELECT FROM people_place WHERE key = said)'; RETURN NULL;", hash='1cdf29d50d249eb7ac5f0f062f78a20745cf9660', level='STATEMENT', operation='INSERT', pgid='pgtrigger_keep_place_32110', referencing='REFERENCING NEW TABLE AS added ', table='cases_incident', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incident',
            trigger=pgtrigger.compiler.Trigger(name='keep_changed_place', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO people_place (key) SELECT NEW.place_key WHERE NEW.place_key <> '' AND NOT EXISTS (SELECT FROM people_place WHERE key = NEW.place_key); RETURN NULL;", hash='1ff3f0696524c7543c291d6e557dfacc41324f93', operation='UPDATE OF "place", "postcode"', pgid='pgtrigger_keep_changed_place_136ba', table='cases_incident', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='incident',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."abuse_signs" IS DISTINCT FROM (NEW."abuse_signs") OR OLD."abuse_types" IS DISTINCT FROM (NEW."abuse_types") OR OLD."account" IS DISTINCT FROM (NEW."account") OR OLD."arrested" IS DISTINCT FROM (NEW."arrested") OR OLD."arrested_at" IS DISTINCT FROM (NEW."arrested_at") OR OLD."arrested_for" IS DISTINCT FROM (NEW."arrested_for") OR OLD."attends_on" IS DISTINCT FROM (NEW."attends_on") OR OLD."bwv_ref" IS DISTINCT FROM (NEW."bwv_ref") OR OLD."bwv_started_at" IS DISTINCT FROM (NEW."bwv_started_at") OR OLD."bwv_stopped_at" IS DISTINCT FROM (NEW."bwv_stopped_at") OR OLD."bwv_used" IS DISTINCT FROM (NEW."bwv_used") OR OLD."bwv_watched_at" IS DISTINCT FROM (NEW."bwv_watched_at") OR OLD."bwv_watched_by_id" IS DISTINCT FROM (NEW."bwv_watched_by_id") OR OLD."bwv_watched_words" IS DISTINCT FROM (NEW."bwv_watched_words") OR OLD."bwv_why_not" IS DISTINCT FROM (NEW."bwv_why_not") OR OLD."bwv_why_not_words" IS DISTINCT FROM (NEW."bwv_why_not_words") OR OLD."call_id" IS DISTINCT FROM (NEW."call_id") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."channel" IS DISTINCT FROM (NEW."channel") OR OLD."children_present" IS DISTINCT FROM (NEW."children_present") OR OLD."classed" IS DISTINCT FROM (NEW."classed") OR OLD."code_g" IS DISTINCT FROM (NEW."code_g") OR OLD."da_confirmed" IS DISTINCT FROM (NEW."da_confirmed") OR OLD."da_why" IS DISTINCT FROM (NEW."da_why") OR OLD."definition_version" IS DISTINCT FROM (NEW."definition_version") OR OLD."everyone_safe" IS DISTINCT FROM (NEW."everyone_safe") OR OLD."household" IS DISTINCT FROM (NEW."household") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."in_statute" IS DISTINCT FROM (NEW."in_statute") OR OLD."injured" IS DISTINCT FROM (NEW."injured") OR OLD."injuries_photographed" IS DISTINCT FROM (NEW."injuries_photographed") OR OLD."injuries_what" IS DISTINCT FROM (NEW."injuries_what") OR OLD."injuries_why_not" IS DISTINCT FROM (NEW."injuries_why_not") OR OLD."log_ref" IS DISTINCT FROM (NEW."log_ref") OR OLD."made_safe" IS DISTINCT FROM (NEW."made_safe") OR OLD."medical_why_not" IS DISTINCT FROM (NEW."medical_why_not") OR OLD."neighbours_why_not" IS DISTINCT FROM (NEW."neighbours_why_not") OR OLD."no_action_reason" IS DISTINCT FROM (NEW."no_action_reason") OR OLD."no_arrest_code" IS DISTINCT FROM (NEW."no_arrest_code") OR OLD."no_arrest_reason" IS DISTINCT FROM (NEW."no_arrest_reason") OR OLD."non_crime_reason" IS DISTINCT FROM (NEW."non_crime_reason") OR OLD."non_crime_why" IS DISTINCT FROM (NEW."non_crime_why") OR OLD."occurred_from" IS DISTINCT FROM (NEW."occurred_from") OR OLD."occurred_to" IS DISTINCT FROM (NEW."occurred_to") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."place_kind" IS DISTINCT FROM (NEW."place_kind") OR OLD."positive_actions" IS DISTINCT FROM (NEW."positive_actions") OR OLD."postcode" IS DISTINCT FROM (NEW."postcode") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id") OR OLD."reported_at" IS DISTINCT FROM (NEW."reported_at") OR OLD."scene_examined" IS DISTINCT FROM (NEW."scene_examined") OR OLD."scene_why_not" IS DISTINCT FROM (NEW."scene_why_not") OR OLD."severity" IS DISTINCT FROM (NEW."severity") OR OLD."severity_why" IS DISTINCT FROM (NEW."severity_why") OR OLD."source_999" IS DISTINCT FROM (NEW."source_999") OR OLD."source_cctv" IS DISTINCT FROM (NEW."source_cctv") OR OLD."source_character" IS DISTINCT FROM (NEW."source_character") OR OLD."source_expert" IS DISTINCT FROM (NEW."source_expert") OR OLD."source_forensic" IS DISTINCT FROM (NEW."source_forensic") OR OLD."source_logs" IS DISTINCT FROM (NEW."source_logs") OR OLD."source_medical" IS DISTINCT FROM (NEW."source_medical") OR OLD."source_neighbours" IS DISTINCT FROM (NEW."source_neighbours") OR OLD."source_phones" IS DISTINCT FROM (NEW."source_phones") OR OLD."source_res_gestae" IS DISTINCT FROM (NEW."source_res_gestae") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."struck_out_at" IS DISTINCT FROM (NEW."struck_out_at") OR OLD."suspect_known" IS DISTINCT FROM (NEW."suspect_known") OR OLD."threat_to_life" IS DISTINCT FROM (NEW."threat_to_life") OR OLD."threat_what" IS DISTINCT FROM (NEW."threat_what") OR OLD."unsafe_what" IS DISTINCT FROM (NEW."unsafe_what") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."weapon" IS DISTINCT FROM (NEW."weapon") OR OLD."weapon_what" IS DISTINCT FROM (NEW."weapon_what") OR OLD."witnesses_seen" IS DISTINCT FROM (NEW."witnesses_seen"))', func='INSERT INTO "cases_incidentevent" ("abuse_signs", "abuse_types", "account", "arrested", "arrested_at", "arrested_for", "attends_on", "bwv_ref", "bwv_started_at", "bwv_stopped_at", "bwv_used", "bwv_watched_at", "bwv_watched_by_id", "bwv_watched_words", "bwv_why_not", "bwv_why_not_words", "call_id", "case_id", "channel", "children_present", "classed", "code_g", "da_confirmed", "da_why", "definition_version", "everyone_safe", "household", "id", "in_statute", "injured", "injuries_photographed", "injuries_what", "injuries_why_not", "log_ref", "made_safe", "medical_why_not", "neighbours_why_not", "no_action_reason", "no_arrest_code", "no_arrest_reason", "non_crime_reason", "non_crime_why", "occurred_from", "occurred_to", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "place_kind", "positive_actions", "postcode", "recorded_at", "recorded_by_id", "reported_at", "scene_examined", "scene_why_not", "severity", "severity_why", "source_999", "source_cctv", "source_character", "source_expert", "source_forensic", "source_logs", "source_medical", "source_neighbours", "source_phones", "source_res_gestae", "state", "struck_out_at", "suspect_known", "threat_to_life", "threat_what", "unsafe_what", "version", "weapon", "weapon_what", "witnesses_seen") VALUES (NEW."abuse_signs", NEW."abuse_types", NEW."account", NEW."arrested", NEW."arrested_at", NEW."arrested_for", NEW."attends_on", NEW."bwv_ref", NEW."bwv_started_at", NEW."bwv_stopped_at", NEW."bwv_used", NEW."bwv_watched_at", NEW."bwv_watched_by_id", NEW."bwv_watched_words", NEW."bwv_why_not", NEW."bwv_why_not_words", NEW."call_id", NEW."case_id", NEW."channel", NEW."children_present", NEW."classed", NEW."code_g", NEW."da_confirmed", NEW."da_why", NEW."definition_version", NEW."everyone_safe", NEW."household", NEW."id", NEW."in_statute", NEW."injured", NEW."injuries_photographed", NEW."injuries_what", NEW."injuries_why_not", NEW."log_ref", NEW."made_safe", NEW."medical_why_not", NEW."neighbours_why_not", NEW."no_action_reason", NEW."no_arrest_code", NEW."no_arrest_reason", NEW."non_crime_reason", NEW."non_crime_why", NEW."occurred_from", NEW."occurred_to", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."place_kind", NEW."positive_actions", NEW."postcode", NEW."recorded_at", NEW."recorded_by_id", NEW."reported_at", NEW."scene_examined", NEW."scene_why_not", NEW."severity", NEW."severity_why", NEW."source_999", NEW."source_cctv", NEW."source_character", NEW."source_expert", NEW."source_forensic", NEW."source_logs", NEW."source_medical", NEW."source_neighbours", NEW."source_phones", NEW."source_res_gestae", NEW."state", NEW."struck_out_at", NEW."suspect_known", NEW."threat_to_life", NEW."threat_what", NEW."unsafe_what", NEW."version", NEW."weapon", NEW."weapon_what", NEW."witnesses_seen"); RETURN NULL;', hash='57b063d68bf2e32dc834bbba01305206ba3ff706', operation='UPDATE', pgid='pgtrigger_update_update_474bc', table='cases_incident', when='AFTER')),
        ),
]),
        migrations.RunSQL(FILL.format(table='cases_incident'), migrations.RunSQL.noop),
        migrations.RunSQL(FILL.format(table='cases_call'), migrations.RunSQL.noop),
    ]
