"""The places of a brief as GeoJSON points, each with how precise it is."""

import json
import unicodedata
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

from briefing.export.brief import Brief
from briefing.export.selection import Selection

PRECISION: Final = "centre of the city; two decimals, about 1 km; what happened may be anywhere in or near it"


class Point(NamedTuple):
    """A city's position, in degrees."""

    name: str
    nation: str
    latitude: float
    longitude: float


def places_geojson(selection: Selection, brief: Brief) -> str:
    """Write a GeoJSON feature for each place with known coordinates, with its sources and events.

    ``unplaced`` of the collection names the other places: regions, seas, bases, and names that several cities bear.

    Args:
        selection: The selection, for the places that its sources mention.
        brief: Its brief, for the places of events.
    """
    named: dict[str, set[int]] = {}
    for number, (_, extraction) in enumerate(selection.documents, start=1):
        for mention in extraction.mentions:
            if mention.type == "PLACE":
                named.setdefault(mention.name.line(), set()).add(number)
    events: dict[str, list[str]] = {}
    for event in brief.events:
        if event.place:
            named.setdefault(event.place, set()).update(event.sources)
            events.setdefault(event.place, []).append(f"{event.label} {event.what}")
    features, unplaced = [], []
    for name in sorted(named):
        point = point_of(name)
        if point is None:
            unplaced.append(name)
        else:
            features.append(_feature(name, point, sorted(named[name]), events.get(name, [])))
    shape = {"type": "FeatureCollection", "features": features, "unplaced": unplaced}
    return json.dumps(shape, ensure_ascii=False, indent=1) + "\n"


def point_of(name: str) -> Point | None:
    """The city of that name, also with its nation or region behind a comma; None where it is not known."""
    return _points().get(_plain(name)) or _points().get(_plain(name.partition(",")[0]))


def _feature(name: str, point: Point, sources: list[int], events: list[str]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [point.longitude, point.latitude]},
        "properties": {
            "name": name,
            "nation": point.nation,
            "precision": PRECISION,
            "sources": [f"S{number}" for number in sources],
            "events": events,
        },
    }


@cache
def _points() -> dict[str, Point]:
    text = resources.files("briefing.export.formats").joinpath("cities.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {_plain(row[0]): Point(row[0], row[1], float(row[2]), float(row[3])) for row in rows}


def _plain(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).casefold().split())
