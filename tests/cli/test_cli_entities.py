"""``entities``: listing them, and saying what they are."""

import json
import shlex
from pathlib import Path
from typing import get_args

import pytest

from briefing.cli.entities_command import TYPES, entities
from briefing.library import Library
from briefing.model.facts import EntityType, Extraction, Mention
from briefing.model.source import Source


@pytest.fixture
def filled(library: Path) -> Path:
    text = "Norland Navy, NN, Anderson, Anderson"
    names = [
        ("Norland Navy", 0, "ORG", "Norland Navy"), ("NN", 14, "ORG", "NN"),
        ("Anderson", 18, "PERSON", "Ida Anderson"), ("Anderson", 28, "PLACE", "Anderson"),
    ]  # fmt: skip
    mentions = tuple(Mention(start=s, end=s + len(w), text=w, type=t, name=n) for w, s, t, n in names)
    with Library.open(library) as made:
        source = Source(id="ab" * 32, path="/in/a.txt", title="A", text=text)
        made.add(source, Extraction(source_id=source.id, extractor="f", mentions=mentions))
    return library


def test_types_are_the_models() -> None:
    assert tuple(kind.lower() for kind in get_args(EntityType)) == TYPES


def test_listing(call, filled: Path) -> None:
    assert call("entities").out.splitlines()[0].split() == ["TYPE", "NAME", "MENTIONS", "SOURCES"]
    assert len(call("entities").out.splitlines()) == 5
    assert call("entities", "norl").out.splitlines()[1].split() == ["org", "Norland", "Navy", "1", "1"]
    assert call("entities", "anderson", "--type", "place").out.count("Anderson") == 1
    assert call("entities", "--type", "place").out.count("\n") == 2
    made = json.loads(call("entities", "list", "nn", "--format", "json").out)
    assert made == {"entities": [{"name": "NN", "type": "ORG", "mentions": 1, "sources": 1}]}


def test_editing_and_taking_back(call, filled: Path) -> None:
    assert call("entities", "merge", "NN", "norland navy").out == "NN is Norland Navy\n"
    assert call("entities", "norl").out.splitlines()[1].split()[-2:] == ["2", "1"]
    said = "“Anderson” is Andersen Air Force Base (place), not Ida Anderson\n"
    done = call("entities", "split", "Ida Anderson", "Anderson", "Andersen Air Force Base", "--to-type", "place")
    assert done.out == said
    assert call("entities", "rename", "Andersen Air Force Base", "Andersen AFB").code == 0
    assert call("entities", "type", "Andersen AFB", "ORG").out == "Andersen AFB is of type org, not place\n"
    assert call("entities", "remove", "Andersen AFB").out == "Andersen AFB is no org\n"
    listed = call("entities", "edits").out.splitlines()
    assert [line.split()[:2] for line in listed[1:]] == [
        ["1", "merge"], ["2", "split"], ["3", "rename"], ["4", "type"], ["5", "remove"],
    ]  # fmt: skip
    assert json.loads(call("entities", "edits", "--format", "json").out)["edits"][0]["to_name"] == "Norland Navy"
    assert call("entities", "undo").out == "taken back: Andersen AFB is no org\n"
    assert call("entities", "undo", "1").out == "taken back: NN is Norland Navy\n"
    refused = call("entities", "undo", "2")
    assert refused.code == 2
    assert "builds on it" in refused.err
    assert "NN" in call("entities", "nn").out


def test_errors_name_what_there_is(call, filled: Path) -> None:
    nobody = call("entities", "remove", "Norland")
    assert (nobody.code, nobody.err) == (1, "briefing: no entity is called “Norland”; there are Norland Navy (org)\n")
    assert call("entities", "undo").code == 1
    assert call("entities", "rename", "NN", "Norland Navy").code == 2
    with Library.open(filled) as library:
        library.entity_edits.rename("PERSON", "Ida Anderson", "Anderson")
    several = call("entities", "remove", "Anderson")
    assert several.code == 1
    assert "say which with --type: " in several.err
    assert call("entities", "remove", "Anderson", "--type", "person").code == 0
    assert call("entities", "remove", "Anderson", "--type", "ship").code == 1


def test_hostile_names(call, filled: Path) -> None:
    assert call("entities", "rename", "NN", "\x1b]52;c;aGk=\x07 [red]").code == 0
    assert "\x1b" not in call("entities").out
    assert "[red]" in call("entities").out


@pytest.mark.parametrize("name", sorted(entities.commands))
def test_help_has_examples(call, name: str) -> None:
    command = entities.commands[name]
    shown = call("entities", name, "--help").out
    assert all(example in shown for example in command.examples)
    for example in command.examples:
        command.make_context(name, shlex.split(example)[3:])
