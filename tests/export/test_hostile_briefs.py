"""Briefs and bundles that somebody else made: whatever is in them, one sentence says so and nothing is taken over."""

import json
import os
import re
import zipfile
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from briefing.export import ExportError, Selection
from briefing.export.bundle import bundled_sources, open_bag
from briefing.export.bundle.annotations import decisions, source_notes
from briefing.export.cited import read_notes
from briefing.export.grades import Grades
from briefing.export.render import render, render_bytes
from briefing.export.since import earlier_brief
from briefing.library.workspaces import Workspace
from briefing.model.safetext import UNSAFE

NESTED = "[" * 100_000
Change = Callable[[dict[str, bytes]], None]


@pytest.fixture
def brief(document: Any) -> Selection:
    return Selection(
        (document("Report\n\nThe navy sent two tugs.", counts=[("two tugs", 2, "tug")]),), date(2025, 8, 1)
    )


def forged(path: Path, whole: bytes, change: Change) -> Path:
    """A bundle with other files, and manifests that fit them."""
    path.write_bytes(whole)
    with zipfile.ZipFile(path) as archive:
        files = {name.removeprefix("brief/"): archive.read(name) for name in archive.namelist()}
    change(files)
    for manifest, listed in (("manifest", "data/"), ("tagmanifest", ("bag", "manifest"))):
        lines = [f"{sha256(data).hexdigest()}  {name}\n" for name, data in files.items() if name.startswith(listed)]
        files[f"{manifest}-sha256.txt"] = "".join(lines).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(f"brief/{name}", data)
    return path


def changed_facts(**fields: Any) -> Change:
    """The first count of the first source says something else."""

    def change(files: dict[str, bytes]) -> None:
        name = next(name for name in files if name.startswith("data/facts/"))
        shape = json.loads(files[name])
        shape["counts"][0] |= fields
        files[name] = json.dumps(shape).encode()

    return change


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"start": 10**6, "end": 10**6 + 8}, "does not stand at"),
        ({"start": 0, "end": 8}, "does not stand at 0"),
        ({"start": -9, "end": -1}, "does not stand at -9"),
        ({"low": 10**400}, "is no number"),
        ({"high": -(10**16)}, "is no number"),
    ],
)
def test_facts_that_are_not_of_their_text_stay_out(
    brief: Selection, tmp_path: Path, fields: dict[str, Any], reason: str
) -> None:
    bag = open_bag(forged(tmp_path / "b.zip", render_bytes(brief, "bundle"), changed_facts(**fields)))
    (found,) = bundled_sources(bag)
    assert not bag.damaged
    assert reason in (found.wrong or "")


def test_a_source_has_the_id_of_one(brief: Selection, tmp_path: Path) -> None:
    known, other = brief.documents[0][0].id, "z" * 64

    def change(files: dict[str, bytes]) -> None:
        for name in [name for name in files if known in name]:
            files[name.replace(known, other)] = files.pop(name)
        (listed,) = json.loads(files["data/sources.json"])
        files["data/sources.json"] = json.dumps([listed | {"id": other}]).encode()

    (found,) = bundled_sources(open_bag(forged(tmp_path / "b.zip", render_bytes(brief, "bundle"), change)))
    assert "another source" in (found.wrong or "")


