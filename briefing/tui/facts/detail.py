"""What is known of the fact in sight: its sentence, who says so, what each source has, by origin, how sure it is."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from rich.style import Style
from textual.binding import BindingType
from textual.strip import Strip

from briefing.model.safetext import SafeText
from briefing.tui.facts.rule_words import how_read
from briefing.tui.glossary import CONFIDENCE
from briefing.tui.review_desk import SIGNS
from briefing.tui.textual_patches.scrolled import Scrolled
from briefing.tui.theming.styles import inks
from briefing.tui.widgets.drawing import flat, fold, fold_spans, line
from briefing.tui.wording import NOTHING, own, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.model.agreement import Agreement, ClaimItem
    from briefing.model.facts import Fact
    from briefing.model.source import Source
    from briefing.tui.fact_rows import Entry
    from briefing.tui.theming.styles import Ink
    from briefing.tui.widgets.line import Said

_STEP: Final = 2
"""Lines that a key scrolls by."""
_MOST: Final = 100
"""Lines that one passage may take."""
Lines = list[list["Said"]]


class Sentence(NamedTuple):
    """The sentence of a fact, and the half-open span of the fact's words in it."""

    words: SafeText = NOTHING
    evidence: tuple[int, int] = (0, 0)


class InSight(NamedTuple):
    """A fact with what is known of it."""

    entry: Entry
    place: tuple[int, int] = (0, 1)
    """Its place among the facts of its claim, from 0, and how many they are."""
    sentence: Sentence = Sentence()
    group: Agreement | None = None
    """Its claim; None where it was not compared."""
    names: Mapping[str, SafeText] = {}
    """Short names of sources by id."""


