"""The library: sources, texts, facts, search, reviews and entities, in one SQLite file."""

from briefing.library.errors import LibraryError
from briefing.library.library import Library

__all__ = ["Library", "LibraryError"]
