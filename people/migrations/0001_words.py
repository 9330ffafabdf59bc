"""How a name is reduced to plain words and to sounds. Indexes and columns rest on these functions, so they never change
in place: another rule is another function, and new columns.
"""

from django.contrib.postgres.operations import CreateExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

# The schema is named throughout: an index is rebuilt, and a dump restored, with an empty search path.
PLAIN = """
CREATE FUNCTION people_plain(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT btrim(regexp_replace(
    regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, said)), '[''`´’‘]', '', 'g'),
    '[[:space:][:punct:]‐‑–—]+', ' ', 'g'))
$$
"""
WORDS = """
CREATE FUNCTION people_words(forename text, surname text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_remove(string_to_array(
    public.people_plain(coalesce(forename, '')) || ' ' || public.people_plain(coalesce(surname, '')), ' '), '')
$$
"""
# In a procedural language because it is worked out for every name written: a query in a function is planned each time.
SOUNDS = """
CREATE FUNCTION people_sounds(forename text, surname text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  word text;
  usual text[] := '{}';
  other text[] := '{}';
BEGIN
  FOREACH word IN ARRAY public.people_words(forename, surname) LOOP
    usual := usual || public.dmetaphone(word);
    other := other || public.dmetaphone_alt(word);
  END LOOP;
  RETURN usual || other;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = []
    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        CreateExtension("fuzzystrmatch"),
        migrations.RunSQL(PLAIN, "DROP FUNCTION people_plain(text)"),
        migrations.RunSQL(WORDS, "DROP FUNCTION people_words(text, text)"),
        migrations.RunSQL(SOUNDS, "DROP FUNCTION people_sounds(text, text)"),
    ]
