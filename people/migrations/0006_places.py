import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models
from workflow.together import Together


# Which house or flat an address means, in one key; "" where it means none that could be told from others. The schema is
# named throughout: an index is rebuilt, and a dump restored, with an empty search path. Columns and indexes rest on it,
# so it never changes in place: another rule is another function, and new columns.
# One postcode and the same numbers are one place (as cases.services.same_place has it): "Flat 3, 14 Mill Lane" and
# "3/14 Mill Lane" agree. A postcode typed within the address counts as one. Without a number the first two words tell.
# Without a postcode the whole address is the key, if it has a number and four words: "14 High Street" is in every town.
# In a procedural language because it is worked out for every row written: a query in a function is planned each time.
KEY = """
CREATE FUNCTION people_place_key(line text, postcode text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  within_line constant text := '\\m[a-z]{1,2}\\d[a-z\\d]?\\s*\\d[a-z]{2}\\M';
  said text := lower(coalesce(line, ''));
  code text := coalesce(postcode, '');
  numbers text;
  words text[];
BEGIN
  IF btrim(code) = '' THEN
    code := coalesce(substring(said FROM within_line), '');
  END IF;
  code := upper(regexp_replace(code, '[^A-Za-z0-9]', '', 'g'));
  said := regexp_replace(said, within_line, ' ', 'g');
  SELECT string_agg(hit.part[1], ' ' ORDER BY hit.part[1] COLLATE "C") INTO numbers
    FROM regexp_matches(said, '(\\d+[a-z]?)\\M', 'g') AS hit(part);
  words := array_remove(public.people_words(said, ''), 'the');
  IF code = '' THEN
    RETURN CASE WHEN numbers IS NOT NULL AND cardinality(words) >= 4
      THEN '- ' || left(array_to_string(words, ' '), 300) ELSE '' END;
  ELSIF numbers IS NOT NULL THEN
    RETURN code || ' ' || left(numbers, 100);
  ELSIF cardinality(words) > 0 THEN
    RETURN code || ' ' || left(array_to_string(words[1:2], ' '), 100);
  END IF;
  RETURN '';
END
$$
"""


# Every place that is known already: where somebody lives, where something happened, where a call came from.
FILL = """
INSERT INTO people_place (key) SELECT DISTINCT place_key FROM {table}
WHERE place_key <> '' AND NOT EXISTS (SELECT FROM people_place WHERE key = place_key)
"""


class Migration(migrations.Migration):
    dependencies = [
        ('people', '0005_more_facts'),
    ]

    operations = [
        migrations.RunSQL(KEY, "DROP FUNCTION people_place_key(text, text)"),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField()),
            ],
            options={
                'indexes': [models.Index(fields=['key', 'id'], name='place_key')],
            },
        ),
        Together([
migrations.AddField(
            model_name='address',
            name='place_key',
            field=models.GeneratedField(db_persist=True, expression=models.Func(models.F('line'), models.F('postcode'), function='people_place_key'), output_field=models.TextField()),
        ),
        migrations.AddIndex(
            model_name='address',
            index=models.Index(fields=['place_key', '-id'], name='address_of_place'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='address',
            trigger=pgtrigger.compiler.Trigger(name='keep_place', sql=pgtrigger.compiler.UpsertTriggerSql(func="EXECUTE 'INSERT INTO people_place (key) SELECT DISTINCT said FROM (SELECT place_key AS said FROM added) AS keys WHERE said <> '''' AND NOT EXISTS (SELECT FROM people_place WHERE key = said)'; RETURN NULL;", hash='3e01177fdb6d2079de86036eb9aeaf99b4534cee', level='STATEMENT', operation='INSERT', pgid='pgtrigger_keep_place_d6078', referencing='REFERENCING NEW TABLE AS added ', table='people_address', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='address',
            trigger=pgtrigger.compiler.Trigger(name='keep_changed_place', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO people_place (key) SELECT NEW.place_key WHERE NEW.place_key <> '' AND NOT EXISTS (SELECT FROM people_place WHERE key = NEW.place_key); RETURN NULL;", hash='8644f650c5b5f9a20e6a101405f4a0da23458d26', operation='UPDATE OF "line", "postcode"', pgid='pgtrigger_keep_changed_place_f2cc6', table='people_address', when='AFTER')),
        ),
]),
        migrations.RunSQL(FILL.format(table='people_address'), migrations.RunSQL.noop),
    ]
