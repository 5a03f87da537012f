"""An example of readers in a package of their own: logs of a harbour, alone (``.hlog``) and many in one (``.hbox``)."""

from collections.abc import Iterator

from briefing.sources.document import Bundle, Document, Part, Reader, Refused


def read(text: str) -> Document:
    """A log: a line of dashes, the harbour's name, then the entries. ``text`` is decoded and safe."""
    first, _, rest = text.partition("\n")
    name, _, entries = rest.partition("\n")
    if set(first.strip()) != {"-"} or not entries.strip():
        raise Refused(
            "is no log of a harbour, or one without entries"
        )  # begins with its verb; the file's name is put before
    if "wreck" in entries:
        raise ValueError("an error that was not thought of")
    return Document(entries.strip(), title=f"Log of {name.strip()}", publisher=name.strip())


def parts(data: bytes) -> Iterator[Part]:
    """Several logs, with a form feed between."""
    for number, one in enumerate(data.split(b"\f"), start=1):
        yield Part(f"log {number}", one, "text", read(one.decode()))


READER = Reader("text", (".hlog",), lambda data: data.startswith(b"-----"), read)
BOX = Bundle(None, (".hbox",), lambda data: False, parts)
