"""A brief is verified, packed, taken in by a colleague; it is written for other programs too."""

import io
import json
import os
import re
import shutil
import sys
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from briefing.cli.briefs.export_command import _put
from briefing.library import Library
from briefing.model.safetext import UNSAFE


@pytest.fixture
def brief(call, folder: Path, tmp_path: Path):
    """Writes a brief of the folder and gives its path."""

    def written(name: str, *more: object) -> Path:
        path = tmp_path / name
        assert call("export", folder, "-o", path, "--date", "2025-08-01", *more).code == 0
        return path

    return written


class TestVerify:
    @pytest.mark.parametrize("name", ["b.md", "b.html", "b.json"])
    def test_against_the_files(self, call, folder: Path, brief, name: str) -> None:
        path = brief(name)
        done = call("verify", path, folder)
        assert (done.code, done.out) == (0, "2 footnotes of 2 hold\n")
        wire = folder / "b-wire.txt"
        wire.write_text(wire.read_text().replace("three jets", "eight jets"))
        done = call("verify", path, folder)
        assert done.code == 1
        assert "note 2, S2 b-wire.txt: its source is another one: SHA-256 " in done.out
        assert done.out.endswith("1 footnote of 2 holds\n")

    def test_against_the_library(self, call, folder: Path, library: Path, brief) -> None:
        path = brief("b.md")
        assert call("verify", path).code == 1
        call("add", folder)
        assert call("verify", path).code == 0

    def test_json(self, call, folder: Path, brief) -> None:
        made = json.loads(call("verify", brief("b.md"), folder / "a-release.txt", "--format", "json").out)
        assert made["notes"] == 2
        assert [one["note"] for one in made["broken"]] == [2]

    def test_a_bundle(self, call, folder: Path, brief, tmp_path: Path) -> None:
        path = brief("b.zip")
        assert call("verify", path).code == 0
        assert call("verify", path, folder).code == 2
        bad = tmp_path / "bad.zip"
        with zipfile.ZipFile(path) as archive, zipfile.ZipFile(bad, "w") as out:
            for name in archive.namelist():
                data = archive.read(name)
                out.writestr(name, data.replace(b"three jets", b"eight jets") if "/texts/" in name else data)
        done = call("verify", bad)
        assert done.code == 1
        assert "is not as it was written" in done.out
        assert "note 2, S2 b-wire.txt: texts/" in done.out

    def test_what_is_no_brief(self, call, folder: Path) -> None:
        done = call("verify", folder / "b-wire.txt")
        assert done.code == 2
        assert "has no footnotes of a brief" in done.err


class TestImport:
    def test_sources_and_verdicts_arrive(self, call, folder: Path, library: Path, tmp_path: Path) -> None:
        call("add", folder)
        with Library.open(library) as mine:
            row = next(row for row in mine.sources() if row.title == "Release")
            jets, drones = mine.extraction(row.id).counts
            mine.review(row.id, "count", jets.key, "rejected")
            mine.review(row.id, "count", drones.key, "edited", {"low": 5, "high": 5})
        bundle, theirs = tmp_path / "b.zip", tmp_path / "theirs.db"
        assert call("export", "-o", bundle).code == 0
        done = call("import", bundle, "--library", theirs)
        assert (done.code, done.out) == (0, "2 sources added, 2 verdicts taken over, 0 conflicts\n")
        with Library.open(theirs) as library_:
            verdicts = library_.reviews(row.id)
            assert {one.state for one in verdicts.values()} == {"rejected", "edited"}
            assert verdicts[drones.key].edited == {"low": 5, "high": 5}
            library_.review(row.id, "count", jets.key, "accepted")
        done = call("import", bundle, "--library", theirs)
        assert done.out == "0 sources added, 0 verdicts taken over, 1 conflict\n"
        assert "accepted by you, rejected in the bundle; yours stays" in done.err

    def test_what_was_changed_stays_out(self, call, brief, tmp_path: Path) -> None:
        path, bad = brief("b.zip"), tmp_path / "bad.zip"
        with zipfile.ZipFile(path) as archive, zipfile.ZipFile(bad, "w") as out:
            for name in archive.namelist():
                data = archive.read(name)
                out.writestr(name, data.replace(b"three jets", b"eight jets") if "/texts/" in name else data)
        done = call("import", bad, "--library", tmp_path / "theirs.db")
        assert done.code == 1
        assert done.out.startswith("1 source added")
        assert "left out" in done.err


