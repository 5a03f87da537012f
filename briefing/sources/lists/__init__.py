"""Lists: addresses to fetch, references."""
