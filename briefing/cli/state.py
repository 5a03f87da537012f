"""State of one call: options, settings, and the library and cache they lead to."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.cli.output import tell

if TYPE_CHECKING:
    from briefing.config import Loaded
    from briefing.ingest import ExtractionCache
    from briefing.library import Library
    from briefing.model.settings import Settings


class State:
    """State of one call. All of it is looked up when it is first asked for: a command pays for what it uses."""

    def __init__(self) -> None:
        self.options: dict[str, Any] = {}
        """Global options as they were given."""
        self.workspace = ""
        """Name of the workspace that the call is about; empty for none."""
        self.private = False
        """Whether this call is to leave nothing behind."""

    @cached_property
    def loaded(self) -> "Loaded":
        """The settings with their origins. Raises :class:`ConfigError`."""
        from briefing.config import load

        return load(options=self.options)

    @property
    def settings(self) -> "Settings":
        """The settings."""
        return self.loaded.settings

    @cached_property
    def _private_folder(self) -> Path:
        """A folder for this call only, in which everything lies that is written; gone when the program ends."""
        import atexit

        from briefing.ingest.temp_folder import Scratch

        scratch = Scratch()
        atexit.register(scratch.close)
        return scratch()

    @cached_property
    def library_address(self) -> Path | str:
        """Where the library is: its file, which need not exist, or ``postgresql://…``."""
        from briefing.config import library_of

        return self._private_folder / "library.db" if self.private else library_of(self.loaded)

    @property
    def library_path(self) -> Path | None:
        """The file of the library; None where a server keeps it."""
        return self.library_address if isinstance(self.library_address, Path) else None

    @property
    def library_is_there(self) -> bool:
        """Whether there is a library to look things up in; a server is asked when it is opened."""
        return self.library_path is None or self.library_path.exists()

    @property
    def template(self) -> Path | None:
        """The user's template for briefs, if one is set."""
        from briefing.config import template_of

        return template_of(self.loaded)

    @cached_property
    def lexicons(self) -> Path | None:
        """The user's lexicons, where there are any."""
        from briefing.paths import lexicons_folder

        folder = lexicons_folder()
        return folder if folder.is_dir() else None

    def open_cache(self) -> "ExtractionCache":
        """Extractions by content, shared by all calls; beside a library that was named for this call."""
        from briefing.ingest import ExtractionCache
        from briefing.paths import cache_file

        if self.private:
            return ExtractionCache(self._private_folder / "cache.db")
        named = self.loaded.origins.get("library") in {"option", "environment"}
        return ExtractionCache(cache_file(self.library_path if named else None))

    def open_library(self) -> "Library":
        """The library, made where there is none."""
        from briefing.library.opening import open_library

        return self.forgetting(open_library(self.library_address))

    def forgetting(self, library: "Library") -> "Library":
        """The library, made to delete removed sources from the cache too."""
        library.on_removal(lambda ids: self.open_cache().forget(ids))
        return library

    @contextmanager
    def reading(self) -> "Iterator[Library]":
        """The library for looking things up: where there is none yet, an empty one that leaves no file behind."""
        from briefing.library.opening import open_library

        if self.library_is_there:
            with self.forgetting(open_library(self.library_address, create=False)) as library:
                yield library
            return
        tell(f"there is no library yet at {self.library_address}: 'briefing add PATH' makes one")
        with scratch_library() as library:
            yield library

    def require_model(self) -> None:
        """Raise :class:`Failed` where the model is not installed, before any work is begun."""
        from briefing.extract.nlp.base_model import installed

        name = self.settings.model
        if installed(name) is None:
            from briefing.cli.failing import Failed

            package = name.replace("_", "-")
            raise Failed(f"the model '{name}' is not installed; try 'pip install {package}', or another --model")


@contextmanager
def scratch_library() -> "Iterator[Library]":
    """A library in a temporary folder, gone afterwards."""
    from briefing.ingest.temp_folder import Scratch
    from briefing.library import Library

    with Scratch() as scratch, Library.open(scratch() / "scratch.db") as library:
        yield library
