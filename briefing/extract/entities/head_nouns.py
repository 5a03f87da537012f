"""Names told by a word of their own: ``28th Bomb Wing``, ``Ministry of National Defense``, ``Nineveh Province``.

Such a name is a run of capitalised words with a head word in it that says what it is. The run is walked over tokens,
from the head word left over capitalised words and right over "of", "for" and what they govern.
"""

import re
from collections.abc import Iterator
from typing import Final

from briefing.extract.entities.candidates import KNOWN, STRONG, Found, Text, words
from briefing.extract.lexicon.lexicon import Entry, Lexicon
from briefing.extract.nlp.token_columns import View

_SMALL: Final = frozenset({"of", "for", "and", "the", "&", "in", "on", "de", "la", "du", "des", "to"})
_ORDINAL: Final = re.compile(r"(?:\d{1,4}(?:st|nd|rd|th|d)|[IVX]{1,5})$")
_NUMBERED: Final = re.compile(
    r"(?<![\w-])(?:Combined |Joint |Carrier |Naval |Amphibious |Commander,? )?(?:(?:Task|Strike) (?:Force|Group|Unit|"
    r"Element)s?|CTF|CTG|JTF|CJTF|DESRON|Destroyer Squadron|Carrier Strike Group|"
    r"Carrier Air Wing|Submarine Group|Expeditionary Strike Group|Standing NATO Maritime Group|Standing NATO Mine "
    r"Countermeasures Group|CSG|CVW|SNMG)"
    r"(?: \((?:CTF|TF|CJTF|JTF)\))?[ -](?:\d{1,4}(?:\.\d{1,2})*|[IVX]{1,4}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?![\w-])"
)
_UNIT_WORDS: Final = (
    r"Wing|Squadron|Sqn|Group|Fleet|Division|Brigade|Battalion|Regiment|Battery|Corps|Flotilla|Detachment|Company|"
    r"Platoon|Commando|Expeditionary Unit|Expeditionary Force|Expeditionary Brigade|Flight|ARW|BW|FW|OSS|MXG|MEU|MEF|"
    r"ABCT|SFAB|EAW|"
    r"Para"
)
_ORDINAL_UNIT: Final = re.compile(
    r"(?<![\w-])(?:(?:No\.? ?)?\d{1,4}(?:/\d{1,4})?"
    r"(?: (?!US\b|U\.S|UK\b|of\b|American|British|Air Force|Army|Navy|Marine )(?:[A-Z][\w'&/-]*|and|of(?= "
    r"[A-Z]))){0,6}? "
    rf"(?:{_UNIT_WORDS})"
    r"|\d{1,4}(?:st|nd|rd|th|d)(?:/\d{1,4}(?:st|nd|rd|th|d)?)?(?: \([A-Z0-9]+\))?"
    r"(?: (?:[A-Z][\w'&/-]*|and|of(?= [A-Z]))){0,6}? "
    rf"(?:{_UNIT_WORDS}|Army|Infantry|Cavalry|Field Artillery|Armou?red|Airborne|Air Force|Marines|Rangers|"
    r"[A-Z]{2,5}))"
    r"(?![\w-])"
)
_DESIGNATED: Final = re.compile(
    r"(?<![\w-])(?:[A-Z][\w-]+ ){1,5}(?:Squadron|Wing|Group|Force|Division|Battalion|Command) \([A-Z]{2,6}\) "
    r"\d{1,4}(?!\w)"
)
"""``Strike Fighter Squadron (VFA) 102``."""
_STATE_GUARD: Final = re.compile(
    r"(?<![\w-])([A-Z][a-z]+(?: [A-Z][a-z]+)?) ((?:Army |Air )?National Guard|State Guard|ANG)(?!\w)"
)
_NUMBER_AFTER: Final = words("Unit Squadron Group Detachment Battalion Fleet Command Wing Division Regiment")
_NUMBERS: Final = words("One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve I II III IV")
_NO_PLACE: Final = words(
    "Force Forces Regiment Museum Air Of Sergeant Group Wing Squadron Jets Authority Officer Flight"
)
_POSTED: Final = frozenset({"Delegation", "Embassy", "Mission", "Consulate", "Office"})
"""Bodies named for where they are posted: ``Delegation to Syria``."""
HEADLINE_VERBS: Final = words(
    "Announces Announced Approves Arrive Arrives Arrived Backs Begins Blames Blasts Calls Claims Completes "
    "Conducts Condemns Confirms Continues Defends Delivers Denies Deploys Deployed Destroys Downs Ends Escorts "
    "Escorted Faces Fires Flies Gets Hits Holds Hosts Intercepts Intercepted Issues Joins Kills Launches Launched "
    "Leads Leaves Meets Moves Names Offers Opens Orders Participates Plans Promises Pushes Receives Rejects "
    "Releases Reports Returns Returned Reveals Says Scrambles Seeks Seizes Sends Shoots Shows Signs Sinks Slams "
    "Stages Starts Steps Strikes Supports Takes Targets Tells Tests Threatens Trains Unveils Urges Visits Vows "
    "Wants Warns Welcomes Wins Withdraws "
)
"""Verbs that headlines write with a capital: a name ends before them."""
_GOVERNED: Final = 7
"""At most so many words stand after the "of" of a name."""
_NO_PART: Final = words("VB VBZ VBP VBD MD PRP PRP$ TO WP WRB WDT IN DT CC EX")
"""Tags of words that no name holds, though a headline writes them with a capital."""
_COMPOUNDS: Final = ("-based", "-led", "-backed", "-held", "-made", "-built", "-born", "-style", "-linked", "-owned")
_OPENERS: Final = frozenset({"DT", "PRP$", "WDT", "IN", "PRP"})
"""Tags of words that are capitalised only because a sentence starts."""
_NAMED_PLACE: Final = re.compile(
    r"(?<![\w-])(?:Fort|Camp|Mount|Lake|Cape|Port|Forward Operating Base|FOB|Joint Base|RAF|RAAF Base|CFB|RNAS|MCAS|"
    r"NAS|HMNB|RNZAF Base|"
    r"Naval (?:Air )?Station|Naval Base|Naval Support (?:Facility|Activity)|Marine Corps (?:Air Station|Base)|PAF "
    r"Base|Combat Outpost|"
    r"Patrol Base|Logistics Support Area|Royal Air Force|Fleet Activities|Isle of|Gulf of|Bay of|Strait of|Sea of|"
    r"Straits of) "
    r"(?:[A-ZÀ-Ý][\w'-]*|[A-Z]\.(?:[A-Z]\.)?(?= [A-Z]))(?: (?:[A-ZÀ-Ý][\w'-]*))?(?![\w])"
)


