"""Canonical names within one document: variants of a type, repeated names, names known from elsewhere in the text."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from briefing.extract.entities.candidates import KNOWN, STRONG, Found, Text
from briefing.extract.lexicon.lexicon import WORD

_SPREAD: Final = frozenset({"ORG", "PLACE", "SHIP", "EVENT"})


def spread(text: Text, found: Sequence[Found], short: dict[str, Found]) -> Iterator[Found]:
    """Find further occurrences of names that are mentions elsewhere in the text, and of ships' short names.

    Args:
        text: The document.
        found: The mentions so far.
        short: Ships by their short names, see :func:`briefing.extract.entities.ships.short_names`.
    """
    names: dict[str, dict[str, Found]] = {}
    taken = {f.start: f for f in found}
    flat = text.flat
    for f in found:
        written = flat[f.start : f.end]
        if (
            f.type in _SPREAD
            and len(written) > 3
            and written[0].isupper()
            and written not in text.lists.too_common
            and (f.confidence != "medium" or " " in written or written.lower() not in text.lower_words)
        ):
            first = WORD.match(written)
            if first is not None:
                # the first mention of a name stands for the others: a text may have thousands of them
                names.setdefault(first.group(), {}).setdefault(written, f)
    for written, f in short.items():
        if first := WORD.match(written):
            names.setdefault(first.group(), {})[written] = f
    longest_first = {first: sorted(options.items(), key=lambda one: -len(one[0])) for first, options in names.items()}
    persons = [(f.start, f.end) for f in found if f.type == "PERSON" and " " in f.name] if short else []
    done = 0
    for word in text.lexicon.starts.finditer(flat):
        options_at = longest_first.get(word.group())
        start = word.start()
        if options_at is None or start < done:
            continue
        there = taken.get(start)
        for written, f in options_at:
            end = start + len(written)
            ship = written in short and (there is None or (there.tier > STRONG and there.end <= end))
            if ship and any(a < start < b for a, b in persons):
                continue
            if (there is None or ship) and flat.startswith(written, start) and not flat[end : end + 1].isalnum():
                yield Found(start, end, f.type, f.name, f.entry, STRONG if ship else KNOWN, f.item, f.confidence)
                done = end
                break


def unify(found: Iterable[Found]) -> list[Found]:
    """Give a type's mentions one name where the text names only one variant: ``B-52s`` with ``B-52H``."""
    listed = list(found)
    variants: dict[str, dict[str, str]] = {}
    for f in listed:
        if f.item and f.entry is not None and f.type in ("AIRCRAFT", "VEHICLE", "WEAPON"):
            designation = f.item.split(" ")[0] if any(c.isdigit() for c in f.item.split(" ")[0]) else ""
            if designation:
                names = variants.setdefault(f.entry.name, {})
                names[designation] = max(names.get(designation, ""), f.item, key=len)
    return [_named(f, variants) for f in listed]


def plain_demonyms(text: Text, found: Sequence[Found]) -> list[Found]:
    """Read ``Korean`` alone as South Korean in a text that names South Korea, as news style has it.

    Args:
        text: The document.
        found: The mentions so far.
    """
    named = {f.name for f in found}
    plain = {name.partition(" ")[2]: name for name in text.lists.the_half_meant if name in named}
    return [
        f._replace(name=plain[f.name], entry=text.lexicon.entry(plain[f.name]))
        if f.name in plain and text.flat[f.start : f.end] != f.name
        else f
        for f in found
    ]


def _named(f: Found, variants: dict[str, dict[str, str]]) -> Found:
    if f.entry is None or f.entry.name not in variants or not f.item:
        return f
    names = variants[f.entry.name]
    own = f.item.split(" ")[0]
    marked = [d for d in names if d not in (f.entry.name, f.entry.name.replace("-", ""))]
    if own in marked:
        return f._replace(name=names[own])
    if len(marked) == 1:
        return f._replace(name=names[marked[0]])
    return f._replace(name=names.get(own, f.entry.name))
