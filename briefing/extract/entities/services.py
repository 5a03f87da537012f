"""Find armed services by nation and branch ("Kenyan Air Force", "Chile's Navy"), and resolve a bare "Air Force"."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from briefing.extract.entities.candidates import KNOWN, Found, Text
from briefing.extract.lexicon.lexicon import Entry, Lexicon
from briefing.extract.lexicon.word_lists import any_of, one_of
from briefing.extract.nlp.datelines import opening_dateline

_ADJECTIVE: Final = re.compile(r"((?:[A-Z][\w.]*\.? ){0,2}[A-Z][\w.]*)(?:'s?)? $")
_NUMBER: Final = re.compile(
    r"(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds|thousands|"
    r"several)(?: of)?) $"
)
_MINISTRY: Final = re.compile(
    r"(?:the |The )?(?:(?:Ministry|Department) of (?:National )?(?P<a>Defen[cs]e|Foreign Affairs)"
    r"|(?P<b>Defen[cs]e|Foreign) (?:Ministry|Department))$"
)
"""Ministries that every nation has under this name."""
_FORCES: Final = frozenset({"service", "forces"})
_SHARED: Final = frozenset({"ministry", "command", "legislature", "agency", "government"})


@lru_cache(maxsize=4)
def _branch(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:Royal )?({any_of(lexicon.service_words)})(?![\w-])")


def services(text: Text) -> Iterator[Found]:
    """Mentions of services: with the nation before them, or bare, unresolved and under the branch's own words."""
    flat, lexicon = text.flat, text.lexicon
    for match in _branch(lexicon).finditer(flat):
        written, branch = match[1], lexicon.service_words[match[1]]
        nation, start = _nation(lexicon, flat, match.start())
        if nation:
            entry = _service(lexicon, nation, branch, written)
            yield Found(start, match.end(), "ORG", entry.name, entry)
        elif written != "Marines" or not _NUMBER.search(flat, max(0, match.start() - 16), match.start()):
            kind = "forces" if branch == "armed forces" else "service"
            yield Found(
                match.start(), match.end(), "ORG", match.group(), Entry(match.group(), "ORG", kind), KNOWN, "", "medium"
            )


def _nation(lexicon: Lexicon, flat: str, end: int) -> tuple[str, int]:
    """The nation whose name or adjective ends just before ``end``, and where it starts."""
    match = _ADJECTIVE.search(flat, max(0, end - 40), end)
    if match is None:
        return "", end
    words = match[1].split(" ")
    for n in range(len(words)):
        written = " ".join(words[n:])
        if nation := lexicon.nation(written):
            return nation, match.start(1) + len(match[1]) - len(written)
    return "", end


def _service(lexicon: Lexicon, nation: str, branch: str, written: str) -> Entry:
    known = lexicon.branches.get((nation, branch)) or (
        lexicon.branches.get((nation, "marines")) if branch == "marine corps" else None
    )
    if known is not None:
        return known
    kind = "forces" if branch == "armed forces" else "service"
    return Entry(f"{lexicon.demonyms.get(nation, nation)} {written}", "ORG", kind, nations=(nation,))


def resolve(text: Text, found: Sequence[Found]) -> list[Found]:
    """Name bare services, and bodies that many nations have, by the nation the text gives them.

    A bare service is that of the nation of the place beside it; else the only one of its branch that the text names in
    full; else that of the nation named just before it in the sentence; else of the nation of whose forces the text
    speaks; else of the United States where the text speaks of them, else of the dateline's nation, else of the one it
    speaks of most. An abbreviation of several services is the one's of whose
    nation the rest of the text speaks.

    Args:
        text: The document.
        found: The mentions so far.
    """
    full: dict[str, Counter[str]] = {}
    branch_of = text.lexicon.branch_of
    nations: Counter[str] = Counter()
    armed: Counter[str] = Counter()
    fields = one_of(text.lists.fielded, r" (?:\w+ )?", r"\b")
    for f in found:
        if f.entry is not None and not _is_shared(text, f):
            if f.entry.nation and f.type in ("NATION", "ORG", "PLACE") and f.entry.kind != "company":
                nations[f.entry.nation] += 1
                armed[f.entry.nation] += f.entry.kind in _FORCES or fields.match(text.flat, f.end) is not None
            if f.entry.kind in ("service", "forces") and f.name in branch_of:
                full.setdefault(branch_of[f.name], Counter())[f.name] += 1
    armed = +armed
    leading, told = _leading(text, found, armed or nations)
    out = []
    for n, f in enumerate(found):
        if f.entry is not None and f.entry.kind in ("service", "forces") and not f.entry.nations and f.type == "ORG":
            beside = _beside(text, f, found[n + 1 : n + 2])
            nation = beside or _just_before(text, f, found[max(0, n - 4) : n]) or leading
            own = _in_full(text, f, full, armed) if not beside else None
            sure = beside or armed[nation] or (told and nation == leading)
            f = _named(f, own or _of_nation(text, f, nation, listed=not sure))
        elif _is_shared(text, f):
            f = _shared(text, f, nations)
        elif f.type == "ORG" and (match := _MINISTRY.match(text.flat[f.start : f.end])):
            f = _ministry(text, f, found[max(0, n - 4) : n], match["a"] or match["b"], nations)
        elif f.entry is not None and f.entry.kind in _SHARED and f.entry.nation:
            f = _foreign(text, f, found[max(0, n - 4) : n])
        out.append(f)
    return out


