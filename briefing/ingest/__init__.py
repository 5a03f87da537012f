"""Files in, sources and extractions in the library: discovery, worker processes, watching."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from briefing.ingest.engine import Ingest
    from briefing.ingest.extraction_cache import ExtractionCache

__all__ = ["ExtractionCache", "Ingest"]

_MODULES: Final = {"ExtractionCache": "extraction_cache", "Ingest": "engine"}


def __getattr__(name: str) -> Any:
    """Import what is asked for: the cache alone must not wait for the engine and the readers of all formats."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
