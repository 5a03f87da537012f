"""Convert the base model's entities to our types; trim them, and correct plain errors."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from briefing.extract.entities.candidates import KNOWN, Found, Text, words
from briefing.extract.entities.type_votes import vote
from briefing.extract.lexicon.word_lists import NameWords, any_of, one_of
from briefing.model.facts import EntityType

_TYPES: Final[dict[str, EntityType]] = {
    "PERSON": "PERSON", "ORG": "ORG", "NORP": "NATION", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "DATE": "DATE",
    "TIME": "DATE", "MONEY": "MONEY", "QUANTITY": "QUANTITY", "CARDINAL": "QUANTITY", "PERCENT": "QUANTITY",
    "EVENT": "EVENT",
}  # fmt: skip
_LEAD: Final = re.compile(
    r"(?:(?:the|a|an|The|A|An|THE|this|This|its|their|his|her|our|his|that)\s+|[\s\"“”‘'’`(\[*#•.,;:–—-])+"
)
_TAIL: Final = re.compile(
    r"(?:['’]s|['’]|[\s\"“”‘`,;:!?()\[\]–—*-]|"  # one at a time: a repeated repetition backtracks without end
    r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})\.)+$"
)
_DANGLING: Final = re.compile(r"(?: (?:and|or|of|the|&))+$")
_NUMBER_LEAD: Final = re.compile(r"[\s\"“”‘'’`(\[*#•,;:]+")
_HEDGE: Final = re.compile(
    r"(?:(?:about|around|some|nearly|over|more than|less than|up to|at least|almost|roughly|approximately|an?|another|"
    r"estimated|additional|only|just|as much as|between|under|a total of)\s)+(?=\D?\d)",
    re.IGNORECASE,
)
_VERBATIM: Final = frozenset({"DATE", "MONEY", "QUANTITY"})
_NO_NOUN: Final = words("VBN VBG VBD VB VBZ VBP RB RBR IN MD DT PRP CC WRB WP TO UH EX PRP$ WDT JJR JJS")
"""Tags of words that are capitalised only because a sentence starts."""
_NO_NAME: Final = re.compile(
    r"^(?:[^A-ZÀ-Ý]*|[@#].*|https?:.*|www\..*|.*\.(?:com|org|net|mil|gov)(?:/.*)?)$", re.DOTALL
)
_PEOPLE: Final = re.compile(r"(?:ans?|ese|ish|is?|ics?|ites?|ch|ards?|ers?|os?|yz|ens?|eks?|aks?|ds?|bs?|ns?)$")
"""Endings of most words for peoples."""
_THERE: Final = re.compile(r"\b(in|at|to|from|near) $")

_NO_DATE: Final = re.compile(
    r"(?:the )?(?:[\w-]*(?:year|month|week|day|hour|decade|century)s?-?(?:long|old)|seconds|minutes|hours|days|weeks|"
    r"months|years|decades|centuries|\d{1,3}-\d{1,2}|[a-z]+ly)$",
    re.IGNORECASE,
)
_YEARS: Final = re.compile(r"(?:1[5-9]|20)\d\d(?:-|–|/)(?:(?:1[5-9]|20)\d\d|\d\d)$")
_AGE: Final = re.compile(r"\d{1,3}$")
"""Numbers that the model took for dates because they are ages."""
_AMOUNT: Final = re.compile(
    r"\d|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty(?:-\w+)?|hundreds?|"
    r"thousands?|"
    r"millions?|billions?|trillions?|dozens?|scores|half|third|quarter|pair|couple|zero|both|several|single|multiple|"
    r"many|most)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4)
def _office(lists: NameWords) -> re.Pattern[str]:
    """Offices without a holder: no organisation, and nobody's name."""
    before = rf"(?:(?:{any_of(lists.office_adjectives)}) |Under)*"
    return re.compile(rf"{before}(?:{any_of(lists.offices)})(?: (?:General|Staff))?(?: (?:of|for|to)\b.*)?$")


@lru_cache(maxsize=4)
def _holiday(lists: NameWords) -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{any_of(lists.days_of)}) (?:Day|Eve|Sunday|Monday)|{any_of(lists.holidays)})$")


def model_spans(text: Text) -> list[Found]:
    """The base model's entities; each name under one type."""
    return vote(text, list(_spans(text)))


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
            if j == i + 1 and type_ in ("PERSON", "ORG", "PLACE", "EVENT") and _no_name(text, i):
                i = j
                continue
            span = _trimmed(text, view.starts[i], view.ends[j - 1], type_)
            if span is not None:
                yield from _typed(text, *span, type_)
        i = j


