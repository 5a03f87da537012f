"""A comparison as rows: every claim with what each source says of it, differences of wording marked."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from briefing.model.safetext import SafeText
from briefing.model.statuses import group_of, words_of
from briefing.tui.agreement import SIGNS, TONES, Tone
from briefing.tui.wording import own, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.model.agreement import Agreement, ClaimItem, Comparison
    from briefing.model.statuses import Group, Status

Part = Literal["look", "agree", "single", "waits"]
PARTS: Final[dict[Part, tuple[SafeText, SafeText]]] = {
    "look": (own("Differences"), own("Differ")),
    "agree": (own("Agreed"), own("Agreed")),
    "single": (own("One source"), own("One")),
    "waits": (own("To review"), own("Review")),
}
"""What is shown together: claims that sources put differently, those they agree on, what one of them says alone, and
those of all three that nobody has judged yet."""

_PART_OF: Final[dict[Group, Part]] = {"contrast": "look", "agreed": "agree", "single": "single"}
_REWORDED: Final[frozenset[Status]] = frozenset({"altered", "reattributed"})
Span = tuple[int, int]


class Head(NamedTuple):
    """The line over a claim: its sign, the claim, and its status in words."""

    tone: Tone
    claim: SafeText
    note: SafeText
    mark: SafeText = own(" ")
    """The sign of the verdict on it."""


class Said(NamedTuple):
    """What one source says of a claim: its title, the words, those of them that not all sources have, and the place."""

    document: str
    title: SafeText
    words: SafeText
    changed: tuple[Span, ...]
    start: int
    end: int
    quoted: bool = False
    mark: SafeText = own(" ")


class Silent(NamedTuple):
    """The sources of the event that do not speak of a claim."""

    titles: SafeText


Row = Head | Said | Silent


def part_of(group: Agreement) -> Part | None:
    """The part of the list that a claim is shown in; None for one in no list: to name somebody claims nothing."""
    part = _PART_OF[group_of(group.status)]
    return None if group.kind == "participant" and part != "look" else part


def numbers(comparison: Comparison) -> dict[Part, int]:
    """Number of claims in each part."""
    found: dict[Part, int] = dict.fromkeys(PARTS, 0)
    for group in comparison.groups:
        if (part := part_of(group)) is not None:
            found[part] += 1
    return found


def rows_of_groups(
    groups: Sequence[Agreement], titles: Mapping[str, SafeText], names: Mapping[str, SafeText]
) -> list[tuple[Row, Agreement]]:
    """The rows of some claims, each with its claim.

    Args:
        groups: The claims.
        titles: Titles by id of the source.
        names: Short names by id of the source.
    """
    return [(row, group) for group in groups for row in _rows(group, titles, names)]


def _rows(group: Agreement, titles: Mapping[str, SafeText], names: Mapping[str, SafeText]) -> Iterator[Row]:
    yield Head(TONES[group.status], group.claim, words_of_status(group))
    items = list(once(group.items))
    changed = changed_words([item.value for item in items]) if group.status in _REWORDED else [()] * len(items)
    for item, spans in zip(items, changed, strict=True):
        title = titles.get(item.document, own("?"))
        quoted = group.kind == "quote"
        yield Said(item.document, title, item.value.line(), spans, item.start, item.end, quoted)
    if group.silent and group.status != "single":
        named = [names[key] for key in group.silent if key in names]
        yield Silent(own(", ").join(named))


def words_of_status(group: Agreement) -> SafeText:
    """A claim's numbers of sources and origins, and its status, in words."""
    sources = plural(len({item.document for item in group.items}), "source")
    note = own(f"{sources}, {plural(group.origins, 'origin')}  ·  ")
    return note + SafeText(words_of(group.kind, group.status)).line()


def once(items: Sequence[ClaimItem]) -> Iterator[ClaimItem]:
    """Leave out what a source repeats in the same words."""
    for _, same in groupby(
        sorted(items, key=lambda i: (i.document, i.value, i.start)), lambda i: (i.document, i.value)
    ):
        yield next(same)


def changed_words(wordings: Sequence[SafeText]) -> list[tuple[Span, ...]]:
    """For each wording the spans in which it differs from the first one; for the first, those that others change."""
    from briefing.compare import diff_words

    first, *others = (wording.line() for wording in wordings)
    ours: set[Span] = set()
    theirs: list[tuple[Span, ...]] = []
    for other in others:
        changes = [change for change in diff_words(first, other) if change[0] != "equal"]
        ours.update(left for _, left, _ in changes if left[0] < left[1])
        theirs.append(tuple(right for _, _, right in changes if right[0] < right[1]))
    return [tuple(sorted(ours)), *theirs]


def sign(tone: Tone) -> SafeText:
    """The sign of a claim."""
    return own(SIGNS[tone] + " ")
