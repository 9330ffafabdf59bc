"""Names in any letters, told in Latin ones; and the words of names that one slip of the hand makes of each other.

As in the first migration: indexes and columns rest on these functions, so they never change in place.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.models import F, Func
from workflow.together import Together

# What unaccent leaves as it is: one row for each script, letter and Latin letters in turn. Written by us from how such
# names stand in British passports and papers; the commonest spelling where there are several, since sound forgives the rest.
LETTERS = {
    "Latin": "ə e Ə e ʻ - ʼ - ʹ - ʾ - ʿ - ′ -",
    "Cyrillic": (
        "а a б b в v г g ґ g д d е e ё yo є ye ж zh з z и i і i ї yi й y ј y к k л l м m н n о o п p р r с s т t у u"
        " ў u ф f х kh ц ts ч ch ш sh щ shch ъ - ы y ь - э e ю yu я ya ђ dj ѓ g љ lj њ nj ћ c ќ k џ dz ѕ dz ә a ғ g қ k"
        " ң n ө o ұ u ү u һ h җ zh"
    ),
    "Greek": (
        "α a ά a β v γ g δ d ε e έ e ζ z η i ή i θ th ι i ί i ϊ i ΐ i κ k λ l μ m ν n ξ x ο o ό o π p ρ r σ s ς s τ t"
        " υ y ύ y ϋ y ΰ y φ f χ ch ψ ps ω o ώ o"
    ),
    "Georgian": (
        "ა a ბ b გ g დ d ე e ვ v ზ z თ t ი i კ k ლ l მ m ნ n ო o პ p ჟ zh რ r ს s ტ t უ u ფ p ქ k ღ gh ყ q შ sh ჩ ch"
        " ც ts ძ dz წ ts ჭ ch ხ kh ჯ j ჰ h"
    ),
    "Armenian": (
        "ա a բ b գ g դ d ե e զ z է e ը y թ t ժ zh ի i լ l խ kh ծ ts կ k հ h ձ dz ղ gh ճ ch մ m յ y ն n շ sh ո o չ ch"
        " պ p ջ j ռ r ս s վ v տ t ր r ց ts ւ v փ p ք k օ o ֆ f և ev"
    ),
}
# Letters of scripts that leave short vowels out: a consonant in capitals is told by what stands round it (W, Y), and between
# two consonants an "a" is put, so that the word sounds as it is said: mhmd, mahamad, Muhammad.
VOWELLESS = {
    "Arabic, Persian, Urdu": (
        "ا a آ a أ a إ i ٱ a ب b پ p ت t ٹ t ث th ج j چ ch ح h خ kh د d ڈ d ذ z ر r ڑ r ز z ژ zh س s ش sh ص s ض d ط t"
        " ظ z ع a غ gh ف f ق q ك k ک k گ g ل l م m ن n ں n ه h ہ h ھ h ۀ h ة a و W ؤ u ي Y ی Y ى a ئ Y ء - ے e"
        " ً - ٌ - ٍ - َ - ُ - ِ - ّ - ْ - ٰ - ـ -"
    ),
    "Hebrew": (
        "א a ב b ג g ד d ה h ו W ז z ח h ט t י Y כ k ך k ל l מ m ם m נ n ן n ס s ע a פ p ף f צ tz ץ tz ק k ר r ש sh ת t"
        " ׳ - ״ - ־ -"
    ),
}
# Names whose usual English spelling the letters do not give.
WHOLE = (
    "محمد muhammad احمد ahmad أحمد ahmad محمود mahmud علی ali علي ali عمر omar عثمان usman حسن hassan حسين hussain"
    " حسین hussain فاطمة fatima فاطمه fatima عائشة aisha عایشه aisha مريم maryam مریم maryam خديجة khadija يوسف yusuf"
    " یوسف yusuf ابراهيم ibrahim إبراهيم ibrahim ابراهیم ibrahim اسماعيل ismail إسماعيل ismail مصطفى mustafa"
    " مصطفی mustafa عبدالله abdullah عبدالرحمن abdulrahman رحمن rahman كريم karim کریم karim خالد khalid طارق tariq"
    " زينب zainab زینب zainab ليلى layla لیلا layla جميلة jamila عمران imran الله allah عبد abdul اختر akhtar"
    " بیگم begum حميد hamid حمید hamid رشيد rashid رشید rashid نديم nadim אברהם avraham יעקב yaakov יצחק yitzhak"
    " משה moshe דוד david שרה sarah רבקה rivka חיים chaim"
)


def as_json(pairs: str) -> str:
    """Letters and what they become, in turn, as an object of the database; a dash says that the letter is silent."""
    said = pairs.split()
    rows = {letter: "" if latin == "-" else latin for letter, latin in zip(said[::2], said[1::2], strict=True)}
    return "{" + ", ".join(f'"{letter}": "{latin}"' for letter, latin in rows.items()) + "}"


IN_LATIN = f"""
CREATE FUNCTION people_letters(said text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
  letters CONSTANT jsonb := '{as_json(" ".join(LETTERS.values()))}';
  vowelless CONSTANT jsonb := '{as_json(" ".join(VOWELLESS.values()))}';
  whole CONSTANT jsonb := '{as_json(WHOLE)}';
  made text := '';
  word text;
  letter text;
  latin text;
  before text;  -- of a vowelless word: 'v' after a vowel, 'c' after a consonant, '' at its start
BEGIN
  IF said ~ '^[ -~]*$' THEN
    RETURN said;
  END IF;
  FOR word IN SELECT parts[1] FROM regexp_matches(lower(normalize(said, NFKC)), '([[:space:]]+|[^[:space:]]+)', 'g') AS parts LOOP
    IF whole ? word THEN
      made := made || (whole ->> word);
      CONTINUE;
    END IF;
    before := '';
    FOREACH letter IN ARRAY string_to_array(word, NULL) LOOP
      latin := vowelless ->> letter;
      IF latin IS NULL THEN
        made := made || coalesce(letters ->> letter, letter);
        before := '';
      ELSIF latin IN ('W', 'Y') THEN
        made := made || CASE WHEN before = 'c' THEN CASE latin WHEN 'W' THEN 'u' ELSE 'i' END ELSE lower(latin) END;
        before := CASE WHEN before = 'c' THEN 'v' ELSE 'c' END;
      ELSIF latin <> '' THEN
        made := made || CASE WHEN before = 'c' AND latin !~ '^[aeiou]' THEN 'a' ELSE '' END || latin;
        before := CASE WHEN latin ~ '^[aeiou]' THEN 'v' ELSE 'c' END;
      END IF;
    END LOOP;
  END LOOP;
  RETURN made;
END
$$
"""  # noqa: S608 - made of the tables above
# Nearly every name is of plain letters: the tables of people_letters, which take twenty times as long, are left alone for it.
SPELT = """
CREATE FUNCTION people_spelt(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT public.people_plain(CASE WHEN said ~ '[^ -~]' THEN public.people_letters(said) ELSE coalesce(said, '') END)
$$
"""
SPELT_WORDS = """
CREATE FUNCTION people_spelt_words(forename text, surname text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_remove(string_to_array(public.people_spelt(forename) || ' ' || public.people_spelt(surname), ' '), '')
$$
"""
# First the usual sounds of the words, then the other ones, in the order of the words. After those: how two neighbours sound
# that may be written as one (Jo Anne, van der Steen); and which part of the name nobody said, as "-forename" or "-surname".
HEARD = """
CREATE FUNCTION people_heard(forename text, surname text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  usual text[] := '{}';
  other text[] := '{}';
  joined text[] := '{}';
  part text;
  word text;
  last text;
  forenames CONSTANT text := public.people_spelt(forename);
  surnames CONSTANT text := public.people_spelt(surname);
BEGIN
  FOREACH part IN ARRAY ARRAY[forenames, surnames] LOOP
    last := NULL;
    FOREACH word IN ARRAY array_remove(string_to_array(part, ' '), '') LOOP
      usual := usual || public.dmetaphone(word);
      other := other || public.dmetaphone_alt(word);
      IF last IS NOT NULL THEN
        joined := joined || public.dmetaphone(last || word);
      END IF;
      last := word;
    END LOOP;
    IF strpos(part, ' ') > 0 THEN
      joined := joined || public.dmetaphone(replace(part, ' ', ''));
    END IF;
  END LOOP;
  IF forenames = '' AND usual <> '{}' THEN
    joined := joined || text '-forename';
  ELSIF surnames = '' AND usual <> '{}' THEN
    joined := joined || text '-surname';
  END IF;
  RETURN usual || other || joined;
END
$$
"""
# A word, and it without each of its letters in turn: two words that one letter more, less, other, or swapped with its
# neighbour makes of each other have one of these in common. Nobody looks for a word of more than forty letters.
STUBS = """
CREATE FUNCTION people_stubs(word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_agg(DISTINCT left(word, n - 1) || substr(word, n + 1)) || word
  FROM generate_series(1, CASE WHEN length(word) <= 40 THEN length(word) ELSE 0 END) AS n
$$
"""
NEW_WORDS = """
INSERT INTO people_nameword (word) SELECT DISTINCT said FROM people_personname, unnest(words_plain) AS said
WHERE NOT EXISTS (SELECT FROM people_nameword WHERE word = said)
"""
TEXTS = django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)


def derived(name, function, output, *columns, model="personname"):
    expression = Func(*map(F, columns), function=function)
    field = models.GeneratedField(db_persist=True, expression=expression, output_field=output)
    return migrations.AddField(model_name=model, name=name, field=field)


def indexed(index, model="personname"):
    return migrations.AddIndex(model_name=model, index=index)


GENERATED = ("forename_plain", "surname_plain", "words_plain", "sounds")


class Migration(migrations.Migration):
    dependencies = [("people", "0006_places")]

    operations = [
        migrations.RunSQL(IN_LATIN, "DROP FUNCTION people_letters(text)"),
        migrations.RunSQL(SPELT, "DROP FUNCTION people_spelt(text)"),
        migrations.RunSQL(SPELT_WORDS, "DROP FUNCTION people_spelt_words(text, text)"),
        migrations.RunSQL(HEARD, "DROP FUNCTION people_heard(text, text)"),
        migrations.RunSQL(STUBS, "DROP FUNCTION people_stubs(text)"),
        migrations.RemoveIndex(model_name="personname", name="personname_words"),
        migrations.RemoveIndex(model_name="personname", name="personname_sounds"),
        *(migrations.RemoveField(model_name="personname", name=name) for name in GENERATED),
        Together([
        derived("forename_plain", "people_spelt", models.TextField(), "forename"),
        derived("surname_plain", "people_spelt", models.TextField(), "surname"),
        derived("words_plain", "people_spelt_words", TEXTS, "forename", "surname"),
        derived("sounds", "people_heard", TEXTS, "forename", "surname"),
        indexed(django.contrib.postgres.indexes.GinIndex(fields=["words_plain"], name="personname_words")),
        indexed(django.contrib.postgres.indexes.GinIndex(fields=["sounds"], name="personname_sounds")),
        ]),
        migrations.RemoveIndex(model_name="nameword", name="nameword_length"),
        Together([
        derived("stubs", "people_stubs", TEXTS, "word", model="nameword"),
        indexed(django.contrib.postgres.indexes.GinIndex(fields=["stubs"], name="nameword_stubs"), model="nameword"),
        ]),
        migrations.RunSQL(NEW_WORDS, migrations.RunSQL.noop),
    ]
