"""``briefing_quotes``: extract words between quotation marks that someone said or wrote, with their speakers.

Runs between marks are found in :mod:`~briefing.extract.quotes.quotation_marks`, who speaks them in
:mod:`~briefing.extract.quotes.attribution`. What is left out: names, titles of works and scare quotes, runs of fewer
than three words, embedded posts. A transcript's turns are quotes too.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from briefing.extract.entities.doc_mentions import mentions_of
from briefing.extract.extensions import set_spans
from briefing.extract.lexicon.reporting_verbs import Reporting, load_reporting
from briefing.extract.lexicon.titles import Titles, load_titles
from briefing.extract.nlp.datelines import dateline_end
from briefing.extract.nlp.token_columns import view_of
from briefing.extract.quotes.attribution import CARRYING, Dialogue
from briefing.extract.quotes.confidence import trusted
from briefing.extract.quotes.coreference import People
from briefing.extract.quotes.cue_attribution import CueAttribution
from briefing.extract.quotes.interviews import interviewee, is_answer, is_part
from briefing.extract.quotes.quotation_marks import Run, paragraphs, runs
from briefing.extract.quotes.speaker_resolution import Voice, Voices
from briefing.extract.quotes.transcripts import Turn, posts, turns
from briefing.model.facts import Quote
from briefing.model.safetext import SafeText

_FEWEST_WORDS: Final = 3
_BRIEF: Final = 60
_LONG: Final = 6
"""Words of a run that is a quotation although nobody is named."""
_BYLINE: Final = re.compile(r" by (?:the )?[A-Z]")
_LAST_WORD: Final = re.compile(r"([^\W\d_]+)[,:]? $")
_ENDING: Final = frozenset(",.!?—…")
_BEFORE_SENTENCE: Final = frozenset(("", "\n", ".", "!", "?", "”", '"'))
_OBJECTS: Final = ("announc", "mention", "reveal")
"""Verbs that name a thing without saying a word of it: "announced “Northern Lantern 2025”"."""
_SMALL: Final = frozenset(
    ("a", "an", "the", "of", "in", "on", "at", "to", "for", "by", "and", "or", "as", "with", "from", "into", "over",
     "about", "than", "against", "between", "under", "after", "before", "without", "upon", "vs")
)  # fmt: skip
"""Words that titles leave small."""
_TITLE: Final = 14
"""Words of the longest title of a work."""


@Language.factory(
    "briefing_quotes",
    default_config={"lexicons": None},
    requires=["doc._.briefing_mentions", "token.tag", "token.dep"],
    assigns=["doc.spans", "doc._.briefing_quotes"],
)
def make_quotes(nlp: Language, name: str, lexicons: str | None) -> "Quotes":  # noqa: ARG001
    """Make the component.

    Args:
        nlp: The pipeline; not used.
        name: Name of the component; not used.
        lexicons: Folder of the user's own lexicon files; None for none.
    """
    folder = Path(lexicons) if lexicons else None
    return Quotes(load_reporting(folder), load_titles(folder))


class Quotes:
    """Finds quotes in the document and sets ``doc._.briefing_quotes``."""

    def __init__(self, words: Reporting, titles: Titles) -> None:
        self.words, self.titles = words, titles

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.briefing_quotes``; the entities must be there."""
        text = view_of(doc).text
        found, spoken = runs(text), turns(text)
        quotes = _Reader(doc, found, spoken, self.words, self.titles).quotes() if found or spoken else []
        doc._.briefing_quotes = tuple(sorted(quotes, key=lambda quote: (quote.start, -quote.end)))
        set_spans(doc, "briefing_quotes", ((q.start, q.end, q.speaker_kind or "") for q in doc._.briefing_quotes))
        return doc


