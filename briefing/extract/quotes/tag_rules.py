"""Tag rules: find the speaker of a run in the words that follow it in its sentence."""

from typing import Final

from briefing.extract.quotes.cues import FINITE, STATES, Cues, Said, Tag
from briefing.extract.rule import Rule, first_answer

_SHORT_TAG: Final = 8
_BESIDE: Final = frozenset(("while", "whereas", "although", "though"))
"""Before what somebody else says: "“…,” while Smith said he would sail"."""


class Tags:
    """Reads the tags behind the runs of one document."""

    def __init__(self, cues: Cues) -> None:
        self.cues = cues
        self.view, self.mentions, self.words, self.lower = cues.view, cues.mentions, cues.words, cues.lower
        self.lists = cues.lists
        self.phrases, self.subjects, self.relays = cues.phrases, cues.subjects, cues.relays

    def read(self, tag: Tag) -> Said | None:
        """The cue of a run, by the first rule that finds one."""
        found = first_answer(AFTER, self, tag)
        return found and found[1].by(found[0].name)

    def according(self, tag: Tag) -> Said | None:
        """Read "…", according to Smith; "…", per the bylaws."""
        i = tag.start
        if self.lower[i] == "per" and tag.set_off and i + 1 < tag.last:
            head = self.phrases.after(i + 1, tag.last)
            known = head is not None and self.subjects.may_speak(head)
            return Said(head, i, "medium", True) if head is not None and known else None
        if self.lower[i] != "according" or i + 2 >= tag.last:
            return None
        head = self.phrases.after(i + 2, tag.last)
        return None if head is None else Said(head, i, "high", True)

    def quoted(self, tag: Tag) -> Said | None:
        """Read "…," the agency quoted Smith as saying."""
        relayed = self.relays.in_tag(tag.start, tag.last)
        return relayed and Said(relayed.source, relayed.cue, "high", True, relay=relayed.relay)

    def verb_first(self, tag: Tag) -> Said | None:
        """Read "…," said Smith."""
        i, last = tag.start, tag.last
        if self.lower[i] not in self.words.speech or self.view.tags[i] in ("NN", "NNS", "VBG"):
            return None
        head = self.phrases.after(i + 1, last)
        reports = head is not None and head + 1 < last and self.view.tags[head + 1] in FINITE
        if head is None or reports:  # not "Smith, citing “…,” said the plan was dead"
            return None
        if not tag.set_off and not (self.lower[i] in self.words.core and self.subjects.may_speak(head)):
            return None
        return Said(head, i, "high", self.lower[i] in self.words.core)

    def speaker_first(self, tag: Tag) -> Said | None:
        """Read "…," Smith, the owner, said: the first reporting verb whose subject stands before it."""
        first, last, i, set_off, _ = tag
        tags, clause = self.view.tags, False
        if (tags[i] == "DT" and self._names_the_run(i, last)) or self.lower[i] in _BESIDE:
            return None
        for v in range(i, last):
            word = self.lower[v]
            if tags[v] == "CC" and ((self.lower[v - 1] == "," and clause) or (set_off and v == i)):
                break
            clause = clause or tags[v] in FINITE
            closing = v == last - 1 and v > i and word in self.words.core
            finite = self.cues.is_verb(v) and (tags[v] not in ("VB", "VBG") or "MD" in tags[max(i, v - 2) : v])
            if (closing or finite) and (word in self.words.speech or word in self.words.naming):
                source = self.subjects.of(v, first)
                if source is None and closing and self.subjects.may_speak(v - 1):
                    source = v - 1
                if source is not None and source >= i and not self._placed(source, i):
                    return Said(source, v, "high", word in self.words.core or self.cues.puts_it(v))
        return None

    def short_tag(self, tag: Tag) -> Said | None:
        """Read "…," Smith retorted: any verb will do where nothing follows it."""
        i, last = tag.start, tag.last
        if not tag.set_off or last - i > _SHORT_TAG:
            return None
        head = self.phrases.after(i, last)
        if head is None or head + 1 >= last or not self.subjects.is_someone(head):
            return None
        verb = head + 1
        while verb < last and self.view.tags[verb] == "RB":
            verb += 1
        plain = verb < last and self.view.tags[verb] in ("VBD", "VBZ") and self.lower[verb] not in STATES
        return Said(head, verb, "medium", True) if plain and verb + 2 >= last else None

    def signed(self, tag: Tag) -> Said | None:
        """Read "…" — Ann Lee, teacher: a name after a dash."""
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

    def _placed(self, source: int, first: int) -> bool:
        """Whether the phrase hangs on a preposition that opens the tag: "“…” on a plot by the road, reckons …"."""
        start = self.phrases.start(source)
        return start - 1 == first and self.view.tags[first] == "IN" and not self.subjects.is_someone(source)

    def _names_the_run(self, i: int, last: int) -> bool:
        """Whether the words are about the run and no tag: "…", a phrase the wing has asked us not to repeat."""
        head = self.phrases.after(i, last)
        nouns = [
            j
            for j in range(i, (head or i) + 1)
            if self.lower[j] in self.words.acts or self.lower[j] in self.lists.wording
        ]
        return bool(nouns) and self.lower[i] in ("a", "an") and self.lower[nouns[0]] not in self.words.documents


AFTER: Final[tuple[Rule[[Tags, Tag], Said], ...]] = (
    Rule(
        "according to",
        Tags.according,
        examples=(("“The pier is closed until the thaw,” according to Ann Lee.", "Ann Lee"),),
    ),
    Rule(
        "quoted as saying",
        Tags.quoted,
        examples=(
            ("“The pier is closed until the thaw,” the news agency Skerry quoted Ann Lee as saying.", "Ann Lee"),
        ),
    ),
    Rule(
        "verb, then speaker",
        Tags.verb_first,
        examples=(
            ("“The pier is closed until the thaw,” said Ann Lee.", "Ann Lee"),
            ("“The pier is closed until the thaw” said Colonel Ann Lee.", "Ann Lee"),
            ("“The pier is closed until the thaw,” said a ferryman using the pseudonym Osprey.", "Osprey"),
            ("“The pier is closed,” said Assistant Manager for Winter Works Capt. Ann Lee.", "Ann Lee"),
        ),
    ),
    Rule(
        "speaker, then verb",
        Tags.speaker_first,
        examples=(
            ("“The pier is closed until the thaw,” Ann Lee, 61, said on Friday.", "Ann Lee"),
            ("“The pier is closed until the thaw,” one of the clerks said.", "one of the clerks"),
            ("“Is the pier still closed this week?” the 43-year-old asked.", "43-year-old"),
            ("“The pier is closed until the thaw,” the new harbour clerk will say.", "new harbour clerk"),
        ),
    ),
    Rule(
        "short tag",
        Tags.short_tag,
        "medium",
        examples=(("“The pier is closed until the thaw,” Ann Lee sniffed.", "Ann Lee"),),
    ),
    Rule(
        "signature", Tags.signed, examples=(("“The pier is closed until the thaw.” — Ann Lee, ferry clerk", "Ann Lee"),)
    ),
)
"""Rules that read what follows a run."""
