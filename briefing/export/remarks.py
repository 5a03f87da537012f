"""Short remarks beside a claim, a person or a footnote: agreement, origins, grade, confidence, review."""

import re
from collections.abc import Sequence
from typing import Final

from briefing.export.brief import Brief, Claim, ClaimValue, EventPart, Note, Person, Recalled
from briefing.model.plurals import several
from briefing.model.statuses import Status
from briefing.model.wording import SIGNS, clipped, day, listed, plural, shortened, when

_REVIEWS: Final = {
    "accepted": "accepted in review",
    "edited": "corrected in review",
    "added": "added in review",
    "unsure": "unsure in review",
    "unreviewed": None,
}
_SHORT: Final[dict[Status, str]] = {
    "less_precise": "less precise",
    "compatible": "figures fit",
    "later": "figure moved",
    "differ": "differ",
    "shortened": "shortened",
    "altered": "altered",
    "reattributed": "other speakers",
    "spelling": "spelling",
}
"""The statuses in two words at most; that sources agree is told by the sign."""
_ALONE: Final = 9
"""Words of a quotation that one source alone has; its note has the whole."""
_NAME: Final = 50
_ASSERTERS: Final = 2
"""So many asserters of one value are named before the others are counted."""
OWN: Final = "own account"
"""What is said of a figure for which a source names nobody."""
_LABELS: Final = 6
"""So many sources are named before the others are counted."""


def labels(sources: Sequence[int]) -> str:
    """``S1, S2 and S4``, ``S1–S5 and S9``; of many the first ones and how many more."""
    runs: list[list[int]] = []
    for number in sources:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts: list[str] = []
    for run in runs:
        parts += [f"S{run[0]}–S{run[-1]}"] if len(run) > 2 else [f"S{number}" for number in run]
    if len(parts) > _LABELS + 1:
        told = sum(len(run) for run in runs[:_LABELS] if len(run) > 2) + sum(
            part.count("–") == 0 for part in parts[:_LABELS]
        )
        return listed([*parts[:_LABELS], f"{len(sources) - told:,} more"])
    return listed(parts)


def beside(claim: Claim) -> str:
    """What stands in brackets beside a claim that one source alone makes: grade and review."""
    return ", ".join(part for part in (claim.grade, _REVIEWS[claim.review]) if part)


def alone_words(claim: Claim) -> str:
    """What a quotation of one source alone is shown by: its first words."""
    return clipped(claim.shown[0].value, _ALONE)


def claim_labels(numbers: Sequence[int]) -> str:
    """``C1, C2 and C4``; of many the first ones and how many more."""
    if len(numbers) > 2 * _LABELS + 1:
        return listed([*(f"C{n}" for n in numbers[: 2 * _LABELS]), f"{len(numbers) - 2 * _LABELS:,} more"])
    return listed([f"C{number}" for number in numbers])


def standing(brief: Brief, claim: Claim, front: bool = False) -> str:
    """Write how the sources stand to a claim, with its origins: ``✓ 2 origins, 1 silent``, ``≠ differ, 3 origins``.

    Then the grade, the confidence where it is low, and the review. That only one source makes a claim is said on page
    one only; elsewhere such claims stand under their source.

    Args:
        brief: The brief.
        claim: The claim.
        front: Whether it is for page one.
    """
    told = brief.compared and (front or claim.status != "single")
    said = [_agreement(claim)] if told else []
    if claim.silent and told and front:
        said.append(f"{len(claim.silent)} silent")
    if claim.grade:
        said.append(claim.grade)
    return ", ".join([*said, *_looked_at(claim)])


def _agreement(claim: Claim) -> str:
    if claim.status == "single":
        return "one source"
    words = f"{_SHORT[claim.status]}, " if claim.status in _SHORT else ""
    return f"{SIGNS[claim.status]} {words}{plural(claim.origins, 'origin')}"


def _looked_at(line: Claim | Person) -> list[str]:
    said = ["low confidence"] if line.confidence == "low" and line.review == "unreviewed" else []
    review = _REVIEWS[line.review]
    return [*said, review] if review else said


def person_remarks(person: Person) -> list[str]:
    """Roles and affiliations, not an affiliation that a role names already; then confidence and review."""
    said = {word for role in person.roles for word in role_words(role)}
    places = [place for place in person.affiliations if not role_words(place) <= said]
    *said_of, last = [*_offices(person.roles, places), *_looked_at(person)] or [""]
    return [*said_of, last.removesuffix(".")] if last else []  # a full stop follows, also behind "Gen."


def _offices(roles: Sequence[str], places: Sequence[str]) -> list[str]:
    """Role and body as one phrase where they are one of each: ``President of the United States``, else side by side."""
    if len(roles) != 1 or len(places) != 1:
        return [*roles, *places]
    role, place = roles[0], places[0]
    body, of, rest = place.partition(" of ")
    if of and body in role:  # "Chairman of the Joint Chiefs of Staff", "Joint Chiefs of Staff of Ruritania"
        rest = rest.rpartition(" of ")[2]
        return [role if rest in role else f"{role} of {rest}"]
    if len(role_words(place) - role_words(role)) <= 1 < len(role_words(place)):
        return [role]  # "Chief of Staff for Joint Staff", "Ruritanian Joint Staff"
    if _OF_A_NATION.search(role) and len(place.split()) <= _NATION:
        return [f"{role} of {'the ' if _WITH_ARTICLE.match(place) else ''}{place}"]
    return [role, place]


_OF_A_NATION: Final = re.compile(r"(?:President|Minister|Secretary|King|Queen|Chancellor|Premier|Chief of Staff)$")
_WITH_ARTICLE: Final = re.compile(r"(?:United|Netherlands|Philippines|Czech\sRepublic|Bahamas|Maldives|Gambia)\b")
_NATION: Final = 3
"""Words of the longest name of a nation that stands behind a role."""


