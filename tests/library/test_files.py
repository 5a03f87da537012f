"""What the library remembers of files: new, changed, moved, deleted and come back."""

import os
import shutil
import time
import zipfile
from pathlib import Path

import pytest

from briefing.ingest import inputs
from briefing.library.store.file_records import Note, Stamp
from briefing.model.progress import Added, Gone, Moved
from briefing.model.source import Unreadable

from .desk import PAST, Desk


def test_what_is_in_a_watched_folder_is_taken_in_once(desk: Desk) -> None:
    desk.file("a.txt", "Alpha")
    desk.file("in/b.txt", "Beta")
    desk.file(".hidden.txt", "Hidden")
    desk.file("c.xyz", "Other")
    assert desk.catch_up().added == 2
    done = desk.catch_up()
    assert (done.added, done.known, len(desk.events)) == (0, 0, 1)
    desk.file("in/d.txt", "Delta")
    assert desk.catch_up().added == 1
    assert set(desk.rows()) == {"Alpha", "Beta", "Delta"}


def test_a_changed_file_is_a_newer_version(desk: Desk) -> None:
    desk.file("a.txt", "Alpha")
    desk.catch_up()
    old = desk.rows()["Alpha"]
    desk.library.pin(old.id)
    desk.library.tags.set(old.id, ["mine"])
    desk.file("a.txt", "Beta")
    desk.catch_up()
    rows = desk.rows()
    assert rows["Alpha"].newer == rows["Beta"].id
    assert rows["Alpha"].pinned
    assert rows["Beta"].pinned
    assert rows["Beta"].tags == ("mine",)
    assert (rows["Beta"].newer, rows["Beta"].gone, rows["Alpha"].gone) == (None, False, False)
    assert [event.older for event in desk.told(Added)] == [old.id]


def test_versions_follow_each_other_and_an_earlier_one_may_come_back(desk: Desk) -> None:
    for text in ("Alpha", "Beta", "Gamma"):
        desk.file("a.txt", text)
        desk.catch_up()
    rows = desk.rows()
    assert rows["Alpha"].newer == rows["Beta"].id
    assert rows["Beta"].newer == rows["Gamma"].id
    desk.file("a.txt", "Alpha")
    desk.catch_up()
    rows = desk.rows()
    assert rows["Gamma"].newer == rows["Alpha"].id
    assert rows["Alpha"].newer is None
    desk.file("a.txt", "Gamma")
    desk.catch_up()
    rows = desk.rows()
    assert rows["Gamma"].newer is None
    assert rows["Alpha"].newer == rows["Gamma"].id


def test_a_newer_version_that_is_taken_out_leaves_no_trace(desk: Desk) -> None:
    for text in ("Alpha", "Beta", "Gamma"):
        desk.file("a.txt", text)
        desk.catch_up()
    rows = desk.rows()
    desk.library.remove(rows["Beta"].id)
    assert desk.rows()["Alpha"].newer == rows["Gamma"].id
    desk.library.remove(rows["Gamma"].id)
    assert desk.rows()["Alpha"].newer is None


def test_what_lies_in_another_file_too_is_not_replaced(desk: Desk) -> None:
    desk.file("a.txt", "Alpha")
    desk.file("b.txt", "Alpha")
    desk.catch_up()
    desk.file("a.txt", "Beta")
    desk.catch_up()
    assert desk.rows()["Alpha"].newer is None
    desk.file("b.txt", "Gamma")
    desk.catch_up()
    rows = desk.rows()
    assert rows["Alpha"].newer == rows["Gamma"].id


def test_files_that_change_places_replace_nothing(desk: Desk) -> None:
    desk.file("a.txt", "Alpha")
    desk.file("b.txt", "Beta")
    desk.catch_up()
    desk.library.pin(desk.rows()["Alpha"].id)
    desk.file("a.txt", "Beta")
    desk.file("b.txt", "Alpha")
    desk.catch_up()
    rows = desk.rows()
    assert {row.newer for row in rows.values()} == {None}
    assert not rows["Beta"].pinned
    # a log that is put away under another name, and begun anew
    shutil.copy2(desk.folder / "a.txt", desk.folder / "a.1.txt")
    desk.file("a.txt", "Gamma")
    desk.catch_up()
    assert desk.rows()["Beta"].newer is None


