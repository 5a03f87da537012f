"""Find the parts of a message that its sender did not write for it: earlier mail, signatures, footers of lists."""

import re
from collections.abc import Sequence
from typing import Final

from briefing.model.source import Aside, AsideKind
from briefing.sources.mail.clients import (
    ANSWERS,
    DEVICE,
    FIELD,
    FIRST_FIELDS,
    FORWARDED,
    FORWARDS,
    ORIGINAL,
    names_writer,
    says_who_wrote,
    states_when,
)

_QUOTED: Final = re.compile(r" {0,3}>")
_RULE: Final = re.compile(r"[_=-]{5,}\s*")
_SIGNATURE: Final = re.compile(r"--\s?")
_LIST: Final = re.compile(
    r"mailing list\b|unsubscribe|you (?:received|are receiving|have received) this (?:message|e-?mail)|to post to this"
    r"|manage your (?:subscription|preferences)|mailman/listinfo|update your (?:profile|preferences)"
    r"|view this e-?mail in"
    r"|list-?archive|groups?\.io|opt[- ]out|no longer wish to receive|list guidelines",
    re.IGNORECASE,
)
_OFFICE: Final = re.compile(
    r"(?:confidentiality notice|disclaimer|legal notice|notice)\b.{0,20}[:.-]"
    r"|(?:this|the (?:information|contents?)(?: contained)? (?:in|of) this)"
    r" (?:e-?mail|message|communication|transmission)\b"
    r"(?=.{0,400}(?:confidential|privileged|intended (?:only|solely|recipient|for)))"
    r"|please consider the environment before printing"
    r"|if you (?:are not the intended|have received this (?:e-?mail|message) in error)",
    re.IGNORECASE,
)
_SAID: Final = re.compile(r"\bsaid\s*[:：]\s*$", re.IGNORECASE)
_LONGEST_SIGNATURE: Final = 15
_LONGEST_FOOTER: Final = 12
_LINES: Final = 100_000


def asides(text: str, *, subject: str = "", replies: bool = False) -> tuple[Aside, ...]:
    """Find the asides of a message: quoted or earlier mail, signatures, footers.

    What a message forwards is its content; so is what it quotes where its sender added no word.

    Args:
        text: Text of the message, quoted lines behind ``> ``.
        subject: Its subject.
        replies: Whether its header says that it answers another message.
    """
    lines = text.split("\n")
    if len(lines) > _LINES:
        return ()
    kinds: list[AsideKind | None] = [None] * len(lines)
    replies = replies or bool(ANSWERS.match(subject))
    _mark_footers(lines, kinds)
    _mark_history(lines, kinds, forwards=bool(FORWARDS.match(subject)), replies=replies)
    _mark_quoted(lines, kinds, replies=replies)
    _mark_signature(lines, kinds)
    own = [line for line, kind in zip(lines, kinds, strict=True) if kind is None and line.strip()]
    if not any(map(str.isalnum, "".join(own[1:] if own and own[0] == " ".join(subject.split()) else own))):
        kinds = [None if kind == "quoted" else kind for kind in kinds]
    return _spans(lines, kinds)


def _mark_quoted(lines: Sequence[str], kinds: list[AsideKind | None], *, replies: bool) -> None:
    """Runs of lines behind ``>``, with the line above that says whose they are."""
    place = 0
    while place < len(lines):
        if kinds[place] is not None or not _QUOTED.match(lines[place]):
            place += 1
            continue
        end = place
        while end < len(lines) and (_QUOTED.match(lines[end]) or _within_quotation(lines, end)):
            end += 1
        above = _attribution(lines, place)
        if replies or above < place or end - place > 1:
            kinds[above:end] = ["quoted"] * (end - above)
        place = end


def _within_quotation(lines: Sequence[str], place: int) -> bool:
    """A line that a program broke off a quoted one, or an empty line between two of them."""
    after = lines[place + 1] if place + 1 < len(lines) else ""
    return not lines[place].strip() and bool(_QUOTED.match(after))


def _attribution(lines: Sequence[str], place: int) -> int:
    """Where the words begin that say who wrote what is quoted from ``place`` on; ``place`` where there are none."""
    start = place
    while start > 0 and not lines[start - 1].strip() and place - start < 2:
        start -= 1
    for size in (1, 2, 3):
        first = start - size
        if first < 0 or not lines[first].strip():
            return place
        if says_who_wrote(" ".join(" ".join(lines[first:start]).split())):
            return first
    return place