class _Reader:
    """Reads one document."""

    def __init__(self, doc: Doc, found: list[Run], spoken: list[Turn], words: Reporting, titles: Titles) -> None:
        self.view = view_of(doc)
        self.text = self.view.text
        self.runs, self.turns = found, spoken
        self.words = words
        level = [-1] * len(self.view)
        for n, run in enumerate(found):
            if self._is_brief(run):
                continue
            first, last = self.view.token_range(run.outer_start, run.outer_end)
            level[first:last] = [n] * (last - first)
        mentions = mentions_of(doc)
        self.labels = mentions.lexicon.lists.speakers.labels
        self.finder = CueAttribution(self.view, mentions, words, level)
        self.voices = Voices(
            self.view, mentions, words, People(self.view, mentions, words, level, titles), self.finder.subjects
        )
        self.paragraphs = paragraphs(self.text)
        labels = {turn.label_start: turn.start for turn in spoken}
        bodies = [
            (labels[start] if start in labels else dateline_end(self.text, start, end), end)
            for start, end in self.paragraphs
        ]
        self.answers = interviewee(self.text, spoken, mentions.all)
        named = {turn.start: (turn.label_start, turn.label_end) for turn in spoken if self._has_speaker(turn)}
        self.dialogue = Dialogue(self.view, self.finder, self.voices, bodies, named, self.answers)

    def quotes(self) -> list[Quote]:
        """All quotes of the document."""
        found: list[Quote] = []
        embedded = posts(self.text)
        turns_at = {turn.label_start: turn for turn in self.turns if self._speaks(turn)}
        outer = [n for n, run in enumerate(self.runs) if run.inside < 0 and not self._is_brief(run)]
        at = post = 0
        for number, (start, end) in enumerate(self.paragraphs):
            first = at
            while at < len(outer) and self.runs[outer[at]].outer_start < end:
                at += 1
            here = outer[first:at]
            if start in turns_at:
                turn = turns_at[start]
                whole = [n for n in here if self._is_whole(turn, self.runs[n])]
                here = [n for n in here if n not in whole]
                found.append(self._turn(turn, self.runs[whole[0]] if whole else None))
            while post < len(embedded) and embedded[post][1] <= start:
                post += 1
            in_post = post < len(embedded) and embedded[post][0] <= start
            if here and not in_post:
                found += self._of_paragraph(number, here)
        return found

    def _has_speaker(self, turn: Turn) -> bool:
        """Whether the label names someone, or stands in an interview with someone who is introduced."""
        return turn.named(self.text, self.labels) or (self.answers is not None and is_part(turn.label(self.text)))

    def _speaks(self, turn: Turn) -> bool:
        """Whether it is known who speaks the turn: questions are asked by nobody in particular."""
        return turn.named(self.text, self.labels) or (self.answers is not None and is_answer(turn.label(self.text)))

    def _of_paragraph(self, number: int, here: list[int]) -> Iterator[Quote]:
        headline = self._is_headline(*self.paragraphs[number])
        voices = self.dialogue.paragraph(number, [self.runs[n] for n in here], headline=headline)
        for n, voice in zip(here, voices, strict=True):
            if self._is_quote(self.runs[n], voice, headline=headline):
                yield self._quote(self.runs[n].start, self.runs[n].end, voice)
            yield from self._inner(n, voice)

    def _inner(self, around: int, outer: Voice | None) -> Iterator[Quote]:
        """Quotations inside a quotation, where the speaker reads out a document.

        What a speaker says somebody said is hearsay: it stays part of the quotation around it.
        """
        start = self.runs[around].start
        for n in range(around + 1, len(self.runs)):
            run = self.runs[n]
            if run.inside < around:
                break
            if run.inside != around or self._is_brief(run):
                continue
            voice = self.dialogue.inside(start, self.runs[around].end, run)
            start = run.outer_end
            if voice is not None and voice.kind == "document" and not (outer and outer.name == voice.name):
                yield self._quote(run.start, run.end, voice)

    def _is_brief(self, run: Run) -> bool:
        """A nickname or scare quote, one or two words that are no sentence: read as part of the text around it."""
        if run.end - run.start > _BRIEF or len(self.text[run.start : run.end].split()) >= _FEWEST_WORDS:
            return False
        begins = self.text[max(0, run.outer_start - 2) : run.outer_start].rstrip(" ")[-1:] in _BEFORE_SENTENCE
        return not (begins or self._follows_verb(run)) or self.text[run.end - 1] not in _ENDING

    def _follows_verb(self, run: Run) -> bool:
        """Whether a verb of speaking stands right before a run that begins with a capital: 'she said, "No."'."""
        if not self.text[run.start].isupper():
            return False
        before = _LAST_WORD.search(self.text, max(0, run.outer_start - _BRIEF), run.outer_start)
        return before is not None and before[1].lower() in self.words.core

    def _is_headline(self, start: int, end: int) -> bool:
        words = [word for word in self.text[start:end].split() if len(word) > 3 and word[0].isalpha()]
        return len(words) > 3 and sum(word[0].isupper() for word in words) > 0.8 * len(words)

    def _is_quote(self, run: Run, voice: Voice | None, *, headline: bool) -> bool:
        words = self.text[run.start : run.end].split()
        if words[-1][-1] == "," and _BYLINE.match(self.text, run.outer_end):
            return False
        if len(words) < _FEWEST_WORDS:
            return voice is not None and bool(voice.name) and self._is_utterance(run, voice)
        if len(words) < _LONG and self._modifies(run):
            return False
        if voice is None or not voice.name:
            return len(words) >= _LONG
        if voice.confidence == "low" and self._is_heading(run, words):
            return False
        return headline or not self._is_title(words) or self._beside_cue(run, voice)

    def _is_utterance(self, run: Run, voice: Voice) -> bool:
        """Whether one or two words are a sentence that was spoken: "Never," said Smith; Smith said, "No."."""
        if voice.cue is None or self.finder.lower[voice.cue] not in self.words.core or voice.rule in CARRYING:
            return False
        near = run.outer_end <= self.view.starts[voice.cue] < run.outer_end + 40
        near = near and self.text[run.end - 1] in ",?!"
        return self.text[run.start].isupper() and (near or self._follows_verb(run))

    def _modifies(self, run: Run) -> bool:
        """Whether a few words stand before a noun they name, after an article or number: "one “open door” meeting"."""
        after = self.view.token_at(run.outer_end)
        if self.view.starts[after] < run.outer_end or self.view.starts[after] > run.outer_end + 1:
            after += 1
        if (
            after >= len(self.view)
            or self.view.starts[after] != run.outer_end + 1
            or self.view.tags[after] not in ("NN", "NNS")
        ):
            return False
        before = self.view.token_at(run.outer_start - 1)
        return self.view.tags[before] in ("DT", "CD", "PRP$", "JJ", "POS") and self.text[run.end - 1] not in _ENDING

    def _is_heading(self, run: Run, words: list[str]) -> bool:
        """Whether a few words between single marks stand alone on their line: a heading drawn from a quotation."""
        if not run.single or len(words) >= _LONG or self.text[max(0, run.outer_start - 1)] != "\n":
            return False
        return not self.text[run.outer_end :].partition("\n")[0].strip(".?! ")

    def _is_title(self, words: list[str]) -> bool:
        """Whether every word that titles capitalise is capitalised: a programme, a book, a slogan."""
        bare = [word.strip("“”‘’'\"()[],.") for word in words]
        long = [word for word in bare if word and word.lower() not in _SMALL]
        named = [word for word in long if not word.isupper()]
        return len(named) > 1 and len(words) < _TITLE and all(not word[0].islower() for word in [words[0], *long])

    def _beside_cue(self, run: Run, voice: Voice) -> bool:
        """Whether the reporting word stands right before the run, or tags a run that begins the sentence."""
        if voice.cue is None or self.finder.lower[voice.cue] not in self.words.core:
            return False
        if self.finder.lower[voice.cue].startswith(_OBJECTS) and self.text[run.end - 1] not in _ENDING:
            return False
        gap = self.text[self.view.ends[voice.cue] : run.outer_start]
        begins = self.text[max(0, run.outer_start - 2) : run.outer_start].rstrip(" ")[-1:] in _BEFORE_SENTENCE
        return 0 < len(gap) < 4 or (begins and run.outer_end <= self.view.starts[voice.cue] < run.outer_end + 40)

    def _quote(self, start: int, end: int, voice: Voice | None) -> Quote:
        named = voice is not None and bool(voice.name)
        return Quote(
            start=start,
            end=end,
            text=SafeText(self.text[start:end]),
            speaker=SafeText(voice.name) if voice and voice.name else None,
            speaker_kind=voice.kind if voice and named else None,
            speaker_start=voice.start if voice else None,
            speaker_end=voice.end if voice else None,
            cue=SafeText(self.view.words[voice.cue]) if voice and voice.cue is not None else None,
            relay=SafeText(voice.relay) if voice and voice.relay else None,
            confidence=trusted(voice.rule, voice.how) if voice and named else "low",
            rule=SafeText(voice.rule) if voice and voice.rule else None,
        )

    def _is_whole(self, turn: Turn, run: Run) -> bool:
        """Whether marks stand around all that is said in a turn: its words are one quotation, not two."""
        return run.outer_start == turn.start and run.outer_end == turn.end

    def _turn(self, turn: Turn, whole: Run | None) -> Quote:
        voice = self.dialogue.labelled(turn.label_start, turn.label_end)
        start, end = (whole.start, whole.end) if whole else (turn.start, turn.end)
        return self._quote(start, end, voice)
