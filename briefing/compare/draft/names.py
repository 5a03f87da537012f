"""Check the names of a draft: written as in the sources, spelt differently, or found nowhere."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from briefing.compare.draft.finding import Finding, Support
from briefing.compare.draft.texts import SourceText
from briefing.compare.names import one_name
from briefing.compare.wording import keys
from briefing.model.facts import EntityType, Mention
from briefing.model.safetext import SafeText
from briefing.model.statuses import plain_name

_TYPES: Final[frozenset[EntityType]] = frozenset(
    {"PERSON", "ORG", "NATION", "PLACE", "AIRCRAFT", "SHIP", "VEHICLE", "WEAPON", "EVENT"}
)
_SHOWN: Final = 3
_LETTERS: Final = 2
"""Letters that two spellings of one name share at the beginning of some word."""


class _Written(NamedTuple):
    """A name as a source writes it, and where it does first."""

    text: SafeText
    type: EntityType
    support: Support


class _Names:
    """The names of the sources, by their plain form and by the words that they begin with."""

    def __init__(self, texts: Sequence[SourceText]) -> None:
        self.plain: dict[str, list[Support]] = defaultdict(list)
        self.near: dict[str, dict[str, _Written]] = defaultdict(dict)
        for text in texts:
            for mention in text.extraction.mentions:
                if mention.type in _TYPES:
                    self._take(text, mention)

    def _take(self, text: SourceText, mention: Mention) -> None:
        support = text.support(mention.start, mention.end)
        for name in {mention.text, mention.name}:
            found = self.plain[plain_name(name)]
            if len(found) < _SHOWN and support not in found:
                found.append(support)
        if mention.type == "PERSON":
            surname = self.plain[plain_name(mention.name.split()[-1])] if mention.name.split() else []
            if len(surname) < _SHOWN and support not in surname:
                surname.append(support)
        written = _Written(mention.text.line(), mention.type, support)
        for key in keys(mention.name):
            self.near[key[:_LETTERS]].setdefault(mention.text.casefold(), written)


def check_names(draft: SourceText, texts: Sequence[SourceText]) -> Iterator[Finding]:
    """Check each name of the draft once, at its first mention.

    Args:
        draft: The draft.
        texts: The sources.
    """
    names = _Names(texts)
    seen: set[str] = set()
    for mention in sorted(draft.extraction.mentions, key=lambda one: one.start):
        if mention.type not in _TYPES or plain_name(mention.text) in seen:
            continue
        seen.add(plain_name(mention.text))
        yield _finding(mention, names, texts)


def _finding(mention: Mention, names: _Names, texts: Sequence[SourceText]) -> Finding:
    at = ("name", mention.start, mention.end, mention.text.line())
    for written in _forms(mention):
        if found := names.plain.get(plain_name(written)):
            return Finding(*at, "supported", tuple(found))  # type: ignore[arg-type]  # as the fields are
    said = keys(mention.text)
    found = [text.support(*span) for text in texts for span in text.runs(said)][:_SHOWN]
    if found:
        return Finding(*at, "supported", tuple(found))  # type: ignore[arg-type]  # as the fields are
    alike = _alike(mention, names)
    remark = SafeText(", ".join(dict.fromkeys(one.text for one in alike))).line()
    if alike:
        support = tuple(one.support for one in alike[:_SHOWN])
        return Finding(*at, "altered", support, remark)  # type: ignore[arg-type]
    return Finding(*at, "nowhere")  # type: ignore[arg-type]  # as the fields are


def _forms(mention: Mention) -> Iterator[str]:
    """Forms of a name to look for in a source: as written, without ranks before it, as its full name.

    The full name of a person is that of the same surname: what the draft itself takes for another spelling is none.
    """
    yield mention.text
    words = mention.text.split()
    if mention.type != "PERSON":
        yield mention.name
        return
    for place in range(1, len(words)):
        yield " ".join(words[place:])
        if place + 2 > len(words) - 1:
            break
    if words and mention.name.casefold().endswith(words[-1].casefold()):
        yield mention.name


def _alike(mention: Mention, names: _Names) -> list[_Written]:
    """Names of the sources of which it is another spelling."""
    candidates = {
        one.text: one
        for key in keys(mention.name)
        for one in names.near.get(key[:_LETTERS], {}).values()
        if one.type == mention.type
    }
    found = []
    for one in candidates.values():
        surnames = mention.type == "PERSON" and " " not in mention.name.strip()
        theirs = one.text.split()[-1] if surnames else one.text
        if one_name(mention.name, theirs, mention.type) or one_name(mention.text, theirs, mention.type):
            found.append(one)
    return found
