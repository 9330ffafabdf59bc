import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from workflow.together import Together

#: A look that touches a case whose suspect is police or staff is put before the worker in the transaction of the look, however
#: it was made: opened, shown by a search (whose hits are people), read through a person, a pair or a place, refused, or
#: searched for in vain. So is every search that would have hit a case that is hidden from whoever searched.
WATCH = """
CREATE FUNCTION cases_watch_looks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[] := NEW.hits || NEW.chain;
    people bigint[] := '{}';
    place bigint;
    asked bigint;
BEGIN
    IF NEW.kind = 'denied' AND NEW.terms ~ '^[0-9]{1,18}$' THEN
        asked := NEW.terms::bigint;
    END IF;
    IF NEW.what = 'people.person' OR NEW.what LIKE 'people.duplicate%' THEN
        people := NEW.hits;
        touched := ARRAY[NEW.chain];
        IF NEW.what = 'people.person' AND asked IS NOT NULL THEN
            people := people || asked;
        ELSIF asked IS NOT NULL THEN
            people := people || ARRAY(SELECT unnest(ARRAY[one_id, two_id]) FROM people_duplicate WHERE id = asked);
        END IF;
    ELSIF NEW.what = 'people.merge' AND asked IS NOT NULL THEN
        people := ARRAY(SELECT unnest(ARRAY[kept_id, gone_id]) FROM people_merge WHERE id = asked);
    ELSIF NEW.what ~ '^people[.]person:[0-9]{1,18}$' THEN
        people := ARRAY[split_part(NEW.what, ':', 2)::bigint];
    ELSIF NEW.what = 'people.place' THEN
        place := asked;
    ELSIF NEW.what ~ '^people[.]place:[0-9]{1,18}$' THEN
        place := split_part(NEW.what, ':', 2)::bigint;
    END IF;
    IF people <> '{}' THEN
        WITH RECURSIVE hub (id) AS (
            SELECT unnest(people)
            UNION SELECT person.kept_as_id FROM people_person person JOIN hub USING (id) WHERE person.kept_as_id IS NOT NULL
        )
        SELECT touched || array_agg(involved.case_id) INTO touched
            FROM cases_involvement involved JOIN hub ON involved.person_id = hub.id WHERE involved.struck_out_at IS NULL;
    END IF;
    IF place IS NOT NULL THEN
        touched := touched || ARRAY(
            SELECT there.case_id FROM people_place asked_for
            CROSS JOIN LATERAL (
                SELECT case_id FROM people_address WHERE place_key = asked_for.key AND struck_out_at IS NULL
                UNION ALL
                SELECT case_id FROM cases_incident WHERE place_key = asked_for.key AND struck_out_at IS NULL
                UNION ALL
                SELECT case_id FROM cases_call WHERE place_key = asked_for.key AND struck_out_at IS NULL
            ) there
            WHERE asked_for.id = place
        );
    END IF;
    INSERT INTO cases_watchedlook (access_id, case_id, at)
        SELECT DISTINCT NEW.id, case_id, NEW.at FROM cases_setmarker
        WHERE case_id = ANY(touched) AND code = 'police_suspect' AND cleared_at IS NULL AND struck_out_at IS NULL
        ON CONFLICT DO NOTHING;
    IF NEW.what = 'tripwire' AND NEW.chain IS NOT NULL THEN
        INSERT INTO cases_watchedlook (access_id, case_id, at) VALUES (NEW.id, NEW.chain, NEW.at) ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER watch_looks AFTER INSERT ON audit_access FOR EACH ROW EXECUTE FUNCTION cases_watch_looks();
"""
UNWATCH = "DROP TRIGGER watch_looks ON audit_access; DROP FUNCTION cases_watch_looks();"

