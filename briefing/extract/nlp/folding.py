"""Fold a text to plain characters for the extractor, and map spans back to the stored text.

Ligatures, invisible characters, unusual blanks and dashes, notes' marks and groups of digits are written plainly, and
what a mail repeats is left out, before the model and the rules see a text. Every span that they find is then put back
onto the stored text, which stays as it is.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from briefing.extract.nlp.number_spelling import plain_numbers
from briefing.model.fact_forms import with_facts
from briefing.model.facts import Extraction, Mention
from briefing.model.safetext import SafeText
from briefing.model.source import Aside

Edit = tuple[int, int, str]
"""From ``start`` to ``end`` of a text this stands instead."""

_UNUSUAL: Final = re.compile(
    "(?P<unseen>[\u00ad\u034f\u180e\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\ufeff]+)"
    "|(?P<wide>[\ufb00-\ufb06\uff01-\uff5e])"
    "|(?P<dash>[\u2010\u2011\u2012\u2212\ufe63])"
)
_HIDDEN: Final = re.compile("(?<=\\w)\ufffd+|\ufffd+(?=\\w)")
_RAISED: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_LOWERED: Final = "₀₁₂₃₄₅₆₇₈₉"
_LETTERS_RAISED: Final = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_NOTES: Final = re.compile(
    rf"(?P<area>\b(?:[kcm]?m|ft|mi|in|yd|nm)[²³](?!\w))"
    rf"|(?<=[×xX*]\s10)⁻[{_RAISED}]+|(?<=[×xX*]10)⁻[{_RAISED}]+"
    r"|(?P<note>(?<!(?<![\d.,])10)"
    rf"(?:(?<=[\w.,;:!?)\]”’\"'%])|(?<=[\w.,]) )(?!⁽[{_LETTERS_RAISED}])"
    rf"[{_RAISED}⁽⁺⁻](?:[{_RAISED}⁾⁻,;–-]*[{_RAISED}⁾])?"
    rf"|(?<=[\w.,)])(?:[{_LETTERS_RAISED}]{{1,4}}|⁽[{_LETTERS_RAISED}]{{1,2}}⁾)(?!\w)"
    rf"|(?<=[A-Za-z0-9])[*†‡§]{{1,3}}(?=[\s.,;:)]|$)"
    rf"|(?<=[\w.,;)”’\"])(?:\[(?:\d{{1,3}}|[a-z]|note \d{{1,2}}|citation needed)\])+"
    rf"|(?<=[0-9])[{_LOWERED}](?:[{_LOWERED},]*[{_LOWERED}])?)"
    rf"|(?P<low>[{_LOWERED}])"
)
_NOTE_CHARACTERS: Final = re.compile(rf"[{_RAISED}{_LOWERED}{_LETTERS_RAISED}⁽*†‡§\[]")
"""A first look: few texts have any."""
_SPACE: Final = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_DASHED: Final = re.compile(
    r"(?<=[a-z])(?P<word>–)(?=(?:class|type|led|made|based|era|style|backed|built|flagged|registered|owned|controlled"
    r"|operated|fired|launched|old|year|foot|ton|tonne|man|mile|seat|strong|range|guided|propelled|armed|equipped)\b)"
    r"|\b(?<=[a-z]ty)(?P<ty>–)(?=(?:one|two|three|four|five|six|seven|eight|nine)\b)"
    r"|(?<![\w–])[A-Z]{1,4}[a-zG]{0,2}(?P<code>–)(?=\d{1,3}[A-Z]{0,3}s?\b)",
)
_TIMES: Final = re.compile(
    r"(?<![\w.,:/-])\d{1,4}(?P<sign>\s?[xX×]\s?|\s?pcs?\.?\s)(?=[A-Z][A-Za-z]{0,4}[-–]?\d|[A-Z][a-z]{2,}|[A-Z]{2,5}s?\b)"
)
"""``12x T-72`` and ``12 pcs T-72`` count as ``12 T-72`` does."""
_TIMES_AFTER: Final = re.compile(r"(?<=[A-Z0-9a-z)]) [xX×](?=\d{1,4}(?![\d.x×]|\w))")
"""``T-72 x12`` counts as ``T-72 x 12`` does."""
_CALIBRE: Final = re.compile(r"(?:(?<!\S)[>≥<~]\s?)?(?<![\d.,])\d{2,3}(?P<gap>\s)(?=mm\b(?! of\b))")
"""The 120 of ``120 mm mortars`` counts nothing."""
_QUOTE_END: Final = r"(?<=[”\"])"
_NAME: Final = r"(?:[A-Z][\w’'.-]*\.? )+(?:(?:de|van|von|al|bin|of|the|der|la) )*[A-Z][\w’'-]+"
_SIGN_OFFS: Final = re.compile(
    rf"{_QUOTE_END}(?P<dash>\s{{0,3}}(?:--?|~|–|:|―|(?<=\n)—)\s?)(?={_NAME}(?:,[^.\n]{{2,80}})?\.?\s*$)"
    rf"|{_QUOTE_END}(?P<line>[ \t]*\n)(?={_NAME}(?:,[^.\n]{{2,80}})?[ \t]*(?:\n[ \t]*(?:\n|$)|\Z))"
    rf"|{_QUOTE_END}(?P<open>\s?[(\[])(?!(?:\w+ )*(?:News|Press|Agency|Photo|Staff|Times|Post)\b)"
    rf"{_NAME}(?:,[^()\[\].\n]{{2,80}})?(?P<shut>[)\]]\.?)\s*$"
    rf"|{_QUOTE_END}(?P<per>,? (?:per|via) )(?={_NAME})",
    re.MULTILINE,
)
"""Who said what stands before it, without a verb."""
_MARKS: Final = re.compile(r"(?m)^[ \t]{0,3}>(?:[ \t]?>)*[ \t]?")


class Folded(NamedTuple):
    """A folded text, with the positions of its characters in the stored one."""

    text: str
    starts: tuple[int, ...]
    """Characters of ``text`` at which a stretch begins."""
    stored: tuple[tuple[int, int], ...]
    """For each stretch, where it begins in the stored text, and where it ends if it was written anew, else -1."""

    @property
    def same(self) -> bool:
        """Whether it equals the stored text."""
        return not self.starts

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a span to the stored text.

        Args:
            start: First character of the span in the folded text.
            end: The character after its last.
        """
        if not self.starts:
            return start, end
        return self._at(start, last=False), self._at(max(start, end - 1), last=True) if end > start else self._at(
            start, last=False
        )

    def _at(self, place: int, *, last: bool) -> int:
        """Where a character begins, or ends, in the stored text."""
        stretch = bisect_right(self.starts, place) - 1
        begin, anew = self.stored[stretch]
        if anew >= 0:
            return anew if last else begin
        return begin + place - self.starts[stretch] + last


