"""JSON of foreign files: parsed with limits of size and depth."""

from typing import Any

from briefing.model.data_files import parse_json
from briefing.sources.document import Refused


def parse(data: bytes) -> Any:
    """Parse JSON. Raises :class:`Refused` where it is damaged, or nested beyond all use."""
    try:
        return parse_json(data.decode("utf-8-sig", "replace"))
    except ValueError as error:
        raise Refused("is damaged: the JSON in it cannot be read") from error


def words(value: Any) -> str:
    """A text that stands there; empty for anything else."""
    return value if isinstance(value, str) else ""


def members(value: Any) -> dict[str, Any]:
    """What an object holds; nothing where it is none."""
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; empty where it is none."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
