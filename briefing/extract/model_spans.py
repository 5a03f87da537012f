"""The base model's entities under our types, trimmed and put right where they are plainly wrong."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from briefing.extract.found import KNOWN, Found, Text, words
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
    r"(?:['’]s|['’]|[\s\"“”‘`,;:!?()\[\]–—*-]+|"
    r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})\.)+$"
)
_NUMBER_LEAD: Final = re.compile(r"[\s\"“”‘'’`(\[*#•,;:]+")
_VERBATIM: Final = frozenset({"DATE", "MONEY", "QUANTITY"})
_NO_NOUN: Final = words("VBN VBG VBD VB VBZ VBP RB RBR IN MD DT PRP CC WRB WP TO UH EX PRP$ WDT JJR JJS")
"""Tags of words that are capitalised only because a sentence starts."""
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

_NO_DATE: Final = re.compile(
    r"(?:the )?(?:hourly|daily|weekly|monthly|annual|annually|yearly|quarterly|nightly|bi-?weekly|biannual|biennial|"
    r"[\w-]*(?:year|month|week|day|hour|decade|century)s?-?(?:long|old)|seconds|minutes|hours|days|weeks|months|"
    r"years|decades|"
    r"centuries|\d{1,3}-\d{1,2}|[a-z]+ly)$",
    re.IGNORECASE,
)
_AGE: Final = re.compile(r"\d{1,3}$")
"""Numbers that the model took for dates because they are ages."""
_AMOUNT: Final = re.compile(
    r"\d|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty(?:-\w+)?|hundreds?|"
    r"thousands?|"
    r"millions?|billions?|trillions?|dozens?|scores|half|third|quarter|pair|couple|zero|both|several|single|multiple|"
    r"many|most)\b",
    re.IGNORECASE,
)
_OFFICE: Final = re.compile(
    r"(?:(?:Deputy |Vice |Assistant |Under|Acting |Prime |Foreign |Defen[cs]e |First |Chief )*)"
    r"(?:Secretary|Minister|President|Chairman|Chairwoman|Director|Commander|Ambassador|Governor|Mayor|Chancellor|"
    r"Undersecretary|Spokes\w+|Adviser|Advisor)(?: (?:General|Staff))?(?: (?:of|for|to)\b.*)?$"
)
"""Offices without a holder: no organisation, and nobody's name."""
_PORTFOLIOS: Final = words(
    "State Defense Defence Treasury Justice Energy Commerce Interior Labor Labour Transportation Transport Education "
    "Agriculture Health Finance Staff Trade Culture Oil War Security Information"
)
_DOCUMENT: Final = re.compile(
    r"(?:^| )(?:Resolutions?|Act|Treaty|Accords?|Agreements?|Declaration|Memorandum|Charter|Report|Bill|Amendment|"
    r"Review|Strategy|"
    r"Law|Protocol|Communiqu[eé]|Guidelines|Cessation of Hostilities|Law of Armed Conflict)(?: \d+)?$"
)
"""Documents and laws, which are no bodies."""
_HOLIDAY: Final = re.compile(
    r"(?:(?:New Year's|Christmas|Thanksgiving|Easter|Memorial|Independence|Labou?r|Veterans|Armistice|Armed Forces|"
    r"Victory|Boxing|"
    r"Remembrance|Anzac|ANZAC|Valentine's|St\. Patrick's|Bastille|Columbus|Presidents'?|Martin Luther King|Father's|"
    r"Mother's) (?:Day|Eve|Sunday|Monday)"
    r"|Christmas|Thanksgiving|Easter|Ramadan|Eid al-Fitr|Eid al-Adha|Eid|Passover|Hanukkah|Yom Kippur|Rosh Hashanah|"
    r"Diwali|Nowruz|"
    r"Lunar New Year|Chinese New Year|Halloween|Good Friday|D-Day|Ashura)$"
)


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
            if j == i + 1 and type_ in ("PERSON", "ORG", "PLACE") and view.tags[i] in _NO_NOUN:
                i = j
                continue
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
    elif type_ == "DATE":
        if _NO_DATE.match(written):
            return
        if _AGE.match(written):
            type_ = "QUANTITY"
    elif type_ == "QUANTITY":
        if not _AMOUNT.search(written):
            return
    elif (
        _OFFICE.match(written)
        or (type_ == "ORG" and written in _PORTFOLIOS and text.flat.endswith(" of ", 0, start))
        or _DOCUMENT.search(written)
    ):
        return
    elif _HOLIDAY.match(written):
        type_ = "DATE"
    yield Found(start, end, type_, " ".join(written.split()), text.lexicon.entry(written), KNOWN, "", "medium")
