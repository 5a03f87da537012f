"""Bodies of a nation that a text names by what they do: "Britain's defence ministry", "the Kenyan general staff".

Lower-case names are no names to the base model, and "the Defence Ministry" is everybody's. Each gets a canonical name:
the lexicon's if it has the body of that nation, else the nation's adjective with the body's own name.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from briefing.extract.lexicon import Lexicon, load_lexicon
from briefing.extract.spans import Spans
from briefing.model.facts import Mention
from briefing.model.safetext import SafeText

_OFFICES: Final = {
    "defence": "Defence", "defense": "Defence", "national defence": "Defence", "national defense": "Defence",
    "foreign": "Foreign Affairs", "foreign affairs": "Foreign Affairs", "external affairs": "External Affairs",
    "interior": "the Interior", "home": "Home Affairs", "home affairs": "Home Affairs", "finance": "Finance",
    "economy": "the Economy", "trade": "Trade", "energy": "Energy", "oil": "Oil", "justice": "Justice",
    "health": "Health", "transport": "Transport", "information": "Information", "education": "Education",
    "culture": "Culture", "agriculture": "Agriculture", "environment": "the Environment", "labour": "Labour",
    "labor": "Labour", "emergency": "Emergency Situations", "emergencies": "Emergency Situations",
    "security": "Security", "public security": "Public Security", "state security": "State Security",
    "armed forces": "the Armed Forces",
}  # fmt: skip
_OFFICE: Final = "|".join(sorted(map(re.escape, _OFFICES), key=len, reverse=True))
_STAFFS: Final = {
    "general staff": "General Staff", "joint staff": "Joint Staff", "joint chiefs of staff": "Joint Chiefs of Staff",
    "defence staff": "Defence Staff", "defense staff": "Defence Staff", "foreign office": "Foreign Office",
    "supreme national security council": "Supreme National Security Council",
    "national security council": "National Security Council", "security council": "Security Council",
    "border guard": "Border Guard", "coast guard": "Coast Guard", "coastguard": "Coast Guard",
    "intelligence service": "Intelligence Service", "space agency": "Space Agency",
}  # fmt: skip
_STAFF: Final = "|".join(sorted(map(re.escape, _STAFFS), key=len, reverse=True))
_AFTER: Final = re.compile(
    rf"(?:['’]s?)?\s(?:federal\s)?(?:(?:(?P<office>{_OFFICE})\s(?P<kind>ministry|department)"
    rf"|(?P<kind2>ministry|department)\s(?:of|for)\s(?:the\s)?(?P<office2>{_OFFICE}))|(?P<staff>{_STAFF}))\b(?!['’]?-)",
    re.IGNORECASE,
)
_BARE: Final = re.compile(
    rf"(?:the\s)?(?:(?P<office>{_OFFICE})\s(?P<kind>ministry|department)"
    rf"|(?P<kind2>ministry|department)\s(?:of|for)\s(?:the\s)?(?P<office2>{_OFFICE}))$",
    re.IGNORECASE,
)
_PERSON_NEXT: Final = re.compile(r"\s(?:officer|member|chief|head|commander|spokes|official|source)", re.IGNORECASE)


def national_bodies(text: str, mentions: Sequence[Mention], lexicons: Path | None) -> tuple[Mention, ...]:
    """The mentions with those of national bodies joined into one each and named; in order of place.

    A ministry named without its nation gets the nation whose ministry of that kind the text names, if it is one only.
    """
    lexicon = load_lexicon(lexicons)
    found: list[Mention] = []
    by_office: dict[tuple[str, str], set[str]] = {}
    for mention in mentions:
        if body := _body(text, mention, lexicon):
            nation, match = body
            name = _name(nation, match, lexicon, lexicons)
            by_office.setdefault(_office(match), set()).add(name)
            found.append(_mention(text, mention.start, match.end(), name))
    if not found:
        return tuple(mentions)
    joined = Spans((mention.start, mention.end) for mention in found)
    rest = [_of_nation(m, by_office, lexicon) for m in mentions if joined.free(m.start, m.end)]
    return tuple(sorted([*found, *rest], key=lambda m: (m.start, -m.end)))


def _body(text: str, mention: Mention, lexicon: Lexicon) -> tuple[str, re.Match[str]] | None:
    """The nation, and the match that ends the body's name, if the mention is or begins one."""
    if mention.type == "NATION":
        match = _AFTER.match(text, mention.end)
        nation = lexicon.nation(mention.name)
        officer = match and match["staff"] and _PERSON_NEXT.match(text, match.end())
        return (nation, match) if match and nation and not officer else None
    if mention.type == "ORG" and mention.name not in lexicon.entries:
        match = _AFTER.search(text, mention.start, mention.end)
        if match and match.end() == mention.end:
            nation = lexicon.nation(text[mention.start : match.start()].removeprefix("the ").removeprefix("The "))
            return (nation, match) if nation else None
    return None


def _of_nation(mention: Mention, by_office: dict[tuple[str, str], set[str]], lexicon: Lexicon) -> Mention:
    """A ministry's mention without a nation under the one name it can have; others unchanged."""
    if mention.type != "ORG" or mention.name in lexicon.entries or not (match := _BARE.match(mention.text)):
        return mention
    names = by_office.get(_office(match), set())
    return mention.model_copy(update={"name": SafeText(next(iter(names)))}) if len(names) == 1 else mention


def _office(match: re.Match[str]) -> tuple[str, str]:
    """What a ministry or department is for; the words of a staff."""
    groups = match.groupdict()
    if staff := groups.get("staff"):
        return "staff", staff.lower()
    kind = (groups["kind"] or groups["kind2"]).lower()
    return kind, _OFFICES[(groups["office"] or groups["office2"]).lower()]


def _name(nation: str, match: re.Match[str], lexicon: Lexicon, lexicons: Path | None) -> str:
    """The body's canonical name: the lexicon's where it knows the body, else adjective and body."""
    kind, office = _office(match)
    adjective = lexicon.demonyms.get(nation, nation)
    if kind == "staff":
        return f"{adjective} {_STAFFS[office]}"
    key = office.removeprefix("the ").lower()
    for name in _ministries(lexicons).get(nation, ()):
        own = name.lower().replace("defense", "defence")
        if key in own or (key.startswith("foreign") and "department of state" in own):
            return name
    return f"{adjective} {kind.title()} of {office}"


@lru_cache(maxsize=4)
def _ministries(lexicons: Path | None) -> dict[str, list[str]]:
    """Names of the lexicon's ministries by nation."""
    found: dict[str, list[str]] = {}
    for entry in load_lexicon(lexicons).entries.values():
        if entry.kind == "ministry" and entry.nation:
            found.setdefault(entry.nation, []).append(entry.name)
    return found


def _mention(text: str, start: int, end: int, name: str) -> Mention:
    written = SafeText(text[start:end])
    return Mention(start=start, end=end, text=written, type="ORG", name=SafeText(name), confidence="high")
