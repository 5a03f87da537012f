"""Search: the query language, its plan and SQL, snippets, facets, suggestions, saved searches."""
