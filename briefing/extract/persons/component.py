"""Persons and national bodies: where their names begin and end, and who is meant by each.

The base model's PERSON mentions are trimmed and split, the title before a name joins its mention, names it missed are
added where a title, a byline, a signature or the surname of someone named in full shows them; then every mention gets
the person's full name as the text gives it: "Adm. Kim" is Kim Myung-soo, "HALVERSEN" is Lucas Halversen, two people
with one surname stay apart.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from briefing.extract.lexicon.build import load_lexicon
from briefing.extract.lexicon.government_bodies import load_bodies, national_bodies
from briefing.extract.lexicon.titles import Titles, load_titles
from briefing.extract.nlp.char_spans import Spans
from briefing.extract.nlp.token_columns import View
from briefing.extract.persons.apposition import told_by_neighbours
from briefing.extract.persons.identity import Person, canonical_names, keys_of
from briefing.extract.persons.national_services import services_and_units
from briefing.extract.persons.person_spans import Finder
from briefing.extract.persons.unit_forms import units_and_agencies
from briefing.model.base import Confidence
from briefing.model.facts import EntityType, Mention
from briefing.model.safetext import SafeText

_LOCATIVES: Final = frozenset(
    {"in", "near", "toward", "towards", "into", "around", "outside", "inside", "across", "at"}
)  # fmt: skip


def resolve_people(view: View, mentions: Sequence[Mention], lexicons: Path | None = None) -> tuple[Mention, ...]:
    """The mentions with persons corrected, completed and named, and national bodies found; in order of place.

    A mention of another type that lies wholly inside a person's title or name ("State" in "Secretary of State John
    Kerry") is left out; all other mentions are kept.

    Args:
        view: Token columns of the document.
        mentions: Its mentions.
        lexicons: Folder of the user's own lexicon files; None for none.
    """
    titles, lexicon = load_titles(lexicons), load_lexicon(lexicons)
    mentions = national_bodies(view.text, mentions, lexicons)
    mentions = services_and_units(view.text, mentions, lexicon)
    mentions = told_by_neighbours(view.text, mentions, lexicon)
    mentions = units_and_agencies(view.text, mentions, lexicon.lists.persons)
    finder = Finder(view, mentions, lexicon, titles, load_bodies(lexicons))
    named = finder.people()
    taken = Spans(
        [*(person.span for person in named), *(span for span, _ in finder.bodies), *finder.places, *finder.ships]
    )
    found = [m for m in mentions if m.type != "PERSON" and taken.free(m.start, m.end)]
    found += [_mention(view.text, span, "ORG", "medium", name) for span, name in finder.bodies]
    found += [_mention(view.text, span, "PLACE", "medium") for span in finder.places]
    found += [_mention(view.text, span, "SHIP", "medium") for span in finder.ships]
    places = _places(view, named, titles, lexicon.lists.persons.settlements)
    people = [person for person in named if keys_of(person.written) not in places]
    found += [_mention(view.text, p.name, "PLACE", "low") for p in named if keys_of(p.written) in places]
    for person, name in zip(people, canonical_names(people, lexicon.nicknames, titles.regnal), strict=True):
        found.append(_mention(view.text, person.span, "PERSON", person.confidence, name))
    return tuple(sorted(found, key=lambda mention: (mention.start, -mention.end)))


def _places(view: View, people: list[Person], titles: Titles, settlements: frozenset[str]) -> set[tuple[str, ...]]:
    """Keys of the names that the text puts things in or near and that never do anything: places, not persons."""
    where, acts = set(), set()
    full = {key for person in people if len(keys := keys_of(person.written)) > 1 for key in keys}
    for person in people:
        keys = keys_of(person.written)
        first, last = view.token_range(*person.name)
        before = [word.lower() for word in view.words[max(0, first - 2) : first]]
        if person.title or person.written.split()[0] in titles.given or (len(keys) == 1 and keys[0] in full):
            acts.add(keys)
        elif before[-1:] and (before[-1] in _LOCATIVES or (before[-1] == "of" and before[0] in settlements)):
            where.add(keys)
        elif view.deps[last - 1] in ("nsubj", "nsubjpass"):
            acts.add(keys)
    return where - acts


def _mention(
    text: str, span: tuple[int, int], kind: EntityType, confidence: Confidence, name: str | None = None
) -> Mention:
    written = SafeText(text[span[0] : span[1]])
    return Mention(
        start=span[0],
        end=span[1],
        text=written,
        type=kind,
        name=written.line() if name is None else SafeText(name),
        confidence=confidence,
    )
