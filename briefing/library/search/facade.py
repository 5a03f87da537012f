"""Search interface of a library: hits, facets, suggestions, saved searches, interruption."""

import sqlite3
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Final

from briefing.library.store.database import Store
from briefing.library.store.source_rows import by_number, number_of
from briefing.library.store.text_cache import Texts
from briefing.model.safetext import SafeText

if TYPE_CHECKING:
    from briefing.library.search.fact_filter import FactFilter
    from briefing.library.search.saved import Searches
    from briefing.library.search.search import Running, SearchOrder
    from briefing.model.answers import Facets, SearchResult, Suggestion
    from briefing.model.listing import SourceRow

_PAGE: Final = 200


class Searchable:
    """Search methods of a library. Safe to call from any number of threads."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._running: set[Running] = set()
        self._running_lock = threading.Lock()
        self._texts = Texts()

    def search(
        self,
        query: str,
        *,
        limit: int = 20,
        offset: int = 0,
        order: "SearchOrder" = "auto",
        within: Collection[str] | None = None,
        typing: bool = False,
    ) -> "SearchResult":
        """Return a page of the sources that match a query of :mod:`briefing.library.search.query`.

        No query is refused: ``interpreted`` and ``note`` of the result tell how it was understood. Stopped by
        :meth:`interrupt`, the answer is empty and not exact.

        Args:
            query: The query.
            limit: Sources of a page.
            offset: Sources before the page.
            order: ``auto`` ranks the matches where few enough match, else newest first; ``ranked`` ranks them all,
                however slow.
            within: Ids of the sources to search; None for all.
            typing: Whether the query's last word may be unfinished.
        """
        from briefing.library.search.search import Stopped, search
        from briefing.model.answers import SearchResult

        try:
            with self._stoppable() as running:
                return search(running, query, limit=limit, offset=offset, order=order, within=within, typing=typing)
        except Stopped:
            shown = SafeText(query).line()
            return SearchResult(query=query, interpreted=shown, hits=(), total=0, exact=False, note=SafeText("Stopped"))

    def facets(
        self, query: str, *, within: Collection[str] | None = None, typing: bool = False, limit: int = 8
    ) -> "Facets":
        """Facets of the sources that match a query: entities by type, publishers, years, tags.

        Where very many sources match, some numbers are lower bounds, and say so. Stopped by :meth:`interrupt`, there
        are none.

        Args:
            query: The query.
            within: Ids of the sources to search; None for all.
            typing: Whether the query's last word may be unfinished.
            limit: Upper bound on the facets of each group.
        """
        from briefing.library.search.facets import facets
        from briefing.library.search.search import Stopped
        from briefing.model.answers import Facets

        try:
            with self._stoppable() as running:
                return facets(running, query, within=within, typing=typing, limit=limit)
        except Stopped:
            return Facets(exact=False)

    def suggest(self, query: str, cursor: int, limit: int = 8) -> "list[Suggestion]":
        """Completions of a query: fields, names, tags, values, saved and past searches.

        Args:
            query: The query.
            cursor: Number of characters before the cursor.
            limit: Upper bound on the suggestions.
        """
        from briefing.library.search.suggest import suggest

        with self.store.read() as db:
            return suggest(db, query, cursor, limit)

    @cached_property
    def searches(self) -> "Searches":
        """Saved searches and past queries."""
        from briefing.library.search.saved import Searches

        return Searches(self.store)

    def matches(self, query: str, source_id: str, *, typing: bool = False) -> list[tuple[int, int]]:
        """Half-open spans of a source's text that match a query, in order.

        Empty where the source is no hit, or is one by its title, its date or the like alone.

        Args:
            query: The query.
            source_id: Id of the source.
            typing: Whether the query's last word may be unfinished.

        Raises:
            LibraryError: Where no source has this id.
        """
        from briefing.library.search.search import places

        with self.store.read() as db:
            return places(db, query, number_of(db, source_id), typing=typing)

    def with_facts(self, wanted: "FactFilter") -> "Iterator[SourceRow]":
        """Rows of the sources that may have the wanted facts, the newest first; whether they do, their facts tell."""
        from briefing.library.search.fact_filter import places

        with self.store.read() as db:
            docs = places(db, wanted)
        for start in range(0, len(docs), _PAGE):
            with self.store.read() as db:
                rows = by_number(db, docs[start : start + _PAGE])
            yield from (rows[doc] for doc in docs[start : start + _PAGE] if doc in rows)

    def interrupt(self) -> None:
        """Stop the searches that run in other threads."""
        with self._running_lock:
            for running in self._running:
                running.stop()

    @contextmanager
    def _stoppable(self) -> "Iterator[Running]":
        """A connection for a search that :meth:`interrupt` may stop: then it raises ``Stopped``."""
        from briefing.library.search.search import Running, Stopped

        with self.store.read() as db:
            running = Running(db, self._texts)
            with self._running_lock:
                self._running.add(running)
            try:
                yield running
            except sqlite3.OperationalError as error:
                if not running.stopped:
                    raise
                raise Stopped from error
            finally:
                with self._running_lock:
                    self._running.discard(running)
