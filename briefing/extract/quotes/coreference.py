"""Resolve pronouns and offices to speakers: "he said", "the senator added", "it went on".

Everyone named in the text is a candidate; gender excludes, and place decides: who was the subject of the last sentence,
who spoke last, who was named last outside quoted words.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from typing import Final

from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.lexicon.reporting_verbs import Reporting
from briefing.extract.lexicon.titles import Titles
from briefing.extract.nlp.token_columns import View
from briefing.extract.quotes.genders import genders_of
from briefing.extract.quotes.noun_phrases import Phrases
from briefing.extract.quotes.offices import Offices
from briefing.extract.quotes.places import MOST, Place, last_places, line_numbers, names_with
from briefing.extract.quotes.quotation_marks import Run
from briefing.extract.quotes.relatives import Relatives
from briefing.extract.quotes.written import Written
from briefing.model.facts import SpeakerKind

_GENDER: Final = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
_DEFINITE: Final = frozenset(("the", "this", "that", "these", "those"))
_NEW: Final = frozenset(("a", "an", "one", "another", "my", "our", "your", "his", "her", "their"))
"""What begins a phrase for someone the text has not named."""
_SUBJECTS: Final = frozenset(("nsubj", "nsubjpass"))
_MAIN: Final = frozenset(("ROOT", "conj", "parataxis"))
_EMBEDDED: Final = frozenset(("ccomp", "relcl", "advcl", "acl"))
_MODIFIERS: Final = frozenset(("compound", "nmod", "amod", "poss", "pobj"))
_SOON: Final = 80
"""Tokens after a phrase such as "the admiral" in which its bearer may be named first."""
_SPEAKERS: Final = 4
_RECENT: Final = 3
"""Sentences in which a body must have done something to be who issued "the statement"."""
_HOLDERS: Final = 300
"""Names before a phrase such as "the governor" among which its bearer is looked for."""

# What a place is worth, in sentences of distance. Set by hand; checked on the quote benchmark.
_MAIN_SUBJECT: Final = 2.0
_SUBJECT: Final = 0.75
_AGENT: Final = 1.0
_SPOKE: Final = 2.6
_PRONOUN: Final = 1.5
_UNNAMED: Final = -1.0
_QUOTED: Final = -3.0
_OWNER: Final = -1.0
_SURE: Final = 0.8
_OFTEN: Final = 0.05
_PARAGRAPH: Final = 0.5
_NAMED_WITH: Final = -3.0
_OWN_CLAUSE: Final = 1.0
"""The subject of the sentence the pronoun stands in: "Smith condemned what he called …"."""
_REPORTS: Final = 0.6
"""The subject of a verb that judges or reports without a quotation: "Smith condemned the strike"."""


class People:
    """Candidates for coreference in one document. ``level`` has for each token the quoted run that holds it, or -1."""

    def __init__(self, view: View, mentions: Mentions, words: Reporting, level: list[int], titles: Titles) -> None:
        self.view, self.mentions, self.words, self.level = view, mentions, words, level
        self.phrases = Phrases(view, mentions)
        self._relatives = Relatives(view, mentions)
        self.beats: list[int] = []
        beat = -1
        for first, last in view.sentences:
            beat += level[first] < 0 or beat < 0
            self.beats.extend([beat] * (last - first))
        self.paragraphs = line_numbers(view)
        self._nations = {str(mention.name) for mention in mentions.all if mention.type == "NATION"}
        self.people: list[Place] = []
        self.bodies: list[Place] = []
        full = {str(mention.name) for mention in mentions.all if mention.type == "PERSON" and " " in mention.name}
        self._surnames = {name.split()[-1]: name for name in full}
        self._collect()
        self.bodies += [
            Place(b - 1, str(m.name), self._worth(b - 1), self.beats[b - 1])
            for m, (_, b) in zip(mentions.institutions, mentions.institution_spans, strict=True)
        ]
        self.bodies.sort(key=lambda place: place.token)
        self.bodies = sorted([*self.bodies, *self._common_bodies()], key=lambda place: place.token)
        self.genders = genders_of(view, mentions, words)
        self._called: dict[str, str] = {}
        """Gender of the pronouns that meant somebody, by name."""
        self._said: list[tuple[Place, SpeakerKind]] = []
        """Who spoke, in order, and what kind of speaker: for a thing that is no person, a document."""
        self._meant: list[Place] = []
        """Whom subject pronouns outside quotations mean, in order."""
        self._pointed: list[Place] = []
        """Documents that "it" means outside quotations, in order."""
        self._next = 0
        self._offices = Offices(view, mentions, words, titles)
        self.written = Written(view, mentions, words, level, self._worth, self.beats)

    def _collect(self) -> None:
        """The places of the people and bodies that are mentioned."""
        for n, mention in enumerate(self.mentions.all):
            if mention.type == "PERSON":
                self.people.append(self._place(n, mention.name))
            elif mention.type in ("ORG", "PLACE") and (name := self.surnamed(mention.text)):
                self.people.append(self._place(n, name))
            elif (
                mention.type == "ORG"
                or (mention.type == "NATION" and self._is_noun(n))
                or (mention.type == "PLACE" and self._speaks(n))
            ):
                self.bodies.append(self._place(n, mention.name))

    def _is_noun(self, n: int) -> bool:
        return self.view.deps[self.mentions.spans[n][1] - 1] not in ("amod", "compound", "nmod")

    def _speaks(self, n: int) -> bool:
        """Whether a mention is the subject of a verb of speaking."""
        head = self.mentions.spans[n][1] - 1
        verb = self.view.words[self.view.heads[head]].lower()
        return self.view.deps[head] == "nsubj" and verb in self.words.core

    def _common_bodies(self) -> Iterator[Place]:
        """Bodies that are subjects and have no name: "The prosecutor's office opened a case over what it called …"."""
        view, any_body = self.view, self.mentions.lexicon.lists.speakers.any_body
        for i, word in enumerate(view.words):
            if word not in self.words.bodies or word in any_body or self.level[i] >= 0:
                continue
            first = self.phrases.start(i)
            if i in self.mentions.at or view.tags[i] != "NN":
                continue
            owned = "POS" in view.tags[first:i] and first in self.mentions.at
            if not owned and (view.deps[i] not in _SUBJECTS or view.words[first].lower() not in _DEFINITE):
                continue
            if self.mentions.institution_at(i) is None:
                yield Place(i, self.body(word, i) or self.phrases.description(i), self._worth(i), self.beats[i])

    def _place(self, n: int, name: str) -> Place:
        first, last = self.mentions.spans[n]
        view, head = self.view, last - 1
        for i in range(first, last):
            if not first <= view.heads[i] < last:
                head = i
        dep = view.deps[head]
        worth = self._worth(view.heads[head] if dep == "appos" else head)
        if dep not in _MODIFIERS and self.phrases.start(last - 1) <= view.sentences[view.sentence_of[first]][0]:
            worth = max(worth, _MAIN_SUBJECT)
        if worth < _MAIN_SUBJECT and self._leads_verb(last):
            worth = _MAIN_SUBJECT
        worth += _OWNER * (dep == "poss") + _QUOTED * (self.level[first] >= 0)
        return Place(last - 1, str(name), worth, self.beats[first])

    def _leads_verb(self, last: int) -> bool:
        """Whether a main verb without a subject of its own follows: "its spokesman, Ann Lee, accused …"."""
        view = self.view
        last += last < len(view) and view.words[last] == ","
        if last >= len(view) or view.tags[last] not in ("VBD", "VBZ") or view.deps[last] not in _MAIN:
            return False
        own = [child for child in view.children[last] if view.deps[child] in _SUBJECTS]
        # "A councillor of the district, Ann Lee, said": the name is in apposition to the subject.
        return all(view.words[child].lower() in self.words.people and child not in self.mentions.at for child in own)

    def _worth(self, head: int) -> float:
        """Weight of a subject: more for that of a main clause, or of a verb of speaking."""
        view = self.view
        dep, verb = view.deps[head], view.heads[head]
        if verb == head and view.tags[head].startswith("NN"):
            return _MAIN_SUBJECT  # "A clerk of the port, Ann Lee, reported by radio", read as no sentence
        if dep not in _SUBJECTS:
            return _AGENT if dep == "pobj" and view.deps[verb] == "agent" else 0.0
        word = view.words[verb].lower()
        speaks = word in self.words.core and view.deps[verb] not in _EMBEDDED
        if not speaks and view.deps[verb] not in _MAIN:
            return _SUBJECT
        return _MAIN_SUBJECT + _REPORTS * (speaks or word in self.words.naming)

    def spoke(self, token: int, name: str, kind: SpeakerKind, *, named: bool) -> None:
        """Note a speaker, as a candidate for what follows.

        Args:
            token: Token of the phrase that names the speaker.
            name: Canonical name of the speaker, or a description.
            kind: Kind of the speaker.
            named: Whether it is a name and no description.
        """
        worth = _SPOKE + (0.0 if named else _UNNAMED)
        self._said.append((Place(token, name, worth, self.beats[token]), kind))

    def stands_for(self, token: int, run: Run | None = None) -> tuple[str | None, SpeakerKind | None]:
        """Name and kind of whom a pronoun stands for; both null for "I" and the like.

        Args:
            token: Token of the pronoun.
            run: The run that it is the speaker of: who is named in it is hardly its speaker. None for none.
        """
        word = self.view.words[token].lower()
        if word in _GENDER:
            self._read_to(token)
            return self._best(token, self.people, _GENDER[word], run), "person"
        if word in ("it", "its"):
            self._read_to(token)
            name = self._best(token, self._things(token), "", run)
            document = any(place.name == name and kind == "document" for place, kind in self._said[-_SPEAKERS:])
            document = document or (name is not None and self.written.last(token, name) is not None)
            return name, "document" if document else "organisation"
        return self._several() if word in ("they", "their", "them") else (None, None)

    def acting_body(self, token: int) -> str | None:
        """The organisation that "it" would mean at this token, if it was the subject of a sentence near by."""
        near = self.beats[token] - _RECENT
        acting = [place for place in self.bodies if place.beat >= near and self._issues(place)]
        return self._best(token, acting, "", None) if acting else None

    def reporting_body(self, since: int, token: int) -> str | None:
        """The last organisation that reported something in a main clause between two tokens; None without one.

        Args:
            since: The first token that is looked at.
            token: The token after the last.
        """
        for place in reversed(self._before(self.bodies, token)):
            if place.token < since:
                break
            if place.worth >= _MAIN_SUBJECT + _REPORTS:
                return place.name
        return None

    def _issues(self, place: Place) -> bool:
        """Whether a body acts in a main clause, a nation in one that reports."""
        return place.worth >= _MAIN_SUBJECT + _REPORTS * (place.name in self._nations)

    def _several(self) -> tuple[str | None, SpeakerKind | None]:
        """Resolve "they": the last speaker that is a body or several people."""
        for place, kind in reversed(self._said[-_SPEAKERS:]):
            if kind == "organisation" or self.view.tags[place.token] in ("NNS", "NNPS"):
                return place.name, kind
        return None, None

    def _read_to(self, token: int) -> None:
        """Settle the subject pronouns outside quotations up to this token: each is a place of its own."""
        view = self.view
        while self._next < token:
            i = self._next
            self._next += 1
            if view.deps[i] not in _SUBJECTS or self.level[i] >= 0:
                continue
            if view.tags[i] == "PRP":
                self._read_pronoun(i)
            elif self._is_somebody(i):
                self._read_unnamed(i)

    def _read_pronoun(self, i: int) -> None:
        """A subject pronoun: a place of whom it means; "it" of a document ("It shows a tank") points to that."""
        gender = _GENDER.get(self.view.words[i].lower())
        if gender and (name := self._best(i, self.people, gender, None)):
            self._meant.append(Place(i, name, _PRONOUN, self.beats[i]))
            self._called.setdefault(name, gender)
        elif self.view.words[i].lower() == "it" and self.view.tags[self.view.heads[i]] in ("VBZ", "VBD"):
            name = self._best(i, self._things(i), "", None)
            if name and self.written.last(i, name) is not None:
                self._pointed.append(Place(i, name, _PRONOUN, self.beats[i]))

    def _things(self, token: int) -> list[Place]:
        """What "it" may stand for at a token: bodies and documents, in order."""
        near = (last_places(places, token) for places in (self.bodies, self.written.places, self._pointed))
        return sorted((place for places in near for place in places), key=lambda place: place.token)

    def _is_somebody(self, i: int) -> bool:
        """Whether a token is a common noun for a person, or the "one" of "one of its authors"."""
        view = self.view
        if view.tags[i] == "NN" and i not in self.mentions.at and view.words[i] in self.words.people:
            return True
        follows = view.words[i].lower() == "one" and view.words[i + 1 : i + 2] == ["of"]
        return follows and (
            view.tags[i + 2 : i + 3] != ["PRP"] or self.phrases.behind(i, self.words.people) is not None
        )

    def _read_unnamed(self, i: int) -> None:
        """A subject such as "the admiral": a place of whoever is meant, or of an unnamed speaker."""
        worth = self._worth(i)
        if worth < (_SUBJECT if self._relatives.is_relative(i) else _MAIN_SUBJECT):
            return
        noun = i if self.view.tags[i].startswith("NN") else self.phrases.behind(i, self.words.people)
        name, known = self.unnamed(i if noun is None else noun)
        first = self.phrases.start(i)
        new = self.view.words[first].lower() in _NEW or "POS" in self.view.tags[first:i]
        if known or new or self.view.words[self.view.heads[i]].lower() in self.words.core:
            self._meant.append(Place(i, name, worth + (0.0 if known else _UNNAMED), self.beats[i]))

    def _best(self, token: int, pool: list[Place], gender: str, run: Run | None) -> str | None:
        beat = self.beats[token]
        said = names_with(self.view, token, run, pool)
        home = self.paragraphs[token]
        sentence = self.view.sentences[self.view.sentence_of[token]][0]
        places = last_places(pool, token)
        counts = Counter(place.name for place in places)
        places += last_places(self._meant, token) if gender else []
        spoke = self._said[-_SPEAKERS:]
        places += [place for place, kind in spoke if self._goes_with(place, kind, gender) and place.token < token]
        scores: dict[str, float] = {}
        for place in places:
            name = place.name
            if self._may_be(name, gender):
                score = place.worth + place.beat - beat + _SURE * bool(self.genders.get(name))
                score += _PARAGRAPH * (self.paragraphs[place.token] == home)
                score += _OWN_CLAUSE * (place.worth >= _MAIN_SUBJECT and place.token >= sentence)
                scores[name] = max(scores.get(name, score), score)
        if not scores:
            return None
        return max(scores, key=lambda n: scores[n] + _OFTEN * min(counts[n], 5) + _NAMED_WITH * (n in said))

    def _goes_with(self, place: Place, kind: SpeakerKind, gender: str) -> bool:
        """Whether a speaker may be meant by "he" or "she", or by "it" where there is no gender."""
        several = bool(gender) and self.view.tags[place.token] in ("NNS", "NNPS")
        return (kind == "person") == bool(gender) and not several

    def _may_be(self, name: str, gender: str) -> bool:
        return not gender or (self.genders.get(name) or self._called.get(name, gender)) == gender

    def unnamed(self, head: int) -> tuple[str, bool]:
        """Resolve a noun phrase such as "the Ohio governor" or "a staff officer": who is meant, and if that is a name.

        With an article that points back it is whoever holds the office, or an unnamed speaker of that kind.
        """
        description = self.phrases.description(head)
        noun = self.view.words[head].lower()
        gender = "m" if noun in self.words.men else "f" if noun in self.words.women else ""
        self.genders.setdefault(description, gender)
        first = self.phrases.start(head)
        if (owned := self._relative(head, description)) is not None:
            self.genders.setdefault(owned, gender)
            return owned, False
        if self.view.words[first].lower() not in _DEFINITE:
            return description, False
        name = self._holder(noun, {self.view.words[i].lower() for i in range(first, head)}, head)
        if name is None:
            for place, kind in reversed(self._said[-_SPEAKERS:]):
                if kind == "person" and place.name.split()[-1] == noun:
                    return place.name, False
        return (description, False) if name is None else (name, True)

    def _relative(self, head: int, description: str) -> str | None:
        """Read "his mother", "the sergeant's wife": the owner's name and the relative; None where no owner has one."""
        owner = self._relatives.owner(head)
        if owner is None:
            return None
        mention = self.mentions.mention_at(owner)
        if mention is not None and mention.type == "PERSON":
            name, known = str(mention.name), True
        elif self.view.tags[owner] == "PRP$":
            meant = self.stands_for(owner)[0]
            name, known = meant or "", meant is not None
        else:
            name, known = self.unnamed(owner)
        end = self.view.ends[owner] + (self.view.tags[owner + 1] == "POS") * 2
        rest = description if self.view.tags[owner] == "PRP$" else self.view.text[end : self.view.ends[head]].strip()
        return f"{name}'s {rest}" if known else None

    def _holder(self, noun: str, modifiers: set[str], token: int) -> str | None:
        """The holder of an office: of those named before this token the best fit, else the one soon after it."""
        offices = self._offices
        best = -1
        found: str | None = None
        for person in reversed(self._before(self.people, token)):
            held = offices.of(person.name)
            if noun in held and len(modifiers & held) > best:
                best, found = len(modifiers & held), person.name
        if found is None:
            at = bisect_left(self.people, token, key=lambda place: place.token)
            near = [place for place in self.people[at : at + MOST] if place.token < token + _SOON]
            after = {place.name for place in near if noun in offices.of(place.name)}
            found = after.pop() if len(after) == 1 else None
        return found

    def _before(self, places: list[Place], token: int) -> list[Place]:
        end = bisect_left(places, token, key=lambda place: place.token)
        return places[max(0, end - _HOLDERS) : end]

    def surnamed(self, surname: str) -> str | None:
        """The person of the text with this surname: "Lyons" may pass for a town, "Sanders" for a firm."""
        return self._surnames.get(surname)

    def body(self, noun: str, token: int) -> str | None:
        """The last organisation named before a token whose name has the noun ("the commission"); None without one.

        "The company" may have any name.

        Args:
            noun: The noun, in lower case.
            token: The token.
        """
        for body in reversed(self._before(self.bodies, token)):
            words = body.name.lower().split()
            if noun in words and len(words) > 1:
                return body.name
        return None if noun not in self.mentions.lexicon.lists.speakers.any_body else self.acting_body(token)
