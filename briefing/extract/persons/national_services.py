"""Find services, units and firms of a nation in forms that the entity rules pass over; merge them into the mentions.

"The Kenyan navy" in lower case, "NAVY:" at the head of a paragraph about one nation, "2nd Battalion, 9th Marines",
"INAS 300", "Danish Railways": each becomes one mention of a body under its own name.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from briefing.extract.lexicon.lexicon import Lexicon
from briefing.extract.lexicon.word_lists import PersonWords, any_of, one_of
from briefing.extract.nlp.char_spans import Spans
from briefing.model.facts import Mention
from briefing.model.safetext import SafeText

_OWNED: Final = re.compile(r"(.+?)(?:['’]s)? (Navy|Army|Coast Guard) (?=.*class$)")
_ROYAL: Final = re.compile(r"(?:the\s)?Royal\s(.+)$")
_DESIGNATED: Final = tuple(
    (letters, re.compile(pattern))
    for letters, pattern in (
        ("T-", r"(?<![\w-])(?:VUT|VMFAT|HMHT|RCT)-\d{1,4}(?![\w-])"),
        ("S-", r"(?<![\w-])(?:INAS|MALS|MACS)-\d{1,4}(?![\w-])"),
        ("VU", r"(?<![\w-])VU[PQ]-\d{1,4}(?![\w-])"),
        ("VM", r"(?<![\w-])VM[UX]-\d{1,4}(?![\w-])"),
        ("S ", r"(?<![\w-])(?:INAS|MALS|MACS) \d{1,4}(?![\w-])"),
        ("VU", r"(?<![\w-])VU[PQT] \d{1,4}(?![\w-])"),
        ("taffel ", r"(?<![\w-])[A-Z]\w*staffel \d{1,3}(?!\w)"),
        ("eschwader ", r"(?<![\w-])(?:[A-Z]\w+ )?[A-Z]\w*geschwader \d{1,3}(?!\w)"),
        ("ataillon ", r"(?<![\w-])[A-Z]\w*bataillon \d{1,3}(?!\w)"),
        ("rigade ", r"(?<![\w-])[A-Z][a-zäöü]+brigade \d{1,3}(?!\w)"),
        ("lottille ", r"(?<![\w-])[Ff]lottille \d{1,3}[A-Z]?(?!\w)"),
        ("adron ", r"(?<![\w-])[Ee]scadron (?:de [a-z]+ )?\d{1,3}(?:/\d{1,3})?(?!\w)"),
        ("BLT", r"(?<![\w-])BLT \d/\d(?!\w)"),
        ("quadron ", r"(?<=quadron )[A-Z]{2,6}[ -]?\d{1,4}(?![\w-])"),
        ("attalion ", r"(?<=attalion )[A-Z]{2,6}[ -]?\d{1,4}(?![\w-])"),
        ("lotilla ", r"(?<=lotilla )[A-Z]{2,6}[ -]?\d{1,4}(?![\w-])"),
        ("Unit (", r"(?<![\w-])(?:[A-Z]\w+ ){1,4}Unit \([A-Z]{2,6}\) \d{1,3}(?!\w)"),
        ("Company ", r"(?<![\w-])Company [A-Z](?=[\s,.;:)])(?! [A-Z])"),
        ("Battery ", r"(?<![\w-])Battery [A-Z](?=[\s,.;:)])(?! [A-Z])"),
        ("Troop ", r"(?<![\w-])Troop [A-Z](?=[\s,.;:)])(?! [A-Z])"),
        ("ange ", r"(?<![\w-])[Ll]ong-[Rr]ange [Aa]viation(?=[\s,.;:)])"),
    )
)
"""Units by designator, each with letters without which the pattern need not be tried."""


@lru_cache(maxsize=4)
def _after(lists: PersonWords) -> re.Pattern[str]:
    """What stands behind a nation; "army chief" is the beginning of a title."""
    titles = any_of(lists.no_services_before)
    return re.compile(
        rf"(?:['’]s?)?[ \u00a0](?:royal[ ])?({any_of(lists.services_after_nations)})(?![\w-])(?!\s(?:{titles})\b)"
    )


@lru_cache(maxsize=4)
def _short(lists: PersonWords) -> re.Pattern[str]:
    """A service that the base model took for a body, whole: its nation and branch."""
    services = any_of(lists.services_after_nations | {"Navy", "Army", "Air Force"})
    return re.compile(rf"(?:the\s)?(?:Royal\s)?(.+?)(?:['’]s)?\s({services})$")


@lru_cache(maxsize=4)
def _label(lists: PersonWords) -> re.Pattern[str]:
    """A service at the head of a paragraph."""
    labels = any_of(lists.service_labels)
    return re.compile(rf"^[ \t]*(?:[-–—•·*▪◦]+[ \t]*)?({labels})(?=[ \t]*(?:[:.–—-]|\n|$))", re.MULTILINE)


def services_and_units(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> tuple[Mention, ...]:
    """The mentions with those of services and units in these forms; in order of place.

    Args:
        text: The text.
        mentions: Its mentions.
        lexicon: The lexicon.
    """
    found = [
        *_after_nations(text, mentions, lexicon),
        *_labels(text, mentions, lexicon),
        *_joined(text, mentions, lexicon.lists.persons),
        *_designated(text),
        *_trades(text, mentions, lexicon.lists.persons),
        *_before_classes(text, mentions, lexicon),
    ]
    return over(mentions, found)


def over(mentions: Sequence[Mention], found: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions with new ones put over those they overlap; in order of place.

    Args:
        mentions: The mentions.
        found: The new ones; of two that overlap the longer one stays.
    """
    if not found:
        return tuple(mentions)
    taken = Spans()
    kept = [m for m in sorted(found, key=lambda m: m.start - m.end) if taken.take(m.start, m.end)]
    rest = [m for m in mentions if taken.free(m.start, m.end)]
    return tuple(sorted([*kept, *rest], key=lambda m: (m.start, -m.end)))


