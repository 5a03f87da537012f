"""Classify each source's form of a quotation against the wording nearest to the speaker; compare speakers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import LCSseq

from briefing.compare.claims import Claim, Item
from briefing.compare.names import one_name, same_surname
from briefing.compare.origins import UNKNOWN
from briefing.compare.statements import UNMISTAKABLE, Said, overlap
from briefing.compare.wording import short_keys
from briefing.model.statuses import Form

if TYPE_CHECKING:
    from briefing.compare.origins import Origins
    from briefing.compare.reports import Report

_LENGTHS: Final = 5
"""Into how many classes lengths fall: a word more or less makes no wording nearer to the speaker."""


def same_speaker(a: str | None, b: str | None) -> bool | None:
    """Whether two names of speakers are of one; None where that cannot be told.

    That is so where one is unknown or a description, or where one is a body and the other a person.

    Args:
        a: Name of one speaker, or a description; None where unknown.
        b: The other one.
    """
    if not a or not b:
        return None
    if a == b:
        return True
    if a[0].islower() or b[0].islower() or OFFICE.search(a) or OFFICE.search(b):
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
    return bool(first & second) or one_name(a, b, "PERSON") or same_surname(a, b)


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


OFFICE: Final = re.compile(
    r"\s(?:director|head|chief|chair(?:man|woman|person)?|secretary|officials?|officers?|leader|deputy)$"
)
"""The end of an office held by somebody who is not named: "Harbour Police director"."""
_SPOKESMAN: Final = re.compile(r"spokes(?:man|woman|person)$")
_TITLES: Final = frozenset(
    {"the", "of", "captain", "colonel", "general", "admiral", "commander", "al", "minister", "spokesman"}
)


def quote_claim(group: Sequence[Said], reports: Sequence[Report], origins: Origins) -> Claim:
    """Make the claim of one statement, titled with the wording nearest to the speaker.

    Args:
        group: The quotations of the statement.
        reports: The sources, in order of their numbers.
        origins: Keys of who claims go back to.
    """
    original = min(group, key=lambda one: _distance(one, reports[one.document], group))
    forms = [_form(one, original, reports, origins) for one in group]
    speakers = sorted({str(one.quote.speaker) for one in group if one.quote.speaker})
    named = original.quote.speaker or (speakers[0] if speakers else "")
    title = f"{named}: {original.quote.text}" if named else str(original.quote.text)
    items = [
        Item(
            one.document, one.quote.start, one.quote.end, str(one.quote.text), form=form,
            asserted_by=reports[one.document].asserters.as_written(one.speaker),
            origin_key=origins.of(reports[one.document], one.speaker),
        )
        for one, form in zip(group, forms, strict=True)
    ]  # fmt: skip
    return Claim("quote", title, items, group[0].event, one_origin=True)


def _distance(one: Said, report: Report, group: Sequence[Said]) -> tuple[object, ...]:
    """Distance of a wording from the speaker: machine-paraphrased ones last, the speaker's own release first."""
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


def _form(one: Said, original: Said, reports: Sequence[Report], origins: Origins) -> Form:
    """Classify a source's form of the original wording."""
    if one is original:
        return "original"
    if _other_speaker(one, original, reports, origins):
        return "reattributed"
    if one.keys == original.keys or f" {' '.join(original.keys)} " in f" {' '.join(one.keys)} ":
        return "verbatim"
    short, long = sorted((one.keys, original.keys), key=len)
    if _contained(short, long) or overlap(short, long) >= UNMISTAKABLE:
        return "shortened"
    return "altered"


def _other_speaker(one: Said, original: Said, reports: Sequence[Report], origins: Origins) -> bool:
    """Whether somebody else is named as the speaker, however the two texts are read."""
    mine, theirs = (
        {said.speaker, reports[said.document].asserters.at(said.quote.start, said.quote.end)} - {None}
        for said in (one, original)
    )
    if any(same_speaker(a, b) for a in mine for b in theirs):
        return False
    keys_of = [origins.of(reports[said.document], said.speaker) for said in (one, original)]
    if same_speaker(one.speaker, original.speaker) is not False:
        # a spokesman without a name is somebody else where he speaks for another state
        states = {key for key in keys_of if key.startswith("state ") and not key.endswith(UNKNOWN)}
        unnamed = any(_SPOKESMAN.search(said.speaker or "") for said in (one, original))
        return unnamed and len(states) == len(keys_of)
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
