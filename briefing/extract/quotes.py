"""``briefing_quotes``: being written."""

from spacy.language import Language
from spacy.tokens import Doc


@Language.factory("briefing_quotes", default_config={"lexicons": None})
def make_quotes(nlp: Language, name: str, lexicons: str | None) -> "_Component":  # noqa: ARG001
    """The component."""
    return _Component()


class _Component:
    def __call__(self, doc: Doc) -> Doc:
        doc._.briefing_quotes = ()
        return doc
