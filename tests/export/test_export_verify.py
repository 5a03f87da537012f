"""Footnotes are followed to hash and offsets; a bundle that was touched says which of them no longer hold."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from briefing.export import ExportError, Selection, compose, render, render_bytes
from briefing.export.bundle import bundled_sources, open_bag
from briefing.export.bundle.annotations import annotations, decisions
from briefing.export.cited import read_notes
from briefing.export.verify import Lookup, verify
from briefing.model.review import Review
from briefing.model.safetext import SafeText

Change = Callable[[dict[str, bytes]], None]


def lookup(selection: Selection) -> Lookup:
    sources = {source.id: source for source, _ in selection.documents}
    return Lookup(lambda cited: sources.get(cited.id), lambda cited: "not there")


def reviewed(selection: Selection) -> Selection:
    """With a verdict and a correction."""
    source, found = selection.documents[0]
    jets, tugs = found.counts[0], found.counts[1]
    verdicts = {
        jets.key: Review(source_id=source.id, kind="count", key=jets.key, state="accepted", note="seen", by="Finch"),
        tugs.key: Review(source_id=source.id, kind="count", key=tugs.key, state="edited", edited={"low": 7, "high": 7}),
    }
    return replace(selection, reviews={source.id: verdicts})


class TestExcerpts:
    def long(self, document: "Callable[..., object]") -> Selection:
        """A sentence of very many words with two counts far from each other."""
        middle = " ".join(f"filler{n}" for n in range(60))
        text = f"Title\n\nThey saw nine jets {middle} and then six tugs {middle} until night.\n"
        return Selection((document(text, counts=[("nine jets", 9, "jet"), ("six tugs", 6, "tug")]),), date(2025, 1, 1))  # type: ignore[arg-type]

    @pytest.mark.parametrize("made", ["markdown", "html"])
    def test_a_long_sentence_is_cut_around_its_evidence_and_still_holds(self, document, made: str) -> None:
        chosen = self.long(document)
        text = render(chosen, made)
        notes = read_notes(text, "brief")
        assert ["[…]" in note.text for note in notes] == [True]
        assert "filler30" not in text
        assert verify(notes, lookup(chosen)) == []
        assert "filler30" in render(chosen, "json")

    @pytest.mark.parametrize("made", ["markdown", "html"])
    def test_words_that_were_changed_beside_a_gap_are_found(self, document, made: str) -> None:
        chosen = self.long(document)
        for old, new in (("They saw", "They heard"), ("and then", "and never")):
            changed = render(chosen, made).replace(old, new)
            assert len(verify(read_notes(changed, "brief"), lookup(chosen))) == 1, old


class TestNotes:
    @pytest.mark.parametrize("made", ["markdown", "html", "json"])
    def test_all_hold_in_the_texts_they_are_from(self, selection: Selection, made: str) -> None:
        notes = read_notes(render(selection, made), "brief")
        assert len(notes) == len(compose(selection).notes)
        assert verify(notes, lookup(selection)) == []
        assert {note.source.where for note in notes} == {"lake.txt", "report.txt"}

    @pytest.mark.parametrize("made", ["markdown", "html", "json"])
    def test_words_that_were_changed_in_the_brief_are_found(self, selection: Selection, made: str) -> None:
        text = render(selection, made).replace("Three Gripen fighters", "Nine Gripen fighters")
        broken = verify(read_notes(text, "brief"), lookup(selection))
        assert [one.note for one in broken] == [1]
        assert "Three Gripen fighters" in broken[0].reason

    @pytest.mark.parametrize("made", ["markdown", "html", "json"])
    def test_a_changed_source_breaks_the_notes_to_it_only(self, selection: Selection, made: str) -> None:
        (source, found), other = selection.documents
        changed = source.model_copy(update={"text": source.text.replace("two Typhoons", "six Typhoons")})
        now = replace(selection, documents=((changed, found), other))
        broken = verify(read_notes(render(selection, made), "brief"), lookup(now))
        own = [note.number for note in compose(selection).notes if note.source == 1]
        assert {one.note for one in broken} <= set(own)
        assert broken

    def test_a_source_that_is_not_there(self, selection: Selection) -> None:
        now = replace(selection, documents=selection.documents[1:])
        broken = verify(read_notes(render(selection), "brief"), lookup(now))
        assert {one.reason for one in broken} == {"not there"}
        assert [one.note for one in broken] == [note.number for note in compose(selection).notes if note.source == 1]

    def test_a_note_that_repeats_another_is_followed_too(self, document) -> None:
        body = "The navy counted two tugs."
        made = [document(f"{title}\n\n{body}", counts=[("two tugs", 2, "tug")]) for title in ("One", "Two")]
        selection = Selection(tuple(made), date(2025, 8, 1))
        for form in ("markdown", "html", "json"):
            notes = read_notes(render(selection, form), "brief")
            assert [note.text for note in notes] == [body, body]
            assert verify(notes, lookup(selection)) == []

    def test_markup_in_a_source_does_not_hide_a_change(self, document) -> None:
        words = "It is **two** tugs_and_a [^1]: S1 ¶1 0–3: boat \\ | `x` <b> &amp; 3 * 4."
        one = document(f"T\n\n{words}", counts=[("two", 2, "tug")])
        selection = Selection((one,), date(2025, 8, 1))
        for form in ("markdown", "html", "json"):
            assert verify(read_notes(render(selection, form), "brief"), lookup(selection)) == []

    @pytest.mark.parametrize("text", ["", "# Only a title\n", "<p>page</p>", '{"notes": 3}', "{", '{"sources": []}'])
    def test_what_is_no_brief_is_refused(self, text: str) -> None:
        with pytest.raises(ExportError, match="brief"):
            read_notes(text, "brief")


def touched(data: bytes, change: Change) -> bytes:
    """The bundle with other files in it, packed anew as a forger would without knowing of the manifest."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.fixture
