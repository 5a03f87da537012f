"""Facts of sources in languages other than the pipeline's: only what is written the same in any language.

Names too, where the settings name a pipeline for the language.
Designations of aircraft, ships, vehicles and weapons; the number that stands at one, in digits; full dates in digits.
No speaker, participant or number word is read there: rules made for English would find them where there are none.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from spacy.language import Language

from briefing.extract.entities.candidates import Found, Text, settle
from briefing.extract.entities.designations import designations
from briefing.extract.name_pipelines import NamePipelines
from briefing.extract.nlp.token_columns import view_of
from briefing.model.facts import Category, Count, EntityType, Extraction, Mention, SourceWarning
from briefing.model.languages import language_name
from briefing.model.safetext import SafeText
from briefing.model.source import Source

if TYPE_CHECKING:
    from briefing.extract.entities.component import Entities

_CATEGORY: Final[dict[EntityType, Category]] = {
    "AIRCRAFT": "aircraft", "SHIP": "ship", "VEHICLE": "vehicle", "WEAPON": "munition",
}  # fmt: skip
_WORDLIKE: Final = re.compile(
    "[\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff5e、。「」]"
)
"""Letters of scripts that put no blank between a designation and the words around it."""
_CYRILLIC: Final = str.maketrans("АВДЕИКЛМНОПРСТУФХЯБГавдеиклмнопрстуфя", "AVDEIKLMNOPRSTUFHYBGavdeiklmnoprstufa")
_CYRILLIC_CODE: Final = re.compile(r"(?<!\w)[А-Я][А-Яа-я]{0,3}(?=[- ]?\d)")
_BEFORE: Final = re.compile(
    r"(?<![\w.,:/-])(?P<low>\d{1,3})(?:\s?(?:[x×хX]|[대기架艘輛辆台両门門枚机機隻只])\s?|\s(?:x\s)?)$"
)
_AFTER: Final = re.compile(
    r"(?:[^\S\n]?[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{0,6}[^\S\n]?)(?P<low>\d{1,3})\s?(?:대|기|척|문|발|機|架|艘|隻|辆|輛|台|両|枚|门|門)"
)
_DATES: Final = re.compile(
    r"(?<![\d.])(?:(?:19|20)\d\d-[01]?\d-[0-3]?\d|[0-3]?\d\.\s?[01]?\d\.\s?(?:19|20)\d\d"
    r"|(?:19|20)\d\d\s?[年년]\s?[01]?\d\s?[月월]\s?[0-3]?\d\s?[日일]|[0-3]?\d/[01]?\d/(?:19|20)\d\d)(?!\d)"
)


def is_foreign(source: Source, nlp: Language) -> bool:
    """Whether a source is known to be in another language than the pipeline's.

    Args:
        source: The source.
        nlp: The pipeline.
    """
    return source.language not in {None, nlp.lang}


def other_facts(nlp: Language, source: Source, found: Extraction, names: NamePipelines) -> Extraction:
    """Add to an empty extraction what can be read in any language, and a warning that says so.

    Args:
        nlp: The pipeline.
        source: The source.
        found: The extraction, which knows nothing of the text.
        names: The pipelines that find names in other languages.
    """
    entities: Entities = nlp.get_pipe("briefing_entities")  # type: ignore[assignment]
    raw = str(source.text)
    plain = _CYRILLIC_CODE.sub(lambda code: code[0].translate(_CYRILLIC), _WORDLIKE.sub(" ", raw))
    text = Text(view_of(nlp.make_doc(""), plain), entities.lexicon, aviation=True)
    named, said = _names(source, raw, names)
    spans = settle([*designations(text), *_dates(raw), *named])
    aside = [(one.start, one.end) for one in source.asides]
    kept = [span for span in spans if not any(start <= span.start < end for start, end in aside)]
    return found.model_copy(
        update={
            "mentions": tuple(_mention(raw, span) for span in kept),
            "counts": tuple(_counts(raw, kept)),
            "warnings": (*found.warnings, SourceWarning(kind="language", message=SafeText(said))),
            "sentences": tuple((line.start(), line.end()) for line in re.finditer(r"\S[^\n]*", raw)),
        }
    )


def _names(source: Source, raw: str, names: NamePipelines) -> tuple[list[Found], str]:
    """The names that the language's pipeline finds, and a sentence on what is read of the text."""
    language = language_name(source.language or "")
    only = f"This text is in {language}: only designations, numbers at them and dates in digits are read."
    if source.language is None or not names.knows(source.language):
        return [], only
    found = names.names(source.language, raw)
    if isinstance(found, str):
        return [], f"{only} {found}"
    return found, only.replace("only designations", "only names, designations")


def _dates(raw: str) -> Iterator[Found]:
    for match in _DATES.finditer(raw):
        yield Found(match.start(), match.end(), "DATE", " ".join(match[0].split()))


def _mention(raw: str, span: Found) -> Mention:
    return Mention(
        start=span.start,
        end=span.end,
        text=SafeText(raw[span.start : span.end]),
        type=span.type,
        name=SafeText(span.name),
        confidence=span.confidence,
    )


def _counts(raw: str, spans: list[Found]) -> Iterator[Count]:
    """The number at each designation: before it, or behind it with a counting word of East Asia."""
    for span in spans:
        category = (span.entry.category if span.entry else None) or _CATEGORY.get(span.type)
        if category is None:
            continue
        before = _BEFORE.search(raw, max(0, span.start - 8), span.start)
        after = _AFTER.match(raw, span.end)
        number = before or after
        if number is None or int(number["low"]) == 0:
            continue
        start, end = (before.start(), span.end) if before else (span.start, number.end())
        yield Count(
            start=start,
            end=end,
            evidence=SafeText(raw[start:end]),
            low=int(number["low"]),
            high=int(number["low"]),
            item=SafeText(span.item or span.name),
            category=category,
            confidence="medium",
            rule=SafeText("number at a designation"),
        )
