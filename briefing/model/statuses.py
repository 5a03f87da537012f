"""Statuses of a claim over its sources: their words and signs, and the one place that decides them.

The comparison, the reader, the command and the brief all ask here, so that a claim has the same status everywhere.
Nothing here needs pydantic: the reader draws its first frame before that is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

from briefing.model.kinds import FactKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.model.agreement import Agreement, ClaimItem

ClaimKind = Literal["count", "quote", "name", "participant", "date", "ordinal"]
CLAIM_KINDS: Final[tuple[ClaimKind, ...]] = ("count", "date", "ordinal", "quote", "name", "participant")
"""In the order in which claims of one event are listed."""
FACT_OF_CLAIM: Final[dict[str, FactKind]] = {"name": "participant", **{kind: kind for kind in get_args(FactKind)}}
"""Kinds of claims that verdicts can be given on, with the kind of fact that these are about."""
Status = Literal[
    "agree", "less_precise", "compatible", "later", "differ",
    "verbatim", "shortened", "altered", "reattributed", "spelling", "single",
]  # fmt: skip
Form = Literal["original", "verbatim", "shortened", "altered", "reattributed"]
"""How one source words a quotation, held against the wording nearest to the speaker (the original)."""
Group = Literal["contrast", "agreed", "single"]
"""What a reader looks at together: what sources put differently, what they agree on, what one of them says alone."""

GRAVITY: Final[tuple[Status, ...]] = (
    "differ", "reattributed", "altered", "spelling", "later", "less_precise", "compatible", "shortened",
    "agree", "verbatim", "single",
)  # fmt: skip
"""What needs a look first. Where several fit, the gravest stands."""

SIGNS: Final[dict[Status, str]] = {
    "agree": "✓",
    "less_precise": "≈",
    "compatible": "≲",
    "later": "→",
    "differ": "≠",
    "verbatim": "✓",
    "shortened": "…",
    "altered": "~",
    "reattributed": "⇄",
    "spelling": "±",
    "single": "·",
}
"""A sign for each status, so that none is told by colour alone."""

_GROUPS: Final[dict[Status, Group]] = {
    "agree": "agreed",
    "less_precise": "contrast",
    "compatible": "agreed",
    "later": "contrast",
    "differ": "contrast",
    "verbatim": "agreed",
    "shortened": "agreed",
    "altered": "contrast",
    "reattributed": "contrast",
    "spelling": "contrast",
    "single": "single",
}
_WORDS: Final[dict[Status, str]] = {
    "agree": "the sources agree",
    "less_precise": "not all are as precise",
    "compatible": "the figures fit each other",
    "later": "the figure moved between the reports",
    "differ": "the sources differ",
    "verbatim": "the same words",
    "shortened": "words are left out",
    "altered": "the wording differs",
    "reattributed": "other speakers are named",
    "spelling": "spelt differently",
    "single": "one source only",
}
_WORDS_OF_KIND: Final[dict[tuple[ClaimKind, Status], str]] = {
    ("count", "differ"): "the numbers differ",
    ("date", "differ"): "the dates differ",
    ("date", "compatible"): "the dates fit each other",
    ("participant", "agree"): "named by each",
    ("participant", "differ"): "roles or sides differ",
}


def group_of(status: Status) -> Group:
    """The group of a list that a claim of this status is shown in."""
    return _GROUPS[status]


def words_of(kind: ClaimKind, status: Status) -> str:
    """A claim's status in words: ``the sources agree``, ``spelt differently``.

    Args:
        kind: Kind of the claim; some kinds word a status in their own way.
        status: How the sources stand to it.
    """
    return _WORDS_OF_KIND.get((kind, status), _WORDS[status])


def is_listed(group: Agreement) -> bool:
    """Whether a claim belongs in a list of agreements and differences. That sources name somebody agrees on nothing."""
    return group.status != "single" and (group.kind, group.status) != ("participant", "agree")


def gravest(statuses: Iterable[Status]) -> Status:
    """The most serious of several statuses."""
    return min(statuses, key=GRAVITY.index)


def narrowed(group: Agreement, items: Sequence[ClaimItem]) -> Agreement:
    """Restrict a claim to some of its items, as after a review; the status is decided anew.

    The origin of an item never changes; the claim has as many origins as its items are from.

    Args:
        group: The claim.
        items: Those of its items that stay.
    """
    kept = tuple(items)
    if kept == group.items:
        return group
    origins = len({item.origin for item in kept if item.origin}) or 1
    status = status_of(group.kind, kept, group.status)
    return group.model_copy(update={"items": kept, "status": status, "origins": origins})


def status_of(kind: ClaimKind, items: Sequence[ClaimItem], known: Status = "agree") -> Status:
    """Decide a claim's status from its items; ``single`` where fewer than two sources state it.

    Counts and ordinals are decided by their bounds, quotations by their forms, dates by their intervals, names by
    their spellings.

    Args:
        kind: Kind of the claim.
        items: What each source says; a source may have several.
        known: Status to return where values differ and items of this kind do not tell by themselves.
    """
    if len({item.document for item in items}) < 2:
        return "single"
    if kind == "count":
        return _of_amounts(items)
    if kind == "ordinal":
        return _of_ranks(items)
    if kind == "date":
        return _of_dates(items)
    if kind == "quote":
        return _of_forms(items)
    if kind == "name":
        return "agree" if _one_spelling([str(item.value) for item in items]) else "spelling"
    return known if len({item.value for item in items}) > 1 else "agree"


def _of_amounts(items: Sequence[ClaimItem]) -> Status:
    from briefing.model.amounts import Amount, relation

    known = list(dict.fromkeys(Amount(item.low, item.high, item.approx, item.superseded) for item in items))
    return gravest(["agree", *(relation(a, b) for place, a in enumerate(known) for b in known[place + 1 :])])


def _of_ranks(items: Sequence[ClaimItem]) -> Status:
    """Ranks agree only where they are equal; "at least the second" fits the third."""
    exact = {(item.low, item.high) for item in items if item.high is not None}
    least = max((item.low or 0 for item in items if item.high is None), default=0)
    if len(exact) > 1 or any((low or 0) < least for low, _ in exact):
        return "differ"
    return "agree" if not least or not exact else "compatible"


def _of_dates(items: Sequence[ClaimItem]) -> Status:
    from briefing.model.days import date_relation

    values = sorted({str(item.value) for item in items})
    return gravest(["agree", *(date_relation(a, b) for place, a in enumerate(values) for b in values[place + 1 :])])


def _of_forms(items: Sequence[ClaimItem]) -> Status:
    forms: dict[Form | None, Status] = {
        "shortened": "shortened", "altered": "altered", "reattributed": "reattributed",
    }  # fmt: skip
    return gravest(["verbatim", *(forms[item.form] for item in items if item.form in forms)])


def _one_spelling(written: Sequence[str]) -> bool:
    """Whether names differ in nothing that makes another spelling; the order of their words does not either."""
    plain = {plain_name(one) for one in written}
    if len(plain) == 1:
        return True
    words = [tuple(plain_words(one)) for one in written]
    words = [without_middle(one, words) for one in words]
    return len({"".join(sorted(one)) for one in words}) == 1


def without_middle(name: tuple[str, ...], others: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The words of a name without those between the first and the last, where another form of it leaves them out.

    Args:
        name: Words of the name.
        others: Words of other forms.
    """
    ends = name[:1] + name[-1:]
    return ends if len(name) > len(ends) and ends in others else name


