"""Lead rules: find the speaker of a run in the words that lead up to it in its sentence.

Where clauses report one another, the outer verb of speaking wins over an inner verb that only names or judges: in
"Smith said critics call it …" the words are Smith's. A verb in a clause aside has no say where its main verb has.
"""

from typing import Final

from briefing.extract.quotes.clauses import Clauses
from briefing.extract.quotes.cues import DASHES, FINITE, STATES, STEPS, Cues, Lead, Said
from briefing.extract.quotes.readings import Readings
from briefing.extract.rule import Rule, first_answer

_OWNERS: Final = frozenset(("of", "by", "from"))
_TO_THE_RUN: Final = frozenset(
    ("that", ":", ",", "of", "as", "to", "the", "a", "an", "—", "–", "--", "reading", "saying")
)
_BEHIND_NAME: Final = frozenset((",", "(", "on", "via"))
_NEAR: Final = 6
_SELVES: Final = frozenset(("i", "we"))


class Leads:
    """Reads what leads up to the runs of one document."""

    def __init__(self, cues: Cues) -> None:
        self.cues = cues
        self.view, self.mentions, self.words, self.lower = cues.view, cues.mentions, cues.words, cues.lower
        self.lists = cues.lists
        self.phrases, self.subjects, self.relays = cues.phrases, cues.subjects, cues.relays
        self.readings, self.clauses = Readings(cues), Clauses(cues)

    def read(self, lead: Lead) -> Said | None:
        """The cue of a run, by the first rule that finds one."""
        found = first_answer(BEFORE, self, lead._replace(last=self._without_aside(lead)))
        return found and found[1].by(found[0].name)

    def _without_aside(self, lead: Lead) -> int:
        """The end of the words without an aside between commas: "Lee said, and I quote, “…”"."""
        first, last, _ = lead
        if self.lower[last - 1] != ",":
            return last
        for i in range(last - 2, max(first + 1, last - STEPS), -1):
            if self.lower[i] == ",":
                aside = self.lower[i + 1] == "and" and any(word in self.words.core for word in self.lower[first:i])
                # "He radioed twice, and the log reads, “…”": a clause that reports for itself is no aside.
                aside = aside and (self.lower[i + 2] in _SELVES or self.lower[last - 2] not in self.words.core)
                return i + 1 if aside else last
        return last

    def label(self, lead: Lead) -> Said | None:
        """Read "Agreed - Ann Lee: …", "Lee: …", "From the report: …": the name that alone stands before the colon."""
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
        return Said(head, None, "high", True) if alone or from_it else self._opening_name(lead)

    def semicolon(self, lead: Lead) -> Said | None:
        """Read "the plan is dead; Smith said “…”": the clause that the run stands in."""
        first, last, _ = lead
        at = next((i for i in range(last - 1, first - 1, -1) if self.lower[i] == ";"), -1)
        return self.read(Lead(at + 1, last, at + 1)) if 0 <= at < last - 1 else None

    def as_put(self, lead: Lead) -> Said | None:
        """As in "As Smith put it in a note that explains the deal": none of the verbs after it counts."""
        first, last, floor = lead
        if self.lower[first] != "as":
            return None
        put = next((i for i in range(first, last) if self.cues.puts_it(i)), None)
        return None if put is None else self._cue_before(put, floor, last)

    def read_out(self, lead: Lead) -> Said | None:
        """Read "She read out a letter from the board: “…”": what is read out is the document's."""
        return self.readings.of(lead)

    def reporting_word(self, lead: Lead) -> Said | None:
        """The nearest reporting word, or the verb of speaking whose clause holds it."""
        first, last, floor = lead
        nearest: Said | None = None
        finite = last < len(self.view) and self._next_tag(last) in FINITE
        above = self.clauses.above(last, first)
        for i in range(last - 1, first - 1, -1):
            said = self._cue_before(i, floor, last)
            if said is None or (finite and self.view.deps[i] == "relcl"):
                continue  # "those who complained “are wrong”": the run says it of them
            if above and i not in above and self.clauses.aside(i, above):
                continue  # "tells voters who wonder why … that he “…”"
            if not said.core or (nearest is None and self._tells_how(i, last)):
                nearest = nearest or said
            elif nearest is None or (
                said.source != nearest.source and not self.clauses.adds(nearest) and self.clauses.holds(said, nearest)
            ):
                return said
            else:
                break
        return nearest

    def _tells_how(self, i: int, last: int) -> bool:
        """Whether the run only tells how it was said: "had answered “with music over the radio”"."""
        return i == last - 1 and last < len(self.view) and self._next_tag(last) == "IN" and self.lower[i] != "that"

    def owner_of_words(self, lead: Lead) -> Said | None:
        """Read "Smith's answer was that “…”", "in Smith's words, “…”", "Smith's remark is known by heart: “…”"."""
        first, last, floor = lead
        end = self.lower[last - 1]
        for i in range(last - 1, first, -1):
            if self.lower[i] not in self.words.acts and self.lower[i] not in self.lists.utterances:
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

    def any_verb(self, lead: Lead) -> Said | None:
        """Take the subject of the last verb, if it is someone, where there is no reporting word."""
        first, last, floor = lead
        colon = self.lower[last - 1] == ":"
        for i in range(last - 1, first - 1, -1):
            if self.view.tags[i].startswith("VB") and (colon or self.lower[i] not in STATES):
                source = self.subjects.of(i, floor)
                if source is None:
                    continue
                if self.subjects.may_speak(source):
                    return Said(source, i, "medium" if colon else "low")
        return None

    def _opening_name(self, lead: Lead) -> Said | None:
        """Read "Lee, head of the yard, on the radio: …": the name that opens words without a verb before a colon."""
        first, last, _ = lead
        tags = self.view.tags
        if any(tags[i] in FINITE for i in range(first, last)):
            return None
        i = first
        while i < last and (tags[i] == "CD" or not self.lower[i][0].isalpha()):
            i += 1
        head = self.phrases.after(i, last - 1)
        if head is None or not self.subjects.is_someone(head) or not self.view.words[i][0].isupper():
            return None
        named = head in self.mentions.at or tags[head] == "NNP"
        return Said(head, None, "medium", True) if named and self.lower[head + 1] in _BEHIND_NAME else None

    def colon(self, lead: Lead) -> Said | None:
        """Read "It does not surprise Smith: …": who is named right before the colon, else whoever is before it."""
        first, last, _ = lead
        if self.lower[last - 1] not in (":", *DASHES):
            return None
        for i in (last - 2, *range(first, last)):
            mention = self.mentions.mention_at(i) if i >= first else None
            if mention is not None and mention.type in (("PERSON",) if i == last - 2 else ("PERSON", "ORG")):
                return Said(self.mentions.spans[self.mentions.at[i]][1] - 1, None, "medium", True)
        return None

    def _next_tag(self, i: int) -> str:
        """Tag of the first word of the run that begins at token ``i``."""
        while i + 1 < len(self.view) and not self.lower[i][0].isalnum():
            i += 1
        return self.view.tags[i]

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
        while start > max(first, head - STEPS) and self.view.tags[start - 1] in ("NNP", "NNPS"):
            start -= 1
        return start

    def _cue_before(self, i: int, floor: int, last: int) -> Said | None:
        word, tag = self.lower[i], self.view.tags[i]
        if word == "according" and i + 1 < last and self.lower[i + 1] == "to":
            head = self.phrases.after(i + 2, last)
            return None if head is None else Said(head, i, "high", True)
        if self.cues.is_verb(i):
            if word not in self.words.speech and word not in self.words.naming:
                return None
            if word in self.lists.aspect and i + 1 < last and self.lower[i + 1] == "to":
                return None  # "will continue to be “…”"
            if relayed := self.relays.quoted_as(i, floor):
                return Said(relayed.source, i, "high", True, "quoted as saying", relayed.relay)
            core = word in self.words.core and not (tag == "VB" and word in self.words.acts)
            core = core or self.cues.puts_it(i)
            source = (self._inverted(i, last) if core else None) or self.subjects.of(i, floor)
            if source is not None and source < i and (cited := self.relays.cited(source, i)):
                return Said(cited.source, i, "medium", core, relay=cited.relay)
            return None if source is None else Said(source, i, "high" if core else "medium", core)
        if word in self.words.sayings:
            return Said(i, None, "medium", True)
        if tag in ("NN", "NNS") and (word in self.words.acts or word in self.words.documents):
            return self._noun(i, floor, last)
        return None

    def _inverted(self, i: int, last: int) -> int | None:
        """As in "The gain, says Captain Lee, a pilot, “was the view”": a name behind a verb between commas."""
        if (
            self.view.tags[i] not in ("VBD", "VBZ")
            or self.lower[i] in self.lists.addressing
            or self.lower[i - 1] != ","
        ):
            return None
        head = self.phrases.after(i + 1, last)
        mention = self.mentions.mention_at(head) if head is not None else None
        closed = head is not None and head + 1 < last and self.view.words[head + 1] == ","
        return head if closed and mention is not None and mention.type in ("PERSON", "ORG") else None

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
            if head is not None and self.subjects.is_someone(head):
                return Said(head, i, "medium")
        return Said(i, None, "medium", True) if leads else None

    def _is_named(self, i: int, floor: int) -> bool:
        """Whether a verb that puts words on something has the noun in its object."""
        view = self.view
        for _ in range(STEPS):
            above = view.heads[i]
            if above == i or above < floor:
                return False
            i = above
            if view.tags[i].startswith("V"):
                return self.lower[i] in self.words.naming and self.lower[i] not in self.lists.pointing
        return False

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


