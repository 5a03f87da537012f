"""The commands in this process, with an ingest that finds facts by a few patterns instead of a model."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import briefing.ingest
from briefing.cli.start import run
from briefing.model.facts import Count, Extraction, Mention, Participant, Quote
from briefing.model.listing import Failure
from briefing.model.passage import paragraphs
from briefing.model.progress import Added, Discovered, Finished, Reading, SetAside
from briefing.model.safetext import SafeText
from briefing.model.source import Source, Unreadable
from briefing.sources import discover, read_all, read_bytes, read_file

NUMBERS = {"two": 2, "three": 3, "four": 4}


def pattern_facts(source: Source) -> Extraction:
    """ "two jets" is a count, “…” a quote, USA a nation."""
    text = source.text
    counts = [
        Count(start=m.start(), end=m.end(), evidence=text[m.start() : m.end()], low=NUMBERS[m[1]], high=NUMBERS[m[1]],
              item=SafeText(m[2]), category="aircraft")
        for m in re.finditer(r"\b(two|three|four) (\w+)s\b", text)
    ]  # fmt: skip
    quotes = [
        Quote(start=m.start(1), end=m.end(1), text=text[m.start(1) : m.end(1)]) for m in re.finditer(r"“([^”]+)”", text)
    ]
    nations = [m.span() for m in re.finditer(r"\bUSA\b", text)]
    name = SafeText("United States")
    return Extraction(
        source_id=source.id,
        extractor="patterns",
        counts=tuple(counts),
        quotes=tuple(quotes),
        mentions=tuple(Mention(start=s, end=e, text=text[s:e], type="NATION", name=name) for s, e in nations),
        participants=(Participant(name=name, kind="nation", mentions=tuple(nations)),) if nations else (),
        sentences=tuple(paragraphs(text)),
    )


class PatternIngest:
    """Stands in for :class:`briefing.ingest.Ingest`."""

    def __init__(
        self, library: Any, refs: Sequence[str], *, cache: Any = None, stdin: bytes | None = None, **options: Any
    ) -> None:
        self.library, self.refs, self.cache, self.stdin, self.options = library, refs, cache, stdin, options
        self.placed: list[tuple[int, str, str]] = []
        last_options.clear()
        last_options.update(options)

    def run(self, on_event: Callable[[Any], None], stop: object = None, pause: object = None) -> Finished:
        files = list(discover([ref for ref in self.refs if ref != "-"]))
        on_event(Discovered(total=len(files)))
        added = known = 0
        failures = []
        sources: list[Source] = [read_bytes(self.stdin or b"", "-")] if "-" in self.refs else []
        self.placed += [(self.refs.index("-"), "-", source.id) for source in sources]
        for place, file in enumerate(files):
            on_event(Reading(path=SafeText(str(file))))
            try:
                found = list(read_all(file)) if file.suffix == ".zip" else [read_file(file)]
                new = [source for source in found if isinstance(source, Source)]
                self.placed += [(place, str(source.path), source.id) for source in new]
                sources += new
            except Unreadable as error:
                failures.append(Failure(path=error.path, reason=error.reason))
                on_event(SetAside(failure=failures[-1]))
        publishers: Counter[SafeText] = Counter()
        for source in sources:
            already = self.library.has(source.id)
            known, added = known + already, added + (not already)
            if not already:
                self.library.add(source, pattern_facts(source))
                publishers[source.publisher or SafeText()] += 1
            on_event(Added(row=self.library.row(source.id), known=already))
        return Finished(added=added, known=known, failures=tuple(failures), publishers=tuple(publishers.most_common()))


last_options: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def _patterns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(briefing.ingest, "Ingest", PatternIngest)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def ingest_options() -> dict[str, Any]:
    """What the last ingest was given."""
    return last_options


class Done(NamedTuple):
    """How a call ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Carry out a command line in this process."""

    def called(*arguments: object) -> Done:
        code = run([str(argument) for argument in arguments])
        captured = capfd.readouterr()
        return Done(code, captured.out, captured.err)

    return called


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three sources, of which two have a fact in common and one cannot be read."""
    made = tmp_path / "in"
    made.mkdir()
    (made / "b-wire.txt").write_text("Wire report\n\nThe USA sent three jets. “We saw them,” one said.\n")
    (made / "a-release.txt").write_text("Release\n\nThe USA sent two jets and four drones.\n")
    return made


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The library of this test, named by the environment."""
    path = tmp_path / "library.db"
    monkeypatch.setenv("BRIEFING_LIBRARY", str(path))
    return path