def numbered(text: Text) -> Iterator[Found]:
    """Units by their numbers, state guards, and places by the word before their name. Reads characters only."""
    flat = text.flat
    for match in _STATE_GUARD.finditer(flat) if "Guard" in flat or "ANG" in flat else ():
        state = text.lexicon.entry(match[1])
        if state is not None and state.kind == "region":
            entry = Entry(match.group(), "ORG", "service", nations=("United States",), parent=match[2])
            yield Found(match.start(), match.end(), "ORG", match.group(), entry, STRONG)
    for match in _DESIGNATED.finditer(flat) if ") " in flat else ():
        yield _unit(match, STRONG)
    for match in _ORDINAL_UNIT.finditer(flat):
        yield _unit(match, KNOWN)
    for match in _NUMBERED.finditer(flat):
        if match.group().split()[-1] not in ("Force", "Group", "Unit", "Element"):
            yield _unit(match, KNOWN)
    for match in _NAMED_PLACE.finditer(flat):
        after = match.group().split()[1]
        if after not in _NO_PLACE and not any(t.entry.type == "AIRCRAFT" for t in text.lexicon.terms.get(after, ())):
            name = match.group()
            entry = Entry(name, "PLACE", _PLACES.get(name.split()[0], "base"))
            yield Found(match.start(), match.end(), "PLACE", name, entry)


def heads(text: Text) -> Iterator[Found]:
    """Mentions of organisations, places and events by their head words. Reads the view's tokens."""
    known = text.lexicon.heads
    for i in [i for i, word in enumerate(text.view.words) if word in known]:
        found = _run(text, i)
        if found is not None:
            yield found


def _unit(match: re.Match[str], tier: int) -> Found:
    return Found(match.start(), match.end(), "ORG", match.group(), Entry(match.group(), "ORG", "unit"), tier)