class FactDetail(Scrolled, inherit_bindings=False):
    """Lines below the list of facts, about the one in sight; they scroll with the wheel and by key from the list."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._fact: InSight | None = None
        self._heading: SafeText | None = None
        self._lines: Lines = []

    def show(self, fact: InSight | None, heading: SafeText | None = None) -> None:
        """Show another fact.

        Args:
            fact: The fact; None for none.
            heading: The words to show whole where there is none.
        """
        before, self._fact, self._heading = self._fact, fact, heading
        self._wrap()
        if before is None or fact is None or before.entry.fact is not fact.entry.fact:
            self.scroll_to(y=0, animate=False, force=True)

    def _wrap(self) -> None:
        width = self.scrollable_content_region.width
        if self._fact is not None and width:
            self._lines = detail_of(self._fact, width)
        else:
            self._lines = list(_folded(self._heading or NOTHING, "heading", width)) if width else []
        self.set_height(len(self._lines))
        self.refresh()

    def sized(self) -> None:
        """The lines are as wide as the room for them."""
        self._wrap()

    def step(self, steps: int) -> None:
        """Scroll by some steps; up where they are negative."""
        self.scroll_to(y=self.scroll_offset.y + steps * _STEP, animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """A line of it."""
        width, base = self.scrollable_content_region.width, self.rich_style
        at = y + self.scroll_offset.y
        if at >= len(self._lines):
            return Strip.blank(width, base)
        pieces = [(words, inks(self)[ink]) for words, ink in self._lines[at]]  # type: ignore[index]
        return line(pieces or [(NOTHING, Style.null())], width, base)


def sentence_of(fact: Fact, span: tuple[int, int], source: Source, sentences: Sequence[tuple[int, int]]) -> Sentence:
    """The whole sentence, or sentences, that a fact was read from.

    Args:
        fact: The fact.
        span: The half-open span of its words.
        source: Its source.
        sentences: Spans of the sentences of the source.
    """
    touched = [one for one in sentences if one[0] < span[1] and span[0] < one[1]]
    if not touched:
        return sentence_without_text(fact)
    start, end = min(touched[0][0], span[0]), max(touched[-1][1], span[1])
    return Sentence(SafeText(source.text[start:end]), (span[0] - start, span[1] - start))


def sentence_without_text(fact: Fact) -> Sentence:
    """The words of a fact, in place of a sentence that is not at hand."""
    words = getattr(fact, "evidence", None) or getattr(fact, "text", None) or NOTHING
    return Sentence(words, (0, len(words)))


def detail_of(told: InSight, width: int) -> Lines:
    """What is to be said of a fact, line by line.

    Args:
        told: The fact, with what is known of it.
        width: Cells of a line.
    """
    fact = told.entry.shown
    if fact is None:
        return []
    lines: Lines = [*_sentence(told.sentence, width)]
    if told.place[1] > 1:
        n, of = told.place
        lines.append([(own(f"statement {n + 1} of {of}"), "key"), (own("  ] next"), "muted")])
    lines += _said(fact, width)
    lines += _verdict(told.entry, width)
    if told.group is not None:
        lines += _sources(told, told.group, width)
    return [*lines, *_how_sure(fact, width)]


def _folded(words: SafeText, ink: Ink, width: int, indent: str = "") -> Iterator[list[Said]]:
    for part in fold(words, max(4, width - len(indent)), _MOST):
        yield [(own(indent) + part, ink)]


def _sentence(sentence: Sentence, width: int) -> Iterator[list[Said]]:
    """The lines of a sentence, the words of the fact marked in them."""
    shown, (first, last) = flat(sentence.words), sentence.evidence
    for start, end in fold_spans(shown, width, _MOST):
        cuts = sorted({start, end, *(cut for cut in (first, last) if start < cut < end)})
        yield [(SafeText(shown[a:b]), "title" if first <= a < last else "plain") for a, b in pairwise(cuts)]


def _said(fact: Fact, width: int) -> Iterator[list[Said]]:
    """Further fields: what happened to the counted, who says so, who passed a quotation on."""
    titles = (("what", ""), ("asserted_by", "said by "), ("speaker", "said by "), ("relay", "passed on by "))
    said = [own(title) + words.line() for field, title in titles if (words := getattr(fact, field, None))]
    if said:
        yield from _folded(own(" · ").join(said), "plain", width)


def _verdict(entry: Entry, width: int) -> Iterator[list[Said]]:
    """What was said of the fact, by whom and when, and why."""
    review = entry.review
    if review is None or (review.state == "unreviewed" and not review.note):
        return
    said = f"{SIGNS[review.state]} {review.state}" if review.state != "unreviewed" else "noted"
    who = own(" by ") + review.by.line() if review.by else NOTHING
    when = own(f" on {review.at:%Y-%m-%d %H:%M}") if review.at else NOTHING
    why = own(": ") + review.note.line() if review.note else NOTHING
    yield from _folded(own(said) + who + when + why, "key", width)


def _how_sure(fact: Fact, width: int) -> Iterator[list[Said]]:
    """Whose fact it is, or how sure, in the words of the status line, and how it was read."""
    if fact.added_by:
        yield [(own("+ added by "), "muted"), (fact.added_by.line(), "good")]
        return
    how, sure = how_read(fact), CONFIDENCE.get(fact.confidence)
    read = own(": ") + how if how else NOTHING
    yield from _folded(own(sure or "stated outright") + read, "warn" if sure else "muted", width)


def _sources(told: InSight, group: Agreement, width: int) -> Lines:
    """Each value with the sources that have it, by origin, and what joined them; then those that are silent."""
    several = len({item.document for item in group.items}) > 1
    lines: Lines = []
    if several and told.entry.standing is not None:
        standing = told.entry.standing.words
        origins = own("") if "origin" in standing else own(f", {plural(group.origins, 'origin')}")
        lines.append([(standing + origins + own(":"), "muted")])
    same: dict[tuple[str, str], list[ClaimItem]] = {}
    for item in group.items if several else ():
        value = str(item.form or "") if group.kind == "quote" else str(item.value.line())
        same.setdefault((item.origin or "", value), []).append(item)
    for (origin, value), items in sorted(same.items()):
        lines += _origin(origin, value, items, told.names, width)
    if group.silent:
        quiet = own(", ").join(_name(one, told.names) for one in group.silent)
        lines += _folded(own("○ silent: ") + quiet, "muted", width)
    return lines


def _origin(
    origin: str, value: str, items: Sequence[ClaimItem], names: Mapping[str, SafeText], width: int
) -> Iterator[list[Said]]:
    """One value of one origin: the sources that have it, whom they have it from, what joined them to the claim."""
    who = own(", ").join(dict.fromkeys(_name(item.document, names) for item in items))
    letter = own(f"{origin} " if origin else "– ")
    head = letter + own(value + "  " if value else "")
    first, *others = fold(head + who, width, _MOST)
    given = len(letter) + len(value)
    yield [(first[: len(letter)], "key"), (first[len(letter) : given], "title"), (first[given:], "plain")]
    for part in others:
        yield [(own("  ") + part, "plain")]
    from_whom = dict.fromkeys(item.asserted_by.line() for item in items if item.asserted_by)
    if from_whom:
        yield from _folded(own("from ") + own(", ").join(from_whom), "muted", width, "  ")
    for joined in dict.fromkeys(item.joined_by.line() for item in items if item.joined_by):
        yield from _folded(own("joined: ") + joined, "muted", width, "  ")


def _name(document: str, names: Mapping[str, SafeText]) -> SafeText:
    return names.get(document, own(document[:8]))
