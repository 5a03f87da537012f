"""Fill Jinja templates, ours and the user's: all output is escaped, and they can reach nothing but the brief."""

import re
import traceback
from collections.abc import Callable, Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import TemplateError as JinjaError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from briefing.export import remarks
from briefing.export.brief import Brief, Claim, ClaimValue, EventPart, Person, Recalled
from briefing.export.date_map import date_map_caption, date_map_svg
from briefing.export.markdown import Markdown
from briefing.export.markdown import escape as escape_markdown
from briefing.export.selection import ExportError
from briefing.export.timeline import timeline_svg
from briefing.model import wording
from briefing.model.regular_files import read_regular

Page = Literal["markdown", "html"]
Cited = ClaimValue | Person | Recalled
_SHIPPED: Final[dict[str, str]] = {"markdown": "brief.md.j2", "html": "brief.html.j2"}
_MAX_TEMPLATE: Final = 1_000_000
"""Bytes; a template is a page of text, anything larger is the wrong file."""
_INDEXED: Final = 10
"""Names in the index line before the others are counted."""
_TIMED: Final = 12
"""Events that the timeline has room for; all of them stand below it, each with its date."""
_TIMELINE: Final = 3
"""Fewer dated events than this need no timeline."""


class TemplateError(ExportError):
    """A template that cannot be used. The message names file and line."""

    def __init__(self, name: str, line: int | None, reason: str) -> None:
        super().__init__(f"{name}:{line}: {reason}" if line else f"{name}: {reason}")
        self.name, self.line, self.reason = name, line, reason


