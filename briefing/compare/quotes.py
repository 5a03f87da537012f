"""The same words in several sources: quoted alike, in part, altered, or put into another mouth."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz.distance import Indel, LCSseq

from briefing.compare.claims import Claim, Item
from briefing.compare.events import rarity
from briefing.compare.wording import keys, short_keys, words
from briefing.model.facts import Quote
from briefing.model.safetext import SafeText
from briefing.model.statuses import Form

if TYPE_CHECKING:
    from briefing.compare.events import Events
    from briefing.compare.origins import Origins
    from briefing.compare.reports import Report

# Words that say little about which sentence they are from.
_COMMON_WORDS: Final = (
    "a about all also am an and any are as at be because been being but by can can't could did do does doesn't don't "
    "even for from get go going got had has have he her him his how i i'm if in into is it it's its just may me might "
    "more most must my no nor not of off on one only or our out over shall she should so some than that that's the "
    "their them then there these they this those to too up us very was we we're were what when where which who why "
    "will with would you your"
)
_COMMON: Final = frozenset(_COMMON_WORDS.split())
_COMMON_WEIGHT: Final = 0.2

# When two quotations are one statement. Set on 7,600 quotations of 924 news articles, many about the same events;
# weights count words that carry meaning, and less where a word stands in many of the sources.
_WHOLE: Final = (4, 1.2)
"""One within the other, word by word: its words and their weight."""
_RUN: Final = (8, 2.5)
"""A run of words in common: its words and their weight."""
_LONG: Final = (0.5, 4.0)
"""Words in common in the same order: likeness of the aligned parts, and weight."""
_SHORT: Final = (0.75, 2.5)
"""The same for sentences of few words."""

_UNMISTAKABLE: Final = 8
"""Words from which a quotation can be told from any other; shorter ones need sources on the same matter."""
_FEWEST: Final = 5
"""Words below which nothing is called an altered quotation."""

_SHARED_PAIRS: Final = 2
"""Pairs of words in common from which two quotations are held against each other, whoever says them."""
_MOST_WORDS: Final = 0.6
"""Share of words in common from which one speaker's two quotations of one event are one."""
_NEXT: Final = 30
"""To how many others of those that share a pair of words a quotation is held."""


# When two quotations of one event are one statement in other words, as two translations are.
_TRANSLATED: Final = 0.34
"""Share of their telling words, by their beginnings, that both have in common, if one person says both."""
_TRANSLATED_UNKNOWN: Final = 0.36
"""The same where one has no speaker."""
_TRANSLATED_FEWEST: Final = 3
_STEM: Final = 4


class _Said(NamedTuple):
    """A quotation of one source, by its words; ``event`` is the event that its place belongs to."""

    document: int
    quote: Quote
    keys: tuple[str, ...]
    event: int
    speaker: str | None


class _Pair(NamedTuple):
    """Two quotations that are one statement, and how surely."""

    weight: float
    a: int
    b: int
    how: str


class Quotations(NamedTuple):
    """The claims, and the sources that carry the same statement: sets of their numbers."""

    claims: list[Claim]
    shared: list[tuple[int, ...]]


def compare_quotes(reports: Sequence[Report], events: Events, origins: Origins) -> Quotations:
    """Every quotation in exactly one claim."""
    said = [
        _Said(report.number, quote, keys(quote.text), events.at(report.number, quote.start), _speaker(report, quote))
        for report in reports
        for quote in report.extraction.quotes
    ]
    weights = _Weights(said, len(reports))
    pairs = list(_pairs(said, events, weights))
    if parts := _in_parts(said, pairs):
        said = [part for number, one in enumerate(said) for part in parts.get(number, [one])]
        weights = _Weights(said, len(reports))
        pairs = list(_pairs(said, events, weights))
    groups = _joined(said, pairs)
    claims = [_claim([said[n] for n in group], reports, origins) for group in groups]
    shared = [_carriers([said[n] for n in group]) for group in groups]
    return Quotations(claims, [numbers for numbers in shared if len(numbers) > 1])


