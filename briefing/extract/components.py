"""Names, order and document attributes of our pipeline components.

Any spaCy pipeline can add them by name; each works on what those before it left on the document. They are found
through the ``spacy_factories`` entry points; importing this module imports them all.
"""

from typing import Final

from briefing.extract import warnings  # noqa: F401
from briefing.extract.counts import component as _counts  # noqa: F401
from briefing.extract.entities import component as _entities  # noqa: F401
from briefing.extract.nlp import paragraphs  # noqa: F401
from briefing.extract.participants import component as _participants  # noqa: F401
from briefing.extract.quotes import component as _quotes  # noqa: F401

ORDER: Final = (
    "briefing_entities",
    "briefing_quotes",
    "briefing_counts",
    "briefing_participants",
    "briefing_warnings",
)
