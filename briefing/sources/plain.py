"""Plain text: kept character for character; the opening lines may state title, author, publisher and date."""

from briefing.sources.document import Document, Reader
from briefing.sources.opening import read_opening


def read(text: str) -> Document:
    """The text as it stands, with what its opening states."""
    opening = read_opening(text)
    return Document(
        text,
        opening.title,
        opening.publisher,
        opening.author,
        opening.published,
        published_from=opening.published_from,
        published_inferred=opening.inferred,
    )


READER = Reader("text", (".txt", ".text"), lambda data: True, read)  # noqa: ARG005 - any text is plain text