def _speaker(report: Report, quote: Quote) -> str | None:
    """Who says it: as the extractor has it, else whom the text has it from."""
    if quote.speaker:
        return str(quote.speaker)
    return report.asserters.at(quote.start, quote.end)


def _pairs(said: Sequence[_Said], events: Events, weights: _Weights) -> Iterator[_Pair]:
    """Pairs of quotations that are one statement: alike in their words, or one event's in other words."""
    found: set[tuple[int, int]] = set()
    for a, b, times in _candidates(said):
        one, two = said[a], said[b]
        short, long = sorted((one.keys, two.keys), key=len)
        near = one.event == two.event or two.document in events.related[one.document]
        if (len(short) < _UNMISTAKABLE and not near) or not _may_be_one(one, two, short == long):
            continue
        if times < _SHARED_PAIRS and short != long:
            if _slightly_other(one, two):
                found.add((a, b))
                yield _Pair(1.0 + Indel.normalized_similarity(short, long), a, b, "altered")
            continue
        if short == long or weights.within(short, long):
            found.add((a, b))
            yield _Pair(2.0 + weights.of(short), a, b, "words")
        elif weights.same_statement(short, long) or _slightly_other(one, two):
            found.add((a, b))
            apart = one.document != two.document and _overlap(short, long) < _UNMISTAKABLE
            yield _Pair(1.0 + Indel.normalized_similarity(short, long), a, b, "altered" if apart else "words")
    yield from _translated(said, found)


def _slightly_other(one: _Said, two: _Said) -> bool:
    """Whether one speaker says nearly the same of one event, in few words."""
    if one.event != two.event or not same_speaker(one.speaker, two.speaker):
        return False
    fewest = min(len(one.keys), len(two.keys))
    return fewest >= _FEWEST and LCSseq.similarity(one.keys, two.keys) >= _MOST_WORDS * max(
        len(one.keys), len(two.keys)
    )


def _may_be_one(one: _Said, two: _Said, same_words: bool) -> bool:
    """Whether two quotations can be one statement: of one event, or word for word the same and by one speaker."""
    if one.event == two.event:
        return True
    return same_words and len(one.keys) >= _UNMISTAKABLE and same_speaker(one.speaker, two.speaker) is not False


def _translated(said: Sequence[_Said], found: set[tuple[int, int]]) -> Iterator[_Pair]:
    """Pairs of one event by one speaker, or with one unknown, that share what their words mean most by."""
    of_event: dict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(said):
        if len(one.keys) >= _FEWEST:
            of_event[one.event].append(number)
    for numbers in of_event.values():
        stems = {n: _telling(said[n]) for n in numbers}
        holders: dict[str, list[int]] = defaultdict(list)
        for n in numbers:
            for stem in sorted(stems[n]):
                holders[stem].append(n)
        shared: Counter[tuple[int, int]] = Counter()
        for holding in holders.values():
            for place, a in enumerate(holding):
                shared.update((a, b) for b in islice(holding, place + 1, place + 1 + _NEXT))
        for (a, b), times in sorted(shared.items()):
            one, two = said[a], said[b]
            if (a, b) in found or one.document == two.document or times < _TRANSLATED_FEWEST:
                continue
            same = same_speaker(one.speaker, two.speaker)
            share = times / min(len(stems[a]), len(stems[b]))
            lengths = min(len(one.keys), len(two.keys)) / max(len(one.keys), len(two.keys))
            if same is not False and lengths > 0.4 and share >= (_TRANSLATED if same else _TRANSLATED_UNKNOWN):
                yield _Pair(share, a, b, "altered")


def _telling(one: _Said) -> set[str]:
    """The beginnings of the words that a quotation means most by; names are in many statements."""
    written = one.quote.text
    names = {word.casefold() for word in re.findall(r"(?<=[a-z,] )[A-Z][\w’']*", written)}
    return {key[:_STEM] for key in one.keys if key not in _COMMON and len(key) > 3 and key not in names}