def _mark_history(lines: Sequence[str], kinds: list[AsideKind | None], *, forwards: bool, replies: bool) -> None:
    """Earlier mail that stands below in full, from the line that begins it to the end."""
    for place, line in enumerate(lines):
        if kinds[place] is not None or not line.strip():
            continue
        if FORWARDED.fullmatch(line.strip()):
            return
        header = _header_block(lines, place)
        begins = bool(ORIGINAL.fullmatch(line.strip()))
        if forwards and (begins or header):
            return
        ruled = bool(_RULE.fullmatch(line.strip())) and _header_block(lines, place + 1)
        # "On 3 May at 10:30 the ministry said:" opens a report too, also in an answer: mail programs give day, year and
        # time, or an address
        wrote = replies and names_writer(line) and states_when(line) and not _SAID.search(line)
        wrote = wrote or states_when(line, address=True)
        if wrote and any(_QUOTED.match(later) for later in lines[place + 1 : place + 4]):
            continue  # an answer between the lines: each run is marked by itself
        if begins or header or ruled or wrote:
            for later in range(place, len(lines)):
                kinds[later] = kinds[later] or "quoted"
            return


def _header_block(lines: Sequence[str], place: int) -> bool:
    """Whether a header of a mail is written out here: who, then at least two of when, to whom, about what."""
    if place >= len(lines):
        return False
    first = FIELD.match(lines[place])
    if not first or first["name"].lower() not in FIRST_FIELDS or place == 0:
        return False
    names = {field["name"].lower() for line in lines[place + 1 : place + 8] if (field := FIELD.match(line))}
    return len(names) >= 2


def _mark_signature(lines: Sequence[str], kinds: list[AsideKind | None]) -> None:
    """Mark what follows two dashes alone on a line, and what a telephone adds."""
    for place, line in enumerate(lines):
        if kinds[place] is not None:
            continue
        if DEVICE.fullmatch(line.strip()):
            kinds[place] = "signature"
        elif _SIGNATURE.fullmatch(line):
            end = place + 1
            while end < len(lines) and kinds[end] is None:
                end += 1
            if sum(1 for each in lines[place:end] if each.strip()) <= _LONGEST_SIGNATURE:
                kinds[place:end] = ["signature"] * (end - place)


def _mark_footers(lines: Sequence[str], kinds: list[AsideKind | None]) -> None:
    """Mark what a list or an office puts below every message: from a rule, or the paragraph that says so, on."""
    for place, line in enumerate(lines):
        if kinds[place] is not None:
            continue
        below = [each for each in lines[place + 1 : place + 1 + _LONGEST_FOOTER] if each.strip()]
        if _RULE.fullmatch(line.strip()) and any(_LIST.search(each) for each in below[:5]):
            end = _end_of_footer(lines, place + 1)
        elif _OFFICE.match(line.strip()) or (_LIST.search(line) and place > 0 and _is_near_end(lines, place)):
            end = place + 1
            while end < len(lines) and lines[end].strip():
                end += 1
        else:
            continue
        kinds[place:end] = ["footer"] * (end - place)


def _end_of_footer(lines: Sequence[str], place: int) -> int:
    """Where it ends: at the end of the text, or where a quotation or too many lines follow."""
    end = place
    while end < len(lines) and end - place < _LONGEST_FOOTER and not _QUOTED.match(lines[end]):
        end += 1
    return end


def _is_near_end(lines: Sequence[str], place: int) -> bool:
    return sum(1 for line in lines[place:] if line.strip()) <= _LONGEST_FOOTER


def _spans(lines: Sequence[str], kinds: Sequence[AsideKind | None]) -> tuple[Aside, ...]:
    """Lines of one kind that follow each other as one aside; empty lines at its ends are nobody's."""
    found: list[Aside] = []
    start = offset = 0
    for place, line in enumerate(lines):
        kind = kinds[place]
        if kind is not None and (place == 0 or kinds[place - 1] != kind):
            start = offset
        offset += len(line)
        if kind is not None and (place + 1 == len(lines) or kinds[place + 1] != kind):
            found.append(Aside(start=start, end=offset, kind=kind))
        offset += 1
    return tuple(found)
