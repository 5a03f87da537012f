"""Recognise releases, transcripts and answered mails, and who speaks in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from briefing.model.facts import Extraction

OFFICIAL: Final = re.compile(
    r"\b(?:ministry|command|forces?|navy|army|staff|guard|corps|office|department|government|secretariat|NATO|"
    r"EUNAVFOR|mission|headquarters|coast guard|marines|fleet|air force|MOD|MND|embassy|commission|council|police)\b",
    re.IGNORECASE,
)


ISSUED: Final = re.compile(
    r"(?:Communiqu[ée]|Statement|Message|Announcement|Press\srelease|Press\sstatement|Bulletin|Declaration)\s(?:of|by|from|issued\sby)\s"
    r"(?P<who>(?:the\s)?[A-Z][\w’'-]*(?:\s(?:of|and|the|for|[A-Z][\w’'-]*))*?)"
    r"(?=\s(?:relative|on|about|regarding|concerning|dated)\b|[,.:\n(]|\s\d)"
)


WITH_OTHERS: Final = re.compile(
    r"(?:[Tt]he\s)?(?P<who>[A-Z][\w’'-]+(?:\s(?:(?:of|for|and|the|de|da|do|del|des)\s)*[A-Z][\w’'-]+){1,5}),?\s"
    r"(?:together\swith|with\sthe\s(?:support|help|assistance|participation)\sof|supported\sby|assisted\sby|"
    r"in\s(?:co-?operation|coordination|collaboration|conjunction)\swith)\b"
)
"""The body that a release begins with, before those that helped it."""
REPORTED: Final = re.compile(
    r"\b(?:told|tells)\s(?:our|this)\s(?:paper|newspaper|reporter|correspondent|magazine|site)\b"
    r"|\b[Oo]ur\s(?:own\s)?(?:reporter|correspondent|paper|archive)\b"
)
"""A newspaper that speaks of itself: what it prints is no body's release."""


INFORMS: Final = re.compile(
    r"\b[Tt]he\s(?P<who>[A-Z][\w’'-]*(?:\s(?:of|the|[A-Z][\w’'-]*)){0,6}?)\s(?:\([^)\n]{2,20}\)\s)?(?:informs|communicates|wishes\sto)\b"
)


THREAD: Final = re.compile(r"^\(?1\d?[/)]\d*\s", re.MULTILINE)
"""The number of a thread's first post: whoever writes one speaks for himself."""


OWNED: Final = re.compile(
    r"\bof\s(?:the\s)?$|\b(?:will|would|has|have|had|is|are|was|were|to|[a-z]{3,}(?:ed|ing))\s[^.\n]*$"
)
"""Before a body that a sentence is not about: "six fighters of the Air Force landed", "… will protect NATO's hub"."""
FIRST_SENTENCES: Final = 6
ACTS: Final = re.compile(r"[^.;]{3,80}?\s(?:is|are|has|have|will|was|were|[a-z]{3,}(?:ed|s))\s")


HEAD: Final = 600


VERY_HEAD: Final = 300


OWN_VIEW: Final = re.compile(
    r"\b(?:[Bb]ottom\sline|[Aa]ssess(?:ed|ment)|[Aa]nalysts?|[Aa]nalysis|[Ii]t\sseems|[Pp]robably|[Aa]pparently|[Rr]eaders|"
    r"reportedly|perhaps)\b"
)
"""Words of somebody who weighs what happened, as no release does."""


TELLING: Final = 1500
"""Characters of a text for each "said" in it, below which it is a report of others' words, no release."""


BYLINE: Final = re.compile(r"\([A-Z][\w .’'-]{2,40}\)\s[-–—]|^By\s[A-Z]", re.MULTILINE)


TOLD: Final = re.compile(r"\b(?:said|says|told|according\sto|reported|reports|claimed|claims)\b")


RELEASE: Final = re.compile(
    r"(?i)\b(?:press|news|media)\s(?:release|statement|note|service|message)\b|\bmessage\sto\sthe\s(?:press|media)\b|\bfor\simmediate\srelease\b|\bcommuniqu|\bunofficial\stranslation"
    r"|\bprovisional\stranslation|\bpublic\saffairs\b|\bofficial\sstatement\b|\bheadquarters\b|\bpress\soffice\b"
)