def _in_parts(said: Sequence[_Said], pairs: Sequence[_Pair]) -> dict[int, list[_Said]]:
    """Long quotations of which others quote several parts, such as a turn of a transcript, cut into those parts."""
    ranges: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pair in pairs:
        short, long = sorted((pair.a, pair.b), key=lambda n: len(said[n].keys))
        if len(said[long].keys) >= _LONG_TURN and len(said[long].keys) > 1.5 * len(said[short].keys):
            blocks = LCSseq.opcodes(said[short].keys, said[long].keys)
            equal = [block for block in blocks if block.tag == "equal" and block.dest_end - block.dest_start > 1]
            if equal:
                ranges[long].append((equal[0].dest_start, equal[-1].dest_end))
    result = {}
    for number, found in ranges.items():
        groups: list[tuple[int, int]] = []
        for first, last in sorted(found):
            if groups and first < groups[-1][1]:
                groups[-1] = groups[-1][0], max(last, groups[-1][1])
            else:
                groups.append((first, last))
        if len(groups) > 1:
            result[number] = _cut(said[number], [first for first, _ in groups[1:]])
    return result


def _cut(one: _Said, places: Sequence[int]) -> list[_Said]:
    """A quotation cut before the words of those numbers, at the end of the sentence before; all keep its place."""
    found = words(one.quote.text)
    cuts = [0]
    for place in places:
        upto = found[place].start
        stop = max(one.quote.text.rfind(mark, cuts[-1], upto) for mark in (". ", "? ", "! ", "\n", "; ", ", "))
        cuts.append(stop + 2 if stop > cuts[-1] else upto)
    parts = []
    for start, end in zip(cuts, [*cuts[1:], len(one.quote.text)], strict=True):
        text = one.quote.text[start:end]
        parts.append(one._replace(quote=one.quote.model_copy(update={"text": SafeText(text)}), keys=keys(text)))
    return parts


_LENGTHS: Final = 5
"""Into how many classes lengths fall: a word more or less makes no wording nearer to the speaker."""
_LONG_TURN: Final = 25


def _joined(said: Sequence[_Said], pairs: Sequence[_Pair]) -> list[list[int]]:
    """Groups of quotations that are one statement each.

    A quotation joins by what it has in common with the fullest one of the group, not by way of a third: two statements
    by two speakers do not become one because somebody quotes both.
    """
    linked: dict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        linked[pair.a].add(pair.b)
        linked[pair.b].add(pair.a)
    home = {number: [number] for number in range(len(said))}
    for pair in sorted(pairs, key=lambda one: (-one.weight, one.a, one.b)):
        one, two = home[pair.a], home[pair.b]
        if one is two or not _coherent(said, one, two, linked):
            continue
        one += two
        for number in two:
            home[number] = one
    unique = {id(group): sorted(group) for group in home.values()}
    return sorted(unique.values())


def _coherent(said: Sequence[_Said], one: Sequence[int], two: Sequence[int], linked: dict[int, set[int]]) -> bool:
    """Whether two groups stay one statement when they are joined."""
    full_one = max(one, key=lambda n: (len(said[n].keys), -n))
    full_two = max(two, key=lambda n: (len(said[n].keys), -n))
    if full_one in linked[full_two] or full_two in linked[full_one]:
        return True
    speakers = [said[n].speaker for n in (full_one, full_two)]
    if same_speaker(*speakers) is False:
        return False
    crossing = sum(b in linked[a] for a in one for b in two)
    return 2 * crossing >= min(len(one), len(two))


def same_speaker(a: str | None, b: str | None) -> bool | None:
    """Whether two names of speakers are of one; None where one is not known, is a description, or speaks for a body."""
    from briefing.compare.names import one_name

    if not a or not b:
        return None
    if a == b:
        return True
    if a[0].islower() or b[0].islower():
        return None
    bodies = [_BODY.search(name) is not None for name in (a, b)]
    if bodies[0] != bodies[1]:
        return None  # a body and its chief
    first, second = ({word for word in short_keys(name) if word not in _TITLES and len(word) > 1} for name in (a, b))
    if all(bodies):
        if first & second - _OF_BODIES:
            return True
        if not first & second - {"us", "of", "the", "and", "national"}:
            return False
        return False if first - second - _OF_BODIES and second - first - _OF_BODIES else None
    return bool(first & second) or one_name(a, b, "PERSON")