#: Which case was looked at, by whom, when, and on which page: its own, or that of a person or a place. A list is no look.
LOOKS = """
CREATE VIEW cases_look AS
SELECT access.id, access.by_id, access.at, touched.chain, coalesce(access.chain::text, access.what) AS thing
FROM audit_access access CROSS JOIN LATERAL (
    SELECT access.chain AS chain
    UNION
    SELECT unnest(access.hits) WHERE access.chain IS NOT NULL OR access.what ~ '^people[.](person|place):'
    UNION
    SELECT case_id FROM cases_involvement
    WHERE struck_out_at IS NULL AND person_id = substring(access.what FROM '^people[.]person:([0-9]{1,18})$')::bigint
) touched
WHERE access.kind = 'view' AND touched.chain IS NOT NULL
"""
UNLOOKS = "DROP VIEW cases_look"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_intelligence"),
        ("audit", "0002_explorer_indexes"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='accessconcern',
            name='kind',
            field=models.CharField(choices=[('emergency', 'Opened a restricted case in an emergency'), ('refused', 'Was refused an emergency opening: shut out of the case'), ('searched', 'Searched for what is hidden from them'), ('watched', 'Looked at, or asked for, a case whose suspect is police or staff'), ('unusual', 'Looked in a way that is unusual')], max_length=20),
        ),
        Together([
migrations.CreateModel(
            name='Brief',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('resource', models.CharField(blank=True, max_length=300)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='briefs', to='cases.call')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.case')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='BriefEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('resource', models.CharField(blank=True, max_length=300)),
                ('call', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.call')),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.brief')),
                ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BriefRead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('digest', models.CharField(max_length=64)),
                ('brief', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reads', to='cases.brief')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.case')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['recorded_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BriefReadEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('digest', models.CharField(max_length=64)),
                ('brief', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.brief')),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.briefread')),
                ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StaffHome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='WatchedLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('heard_at', models.DateTimeField(null=True)),
                ('access', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.access')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
        ),
]),
        Together([
migrations.AddConstraint(
            model_name='brief',
            constraint=models.UniqueConstraint(condition=models.Q(('struck_out_at__isnull', True)), fields=('call',), name='brief_one_to_a_call'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='brief',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_briefevent" ("call_id", "case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "resource", "struck_out_at", "version") VALUES (NEW."call_id", NEW."case_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."resource", NEW."struck_out_at", NEW."version"); RETURN NULL;', hash='9c18de11debce874b07052277a64a2675fa8f875', operation='INSERT', pgid='pgtrigger_insert_insert_2eba5', table='cases_brief', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='brief',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_briefevent" ("call_id", "case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "resource", "struck_out_at", "version") VALUES (NEW."call_id", NEW."case_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."resource", NEW."struck_out_at", NEW."version"); RETURN NULL;', hash='c87bcb1df343dc63772d49d726761a4061d002b4', operation='UPDATE', pgid='pgtrigger_update_update_b1b49', table='cases_brief', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='briefevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='697900d59e47ef4e20fb8288669a5db1fa1d05d8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a6f6a', table='cases_briefevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='briefread',
            constraint=models.UniqueConstraint(condition=models.Q(('struck_out_at__isnull', True)), fields=('brief', 'recorded_by'), name='brief_read_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='briefread',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_briefreadevent" ("brief_id", "case_id", "digest", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "struck_out_at", "version") VALUES (NEW."brief_id", NEW."case_id", NEW."digest", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."struck_out_at", NEW."version"); RETURN NULL;', hash='fa9670c4e4b5ed65d1ae5d0bdeda7a57df040b9c', operation='INSERT', pgid='pgtrigger_insert_insert_898c3', table='cases_briefread', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='briefread',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_briefreadevent" ("brief_id", "case_id", "digest", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "struck_out_at", "version") VALUES (NEW."brief_id", NEW."case_id", NEW."digest", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."struck_out_at", NEW."version"); RETURN NULL;', hash='4835e2614a29777f2ebddd7481c8c4ece3752c94', operation='UPDATE', pgid='pgtrigger_update_update_56eea', table='cases_briefread', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='briefreadevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='24171543e1963ab8f7191276c6a2335732e5c3da', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9d727', table='cases_briefreadevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='watchedlook',
            index=models.Index(condition=models.Q(('heard_at__isnull', True)), fields=['id'], name='watched_look_waiting'),
        ),
        migrations.AddConstraint(
            model_name='watchedlook',
            constraint=models.UniqueConstraint(fields=('access', 'case'), name='watched_look_once'),
        ),
]),
        Together([
migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(help_text='The system that the records come from', max_length=60)),
                ('digest', models.CharField(max_length=64)),
                ('began_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('people', models.PositiveIntegerField(default=0)),
                ('incidents', models.PositiveIntegerField(default=0)),
                ('rejected', models.PositiveIntegerField(default=0)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ImportedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=60)),
                ('kind', models.CharField(choices=[('person', 'Person'), ('incident', 'Incident')], max_length=10)),
                ('external_id', models.CharField(max_length=80)),
                ('row_id', models.BigIntegerField()),
                ('run', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='cases.importrun')),
            ],
        ),
]),
        Together([
migrations.AddConstraint(
            model_name='importrun',
            constraint=models.UniqueConstraint(fields=('source', 'digest'), name='import_run_once'),
        ),
        migrations.AddConstraint(
            model_name='importedrow',
            constraint=models.UniqueConstraint(fields=('source', 'kind', 'external_id'), name='imported_row_once'),
        ),
]),
        migrations.RunSQL(WATCH, UNWATCH),
        migrations.RemoveConstraint(
            model_name='accessconcern',
            name='concern_raised_once',
        ),
        migrations.AddConstraint(
            model_name='accessconcern',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting'), models.Q(('kind', 'emergency'), _negated=True)), fields=('concerning', 'person', 'kind', 'code'), name='concern_raised_once'),
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('chain', models.BigIntegerField(help_text='Id of the case, as the record of consultations calls it')),
                ('thing', models.TextField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'cases_look',
                'managed': False,
            },
        ),
        migrations.RunSQL(LOOKS, UNLOOKS),
    ]