_RANKS: Final = frozenset(
    {
        "mr", "mrs", "ms", "dr", "sir", "gen", "general", "lt", "ltgen", "maj", "major", "col", "colonel", "capt",
        "captain", "cmdr", "commander", "adm", "admiral", "vadm", "radm", "rear", "vice", "brig", "brigadier", "sgt",
        "sergeant", "cpl", "the",
    }
)  # fmt: skip
_GENERIC: Final = frozenset(
    {
        "air", "force", "base", "afb", "airbase", "island", "islands", "airport", "raf", "raaf", "station", "bases",
    }
)  # fmt: skip
"""Words of a place's name that may be missing."""
_EXONYMS: Final = {
    "kiev": "kyiv", "kharkov": "kharkiv", "odessa": "odesa", "lvov": "lviv", "peking": "beijing", "burma": "myanmar",
    "turkey": "turkiye", "rangoon": "yangon", "bombay": "mumbai", "calcutta": "kolkata", "madras": "chennai",
    "saigon": "hochiminh", "cracow": "krakow", "prag": "prague", "koln": "cologne", "munchen": "munich",
    "chernobyl": "chornobyl", "nikolaev": "mykolaiv", "dnieper": "dnipro", "moldavia": "moldova",
    "byelorussia": "belarus",
}  # fmt: skip
"""Names of places in other languages or of other times, by the one that they are variants of."""


LETTERS: Final = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "ı": "i", "ŋ": "n"}
)
"""Letters that are no accented ones, as names are written without them."""


def plain_name(written: str) -> str:
    """A name without accents, capitals, marks, spaces and rank, none of which makes another spelling."""
    return "".join(plain_words(written))


def plain_words(written: str) -> list[str]:
    """The words of a name without accents, capitals, marks and rank; a place's by the name it is a variant of."""
    import unicodedata

    bare = "".join(c for c in unicodedata.normalize("NFKD", written) if not unicodedata.combining(c))
    for mark in "-‐–’'":
        bare = bare.replace(mark, "")
    words = "".join(c if c.isalnum() else " " for c in bare).casefold().translate(LETTERS).split()
    return [_EXONYMS.get(word, word) for word in words if word not in _RANKS and word not in _GENERIC] or words