BEFORE: Final[tuple[Rule[[Leads, Lead], Said], ...]] = (
    Rule(
        "label",
        Leads.label,
        examples=(
            ("Agreed on the spot - Ann Lee: “The pier is ours until the thaw.”", "Ann Lee"),
            ("Ann Lee, head of the harbour board, on Telegram: “The pier is closed.”", "Ann Lee"),
        ),
    ),
    Rule("own clause", Leads.semicolon),
    Rule(
        "as one put it",
        Leads.as_put,
        examples=(("As Ann Lee put it in a note that explains the lease, “a pier is a promise in oak”.", "Ann Lee"),),
    ),
    Rule(
        "read out",
        Leads.read_out,
        "medium",
        examples=(
            (
                "The clerk read out a letter from the harbour board: “No barge may lie here after dark.”",
                "harbour board",
            ),
            ("She held up the logbook and read from its first page: “Wind north, sea calm, cook drunk.”", "logbook"),
            (
                "On the slate someone had copied a line from the old primer: “A rope is a friend that holds.”",
                "old primer",
            ),
        ),
    ),
    Rule(
        "reporting word",
        Leads.reporting_word,
        examples=(
            ("Ann Lee said critics call the lease “a gift to the gulls”.", "Ann Lee"),
            ("Ms. Lee tells clerks who wonder why she never sits that she “was raised on a ferry deck”.", "Lee"),
            ("The gain, says Captain Ann Lee, a pilot, “was the view from the pier”.", "Ann Lee"),
            ("Ann Lee, who has in the past described the lease as “a gift to the gulls”, left.", "Ann Lee"),
            ("The union called the agency’s report a “hymn to the owners of barges”.", "union"),
            (
                "OSLO, June 3 (Fjord Wire) - Norway accused the owners of “a lottery with the lives of crews”.",
                "Norway",
            ),
        ),
    ),
    Rule(
        "owner of the words",
        Leads.owner_of_words,
        "medium",
        examples=(
            ("The ferryman’s answer was that “no rope holds for ever in this harbour”.", "ferryman"),
            ("The clerk’s remark about the tide is known to all: “Nobody asked the moon for leave.”", "clerk"),
        ),
    ),
    Rule("subject of a verb", Leads.any_verb, "low"),
    Rule(
        "name before a colon",
        Leads.colon,
        "medium",
        examples=(
            ("The size of the bill did not surprise the harbour master Ann Lee: “Oak costs what it costs.”", "Ann Lee"),
        ),
    ),
)
"""Rules that read what leads up to a run."""