def test_a_deleted_file_is_marked_until_it_comes_back(desk: Desk) -> None:
    path = desk.file("in/a.txt", "Alpha")
    desk.catch_up()
    shutil.rmtree(path.parent)
    desk.catch_up()
    (event,) = desk.told(Gone)
    assert event.row == desk.rows()["Alpha"]
    assert event.row.gone
    desk.catch_up()
    assert desk.told(Gone) == []
    path = desk.file("in/a.txt", "Alpha")
    os.utime(path, (PAST + 10, PAST + 10))
    done = desk.catch_up()
    assert done.known == 1
    assert not desk.rows()["Alpha"].gone


def test_a_file_that_is_deleted_and_written_anew_is_a_newer_version(desk: Desk) -> None:
    desk.file("a.txt", "Alpha")
    desk.catch_up()
    (desk.folder / "a.txt").unlink()
    desk.catch_up()
    desk.file("a.txt", "Beta")
    desk.catch_up()
    rows = desk.rows()
    assert rows["Alpha"].newer == rows["Beta"].id
    assert not rows["Alpha"].gone


def test_a_moved_file_is_neither_new_nor_gone(desk: Desk) -> None:
    desk.file("in/a.txt", "Alpha")
    desk.file("in/b.txt", "Beta")
    desk.catch_up()
    (desk.folder / "in").rename(desk.folder / "out")
    done = desk.catch_up()
    assert (done.added, desk.told(Gone)) == (0, [])
    rows = desk.rows()
    assert rows["Alpha"].path == str(desk.folder / "out/a.txt")
    assert not rows["Alpha"].gone
    # its old name is free for another
    desk.file("in/a.txt", "Gamma")
    desk.catch_up()
    assert desk.rows()["Alpha"].newer is None


def test_of_two_copies_one_is_deleted(desk: Desk) -> None:
    first, second = desk.file("a.txt", "Alpha"), desk.file("b.txt", "Alpha")
    desk.catch_up()
    assert desk.rows()["Alpha"].path == str(first)
    first.unlink()
    desk.catch_up()
    row = desk.rows()["Alpha"]
    assert (row.path, row.gone) == (str(second), False)
    assert [(event.row.id, event.before) for event in desk.told(Moved)] == [(row.id, str(first))]
    second.unlink()
    desk.catch_up()
    assert desk.rows()["Alpha"].gone


def test_names_that_cannot_be_shown(desk: Desk) -> None:
    path = desk.file("a\nb \x1b[1m \udcff.txt", "Alpha")
    desk.catch_up()
    assert desk.catch_up().known == 0
    path.unlink()
    desk.catch_up()
    assert desk.rows()["Alpha"].gone


def test_what_the_reader_took_out_does_not_come_back_by_itself(desk: Desk) -> None:
    path = desk.file("a.txt", "Alpha")
    desk.catch_up()
    desk.library.remove(desk.rows()["Alpha"].id)
    desk.catch_up()
    os.utime(path, (PAST + 500, PAST + 500))
    desk.catch_up()
    assert desk.rows() == {}
    assert desk.add(path).added == 1
    desk.library.remove(desk.rows()["Alpha"].id)
    desk.file("a.txt", "Beta")
    desk.catch_up()
    assert set(desk.rows()) == {"Beta"}


def test_a_file_that_cannot_be_read_is_tried_again_once_it_has_changed(desk: Desk) -> None:
    path = desk.file("a.txt", "Alpha")
    desk.catch_up()
    desk.file("a.txt", b"")
    assert len(desk.catch_up().failures) == 1
    assert desk.catch_up().failures == ()
    assert len(desk.add(desk.folder).failures) == 1  # who asks for it gets it
    desk.file("a.txt", "Beta")
    desk.catch_up()
    assert desk.library.failures() == []
    rows = desk.rows()
    assert rows["Alpha"].newer == rows["Beta"].id
    desk.file("b.txt", b"")
    desk.catch_up()
    assert len(desk.library.failures()) == 1
    (desk.folder / "b.txt").unlink()
    desk.catch_up()
    assert desk.library.failures() == []
    assert path.exists()


def test_a_link_to_nothing_is_passed_over(desk: Desk) -> None:
    link = desk.folder / "a.txt"
    link.symlink_to("target")
    assert desk.catch_up().failures == ()
    (desk.folder / "target").write_text("Alpha")
    assert desk.catch_up().added == 1
    (desk.folder / "target").unlink()
    assert desk.catch_up().failures == ()
    assert desk.rows()["Alpha"].gone


