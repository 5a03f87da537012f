"""Find armed services by nation and branch ("Kenyan Air Force", "Chile's Navy"), and resolve a bare "Air Force"."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from briefing.extract.entities.candidates import KNOWN, Found, Text
from briefing.extract.lexicon.lexicon import Entry, Lexicon
from briefing.extract.lexicon.word_lists import any_of, one_of

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

    A bare service is the only one of its branch that the text names in full; else that of the nation named just before
    it in the sentence; else of the nation of whose forces the text speaks; else of the United States where the text
    speaks of them, else of the nation it speaks of most. An abbreviation of several services is the one's of whose
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
    out = []
    for n, f in enumerate(found):
        if f.entry is not None and f.entry.kind in ("service", "forces") and not f.entry.nations and f.type == "ORG":
            f = _bare(text, f, found[max(0, n - 4) : n], full, nations, +armed)
        elif _is_shared(text, f):
            f = _shared(text, f, nations)
        elif f.type == "ORG" and (match := _MINISTRY.match(text.flat[f.start : f.end])):
            f = _ministry(text, f, found[max(0, n - 4) : n], match["a"] or match["b"], nations)
        elif f.entry is not None and f.entry.kind in _SHARED and f.entry.nation:
            f = _foreign(text, f, found[max(0, n - 4) : n])
        out.append(f)
    return out


def _bare(
    text: Text,
    f: Found,
    before: Sequence[Found],
    full: dict[str, Counter[str]],
    nations: Counter[str],
    armed: Counter[str],
) -> Found:
    lexicon = text.lexicon
    branch = lexicon.service_words.get(f.name.removeprefix("Royal "), "")
    named = full.get(branch, Counter())
    so_called = {n for n in armed if (e := lexicon.branches.get((n, branch))) and e.name.endswith(f" {f.name}")}
    if branch == "armed forces" and len(so_called) == 1:
        return _named(f, lexicon.branches[so_called.pop(), branch])
    if len(named) == 1:
        entry = lexicon.entry(next(iter(named)))
        return _named(f, entry)
    nation = _just_before(text, f, before)
    spoken = armed or nations
    if not nation and spoken:
        foremost = text.lists.foremost_nations.intersection(spoken)
        nation = min(foremost) if foremost else spoken.most_common(1)[0][0]
    entry = lexicon.branches.get((nation, branch))
    if entry is None and armed[nation] and branch in text.lists.common_branches:
        entry = _service(lexicon, nation, branch, f.name)
    return _named(f, entry)


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