class TestHostileImport:
    @pytest.mark.parametrize(
        "edited", [{"low": 10**400}, {"low": "many"}, {"low": 1e400}, {"start": 0, "end": 3}, {"nonsense": [[]]}]
    )
    def test_a_correction_that_does_not_fit_stops_nothing(
        self, call, folder: Path, library: Path, tmp_path: Path, edited: dict[str, Any]
    ) -> None:
        call("add", folder)
        bundle, bad, theirs = tmp_path / "b.zip", tmp_path / "bad.zip", tmp_path / "theirs.db"
        with Library.open(library) as mine:
            row = next(row for row in mine.sources() if row.title == "Release")
            jets, drones = mine.extraction(row.id).counts
            mine.review(row.id, "count", jets.key, "edited", {"low": 7, "high": 7})
            mine.review(row.id, "count", drones.key, "accepted")
        assert call("export", "-o", bundle).code == 0
        said = json.dumps({"low": 7, "high": 7}, sort_keys=True)
        with zipfile.ZipFile(bundle) as archive, zipfile.ZipFile(bad, "w") as out:
            files = {name: archive.read(name).decode() for name in archive.namelist()}
            name = "brief/data/decisions.jsonld"
            files[name] = files[name].replace(json.dumps(said), json.dumps(json.dumps(edited)))
            manifest = "brief/manifest-sha256.txt"
            old = next(line for line in files[manifest].splitlines() if line.endswith("decisions.jsonld"))
            files[manifest] = files[manifest].replace(old[:64], sha256(files[name].encode()).hexdigest())
            tags = "brief/tagmanifest-sha256.txt"
            old = next(line for line in files[tags].splitlines() if line.endswith(" manifest-sha256.txt"))
            files[tags] = files[tags].replace(old[:64], sha256(files[manifest].encode()).hexdigest())
            for path, text in files.items():
                out.writestr(path, text)
        done = call("import", bad, "--library", theirs)
        assert (done.code, done.out) == (0, "2 sources added, 1 verdict taken over, 0 conflicts\n")
        assert "does not fit" in done.err
        for words in (["compare"], ["facts"], ["export", "-o", "-"]):
            assert call(*words, "--library", theirs).code == 0

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with a name")
    @pytest.mark.parametrize(
        "words",
        [
            ["verify", "FILE"],
            ["import", "FILE"],
            ["export", "-o", "-", "--since", "FILE"],
            ["export", "-o", "-", "--grades", "FILE"],
            ["export", "-o", "-", "--bottom-line", "@FILE"],
            ["search", "--queries", "FILE"],
        ],
    )
    @pytest.mark.parametrize("kind", ["pipe", "device"])
    def test_a_file_that_is_none_is_not_waited_for(
        self, call, folder: Path, tmp_path: Path, words: list[str], kind: str
    ) -> None:
        call("add", folder)
        path = tmp_path / "pipe" if kind == "pipe" else Path("/dev/zero")
        if kind == "pipe":
            os.mkfifo(path)
        done = call(*(word.replace("FILE", str(path)) for word in words))
        assert done.code == 2
        assert f"is a {kind}, not a file" in done.err