def body(text: str, start: int, end: int, name: str = "") -> Mention:
    """Make a mention of a body.

    Args:
        text: The text.
        start: First character of the mention.
        end: The character after its last.
        name: Its canonical name; empty for its words as written.
    """
    written = SafeText(text[start:end])
    return Mention(
        start=start, end=end, text=written, type="ORG", name=SafeText(name or str(written)), confidence="high"
    )


def _after_nations(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """Nation and service: "Chile's navy", "the royal Thai army", "Bangladesh AF"."""
    after, short_form = _after(lexicon.lists.persons), _short(lexicon.lists.persons)
    for mention in mentions:
        if mention.type == "NATION":
            nation = lexicon.nation(mention.name)
            if nation and (match := after.match(text, mention.end)):
                yield body(text, mention.start, match.end(), service(nation, match[1], lexicon))
        elif mention.type == "ORG" and mention.name not in lexicon.entries:
            short = short_form.match(mention.text)
            royal = None if short else _ROYAL.match(mention.text)
            if short and (nation := lexicon.nation(short[1])):
                yield body(text, mention.start, mention.end, service(nation, short[2], lexicon))
            elif royal and (nation := lexicon.nation(royal[1])) and (match := after.match(text, mention.end)):
                yield body(text, mention.start, match.end(), service(nation, match[1], lexicon))


def service(nation: str, written: str, lexicon: Lexicon) -> str:
    """The canonical name of a nation's service: the lexicon's, else the nation's adjective and the branch.

    Args:
        nation: The nation.
        written: The branch as written, such as ``navy`` or ``AF``.
        lexicon: The lexicon.
    """
    branch = lexicon.service_forms[written.lower()]
    adjective = lexicon.demonyms.get(nation, nation)
    terms = lexicon.terms.get(f"{adjective} {written}".split(" ", 1)[0], ())
    for term in terms:
        # "Israeli army" is listed as such.
        if term.surface == f"{adjective} {written}" and term.entry.type == "ORG":
            return term.entry.name
    known = lexicon.branches.get((nation, branch.lower()))
    return known.name if known else f"{adjective} {branch}"


def _labels(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """Services at the head of paragraphs in capitals, of the nation the text speaks of most."""
    shouts = any(word in text for word in ("NAVY", "ARMY", "FORCE", "MARINE"))
    labels = list(_label(lexicon.lists.persons).finditer(text)) if shouts else []
    if not labels:
        return
    nations: Counter[str] = Counter()
    for mention in mentions:
        entry = lexicon.entry(mention.name)
        nation = lexicon.nation(mention.name) if mention.type == "NATION" else entry.nation if entry else ""
        if nation and mention.type in ("NATION", "ORG", "PLACE"):
            nations[nation] += 1
    if not nations:
        return
    nation = nations.most_common(1)[0][0]
    for label in labels:
        yield body(text, *label.span(1), service(nation, label[1], lexicon))


@lru_cache(maxsize=4)
def _regimental(lists: PersonWords) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Names of parts of regiments, and of regiments."""
    ordinal = r"(?:\d{1,3}(?:st|nd|rd|th|d)|First|Second|Third|Fourth|Fifth)"
    return (
        re.compile(rf"{ordinal}\s(?:{any_of(lists.parts_of_regiments)})$|(?:{any_of(lists.lettered_parts)}) [A-Z]$"),
        re.compile(rf"\d{{1,3}}(?:st|nd|rd|th|d)?\s.*(?:{any_of(lists.regiments)})\w*$"),
    )


def _joined(text: str, mentions: Sequence[Mention], lists: PersonWords) -> Iterator[Mention]:
    """A battalion with its regiment: "2nd Battalion, 9th Marines" is one unit."""
    bodies = [m for m in mentions if m.type == "ORG"]
    part_of, of = _regimental(lists)
    for part, whole in pairwise(bodies):
        if text[part.end : whole.start] == ", " and part_of.match(part.text) and of.match(whole.text):
            yield body(text, part.start, whole.end)


def _designated(text: str) -> Iterator[Mention]:
    """Units by designator: "INAS 300", "squadron EC 12", "Company B", "long-range aviation"."""
    for letters, pattern in _DESIGNATED:
        for match in pattern.finditer(text) if letters in text else ():
            name = "Long-Range Aviation" if letters == "ange " else match[0]
            yield body(text, *match.span(), name)


def _trades(text: str, mentions: Sequence[Mention], lists: PersonWords) -> Iterator[Mention]:
    """Firms called after their nation: "Danish Railways"."""
    trades = one_of(lists.firm_nouns, r"[ ](?:[A-Z]\w+[ ])?", r"(?!\w)")
    for mention in mentions:
        if mention.type == "NATION" and (match := trades.match(text, mention.end)):
            yield body(text, mention.start, match.end())


def _before_classes(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """The service before a class of ships, and the class: "Kenyan Navy |Shujaa-class|" patrol ship."""
    for mention in mentions:
        if mention.type != "SHIP" or not (match := _OWNED.match(mention.text)):
            continue
        if nation := lexicon.nation(match[1]):
            at = mention.start + match.end()
            yield body(text, mention.start, at - 1, service(nation, match[2], lexicon))
            name = f"{text[at : mention.end].removesuffix('class').strip(' -')} class"
            yield mention.model_copy(
                update={"start": at, "text": SafeText(text[at : mention.end]), "name": SafeText(name)}
            )