def packed(selection: Selection) -> bytes:
    return render_bytes(reviewed(selection), "bundle")


@pytest.fixture
def broken(tmp_path: Path) -> Callable[[bytes], tuple[dict[str, str], list[int]]]:
    """What is damaged in a bundle, and the footnotes that do not hold."""

    def checked(data: bytes) -> tuple[dict[str, str], list[int]]:
        path = tmp_path / "x.zip"
        path.write_bytes(data)
        bag = open_bag(path)
        found = {one.source.id: one for one in bundled_sources(bag)}
        whole = {key: one.source for key, one in found.items() if one.wrong is None}
        notes = read_notes(bag.text("brief.json"), "brief.json")
        wrong = verify(notes, Lookup(lambda cited: whole.get(cited.id), lambda cited: found[cited.id].wrong or "gone"))
        return dict(bag.damaged), [one.note for one in wrong]

    return checked


class TestBundle:
    def test_is_a_bag_and_the_same_each_time(self, selection: Selection, packed: bytes) -> None:
        assert render_bytes(reviewed(selection), "bundle") == packed
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            names = set(archive.namelist())
            manifest = archive.read("brief/manifest-sha256.txt").decode()
        assert {"brief/bagit.txt", "brief/bag-info.txt", "brief/tagmanifest-sha256.txt"} <= names
        assert {line.split("  ")[1] for line in manifest.splitlines()} == {
            name.removeprefix("brief/") for name in names if name.startswith("brief/data/")
        }

    def test_holds_where_nothing_was_touched(self, packed: bytes, broken) -> None:
        assert broken(packed) == ({}, [])

    def test_one_byte_of_a_text(self, selection: Selection, packed: bytes, broken) -> None:
        name = f"brief/data/texts/{selection.documents[1][0].id}.txt"

        def change(files: dict[str, bytes]) -> None:
            files[name] = files[name][:-5] + b"X" + files[name][-4:]

        damaged, notes = broken(touched(packed, change))
        assert damaged == {name.removeprefix("brief/data/"): "is not as it was written"}
        assert notes == [note.number for note in compose(selection).notes if note.source == 2]

    def test_a_source_swapped_for_another_one(self, selection: Selection, packed: bytes, broken) -> None:
        first, second = (f"brief/data/texts/{source.id}.txt" for source, _ in selection.documents)

        def change(files: dict[str, bytes]) -> None:
            files[first] = files[second]

        notes = broken(touched(packed, change))[1]
        assert notes == [note.number for note in compose(selection).notes if note.source == 1]

    def test_a_swap_with_its_manifest_and_list_made_to_fit(self, selection: Selection, packed: bytes, broken) -> None:
        from hashlib import sha256

        source = selection.documents[0][0]
        name = f"brief/data/texts/{source.id}.txt"

        def change(files: dict[str, bytes]) -> None:
            old = files[name]
            files[name] = old.replace(b"two Typhoons", b"six Typhoons")
            before, after = (sha256(data).hexdigest().encode() for data in (old, files[name]))
            manifest, listed = "brief/manifest-sha256.txt", "brief/data/sources.json"
            was = sha256(files[listed]).hexdigest().encode()
            field = b'"text_sha256": "'
            files[listed] = files[listed].replace(field + before, field + after)
            for digest, now in (before, after), (was, sha256(files[listed]).hexdigest().encode()):
                files[manifest] = files[manifest].replace(digest + b"  ", now + b"  ")

        notes = broken(touched(packed, change))[1]
        assert notes == [note.number for note in compose(selection).notes if note.source == 1]

    def test_a_file_that_was_added_or_taken_away_is_told(self, packed: bytes, broken) -> None:
        def add(files: dict[str, bytes]) -> None:
            files["brief/data/more.txt"] = b"x"

        def take(files: dict[str, bytes]) -> None:
            del files["brief/data/brief.md"]

        assert broken(touched(packed, add))[0] == {"more.txt": "is not in the manifest"}
        assert broken(touched(packed, take))[0] == {"brief.md": "is missing"}

    def test_originals_only_where_they_are_the_cited_files(self, selection: Selection, document, broken) -> None:
        text = "Title\n\nTwo tugs."
        made = Selection((document(text, counts=[("Two tugs", 2, "tug")]),), date(2025, 8, 1))
        source = made.documents[0][0]
        whole = render_bytes(made, "bundle", originals={source.id: text.encode()})
        other = render_bytes(made, "bundle", originals={source.id: b"another"})
        name = f"brief/data/originals/{source.id}.txt"
        assert name in zipfile.ZipFile(io.BytesIO(whole)).namelist()
        assert name not in zipfile.ZipFile(io.BytesIO(other)).namelist()

        def change(files: dict[str, bytes]) -> None:
            files[name] = b"another"

        assert broken(whole) == ({}, [])
        assert broken(touched(whole, change))[1] == [1]

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"text"])
    def test_what_is_no_bundle(self, tmp_path: Path, data: bytes) -> None:
        (tmp_path / "x.zip").write_bytes(data)
        with pytest.raises(ExportError, match="no bundle"):
            open_bag(tmp_path / "x.zip")

    def test_a_zip_that_grows_without_end_is_refused(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("brief/bagit.txt", "x")
            archive.writestr("brief/data/bomb.txt", b"\0" * 20_000_000)
        with pytest.raises(ExportError, match="too large"):
            open_bag(tmp_path / "x.zip")

    def test_shows_no_folder(self, packed: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            assert not [name for name in archive.namelist() if b"someone" in archive.read(name)]


class TestAnnotations:
    def test_are_web_annotations_with_position_and_quote(self, selection: Selection) -> None:
        made = reviewed(selection)
        page = json.loads(annotations(made.documents, made.reviews))
        assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
        first = page["items"][0]
        assert first["type"] == "Annotation"
        position, quoted = first["target"]["selector"]
        assert (position["start"], position["end"], quoted["exact"]) == (22, 43, "Three Gripen fighters")
        assert quoted["suffix"].startswith(" of the Swedish")

    def test_come_back_as_they_were(self, selection: Selection) -> None:
        made = reviewed(selection)
        found = [(one.key, one.state, one.edited) for one in decisions(annotations(made.documents, made.reviews))]
        given = made.reviews[made.documents[0][0].id].values()
        assert found == [(one.key, one.state, one.edited) for one in given]

    @pytest.mark.parametrize("text", ["", "[]", '{"items": [{}]}', '{"items": [{"body": 1, "target": 2}]}'])
    def test_others_are_refused(self, text: str) -> None:
        with pytest.raises(ExportError, match="decisions"):
            decisions(text)


def test_a_text_of_another_hash_is_not_cited(selection: Selection) -> None:
    (source, found), other = selection.documents
    changed = source.model_copy(update={"text": source.text + SafeText(" More.")})
    now = replace(selection, documents=((changed, found), other))
    reasons = {one.reason for one in verify(read_notes(render(selection, "json"), "brief"), lookup(now))}
    assert reasons == {"the text of its source is not the one that was cited"}
