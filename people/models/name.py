"""What people are called, one row for each name, and the distinct words that names are made of."""

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.contrib.postgres.search import TrigramDistance
from django.db import models
from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Left

from people.models.fact import Fact

#: How many of the nearest spellings of a word are looked for.
NEAREST = 30
#: One letter more, less or other, or two neighbours swapped: as far as two words are that have a stub in common.
ONE_SLIP = 2
#: Letters of a word that are compared one by one.
LONGEST = 40
#: Among the sounds of a name of which nobody said that part.
NO_FORENAME, NO_SURNAME = "-forename", "-surname"
KEEP_WORDS = (
    "INSERT INTO people_nameword (word) SELECT DISTINCT said FROM {said}"
    " WHERE NOT EXISTS (SELECT FROM people_nameword WHERE word = said)"
)


def derived(function: str, output: models.Field[object, object], *columns: str) -> models.GeneratedField:
    """A column that the database works out with a function of ours (0007_forgiving): never stale, never typed."""
    expression = Func(*map(F, columns), function=function)
    return models.GeneratedField(expression=expression, output_field=output, db_persist=True)


@pghistory.track(exclude=["forename_plain", "surname_plain", "words_plain", "sounds"])
class PersonName(Fact):
    """One name of a person. This is also the search row: one for each name, carrying its case.

    `words_plain` are the words of the name in Latin letters without accents, case or punctuation, forenames first; `sounds`
    says how each sounds (double metaphone), first all the usual ways, then all the other ways, in the same order. After
    them stand how neighbours sound that may be written as one, and NO_FORENAME or NO_SURNAME.
    """

    class Kind(models.TextChoices):
        LEGAL = "legal", "Name"
        KNOWN_AS = "known_as", "Known as"
        ALIAS = "alias", "Alias"
        MAIDEN = "maiden", "Maiden name"
        FORMER = "former", "Former name"
        SPELLING = "spelling", "Spelt from another alphabet"
        NOT_KNOWN = "not_known", "Name not known"

    label = "Name"
    order = 10
    withheld = False
    tells_who = True

    forename = models.CharField("forenames", max_length=100, blank=True)
    surname = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.LEGAL)
    forename_plain = derived("people_spelt", models.TextField(), "forename")
    surname_plain = derived("people_spelt", models.TextField(), "surname")
    words_plain = derived("people_spelt_words", ArrayField(models.TextField()), "forename", "surname")
    sounds = derived("people_heard", ArrayField(models.TextField()), "forename", "surname")

    class Meta(Fact.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="not_known", forename="", surname="")
                | ~Q(kind="not_known") & ~Q(forename="", surname=""),
                name="personname_says_something",
            ),
        ]
        indexes = [
            *Fact.Meta.indexes,
            # Serve search.by_name: names that hold one of these words, or a word of this sound.
            GinIndex(fields=["words_plain"], name="personname_words"),
            GinIndex(fields=["sounds"], name="personname_sounds"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keep_words",
                level=pgtrigger.Statement,  # an import writes thousands at once
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="added"),
                # executed, so planned for what the table holds now: an import begins with an empty one
                func=f"EXECUTE '{KEEP_WORDS.format(said='added, unnest(added.words_plain) AS said')}'; RETURN NULL;",
            ),
            pgtrigger.Trigger(
                name="keep_changed_words",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("forename", "surname"),
                func=KEEP_WORDS.format(said="unnest(NEW.words_plain) AS said") + "; RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        return f"{self.forename} {self.surname}".strip() or "Name not known"


class NameWordQuerySet(models.QuerySet["NameWord"]):
    def spelt_like(self, word: Any) -> QuerySet[NameWord, Any]:
        """The nearest spellings of a plain word. Index: nameword_letters (filter and order)."""
        near = self.filter(word__trigram_similar=word).order_by(TrigramDistance("word", word))
        return near.values("word")[:NEAREST]

    def one_slip_from(self, word: Any) -> QuerySet[NameWord, Any]:
        """Those that one slip of the hand makes of it, however short it is. Index: nameword_stubs."""
        stubs = Func(word, function="people_stubs", output_field=ArrayField(TextField()))
        slips = Func(
            Left("word", LONGEST), Left(word, LONGEST), Value(ONE_SLIP), function="levenshtein_less_equal",
            output_field=models.IntegerField(),
        )  # fmt: skip
        near = self.filter(stubs__overlap=stubs).annotate(slips=slips).filter(slips__lte=ONE_SLIP)
        return near.order_by("slips").values("word")[:NEAREST]


class NameWord(models.Model):
    """A word that stands in some name. Kept by the trigger of PersonName, and searched for spelling in place of the
    names: there are thirty times fewer words than names. It says nothing of anybody, and is never shown. A word may
    stand here twice: were it unique, whoever records the second Pollitt would wait for the first to be saved.
    """

    word = models.TextField()
    stubs = derived("people_stubs", ArrayField(models.TextField()), "word")

    objects = NameWordQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["word"], name="nameword_word"),  # the trigger: is it here already?
            GistIndex(OpClass("word", name="gist_trgm_ops(siglen=64)"), name="nameword_letters"),
            GinIndex(fields=["stubs"], name="nameword_stubs"),
        ]

    def __str__(self) -> str:
        return self.word