PLACE_AND_DAY: Final = re.compile(r"[A-Z][^.\n]{0,70}?(?:\s[-–—]+\s|\d{4}[.:]?\s(?:[-–—]+\s)?)")


_BESIDE: Final = 12


LINE: Final = re.compile(r"\S[^\n]*")


EARLY: Final = 60


OFFICE: Final = re.compile(
    r",?\s*(?:(?:press|public\saffairs|information|media|public\sinformation)\s(?:office|service|centre|center|section|department|directorate)"
    r"|public\saffairs|spokes\w+(?:[’']s)?\soffice|press\sand\sinformation\s\w+)$",
    re.IGNORECASE,
)


BODY_NAME: Final = re.compile(
    r"(?:(?:[A-Z][\w’'-]+|of|the|and)\s){0,5}(?:Ministry|Command|Headquarters|Force|Forces|Navy|Army|Staff|Guard|Department)"
    r"(?:\sof\s(?:the\s)?[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*)?"
)


def of_most_counts(found: Extraction) -> str | None:
    """The asserter of nearly all counts of a source, if there is one: the issuer of a release."""
    said = [str(one.asserted_by) for one in found.counts if one.asserted_by]
    best = max(said, key=said.count, default=None)
    if best is None or len(said) < _FEWEST_STATED or said.count(best) < _NEARLY_ALL * len(found.counts):
        return None
    return best if OFFICIAL.search(best) else None


_FEWEST_STATED: Final = 3


_NEARLY_ALL: Final = 0.8


def outside(text: str, quoted: Sequence[tuple[int, int]]) -> str:
    """The text without its quotations, and without the "said" beside them.

    Args:
        text: The text.
        quoted: Half-open spans of the quotations.
    """
    parts, at = [], 0
    for start, end in sorted(quoted):
        parts.append(text[at : max(at, start - _BESIDE)])
        at = max(at, end + _BESIDE)
    return " ".join([*parts, text[at:]])


_TURN: Final = re.compile(r"^(?P<who>[A-Z][^:\n]{0,60}):\s", re.MULTILINE)


_ASKING: Final = re.compile(r"(?:Q|Question|Reporter|Press|Journalist|Moderator)\b.*", re.IGNORECASE)


_REPLY: Final = re.compile(
    r"^(?:(?:On|Am)\s[^\n]{3,80}?[,\s]\s?)?(?P<who>[A-Z][\w.’' -]{1,40}?)\s(?:<[^>\n]*>\s)?(?:wrote|writes):\s*$"
    r"|^-+\s?(?:Original|Forwarded)\s[Mm]essage\s?-+\s*\n(?:[^\n]+\n)*?From:\s(?P<from>[^\n<]{2,50})",
    re.MULTILINE,
)


def turns_of(text: str) -> list[tuple[int, str]]:
    """Where each speaker of a transcript, or a quoted mail, begins, with the speaker; empty for whoever asks."""
    found = _labels(text)
    again = len(found) - len({who for _, who in found})
    if len(found) >= _FEWEST_TURNS and again:
        return [(start, "" if _ASKING.fullmatch(who) else re.split(r"[,(]", who)[0].strip()) for start, who in found]
    wrote = _REPLY.search(text)
    if wrote is None:
        return []
    turns = [(wrote.end(), (wrote["who"] or wrote["from"]).strip())]
    quoted = list(re.finditer(r"^>.*$", text[wrote.end() :], re.MULTILINE))
    if quoted:
        turns.append((wrote.end() + quoted[-1].end(), ""))
    return turns


_FEWEST_TURNS: Final = 4


def _labels(text: str) -> list[tuple[int, str]]:
    """Lines that begin with a speaker's name and a colon.

    Where the names that come again are in capitals, a single word that is not, and stands once ("So: the mission
    was …"), begins a sentence of whoever speaks.
    """
    found = [(match.start(), match["who"].strip()) for match in _TURN.finditer(text)]
    times = Counter(who for _, who in found)
    if not any(number > 1 for number in times.values()):
        return found
    capitals = all(who.isupper() for who, number in times.items() if number > 1)
    return [one for one in found if times[one[1]] > 1 or " " in one[1] or one[1].isupper() or not capitals]
