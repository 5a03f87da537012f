"""The store: sources, texts, facts, search, reviews, and the ingest engine that fills it."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from briefing.library.cache import ExtractionCache
    from briefing.library.errors import LibraryError
    from briefing.library.ingest import Ingest
    from briefing.library.library import Library

__all__ = ["ExtractionCache", "Ingest", "Library", "LibraryError"]

_MODULES: Final = {"ExtractionCache": "cache", "Ingest": "ingest", "Library": "library", "LibraryError": "errors"}


def __getattr__(name: str) -> Any:
    """Import what is asked for: opening a library must not wait for the engine and the readers of all formats."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
