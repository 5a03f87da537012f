"""Who is said to speak: the reporting word beside a quoted run, and the phrase that is its subject.

Verbs, nouns of speaking and "according to" are looked for in the part of the run's own sentence that stands before or
after it. Where clauses report one another, the outer verb of speaking wins over an inner verb that only names or
judges: in "Smith said critics call it …" the words are Smith's.
"""

from typing import Final, NamedTuple

from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.lexicon.reporting_verbs import Reporting
from briefing.extract.nlp.token_columns import View
from briefing.extract.quotes.noun_phrases import Phrases
from briefing.extract.quotes.relays import Relays
from briefing.extract.quotes.verb_subjects import Subjects
from briefing.extract.rule import Rule, first_answer
from briefing.model.base import Confidence

DASHES: Final = frozenset(("-", "--", "—", "–", "―", "---"))
_OWNERS: Final = frozenset(("of", "by", "from"))
_TO_THE_RUN: Final = frozenset(
    ("that", ":", ",", "of", "as", "to", "the", "a", "an", "—", "–", "--", "reading", "saying")
)
_STATES: Final = frozenset(
    ("be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "'m", "’s", "’re", "have", "has", "had",
     "having", "do", "does", "did", "get", "gets", "got", "become", "becomes", "became", "seem", "seems", "seemed",
     "need", "needs", "needed", "can", "could", "will", "would", "may", "might", "shall", "should", "must", "let")
)  # fmt: skip
_PAST: Final = ("ed", "said", "says", "told", "wrote", "adds")
_FINITE: Final = frozenset(("VBZ", "VBD", "VBP", "MD"))
_SHORT_TAG: Final = 8
_STEPS: Final = 12
_ASPECT: Final = frozenset(("continue", "continues", "continued", "continuing", "begin", "begins", "began", "remember"))
"""Verbs of speaking that say nothing before "to"."""
_POINTING: Final = frozenset(
    (
        "cite",
        "cites",
        "cited",
        "citing",
        "refer",
        "refers",
        "referred",
        "referring",
        "quote",
        "quoted",
        "invoke",
        "invoked",
    )
)
"""Verbs that point to what somebody said."""
_UTTERANCES: Final = frozenset(
    (
        "sentence",
        "sentences",
        "thought",
        "dream",
        "toast",
        "lesson",
        "verdict",
        "rule",
        "advice",
        "aim",
        "order",
        "orders",
    )
)
"""What one says, where its owner is named and the words follow."""
_NEAR: Final = 6
_WORDING: Final = frozenset(("phrase", "term", "word", "expression", "label", "formula"))


class Said(NamedTuple):
    """Tokens: ``source`` is the head of the phrase that names the speaker, ``cue`` the reporting word."""

    source: int
    cue: int | None
    confidence: Confidence
    core: bool = False
    """The cue is a verb of speaking in the strict sense, or as plain."""
    rule: str = ""
    """Name of the rule that found it."""
    relay: int | None = None
    """Head of the phrase that names who passed the words on."""


class Lead(NamedTuple):
    """What leads up to a run in its sentence: tokens ``first`` to ``last``; the sentence begins at ``floor``.

    Between ``floor`` and ``first`` other runs may stand.
    """

    first: int
    last: int
    floor: int


class Tag(NamedTuple):
    """What follows a run in its sentence: tokens ``first`` to ``last``, the first word at ``start``.

    ``set_off``: a comma, dash, question or exclamation mark parts it from the run, so that "said Smith" may follow.
    ``dash``: a dash that is part of the token with the closing mark goes before.
    """

    first: int
    last: int
    start: int
    set_off: bool
    dash: bool


