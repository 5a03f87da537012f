"""Who asserts what a text says: attributions, and releases, which speak in their issuers' names."""
