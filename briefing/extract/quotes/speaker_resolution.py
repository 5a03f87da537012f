"""Resolve the phrase that names a speaker: name, pronoun, office, document, body or description."""

import re
from typing import Final, NamedTuple

from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.lexicon.reporting_verbs import Reporting
from briefing.extract.nlp.token_columns import View
from briefing.extract.quotes.confidence import ORDER
from briefing.extract.quotes.coreference import People
from briefing.extract.quotes.cues import Said
from briefing.extract.quotes.issuers import Issuers
from briefing.extract.quotes.noun_phrases import Phrases
from briefing.extract.quotes.quotation_marks import Run
from briefing.extract.quotes.verb_subjects import Subjects
from briefing.model.base import Confidence
from briefing.model.facts import Mention, SpeakerKind

_PRONOUN_TAGS: Final = frozenset(("PRP", "WP", "WDT", "PRP$", "WP$"))
_OF_PHRASE: Final = frozenset(("IN", "DT", "NN", "NNS", "NNP", "NNPS", "JJ", "CD", "POS", "PRP$", "HYPH"))
_OWNER: Final = re.compile(r"['’]s$")
_LONGEST: Final = 12
"""Tokens between a noun and the name in apposition to it."""
_DEFINITE: Final = frozenset(("the", "this", "that", "these", "those"))
_CALLED: Final = frozenset(("called", "named"))
_STOPS: Final = frozenset((".", ";", ":", "?", "!", "said", "says", "told"))
_LINKS: Final = frozenset(("of", "for", "to", "at", "in", "on", "and", "&", "the", "-"))
_ALONE: Final = frozenset(("one", "another"))
_OTHERS: Final = frozenset(("latter", "former"))
_FAR: Final = 60
_NAMED: Final = frozenset(("PERSON", "ORG", "NATION", "PLACE"))


class Voice(NamedTuple):
    """A resolved speaker: the canonical name, and the characters of the phrase that names them here."""

    name: str | None
    kind: SpeakerKind | None
    start: int | None
    end: int | None
    cue: int | None
    """Token of the reporting word."""
    confidence: Confidence
    rule: str = ""
    """Name of the rule that found the phrase."""
    how: str = ""
    """How the phrase was resolved: name, pronoun, office, document, issuer, description."""
    relay: str | None = None
    """Who passed the words on."""

    def less_sure(self, confidence: Confidence) -> "Voice":
        """The voice with a confidence of at most ``confidence``."""
        return self if ORDER.index(self.confidence) >= ORDER.index(confidence) else self._replace(confidence=confidence)


