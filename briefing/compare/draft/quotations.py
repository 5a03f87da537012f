"""Check the quotations of a draft word for word against the sources."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from briefing.compare.draft.finding import Finding
from briefing.compare.draft.texts import SourceText, Span
from briefing.compare.names import one_name
from briefing.compare.wording import diff_words, keys, likeness
from briefing.model.facts import Quote
from briefing.model.safetext import SafeText

_QUOTED: Final = re.compile(r"“([^”\n]{2,2000})”|(?<!\w)\"([^\"\n]{2,2000})\"(?!\w)")
_GAP: Final = re.compile(r"\s*(?:\[?\s*(?:\.\s?\.\s?\.|…)\s*\]?|\[[^\]]*\])\s*")
_ALTERED: Final = 0.55
"""Least likeness of a passage that a quotation was made of."""
_ALTERED_SHORT: Final = 0.7
_SHORT: Final = 6
"""Fewer words than this have to be more alike: much is said in four words."""
_COMMON: Final = 0.4
"""Share of its words that a passage has to have before it is looked at closely."""
_SHOWN: Final = 3
_FEWEST: Final = 2
"""A quoted single word is no quotation."""


def check_quotations(draft: SourceText, texts: Sequence[SourceText]) -> Iterator[Finding]:
    """Check each quotation of the draft, those of very few words left out.

    Args:
        draft: The draft.
        texts: The sources.
    """
    for start, end, quote in _quotations(draft):
        words = draft.source.text[start:end]
        parts = [said for part in _GAP.split(words) if (said := keys(part))]
        if sum(map(len, parts)) < _FEWEST:
            continue
        found = [(text, span) for text in texts for span in _verbatim(text, parts)]
        if found:
            yield _by_speaker(draft, (start, end), quote, found)
        else:
            yield _altered((start, end), words.line(), texts)


def _quotations(draft: SourceText) -> Iterator[tuple[int, int, Quote | None]]:
    """The quotations that were found, and other words between marks."""
    found: list[tuple[int, int, Quote | None]] = [(one.start, one.end, one) for one in draft.extraction.quotes]
    for match in _QUOTED.finditer(draft.source.text):
        start, end = match.span(1) if match[1] else match.span(2)
        if not any(a < end and start < b for a, b, _ in found):
            found.append((start, end, None))
    return iter(sorted(found, key=lambda one: one[:2]))


def _verbatim(text: SourceText, parts: Sequence[Sequence[str]]) -> Iterator[Span]:
    """Passages of a source with all parts in their order, each word for word."""
    for first, last in text.runs(parts[0]):
        end = last
        for part in parts[1:]:
            following = next((span for span in text.runs(part) if span[0] >= end), None)
            if following is None:
                break
            end = following[1]
        else:
            yield first, end


def _by_speaker(draft: SourceText, span: Span, quote: Quote | None, found: "list[tuple[SourceText, Span]]") -> Finding:
    """Supported, unless every source that names a speaker names another one."""
    words = draft.source.text[span[0] : span[1]].line()
    support = tuple(text.support(*where) for text, where in found[:_SHOWN])
    speakers = [speaker for text, where in found for speaker in _speakers(text, where)]
    if quote is None or not quote.speaker or not speakers or any(_same(quote.speaker, one) for one in speakers):
        return Finding("quotation", *span, words, "supported", support)
    remark = SafeText(f"said by {', '.join(dict.fromkeys(speakers))}, not {quote.speaker}").line()
    return Finding("quotation", *span, words, "different", support, remark)


def _speakers(text: SourceText, where: Span) -> Iterator[str]:
    for quote in text.extraction.quotes:
        if quote.start < where[1] and where[0] < quote.end and quote.speaker:
            yield quote.speaker


def _same(a: str, b: str) -> bool:
    shorter, longer = sorted((keys(a), keys(b)), key=len)
    return one_name(a, b, "PERSON") or (bool(shorter) and longer[-len(shorter) :] == shorter) or one_name(a, b, "ORG")


def _altered(span: Span, words: SafeText, texts: Sequence[SourceText]) -> Finding:
    """The passage that is most like it, with what was changed; found nowhere where none is."""
    said = keys(words)
    best: tuple[float, SourceText, Span] | None = None
    for text in texts:
        for where in _passages(text):
            theirs = keys(text.source.text[where[0] : where[1]])
            if len(set(said) & set(theirs)) < _COMMON * len(set(said)):
                continue
            alike = likeness(said, theirs) if len(theirs) < 2 * len(said) else _within(said, theirs)
            if best is None or alike > best[0]:
                best = alike, text, where
    if best is None or best[0] < (_ALTERED if len(said) >= _SHORT else _ALTERED_SHORT):
        return Finding("quotation", *span, words, "nowhere")
    _, text, where = best
    return Finding("quotation", *span, words, "altered", (text.support(*where),), _difference(text, where, words))


def _passages(text: SourceText) -> Iterator[Span]:
    for quote in text.extraction.quotes:
        yield quote.start, quote.end
    yield from text.extraction.sentences


def _within(said: Sequence[str], theirs: Sequence[str]) -> float:
    """Likeness to the part of a longer passage that is most like it."""
    size, step = len(said), max(1, len(said) // 4)
    return max(likeness(said, theirs[at : at + size]) for at in range(0, len(theirs) - size + step, step))


def _difference(text: SourceText, where: Span, words: SafeText) -> SafeText:
    theirs = text.source.text[where[0] : where[1]].line()
    said = [
        f"“{words[now[0] : now[1]]}” for “{theirs[was[0] : was[1]]}”"
        for op, was, now in diff_words(theirs, words)
        if op == "replace"
    ]
    added = [f"“{words[now[0] : now[1]]}” added" for op, _, now in diff_words(theirs, words) if op == "insert"]
    return SafeText("; ".join([*said, *added][: 2 * _SHOWN])).line()
