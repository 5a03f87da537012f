"""Compare a brief with an earlier one: sources and claims that came, went, or have other values."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from briefing.export.brief import Changes, Claim, EventPart, Moved
from briefing.export.selection import ExportError
from briefing.model.data_files import parse_json
from briefing.model.safetext import SafeText
from briefing.model.wording import shortened

_WIDTH: Final = 90
_Key = tuple[str, str, str]
"""Kind, title and event of a claim, in any case."""


def earlier_brief(text: str, name: str) -> Mapping[str, Any]:
    """Parse an earlier brief.

    Args:
        text: The brief as JSON.
        name: Name of its file, for the error.

    Raises:
        ExportError: Where it is no brief in JSON.
    """
    try:
        shape = parse_json(text)
        if isinstance(shape, dict) and shape["claims"] is not None and shape["sources"] is not None:
            return shape
    except (ValueError, KeyError):
        pass
    raise ExportError(
        f"{name} is no brief in JSON: --since takes what 'briefing export --format json' or a bundle holds"
    )


def changes_since(
    before: Mapping[str, Any], sources: Sequence[tuple[int, str]], claims: Sequence[Claim], events: Sequence[EventPart]
) -> Changes:
    """Find what changed since an earlier brief.

    Args:
        before: The earlier brief, see :func:`earlier_brief`.
        sources: Number and id of each source of the new one.
        claims: Claims of the new one.
        events: Events of the new one.

    Raises:
        ExportError: Where the earlier brief lacks something.
    """
    try:
        known = {str(source["id"]) for source in before["sources"]}
        told = {event["id"]: str(event["what"]) for event in before["events"]}
        old = {
            _key(str(claim["kind"]), str(claim["claim"]), told.get(claim["event"], "")): _values(
                str(value["value"]) for value in claim["values"]
            )
            for claim in before["claims"]
        }
        day = str(before["date"])
    except (KeyError, TypeError) as error:
        raise ExportError(f"the earlier brief cannot be read: {error}") from error
    names = {event.id: event.what for event in events}
    now = {_key(claim.kind, claim.claim, names.get(claim.event, "")): claim for claim in claims}
    ids = {key for _, key in sources}
    return Changes(
        day=SafeText(day).line(),
        came=tuple(number for number, key in sources if key not in known),
        left=len(known - ids),
        new=tuple(claim.number for key, claim in now.items() if key not in old),
        moved=tuple(
            Moved(claim=claim.number, before=SafeText(", ".join(old[key])).line())
            for key, claim in now.items()
            if key in old and set(old[key]) != set(_values(value.value for value in claim.values))
        ),
        gone=tuple(shortened(key[1], _WIDTH) for key in old if key not in now),
    )


def _key(kind: str, title: str, event: str) -> _Key:
    return kind, title.casefold(), event.rstrip(".").casefold()


def _values(values: Any) -> list[str]:
    return list(dict.fromkeys(values))