def fold(text: str, asides: Sequence[Aside] = (), *, broken: bool = False) -> Folded:
    """Fold a text: plain characters, and no asides.

    A stored text has U+FFFD where nothing could be seen (zero-width characters, controls): at a word it is left out.

    Args:
        text: The stored text.
        asides: Parts to leave out.
        broken: Whether some U+FFFD stand for bytes that could not be read: then they stay, as they may be letters.
    """
    edits = [(aside.start, aside.end, "\n") for aside in asides]
    if not broken and "\ufffd" in text:
        edits += [(match.start(), match.end(), "") for match in _HIDDEN.finditer(text)]
    first = _applied(text, _settled([*edits, *_characters(text)]))
    second = _applied(first.text, _settled(_phrases(first.text)))
    return _composed(first, second)


def restored(found: Extraction, folded: Folded, text: str) -> Extraction:
    """Map the spans of an extraction to the stored text.

    Args:
        found: The extraction of the folded text.
        folded: The folded text.
        text: The stored text.
    """
    if folded.same:
        return found

    def moved(mention: Mention) -> Mention:
        start, end = folded.span(mention.start, mention.end)
        return mention.model_copy(update={"start": start, "end": end, "text": SafeText(text[start:end])})

    def spans(pairs: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        return tuple(folded.span(start, end) for start, end in pairs)

    return with_facts(found, lambda form, facts: [form.moved(fact, folded.span, text) for fact in facts]).model_copy(
        update={
            "mentions": tuple(map(moved, found.mentions)),
            "warnings": tuple(
                warning.model_copy(update={"evidence": spans(warning.evidence)}) for warning in found.warnings
            ),
            "sentences": spans(found.sentences),
        }
    )


def _characters(text: str) -> Iterable[Edit]:
    """Single characters written plainly, notes' marks and the marks of quoted lines left out."""
    for match in _MARKS.finditer(text):
        yield match.start(), match.end(), ""
    for match in _NOTES.finditer(text) if _NOTE_CHARACTERS.search(text) else ():
        if match["area"] or match["low"]:
            yield match.end() - 1, match.end(), unicodedata.normalize("NFKC", match[0][-1])
        elif match["note"]:
            parts = text[match.end() : match.end() + 1].isalpha() and (match[0][0] == " " or match[0][-1] in _RAISED)
            yield match.start(), match.end(), " " if parts else ""
    if text.isascii():
        return
    for match in _UNUSUAL.finditer(text):
        plain = "" if match["unseen"] else "-" if match["dash"] else unicodedata.normalize("NFKC", match[0])
        yield match.start(), match.end(), plain


def _phrases(text: str) -> Iterable[Edit]:
    """Numbers, designations and compounds written plainly."""
    yield from plain_numbers(text)
    for match in _TIMES.finditer(text):
        yield *match.span("sign"), " "
    for match in _TIMES_AFTER.finditer(text):
        yield match.end(), match.end(), " "
    for match in _CALIBRE.finditer(text):
        if match[0][0].isdigit():
            yield *match.span("gap"), ""
        else:
            yield match.start(), match.end(), re.sub(r"\D", "", match[0])
    for match in _SIGN_OFFS.finditer(text):
        if match["dash"]:
            yield *match.span("dash"), " — "
        elif match["line"]:
            yield *match.span("line"), " — "
        elif match["per"]:
            yield *match.span("per"), ", according to "
        else:
            yield *match.span("open"), " — "
            yield *match.span("shut"), ""
    if text.isascii():
        return
    for match in _DASHED.finditer(text):
        group = str(match.lastgroup)
        yield match.start(group), match.end(group), "-"
    for match in _SPACE.finditer(text):
        yield match.start(), match.end(), " "


def _settled(edits: Iterable[Edit]) -> list[Edit]:
    """Edits in order of place, without those that overlap an earlier one."""
    kept: list[Edit] = []
    end = 0
    for edit in sorted(edits, key=lambda one: (one[0], -one[1])):
        if edit[0] >= end:
            kept.append(edit)
            end = edit[1]
    return kept


def _applied(text: str, edits: Sequence[Edit]) -> Folded:
    if not edits:
        return Folded(text, (), ())
    parts: list[str] = []
    starts: list[int] = []
    stored: list[tuple[int, int]] = []
    length = done = 0
    for start, end, plain in edits:
        if start > done:
            starts.append(length)
            stored.append((done, -1))
            parts.append(text[done:start])
            length += start - done
        if plain:
            starts.append(length)
            stored.append((start, end))
            parts.append(plain)
            length += len(plain)
        done = end
    starts.append(length)
    stored.append((done, -1))
    parts.append(text[done:])
    return Folded("".join(parts), tuple(starts), tuple(stored))


def _composed(first: Folded, second: Folded) -> Folded:
    """Compose two foldings."""
    if first.same or second.same:
        return Folded(second.text, *(second if first.same else first)[1:])
    ends = [*second.starts[1:], len(second.text)]
    starts: list[int] = []
    stored: list[tuple[int, int]] = []
    for (begin, anew), start, end in zip(second.stored, second.starts, ends, strict=True):
        if anew >= 0:
            starts.append(start)
            stored.append(first.span(begin, anew) if anew > begin else (first.span(begin, begin)[0],) * 2)
            continue
        place = bisect_right(first.starts, begin) - 1
        while place < len(first.starts) and (first.starts[place] < begin + end - start or end == start):
            inner = max(first.starts[place], begin)
            at, written = first.stored[place]
            starts.append(start + inner - begin)
            stored.append((at, written) if written >= 0 else (at + inner - first.starts[place], -1))
            place += 1
            if end == start:
                break
    return Folded(second.text, tuple(starts), tuple(stored))