def test_a_bundle_larger_than_memory_is_read_file_by_file(
    brief: Selection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(files: dict[str, bytes]) -> None:
        for n in range(20):
            files[f"data/originals/{n}.bin"] = os.urandom(1000) * 400

    path = forged(tmp_path / "b.zip", render_bytes(brief, "bundle"), change)
    held: list[int] = []
    read = zipfile.ZipExtFile.read

    def noted(file: zipfile.ZipExtFile, size: int | None = -1) -> bytes:
        held.append(size or -1)
        return read(file, size)

    monkeypatch.setattr(zipfile.ZipExtFile, "read", noted)
    bag = open_bag(path)
    assert not bag.damaged
    assert len(bag.files) > 20
    assert all(0 < size <= 1 << 20 for size in held)


def test_packed_bytes_that_are_damaged_are_named(brief: Selection, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    path.write_bytes(render_bytes(brief, "bundle"))
    with zipfile.ZipFile(path) as archive:
        one = next(info for info in archive.infolist() if "/texts/" in info.filename)
    data = bytearray(path.read_bytes())
    at = one.header_offset + 30 + len(one.filename) + 2
    data[at : at + 6] = b"\xff" * 6
    path.write_bytes(data)
    bag = open_bag(path)
    assert [reason for name, reason in bag.damaged.items() if "texts/" in name] == ["its packed bytes are damaged"]
    (found,) = bundled_sources(bag)
    assert "damaged" in (found.wrong or "")
    assert found.source.title == brief.documents[0][0].title


@pytest.mark.parametrize("gone", ["texts", "facts", "bytes", "shape"])
def test_one_source_that_cannot_be_used_costs_none_of_the_others(brief: Selection, tmp_path: Path, gone: str) -> None:
    known, other = brief.documents[0][0].id, "f" * 64

    def change(files: dict[str, bytes]) -> None:
        (listed,) = json.loads(files["data/sources.json"])
        worse = {**listed, "id": other, "title": "Second\x1b[31m", **({"pages": 5} if gone == "shape" else {})}
        files["data/sources.json"] = json.dumps([worse, listed]).encode()
        for kind, suffix in (("texts", "txt"), ("facts", "json")):
            data = files[f"data/{kind}/{known}.{suffix}"]
            if kind != gone:
                files[f"data/{kind}/{other}.{suffix}"] = b"\xff\xfe" if gone == "bytes" else data

    bad, good = bundled_sources(open_bag(forged(tmp_path / "b.zip", render_bytes(brief, "bundle"), change)))
    assert bad.wrong
    assert (bad.source.id, bad.source.title) == (other, "Second\ufffd[31m")
    assert (good.source.id, good.wrong) == (known, None)


@pytest.mark.parametrize("read", [decisions, source_notes, lambda text: earlier_brief(text, "old.json")])
@pytest.mark.parametrize(
    "text", [NESTED, '{"items": ' + NESTED, "null", "5", '{"items": [null]}', '{"items": {"a": 1}}']
)
def test_json_that_is_none_of_ours_is_one_error(read: Callable[[str], Any], text: str) -> None:
    with pytest.raises(ExportError):
        read(text)


HOSTILE = [
    NESTED,
    '{"sources": ' + NESTED,
    '{"sources": [], "notes": [{"number": 1, "start": 1e400}]}',
    "<" + "![" * 1000,
    "<li data-sha256=x id=" + "9" * 5000 + ">",
    "<span class=sentence><mark>",
    "- **S1** x\n  " + ", 1 words" * 2000,
    "[^1]: S1 " + "1–2: " * 2000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_brief_that_is_none_of_ours_is_one_error(text: str) -> None:
    with pytest.raises(ExportError):
        read_notes(text, "brief")


def test_a_number_of_a_thousand_lines_does_not_stop_the_reading(brief: Selection) -> None:
    long = "[^1]: S1 " + "1" * 200_000  # every digit was once taken for the beginning of a place
    assert [note.number for note in read_notes(render(brief) + long + "\n", "brief")] == [1]


def test_grades_of_another_are_shown_clean_and_only_grades_count() -> None:
    given = {"publishers": {"Wire\x1b[31m": "B", "Other": "Z\u202e", "\u200bThird": "A"}}
    kept = Workspace(name="Desk", grades=given)
    assert not re.search(UNSAFE, json.dumps(kept.grades, ensure_ascii=False))
    assert dict(Grades().over(kept.grades).publishers) == {"Wire\ufffd[31m": "B", "\ufffdThird": "A"}