class CueAttribution:
    """Finds reporting words and who they belong to in one document."""

    def __init__(self, view: View, mentions: Mentions, words: Reporting, level: list[int]) -> None:
        self.view, self.mentions, self.words = view, mentions, words
        self.lower = [word.lower() for word in view.words]
        self.phrases = Phrases(view, mentions)
        self.subjects = Subjects(view, mentions, words, level, self.lower)
        self.relays = Relays(view, mentions, words, self.subjects, self.lower)

    def before(self, first: int, last: int, floor: int | None = None) -> Said | None:
        """Who speaks the run that tokens ``first`` to ``last`` (exclusive) lead up to within its sentence.

        The sentence itself may begin earlier, at ``floor``, with other runs between.
        """
        found = first_answer(BEFORE, self, Lead(first, last, first if floor is None else floor))
        if found is None:
            return None
        said = _by(*found)
        if said.relay is None and said.cue is not None and said.source < said.cue:
            relay = self.relays.beside(said.source, said.cue) or self.relays.leading(first, said.source)
            said = said._replace(relay=relay)
        return said

    def after(self, first: int, last: int, *, tag: bool, dash: bool = False) -> Said | None:
        """Who speaks the run that tokens ``first`` to ``last`` (exclusive) follow within its sentence.

        ``tag``: the run is set off, so that "said Smith" may follow; ``dash``: a dash hangs on the closing mark.
        """
        i = first
        while i < last and (not self.lower[i][0].isalnum() or self.view.tags[i] == "RB"):
            dash = dash or self.lower[i] in DASHES
            i += 1
        if i >= last or self.view.tags[i] in ("WDT", "WP"):
            return None
        found = first_answer(AFTER, self, Tag(first, last, i, tag, dash))
        if found is None:
            return None
        said = _by(*found)
        return (
            said if said.relay is not None else said._replace(relay=self.relays.trailing(said.cue, said.source, last))
        )

    # -- what leads up to a run -----------------------------------------------------------------------------------

    def semicolon(self, lead: Lead) -> Said | None:
        """As in "the plan is dead; Smith said “…”": the clause that the run stands in."""
        first, last, _ = lead
        at = next((i for i in range(last - 1, first - 1, -1) if self.lower[i] == ";"), -1)
        return self.before(at + 1, last) if 0 <= at < last - 1 else None

    def reporting_word(self, lead: Lead) -> Said | None:
        """The nearest reporting word, or the verb of speaking whose clause holds it."""
        first, last, floor = lead
        nearest: Said | None = None
        finite = last < len(self.view) and self._next_tag(last) in _FINITE
        above = self._above(last, first)
        for i in range(last - 1, first - 1, -1):
            said = self._cue_before(i, floor, last)
            if said is None or (finite and self.view.deps[i] == "relcl"):
                continue  # "those who complained “are wrong”": the run says it of them
            if above and i not in above and self._aside(i, above):
                continue  # "tells voters who wonder why … that he “…”"
            if not said.core:
                nearest = nearest or said
            elif nearest is None or (said.source != nearest.source and self._holds(said, nearest)):
                return said
            else:
                break
        return nearest

    def _above(self, last: int, first: int) -> set[int]:
        """The words that the run which begins at token ``last`` hangs on, by the parse: verbs that may govern it."""
        view = self.view
        start = next((i for i in range(last, min(last + _STEPS, len(view))) if view.words[i][0].isalnum()), None)
        if start is None:
            return set()
        found, i = set(), start
        for _ in range(2 * _STEPS):
            above = view.heads[i]
            if above == i:
                break
            if first <= above < last:
                found.add(above)
            i = above
        return found

    def _aside(self, i: int, above: set[int]) -> bool:
        """Whether the verb stands in a relative or adverbial clause that hangs on one of those that govern the run."""
        view = self.view
        for _ in range(_STEPS):
            if view.deps[i] == "relcl":
                return any(j in above and j in self._verbs_above(i) for j in above)
            if view.heads[i] == i or view.deps[i] not in ("xcomp", "conj", "ccomp", "advcl"):
                return False
            i = view.heads[i]
        return False

    def clause_aside(self, i: int) -> bool:
        """Whether the verb's clause is a relative one."""
        for _ in range(_STEPS):
            if self.view.deps[i] == "relcl":
                return True
            if self.view.heads[i] == i or self.view.deps[i] not in ("xcomp", "conj", "ccomp"):
                return False
            i = self.view.heads[i]
        return False

    def _verbs_above(self, i: int) -> set[int]:
        """The reporting verbs that a word hangs on."""
        found = set()
        for _ in range(_STEPS):
            above = self.view.heads[i]
            if above == i:
                break
            i = above
            if self._is_verb(i) and (self.lower[i] in self.words.core or self.lower[i] in self.words.naming):
                found.add(i)
        return found

    def _next_tag(self, i: int) -> str:
        """Tag of the first word of the run that begins at token ``i``."""
        while i + 1 < len(self.view) and not self.lower[i][0].isalnum():
            i += 1
        return self.view.tags[i]

    def label(self, lead: Lead) -> Said | None:
        """As in "Agreed - Ann Lee: …", "Lee: …", "From the report: …": the name that alone stands before the colon."""
        first, last, _ = lead
        if last - first < 2 or self.lower[last - 1] not in (":", *DASHES):
            return None
        head = last - 2
        start = self._names_start(head, first)
        if start is None:
            start = self.phrases.start(head)
            alone = start <= first and self.subjects.may_speak(head)
        else:
            alone = start <= first or self.view.tags[start - 1] == "POS" or self.lower[start - 1] in (*DASHES, "by")
        from_it = start - 1 == first and self.lower[first] == "from"
        return Said(head, None, "high", True) if alone or from_it else None

    def _names_start(self, head: int, first: int) -> int | None:
        """First token of the name, or of two names joined by "and", that ends at ``head``."""
        start = self._name_start(head, first)
        if start is not None and start - 2 >= first and self.lower[start - 1] == "and":
            return self._name_start(start - 2, first) or start
        return start

    def _name_start(self, head: int, first: int) -> int | None:
        number = self.mentions.at.get(head)
        if number is not None and self.mentions.all[number].type in ("PERSON", "ORG"):
            return self.mentions.spans[number][0]
        if self.view.tags[head] not in ("NNP", "NNPS"):
            return None
        start = head
        while start > max(first, head - _STEPS) and self.view.tags[start - 1] in ("NNP", "NNPS"):
            start -= 1
        return start

    def _holds(self, outer: Said, inner: Said) -> bool:
        """Whether the inner cue's clause is part of what the outer one reports."""
        if outer.cue is None or inner.cue is None:
            return True
        view, i = self.view, inner.cue
        for _ in range(_STEPS):
            above = view.heads[i]
            if above == outer.cue:
                return view.deps[i] != "conj"
            if above == i:
                break
            i = above
        between = range(outer.cue + 1, inner.cue)
        return not any(view.tags[j] == "CC" or view.words[j] == ";" for j in between)

    def _cue_before(self, i: int, floor: int, last: int) -> Said | None:
        word, tag = self.lower[i], self.view.tags[i]
        if word == "according" and i + 1 < last and self.lower[i + 1] == "to":
            head = self.phrases.after(i + 2, last)
            return None if head is None else Said(head, i, "high", True)
        if self._is_verb(i):
            if word not in self.words.speech and word not in self.words.naming:
                return None
            if word in _ASPECT and i + 1 < last and self.lower[i + 1] == "to":
                return None  # "will continue to be “…”"
            if relayed := self.relays.quoted_as(i, floor):
                return Said(relayed.source, i, "high", True, "quoted as saying", relayed.relay)
            core = word in self.words.core and not (tag == "VB" and word in self.words.acts)
            core = core or self._puts_it(i)
            source = self.subjects.of(i, floor)
            return None if source is None else Said(source, i, "high" if core else "medium", core)
        if word in self.words.sayings:
            return Said(i, None, "medium", True)
        if tag in ("NN", "NNS") and (word in self.words.acts or word in self.words.documents):
            return self._noun(i, floor, last)
        return None

    def as_put(self, lead: Lead) -> Said | None:
        """As in "As Smith put it in a note that explains the deal": none of the verbs after it counts."""
        first, last, floor = lead
        if self.lower[first] != "as":
            return None
        put = next((i for i in range(first, last) if self._puts_it(i)), None)
        return None if put is None else self._cue_before(put, floor, last)

    def _puts_it(self, i: int) -> bool:
        """As in "As Smith put it"."""
        return self.lower[i] in ("put", "puts") and i + 1 < len(self.lower) and self.lower[i + 1] == "it"

    def _is_verb(self, i: int) -> bool:
        """By its tag; headlines and broken sentences mislead the tagger on "said" and "Tells"."""
        tag, word = self.view.tags[i], self.lower[i]
        if tag.startswith("V"):
            return True
        if word not in self.words.core or tag.startswith("J"):
            return False
        return word.endswith(_PAST) or (tag.startswith("NNP") and word[-1] == "s" and i not in self.mentions.at)

    def _noun(self, i: int, floor: int, last: int) -> Said | None:
        """A noun of speaking that the run completes: "Smith's claim that …", "the words of Smith: …"."""
        follows = self.lower[i + 1] if i + 1 < last else ":"
        leads = self.lower[last - 1] == "that" and self.view.deps[i] == "dobj" and self.lower[i] in self.words.documents
        complete = leads or all(self.lower[j] in _TO_THE_RUN for j in range(i + 1, last))
        if follows not in ("that", *_OWNERS) and not complete:
            return None
        tags = self.view.tags
        if follows != "that" and not leads and self._is_named(i, floor):
            return None  # "called the agency's report a “rush to judgment”"
        for child in self.view.children[i]:
            owner = self.view.deps[child] == "poss" and (tags[child] == "PRP$" or tags[child + 1] == "POS")
            if owner and child >= floor:
                return Said(child, i, "medium")
        if follows in _OWNERS and i + 2 < last:
            head = self.phrases.after(i + 2, last)
            if head is not None and (follows != "of" or self.subjects.is_someone(head)):
                return Said(head, i, "medium")
        return Said(i, None, "medium", True) if leads else None

    def _is_named(self, i: int, floor: int) -> bool:
        """Whether a verb that puts words on something has the noun in its object."""
        view = self.view
        for _ in range(_STEPS):
            above = view.heads[i]
            if above == i or above < floor:
                return False
            i = above
            if view.tags[i].startswith("V"):
                return self.lower[i] in self.words.naming and self.lower[i] not in _POINTING
        return False

    def owner_of_words(self, lead: Lead) -> Said | None:
        """As in "Smith's answer was that “…”", "in Smith's words, “…”", "Smith's remark is known by heart: “…”"."""
        first, last, floor = lead
        end = self.lower[last - 1]
        for i in range(last - 1, first, -1):
            if self.lower[i] not in self.words.acts and self.lower[i] not in _UTTERANCES:
                continue
            owner = self._possessor(i, floor)
            if owner is None:
                continue
            rest = [word for word in self.lower[i + 1 : last] if word[0].isalnum()]
            in_words = not rest and i - 1 >= first and any(self.lower[j] == "in" for j in range(max(first, i - 8), i))
            states = rest[:1] in (["was"], ["is"], ["were"], ["remains"])
            if in_words or states or (end == ":" and self.view.deps[i].startswith("nsubj")):
                return Said(owner, i, "medium")
        return None

    def _possessor(self, i: int, floor: int) -> int | None:
        """Head of the phrase whose possessive stands before a noun."""
        tags = self.view.tags
        for j in range(i - 1, max(floor, i - _NEAR) - 1, -1):
            if tags[j] == "PRP$":
                return j
            if tags[j] == "POS":
                return j - 1 if j > floor else None
            number = self.mentions.at.get(j)
            if number is not None and self.view.words[j].endswith(("'s", "’s")):
                return j
            if tags[j] not in ("JJ", "NN", "NNS", "NNP", "CD", "VBG", "VBN"):
                return None
        return None

    def colon(self, lead: Lead) -> Said | None:
        """As in "It does not surprise Smith: …": who is named right before the colon, else whoever is before it."""
        first, last, _ = lead
        if self.lower[last - 1] not in (":", *DASHES):
            return None
        for i in (last - 2, *range(first, last)):
            mention = self.mentions.mention_at(i) if i >= first else None
            if mention is not None and mention.type in (("PERSON",) if i == last - 2 else ("PERSON", "ORG")):
                return Said(self.mentions.spans[self.mentions.at[i]][1] - 1, None, "medium", True)
        return None

    def any_verb(self, lead: Lead) -> Said | None:
        """No reporting word: the subject of the last verb, if it is someone."""
        first, last, floor = lead
        colon = self.lower[last - 1] == ":"
        for i in range(last - 1, first - 1, -1):
            if self.view.tags[i].startswith("VB") and (colon or self.lower[i] not in _STATES):
                source = self.subjects.of(i, floor)
                if source is None:
                    continue
                if self.subjects.may_speak(source):
                    return Said(source, i, "medium" if colon else "low")
        return None

    # -- what follows a run ---------------------------------------------------------------------------------------

    def according(self, tag: Tag) -> Said | None:
        """As in "…", according to Smith."""
        i = tag.start
        if self.lower[i] != "according" or i + 2 >= tag.last:
            return None
        head = self.phrases.after(i + 2, tag.last)
        return None if head is None else Said(head, i, "high", True)

    def verb_first(self, tag: Tag) -> Said | None:
        """As in "…," said Smith."""
        i, last = tag.start, tag.last
        if self.lower[i] not in self.words.speech or self.view.tags[i] in ("NN", "NNS", "VBG"):
            return None
        head = self.phrases.after(i + 1, last)
        reports = head is not None and head + 1 < last and self.view.tags[head + 1] in _FINITE
        if head is None or reports:  # not "Smith, citing “…,” said the plan was dead"
            return None
        if not tag.set_off and not (self.lower[i] in self.words.core and self.subjects.may_speak(head)):
            return None
        return Said(head, i, "high", self.lower[i] in self.words.core)

    def speaker_first(self, tag: Tag) -> Said | None:
        """As in "…," Smith, the owner, said: the first reporting verb whose subject stands before it."""
        first, last, i, set_off, _ = tag
        tags, clause = self.view.tags, False
        if tags[i] == "DT" and self._names_the_run(i, last):
            return None
        for v in range(i, last):
            word = self.lower[v]
            if tags[v] == "CC" and ((self.lower[v - 1] == "," and clause) or (set_off and v == i)):
                break
            clause = clause or tags[v] in _FINITE
            closing = v == last - 1 and v > i and word in self.words.core
            finite = self._is_verb(v) and tags[v] not in ("VB", "VBG")
            if (closing or finite) and (word in self.words.speech or word in self.words.naming):
                source = self.subjects.of(v, first)
                if source is None and closing and self.subjects.may_speak(v - 1):
                    source = v - 1
                if source is not None and source >= i and not self._placed(source, i):
                    return Said(source, v, "high", word in self.words.core or self._puts_it(v))
        return None

    def _placed(self, source: int, first: int) -> bool:
        """Whether the phrase hangs on a preposition that opens the tag: "“…” on a plot by the road, reckons …"."""
        start = self.phrases.start(source)
        return start - 1 == first and self.view.tags[first] == "IN" and not self.subjects.is_someone(source)

    def _names_the_run(self, i: int, last: int) -> bool:
        """As in "…", a phrase the wing has asked us not to repeat: words about the run, and no tag."""
        head = self.phrases.after(i, last)
        nouns = [j for j in range(i, (head or i) + 1) if self.lower[j] in self.words.acts or self.lower[j] in _WORDING]
        return bool(nouns) and self.lower[i] in ("a", "an") and self.lower[nouns[0]] not in self.words.documents

    def short_tag(self, tag: Tag) -> Said | None:
        """As in "…," Smith retorted: any verb will do where nothing follows it."""
        i, last = tag.start, tag.last
        if not tag.set_off or last - i > _SHORT_TAG:
            return None
        head = self.phrases.after(i, last)
        if head is None or head + 1 >= last or not self.subjects.is_someone(head):
            return None
        verb = head + 1
        while verb < last and self.view.tags[verb] == "RB":
            verb += 1
        plain = verb < last and self.view.tags[verb] in ("VBD", "VBZ") and self.lower[verb] not in _STATES
        return Said(head, verb, "medium", True) if plain and verb + 2 >= last else None

    def signed(self, tag: Tag) -> Said | None:
        """As in "…" — Ann Lee, teacher: a name after a dash."""
        i, last = tag.start, tag.last
        if not tag.dash:
            return None
        mention = self.mentions.mention_at(i)
        if mention is not None and mention.type in ("PERSON", "ORG"):
            return Said(self.mentions.spans[self.mentions.at[i]][1] - 1, None, "high", True)
        head = self.phrases.after(i, last)
        if head is not None and self.view.words[i][0].isupper() and self.view.words[head][0].isupper():
            return Said(head, None, "medium", True)
        return None

    def quoted(self, tag: Tag) -> Said | None:
        """As in "…," the agency quoted Smith as saying."""
        relayed = self.relays.in_tag(tag.start, tag.last)
        return relayed and Said(relayed.source, relayed.cue, "high", True, relay=relayed.relay)


def _by(rule: Rule[..., Said], said: Said) -> Said:
    """What a rule found, with its name."""
    return said if said.rule else said._replace(rule=rule.name)


BEFORE: Final[tuple[Rule[[CueAttribution, Lead], Said], ...]] = (
    Rule("label", CueAttribution.label),
    Rule("own clause", CueAttribution.semicolon),
    Rule("as one put it", CueAttribution.as_put),
    Rule("reporting word", CueAttribution.reporting_word),
    Rule("owner of the words", CueAttribution.owner_of_words, "medium"),
    Rule("subject of a verb", CueAttribution.any_verb, "low"),
    Rule("name before a colon", CueAttribution.colon, "medium"),
)
"""Rules that read what leads up to a run."""
AFTER: Final[tuple[Rule[[CueAttribution, Tag], Said], ...]] = (
    Rule("according to", CueAttribution.according),
    Rule("quoted as saying", CueAttribution.quoted),
    Rule("verb, then speaker", CueAttribution.verb_first),
    Rule("speaker, then verb", CueAttribution.speaker_first),
    Rule("short tag", CueAttribution.short_tag, "medium"),
    Rule("signature", CueAttribution.signed),
)
"""Rules that read what follows a run."""
