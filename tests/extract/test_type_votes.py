"""Votes on the types of names: what stands in headlines only, and how often a text is searched for that."""

from types import SimpleNamespace
from typing import ClassVar, cast

from briefing.extract.entities.candidates import Found, Text
from briefing.extract.entities.type_votes import vote
from briefing.extract.lexicon.build import load_lexicon


class Counting(str):
    """A text that counts how often it is searched."""

    __slots__ = ()
    searches: ClassVar[int] = 0

    def find(self, *asked: object) -> int:  # type: ignore[override]
        type(self).searches += 1
        return super().find(*asked)  # type: ignore[arg-type]


def _text(raw: str, flat: str | None = None) -> Text:
    lists = load_lexicon().lists.names
    return cast(Text, SimpleNamespace(raw=raw, flat=raw if flat is None else flat, lists=lists))


def _found(raw: str, name: str) -> list[Found]:
    starts = [at for at in range(len(raw)) if raw.startswith(name, at)]
    return [Found(at, at + len(name), "ORG", name, confidence="medium") for at in starts]


def test_what_only_headlines_have_is_no_name() -> None:
    raw = "Port Closed After Long Night\nThe gates stayed shut on Monday."
    assert vote(_text(raw), _found(raw, "Port Closed")) == []
    raw += " Port Closed is what the sign says."
    assert len(vote(_text(raw), _found(raw, "Port Closed"))) == 2


def test_a_name_that_is_repeated_without_end_is_looked_up_once() -> None:
    raw = "Smith and " * 500
    Counting.searches = 0
    assert vote(_text(raw, Counting(raw)), _found(raw, "Smith")) == []
    assert Counting.searches <= 501  # once for each place, not once for each pair of places
