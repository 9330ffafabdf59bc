"""What people are called, one row for each name, and the distinct words that names are made of."""

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.contrib.postgres.search import TrigramDistance
from django.db import models
from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.functions import Length

from people.models.fact import Fact

#: How many of the nearest spellings of a word are looked for.
NEAREST = 30
#: In a word this short one wrong letter leaves too few letter groups alike, so it is compared letter by letter.
SHORT = 4
KEEP_WORDS = (
    "INSERT INTO people_nameword (word) SELECT DISTINCT said FROM {said}"
    " WHERE NOT EXISTS (SELECT FROM people_nameword WHERE word = said)"
)


def derived(function: str, output: models.Field[object, object], *columns: str) -> models.GeneratedField:
    """A column that the database works out with a function of ours (first migration): never stale, never typed."""
    expression = Func(*map(F, columns), function=function)
    return models.GeneratedField(expression=expression, output_field=output, db_persist=True)


@pghistory.track(exclude=["forename_plain", "surname_plain", "words_plain", "sounds"])
class PersonName(Fact):
    """One name of a person. This is also the search row: one for each name, carrying its case.

    `words_plain` are the words of the name without accents, case or punctuation, forenames first; `sounds` says how
    each sounds (double metaphone), first all the usual ways, then all the other ways, in the same order.
    """

    class Kind(models.TextChoices):
        LEGAL = "legal", "Name"
        KNOWN_AS = "known_as", "Known as"
        ALIAS = "alias", "Alias"
        MAIDEN = "maiden", "Maiden name"
        NOT_KNOWN = "not_known", "Name not known"

    label = "Name"
    order = 10
    withheld = False

    forename = models.CharField("forenames", max_length=100, blank=True)
    surname = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.LEGAL)
    forename_plain = derived("people_plain", models.TextField(), "forename")
    surname_plain = derived("people_plain", models.TextField(), "surname")
    words_plain = derived("people_words", ArrayField(models.TextField()), "forename", "surname")
    sounds = derived("people_sounds", ArrayField(models.TextField()), "forename", "surname")

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

    def one_letter_from(self, word: Any, letters: int) -> QuerySet[NameWord, Any]:
        """For a short word: those that one letter more, less or other makes of it. Index: nameword_length."""
        lengths = [letters - 1, letters, letters + 1]
        edits = Func("word", word, Value(1), function="levenshtein_less_equal", output_field=models.IntegerField())
        near = self.annotate(letters=Length("word"), edits=edits).filter(letters__in=lengths, edits__lte=1)
        return near.values("word")


class NameWord(models.Model):
    """A word that stands in some name. Kept by the trigger of PersonName, and searched for spelling in place of the
    names: there are thirty times fewer words than names. It says nothing of anybody, and is never shown. A word may
    stand here twice: were it unique, whoever records the second Pollitt would wait for the first to be saved.
    """

    word = models.TextField()

    objects = NameWordQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["word"], name="nameword_word"),  # the trigger: is it here already?
            GistIndex(OpClass("word", name="gist_trgm_ops(siglen=64)"), name="nameword_letters"),
            models.Index(Length("word"), name="nameword_length"),
        ]

    def __str__(self) -> str:
        return self.word