_OF_BODIES: Final = frozenset(
    {
        "ministry",
        "of",
        "the",
        "force",
        "forces",
        "us",
        "general",
        "staff",
        "command",
        "national",
        "department",
        "and",
        "air",
        "army",
        "navy",
        "defence",
        "defense",
        "self",
        "guard",
        "coast",
        "armed",
        "joint",
        "military",
    }
)
_BODY: Final = re.compile(
    r"\b(?:ministry|command|force|forces|navy|army|staff|guard|military|government|spokes\w+|statement|state|province|"
    r"department|officials?|union|mission|council|office|agency|bureau|service|authority|corps|board)\b",
    re.IGNORECASE,
)
_TITLES: Final = frozenset(
    {"the", "of", "captain", "colonel", "general", "admiral", "commander", "al", "minister", "spokesman"}
)


def _claim(group: Sequence[_Said], reports: Sequence[Report], origins: Origins) -> Claim:
    """The claim that one statement makes, under the wording nearest to the speaker."""
    original = min(group, key=lambda one: _distance(one, reports[one.document], group))
    forms = [_form(one, original, reports, origins) for one in group]
    speakers = sorted({str(one.quote.speaker) for one in group if one.quote.speaker})
    named = original.quote.speaker or (speakers[0] if speakers else "")
    title = f"{named}: {original.quote.text}" if named else str(original.quote.text)
    items = [
        Item(
            one.document, one.quote.start, one.quote.end, str(one.quote.text), form=form, asserted_by=one.speaker,
            origin_key=origins.of(reports[one.document], one.speaker),
        )
        for one, form in zip(group, forms, strict=True)
    ]  # fmt: skip
    return Claim("quote", title, items, group[0].event, one_origin=True)


def _distance(one: _Said, report: Report, group: Sequence[_Said]) -> tuple[object, ...]:
    """How far a wording is from the speaker: machine-paraphrased ones last, the speaker's own release first."""
    issuer = report.asserters.issuer
    own = issuer is not None and (one.speaker is None or issuer == one.speaker or report.is_release)
    spread = Counter(other.keys for other in group)
    longest = max(1, *(len(other.keys) for other in group))
    return (
        report.machine_paraphrased or report.copies_words,
        not own,
        one.quote.speaker is None,
        -spread[one.keys] if len(group) > 2 else 0,
        -round(_LENGTHS * len(one.keys) / longest),
        report.day.isoformat() if report.day else "~",
        report.number,
    )


def _form(one: _Said, original: _Said, reports: Sequence[Report], origins: Origins) -> Form:
    """What a source makes of the original wording."""
    if one is original:
        return "original"
    if _other_speaker(one, original, reports, origins):
        return "reattributed"
    if one.keys == original.keys or f" {' '.join(original.keys)} " in f" {' '.join(one.keys)} ":
        return "verbatim"
    short, long = sorted((one.keys, original.keys), key=len)
    if _contained(short, long) or _overlap(short, long) >= _UNMISTAKABLE:
        return "shortened"
    return "altered"


def _other_speaker(one: _Said, original: _Said, reports: Sequence[Report], origins: Origins) -> bool:
    """Whether somebody else is named as the speaker, however the two texts are read."""
    mine, theirs = (
        {said.speaker, reports[said.document].asserters.at(said.quote.start, said.quote.end)} - {None}
        for said in (one, original)
    )
    if any(same_speaker(a, b) for a in mine for b in theirs):
        return False
    if same_speaker(one.speaker, original.speaker) is not False:
        return False
    keys_of = [origins.of(reports[said.document], said.speaker) for said in (one, original)]
    bodies = all(_BODY.search(said.speaker or "") for said in (one, original))
    return keys_of[0] != keys_of[1] or bodies or keys_of[0].startswith("outlet")


