"""Predicates of counts: killed, injured, shot down, deployed, ordered."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

# Predicates that are told apart, each by the beginnings of words that say so. What is said most specifically is first.
_PREDICATES: Final = {
    "killed": (
        r"kill(?!o) dead(?!l) death died\b dies\b dying\b fatal lost\stheir\sli loss\sof\slife slain perish "
        r"fallen neutralis neutraliz eliminat liquidat toll\b lives\b bodies\b body\b "
        r"lost\s(?:three|two|four|five|\d) claim(?:ed|s)?\s\S+\slives "
        r"mourn drown funeral buried coffin sacrificed\stheir"
    ),
    "injured": (
        r"wound injur hurt\b casualt burns\b hospitali[sz]ed treated bruis lacerat fractur "
        r"broken\s(?:ribs?|bones?|arms?|legs?|noses?)\b concuss cuts\b"
    ),
    "missing": (
        r"missing unaccounted lacking rejoined disappear whereabouts "
        r"not\s(?:yet\s)?been\s(?:found|located) still\sbeing\ssought"
    ),
    "displaced": (
        r"evacuat displac shelter brought\sto\s(?:school|church|safety) away\sfrom\shome fled\b flee homeless "
        r"left\stheir\shomes sleep\b transferr "
        r"(?:taken|lifted|pulled)\soff moved\sto (?<=were\s)moved (?<=been\s)moved "
        r"taken\sto\s(?:safety|schools?|shelters?)"
    ),
    "rescued": (r"rescu surviv saved\b pulled\s(?:out|from) picked\sup found\salive"),
    "captured": (
        r"captur detain arrest taken\sprisoner hostage seiz impound confiscat abduct kidnap "
        r"(?<=were\s)held\b (?<=was\s)held\b (?<=are\s)held\b (?<=been\s)held\b (?<=being\s)held\b (?<=those\s)held\b "
        r"(?<=still\s)held\b held\s(?:overnight|captive|prisoner|hostage) "
        r"in\scustody under\sarrest behind\sbars "
        r"(?:marched|led|carried|dragged)\s(?:away|off)\b (?:took|taken|takes)\saway\b rounded\sup"
    ),
    "freed": (r"freed\b releas(?!e) liberat"),
    "shot down": (
        r"shot\sdown shoot(?:s|ing)?\sdown down(?:ed|s|ing)\b brought\sdown brings\sdown intercept "
        r"destroy(?:ed|s)?\stwo splash engaged\sand\sdestroyed bring\sdown"
    ),
    "destroyed": (
        r"destroy(?!er) burn set\sablaze ablaze torch gutted flatten wreck lost\stheir\sroofs demolish razed sank\b "
        r"sunk\b sink(?:s|ing)?\b"
    ),
    "damaged": (r"damag hit\b struck\b disabled ramm collid"),
    "exploded": (r"explod blew\sup blow(?:n|s)?\sup gone\sup went\sup blast"),
    "turned away": (r"turn(?:ed|s|ing)?\s(?:away|back) veer withdrew thought\sbetter retreat"),
    "fired": (r"fired\b fires\b firing\b expended launch(?:ed|es|ing)?\b sent\sagainst"),
    "scrambled": (r"scrambl"),
    "escorted": (r"escort guard(?:ed|ing)\b protect accompan entrusted shepherd in\scompany"),
    "deployed": (
        r"deploy station(?:ed|ing)\b assigned rotat sent\b sends\b send(?:ing)?\b despatch dispatch based\b "
        r"arriv(?!\w+\sat\s(?:no|a|the)\b)(?!e\sat)"
    ),
    "took part": (
        r"took\spart take(?:s|n)?\spart taking\spart particip involv joined\b join(?:s|ing)?\b exercis "
        r"train(?:ed|ing)\b "
        r"attend march(?:ed|ing)\b protest(?:ed|ing)\b demonstrated\b rallied\b gathered\b"
    ),
    "flew": (r"flew\b fl(?:y|ies|own|ying)\b overflew took\soff"),
    "ordered": (r"order(?:ed|s)?\b bought\b buy(?:s|ing)?\b purchas contract procure"),
    "delivered": (r"deliver handed\sover hand(?:s|ing)?\sover donat receiv"),
    "crew": (r"crew\b on\sboard aboard\b complement\b"),
    "detected": (r"detect track(?:ed|s|ing)\b spotted sighted observ counted\b"),
    "collected": (r"collect recovered\b cleared\b defused"),
    "arrive": (r"due\b expected\b"),
}
_NAMES: Final = {f"p{number}": name for number, name in enumerate(_PREDICATES)}
_ANY: Final = re.compile(
    r"\b(?:" + "|".join(f"(?P<{key}>{'|'.join(_PREDICATES[name].split())})" for key, name in _NAMES.items()) + ")",
    re.IGNORECASE,
)
_PATTERNS: Final = {
    name: re.compile(r"\b(?:" + "|".join(begins.split()) + ")", re.IGNORECASE) for name, begins in _PREDICATES.items()
}
# Predicates that two sources may use of one and the same: neither excludes the other.
_NEAR: Final = (
    {"shot down", "destroyed"},
    {"shot down", "fired"},
    {
        "deployed", "took part", "flew", "arrive", "escorted", "delivered", "detected", "fired", "scrambled", "crew",
        "turned away",
    },
    {"captured", "destroyed"},
    {"destroyed", "damaged"},
    {"destroyed", "exploded"},
    {"collected", "captured"},
    {"rescued", "displaced"},
    {"rescued", "missing"},
    {"crew", "rescued"},
    {"crew", "captured"},
    {"crew", "missing"},
)  # fmt: skip
_OF_PEOPLE: Final = frozenset({"killed", "injured", "displaced", "crew", "rescued", "freed"})
_OF_MACHINES: Final = frozenset(
    {"shot down", "scrambled", "flew", "fired", "collected", "damaged", "exploded", "delivered", "destroyed"}
)
EXCLUSIVE: Final = frozenset(
    {
        "killed",
        "injured",
        "missing",
        "displaced",
        "rescued",
        "captured",
        "freed",
        "shot down",
        "turned away",
        "destroyed",
    }
)
"""Fates: what has met one has not met another, and two numbers of those who met the same one contradict."""
_BOUNDARY: Final = re.compile(r"[;:,.]|\b(?:and|but|while|that|which|who|when|where|as|after|before|with|of whom)\b")
_PASSIVE: Final = re.compile(
    r"\s*(?:\(\d+\)\s*)?(?:(?!and\b|but\b|while\b)[a-z-]+\s+){0,4}?"
    r"(?:were|was|are|is|had\sbeen|have\sbeen|has\sbeen|being|be|died|remain)\b"
)
_STOP: Final = re.compile(r"[;:?!](?=\s)|\.\s(?=[A-Z“\"])")
_TAKES: Final = re.compile(r"\b(?:tak(?:es?|ing|en)|took|lift(?:s|ed)?|winch(?:ed)?|bring|brought|move[sd]?)\s$")
_OFF: Final = re.compile(r"\s(?:[a-z]+\s){0,2}(?:off|ashore|to\ssafety)\b")
_CLOSE: Final = 25
_NEAREST: Final = 90


_PHRASES: Final = frozenset({"shot down", "brought down", "blown up", "turned away", "turned back", "picked up"})


def predicate_of(phrase: str, *, people: bool) -> str | None:
    """The predicate that some words state; None for words that are not known.

    Args:
        phrase: The words, as in the ``what`` of a count.
        people: Whether people are counted: machines are not killed, and nobody is scrambled.
    """
    said = re.sub(r"\s(?:down|up|away|over|off|out)$", "", phrase) if phrase not in _PHRASES else phrase
    without = _OF_MACHINES if people else _OF_PEOPLE
    return next((name for name, pattern in _PATTERNS.items() if name not in without and pattern.search(said)), None)


class Doing(NamedTuple):
    """What happened to what is counted; ``near`` where the word for it stands next to the number."""

    name: str | None = None
    near: bool = False


def has_own_verb(text: str, at: int) -> bool:
    """Whether what is counted is the subject of a passive of its own.

    Args:
        text: The text.
        at: The character after the count.
    """
    return _PASSIVE.match(text, at) is not None


def find_predicate(sentence: str, start: int, end: int, *, people: bool) -> Doing:
    """Find what happened to what is counted.

    Words within the count say it first ("12 dead"), then the clause that it is the subject of, then the verb before it.

    Args:
        sentence: The sentence.
        start: First character of the count, within the sentence.
        end: The character after its last.
        people: Whether people are counted.
    """
    inside = sentence[start:end]
    without = _OF_MACHINES if people else _OF_PEOPLE
    for name in ("killed", "injured", "missing", "displaced") if people else ("missing", "destroyed"):
        if _PATTERNS[name].search(inside) and not (name == "killed" and re.search(r"toll", inside)):
            return Doing(name, near=True)
    next_word = re.match(r"\s*(?:\(\d+\)\s*)?([\w-]+)", sentence[end:])
    after = _STOP.split(sentence[end : end + _NEAREST], maxsplit=1)[0]
    before = _STOP.split(sentence[max(0, start - _NEAREST) : start])[-1]
    if people and _TAKES.search(before) and _OFF.match(after):
        return Doing("displaced", near=True)  # "has taken 40 sailors off"
    beside = _of_word(next_word[1]) if next_word else None
    if beside and beside not in without:
        return Doing(beside, near=True)
    following = _nearest(after, without, forward=True)
    leading = _nearest(before, without, forward=False)
    if following and leading:
        if _PASSIVE.match(after):
            return _doing(following)
        boundary = _BOUNDARY.search(before, len(before) - leading[0])
        if following[0] <= _CLOSE and (leading[0] > _CLOSE or boundary) and not _crosses(after, following[0]):
            return _doing(following)
        return _doing(leading)
    if leading and not following and _PASSIVE.match(after) and _BOUNDARY.search(before, len(before) - leading[0]):
        return Doing()  # "in which 17 died and 12,000 people were inoculated"
    found = leading or following
    if people and (found is None or found[0] > _CLOSE) and _PATTERNS["crew"].search(inside):
        return Doing("crew", near=True)  # what they are, where nothing is told of them
    if found is None:
        label = _nearest(sentence[max(0, start - _NEAREST) : start], without, forward=False)
        return Doing(label[1]) if label else Doing()
    return _doing(found)


def _doing(found: tuple[int, str]) -> Doing:
    return Doing(found[1], near=found[0] <= _CLOSE)


def _crosses(after: str, distance: int) -> bool:
    return bool(re.search(r"[;,]|\band\b", after[:distance]))


def _of_word(word: str) -> str | None:
    for name in ("killed", "injured", "missing", "captured", "destroyed", "displaced", "fired"):
        match = _PATTERNS[name].match(word)
        if match and word.casefold() != "down":
            return name
    return None


def _nearest(part: str, without: frozenset[str], *, forward: bool) -> tuple[int, str] | None:
    """The predicate whose word stands nearest to the count, and how far away it is."""
    best: tuple[int, str] | None = None
    for match in _ANY.finditer(part):
        name = _NAMES[match.lastgroup or ""]
        if name in without:
            continue
        away = match.start() if forward else len(part) - match.end()
        if best is None or away < best[0]:
            best = away, name
        if forward:
            break
    return best


@lru_cache(maxsize=4000)
def fit(a: Doing, b: Doing) -> float:
    """Score how well two predicates go together: 1 the same, 0.5 near or one unknown, 0.3 other ones, 0 two fates.

    Fates exclude each other where both are told next to the number; a word further off may be said of something else.

    Args:
        a: One predicate.
        b: The other one.
    """
    if a.name == b.name:
        return 1.0 if a.name else 0.5
    if a.name is None or b.name is None:
        return 0.5
    if any(a.name in near and b.name in near for near in _NEAR):
        return 0.5
    fates = a.name in EXCLUSIVE and b.name in EXCLUSIVE
    if fates:
        return 0.0 if a.near or b.near else 0.2
    fate = a if a.name in EXCLUSIVE else b if b.name in EXCLUSIVE else None
    return 0.0 if fate is not None and fate.near else 0.3
