"""Lists: items of feeds in JSON, addresses to fetch, references."""
