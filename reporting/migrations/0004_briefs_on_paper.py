"""Briefs on paper are of a call, an incident, a person or a place; copies are made ahead as officers are sent."""

import django.db.models.deletion
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models
from workflow.together import Together


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0019_one_plan_for_a_person'),
        ('people', '0009_saved_searches'),
        ('reporting', '0003_papers_about_people'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
migrations.RemoveConstraint(
            model_name='document',
            name='document_one_at_a_time',
        ),
        migrations.RemoveConstraint(
            model_name='document',
            name='document_about_whom_its_kind_says',
        ),
]),
        Together([
migrations.AddField(
            model_name='document',
            name='ahead',
            field=models.BooleanField(default=False, help_text='Made before anybody asked, as officers were sent'),
        ),
        migrations.AddField(
            model_name='document',
            name='call',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.call'),
        ),
        migrations.AddField(
            model_name='document',
            name='incident',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.incident'),
        ),
        migrations.AddField(
            model_name='document',
            name='place',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.place'),
        ),
        migrations.AddField(
            model_name='document',
            name='words_digest',
            field=models.CharField(blank=True, help_text='SHA-256 of the words of a brief', max_length=64),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(condition=models.Q(('ahead', True)), fields=['call', 'asked_by', '-id'], name='document_ahead'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(condition=models.Q(('stage__in', ['queued', 'making'])), fields=('case', 'kind', 'asked_by', 'person', 'other', 'place', 'call', 'incident'), name='document_one_at_a_time', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'narrative'), ('other__isnull', True), ('person__isnull', False)), models.Q(('kind', 'pair'), ('other__isnull', False), ('person__isnull', False), models.Q(('person', models.F('other')), _negated=True)), models.Q(('kind', 'brief'), ('other__isnull', True)), models.Q(('kind', 'case-file'), ('other__isnull', True), ('person__isnull', True)), _connector='OR'), name='document_about_whom_its_kind_says'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'brief'), django.db.models.lookups.LessThanOrEqual(models.Func(models.F('call_id'), models.F('incident_id'), models.F('person_id'), models.F('place_id'), function='num_nonnulls', output_field=models.IntegerField()), 1)), models.Q(('ahead', False), ('call__isnull', True), ('incident__isnull', True), ('place__isnull', True)), _connector='OR'), name='document_brief_of_one_thing'),
        ),
]),
    ]
