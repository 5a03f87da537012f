"""Reporting words from ``reporting.toml``: verbs, nouns of speaking, documents and bodies that speak."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from briefing.extract.lexicon.files import read_all

_VOWELS: Final = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Reporting:
    """Lower-case word forms by what they do in a report of speech."""

    core: frozenset[str]
    """Forms of verbs of speaking in the strict sense: said, adds, writing. Part of ``speech``."""
    speech: frozenset[str]
    """Forms of verbs whose subject can utter the words: also reasoned, threatens."""
    naming: frozenset[str]
    """Forms of verbs that put words on something: called, dismissed."""
    documents: frozenset[str]
    issued: frozenset[str]
    """Documents whose words are their issuer's."""
    authored: frozenset[str]
    """Documents whose owner is their author: not laws and treaties."""
    plain: frozenset[str]
    """Nouns for any document named before: "the statement"."""
    issuing: frozenset[str]
    """Forms of verbs that put a document out: released, posted."""
    acts: frozenset[str]
    sayings: frozenset[str]
    """Nouns for words that are nobody's: proverb, joke."""
    bodies: frozenset[str]
    people: frozenset[str]
    """Common nouns for people, plurals and those of men and women included."""
    men: frozenset[str]
    women: frozenset[str]
    male_names: frozenset[str]
    female_names: frozenset[str]
    titles: Mapping[str, str]
    """Short forms of titles, without dots, to their last word spelt out: "sen" to "senator"."""
    male_titles: frozenset[str]
    female_titles: frozenset[str]


@lru_cache(maxsize=4)
def load_reporting(folder: Path | None = None) -> Reporting:
    """Our lists with the user's of ``folder`` merged in. Raises ``LexiconError`` for a file that cannot be read."""
    tables = read_all(folder)
    words, names = tables["reporting"], tables["first_names"]
    irregular = {base: tuple(forms) for base, forms in words["irregular"].items()}

    def forms(verbs: list[str]) -> frozenset[str]:
        return frozenset(form for verb in verbs for form in (verb, *irregular.get(verb, _inflected(verb))))

    def nouns(table: str, key: str = "nouns") -> frozenset[str]:
        return frozenset(words[table][key])

    return Reporting(
        core=forms(words["speech"]["core"]),
        speech=forms([*words["speech"]["core"], *words["speech"]["verbs"]]),
        naming=forms(words["naming"]["verbs"]),
        documents=nouns("documents"),
        issued=nouns("documents", "issued"),
        authored=nouns("documents") - nouns("documents", "binding"),
        plain=nouns("documents", "plain"),
        issuing=forms(words["documents"]["issuing"]),
        acts=nouns("acts"),
        sayings=nouns("sayings"),
        bodies=nouns("bodies"),
        people=_with_plurals(nouns("people") | nouns("men") | nouns("women")),
        men=nouns("men"),
        women=nouns("women"),
        male_names=frozenset(names["male"]["names"]),
        female_names=frozenset(names["female"]["names"]),
        titles={
            short.lower().replace(".", ""): full.lower().split()[-1]
            for kind in ("military", "police", "civil")
            for full, shorts in tables["ranks"][kind].items()
            for short in shorts
        },
        male_titles=nouns("men", "titles"),
        female_titles=nouns("women", "titles"),
    )


def _with_plurals(nouns: frozenset[str]) -> frozenset[str]:
    return nouns | {
        noun[:-3] + "men"
        if noun.endswith("man")
        else noun[:-1] + "ies"
        if noun[-2:] in ("ry", "ty", "ny")
        else noun + "s"
        for noun in nouns
    }


def _inflected(verb: str) -> tuple[str, str, str]:
    """The regular third person, past and participle in -ing."""
    if verb.endswith("e"):
        return verb + "s", verb + "d", (verb if verb.endswith("ee") else verb[:-1]) + "ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    hissing = verb.endswith(("s", "x", "z", "ch", "sh"))
    return verb + ("es" if hissing else "s"), verb + "ed", verb + "ing"
