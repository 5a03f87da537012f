"""Every command: what it prints, where, and how it exits."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from briefing import __version__
from briefing.cli import gather
from briefing.library import Library


class Stdin:
    """Standard input with these bytes."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)

    def isatty(self) -> bool:
        return False


class TestFacts:
    def test_json_has_the_promised_shape(self, call, folder: Path) -> None:
        done = call("facts", folder, "--format", "json", "--text")
        assert (done.code, done.err) == (0, "")
        made = json.loads(done.out)
        assert list(made) == ["version", "documents", "errors"]
        assert made["version"] == __version__
        assert [document["id"] for document in made["documents"]] == ["a-release", "b-wire"]
        assert made["documents"][0]["text"] == (folder / "a-release.txt").read_text()
        assert [count["item"] for count in made["documents"][0]["counts"]] == ["jet", "drone"]
        assert made["errors"] == []

    def test_order_is_that_of_the_paths(self, call, folder: Path) -> None:
        done = call("facts", folder / "b-wire.txt", folder / "a-release.txt", "--format", "json")
        assert [document["id"] for document in json.loads(done.out)["documents"]] == ["b-wire", "a-release"]

    def test_files_with_the_same_bytes_are_all_there(self, call, folder: Path) -> None:
        (folder / "c.txt").write_bytes((folder / "b-wire.txt").read_bytes())
        (folder / "sub").mkdir()
        (folder / "sub" / "c.txt").write_bytes((folder / "b-wire.txt").read_bytes())
        made = json.loads(call("facts", folder, "--format", "json").out)["documents"]
        assert [document["id"] for document in made] == ["a-release", "b-wire", "c", "c-2"]
        assert len({document["sha256"] for document in made}) == 2
        assert made[3]["path"].endswith("sub/c.txt")

    def test_jsonl_is_one_document_a_line(self, call, folder: Path) -> None:
        lines = call("facts", folder, "--format", "jsonl").out.splitlines()
        assert [json.loads(line)["id"] for line in lines] == ["a-release", "b-wire"]
        assert "text" not in json.loads(lines[0])

    def test_csv(self, call, folder: Path) -> None:
        rows = list(csv.DictReader(io.StringIO(call("facts", folder, "--format", "csv").out)))
        assert [row["kind"] for row in rows if row["document"] == "a-release"] == [
            "entity", "count", "count", "participant",
        ]  # fmt: skip

    def test_table_names_the_passage(self, call, folder: Path) -> None:
        out = call("facts", folder).out
        assert "Counts (2)" in out
        assert any(line.split()[:2] == ["2", "jet"] and "¶2.1" in line for line in out.splitlines())

    def test_standard_input(self, call, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", Stdin(b"Title\n\nThree things: two jets.\n"))
        made = json.loads(call("facts", "-", "--format", "json").out)["documents"]
        assert [(document["id"], document["path"]) for document in made] == [("stdin", "-")]
        assert made[0]["counts"][0]["item"] == "jet"

    def test_a_source_that_fails_is_named_and_the_rest_is_done(self, call, folder: Path) -> None:
        (folder / "missing").mkdir()
        done = call("facts", folder / "a-release.txt", folder / "nowhere.txt", "--format", "json")
        assert done.code == 1
        assert f"briefing: {folder / 'nowhere.txt'}: " in done.err
        made = json.loads(done.out)
        assert [document["id"] for document in made["documents"]] == ["a-release"]
        assert [error["path"] for error in made["errors"]] == [str(folder / "nowhere.txt")]
        assert made["errors"][0]["error"]

    def test_nothing_joins_the_library(self, call, folder: Path, library: Path) -> None:
        call("facts", folder)
        assert not library.exists()

    def test_options_that_do_not_go_together(self, call, folder: Path) -> None:
        assert call("facts", folder, "--text").code == 2
        assert call("facts", folder, "--source", "ab").code == 2

    def test_jobs_come_from_the_option_then_the_settings(self, call, folder: Path, ingest_options) -> None:
        call("facts", folder, "--jobs", "3")
        assert ingest_options["jobs"] == 3
        call("facts", folder)
        assert ingest_options["jobs"] == 0

    def test_a_model_that_is_not_installed_is_a_wrong_setup(self, call, folder: Path) -> None:
        done = call("facts", folder, "--model", "no_such_model")
        assert (done.code, done.out) == (2, "")
        assert "'no_such_model' is not installed; try 'pip install no-such-model'" in done.err


class TestLibrary:
    def test_what_was_added_is_told_with_its_publishers(self, call, tmp_path: Path) -> None:
        for number, publisher in enumerate(("Harbour Wire", "Harbour Wire", "Coast Daily", "")):
            meta = f'<meta property="og:site_name" content="{publisher}">' if publisher else ""
            words = f"<p>Two boats of the coast guard left the harbour of Larnholm from pier {number}.</p>"
            head = f"<head><title>Boats {number}</title>{meta}</head>"
            (tmp_path / f"{number}.html").write_text(f"<html>{head}<body>{words}</body></html>")
        done = call("add", tmp_path)
        assert done.out == "4 sources added\nfrom Harbour Wire (2), Coast Daily (1), 1 without a publisher\n"

    def test_add_list_show_remove(self, call, folder: Path, library: Path) -> None:
        (folder / "bad.txt").write_bytes(b"")
        done = call("add", folder, folder / "nowhere.txt")
        assert done.code == 1
        assert done.out.startswith("2 sources added")
        assert "set aside" in done.out
        assert f"{folder / 'nowhere.txt'}: " in done.err
        assert call("add", folder / "a-release.txt").out == "0 sources added, 1 known already\n"
        listed = call("list", "--order", "title").out.splitlines()
        assert listed[0].split() == ["ID", "DATE", "PUBLISHER", "TITLE", "COUNTS", "WHO", "QUOTES", "STATE"]
        assert [line.split()[1] for line in listed[1:]] == ["Release", "Wire"]
        key = listed[1].split()[0]
        shown = call("show", key[:5])
        assert shown.code == 0
        assert "Release" in shown.out
        assert call("show", key, "--text").out == (folder / "a-release.txt").read_text()
        assert json.loads(call("show", key, "--format", "json").out)["sha256"].startswith(key)
        removed = call("remove", key, "--yes")
        assert removed.out == f"removed {key} Release\n"
        assert len(call("list").out.splitlines()) == 2

    def test_list_filters_and_prints_json(self, call, folder: Path, library: Path) -> None:
        call("add", folder)
        assert "Release" not in call("list", "wire").out
        made = json.loads(call("list", "--format", "json").out)["sources"]
        assert {row["title"] for row in made} == {"Release", "Wire report"}

    def test_ids_that_are_not_there(self, call, folder: Path, library: Path) -> None:
        call("add", folder)
        assert call("show", "zzzz").code == 1
        done = call("remove", "zzzz", json.loads(call("list", "--format", "json").out)["sources"][0]["id"])
        assert done.code == 1
        assert "zzzz" in done.err
        assert done.out.startswith("removed ")

    def test_facts_and_export_of_chosen_sources(self, call, folder: Path, library: Path) -> None:
        call("add", folder)
        rows = json.loads(call("list", "--format", "json").out)["sources"]
        key = next(row["id"] for row in rows if row["title"] == "Release")
        made = json.loads(call("facts", "--source", key[:8], "--format", "json").out)
        assert [document["title"] for document in made["documents"]] == ["Release"]
        assert len(json.loads(call("facts", "--format", "json").out)["documents"]) == 2
        assert call("export", "--source", key).out.startswith("# Brief: Release\n")
        assert call("facts", "--source", "zzzz").code == 1

    @pytest.mark.parametrize("command", ["facts", "compare", "export"])
    def test_a_newer_version_stands_for_the_source_it_replaced(
        self, call, folder: Path, library: Path, command: str
    ) -> None:
        call("add", folder)
        with Library.open(library) as opened:
            ids = {Path(row.path).stem: row.id for row in opened.sources()}
            old, new = ids["b-wire"], ids["a-release"]
            with opened.store.write() as db:
                db.execute("UPDATE source SET newer = ? WHERE id = ?", (bytes.fromhex(new), bytes.fromhex(old)))
        assert "b-wire" not in call(command, "--format", "json").out
        assert "b-wire" in call(command, "--format", "json", "--source", old, "--source", new).out

    def test_without_a_library_there_is_nothing_and_none_is_made(self, call, library: Path) -> None:
        done = call("list", "--format", "json")
        assert (done.code, json.loads(done.out)) == (0, {"sources": []})
        assert "'briefing add PATH' makes one" in done.err
        assert json.loads(call("facts", "--format", "json").out)["documents"] == []
        assert not library.exists()

    def test_library_may_be_named_before_and_after_the_command(self, call, folder: Path, tmp_path: Path) -> None:
        for n, words in enumerate([("--library", tmp_path / "0.db", "add"), ("add", "--library", tmp_path / "1.db")]):
            assert call(*words, folder).code == 0
            assert (tmp_path / f"{n}.db").exists()
            assert (
                len(json.loads(call("list", "--library", tmp_path / f"{n}.db", "--format", "json").out)["sources"]) == 2
            )

    def test_a_file_that_is_no_library(self, call, tmp_path: Path) -> None:
        (tmp_path / "x.db").write_text("not a database, but long enough to be looked at as one " * 20)
        done = call("list", "--library", tmp_path / "x.db")
        assert (done.code, done.out) == (2, "")
        assert "x.db" in done.err

    def test_reviews_reach_facts_and_export(self, call, folder: Path, library: Path) -> None:
        from briefing.library import Library

        call("add", folder)
        with Library.open(library) as opened:
            row = next(row for row in opened.sources() if row.title == "Release")
            jets, drones = opened.extraction(row.id).counts
            opened.review(row.id, "count", jets.key, "rejected")
            opened.review(row.id, "count", drones.key, "edited", {"low": 5, "high": 5})
        raw = json.loads(call("facts", "--source", row.id, "--as-extracted", "--format", "json").out)
        assert [count["low"] for count in raw["documents"][0]["counts"]] == [2, 4]
        for more, states in (["--as-extracted"], ["rejected", "edited"]), ([], ["edited"]):
            rows = csv.DictReader(io.StringIO(call("facts", "--source", row.id, "--format", "csv", *more).out))
            assert [row["review"] for row in rows if row["kind"] == "count"] == states
        made = json.loads(call("facts", "--source", row.id, "--format", "json").out)["documents"][0]
        assert [count["low"] for count in made["counts"]] == [5]
        assert "| 5 | drone" in call("export", "--source", row.id).out
        assert "| jet" not in call("export", "--source", row.id).out
        assert "| 2 | jet" in call("export", "--source", row.id, "--as-extracted").out
        assert "United States" not in call("export", "--source", row.id, "--accepted").out
        assert call("export", "--accepted", "--as-extracted").code == 2

    def test_reviews_reach_compare(self, call, folder: Path, library: Path) -> None:
        from briefing.library import Library

        call("add", folder)

        def jets(*more: str) -> set[str]:
            groups = json.loads(call("compare", "--format", "json", *more).out)["groups"]
            return {item["value"] for group in groups if "jet" in group["claim"] for item in group["items"]}

        assert jets() == {"2", "3"}
        with Library.open(library) as opened:
            row = next(row for row in opened.sources() if row.title == "Release")
            opened.review(row.id, "count", opened.extraction(row.id).counts[0].key, "rejected")
        assert jets() == {"3"}
        assert jets("--as-extracted") == {"2", "3"}


class TestSearch:
    def test_text_and_json(self, call, folder: Path) -> None:
        out = call("search", "drones", folder).out
        assert out.splitlines()[0].startswith("1 of 2 sources, ")
        assert "four drones" in out
        made = json.loads(call("search", "jets", folder, "--format", "json").out)
        assert {"query", "interpreted", "total", "exact", "order", "note", "hits"} == set(made)
        hit = made["hits"][0]
        start, end = hit["marks"][0]
        assert hit["snippet"][start:end] == "jets"

    def test_what_finds_more_is_said_where_nothing_is_found(self, call, folder: Path) -> None:
        assert "word*" in call("search", "drone", folder).out
        assert "word*" not in call("search", "drone*", folder).out

    @pytest.mark.parametrize("query", ["B-52H", "AT&T", '"unclosed', "(", "a AND", "-", "*", "[/x]"])
    def test_nothing_that_is_typed_is_an_error(self, call, folder: Path, query: str) -> None:
        assert call("search", "--format", "json", "--", query, folder).code == 0


_ITEM = ["document", "start", "end", "value", "asserted_by", "origin"]


class TestCompare:
    def test_json_has_the_promised_shape(self, call, folder: Path) -> None:
        done = call("compare", folder, "--format", "json")
        assert (done.code, done.err) == (0, "")
        made = json.loads(done.out)
        assert list(made) == ["events", "groups", "near_duplicates"]
        for group in made["groups"]:
            assert list(group) == ["kind", "status", "event", "claim", "origins", "items", "silent"]
            assert {"a-release", "b-wire"} >= {item["document"] for item in group["items"]} | set(group["silent"])
            assert all(list(item)[:6] == _ITEM for item in group["items"])
        assert "United States" in [group["claim"] for group in made["groups"] if group["kind"] == "participant"]

    def test_text(self, call, folder: Path) -> None:
        (folder / "c.txt").write_text("Another\n\nThe USA sent three jets over the lake on Monday, they said.\n")
        out = call("compare", folder).out
        assert "United States" not in out
        assert "--all shows them" in out
        out = call("compare", folder, "--all").out
        assert "United States (participant)\n  ✓ named by each" in out

    def test_the_same_bytes_twice(self, call, folder: Path) -> None:
        (folder / "c.txt").write_bytes((folder / "b-wire.txt").read_bytes())
        done = call("compare", folder, "--format", "json")
        assert done.err == "briefing: c is the same, byte for byte, as b-wire\n"
        assert done.code == 0

    def test_nothing_to_compare(self, call, library: Path) -> None:
        nothing = {"events": [], "groups": [], "near_duplicates": []}
        assert json.loads(call("compare", "--format", "json").out) == nothing


class TestExport:
    def test_to_standard_output(self, call, folder: Path) -> None:
        out = call("export", folder, "--no-compare", "--date", "2025-08-01", "--title", "Jets").out
        assert out.startswith("# Jets\n\nAs of 1 August 2025. From 2 sources.")
        assert "[^1]: S1 ¶2.1 9–47: The USA sent **two jets** and **four drones**." in out

    def test_to_a_file_never_over_another_unasked(self, call, folder: Path, tmp_path: Path) -> None:
        file = tmp_path / "brief.html"
        done = call("export", folder, "-o", file, "--no-compare")
        assert (done.code, done.out) == (0, "")
        assert file.read_text().startswith("<!DOCTYPE html>")
        file.write_text("mine")
        done = call("export", folder, "-o", file, "--no-compare")
        assert done.code == 2
        assert "--overwrite" in done.err
        assert file.read_text() == "mine"
        assert call("export", folder, "-o", file, "--no-compare", "--overwrite", "--format", "csv").code == 0
        assert file.read_text().startswith("document,")

    def test_a_failed_source_still_gives_a_brief(self, call, folder: Path) -> None:
        done = call("export", folder, folder / "nowhere.txt", "--no-compare")
        assert done.code == 1
        assert done.out.startswith("# Brief on 2 sources")

    def test_nothing_to_export(self, call, folder: Path, tmp_path: Path, library: Path) -> None:
        file = tmp_path / "brief.md"
        assert call("export", folder / "nowhere.txt", "-o", file).code == 1
        done = call("export", "-o", file)
        assert done.code == 2
        assert "no sources to make a brief of" in done.err
        assert not file.exists()

    def test_templates(self, call, folder: Path, tmp_path: Path) -> None:
        own = tmp_path / "own.html.j2"
        own.write_text("<b>{{ brief.sources | length }}</b>")
        assert call("export", folder, "--template", own, "--no-compare").out == "<b>2</b>\n"
        own.write_text("\n{{ nothing }}")
        done = call("export", folder, "--template", own, "--no-compare")
        assert done.code == 2
        assert f"{own}:2: 'nothing' is undefined" in done.err
        shown = call("export", "--show-template").out
        (tmp_path / "copy.md.j2").write_text(shown)
        same = [
            call("export", folder, "--no-compare", *more).out for more in ([], ["--template", tmp_path / "copy.md.j2"])
        ]
        assert same[0] == same[1]
        assert call("export", "--show-template", "--format", "csv").code == 2

    def test_the_template_of_the_settings(self, call, folder: Path) -> None:
        from briefing.paths import config_folder

        config_folder().mkdir(parents=True)
        (config_folder() / "config.toml").write_text('template = "mine.md.j2"\n')
        (config_folder() / "mine.md.j2").write_text("{{ brief.title }}")
        assert call("export", folder, "--no-compare").out == "Brief on 2 sources\n"
        assert call("export", folder, "--no-compare", "--format", "html").out.startswith("<!DOCTYPE")


class TestSetup:
    def test_config_prints_value_origin_and_help(self, call, library: Path) -> None:
        out = call("config", "--model", "other").out
        assert f'library = "{library}"' in out
        assert "[environment]" in out
        assert 'model = "other"' in out
        assert "[option]" in out
        assert "# Name of the theme of the reader; auto is light or dark as the terminal is. [default]" in out

    def test_config_init_writes_once(self, call) -> None:
        path = Path(call("config", "--path").out.strip())
        assert call("config", "--init").out == f"wrote {path}\n"
        first = path.read_text()
        done = call("config", "--init")
        assert done.code == 2
        assert path.read_text() == first
        assert call("config").code == 0

    def test_a_bad_setting_is_named_by_every_command(self, call, folder: Path) -> None:
        path = Path(call("config", "--path").out.strip())
        path.parent.mkdir(parents=True)
        path.write_text("\nthem = 'x'\n")
        for words in (["config"], ["facts", folder], ["list"], ["export", folder]):
            done = call(*words)
            assert (done.code, done.out) == (2, "")
            assert done.err == f"briefing: {path}:2: unknown setting 'them'; did you mean 'theme'?\n"
        assert call("config", "--path").code == 0

    @pytest.mark.parametrize(("shell", "word"), [("bash", "complete"), ("zsh", "compdef"), ("fish", "complete")])
    def test_completion(self, call, shell: str, word: str) -> None:
        out = call("completion", shell).out
        assert word in out
        assert "_BRIEFING_COMPLETE" in out


class TestWhatIsInFiles:
    def test_it_comes_after_its_file_each_once_and_files_always(self) -> None:
        placed = [
            (7, "b.zip » z.txt", "z"),
            (0, "https://a.example/f » 1 Title", "title"),
            (4, "a.txt", "words"),
            (6, "b.zip » x/y.txt", "y"),
            (8, "b.zip » words.txt", "words"),
            (9, "b.zip » z.txt", "another"),
            (12, "copy.txt", "words"),
            (13, "a.txt", "words"),
        ]
        found = [tuple(place) for place in gather._in_order(placed)]
        assert found == [
            ("https://a.example/f » 1 Title", "title"),
            ("a.txt", "words"),
            ("b.zip » x/y.txt", "y"),
            ("b.zip » z.txt", "z"),
            ("b.zip » z.txt", "another"),
            ("copy.txt", "words"),
        ]

    def test_private_addresses_are_fetched_only_where_asked_for(self, call, folder: Path, ingest_options) -> None:
        call("add", folder)
        assert ingest_options["allow_private"] is False
        call("add", folder, "--allow-private")
        assert ingest_options["allow_private"] is True
