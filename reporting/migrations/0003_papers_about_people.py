"""Papers of one person and of two name them in columns of their own; a brief is a kind of paper."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from workflow.together import Together


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0017_places'),
        ('people', '0009_saved_searches'),
        ('reporting', '0002_export'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='document',
            name='document_one_at_a_time',
        ),
        Together([
migrations.AddField(
            model_name='document',
            name='other',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='document',
            name='person',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
]),
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=[('case-file', 'case file'), ('brief', 'brief'), ('narrative', 'narrative'), ('pair', 'history of two people')], default='case-file', max_length=20),
        ),
        Together([
migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(condition=models.Q(('stage__in', ['queued', 'making'])), fields=('case', 'kind', 'asked_by', 'person', 'other'), name='document_one_at_a_time', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'narrative'), ('other__isnull', True), ('person__isnull', False)), models.Q(('kind', 'pair'), ('other__isnull', False), ('person__isnull', False), models.Q(('person', models.F('other')), _negated=True)), models.Q(models.Q(('kind__in', ['narrative', 'pair']), _negated=True), ('other__isnull', True), ('person__isnull', True)), _connector='OR'), name='document_about_whom_its_kind_says'),
        ),
]),
    ]
