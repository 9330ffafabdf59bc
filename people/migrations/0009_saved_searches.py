import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import people.models.saved
from workflow.together import Together


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0008_merging'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
migrations.CreateModel(
            name='SearchWatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, unique=True)),
                ('upto', models.BigIntegerField(help_text='Id of the newest row looked at')),
                ('swept_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('q', models.CharField(blank=True, max_length=200, verbose_name='what was typed')),
                ('forename', models.CharField(blank=True, max_length=200)),
                ('surname', models.CharField(blank=True, max_length=200)),
                ('born', models.CharField(blank=True, max_length=10, verbose_name='birth date, as far as it is known')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='where')),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('why', models.CharField(max_length=500)),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('until', models.DateTimeField(default=people.models.saved.until_then)),
                ('ended_at', models.DateTimeField(null=True)),
                ('new_at', models.DateTimeField(null=True)),
                ('looked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('forename_plain', models.GeneratedField(db_persist=True, expression=models.Func(models.F('forename'), function='people_spelt'), output_field=models.TextField())),
                ('surname_plain', models.GeneratedField(db_persist=True, expression=models.Func(models.F('surname'), function='people_spelt'), output_field=models.TextField())),
                ('sounds', models.GeneratedField(db_persist=True, expression=models.Func(models.F('forename'), models.F('surname'), function='people_heard'), output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None))),
                ('forename_sounds', models.GeneratedField(db_persist=True, expression=models.Func(models.Func(models.F('forename'), function='people_spelt'), models.Value(''), function='people_sounds'), output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None))),
                ('surname_sounds', models.GeneratedField(db_persist=True, expression=models.Func(models.Func(models.F('surname'), function='people_spelt'), models.Value(''), function='people_sounds'), output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None))),
                ('digits', models.GeneratedField(db_persist=True, expression=models.Func(models.Func(models.F('q'), models.Value('[^0-9]'), models.Value(''), models.Value('g'), function='regexp_replace'), models.Value('^(0044|44|0)'), models.Value(''), function='regexp_replace'), output_field=models.TextField())),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='saved_searches', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'saved searches',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='SavedHit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('key', models.BigIntegerField(help_text='Of whatever the kind finds: a person, a number, an account')),
                ('found_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('search', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hits', to='people.savedsearch')),
            ],
        ),
]),
        Together([
migrations.AddIndex(
            model_name='savedsearch',
            index=models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['owner', '-id'], name='saved_search_of_owner'),
        ),
        migrations.AddIndex(
            model_name='savedsearch',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('ended_at__isnull', True)), fields=['surname_sounds'], name='saved_search_sounds'),
        ),
        migrations.AddConstraint(
            model_name='savedsearch',
            constraint=models.CheckConstraint(condition=models.Q(('born', ''), ('place', ''), ('q', ''), _negated=True), name='saved_search_says_something'),
        ),
        migrations.AddConstraint(
            model_name='savedsearch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('why', ''), _negated=True)), name='saved_search_named_with_why'),
        ),
        migrations.AddConstraint(
            model_name='savedhit',
            constraint=models.UniqueConstraint(fields=('search', 'kind', 'key'), name='saved_hit_once'),
        ),
]),
    ]
