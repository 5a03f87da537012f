"""The worker process of the ingest engine: ``python -m briefing.ingest.worker``.

It reads batches of tasks from standard input and answers with sources, extractions and failures. Files are read here
too, so that one that is malicious or huge harms no one else. Only here is spaCy loaded, and only when there is
something to extract. The process ends when its standard input does: it never outlives the program that started it.
"""

import argparse
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, PlainSerializer, TypeAdapter, ValidationInfo

from briefing.ingest import limits
from briefing.ingest.wire import receive, send
from briefing.model.facts import Extraction
from briefing.model.safetext import SafeText
from briefing.model.source import PassedOver, Source, Unreadable

_NICENESS: Final = 5
"""The reader's screen comes first."""
_OBJECTS: Final = 20_000
"""New objects after which the collector looks for rubbish: about those of ten documents."""


def _bytes_of(name: str) -> str:
    return os.fsencode(name).decode("latin-1")


def _name_of(sent: Any, info: ValidationInfo) -> Any:
    return os.fsdecode(sent.encode("latin-1")) if info.mode == "json" else sent


FileName = Annotated[str, BeforeValidator(_name_of), PlainSerializer(_bytes_of, when_used="json")]
"""The name of a file, which may be no text: it is sent as the bytes that it is, one character for each."""


class Task(BaseModel):
    """One file to read. ``name`` is what the user calls it; ``extract`` is false where only the source is wanted."""

    path: FileName
    """A web address, too, where it is to be unpacked."""
    name: FileName
    extract: bool = True
    made: bool = False
    """Whether the file holds a source already, as it came out of another file."""
    unpack: str | None = None
    """The folder for the sources in the file, where it may hold several; nothing is extracted then."""
    allow_private: bool = False
    """Whether an address of this machine or a private network may be fetched."""


class Unpacked(BaseModel):
    """A source that came out of a file, and the file in which it lies; or the reason why there is none."""

    name: str
    path: str = ""
    sha: str = ""
    size: int = 0
    reason: str = ""
    passed_over: bool = False
    """Whether it is of a kind that is not read, rather than one that could not be."""


TASKS: Final = TypeAdapter(list[Task])
PARTS: Final = TypeAdapter(list[Unpacked])


class Fatal(Exception):
    """Nothing can be extracted at all; the message says what to do."""


class Worker:
    """Reads and extracts batch after batch."""

    def __init__(
        self,
        out: IO[bytes],
        model: str,
        lexicons: Path | None,
        fingerprint: str,
        kernels: str = "auto",
        kernels_file: Path | None = None,
        languages: Mapping[str, str] | None = None,
    ) -> None:
        self.out = out
        self.model = model
        self.lexicons = lexicons
        self.fingerprint = fingerprint
        self.kernels = kernels
        self.kernels_file = kernels_file
        self.languages = languages or {}
        self._extract: Callable[[list[Source]], Iterator[Extraction]] | None = None

    def batch(self, tasks: Sequence[Task]) -> None:
        """Read every task's file, then extract what is wanted; each answer is sent as soon as it is there."""
        wanted: list[tuple[int, Source]] = []
        for number, task in enumerate(tasks):
            self._recognising(number)
            if task.unpack is not None:
                self._unpack(number, task, Path(task.unpack))
                continue
            limits.allow_seconds(limits.READING)
            try:
                source = _read(task)
            except Unreadable as error:
                send(self.out, "failure", number, str(error.reason).encode())
                continue
            send(self.out, "source", number, source.model_dump_json().encode())
            if task.extract:
                wanted.append((number, source))
        for number, found in self._extractions(wanted):
            if isinstance(found, str):
                send(self.out, "failure", number, found.encode(errors="replace"))
            else:
                send(self.out, "extraction", number, found.model_dump_json().encode())
        send(self.out, "done")

    def _recognising(self, number: int) -> None:
        """Have each page of a task whose words are recognised be given the seconds of a document, and be told of."""
        from briefing.sources.ocr import engine

        def begins(page: int, pages: int) -> None:
            limits.allow_seconds(limits.READING)
            send(self.out, "page", number, f"{page} {pages}".encode())

        engine.page_begins = begins

    def _unpack(self, number: int, task: Task, folder: Path) -> None:
        """Write every source in the task's file into a file of its own, and say which there are."""
        parts: list[Unpacked] = []
        try:
            folder.mkdir(parents=True, exist_ok=True)
            limits.allow_seconds(limits.READING)
            for count, found in enumerate(_checked(_read_all(task), task)):
                limits.allow_seconds(limits.READING)
                if isinstance(found, Unreadable):
                    over = isinstance(found, PassedOver)
                    parts.append(Unpacked(name=found.path, reason=found.reason, passed_over=over))
                else:
                    path = folder / f"{count}.json"
                    path.write_text(found.model_dump_json(), encoding="utf-8")
                    parts.append(Unpacked(name=found.path, path=str(path), sha=found.id, size=len(found.text)))
                send(self.out, "part", number)  # a sign of life
        except OSError as error:
            parts = [Unpacked(name=task.name, reason=f"cannot be unpacked: {error.strerror or error}")]
        if len(parts) == 1 and parts[0].reason and parts[0].name == SafeText(task.name).line():
            send(self.out, "failure", number, parts[0].reason.encode(errors="replace"))
        else:
            send(self.out, "parts", number, PARTS.dump_json(parts))

    def _extractions(self, wanted: list[tuple[int, Source]]) -> Iterator[tuple[int, Extraction | str]]:
        """The extraction of each source by its number, or the reason why there is none.

        A batch that fails is tried again one by one, so that only the source that makes it fail is lost.
        """
        if not wanted:
            return
        if self._extract is None:
            with limits.lifted():
                self._extract = self._load()
        limits.allow_seconds(limits.extracting_seconds(sum(len(source.text) for _, source in wanted)))
        done = 0
        try:
            for found in self._extract([source for _, source in wanted]):
                yield wanted[done][0], found
                done += 1
        except Exception as error:  # noqa: BLE001 - whatever one document does to the extractor, the others go on
            rest = wanted[done:]
            why = f"could not be extracted: {type(error).__name__}: {error}"
            hungry = isinstance(error, MemoryError)
            del error
            if hungry:
                gc.collect()
                why = limits.MEMORY_EXTRACTING
            if len(rest) == 1:
                yield rest[0][0], why
            else:
                for one in rest:
                    yield from self._extractions([one])

    def _load(self) -> Callable[[list[Source]], Iterator[Extraction]]:
        from briefing.extract import pipeline
        from briefing.extract.lexicon.check import LexiconError
        from briefing.extract.name_pipelines import NamePipelines
        from briefing.extract.nlp import kernels  # spaCy is heavy: not needed where only sources are read
        from briefing.extract.nlp.base_model import ModelChanged

        try:
            fastest = kernels.choose(self.kernels, self.kernels_file)
            nlp = pipeline.load(self.model, self.lexicons, kernels=fastest)
            others = NamePipelines(self.languages)
        except (pipeline.ModelMissing, ModelChanged, LexiconError) as error:
            raise Fatal(str(error)) from error
        except Exception as error:  # whatever it is, it is not a document's fault: none is set aside for it
            raise Fatal(f"The language model {self.model} cannot be loaded: {error}") from error
        _settle()
        return lambda sources: pipeline.extract(nlp, sources, self.fingerprint, others)


