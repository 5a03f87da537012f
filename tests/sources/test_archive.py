"""Archives: what is in them is read as in a folder, within limits, and no name of it leads anywhere."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_office import docx, p, zipped

from briefing.model.source import Source, Unreadable
from briefing.sources import read_all, read_bytes, read_file, read_parts, reading

FILES = {"b.txt": "Second", "a/a.md": "# First\n\nWords", "sub/page.html": "<p>Third paragraph of a page</p>"}


def _found(data: bytes) -> list[tuple[str, str]]:
    return [
        (str(found.path), found.text if isinstance(found, Source) else f"! {found.reason}")
        for found in read_parts(data, "z.zip")
    ]


def test_files_are_read_in_the_order_of_their_names() -> None:
    assert [path for path, _ in _found(zipped(FILES))] == ["z.zip » a/a.md", "z.zip » b.txt", "z.zip » sub/page.html"]


def test_reading_a_file(tmp_path: Path) -> None:
    path = tmp_path / "z.zip"
    path.write_bytes(zipped(FILES))
    assert read_file(path).title == "First"
    assert len(list(read_all(path))) == 3
    assert [str(found) for found in read_all(tmp_path / "none.zip")] == [f"{tmp_path / 'none.zip'}: is not there"]


def test_a_file_without_a_name_is_told() -> None:
    data = bytearray(zipped({"x.txt": "Two tanks", "y": "Three tanks were seen near the river"}))
    # the length of the last name is 0 in both of its headers, and its letter belongs to the field behind it
    for head in (data.rfind(b"PK\x03\x04") + 26, data.rfind(b"PK\x01\x02") + 28):
        data[head : head + 4] = b"\x00\x00\x01\x00"
    assert _found(bytes(data)) == [
        ("z.zip » x.txt", "Two tanks"),
        ("z.zip » file without a name", "! is of a kind that is not read (without a suffix)"),
    ]


def test_what_a_folder_would_pass_over_is_passed_over() -> None:
    files = {**FILES, ".hidden.txt": "x", "__MACOSX/a.txt": "x", "run.exe": "MZ", "data.bin": "\0\1", "x.txt/": ""}
    found = _found(zipped(files))
    assert found[-1] == ("z.zip » 2 files", "! are of kinds that are not read: 1 .bin, 1 .exe")
    assert len(found) == 4
    assert _found(zipped({"data.bin": "\0\1"})) == [("z.zip", "! holds nothing of a kind that can be read: 1 .bin")]
    assert _found(zipped({}))[0][1].startswith("! holds nothing")


def test_the_others_are_read_where_one_is_broken() -> None:
    found = dict(_found(zipped({**FILES, "c.docx": docx(p("Words"))[:200], "d.txt": ""})))
    assert found["z.zip » d.txt"] == "! is empty"
    assert "damaged" in found["z.zip » c.docx"]
    assert found["z.zip » b.txt"] == "Second"


def test_names_lead_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = _found(zipped({"../../up.txt": "a", "/abs.txt": "b", "C:\\x\\..\\y.txt": "c", "e\x1b[31m.txt": "d"}))
    assert [path for path, _ in found] == [
        "z.zip » up.txt", "z.zip » abs.txt", "z.zip » C:/x/y.txt", "z.zip » e\ufffd[31m.txt",
    ]  # fmt: skip
    assert not list(tmp_path.glob("*.txt"))


def test_archives_in_archives_end_somewhere() -> None:
    inner = zipped({"a.txt": "Words"})
    for _ in range(2):
        inner = zipped({"in.zip": inner})
    assert _found(inner) == [("z.zip » in.zip » in.zip » a.txt", "Words")]
    assert "packed into more than 3" in _found(zipped({"in.zip": inner}))[0][1]


def test_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "made to do harm" in _found(zipped({"a.txt": b"a" * 20_000_000}))[0][1]
    monkeypatch.setattr(reading, "MAX_UNPACKED", 10)
    assert _found(zipped(FILES))[-1][1].endswith("the rest is left out")
    monkeypatch.setattr(reading, "MAX_UNPACKED", 10_000)
    monkeypatch.setattr(reading, "MAX_PARTS", 2)
    assert "more than 2 documents" in _found(zipped(FILES))[-1][1]


def test_locked_and_damaged_archives() -> None:
    data = bytearray(zipped({"a.txt": "Words"}, zipfile.ZIP_STORED))
    for start in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[start] |= 1
    assert "password" in _found(bytes(data))[0][1]
    assert "damaged" in _found(zipped(FILES)[:-30])[0][1]


def test_office_documents_of_other_kinds_are_named() -> None:
    with pytest.raises(Unreadable, match="drawing"):
        read_bytes(zipped({"[Content_Types].xml": "", "visio/document.xml": ""}), "a.zip")


@given(st.data())
def test_any_damage_is_a_source_or_a_reason(data: st.DataObject) -> None:
    whole = bytearray(zipped(FILES))
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    assert list(read_parts(bytes(whole[: data.draw(st.integers(1, len(whole)))]), "z.zip"))


def test_an_archive_may_be_larger_than_a_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "z.zip"
    path.write_bytes(zipped({f"{n}.txt": f"Words {n}" for n in range(40)}))
    monkeypatch.setattr(reading, "MAX_BYTES", 2000)
    assert reading.holds_several(path, str(path))
    assert len([one for one in read_all(path) if isinstance(one, Source)]) == 40
    path.write_bytes(path.read_bytes()[:-30])
    assert ["damaged" in str(one) for one in read_all(path)] == [True]