class TestFormats:
    def test_by_the_name_of_the_file(self, brief) -> None:
        items = json.loads(brief("b.csl").read_text())
        assert [item["id"] for item in items] == ["S1", "S2"]
        assert items[0]["note"].startswith("SHA-256 ")
        entities = [json.loads(line) for line in brief("b.ftm").read_text().splitlines()]
        assert {"Document", "PublicBody", "Documentation"} <= {entity["schema"] for entity in entities}
        assert len({entity["id"] for entity in entities}) == len(entities)
        assert json.loads(brief("b.geojson").read_text())["type"] == "FeatureCollection"

    def test_word_without_pandoc_says_what_to_do(
        self, call, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(shutil, "which", lambda name: None)
        done = call("export", folder, "-o", tmp_path / "b.docx")
        assert done.code == 2
        assert "needs pandoc" in done.err
        assert not (tmp_path / "b.docx").exists()

    def test_bottom_line_and_grades(self, call, folder: Path, tmp_path: Path) -> None:
        line, grades = tmp_path / "line.txt", tmp_path / "grades.toml"
        line.write_text("They flew.\n")
        source = call("facts", folder, "--format", "json").out
        key = json.loads(source)["documents"][0]["sha256"]
        grades.write_text(f'[sources]\n"{key[:12]}" = "b"\n')
        out = call("export", folder, "--bottom-line", f"@{line}", "--grades", grades).out
        assert "## Bottom line\n\nThey flew.\n" in out
        assert "graded B." in out
        grades.write_text('[publishers]\nX = "Z"\n')
        done = call("export", folder, "--grades", grades)
        assert done.code == 2
        assert "publishers: X: 'Z' is none of A, B" in done.err

    def test_grades_beside_the_settings(self, call, folder: Path) -> None:
        from briefing.paths import config_folder

        key = json.loads(call("facts", folder, "--format", "json").out)["documents"][0]["sha256"]
        config_folder().mkdir(parents=True)
        (config_folder() / "grades.toml").write_text(f'[sources]\n"{key}" = "A"\n')
        assert "graded A." in call("export", folder).out


class TestCheck:
    def test_all_supported_is_0(self, call, folder: Path, tmp_path: Path) -> None:
        draft = tmp_path / "draft.md"
        draft.write_text("Note\n\nThe USA sent two jets. One said “We saw them”.\n")
        done = call("check", draft, folder)
        assert (done.code, done.out) == (0, "3 statements: 3 supported\n")
        assert "a-release.txt" in call("check", draft, folder, "--all").out

    def test_what_is_not_is_named_by_line_and_column(self, call, folder: Path, tmp_path: Path) -> None:
        draft = tmp_path / "draft.md"
        draft.write_text("Note\n\nThe USA sent four jets. One said “We never saw anything”.\n")
        done = call("check", draft, folder)
        assert done.code == 1
        assert f"{draft}:3:14: ≠ number “four jets”, the sources say otherwise\n" in done.out
        assert "b-wire.txt 26–36: “three jets”" in done.out
        assert "○ quotation “We never saw anything”, found in no source\n" in done.out
        made = json.loads(call("check", draft, folder, "--format", "json").out)["findings"]
        four = next(one for one in made if one["text"] == "four jets")
        assert (four["verdict"], four["line"], four["column"]) == ("different", 3, 14)
        assert {at["words"] for at in four["support"]} == {"three jets"}

    def test_against_the_library(self, call, folder: Path, library: Path, tmp_path: Path) -> None:
        draft = tmp_path / "draft.md"
        draft.write_text("Note\n\nThe USA sent two jets.\n")
        call("add", folder)
        assert call("check", draft).code == 0

    def test_no_draft(self, call, folder: Path, tmp_path: Path) -> None:
        done = call("check", tmp_path / "no.md", folder)
        assert (done.code, done.out) == (2, "")


def test_what_changed_since_the_last_brief(call, folder: Path, brief) -> None:
    for name in ("before.json", "before.zip"):
        path = brief(name)
        out = call("export", folder, "--since", path, "--date", "2025-09-01").out
        assert "## What changed since 1 August 2025\n\nNothing.\n" in out
    done = call("export", folder, "--since", folder / "b-wire.txt")
    assert done.code == 2
    assert "is no brief in JSON" in done.err


class _Terminal(io.StringIO):
    """Standard output that somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("shown", [True, False])
def test_escapes_of_a_template_reach_a_file_but_no_terminal(monkeypatch: pytest.MonkeyPatch, shown: bool) -> None:
    made = "# Brief\n\x1b]52;c;AAAA\x07\x1b[31m\u202e end\n"
    out = _Terminal() if shown else io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    _put(made.encode(), "-", overwrite=False)
    assert out.getvalue().startswith("# Brief\n")
    assert bool(re.search(UNSAFE, out.getvalue().replace("\n", ""))) is not shown
    assert (out.getvalue() == made) is not shown
