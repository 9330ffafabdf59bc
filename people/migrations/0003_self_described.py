import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from workflow.together import Together


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('cases', '0002_reference'),
        ('people', '0002_facts'),
    ]

    operations = [
        Together([
migrations.CreateModel(
            name='Description',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('topic', models.CharField(choices=[('gender', 'Gender'), ('ethnicity', 'Ethnicity, self-defined'), ('seen_as', 'Seen by an officer as'), ('language', 'Preferred language'), ('interpreter', 'Interpreter'), ('birth_gender', 'Gender same as registered at birth'), ('disability', 'Disability'), ('orientation', 'Sexual orientation'), ('religion', 'Religion or belief'), ('nationality', 'Nationality'), ('immigration', 'Immigration status'), ('pregnancy', 'Pregnant'), ('caring', 'Cares for somebody'), ('employment', 'Employment')], max_length=20)),
                ('answer', models.CharField(max_length=20)),
                ('said_words', models.CharField(blank=True, max_length=200, verbose_name='in their words')),
                ('source_code', models.CharField(blank=True, max_length=10)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.case')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='people.person')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DescriptionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('topic', models.CharField(choices=[('gender', 'Gender'), ('ethnicity', 'Ethnicity, self-defined'), ('seen_as', 'Seen by an officer as'), ('language', 'Preferred language'), ('interpreter', 'Interpreter'), ('birth_gender', 'Gender same as registered at birth'), ('disability', 'Disability'), ('orientation', 'Sexual orientation'), ('religion', 'Religion or belief'), ('nationality', 'Nationality'), ('immigration', 'Immigration status'), ('pregnancy', 'Pregnant'), ('caring', 'Cares for somebody'), ('employment', 'Employment')], max_length=20)),
                ('answer', models.CharField(max_length=20)),
                ('said_words', models.CharField(blank=True, max_length=200, verbose_name='in their words')),
                ('source_code', models.CharField(blank=True, max_length=10)),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='people.description')),
                ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('about', models.CharField(max_length=20, verbose_name='what it is')),
                ('said_words', models.CharField(max_length=200, verbose_name='what was said')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.case')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='people.person')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NoteEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('struck_out_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('about', models.CharField(max_length=20, verbose_name='what it is')),
                ('said_words', models.CharField(max_length=200, verbose_name='what was said')),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='people.note')),
                ('recorded_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
]),
        Together([
migrations.AddIndex(
            model_name='description',
            index=models.Index(fields=['person', '-recorded_at'], name='description_of_person'),
        ),
        migrations.AddConstraint(
            model_name='description',
            constraint=models.CheckConstraint(condition=models.Q(('topic__in', ['language']), models.Q(('answer__in', ['F', 'M', 'X', 'NK', 'declined', 'not_asked', 'not_understood', 'not_present']), ('topic', 'gender')), models.Q(('answer__in', ['W1', 'W2', 'W3', 'W9', 'M1', 'M2', 'M3', 'M9', 'A1', 'A2', 'A3', 'A4', 'A9', 'B1', 'B2', 'B9', 'O2', 'O9', 'declined', 'not_asked', 'not_understood', 'not_present']), ('topic', 'ethnicity')), models.Q(('answer__in', ['IC1', 'IC2', 'IC3', 'IC4', 'IC5', 'IC6', 'IC9', 'declined', 'not_asked', 'not_understood', 'not_present']), ('topic', 'seen_as')), models.Q(('answer__in', ['yes', 'no', 'declined', 'not_asked', 'not_understood', 'not_present']), ('topic', 'interpreter')), models.Q(('answer__in', ['yes', 'no', 'declined', 'not_asked', 'not_understood', 'not_present']), ('topic', 'birth_gender')), models.Q(('answer__in', ['yes', 'no', 'declined', 'not_asked', 'not_understood', 'not_present']), ('topic', 'disability')), models.Q(('answer__in', ['straight', 'gay', 'bisexual', 'other', 'declined', 'not_asked', 'not_understood', 'not_present']), ('topic', 'orientation')), models.Q(('answer__in', ['none', 'buddhist', 'christian', 'hindu', 'jewish', 'muslim', 'sikh', 'other', 'declined', 'not_asked', 'not_understood', 'not_present']), ('topic', 'religion')), models.Q(('answer__in', ['british', 'irish', 'other', 'declined', 'not_asked', 'not_understood', 'not_present']), ('topic', 'nationality')), models.Q(('answer__in', ['no_limit', 'leave', 'no_funds', 'asylum', 'none', 'unsure', 'declined', 'not_asked', 'not_understood', 'not_present']), ('topic', 'immigration')), models.Q(('answer__in', ['yes', 'lately', 'no', 'declined', 'not_asked', 'not_understood', 'not_present']), ('topic', 'pregnancy')), models.Q(('answer__in', ['children', 'adult', 'both', 'no', 'declined', 'not_asked', 'not_understood', 'not_present']), ('topic', 'caring')), models.Q(('answer__in', ['employed', 'self', 'none', 'study', 'home', 'retired', 'sick', 'declined', 'not_asked', 'not_understood', 'not_present']), ('topic', 'employment')), _connector='OR'), name='description_answer_of_its_topic'),
        ),
        migrations.AddConstraint(
            model_name='description',
            constraint=models.CheckConstraint(condition=models.Q(('answer', ''), _negated=True), name='description_says_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='description',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_descriptionevent" ("answer", "case_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "said_words", "source_code", "struck_out_at", "topic", "version") VALUES (NEW."answer", NEW."case_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."said_words", NEW."source_code", NEW."struck_out_at", NEW."topic", NEW."version"); RETURN NULL;', hash='5de8fac9470d040d51b12130cc99b88ea3693836', operation='INSERT', pgid='pgtrigger_insert_insert_f2114', table='people_description', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='description',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_descriptionevent" ("answer", "case_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "said_words", "source_code", "struck_out_at", "topic", "version") VALUES (NEW."answer", NEW."case_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."said_words", NEW."source_code", NEW."struck_out_at", NEW."topic", NEW."version"); RETURN NULL;', hash='b9276ac3583979245a8d8e6a2f315e5f0908e5c5', operation='UPDATE', pgid='pgtrigger_update_update_b1da5', table='people_description', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='descriptionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='69f4838e3c38b55a21853afdf8d91a897935b789', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_765e9', table='people_descriptionevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='note',
            index=models.Index(fields=['person', '-recorded_at'], name='note_of_person'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('said_words', ''), _negated=True), models.Q(('about', ''), _negated=True)), name='note_says_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='note',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_noteevent" ("about", "case_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "said_words", "struck_out_at", "version") VALUES (NEW."about", NEW."case_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."said_words", NEW."struck_out_at", NEW."version"); RETURN NULL;', hash='878327e0b777df036a08ed6678961d0e28cb46f2', operation='INSERT', pgid='pgtrigger_insert_insert_1950a', table='people_note', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='note',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_noteevent" ("about", "case_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "said_words", "struck_out_at", "version") VALUES (NEW."about", NEW."case_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."said_words", NEW."struck_out_at", NEW."version"); RETURN NULL;', hash='af062bfdd92b0be8331c898ea94e2f98c67e8896', operation='UPDATE', pgid='pgtrigger_update_update_72e75', table='people_note', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noteevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6c21083d7986100899703240d2235213db2eb67d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_af8f6', table='people_noteevent', when='BEFORE')),
        ),
]),
    ]
