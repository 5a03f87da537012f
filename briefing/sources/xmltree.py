"""Parse XML of foreign files: no entities, nothing fetched, and a depth that cannot exhaust the program."""

from typing import Any, Final

from briefing.sources.document import Refused

_BLANK: Final = b"\xef\xbb\xbf \t\r\n"


def parse(data: bytes, *, lenient: bool = False) -> Any:
    """Parse XML; returns the root element.

    Entities of the document's own are left as they are, unresolved, so that none can grow or name a file.

    Args:
        data: The XML.
        lenient: Whether to take what can be made of damaged XML.

    Raises:
        Refused: Where there is no XML in it, or, unless lenient, it is damaged.
    """
    from lxml import etree  # takes a moment to import, and not every format needs it

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=lenient,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data.lstrip(_BLANK) if lenient else data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Refused("is damaged: the XML in it cannot be read") from error
    if root is None:
        raise Refused("is damaged: the XML in it cannot be read")
    return root


def local(element: Any) -> str:
    """The tag without its namespace; empty for what is no element, such as an entity left unresolved."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child_text(element: Any, *names: str) -> str | None:
    """The text of the first child with any of these names; None where there is none, or it is blank.

    Args:
        element: The element.
        *names: Local names, in order of preference.
    """
    for name in names:
        for child in element:
            if local(child) == name and (text := "".join(child.itertext()).strip()):
                return text
    return None