def test_a_file_that_may_be_read_after_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.file("a.txt", "Alpha")

    def refuse(file: Path) -> None:
        raise Unreadable(str(file), "may not be read")

    monkeypatch.setattr("briefing.ingest.dispatch.identify", lambda job: job)
    monkeypatch.setattr("briefing.ingest.dispatch.read_file", refuse)
    assert len(desk.catch_up().failures) == 1
    monkeypatch.undo()
    assert (desk.catch_up().failures, desk.rows()) == ((), {})
    path.chmod(0o600)
    os.utime(path, (desk.clock, desk.clock))
    assert desk.catch_up().added == 1


def _zip(path: Path, files: dict[str, str], clock: int) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    os.utime(path, (clock, clock))


def test_what_is_in_a_file_of_several_sources(desk: Desk) -> None:
    path = desk.folder / "a.zip"
    _zip(path, {"1.txt": "Alpha", "2.txt": "Beta", "3.txt": ""}, PAST)
    assert desk.catch_up().added == 2
    done = desk.catch_up()
    assert (done.known, done.failures) == (0, ())
    _zip(path, {"1.txt": "Alpha", "2.txt": "Gamma"}, PAST + 10)
    desk.catch_up()
    rows = desk.rows()
    assert rows["Beta"].newer == rows["Gamma"].id
    assert desk.library.failures() == []
    assert desk.add(path).known == 2
    assert {event.row.title for event in desk.told(Added)} == {"Alpha", "Gamma"}
    _zip(path, {"1.txt": "Gamma", "2.txt": "Delta"}, PAST + 20)
    desk.catch_up()
    rows = desk.rows()
    assert rows["Alpha"].newer is None  # it was left out, and another took its name
    assert rows["Gamma"].newer is None
    path.rename(desk.folder / "b.zip")
    desk.catch_up()
    assert desk.rows()["Delta"].path == str(desk.folder / "b.zip » 2.txt")
    (desk.folder / "b.zip").unlink()
    desk.catch_up()
    assert {title for title, row in desk.rows().items() if row.gone} == {"Gamma", "Delta"}


def test_unchanged_files_are_not_opened_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.file("a.txt", "Alpha")
    later = time.time() + 3600  # might be written again within the same moment
    os.utime(desk.file("now.txt", "Now"), (later, later))
    desk.add(desk.folder)
    opened: list[Path] = []
    real = inputs.open_regular
    monkeypatch.setattr(inputs, "open_regular", lambda path: opened.append(path) or real(path))
    done = desk.add(desk.folder)
    assert (done.added, done.known) == (0, 2)
    assert {path.name for path in opened if desk.folder in path.parents} == {"now.txt"}


def test_unchanged_files_are_read_again_for_another_extractor_or_when_they_were_taken_out(
    desk: Desk, tmp_path: Path
) -> None:
    desk.file("a.txt", "Alpha")
    desk.add(desk.folder)
    lexicons = tmp_path / "lexicons"
    lexicons.mkdir()
    (lexicons / "nations.toml").write_text("x = 1")
    assert desk.add(desk.folder, lexicons=lexicons).added == 1
    assert desk.add(desk.folder, lexicons=lexicons).known == 1
    desk.library.remove(desk.rows()["Alpha"].id)
    assert desk.add(desk.folder, lexicons=lexicons).added == 1


def test_a_file_that_lies_elsewhere_gets_its_path(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.file("a.txt", "Alpha")
    monkeypatch.chdir(desk.folder)
    desk.add("a.txt")
    assert desk.rows()["Alpha"].path == "a.txt"
    desk.add(path)
    assert desk.rows()["Alpha"].path == str(path)
    other = tmp_path / "other.txt"
    shutil.copy2(path, other)
    desk.add(other)
    assert desk.rows()["Alpha"].path == str(path)
    path.unlink()
    os.utime(other, (PAST + 500, PAST + 500))
    desk.add(other)
    assert desk.rows()["Alpha"].path == str(other)


def test_notes_of_one_file_hold_in_their_order(desk: Desk) -> None:
    desk.add(desk.file("a.txt", "Alpha"), desk.file("b.txt", "Beta"))
    one, other = (row.id for row in desk.rows().values())
    stamp, more = Stamp(b"/in/a.zip", 1, 2), Stamp(b"/in/b.zip", 3, 4)
    files = desk.library.files

    def parts(path: bytes) -> dict[str, str]:
        return {part: row.id for part, row in files.rows([path])[path].items()}

    files.note([Note(stamp, "in it\n1", one), Note(more, "", one), Note(stamp, "", other)])
    assert (parts(stamp.path), parts(more.path)) == ({"": other}, {"": one})
    files.note([Note(stamp, "", one), Note(stamp, "in it\n1", other), Note(stamp, "in it\n1", one)])
    assert parts(stamp.path) == {"": one, "in it\n1": one}
