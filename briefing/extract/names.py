"""Persons: where their names begin and end, and who is meant by each.

The base model's PERSON mentions are trimmed and split, the title before a name joins its mention, names it missed are
added where a title, a byline, a signature or the surname of someone named in full shows them; then every mention gets
the person's full name as the text gives it: "Adm. Kim" is Kim Myung-soo, "HALVERSEN" is Lucas Halversen, two people
with one surname stay apart.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from briefing.extract import shapes
from briefing.extract.lexicon import load_lexicon
from briefing.extract.persons import ARTICLE, SUFFIXES, Person, canonical_names, fold, keys_of
from briefing.extract.titles import Title, load_titles
from briefing.extract.view import View
from briefing.model.base import Confidence
from briefing.model.facts import Mention
from briefing.model.safetext import SafeText

Spans = list[tuple[int, int]]
_LOCATIVES: Final = frozenset(
    {"in", "near", "toward", "towards", "into", "around", "outside", "inside", "across", "at"}
)
_SETTLEMENTS: Final = frozenset({"city", "town", "village", "port", "province", "district", "suburb"})


def resolve_people(view: View, mentions: Sequence[Mention], lexicons: Path | None = None) -> tuple[Mention, ...]:
    """The mentions with their PERSON ones repaired, completed and named; the others are kept. In order of place.

    A mention of another type that lies wholly inside a person's title or name ("State" in "Secretary of State John
    Kerry") is left out. Offsets are characters of ``view.text``; ``lexicons`` is a folder with the user's ranks.toml.
    """
    finder = _Finder(view, mentions, lexicons)
    people = finder.people()
    found = [
        Mention(
            start=person.span[0],
            end=person.span[1],
            text=SafeText(view.text[person.span[0] : person.span[1]]),
            type="PERSON",
            name=SafeText(name),
            confidence=person.confidence,
        )
        for person, name in zip(people, canonical_names(people), strict=True)
    ]
    return tuple(sorted([*finder.others, *found], key=lambda mention: (mention.start, -mention.end)))


class _Finder:
    """Collects the persons of one document."""

    def __init__(self, view: View, mentions: Sequence[Mention], lexicons: Path | None) -> None:
        self.view, self.text = view, view.text
        self.lexicon = load_titles(lexicons)
        self._known = load_lexicon(lexicons).entries
        self.titles = self.lexicon.find(self.text)
        self._ends = [title.end for title in self.titles]
        self.others = sorted((m for m in mentions if m.type != "PERSON"), key=lambda m: (m.start, m.end))
        self._given = [mention for mention in mentions if mention.type == "PERSON"]
        self._people: list[Person] = []

    def people(self) -> list[Person]:
        """Every person mention, in order, none overlapping."""
        for mention in self._given:
            self._people += self._repaired(mention)
        self._misread()
        self._after_titles()
        self._signatures()
        self._bylines()
        self._turns()
        self._surnames()
        self._people.sort(key=lambda person: person.span)
        kept: list[Person] = []
        for person in self._people:
            if not kept or person.span[0] >= kept[-1].span[1]:
                kept.append(person)
        kept = self._places(kept)
        inside = [person.span for person in kept]
        self.others = [m for m in self.others if not _within(m.start, m.end, inside)]
        return kept

    def _guess(self, mention: Mention) -> bool:
        """Whether only the base model says what this is: it takes names of persons for bodies and places."""
        return mention.type in ("ORG", "PLACE", "NATION", "EVENT") and str(mention.name) not in self._known

    def _blocked(self) -> Spans:
        """Where no person can be: known names, and guesses of more than one word."""
        return _joined((m.start, m.end) for m in self.others if " " in m.text or not self._guess(m))

    def _misread(self) -> None:
        """Full names that the base model took for a body or a place: the first word is a given name."""
        for mention in self.others:
            words = mention.text.split()
            if not 2 <= len(words) <= 3 or words[-1].lower() in self.lexicon.not_names or not self._guess(mention):
                continue
            given = words[0] in self.lexicon.given
            if (given or self._office_follows(mention.end)) and shapes.full_name(mention.text):
                self._people.append(self._person(mention.start, mention.end, None, "medium"))

    def _office_follows(self, end: int) -> bool:
        """Whether an apposition with an office follows: ", the special adviser to"."""
        match = shapes.APPOSITION.match(self.text, end)
        return match is not None and match["head"].lower() in self.lexicon.offices

    def _turns(self) -> None:
        """Speakers of a transcript in capitals at the start of two lines or more: "HALVERSEN: No."."""
        turns = list(shapes.TURN.finditer(self.text))
        often = Counter(match["name"] for match in turns)
        blocked = self._blocked()
        for match in turns:
            start, end = match.span("name")
            words = {word.strip(".").lower() for word in match["name"].split()}
            if often[match["name"]] < 2 or words & self.lexicon.not_names or _overlaps(start, end, blocked):
                continue
            if not any(person.span[0] < end and start < person.span[1] for person in self._people):
                self._people.append(self._person(start, end, None, "medium"))

    def _places(self, people: list[Person]) -> list[Person]:
        """Leave out names that the text puts things in or near and that do nothing: they become mentions of places."""
        view, where, acts = self.view, set(), set()
        full = {key for person in people if len(keys := keys_of(person.written)) > 1 for key in keys}
        for person in people:
            key = keys_of(person.written)
            first, last = view.token_range(*person.name)
            before = [word.lower() for word in view.words[max(0, first - 2) : first]]
            if person.title or person.written.split()[0] in self.lexicon.given or (len(key) == 1 and key[0] in full):
                acts.add(key)
            elif before[-1:] and (before[-1] in _LOCATIVES or (before[-1] == "of" and before[0] in _SETTLEMENTS)):
                where.add(key)
            elif view.deps[last - 1] in ("nsubj", "nsubjpass"):
                acts.add(key)
        places = [p for p in people if keys_of(p.written) in where - acts]
        for p in places:
            text = SafeText(p.written)
            self.others.append(
                Mention(start=p.name[0], end=p.name[1], text=text, type="PLACE", name=text, confidence="low")
            )
        return [p for p in people if p not in places]

    def _repaired(self, mention: Mention) -> Iterable[Person]:
        """The names a mention holds, each with the title before it."""
        for start, end in shapes.parts(self.text, mention.start, mention.end):
            title = self._title_in(start, end)
            if title:
                start = _skip_space(self.text, title.end, end)
            start, end = shapes.trimmed(self.text, start, end, self.lexicon.not_names)
            if self._is_title(start, end):
                continue
            if start < end and shapes.plausible(self.text[start:end], self.lexicon.not_names):
                yield self._person(start, end, title, mention.confidence)

    def _title_in(self, start: int, end: int) -> Title | None:
        """The last title in the span that words follow."""
        last = bisect_left(self._ends, end)
        for title in reversed(self.titles[max(0, last - 3) : last]):
            if title.end <= start or not self.text[title.end : end].strip(" .,'’s"):
                continue
            before = self.text[start : title.start].strip()
            # "Billie Jean King III": a surname, not a title.
            if title.kind == "military" or not before[:1].isupper() or before.endswith(("'s", "’s")):
                return title
        return None

    def _is_title(self, start: int, end: int) -> bool:
        """Whether the words are a title, or its beginning, with the name still to come."""
        at = bisect_right(self._ends, start)
        if at >= len(self.titles) or not (self.titles[at].start <= start and end <= self.titles[at].end):
            return False
        title = self.titles[at]
        return self._name_end(_skip_space(self.text, title.end, title.end + 2), title) > title.end + 1

    def _person(self, start: int, end: int, title: Title | None, confidence: Confidence) -> Person:
        """A person whose bare name starts at these characters; it goes on where nickname, particle or suffix follow."""
        while more := shapes.MORE.match(self.text, end):
            end = more.end()
        if title is None:
            at = bisect_right(self._ends, start) - 1
            if at >= 0 and start - self._ends[at] <= 2 and not self.text[self._ends[at] : start].strip():
                title = self.titles[at]
        first = self._clipped(title) if title else start
        return Person((first, end), (start, end), self.text[start:end], title.words if title else (), confidence)

    def _clipped(self, title: Title) -> int:
        """Where the title's part of the mention begins: after a service's mention in it ("Air Force Gen.")."""
        first = title.start
        for other in self.others:
            if other.start >= title.proper:
                break
            own = title.kind != "military" and title.start <= other.start
            if other.end > first and other.end <= title.proper and not own:
                first = _skip_space(self.text, other.end, title.proper)
        return first

    def _after_titles(self) -> None:
        """Names that the base model missed but a title announces."""
        taken = sorted(person.name for person in self._people)
        blocked = self._blocked()
        for title in self.titles:
            start = _skip_space(self.text, title.end, title.end + 2)
            if start == title.end or _overlaps(start, start + 1, taken):
                continue
            end = self._name_end(start, title)
            if end > start and not _overlaps(start, end, blocked) and not _overlaps(start, end, taken):
                self._people.append(self._person(start, end, title, "medium"))

    def _name_end(self, start: int, title: Title) -> int:
        """Where the name that starts here ends; ``start`` if none does."""
        match = shapes.NAME.match(self.text, start)
        if not match:
            return start
        end = start
        for word in re.finditer(r"\S+", match[0]):
            proper = self.view.tags[self.view.token_at(start + word.start())] in ("NNP", "NNPS")
            certain = title.kind in ("military", "honorific") and end == start
            if word[0].strip(",.'\"“”‘’").lower() in self.lexicon.not_names or not (proper or certain):
                break
            end = start + word.end()
        end = shapes.trimmed(self.text, start, end, self.lexicon.not_names)[1]
        return end if end - start > 1 and shapes.plausible(self.text[start:end], self.lexicon.not_names) else start

    def _signatures(self) -> None:
        """Who signs an embedded post."""
        for match in shapes.SIGNED.finditer(self.text):
            name = match["name"].strip()
            if (person := shapes.person_of_handle(name, match["handle"])) is None:
                continue
            start = match.start("name")
            self._drop(start, match.end("handle"))
            for span in ((start, start + len(name)), match.span("handle")):
                self._people.append(Person(span, span, person, (), "medium"))

    def _bylines(self) -> None:
        """Writers and editors: "By Ann Lee", "(Reporting by Ann Lee and Bo Hu; editing by Cy Dow)"."""
        for match in shapes.BYLINE.finditer(self.text):
            at = match.end()
            while (name := shapes.NAME.match(self.text, at)) and " " in name[0]:
                start, end = shapes.trimmed(self.text, *name.span(), self.lexicon.not_names)
                words = {word.lower().strip(".,") for word in name[0].split()}
                if not shapes.END_OF_BYLINE.match(self.text, end) or words & self.lexicon.not_names:
                    break
                if not any(other.start < end and start < other.end for other in self.others):
                    self._drop(start, end)
                    self._people.append(self._person(start, end, None, "medium"))
                if not (more := shapes.NEXT_IN_BYLINE.match(self.text, end)):
                    break
                at = more.end()

    def _surnames(self) -> None:
        """The bare surname of someone named in full, where the base model missed or mistook it."""
        known: set[str] = set()
        for person in self._people:
            words = [word for word in person.written.split() if fold(word) not in SUFFIXES]
            if len(words) > 1 and len(keys_of(person.written)) > 1:
                family_first = "-" in words[-1] and len(words) == 2 and not ARTICLE.match(words[-1])
                surname = ARTICLE.sub("", words[0] if family_first else words[-1])
                if len(surname) > 2 and surname[0].isupper() and surname.isalpha():
                    known.update({surname, surname.upper(), fold(surname).capitalize()})
        taken = sorted(person.span for person in self._people)
        blocked = self._blocked()
        view = self.view
        for i, word in enumerate(view.words):
            if word not in known or not view.tags[i].startswith("NNP"):
                continue
            start, end = view.starts[i], view.ends[i]
            if particles := shapes.PARTICLES_BEFORE.search(self.text, max(0, start - 12), start):
                self._people.append(self._person(particles.start(), end, None, "medium"))
                continue
            alone = not (self._name_beside(i - 1, end=start) or self._name_beside(i + 1, start=end))
            if alone and not _overlaps(start, end, taken) and not _overlaps(start, end, blocked):
                self._people.append(self._person(start, end, None, "medium"))

    def _name_beside(self, i: int, *, start: int = -1, end: int = -1) -> bool:
        """Whether token ``i`` stands against that character, a capitalised word of a longer name."""
        view = self.view
        if not 0 <= i < len(view):
            return False
        beside = 0 <= end - view.ends[i] <= 1 if end >= 0 else 0 <= view.starts[i] - start <= 1
        after_title = end >= 0 and any(0 <= end - e <= 1 for e in self._ends[bisect_left(self._ends, end - 1) :][:1])
        return beside and view.words[i][0].isupper() and view.tags[i].startswith("NNP") and not after_title

    def _drop(self, start: int, end: int) -> None:
        """Forget what was found here: a surer rule has it."""
        self._people = [p for p in self._people if p.span[1] <= start or end <= p.span[0]]


def _skip_space(text: str, start: int, limit: int) -> int:
    while start < min(limit, len(text)) and text[start].isspace():
        start += 1
    return start


def _joined(spans: Iterable[tuple[int, int]]) -> Spans:
    """Ordered spans with overlapping ones made one."""
    merged: Spans = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _overlaps(start: int, end: int, spans: Spans) -> bool:
    """Whether one of the ordered, disjoint spans shares a character with this one."""
    at = bisect_right(spans, (start, start))
    return (at > 0 and spans[at - 1][1] > start) or (at < len(spans) and spans[at][0] < end)


def _within(start: int, end: int, spans: Spans) -> bool:
    """Whether one of the ordered, disjoint spans holds this one."""
    at = bisect_right(spans, (start + 1, 0)) - 1
    return at >= 0 and spans[at][0] <= start and end <= spans[at][1]