class Voices:
    """Resolves the speakers of one document."""

    def __init__(self, view: View, mentions: Mentions, words: Reporting, people: People, subjects: Subjects) -> None:
        self.view, self.mentions, self.words, self.people = view, mentions, words, people
        self.subjects = subjects
        self.phrases = Phrases(view, mentions)
        self.lists = mentions.lexicon.lists.speakers
        self.issuers = Issuers(view, mentions, words, subjects, subjects.lower)
        self.last: Voice | None = None
        """The speaker before."""

    def of(self, said: Said, run: Run | None = None, *, remember: bool = True) -> Voice:
        """Resolve the speaker that a cue names.

        Args:
            said: The cue.
            run: The run that is spoken, for people seldom name themselves; None for none.
            remember: Whether later pronouns may mean this speaker.
        """
        voice = self._resolved(said, run, remember=remember)
        voice = voice._replace(rule=said.rule)
        if said.relay is None:
            return voice
        relay = self._resolved(said._replace(source=said.relay, relay=None), run, remember=False)
        return voice._replace(relay=relay.name if relay.name != voice.name else None)

    def _resolved(self, said: Said, run: Run | None, *, remember: bool) -> Voice:
        token = said.source
        if self.view.tags[token] in _PRONOUN_TAGS:
            voice = self._meant(said, run)
        else:
            mention = self.mentions.mention_at(token)
            if mention is not None and mention.type in _NAMED and self.view.words[token].lower() not in _ALONE:
                voice = self._mentioned(said, mention)
            else:
                voice = self._described(said)
        if voice.name and voice.kind and remember:
            named = self.view.tags[token] in _PRONOUN_TAGS or token in self.mentions.at
            thing = voice.kind == "person" and not named and self.view.words[token].lower() not in self.words.people
            self.people.spoke(token, voice.name, "document" if thing else voice.kind, named=named)
            self.last = voice
        return voice

    def _meant(self, said: Said, run: Run | None) -> Voice:
        """Whom a pronoun means; of a document it is its issuer, where the text names one."""
        token = said.source
        name, kind = self.people.stands_for(token, run)
        noun = self.people.written.last(token, name) if kind == "document" and name else None
        if noun is not None:
            issuer = self._document(said._replace(source=noun), self.phrases.start(noun), definite=True)
            name, kind = issuer.name, issuer.kind
        return self._voice(said, name, kind, token, token, "pronoun").less_sure("medium")

    def _voice(
        self, said: Said, name: str | None, kind: SpeakerKind | None, first: int, last: int, how: str = "description"
    ) -> Voice:
        view = self.view
        return Voice(name, kind, view.starts[first], view.ends[last], said.cue, said.confidence, how=how)

    def _mentioned(self, said: Said, mention: Mention) -> Voice:
        if mention.type == "NATION" and self.view.tags[said.source] == "NNPS":
            return Voice(str(mention.text), "person", mention.start, mention.end, said.cue, said.confidence, how="name")
        if mention.type != "PERSON" and (name := self.people.surnamed(mention.text)):
            return Voice(name, "person", mention.start, mention.end, said.cue, said.confidence, how="name")
        officer = mention.type == "ORG" and self.view.words[said.source].lower() in self.words.people
        if officer and (called := self._apposed(said.source)):  # "The State Police Command Relations Officer, Ann Lee"
            return Voice(called, "person", mention.start, mention.end, said.cue, said.confidence, how="apposition")
        name = _OWNER.sub("", mention.name)
        if mention.type == "ORG" and name.lower() in self.words.bodies:  # "the Ministry"
            name = self.people.body(name.lower(), said.source) or name
        kind: SpeakerKind = "person" if mention.type == "PERSON" else "organisation"
        return Voice(name, kind, mention.start, mention.end, said.cue, said.confidence, how="name")

    def _described(self, said: Said) -> Voice:
        head, view = said.source, self.view
        first = self.phrases.start(head)
        word = view.words[head].lower()
        if word in _ALONE and (apposed := self.phrases.behind(head, self.words.people)) is not None:
            return self._described(said._replace(source=apposed))
        if (institution := self.mentions.institution_at(head)) is not None:
            return self._voice(said, str(institution.name), "organisation", first, head, "institution")
        if word in self.words.sayings:
            return self._voice(said, None, None, first, head)
        if (called := self._apposed(head) or self._titled(head) or self._pseudonym(head)) is not None:
            return self._voice(said, called, "person", first, head, "apposition")
        if word in _OTHERS and (other := self._one_of_two(head, word)) is not None:
            return self._resolved(said._replace(source=other), None, remember=False)
        definite = view.words[first].lower() in _DEFINITE
        if word in self.words.documents:
            return self._document(said, first, definite=definite)
        if word in self.words.people:
            name, known = self.people.unnamed(head)
            voice = self._voice(said, name, "person", first, head, "office" if known else "description")
            return voice.less_sure("medium") if known else voice
        if view.tags[head].startswith("NNP"):
            return self._voice(said, self._proper(first, head), "person", first, head, "name").less_sure("medium")
        body_noun = word in self.words.bodies or word in self.lists.any_body
        if body_noun and definite and (body := self.people.body(word, head)):
            return self._voice(said, body, "organisation", first, head, "office").less_sure("medium")
        kind: SpeakerKind = "organisation" if body_noun else "person"
        return self._voice(said, self.phrases.description(head), kind, first, head)

    def _proper(self, first: int, head: int) -> str:
        """A name that is no mention: "test pilot Ines Garrido" is Ines Garrido."""
        start = head
        while start > first and self.view.tags[start - 1] in ("NNP", "NNPS", "HYPH"):
            start -= 1
        while start < head and not self.view.words[start][0].isalnum():  # a dash with the mark before it
            start += 1
        return self.view.text[self.view.starts[start] : self.view.ends[head]]

    def _apposed(self, head: int) -> str | None:
        """Read "The commander, Ann Lee, said", "the nominee Ann Lee", "its author, an account called Skylark"."""
        view, i, past = self.view, head + 1, False
        while i < min(head + _LONGEST, len(view) - 1):  # "one of the pilots, Ann Lee, said"
            if not past and (view.words[i] == "," or i == head + 1):
                mention = self.mentions.mention_at(i + (view.words[i] == ","))
                if mention is not None and mention.type == "PERSON":
                    return str(mention.name)
            if view.words[i] in _CALLED and view.tags[i + 1].startswith("NNP"):
                mention = self.mentions.mention_at(i + 1)
                return view.words[i + 1] if mention is None else str(mention.name)
            past = past or view.words[i] == ","
            if view.tags[i] not in _OF_PHRASE and view.words[i] != ",":
                break
            i += 1
        return None

    def _titled(self, head: int) -> str | None:
        """Read "Program Manager for Medical Systems Col. Ann Lee": the name that the capitalised words lead up to."""
        view = self.view
        if not view.words[head][0].isupper():
            return None
        for i in range(head + 1, min(head + _LONGEST, len(view))):
            mention = self.mentions.mention_at(i)
            if mention is not None and mention.type == "PERSON":
                return str(mention.name)
            small = view.words[i].lower() in _LINKS
            if not small and not view.words[i][0].isupper() and not view.words[i][0].isdigit():
                return None
        return None

    def _pseudonym(self, head: int) -> str | None:
        """Read "a protester using the pseudonym Kestrel", "a man calling himself Paul", "the chief known as Bob"."""
        view = self.view
        for i in range(head + 1, min(head + _LONGEST, len(view) - 1)):
            word = view.words[i].lower()
            if word in _STOPS:
                return None
            named = (
                word in self.lists.pseudonyms
                or (word == "called" and view.words[i - 1] == "be")
                or (word == "as" and {"name", "known"} & {w.lower() for w in view.words[head:i]})
            )
            if named and view.words[i + 1][0].isupper() and view.words[i + 1][0].isalpha():
                mention = self.mentions.mention_at(i + 1)
                if mention is not None:
                    return str(mention.name)
                end = i + 1
                while end + 1 < len(view) and view.tags[end + 1] in ("NNP", "NNPS"):
                    end += 1
                return view.text[view.starts[i + 1] : view.ends[end]]
        return None

    def _one_of_two(self, head: int, word: str) -> int | None:
        """Resolve "the latter": the second of the last two names joined by "and"."""
        floor = max(0, head - _FAR)
        for i in range(head - 1, floor, -1):
            if self.view.words[i] == "and":
                second = self.phrases.after(i + 1, head)
                if second is not None and self.subjects.is_someone(second):
                    return second if word == "latter" else i - 1
        return None

    def _document(self, said: Said, first: int, *, definite: bool) -> Voice:
        """A text that speaks: its issuer where one is known, else the document itself."""
        head = said.source
        word = self.view.words[head].lower()
        name = self.phrases.description(head)
        span = self.view.starts[first], self.view.ends[head]
        for source in self.issuers.candidates(head, first):
            issuer = self._resolved(said._replace(source=source), None, remember=False)
            if issuer.name:
                return issuer._replace(start=span[0], end=span[1], how="issuer").less_sure("medium")
        if word in self.words.issued:
            for i in range(first, head):
                mention = self.mentions.mention_at(i)
                if mention is not None and mention.type == "ORG" and self.view.tags[i + 1] != "POS":
                    return self._voice(said, str(mention.name), "organisation", first, head, "issuer").less_sure(
                        "medium"
                    )
        if definite and word in self.words.issued and word not in self.words.plain:
            poster = self.issuers.poster(head)
            if poster is not None:
                issuer = self._resolved(said._replace(source=poster), None, remember=False)
                return issuer._replace(start=span[0], end=span[1], how="issuer").less_sure("medium")
        if definite and word in self.words.authored and (earlier := self.issuers.earlier(head)) is not None:
            issuer = self._resolved(said._replace(source=earlier), None, remember=False)
            if issuer.name:
                return issuer._replace(start=span[0], end=span[1], how="issuer").less_sure("medium")
        own = word in self.view.text[: self.view.text.find("\n") + 1].lower()  # the text itself is the document
        if (
            definite
            and not own
            and word in self.words.plain
            and (voice := self._known_document(said, first)) is not None
        ):
            return voice
        return self._voice(said, name, "document", first, head, "document")

    def _known_document(self, said: Said, first: int) -> Voice | None:
        """Resolve "the statement": the document that spoke last, or the body that acted last."""
        head, last = said.source, self.last
        if last is not None and last.kind in ("organisation", "document") and last.name:
            since = self.view.token_at(last.end or 0) + 1
            if (name := self.people.reporting_body(since, head)) is not None:
                return self._voice(said, name, "organisation", first, head, "issuer").less_sure("medium")
            return self._voice(said, last.name, last.kind, first, head, "issuer").less_sure("medium")
        body = self.people.acting_body(head)
        return self._voice(said, body, "organisation", first, head, "issuer").less_sure("low") if body else None