def _settle() -> None:
    """Have the garbage collector pass over what is there for good, model and lexicons, and look less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS, 20, 20)


def _checked(found: Iterator[Source | Unreadable], task: Task) -> Iterator[Source | Unreadable]:
    """What was found, but for texts that are too long; what takes too much memory ends it, with what was before."""
    try:
        for one in found:
            if isinstance(one, Source) and len(one.text) > limits.MAX_TEXT:
                yield Unreadable(one.path, limits.TOO_LONG)
            else:
                yield one
    except MemoryError:
        gc.collect()
        yield Unreadable(task.name, limits.MEMORY_READING)


def _read_all(task: Task) -> Iterator[Source | Unreadable]:
    from briefing.sources import is_address, read_address, read_all, read_parts

    if is_address(task.path):
        return read_address(task.path, allow_private=task.allow_private)
    if task.name == task.path:
        return read_all(Path(task.path))
    return read_parts(Path(task.path).read_bytes(), task.name)


def _read(task: Task) -> Source:
    """The source in the task's file. Raises :class:`Unreadable`."""
    try:
        source = _source(task)
    except MemoryError:
        gc.collect()
        raise Unreadable(task.name, limits.MEMORY_READING) from None
    if len(source.text) > limits.MAX_TEXT:
        raise Unreadable(task.name, limits.TOO_LONG)
    return source


def _source(task: Task) -> Source:
    from briefing.sources import read_bytes, read_file  # the readers of some formats are heavy

    if task.made:
        try:
            return Source.model_validate_json(Path(task.path).read_bytes())
        except (OSError, ValueError) as error:
            raise Unreadable(task.name, f"could not be kept for a moment: {error}") from error
    if task.name == task.path:
        return read_file(Path(task.path))
    try:
        return read_bytes(Path(task.path).read_bytes(), task.name)
    except OSError as error:
        raise Unreadable(task.name, error.strerror or str(error)) from error


def main(args: Sequence[str] | None = None) -> int:
    """Serve batches until standard input ends."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--model", required=True)
    options.add_argument("--lexicons", type=Path)
    options.add_argument("--fingerprint", required=True)
    options.add_argument("--kernels", default="auto")
    options.add_argument("--kernels-file", type=Path)
    options.add_argument("--language", nargs=2, action="append", default=[])
    chosen = options.parse_args(args)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the coordinator's to answer
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    os.umask(0o077)
    limits.begin()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print of some library must not end up between frames
    worker = Worker(
        out,
        chosen.model,
        chosen.lexicons,
        chosen.fingerprint,
        chosen.kernels,
        chosen.kernels_file,
        dict(chosen.language),
    )
    with suppress(BrokenPipeError):  # the coordinator is gone
        send(out, "ready")
        while (frame := receive(sys.stdin.buffer)) is not None:
            try:
                worker.batch(TASKS.validate_json(frame.data))
            except Fatal as error:
                send(out, "fatal", 0, str(error).encode(errors="replace"))
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
