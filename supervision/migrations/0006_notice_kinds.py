"""Kinds of their own for a watched look and for a saved search, and how the second is mailed, which one may choose."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from workflow.together import Together


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_explorer_indexes'),
        ('cases', '0017_places'),
        ('supervision', '0005_administration'),
        ('workflow', '0004_reference_and_struck_holidays'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='notice',
            name='notice_is_about_something',
        ),
        migrations.RemoveIndex(
            model_name='preference',
            name='preference_digest',
        ),
        migrations.AddField(
            model_name='preference',
            name='searches',
            field=models.CharField(choices=[('at_once', 'At once'), ('digest', 'Once a day, together'), ('none', 'Not by mail')], db_default='at_once', default='at_once', max_length=10),
        ),
        Together([
migrations.AlterField(
            model_name='notice',
            name='event',
            field=models.ForeignKey(help_text='The act they are told of', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.event'),
        ),
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('escalation', 'A clock nears its end or has passed it'), ('mention', 'Somebody names you in what they write'), ('access', 'Somebody looks at a case whose suspect is police or staff'), ('search', 'A search that you saved has a new result'), ('brief', 'You are sent to a call, or its brief has changed since you read it')], default='escalation', max_length=12),
        ),
]),
        Together([
migrations.AddIndex(
            model_name='preference',
            index=models.Index(condition=models.Q(('mentions', 'digest'), ('searches', 'digest'), _connector='OR'), fields=['digest_hour'], name='preference_digest'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('deadline__isnull', False), ('due_at__isnull', False), ('kind', 'escalation'), ('rung__isnull', False)), models.Q(('deadline__isnull', True), ('event__isnull', False), ('kind__in', ['mention', 'access', 'search', 'brief'])), _connector='OR'), name='notice_is_about_something'),
        ),
]),
    ]
