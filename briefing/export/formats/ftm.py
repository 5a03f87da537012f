"""People, bodies, events and sources of a brief as FollowTheMoney entities, one JSON object a line."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final

from briefing.export.brief import Brief, CitedSource, EventPart, Person

_SCHEMA: Final = {"person": "Person", "nation": "PublicBody", "organisation": "Organization", "unit": "Organization"}


def ftm_lines(brief: Brief) -> str:
    """Write FollowTheMoney entities. Ids are made from names and hashes: a person of two briefs is one entity."""
    return "".join(json.dumps(entity, ensure_ascii=False, sort_keys=True) + "\n" for entity in _entities(brief))


def _entities(brief: Brief) -> Iterator[dict[str, Any]]:
    documents = {source.number: _key("source", source.id) for source in brief.sources}
    for source in brief.sources:
        yield _document(source, documents[source.number])
    known = {name.casefold(): one for one in reversed(brief.participants) for name in (one.name, *one.aliases)}
    for person in brief.participants:
        yield _who(person)
    for person in brief.participants:
        yield from _ties(person, known)
        for number in person.sources:
            roles = [str(role) for role in person.roles] or ["named"]
            mention = {"document": [documents[number]], "entity": [_id(person)], "role": roles}
            yield _entity("Documentation", _key("documentation", documents[number], _id(person)), mention)
    for event in brief.events:
        if event.id is not None:
            yield _event(event, known, documents)


def _document(source: CitedSource, key: str) -> dict[str, Any]:
    return _entity(
        "Document",
        key,
        {
            "title": [source.title],
            "fileName": [source.where],
            "publisher": [source.publisher] if source.publisher else [],
            "author": [source.author] if source.author else [],
            "date": [source.published.isoformat()[:10]] if source.published else [],
            "notes": [f"SHA-256 {source.id}", *([f"graded {source.grade}"] if source.grade else [])],
        },
    )


def _who(person: Person) -> dict[str, Any]:
    properties: dict[str, Any] = {"name": [person.name], "alias": list(person.aliases)}
    if person.kind == "person":
        properties["position"] = list(person.roles)
    elif person.roles:
        properties["summary"] = list(person.roles)
    return _entity(_SCHEMA[person.kind], _id(person), properties)


def _ties(person: Person, known: dict[str, Person]) -> Iterator[dict[str, Any]]:
    """Whom somebody belongs to, where that body is in the brief too."""
    for place in person.affiliations:
        body = known.get(place.casefold())
        if body is None or body is person or body.kind == "person":
            continue
        properties = {"member": [_id(person)], "organization": [_id(body)], "role": list(person.roles)}
        yield _entity("Membership", _key("membership", _id(person), _id(body)), properties)


def _event(event: EventPart, known: dict[str, Person], documents: dict[int, str]) -> dict[str, Any]:
    parties = [_id(known[name.casefold()]) for name in event.parties if name.casefold() in known]
    return _entity(
        "Event",
        _key("event", event.what, event.start_date or "", event.place or ""),
        {
            "name": [event.what],
            "startDate": [event.start_date] if event.start_date else [],
            "endDate": [event.end_date] if event.end_date else [],
            "location": [event.place] if event.place else [],
            "involved": sorted(set(parties)),
            "proof": [documents[number] for number in event.sources],
        },
    )


def _entity(schema: str, key: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {"id": key, "schema": schema, "properties": {name: list(v) for name, v in properties.items() if v}}


def _id(person: Person) -> str:
    return _key(person.kind, person.name)


def _key(*parts: str) -> str:
    return "briefing-" + sha256("\x1f".join(part.casefold() for part in parts).encode()).hexdigest()[:32]
