"""Attribute the quoted runs of a document to speakers, paragraph by paragraph.

A run takes its speaker from its own sentence: what leads up to it, or the tag that follows. Without one it carries on
from the run before, from whoever the sentence before is about, or from the paragraph before.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from briefing.extract.nlp.token_columns import View
from briefing.extract.quotes.cue_attribution import CueAttribution
from briefing.extract.quotes.cues import DASHES, Said
from briefing.extract.quotes.interviews import is_answer, is_part
from briefing.extract.quotes.quotation_marks import Run
from briefing.extract.quotes.speaker_resolution import Voice, Voices
from briefing.extract.quotes.transcripts import headline_label, label_of
from briefing.extract.rule import SET_ASIDE

TURN: Final = "label of a turn"
SENTENCE: Final = "sentence before"
RUN_BEFORE: Final = "run before"
RUN_BEHIND: Final = "run behind"
PARAGRAPH: Final = "paragraph before"
READ_OUT: Final = "read out"
CARRYING: Final = (TURN, SENTENCE, RUN_BEFORE, RUN_BEHIND, PARAGRAPH)
"""Rules for runs whose own sentence names no speaker."""
_STOPS: Final = frozenset((".", "!", "?"))
_CLOSING: Final = "\"'’”)"
_PRONOUNS: Final = frozenset(("PRP", "WP", "WDT"))
_OURSELVES: Final = frozenset(("i", "we", "you", "people", "everybody", "everyone", "somebody", "someone"))
_TAG_WORDS: Final = 6
"""Words of a tag that follows a full stop: "…." Smith said Monday."""
_AHEAD: Final = 8
_SIGNATURE: Final = 20
"""Tokens of a line that signs the paragraph above it."""
_NEAR: Final = 8


class _Piece(NamedTuple):
    """A sentence or part of one between two runs, in tokens; ``ended`` by a full stop or the like."""

    first: int
    last: int
    ended: bool


class _Line(NamedTuple):
    """A run in its paragraph."""

    run: Run
    before: Said | None
    after: Said | None
    linked: bool
    """It is in the same sentence as the run before."""
    between: Sequence[_Piece]
    """Sentences between the run before, and its tag, and this one."""


class Dialogue:
    """Attributes every run of one document.

    ``labels``: of each named turn, by where its words begin, the label. ``answers``: who speaks behind "A:", if known.
    """

    def __init__(
        self,
        view: View,
        finder: CueAttribution,
        voices: Voices,
        paragraphs: Sequence[tuple[int, int]],
        labels: Mapping[int, tuple[int, int]],
        answers: str | None = None,
    ) -> None:
        self.view, self.finder, self.voices = view, finder, voices
        self.paragraphs, self.labels = paragraphs, labels
        self._interviewee = answers
        self._carried: Voice | None = None
        self._carried_from = -2
        self._open = False
        """The last run of the paragraph before was not closed."""

    def paragraph(self, number: int, runs: Sequence[Run], *, headline: bool = False) -> list[Voice | None]:
        """The voices of a paragraph's outer runs; None for a run without a speaker. Paragraphs must come in order.

        Args:
            number: Number of the paragraph, from 0.
            runs: Its outer runs, in order; at least one.
            headline: Whether it is a headline, as the first paragraph always may be.
        """
        first = headline or not number
        if first and (label := headline_label(self.view.text, *self.paragraphs[number])) is not None:
            mention = self.finder.mentions.mention_at(self.view.token_at(label[1] - 1))
            surname = self.voices.people.surnamed(self.view.text[label[0] : label[1]])
            if surname is not None or (mention is not None and mention.type in ("PERSON", "ORG")):
                return [self.labelled(*label) for _ in runs]
        if (voice := self._signed_below(number, runs)) is not None:
            self._carried, self._carried_from, self._open = voice, number, False
            return [voice for _ in runs]
        lines = self._lines(runs, *self.paragraphs[number])
        found: list[Voice | None] = []
        for k, line in enumerate(lines):
            said = self._own(lines, k, found)
            if said is not None:
                found.append(self._of_turn(number, said) or self.voices.of(said, line.run))
            elif line.linked and found[-1] is not None:
                found.append(found[-1])
            elif (label := label_of(self.view.text, line.run.start, line.run.end)) is not None:
                found.append(self.labelled(*label))
            elif k:
                found.append(self._context(line.between) or self._of_run(found[-1]))
            else:
                found.append(self._opening(number, line.between))
        for k in range(len(found) - 2, -1, -1) if RUN_BEHIND not in SET_ASIDE else ():
            later = found[k + 1]
            if found[k] is None and later is not None:
                found[k] = later._replace(rule=RUN_BEHIND).less_sure("low")
        if found[-1] is not None:
            self._carried, self._carried_from = found[-1], number
        self._open = not runs[-1].closed
        return found

    def _signed_below(self, number: int, runs: Sequence[Run]) -> Voice | None:
        """The voice of a paragraph that is nothing but quoted, by a line below: "- Ann Lee, ferry clerk"."""
        start, end = self.paragraphs[number]
        text, below = self.view.text, self.paragraphs[number + 1 : number + 2]
        outside = text[start : runs[0].outer_start] + text[runs[-1].outer_end : end]
        if not below or len(runs) > 1 or any(char.isalnum() for char in outside):
            return None
        lead = below[0][0] + len(text[slice(*below[0])]) - len(text[slice(*below[0])].lstrip())  # it may be indented
        first, last = self._tokens(min(lead, below[0][1] - 1), below[0][1])
        if last - first > _SIGNATURE or text[lead : lead + 1] not in DASHES:
            return None
        said = self.finder.after(first, last, tag=False, dash=True)
        return self.voices.of(said, runs[0]) if said is not None and said.cue is None else None

    def _of_run(self, voice: Voice | None) -> Voice | None:
        """The voice of the run before, for one that says nothing of its own."""
        return voice._replace(rule=RUN_BEFORE) if voice and RUN_BEFORE not in SET_ASIDE else None

    def _of_turn(self, number: int, said: Said) -> Voice | None:
        """The voice of a transcript's turn where it speaks of itself: "LEE: I told them, “…”"."""
        label = self.labels.get(self.paragraphs[number][0])
        own = self.finder.lower[said.source] in ("i", "we", "my", "our")
        if label is not None and self.finder.lower[said.source] in ("you", "your"):
            label, own = self._addressed(number, label), True
        return self.labelled(*label) if label is not None and own else None

    def _addressed(self, number: int, label: tuple[int, int]) -> tuple[int, int] | None:
        """The label of who is spoken to in a turn: of the last other speaker, else of the next one."""
        text, here = self.view.text, self.paragraphs[number][0]
        others = [start for start, of in self.labels.items() if text[slice(*of)] != text[slice(*label)]]
        before = [start for start in others if start < here]
        after = [start for start in others if start > here]
        return self.labels[before[-1]] if before else self.labels[after[0]] if after else None

    def labelled(self, start: int, end: int) -> Voice | None:
        """The voice of a transcript's label; None where it names nobody.

        Args:
            start: First character of the label.
            end: The character after its last.
        """
        if TURN in SET_ASIDE:
            return None
        if self._interviewee and is_part(label := self.view.text[start:end]):
            name = self._interviewee if is_answer(label) else None
            return Voice(name, "person", start, end, None, "medium", TURN, "interviewee") if name else None
        token = self.view.token_at(end - 1)
        voice = self.voices.of(Said(token, None, "high", True, TURN))
        return voice._replace(start=start, end=end, kind="person") if voice.name else None

    def inside(self, start: int, end: int, run: Run) -> Voice | None:
        """The voice of a run within a quotation, as the quotation's own words say; None where they do not.

        Args:
            start: First character of the quotation.
            end: The character after its last.
            run: The run inside.
        """
        lead = self._pieces(*self._tokens(start, run.outer_start))
        then = self._pieces(*self._tokens(run.outer_end, end))
        said = self.finder.before(lead[-1].first, lead[-1].last) if lead and not lead[-1].ended else None
        if said is None and then and self._is_tag(run, then[0]):
            said = self._after(run, then)
        if said is None or said.cue is None or not said.core or self.view.tags[said.cue] not in ("VBD", "VBZ", "VBN"):
            return None
        if self.finder.lower[said.source] in _OURSELVES or self._supposed(said.cue):
            return None
        voice = self.voices.of(said, run, remember=False)
        return voice.less_sure("medium") if voice.name else None

    def _supposed(self, cue: int) -> bool:
        """The cue follows a modal or a negation: nobody said it."""
        before = range(max(0, cue - 3), cue)
        return any(self.view.tags[i] == "MD" or self.finder.lower[i] in ("n't", "n’t", "not", "never") for i in before)

    # -- the parts of a paragraph ---------------------------------------------------------------------------------

    def _lines(self, runs: Sequence[Run], start: int, end: int) -> list[_Line]:
        gaps, at = [], start
        for run in runs:
            gaps.append(self._tokens(at, run.outer_start))
            at = run.outer_end
        gaps.append(self._tokens(at, end))
        pieces = [self._pieces(*gap) for gap in gaps]
        lines: list[_Line] = []
        tagged, floor = False, gaps[0][0]
        for k, run in enumerate(runs):
            here, then = pieces[k], pieces[k + 1]
            lead = here[-1] if here and not here[-1].ended else None
            alone = not here or (len(here) == 1 and lead is not None)
            closed = k > 0 and (self._ends(runs[k - 1]) or self._stopped(*gaps[k]))
            linked = k > 0 and alone and not (closed and self._begins(*gaps[k]))
            floor = floor if linked else (lead.first if lead else gaps[k][1])
            before = self.finder.before(lead.first, lead.last, floor) if lead else None
            if linked and before is not None and lines[-1].after is not None and before.cue == lines[-1].after.cue:
                before = None  # the tag of the run before
            between = here[1:] if tagged else here
            tagged = bool(then) and self._is_tag(run, then[0])
            after = self._after(run, then) if tagged else None
            lines.append(_Line(run, before, after, linked, between))
        return lines

    def _tokens(self, start: int, end: int) -> tuple[int, int]:
        """Tokens that lie within these characters."""
        return bisect_left(self.view.starts, start), bisect_right(self.view.ends, end)

    def _pieces(self, first: int, last: int) -> list[_Piece]:
        found, at, worded = [], first, False
        for i in range(first, last):
            word = self.view.words[i]
            if word in _STOPS and i not in self.finder.mentions.at:
                if worded:
                    found.append(_Piece(at, i, True))
                at, worded = i + 1, False
            else:
                worded = worded or word[0].isalnum() or word == ":" or word in DASHES
        if worded:
            found.append(_Piece(at, last, False))
        return found

    def _after(self, run: Run, pieces: Sequence[_Piece]) -> Said | None:
        first, last, _ = pieces[0]
        words = [word for word in self.finder.lower[first:last] if word[0].isalnum()]
        if len(pieces) > 1 and len(words) == 1 and words[0] in self.finder.words.core:
            last = pieces[1].last  # "…," said. Col. Lee
        return self.finder.after(first, last, tag=self._set_off(run, first), dash=self._signed(run))

    def _signed(self, run: Run) -> bool:
        """A dash hangs on the closing mark: "…"— Ann Lee."""
        return self.view.text[run.outer_end : run.outer_end + 1] in DASHES

    def _ends(self, run: Run) -> bool:
        """The run ends a sentence of its own."""
        return self.view.text[run.start : run.end].rstrip(_CLOSING)[-1:] in {*_STOPS, "…"}

    def _stopped(self, first: int, last: int) -> bool:
        """A full stop follows the closing mark: "“…”. Smith said"."""
        return first < last and self.view.words[first].lstrip(_CLOSING)[:1] in _STOPS

    def _begins(self, first: int, last: int) -> bool:
        """The words that follow begin a new sentence, or there are none."""
        for word in self.view.words[first:last]:
            if word[0].isalnum():
                return word[0].isupper()
            if word[0] in ",;:" or word in DASHES:
                return False
        return True

    def _set_off(self, run: Run, first: int) -> bool:
        """A mark at the run's end leaves room for a tag: "said Smith"."""
        text = self.view.text
        return (
            text[run.end - 1] in ",?!—-…."
            or text[run.outer_end : run.outer_end + 1] == ","
            or self.view.words[first] in DASHES
        )

    def _is_tag(self, run: Run, piece: _Piece) -> bool:
        """Whether the words after a run belong to its sentence."""
        if not run.closed:
            return False
        if self._signed(run) or not self._begins(piece.first, piece.last):
            return True
        words = [word for word in self.finder.lower[piece.first : piece.last] if word[0].isalnum()]
        core = self.finder.words.core
        end = self.view.text[run.end - 1]
        if end in "?!—-…":
            tag = piece.ended and len(words) <= _TAG_WORDS and any(word in self.finder.words.speech for word in words)
            return tag or any(word in core for word in words[:_NEAR])
        if end == ".":
            return piece.ended and len(words) <= _TAG_WORDS and any(word in core for word in words[1:4])
        return True

    # -- the speaker ----------------------------------------------------------------------------------------------

    def _own(self, lines: Sequence[_Line], k: int, found: Sequence[Voice | None]) -> Said | None:
        """The cue of a run in its own sentence."""
        line = lines[k]
        said = self._choice(line)
        if said is None and not (line.linked and found[-1] is not None):
            for j in range(k + 1, min(k + _AHEAD, len(lines))):
                if not lines[j].linked or said is not None:
                    break
                said = lines[j].after
            said = said or line.before
        return said

    def _choice(self, line: _Line) -> Said | None:
        before, after = line.before, line.after
        if before is not None and before.confidence == "low":
            before = None
        if before is None or after is None:
            return before or after
        text = self.view.text
        comma = text[line.run.end - 1] in ",?!;" or text[line.run.outer_end : line.run.outer_end + 1] in (",", ";")
        if not after.core or not comma:
            return after if after.core and self._closes(line, before, after) else before
        if self._passes_on(before, after):
            return before._replace(relay=after.source)
        vague = self.view.tags[after.source] in _PRONOUNS and self.view.tags[before.source] not in _PRONOUNS
        return before if vague and before.core else after

    def _passes_on(self, before: Said, after: Said) -> bool:
        """Whether the tag names who reported it: "The ministry warned of “…”, the agency reported"."""
        reports = after.cue is not None and self.finder.lower[after.cue] in self.finder.lists.passing_on
        aside = before.cue is None or self.finder.clause_aside(before.cue)
        return reports and not aside and before.relay is None and self.finder.subjects.is_someone(before.source)

    def _closes(self, line: _Line, before: Said, after: Said) -> bool:
        """Whether a tag closes the sentence while the verb before the run only tells of someone in it.

        As in "Pilots who complained the jets were “old” should retire, Smith said."
        """
        if before.cue is None or after.cue is None or self.finder.clause_aside(before.cue) is False:
            return False
        comma = self.finder.phrases.start(after.source) - 1
        return self.view.words[comma] == "," and self.view.starts[comma] > line.run.outer_end

    def _reader(self, voice: Voice) -> Voice:
        """Who goes on after a document was read out: whoever read it."""
        if voice.rule != READ_OUT or not voice.relay:
            return voice
        return voice._replace(name=voice.relay, kind="person", relay=None, how="name")

    def _context(self, pieces: Sequence[_Piece]) -> Voice | None:
        """The person or body that the last sentence about someone is about."""
        for piece in reversed(pieces) if SENTENCE not in SET_ASIDE else ():
            said = self._about(piece)
            if said is not None:
                voice = self.voices.of(said._replace(rule=SENTENCE))
                if voice.name:
                    return voice.less_sure("medium")
        return None

    def _about(self, piece: _Piece) -> Said | None:
        if (said := self._of_main_verb(piece)) is not None:
            return said
        said = self.finder.before(piece.first, piece.last)
        if said is not None and self.finder.subjects.is_someone(said.source):
            return said
        for i in range(piece.first, piece.last):
            if self.view.deps[i] == "nsubj" and self.finder.subjects.is_someone(i):
                return Said(i, None, "low")
        return None

    def _of_main_verb(self, piece: _Piece) -> Said | None:
        """The subject of the main verb where that reports: "Smith said that critics had predicted the end"."""
        words, subjects = self.finder.words, self.finder.subjects
        for i in range(piece.first, piece.last):
            if self.view.deps[i] == "ROOT" and self.finder.is_verb(i) and self.finder.lower[i] in words.speech:
                source = subjects.of(i, piece.first)
                return Said(source, i, "low") if source is not None and subjects.is_someone(source) else None
        return None

    def _opening(self, number: int, pieces: Sequence[_Piece]) -> Voice | None:
        """A run whose paragraph does not say who speaks: it may go on from the paragraph before."""
        if voice := self._context(pieces):
            return voice
        carried = self._carried if number - self._carried_from <= 1 else None
        if self._open and carried is not None:
            return carried
        if not number:
            return None
        start, end = self.paragraphs[number - 1]
        last = self._pieces(*self._tokens(start, end))[-1:]
        if self.view.text[start:end].rstrip().endswith(":") and (voice := self._context(last)):
            return voice
        if carried is not None and PARAGRAPH not in SET_ASIDE:
            return self._reader(carried)._replace(rule=PARAGRAPH).less_sure("low")
        voice = self._context(last)
        return voice and voice.less_sure("low")
