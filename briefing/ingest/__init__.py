"""Add files to a library: discovery, worker processes that read and extract, watched folders."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from briefing.ingest.engine import Ingest
    from briefing.ingest.extraction_cache import ExtractionCache

__all__ = ["ExtractionCache", "Ingest"]

_MODULES: Final = {"ExtractionCache": "extraction_cache", "Ingest": "engine"}


def __getattr__(name: str) -> Any:
    """Import lazily: the cache alone must not wait for the engine and the readers of all formats."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