def _in_full(text: Text, f: Found, full: dict[str, Counter[str]], armed: Counter[str]) -> Entry | None:
    """The service that a bare one is where the text names only one of its branch; None where it does not.

    Args:
        text: The document.
        f: The bare service.
        full: How often services are named in full, by branch.
        armed: How often nations are named with their forces.
    """
    lexicon = text.lexicon
    branch = _branch_of(text, f)
    named = full.get(branch, Counter())
    so_called = {n for n in armed if (e := lexicon.branches.get((n, branch))) and e.name.endswith(f" {f.name}")}
    if branch == "armed forces" and len(so_called) == 1:
        return lexicon.branches[so_called.pop(), branch]
    return lexicon.entry(next(iter(named))) if len(named) == 1 else None


def _of_nation(text: Text, f: Found, nation: str, *, listed: bool) -> Entry | None:
    """The service of a bare one's branch that a nation has; None where it is not known to have one.

    Args:
        text: The document.
        f: The bare service.
        nation: The nation.
        listed: Whether only a service that the lexicon lists will do, since nothing says that it has another.
    """
    branch = _branch_of(text, f)
    known = text.lexicon.branches.get((nation, branch))
    if known is None and branch in text.lists.common_branches and not listed:
        return _service(text.lexicon, nation, branch, f.name)
    return known


def _branch_of(text: Text, f: Found) -> str:
    return text.lexicon.service_words.get(f.name.removeprefix("Royal "), "")


def _leading(text: Text, found: Sequence[Found], spoken: Counter[str]) -> tuple[str, bool]:
    """Whose a bare service is where nothing near it says so, see :func:`resolve`; and whether the dateline tells it.

    Args:
        text: The document.
        found: Its mentions.
        spoken: How often it speaks of which nations.
    """
    foremost = text.lists.foremost_nations.intersection(spoken)
    if foremost or not spoken:
        return min(foremost, default=""), False
    start, stop = opening_dateline(text.raw)
    places = (f.entry.nation for f in found if f.type == "PLACE" and f.entry is not None and start <= f.start < stop)
    told = next(filter(None, places), "")
    return told or spoken.most_common(1)[0][0], bool(told)


def _beside(text: Text, f: Found, after: Sequence[Found]) -> str:
    """The nation of the place that stands right behind the span; empty for none.

    Args:
        text: The document.
        f: The bare service.
        after: The mention behind it, if there is one.
    """
    between = one_of(
        text.lists.sites_of_services, r" (?:", r" )?(?:in|near|at|outside) (?:the (?:city|town|port) of )?"
    )
    for g in after:
        if g.type == "PLACE" and g.entry is not None and between.fullmatch(text.flat[f.end : g.start]):
            return g.entry.nation
    return ""


def _named(f: Found, entry: Entry | None) -> Found:
    """The mention under an entry's name; as it was where there is none."""
    return f._replace(name=entry.name, entry=entry) if entry else f


def _is_shared(text: Text, f: Found) -> bool:
    """Whether it is an abbreviation that services of several nations have."""
    return f.type == "ORG" and len(text.lexicon.shared.get(text.flat[f.start : f.end], ())) > 1


def _shared(text: Text, f: Found, nations: Counter[str]) -> Found:
    """The service of that abbreviation of whose nation the text speaks most; the first one where it speaks of none."""
    entry = max(text.lexicon.shared[text.flat[f.start : f.end]], key=lambda entry: nations[entry.nation])
    return f._replace(name=entry.name, entry=entry)


def _ministry(text: Text, f: Found, before: Sequence[Found], office: str, nations: Counter[str]) -> Found:
    """Whose ministry of defence or foreign affairs it is: of the nation just before, else the one the text is about."""
    lexicon = text.lexicon
    nation = _just_before(text, f, before)
    if not nation:
        own = f.entry.nation if f.entry is not None else ""
        if own and own in nations and nations[own] > 1:
            return f
        nation = nations.most_common(1)[0][0] if nations else own
    if not nation or (f.entry is not None and f.entry.nation == nation):
        return f
    key = "efen" if office.startswith("Defen") else "oreign"
    for entry in lexicon.ministries.get(nation, ()):
        if key in entry.name or f"of {office}" in entry.name:
            return f._replace(name=entry.name, entry=entry)
    name = f"{lexicon.demonyms.get(nation, nation)} {f.name.removeprefix('the ')}"
    return f._replace(name=name, entry=Entry(name, "ORG", "ministry", nations=(nation,)))


def _foreign(text: Text, f: Found, before: Sequence[Found]) -> Found:
    """A body whose bare name is also another nation's: ``South Korean Chairman of the Joint Chiefs of Staff``."""
    assert f.entry is not None
    written = text.flat[f.start : f.end]
    nation = _just_before(text, f, before)
    lexicon = text.lexicon
    if not nation or nation == f.entry.nation or any(written.startswith(w) for w in _owners(lexicon, f.entry.nation)):
        return f
    if not any(" of " in text.flat[g.end : f.start] or g.end + 3 >= f.start for g in before[-1:]):
        return f
    name = f"{lexicon.demonyms.get(nation, nation)} {written}"
    known = next((t.entry for t in lexicon.terms.get(name.split(" ")[0], ()) if t.surface == name), None)
    entry = known or Entry(name, "ORG", f.entry.kind, nations=(nation,))
    return f._replace(name=entry.name, entry=entry)


def _owners(lexicon: Lexicon, nation: str) -> Iterable[str]:
    return [written for written, entry in lexicon.nations.items() if entry.name == nation]


def _just_before(text: Text, f: Found, before: Sequence[Found]) -> str:
    """The nation named last before the span, in the same sentence and within 60 characters."""
    for g in reversed(before):
        gap = text.raw[g.end : f.start]
        if len(gap) > 60 or "\n" in gap or re.search(r"[.;!?] [A-Z]|,", gap):
            return ""
        if g.type == "NATION" and g.entry is not None and g.entry.kind == "nation":
            return g.entry.name
    return ""