def _no_name(text: Text, i: int) -> bool:
    """Whether a single token is a common word with a capital."""
    view = text.view
    word = view.words[i]
    if view.tags[i] in _NO_NOUN or word in text.lists.common_nouns:
        return True
    return i in text.opens and view.words[i + 1 : i + 2] != [] and word.lower() in text.lower_words


def _trimmed(text: Text, start: int, end: int, type_: EntityType) -> tuple[int, int] | None:
    """The span without articles, quotation marks and possessive; null where nothing like a name is left."""
    written = text.flat[start:end]
    cut = written.find("  ")
    if cut > 0 and type_ not in _VERBATIM:
        end, written = start + cut, written[:cut]
    if type_ not in _VERBATIM and not text.lists.headline_verbs.isdisjoint(parts := written.split(" ")):
        kept = next(n for n, part in enumerate(parts) if part in text.lists.headline_verbs)
        end, written = start + len(" ".join(parts[:kept])), " ".join(parts[:kept])
    bracket = written.find(" (")
    if bracket > 0 and ")" not in written:
        end, written = start + bracket, written[:bracket]
    if type_ == "MONEY" and (hedge := _HEDGE.match(written)):
        start += hedge.end()
        written = written[hedge.end() :]
    lead = (_NUMBER_LEAD if type_ in _VERBATIM else _LEAD).match(written)
    if lead:
        start += lead.end()
    tail = _TAIL.search(text.flat[start:end])
    if tail:
        end = start + tail.start()
    if type_ not in _VERBATIM and (link := _DANGLING.search(text.flat[start:end])):
        end = start + link.start()
    if end <= start:
        return None
    if type_ == "ORG":
        end = _end_of_body(text, start, end)
    if type_ not in _VERBATIM and _NO_NAME.match(text.flat[start:end]):
        return None
    return start, end


def _end_of_body(text: Text, start: int, end: int) -> int:
    """Where a body's name ends: before its people, behind what says that it is a firm."""
    if people := one_of(text.lists.people_behind, "(?<=[A-Za-z]) ", "$").search(text.flat[start:end]):
        return start + people.start()
    firm = one_of(text.lists.firms, ",? ", r"\b\.?(?! [A-Z])").match(text.flat, end)
    return firm.end() if firm else end


def _typed(text: Text, start: int, end: int, type_: EntityType) -> Iterator[Found]:
    written = text.flat[start:end]
    if type_ == "NATION":
        kept = _of_people(written, text.flat[max(0, start - 6) : start], text.lists)
    elif type_ in ("DATE", "QUANTITY"):
        kept = _of_number(written, type_, text.lexicon.lists.calendar.frequencies)
    elif type_ == "MONEY":
        kept = type_
    else:
        kept = _of_name(text.lists, written, type_, after_of=text.flat.endswith(" of ", 0, start))
    if kept is not None:
        yield Found(start, end, kept, " ".join(written.split()), text.lexicon.entry(written), KNOWN, "", "medium")


def _of_people(written: str, before: str, lists: NameWords) -> EntityType | None:
    """A people, or a party's members; a faith or language is no nation, and neither are soldiers.

    What one goes "to" is a place, what one speaks "in" a language, unless it is formed like a word for people.
    """
    if written in lists.faiths or written in lists.common_nouns:
        return None
    if written in lists.parties:
        return "ORG"
    if _PEOPLE.search(written) or not (there := _THERE.search(before)):
        return "NATION"
    return None if there[1] == "in" else "PLACE"


def _of_number(written: str, type_: EntityType, often: frozenset[str]) -> EntityType | None:
    """A date that is no mere frequency, an age or amount with a number in it."""
    if type_ == "QUANTITY":
        if _YEARS.match(written):
            return "DATE"
        return type_ if _AMOUNT.search(written) else None
    if _NO_DATE.match(written) or written.lower().removeprefix("the ") in often:
        return None
    return "QUANTITY" if _AGE.match(written) else type_


def _of_name(lists: NameWords, written: str, type_: EntityType, *, after_of: bool) -> EntityType | None:
    """A name that is no office, document or holiday."""
    if (
        _office(lists).match(written)
        or one_of(lists.documents, "(?:^| )", r"(?: \d+)?$").search(written)
        or (after_of and written in lists.portfolios)
    ):
        return None
    if one_of(lists.roads, "", " ").match(written):
        return "PLACE"
    return "DATE" if _holiday(lists).match(written) else type_
