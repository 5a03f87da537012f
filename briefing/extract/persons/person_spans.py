"""Find spans of persons: the base model's mentions corrected, and the names it missed."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Final

from briefing.extract.lexicon.government_bodies import BodyWords
from briefing.extract.lexicon.lexicon import Lexicon
from briefing.extract.lexicon.titles import Title, Titles
from briefing.extract.lexicon.word_lists import any_of, one_of
from briefing.extract.nlp.char_spans import Spans
from briefing.extract.nlp.token_columns import View
from briefing.extract.persons import name_candidates, name_patterns
from briefing.extract.persons.identity import ARTICLE, SUFFIXES, Person, fold, keys_of
from briefing.model.base import Confidence
from briefing.model.facts import Mention

_LONGEST: Final = 200
"""Characters of a mention that can still be trimmed to a name."""
_ACRONYM: Final = 6
"""Letters from which a word in capitals after a title may be a surname and no acronym ("Commander CTF 150")."""
_NO_NAMES: Final = frozenset(
    {"VBZ", "VBD", "VBP", "VB", "MD", "IN", "DT", "PRP", "PRP$", "CC", "RB", "WP", "WDT", "WRB", "TO", "EX", "UH", "CD"}
)
"""Tags of words that are no name by themselves."""


class Finder:
    """Collects the persons of one document: what a surer rule has found, a weaker one leaves alone."""

    def __init__(
        self, view: View, mentions: Sequence[Mention], lexicon: Lexicon, titles: Titles, bodies: BodyWords
    ) -> None:
        self.view, self.text = view, view.text
        self._lexicon, self._words, self._body_words = lexicon, titles, bodies
        self._lists = lexicon.lists.persons
        self._titles = titles.find(self.text)
        self._ends = [title.end for title in self._titles]
        self._persons = [mention for mention in mentions if mention.type == "PERSON"]
        self._others = sorted((m for m in mentions if m.type != "PERSON"), key=lambda m: (m.start, m.end))
        self._other_starts = [mention.start for mention in self._others]
        self._known = Spans((m.start, m.end) for m in self._others if " " in m.text or not self._guess(m))
        """Where no person can be: known names, and guesses of more than one word."""
        self._unclaimed = Spans((m.start, m.end) for m in mentions if " " in m.text or not self._guess(m))
        """Mentions that no name goes on into: all but guesses of one word."""
        self._sure = Spans((m.start, m.end) for m in self._others if not self._guess(m))
        self._taken = Spans()
        self._found: list[Person] = []
        self.bodies: list[tuple[tuple[int, int], str]] = []
        """Spans and names of bodies: those who sign posts, and those the base model took for persons."""
        self.places: list[tuple[int, int]] = []
        """Spans of places that the base model took for persons."""
        self.ships: list[tuple[int, int]] = []
        """Spans of ships that are called after persons."""

    def people(self) -> list[Person]:
        """Every mention of a person, in order, none overlapping."""
        self._signatures()
        self._posters()
        self._bylines()
        for mention in self._persons:
            self._repair(mention)
        self._misread()
        self._after_titles()
        self._candidates()
        self._turns()
        self._again()
        self._surnames()
        return sorted(self._found, key=lambda person: person.span)

    def _signatures(self) -> None:
        """Add the signers of embedded posts."""
        for match in name_patterns.SIGNED.finditer(self.text):
            name = match["name"].strip()
            start = match.start("name")
            person = name_patterns.person_of_handle(name, match["handle"])
            if person is None and self._named_like_a_person(start, name):
                person = name
            for span in ((start, start + len(name)), match.span("handle")):
                if self._taken.take(*span) and person:
                    self._found.append(Person(span, span, person, (), "medium"))
                elif not person:
                    self.bodies.append((span, name))

    def _posters(self) -> None:
        """Add those who post in a thread under a handle alone."""
        if "@" not in self.text:
            return
        for match in name_patterns.POSTER.finditer(self.text):
            if self._taken.take(*match.span("handle")):
                span = match.span("handle")
                self._found.append(Person(span, span, match["handle"], (), "medium"))

    def _named_like_a_person(self, start: int, name: str) -> bool:
        """Whether a given name comes first, or the base model says so of two words."""
        words = name.split()
        if not 2 <= len(words) <= 3 or not name_patterns.full_name(name) or self._last_of_no_person(words[-1]):
            return False
        said = any(m.start == start and m.end == start + len(name) for m in self._persons)
        return words[0] in self._words.given or (said and len(words) == 2)

    def _bylines(self) -> None:
        """Writers and editors: "By Ann Lee", "(Reporting by Ann Lee and Bo Hu; editing by Cy Dow)"."""
        byline = one_of(self._lists.credits, *name_patterns.BYLINE)
        for by in name_patterns.BY.finditer(self.text):
            if not byline.search(self.text, max(0, by.start() - 24), by.start()):
                continue
            at = by.end()
            while (name := name_patterns.NAME.match(self.text, at)) and " " in name[0]:
                title = self._title_in(*name.span())
                start, end = self._trimmed(title.end if title else name.start(), name.end())
                words = {word.lower().strip(".,") for word in self.text[start:end].split()}
                if not name_patterns.END_OF_BYLINE.match(self.text, end) or words & self._words.not_names:
                    break
                if self._sure.free(start, end):
                    self._add(start, end, title)
                if not (more := name_patterns.NEXT_IN_BYLINE.match(self.text, end)):
                    break
                at = more.end()

    def _repair(self, mention: Mention) -> None:
        """The names a mention holds, each with the title before it."""
        if mention.end - mention.start > _LONGEST:
            return
        for start, end in name_patterns.parts(self.text, mention.start, mention.end):
            title = self._title_in(start, end)
            if title:
                start = self._skip_space(title.end, end)
            start, end = self._trimmed(start, end)
            if start < end and not title:
                start = name_candidates.from_given(self.text, start, end, self._words)
            if start < end and (title := title or self._title_before(start)):
                end = self._whole(start, end, title)
            if not title and self._no_person(start, end):
                continue
            if self._plausible(start, end) and not self._is_title(start, end):
                self._add(start, end, title, mention.confidence)

    def _whole(self, start: int, end: int, title: Title) -> int:
        """The end of a titled name, also where the base model cut it short."""
        longer = self._name_end(start, title)
        return longer if longer > end and self._unclaimed.free(end, longer) else end

    def _no_person(self, start: int, end: int) -> bool:
        """Put aside a body or a place that the base model took for a person: its last word tells."""
        words = self.text[start:end].split()
        site = one_of(self._lists.site_nouns, rf"[ ](?:(?:{any_of(self._lists.site_adjectives)})[ ])*", r"\b")
        if (len(words) > 1 and words[0].lower() in self._words.place_first) or site.match(self.text, end):
            self.places.append((start, end))
            return True
        unit = len(words) > 1 and not {words[-1], words[-1].removesuffix("s")}.isdisjoint(self._body_words.unit)
        given = len(words) == 2 and words[0] in self._words.given and words[1] not in self._lists.waters_and_roads
        if not unit and (len(words) < 2 or given):
            return False
        if unit or words[-1] in self._body_words.body:
            self.bodies.append(((start, end), " ".join(words)))
        elif words[-1].lower() in self._words.not_last:
            self.places.append((start, end))
        else:
            return False
        return True

    def _title_in(self, start: int, end: int) -> Title | None:
        """The last title in the span that words follow."""
        last = bisect_left(self._ends, end)
        for title in reversed(self._titles[max(0, last - 3) : last]):
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
        if at >= len(self._titles) or not (self._titles[at].start <= start and end <= self._titles[at].end):
            return False
        title = self._titles[at]
        return self._name_end(self._skip_space(title.end), title) > title.end + 1

    def _misread(self) -> None:
        """Full names the base model took for a body or a place: a given name is first, or an office follows."""
        for mention in self._others:
            words = mention.text.split()
            headed = len(words) > 2 and words[0].lower() in self._words.heads and self._guess(mention)
            named = headed and name_patterns.full_name(mention.text[len(words[0]) + 1 :])
            if named and not self._title_in(mention.start, mention.end):
                self._add(mention.start + len(words[0]) + 1, mention.end)
                continue
            if not 2 <= len(words) <= 3 or not self._guess(mention) or self._last_of_no_person(words[-1]):
                continue
            office = name_patterns.APPOSITION.match(self.text, mention.end)
            told = words[0] in self._words.given or (office and office["head"].lower() in self._words.offices)
            told = told or name_candidates.after_office(self.view, mention.start, self._words)
            if told and name_patterns.full_name(mention.text):
                self._add(mention.start, mention.end)

    def _last_of_no_person(self, word: str) -> bool:
        lower = word.lower()
        return (
            word in self._body_words.body | self._body_words.unit
            or lower in self._words.not_last
            or lower in self._words.not_names
        )

    def _after_titles(self) -> None:
        """Names that the base model missed but a title announces."""
        for title in self._titles:
            start = self._skip_space(title.end)
            if start > title.end and self._taken.free(start, start + 1):
                end = self._name_end(start, title)
                charged = title.end > title.proper and " " in self.text[title.proper : title.end]
                told = self._sure if title.kind in ("military", "honorific") or charged else self._known
                if end > start and told.free(start, end) and self.text[start:end] not in self._lists.waters_and_roads:
                    self._add(start, end, title)

    def _candidates(self) -> None:
        """Names behind an office, or an office and its place, and those with an age behind them."""
        for start, end in name_candidates.in_charge(self.text, self._titles, self._lexicon):
            start, end = self._trimmed(start, end)
            if (
                start < end
                and self._sure.free(start, end)
                and not self._last_of_no_person(self.text[start:end].split()[-1])
            ):
                self._add(start, end)
        for start, end in name_candidates.aged(self.view, self._lexicon, self._words):
            title = self._title_in(start, end)
            start = self._skip_space(title.end, end) if title else start
            named = self._plausible(start, end) and name_patterns.full_name(self.text[start:end])
            if named and self._sure.free(start, end):
                self._add(start, end, title)
        for start, end in name_candidates.behind_office(self.view, self._lexicon, self._words):
            start, end = self._trimmed(start, end)
            named = self._plausible(start, end) and name_patterns.full_name(self.text[start:end])
            if named and self._known.free(start, end) and not self._last_of_no_person(self.text[start:end].split()[-1]):
                self._add(start, end)

    def _name_end(self, start: int, title: Title) -> int:
        """Where the name that starts here, after a title, ends; ``start`` if none does."""
        match = name_patterns.NAME.match(self.text, start)
        if not match:
            return start
        end = start
        for word in re.finditer(r"\S+", match[0]):
            proper = self.view.tags[self.view.token_at(start + word.start())] in name_candidates.PROPER
            certain = title.kind in ("military", "honorific") and end == start
            bare = word[0].strip(",.'\"“”‘’")
            if not (proper or certain) or self._ends_names(bare) or (end == start and self._acronym(bare, title)):
                break
            end = start + word.end()
        end = self._trimmed(start, end)[1]
        return end if end - start > 1 and self._plausible(start, end) else start

    def _ends_names(self, word: str) -> bool:
        """Whether no name holds the word: "Commanding-in-Chief" is none, "An-su" is half of one."""
        first = word.lower().split("-", 1)[0]
        return word.lower() in self._words.not_names or (len(first) > _ACRONYM and first in self._words.not_names)

    def _acronym(self, word: str, title: Title) -> bool:
        """Whether capitals after a title not in capitals are an acronym, no surname: "Commander CTF 150"."""
        return word.isupper() and 1 < len(word) < _ACRONYM and not self.text[title.start : title.end].isupper()

    def _turns(self) -> None:
        """Speakers of a transcript in capitals at the start of two lines or more: "HALVERSEN: No."."""
        turns = list(name_patterns.TURN.finditer(self.text))
        often = Counter(match["name"] for match in turns)
        for match in turns:
            words = {word.strip(".").lower() for word in match["name"].split()}
            if often[match["name"]] > 1 and not words & self._words.not_names and self._known.free(*match.span("name")):
                self._add(*match.span("name"))

    def _again(self) -> None:
        """Full names where the base model missed them, though it has them elsewhere in the text."""
        full = {person.written for person in self._found if name_patterns.full_name(person.written)}
        full = {name for name in full if " " in name}
        if full:
            pattern = "|".join(re.escape(name) for name in sorted(full, key=len, reverse=True))
            for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", self.text):
                if self._taken.free(*match.span()) and self._known.free(*match.span()):
                    self._add(*match.span())

    def _surnames(self) -> None:
        """The bare surname of someone named in full, where the base model missed or mistook it."""
        known = self._known_surnames()
        if not known:
            return
        view = self.view
        lower = {word for word in view.words if word.islower()}
        for i, word in enumerate(view.words):
            # The tagger takes surnames that look like other words for these: "Trump shot back", "Skelly called".
            if word not in known or not (view.tags[i].startswith("NNP") or word.lower() not in lower):
                continue
            start, end = view.starts[i], view.ends[i]
            particles = name_patterns.PARTICLES_BEFORE.search(self.text, max(0, start - 12), start)
            if particles:
                self._add(particles.start(), end)
            elif self._known.free(start, end) and not self._in_longer_name(i):
                self._add(start, end)

    def _known_surnames(self) -> set[str]:
        known: set[str] = set()
        for person in self._found:
            words = [word for word in person.written.split() if fold(word) not in SUFFIXES]
            if words and words[-1] in self._lexicon.entries:
                continue
            if len(words) > 1 and len(keys_of(person.written)) > 1:
                family_first = "-" in words[-1] and len(words) == 2 and not ARTICLE.match(words[-1])
                surname = ARTICLE.sub("", words[0] if family_first else words[-1])
                if len(surname) > 2 and surname[0].isupper() and surname.isalpha():
                    known.update({surname, surname.upper(), fold(surname).capitalize()})
        return known

    def _in_longer_name(self, i: int) -> bool:
        """Whether a capitalised word stands right before or after token ``i``, and is no title."""
        view = self.view
        for other, gap in ((i - 1, i), (i + 1, i + 1)):
            if not 0 <= other < len(view) or view.starts[gap] - view.ends[gap - 1] > 1:
                continue
            named = view.words[other][0].isupper() and view.tags[other].startswith("NNP")
            if named and not (other < i and self._title_before(view.starts[i])):
                return True
        return False

    def _title_before(self, start: int) -> Title | None:
        """The title that ends right before this character."""
        at = bisect_right(self._ends, start) - 1
        if at >= 0 and start - self._ends[at] <= 2 and not self.text[self._ends[at] : start].strip():
            return self._titles[at]
        return None

    def _add(self, start: int, end: int, title: Title | None = None, confidence: Confidence = "medium") -> None:
        """A person whose bare name is at these characters; it goes on where nickname, particle or suffix follow."""
        while more := name_patterns.MORE.match(self.text, end):
            end = more.end()
        title = title or self._title_before(start)
        if title and title.kind == "military" and self._is_ship(title):
            self.ships.append((title.start, end))
            return
        first = self._clipped(title) if title else start
        if self._taken.take(first, end):
            words = title.words if title else ()
            self._found.append(Person((first, end), (start, end), self.text[start:end], words, confidence))

    def _is_ship(self, title: Title) -> bool:
        """Whether the rank begins a ship's name: "the carrier Admiral Nelson"."""
        before = self.text[max(0, title.start - 14) : title.start].split()
        return bool(before) and before[-1] in self._words.ships

    def _clipped(self, title: Title) -> int:
        """Where the title's part of the mention begins: after a service's mention in it ("Air Force Gen.")."""
        first = title.start
        at = max(0, bisect_left(self._other_starts, title.start) - 1)
        for other in self._others[at : at + 8]:
            own = title.kind != "military" and title.start <= other.start
            if first < other.end <= title.proper and not own:
                first = self._skip_space(other.end, title.proper)
        return first

    def _guess(self, mention: Mention) -> bool:
        """Whether only the base model says what this is: it takes names of persons for bodies and places."""
        if mention.type not in ("ORG", "PLACE", "NATION", "EVENT") or mention.name in self._lexicon.entries:
            return False
        return mention.confidence != "high" or self._rank_in(mention)

    def _rank_in(self, mention: Mention) -> bool:
        """Whether a rank stands inside the mention, with a name after it: "JCS Chairman Gen. Park"."""
        for title in self._titles[bisect_right(self._ends, mention.start) :]:
            if title.end >= mention.end:
                return False
            if title.rank < title.end and title.rank >= mention.start and title.kind == "military":
                return True
        return False

    def _plausible(self, start: int, end: int) -> bool:
        """Whether a person can be called by these words; a word alone must not be a verb or the like."""
        if start >= end or not name_patterns.plausible(self.text[start:end], self._words.not_names):
            return False
        first = self.view.token_at(start)
        return self.view.ends[first] < end or self.view.tags[first] not in _NO_NAMES

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        start, end = name_patterns.trimmed(self.text, start, end, self._words.function)
        head, space, letters = self.text[start:end].rpartition(" ")
        return start, start + len(head.rstrip(" ,")) if space and letters in self._words.after_names else end

    def _skip_space(self, start: int, limit: int | None = None) -> int:
        """The next character that is no white space; at most two on, or at ``limit``."""
        limit = min(start + 2 if limit is None else limit, len(self.text))
        while start < limit and self.text[start].isspace():
            start += 1
        return start
