"""The base model's entities under our types, trimmed and put right where they are plainly wrong."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from briefing.extract.found import GUESSED, KNOWN, Found, Text, words
from briefing.model.facts import EntityType

_TYPES: Final[dict[str, EntityType]] = {
    "PERSON": "PERSON", "ORG": "ORG", "NORP": "NATION", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "DATE": "DATE",
    "TIME": "DATE", "MONEY": "MONEY", "QUANTITY": "QUANTITY", "CARDINAL": "QUANTITY", "PERCENT": "QUANTITY",
    "EVENT": "EVENT",
}  # fmt: skip
_LEAD: Final = re.compile(
    r"(?:(?:the|a|an|The|A|An|THE|this|This|its|their|his|her|our|his|that)\s+|[\s\"“”‘'’`(\[*#•.,;:–—-]+)+"
)
_TAIL: Final = re.compile(
    r"(?:['’]s|['’]|[\s\"“”‘`,;:!?)\]–—*-]+|"
    r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})\.)+$"
)
_NUMBER_LEAD: Final = re.compile(r"[\s\"“”‘'’`(\[*#•,;:]+")
_VERBATIM: Final = frozenset({"DATE", "MONEY", "QUANTITY"})
_NO_NAME: Final = re.compile(
    r"^(?:[^A-ZÀ-Ý]*|[@#].*|https?:.*|www\..*|.*\.(?:com|org|net|mil|gov)(?:/.*)?)$", re.DOTALL
)
_PARTIES: Final = words(
    "Republican Republicans Democrat Democrats Democratic Labour Conservative Conservatives Tory Tories Liberal "
    "Liberals Socialist Socialists Communist Communists Green Greens Whig Whigs Unionist Nationalist Nationalists "
    "Federalist"
)
_FAITHS: Final = words(
    "Muslim Muslims Christian Christians Jewish Jew Jews Sunni Sunnis Shia Shias Shiite Shiites Shi'a Shi'ite "
    "Catholic Catholics Protestant Protestants Orthodox Hindu Hindus Buddhist Buddhists Islamic Islamist Islamists "
    "Salafi Wahhabi Alawite Alawites Druze Mormon Anglican Evangelical Jihadist Western Marxist Zionist Stalinist "
    "Southern Northern"
)
_GIVEN: Final = words("Jordan Chad Israel Georgia India Kenya Holland Ireland France German English Norman Britain")
"""Names of nations and peoples that are given names too."""


def model_spans(text: Text) -> list[Found]:
    """The base model's entities; names it types in several ways get the type it gives most often."""
    found = list(_spans(text))
    votes: dict[str, Counter[EntityType]] = {}
    for f in found:
        if f.type in ("PERSON", "ORG", "PLACE"):
            votes.setdefault(f.name, Counter())[f.type] += 1
    return [
        f._replace(type=votes[f.name].most_common(1)[0][0]) if f.name in votes and len(votes[f.name]) > 1 else f
        for f in found
    ]


def _spans(text: Text) -> Iterator[Found]:
    view = text.view
    labels, begins = view.ner, view.ner_begins
    i, count = 0, len(view)
    while i < count:
        label = labels[i]
        if not label:
            i += 1
            continue
        j = i + 1
        while j < count and labels[j] == label and not begins[j]:
            j += 1
        type_ = _TYPES.get(label)
        if type_ is not None:
            span = _trimmed(text, view.starts[i], view.ends[j - 1], type_)
            if span is not None:
                yield from _typed(text, *span, type_)
        i = j


def _trimmed(text: Text, start: int, end: int, type_: EntityType) -> tuple[int, int] | None:
    """The span without articles, quotation marks and possessive; null where nothing like a name is left."""
    written = text.flat[start:end]
    cut = written.find("  ")
    if cut > 0 and type_ not in _VERBATIM:
        end, written = start + cut, written[:cut]
    lead = (_NUMBER_LEAD if type_ in _VERBATIM else _LEAD).match(written)
    if lead:
        start += lead.end()
    tail = _TAIL.search(text.flat[start:end])
    if tail:
        end = start + tail.start()
    if end <= start:
        return None
    if type_ not in _VERBATIM and _NO_NAME.match(text.flat[start:end]):
        return None
    return start, end


def _typed(text: Text, start: int, end: int, type_: EntityType) -> Iterator[Found]:
    written = text.flat[start:end]
    if type_ == "NATION":
        if written in _FAITHS:
            return
        if written in _PARTIES:
            type_ = "ORG"
    yield Found(start, end, type_, " ".join(written.split()), text.lexicon.entry(written), KNOWN, "", "medium")


def demote(found: list[Found], known: list[Found]) -> list[Found]:
    """Put the model's spans that contradict a known name behind it.

    A person that holds a platform, a service or a base is a headline's run of capitals, not a person; so is a place
    that holds one. An organisation may well hold any of them.
    """
    marks: dict[int, Found] = {f.start: f for f in known if f.type not in ("DATE", "QUANTITY", "MONEY")}
    out = []
    for f in found:
        inner = [marks[at] for at in range(f.start, f.end) if at in marks]
        if inner and _contradicted(f, inner):
            f = f._replace(tier=GUESSED)
        out.append(f)
    return out


def _contradicted(f: Found, inner: list[Found]) -> bool:
    for other in inner:
        if (other.start, other.end) == (f.start, f.end):
            continue
        if f.type == "PERSON":
            if other.type in ("ORG", "AIRCRAFT", "SHIP", "VEHICLE", "WEAPON", "EVENT") or other.end > f.end:
                return True
            if other.type == "NATION" and other.start == f.start and other.name != f.name:
                return _demonym_first(f, other)
        elif (
            (f.type == "PLACE" and other.type in ("ORG", "AIRCRAFT", "SHIP", "VEHICLE", "WEAPON", "EVENT"))
            or (f.type == "NATION" and other.type != "NATION")
            or (
                f.type in ("ORG", "EVENT")
                and other.type in ("AIRCRAFT", "WEAPON", "VEHICLE")
                and other.end - other.start > 3
            )
        ):
            return True
    return False


def _demonym_first(f: Found, other: Found) -> bool:
    """``Russian Sergey Lavrov`` begins with a demonym; ``Jordan Smith`` with a given name."""
    return f.name[: other.end - other.start] not in _GIVEN
