"""A selection of sources written out as a brief: markdown, JSON, CSV, HTML."""
