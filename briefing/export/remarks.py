"""What is said beside a fact or a footnote: how sure it is, what its reader said, what other sources say."""

from typing import Final

from briefing.export.brief import Brief, Claim, Line, Note, ParticipantLine
from briefing.export.wording import SIGNS, day, listed, plural

_REVIEWS: Final = {"accepted": "accepted in review", "edited": "corrected in review", "unreviewed": None}


def remarks(brief: Brief, line: Line) -> list[str]:
    """Short remarks on a fact: states of its claims, its confidence where it is not high, its review."""
    claims = [brief.claims[place] for place in line.claims]
    if isinstance(line, ParticipantLine):  # who names a participant is what its citations say
        claims = [claim for claim in claims if claim.status in {"differ", "altered"}]
    said = [remark for claim in claims if (remark := _standing(claim, line))]
    if line.confidence != "high":
        said.append(f"{line.confidence} confidence")
    if review := _REVIEWS[line.review]:
        said.append(review)
    return list(dict.fromkeys(said))


def labels(sources: "tuple[int, ...] | list[int]") -> str:
    """``S1, S2 and S4``."""
    return listed([f"S{number}" for number in sources])


def credit(brief: Brief, number: int) -> str:
    """Publisher, author and date of a source, as far as known."""
    source = brief.sources[number - 1]
    return ", ".join(part for part in (source.publisher, source.author, day(source.published)) if part)


def passage(note: Note) -> str:
    """``paragraph 2, sentence 1``; of a source with pages ``p. 3``, by which it is looked up there."""
    if note.place is not None:
        return note.place
    return f"paragraph {note.paragraph}, sentence {note.sentence}"


def attribution(note: Note) -> str:
    """Of a quote's footnote: how the source itself names the speaker; empty where it does not."""
    if note.speaker is None:
        return ""
    cue = f" ({note.cue})" if note.cue else ""
    return f"speaker as written: “{note.speaker}”{cue}"


def described(line: ParticipantLine) -> list[str]:
    """Roles and affiliations; not an affiliation that a role names already, as in "head of the Navy"."""
    said = " ".join(line.roles).casefold()
    return [*line.roles, *(place for place in line.affiliations if place.casefold() not in said)]


def reach(claim: Claim) -> str:
    """How many sources, and how many origins where copies make them fewer."""
    sources = {citation.source for value in claim.values for citation in value.citations}
    said = plural(len(sources), "source")
    return said if claim.origins >= len(sources) else f"{said}, {plural(claim.origins, 'origin')}"


def checked(brief: Brief) -> str:
    """How much of the brief a person has looked at, as a sentence."""
    tally = brief.tally
    facts = sum(tally.values())
    seen = facts - tally["unreviewed"]
    if not facts:
        return "No facts were found."
    if not seen:
        return f"{plural(facts, 'fact')}, found by program; none has been reviewed by a person."
    corrected = f", {tally['edited']} of them corrected" if tally["edited"] else ""
    return f"{plural(facts, 'fact')}, found by program; {seen} reviewed by a person{corrected}."


def _standing(claim: Claim, line: Line) -> str:
    own = {citation.source for citation in line.citations}
    sources = sorted({citation.source for value in claim.values for citation in value.citations})
    silent = f"{SIGNS['silent']} {labels(claim.silent)} silent" if claim.silent else ""
    if claim.status == "single":
        return silent
    if claim.status == "agree":
        others = f"{SIGNS['agree']} {labels(sources)} agree" if len(sources) > 1 else ""
        origin = " (one origin)" if others and claim.origins == 1 else ""
        return "; ".join(part for part in (others + origin, silent) if part)
    mine = {number for citation in line.citations for number in citation.notes}
    other = [
        f"{labels([c.source for c in value.citations])}: “{value.value}”"
        for value in claim.values
        if not mine.intersection(number for c in value.citations for number in c.notes)
    ]
    if not other and len(sources) > 1:
        other = [labels([number for number in sources if number not in own] or sources)]
    return "; ".join(part for part in (f"{SIGNS[claim.status]} {', '.join(other)}", silent) if part)
