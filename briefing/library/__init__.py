"""The store: sources, texts, facts, search, reviews, and the ingest engine that fills it."""

from briefing.library.cache import ExtractionCache
from briefing.library.errors import LibraryError
from briefing.library.ingest import Ingest
from briefing.library.library import Library

__all__ = ["ExtractionCache", "Ingest", "Library", "LibraryError"]