def _contained(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether one wording is the other with words left out, in no more than three pieces."""
    if f" {' '.join(short)} " in f" {' '.join(long)} ":
        return True
    if LCSseq.similarity(short, long) < len(short):
        return False
    runs = sum(1 for block in LCSseq.opcodes(short, long) if block.tag == "equal")
    return runs <= 3


def _carriers(group: Sequence[_Said]) -> tuple[int, ...]:
    """Sources that carry a statement long enough to have come from one place."""
    return tuple(sorted({one.document for one in group if len(one.keys) >= _UNMISTAKABLE}))


def _candidates(said: Sequence[_Said]) -> Iterator[tuple[int, int, int]]:
    """Pairs of quotations that share pairs of neighbouring words which are not both common ones, and how many."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, one in enumerate(said):
        telling = {pair for pair in pairwise(one.keys) if not _COMMON.issuperset(pair)}
        for part in {*telling, one.keys}:
            holders[part].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        for place, a in enumerate(numbers):
            shared.update((a, b) for b in islice(numbers, place + 1, place + 1 + _NEXT))
    yield from ((a, b, times) for (a, b), times in sorted(shared.items()))


def _overlap(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    """How many words the end of one has in common with the beginning of the other, as two parts of one text do."""
    longest = min(len(a), len(b)) - 1
    return next((n for n in range(longest, 0, -1) if a[-n:] == b[:n] or b[-n:] == a[:n]), 0)


class _Weights:
    """How much words say about which statement they are from."""

    def __init__(self, said: Sequence[_Said], documents: int) -> None:
        holders: dict[str, set[int]] = defaultdict(set)
        for one in said:
            for key in one.keys:
                holders[key].add(one.document)
        self._weights = {
            key: (_COMMON_WEIGHT if key in _COMMON else 1.0) * rarity(len(numbers), documents)
            for key, numbers in holders.items()
        }

    def of(self, said: Sequence[str]) -> float:
        """The weight of some words."""
        return sum(map(self._weights.__getitem__, said))

    def within(self, short: tuple[str, ...], long: tuple[str, ...]) -> bool:
        """Whether one wording stands in the other word by word, and is more than a phrase anyone might use."""
        if len(short) < _WHOLE[0] or self.of(short) < _WHOLE[1]:
            return False
        return f" {' '.join(short)} " in f" {' '.join(long)} "

    def same_statement(self, short: tuple[str, ...], long: tuple[str, ...]) -> bool:
        """Whether two wordings are of one statement, by the parts of them that lie against each other best."""
        if len(short) < _FEWEST:
            return False
        slack = 2 + len(short) // 5
        for offset in _offsets(short, long):
            window = long[max(0, offset - slack) : offset + len(short) + slack]
            common = [block for block in LCSseq.opcodes(short, window) if block.tag == "equal"]
            if not common:
                continue
            weight = sum(self.of(short[block.src_start : block.src_end]) for block in common)
            run = max(common, key=lambda block: block.src_end - block.src_start)
            run_words = short[run.src_start : run.src_end]
            if len(run_words) >= _RUN[0] and self.of(run_words) >= _RUN[1]:
                return True
            covered = self.of(window[common[0].dest_start : common[-1].dest_end])
            whole = self.of(short)
            likeness = 2 * weight / (whole + max(covered, min(whole, self.of(window))))
            if any(likeness >= least and weight >= needed for least, needed in (_LONG, _SHORT)):
                return True
        return False


def _offsets(short: Sequence[str], long: Sequence[str]) -> list[int]:
    """How far the shorter wording has to be moved to lie against the longer one: the likeliest three."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, pair in enumerate(pairwise(long)):
        places[pair].append(place)
    moved = Counter(there - here for here, pair in enumerate(pairwise(short)) for there in places.get(pair, ()))
    return sorted(moved, key=lambda offset: (-moved[offset], offset))[:3]
