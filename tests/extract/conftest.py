import pytest
from spacy.language import Language

from briefing.extract.pipeline import load


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole pipeline, loaded once for all tests of a process."""
    return load()