def fill(brief: Brief, format: Page, template: Path | None = None) -> str:  # noqa: A002
    """Fill a template with a brief.

    Args:
        brief: The brief.
        format: ``markdown`` or ``html``: how what the template prints is escaped.
        template: File of the user's template; None for ours.

    Raises:
        TemplateError: Where the template is wrong; it names file and line.
    """
    environment = _environment(format, template.parent) if template else _ours(format)
    name = template.name if template else _SHIPPED[format]
    shown = str(template) if template else name
    try:
        made = environment.from_string(_read(template)) if template else environment.get_template(name)
        text = made.render(brief=brief, **_functions(brief, format))
    except TemplateSyntaxError as error:
        raise TemplateError(error.filename or shown, error.lineno, error.message or "syntax error") from error
    except TemplateNotFound as error:
        reason = f"there is no template {error.name!r} beside it (names end in .j2) or among ours"
        raise TemplateError(*_place(error, shown), reason) from error
    except (JinjaError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # What a template computes may fail in any of these ways; the user needs the place, not our stack.
        raise TemplateError(*_place(error, shown), str(error) or type(error).__name__) from error
    whole = text if text.endswith("\n") else text + "\n"
    return whole if format == "html" else _BLANK_LINES.sub("\n\n", whole)


_BLANK_LINES: Final = re.compile(r"\n{3,}")
"""What parts of a Markdown template without contents leave behind."""


def shipped(format: Page) -> str:  # noqa: A002
    """The text of our own template, as a start for a user's."""
    return resources.files("briefing.export").joinpath("templates", _SHIPPED[format]).read_text(encoding="utf-8")


@cache
def _ours(format: Page) -> Environment:  # noqa: A002
    """For our own templates, which are compiled once."""
    return _environment(format, None)


def _environment(format: Page, folder: Path | None) -> Environment:  # noqa: A002
    # Markdown is escaped by `finalize`, which sees the outcome of every {{ … }}; only `Markdown` and what went through
    # `safe` is left as it is. So a template that forgets a filter is still safe.
    html = format == "html"
    environment = ImmutableSandboxedEnvironment(
        loader=_loader(folder),
        autoescape=html,
        finalize=None if html else _finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.pop("lipsum", None)  # words that mean nothing, as many as are asked for
    environment.filters.update(
        day=wording.day,
        iso_day=wording.when,
        listed=wording.listed,
        plural=wording.plural,
        labels=remarks.labels,
        claim_labels=remarks.claim_labels,
        passage=remarks.passage,
        shortened=wording.shortened,
        clipped=wording.clipped,
        alone_words=remarks.alone_words,
        beside=remarks.beside,
        about=remarks.about,
        brief_form=remarks.brief_form,
        event_day=remarks.event_day,
        event_line=remarks.event_line,
        person_remarks=remarks.person_remarks,
        says_who=remarks.says_who,
        figure=remarks.figure,
    )
    if not html:
        environment.filters["safe"] = Markdown
        environment.filters["e"] = environment.filters["escape"] = escape_markdown
    return environment


def _finalize(value: object) -> object:
    return value if isinstance(value, Markdown) else escape_markdown(value)


def _functions(brief: Brief, format: Page) -> dict[str, Any]:  # noqa: A002
    def of_kind(numbers: Iterable[int], counts: bool) -> list[int]:
        return [number for number in numbers if (brief.claim(number).kind == "count") == counts]

    return {
        **_citing(brief, format),
        "valued": remarks.valued,
        "standing": lambda claim, front=False: remarks.standing(brief, claim, front),
        "credit": lambda number: remarks.credit(brief, number),
        "checked": lambda: remarks.checked(brief),
        "others_left": remarks.others_left,
        "sign": lambda state: wording.SIGNS[state],
        "piece": _piece_html if format == "html" else _piece_markdown,
        "counts_of": lambda numbers: of_kind(numbers, counts=True),
        "shared": lambda numbers: [n for n in numbers if brief.claim(n).status != "single"],
        "alone": lambda numbers: _alone(brief, numbers),
        "others_of": lambda numbers: of_kind(numbers, counts=False),
        "rest_of": lambda event: _rest(brief, event),
        "people_of": lambda event: [brief.participants[place] for place in event.people],
        "unplaced": lambda: _unplaced(brief),
        "names_somebody": lambda numbers: any(map(remarks.says_who, map(brief.claim, numbers))),
        "given": remarks.given,
        "timeline": lambda: _timeline(brief),
        "untimed": lambda: _untimed(brief),
        "timeline_svg": lambda: timeline_svg(_timeline(brief)),
        "date_map_svg": lambda: date_map_svg(_dated(brief)),
        "date_map_caption": lambda: date_map_caption(_dated(brief)),
        "contrasting_figures": lambda: [n for n in brief.page_one.figures if brief.claim(n).contrast],
        "index_room": _INDEXED,
    }


def _citing(brief: Brief, format: Page) -> dict[str, Any]:  # noqa: A002
    """What writes footnotes beside what they are of."""
    link, made = (_html_links(), Markup) if format == "html" else (_markdown_link, Markdown)

    def cited(one: Cited) -> Markdown | Markup:
        """The sources of a value or a person with their footnotes."""
        shown = ", ".join(" ".join([f"S{c.source}", *map(link, c.notes)]) for c in one.citations)
        return made(shown + _uncited(one))

    def noted(claim: Claim) -> Markdown | Markup:
        """A claim's number and its footnotes, without its sources."""
        return made(" ".join([claim.label, *(link(n) for v in claim.shown for c in v.citations for n in c.notes)]))

    def dated(event: EventPart) -> Markdown | Markup:
        """The days of an event as its sources give them, with their footnotes and the number of that claim."""
        claim = remarks.day_claim(brief, event)
        if claim is None:
            return made("")
        first, *others = [
            " ".join([remarks.valued(claim, value), *(link(n) for c in value.citations for n in c.notes)])
            for value in claim.shown
        ]
        label = f'<span id="c{claim.number}">{claim.label}</span>' if format == "html" else claim.label
        rest = f" ({wording.SIGNS[claim.status]} {', '.join(others)})" if others else ""
        return made(f"{first}{rest} {label}")

    return {"cited": cited, "noted": noted, "dated": dated}


class _Alone(NamedTuple):
    """What one source alone claims: those that are sure, those of low confidence, and who says all figures of it."""

    source: int
    sure: list[Claim]
    unsure: list[Claim]
    says: str


def _alone(brief: Brief, numbers: Iterable[int]) -> list[_Alone]:
    """The claims that one source alone makes, by source."""
    found: dict[int, _Alone] = {}
    for claim in map(brief.claim, numbers):
        if claim.status == "single":
            one = found.setdefault(claim.sources[0], _Alone(claim.sources[0], [], [], ""))
            low = claim.confidence == "low" and claim.review == "unreviewed"
            (one.unsure if low else one.sure).append(claim)
    made = []
    for _, one in sorted(found.items()):
        said = [remarks.says_who(claim) for claim in (*one.sure, *one.unsure) if claim.kind == "count"]
        made.append(one._replace(says=said[0] if len(said) > 1 and len(set(said)) == 1 else ""))
    return made


def _rest(brief: Brief, event: EventPart) -> list[int]:
    """Claims of an event that several sources make, without figures and without the day in the event's line."""
    day = remarks.day_claim(brief, event)
    return [
        number
        for number in event.claims
        if (claim := brief.claim(number)).kind != "count" and claim.status != "single" and claim is not day
    ]


def _unplaced(brief: Brief) -> list[Person]:
    """Those with a role who are party to no event of the brief."""
    placed = {place for event in brief.events for place in event.people}
    return [one for place, one in enumerate(brief.participants) if one.citations and place not in placed]


def _timeline(brief: Brief) -> list[EventPart]:
    """The events with a date, where they are enough for a line each to be of use; of very many, those most told of."""
    dated = _dated(brief)
    most = sorted(dated, key=lambda event: -len(event.claims) - len(event.on_page_one))[:_TIMED]
    return [event for event in dated if event in most] if len(dated) >= _TIMELINE else []


def _untimed(brief: Brief) -> int:
    """How many dated events the timeline has no room for."""
    return max(0, len(_dated(brief)) - _TIMED)


def _dated(brief: Brief) -> list[EventPart]:
    return [event for event in brief.printed_events if event.start_date]


def _piece_markdown(words: str, evidence: bool) -> Markdown:
    """Words of a note, bold where they are evidence; the spaces around them stay."""
    bare = words.strip()
    before, _, after = words.partition(bare) if bare else (words, "", "")
    text = escape_markdown(bare)
    return Markdown(f"{before}**{text}**{after}" if evidence and bare else f"{before}{text}{after}")


def _piece_html(words: str, evidence: bool) -> Markup:
    return Markup("<mark>{}</mark>").format(words) if evidence else Markup("{}").format(words)


_NAMED = 3
"""So many sources without a footnote are named before they are only counted."""


def _uncited(cited: Cited) -> str:
    """What is said of the sources that have no footnote of their own."""
    named = {citation.source for citation in cited.citations}
    more = [source for source in cited.sources if source not in named]
    told = remarks.labels(more)
    if not more or told.count("S") <= _NAMED:
        return f"; also {told}" if more else ""
    return f" and {len(more):,} more"


def _markdown_link(number: int) -> str:
    return f"[^{number}]"


def _html_links() -> Callable[[int], str]:
    """Links to the footnotes; the first one to a footnote is where the footnote links back to."""
    seen: set[int] = set()

    def link(number: int) -> str:
        anchor = "" if number in seen else f' id="r{number}"'
        seen.add(number)
        return f'<sup><a href="#n{number}"{anchor}>{number}</a></sup>'

    return link


def _loader(folder: Path | None) -> FunctionLoader:
    """Our templates by name, and those that lie beside the user's own and end in ``.j2``."""

    def load(name: str) -> tuple[str, str, None] | None:
        if not name.endswith(".j2") or "/" in name or "\\" in name:
            return None
        if folder is not None and (path := folder / name).is_file():
            return _read(path), str(path), None
        ours = resources.files("briefing.export").joinpath("templates", name)
        return (ours.read_text(encoding="utf-8"), name, None) if ours.is_file() else None

    return FunctionLoader(load)


def _read(path: Path) -> str:
    try:
        data = read_regular(path, _MAX_TEMPLATE + 1)
    except OSError as error:
        raise TemplateError(str(path), None, error.strerror or str(error)) from error
    if len(data) > _MAX_TEMPLATE:
        raise TemplateError(str(path), None, "too large for a template")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise TemplateError(str(path), line, "not UTF-8 text") from error


def _place(error: BaseException, shown: str) -> tuple[str, int | None]:
    """The template and its line, which Jinja writes into the traceback."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename == "<template>":
            return shown, frame.lineno
        if frame.filename.endswith(".j2"):
            return frame.filename, frame.lineno
    return shown, None