def role_words(role: str) -> frozenset[str]:
    """The telling words of a role or a body, whatever their order and number: ``head of the hospital``."""
    words = re.findall(r"[\w-]+", re.sub(r"[’']s?\b", "", role.casefold()).replace("defense", "defence"))
    return frozenset(word.removesuffix("s") for word in words) - {
        "of",
        "the",
        "for",
        "and",
        "a",
        "an",
        "in",
        "at",
        "it",
    }


def about(claim: Claim) -> str:
    """What a figure is of: the things, whose they are, what happened to them; ``fishermen, Philippines, rescued``."""
    things, comma, rest = claim.claim.partition(", ")
    if claim.kind != "count" or all(value.value == "1" for value in claim.values):
        return claim.claim
    return several(things) + comma + rest


def says_who(claim: Claim) -> str:
    """The asserters of a claim, for each value where they are several: ``the ministry / residents``.

    Who gives no number beside those that do asserts none.
    """
    values = _telling(claim)
    if not any(value.asserted_by for value in values):
        return ""
    return " / ".join(dict.fromkeys(map(_asserters, values)))


def _telling(claim: Claim) -> Sequence[ClaimValue]:
    """The values with a number; all where none has one."""
    return [value for value in claim.shown if value.numbered] or claim.shown


def given(claim: Claim) -> list[tuple[str, list[ClaimValue]]]:
    """The values of a figure as they are cited, each with its words, those without a number together.

    The words of a single value stand in the figure already, and are left out.
    """
    if len(claim.shown) == 1:
        return [("", list(claim.shown))]
    found: dict[str, list[ClaimValue]] = {}
    for value in claim.shown:
        found.setdefault(value.value if value.numbered else "no number", []).append(value)
    return list(found.items())


def _asserters(value: ClaimValue) -> str:
    more = len(value.asserted_by) - _ASSERTERS
    named = ", ".join(shortened(name, _NAME) for name in value.asserted_by[:_ASSERTERS]) or OWN
    if value.asserted_by and value.own:
        named += f", {OWN}"
    return f"{named} and {more:,} more" if more > 0 else named


def others_left(claim: Claim) -> str:
    """Number of values that are not shown; empty where all are."""
    left = len(claim.values) - len(claim.shown)
    return f" and {plural(left, 'other value')}" if left else ""


def valued(claim: Claim, value: ClaimValue) -> str:
    """Write a value for reading: dates in words, ordinals as the source has them.

    Args:
        claim: The claim.
        value: One of its values.
    """
    if claim.kind == "date":
        return when(value.value)
    return value.written if claim.kind == "ordinal" else value.value


def brief_form(claim: Claim) -> str:
    """A claim in a few words, to name it in passing: ``2 F-2, Japan Air Self-Defense Force``."""
    value = valued(claim, claim.values[0])
    if claim.kind == "ordinal":
        return value  # "third trilateral flight"
    return f"{value} {about(claim)}" if claim.kind == "count" else f"{claim.claim}: {value}"


def figure(claim: Claim) -> str:
    """The figures of a claim, without the words of a source that gives none beside those that do."""
    return " / ".join(value.value for value in _telling(claim))


def event_line(event: EventPart, dated: bool = False) -> str:
    """Write when, where, in which sources: ``11 July 2025 (inferred); Lake Norrvik; S1 and S2; page one: C1``.

    Args:
        event: The event.
        dated: Whether its days stand before the line, with what they rest on, and are left out here.
    """
    days = when(event.start_date, event.end_date)
    parts = [
        f"{days}{'' if event.stated else ' (inferred)'}" if days and not dated else "",
        event.place or "",
        labels(event.sources),
        f"page one: {claim_labels(event.on_page_one)}" if event.on_page_one else "",
    ]
    return "; ".join(part for part in parts if part)


def day_claim(brief: Brief, event: EventPart) -> Claim | None:
    """The claim that gives an event its day, where no source gives another one: it stands in the event's line.

    Args:
        brief: The brief.
        event: The event.
    """
    dates = (claim for claim in map(brief.claim, event.claims) if claim.kind == "date")
    fitting = (c for c in dates if c.status in {"agree", "compatible", "less_precise"} and c.review == "unreviewed")
    return next(fitting, None)


def event_day(event: EventPart | Recalled) -> str:
    """The days of an event in words; empty where they are not known."""
    return when(event.start_date, event.end_date)


def credit(brief: Brief, number: int) -> str:
    """Publisher, author and dates of a source, as far as known.

    Args:
        brief: The brief.
        number: Number of the source, from 1.
    """
    source = brief.sources[number - 1]
    published = day(source.published) if source.published else ""
    retrieved = f"file dated {day(source.retrieved)}" if source.retrieved else ""
    return ", ".join(part for part in (source.publisher, source.author, published, retrieved) if part)


def passage(note: Note) -> str:
    """``¶2.1`` for paragraph and sentence, of a source with pages ``p. 3``; then the characters of the passage."""
    where = note.place if note.place is not None else f"¶{note.paragraph}.{note.sentence}"
    return f"{where} {note.start}–{note.end}"


def checked(brief: Brief) -> str:
    """A sentence on how much of the brief a person has reviewed."""
    tally = brief.tally
    facts = sum(tally.values())
    seen = facts - tally["unreviewed"]
    if not facts:
        return "No facts were found."
    if not seen:
        return f"{plural(facts, 'claim')}, found by program; none has been reviewed by a person."
    corrected = f", {tally['edited']} of them corrected" if tally["edited"] else ""
    return f"{plural(facts, 'claim')}, found by program; {seen} reviewed by a person{corrected}."