def _run(text: Text, i: int) -> Found | None:
    """The name whose head word is token ``i``."""
    view = text.view
    tokens, tags, lists = view.words, view.tags, text.lexicon.words
    first = _leftmost(view, i, text.lexicon)
    last = _rightmost(view, i, text.lexicon)
    while first < i and (
        tokens[first] in _SMALL or tokens[first] in _NUMBERS or (first in text.opens and tags[first] in _OPENERS)
    ):
        first += 1
    type_, kind = text.lexicon.heads[tokens[i]]
    if first == i and i in text.opens and tokens[i].endswith("s"):
        return None
    if first == i and last == i + 1 and (tokens[i] not in lists["alone"] or i in text.opens):
        return None
    start, end = view.starts[first], view.ends[last - 1]
    name = text.flat[start:end]
    if kind == "company" and (maker := text.lexicon.company(name)):
        return Found(start, end, type_, maker.name, maker)
    return Found(start, end, type_, name, Entry(name, type_, kind), KNOWN, "", "high" if last - first > 2 else "medium")


def _leftmost(view: View, i: int, lexicon: Lexicon) -> int:
    """The first token of the run that ends in token ``i``: capitalised words, ordinals and what joins them."""
    first = i
    j = i - 1
    while j >= 0:
        if _capitalised(view.words[j]):
            if view.tags[j] in _NO_PART or view.words[j] in HEADLINE_VERBS:
                break
            first = j
        elif not _joins(view, j, i, lexicon):
            break
        j -= 1
    return first


def _joins(view: View, j: int, i: int, lexicon: Lexicon) -> bool:
    """Whether the small word at ``j`` joins two parts of the name that ends at ``i``."""
    tokens = view.words
    if j == 0 or i - j > 8 or not _capitalised(tokens[j - 1]):
        return False
    if tokens[j] == "and":
        # "Training and Doctrine Command" is one name, "Army and Navy" two.
        before = tokens[j - 1]
        known = before.isupper() or before in lexicon.heads or before in lexicon.nations
        return j > 1 and not (_capitalised(tokens[j - 2]) or known)
    if tokens[j] in ("-", "–"):
        return view.ends[j - 1] == view.starts[j]
    return tokens[j] == "&" or (tokens[j] == "of" and tokens[j - 1] in lexicon.words["governing"])


def _rightmost(view: View, i: int, lexicon: Lexicon) -> int:
    """One past the last token of a run with its head at ``i``: "of", "for" and what they govern."""
    tokens, last, lists = view.words, i + 1, lexicon.words
    if last < len(tokens) and tokens[i] in _NUMBER_AFTER:
        number = tokens[last]
        if number in _NUMBERS or (number.isdigit() and len(number) < 4 and i > 0 and _capitalised(tokens[i - 1])):
            return last + 1
    if tokens[i] in _POSTED and last < len(tokens) - 1 and tokens[last] in ("to", "in"):
        k = last + 2 if tokens[last + 1] == "the" else last + 1
        if k < len(tokens) and tokens[k] in lexicon.nations:
            return k + 1
    if tokens[i] not in lists["governing"]:
        return last
    while last < len(tokens) - 1 and tokens[last] in ("of", "for"):
        k = last + 1
        while k < len(tokens) - 1 and tokens[k] in ("the", "and", "on") and k - last < 3:
            k += 1
        if not _capitalised(tokens[k]):
            break
        end = min(len(tokens), k + _GOVERNED)
        while k < end and view.tags[k] not in _NO_PART and tokens[k] not in HEADLINE_VERBS:
            if not _capitalised(tokens[k]) and not (tokens[i] in lists["listing"] and _lists(tokens, k, lexicon)):
                break
            k += 1
        last = k
    return last


def _lists(tokens: list[str], k: int, lexicon: Lexicon) -> bool:
    if tokens[k] not in ("and", "&", "-") or k + 1 >= len(tokens) or not _capitalised(tokens[k + 1]):
        return False
    return tokens[k + 1] not in lexicon.heads and all(
        t.surface != tokens[k + 1] for t in lexicon.terms.get(tokens[k + 1], ())
    )


def _capitalised(word: str) -> bool:
    if word[0].isupper():
        return not word.endswith(_COMPOUNDS)
    return _ORDINAL.match(word) is not None


_PLACES: Final = {
    "Mount": "island", "Lake": "water", "Cape": "region", "Isle": "island", "Gulf": "water", "Bay": "water",
    "Strait": "water", "Sea": "water", "Straits": "water", "Port": "city",
}  # fmt: skip
