"""Extract mentions and facts from sources.

Importing this package, or its ``version`` module, does not import spaCy: the reader's process asks for the fingerprint
only. The pipeline itself is in :mod:`briefing.extract.pipeline` and runs in worker processes.
"""
