"""Tar archives: what is in them is read as in a folder, within limits, and no name of it leads anywhere."""

import bz2
import gzip
import io
import lzma
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_office import zipped

from briefing.model.source import Source
from briefing.sources import read_all, read_parts

FILES = {"a/one.md": "# First\n\nWords", "b.txt": "Second", ".hidden.txt": "x", "._b.txt": "x", "run.exe": "MZ"}


def tarred(files: Mapping[str, bytes | str], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            raw = data.encode() if isinstance(data, str) else data
            entry = tarfile.TarInfo(name)
            entry.size = len(raw)
            archive.addfile(entry, io.BytesIO(raw))
    return out.getvalue()


def found(data: bytes, name: str = "z.tar") -> list[tuple[str, str]]:
    return [
        (str(one.path), one.text if isinstance(one, Source) else f"! {one.reason}") for one in read_parts(data, name)
    ]


@pytest.mark.parametrize(("mode", "name"), [("w", "z.tar"), ("w:gz", "z.tgz"), ("w:bz2", "z.bz2"), ("w:xz", "z")])
def test_files_are_read_in_their_order(mode: str, name: str) -> None:
    assert found(tarred(FILES, mode), name) == [
        (f"{name} » a/one.md", "First\n\nWords"),
        (f"{name} » b.txt", "Second"),
        (f"{name} » run.exe", "! is of a kind that is not read (.exe)"),
    ]


def test_one_within_another() -> None:
    inner = tarred({"deep.txt": "Nine guns"}, "w:gz")
    assert found(zipped({"in.tar.gz": inner}), "z.zip") == [("z.zip » in.tar.gz » deep.txt", "Nine guns")]


def test_in_a_folder_it_is_told_by_its_bytes(tmp_path: Path) -> None:
    from briefing.sources import discover

    (tmp_path / "a.tar.gz").write_bytes(tarred(FILES, "w:gz"))
    (tmp_path / "b.sql.gz").write_bytes(b"\x1f\x8b" + b"\0" * 30)
    paths = list(discover([tmp_path]))
    assert [path.name for path in paths] == ["a.tar.gz"]
    assert [str(one.path) for one in read_all(paths[0]) if isinstance(one, Source)] == [
        f"{paths[0]} » a/one.md", f"{paths[0]} » b.txt",
    ]  # fmt: skip


def test_names_that_lead_elsewhere_and_links() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        entry = tarfile.TarInfo("../../etc/one.txt")
        entry.size = 4
        archive.addfile(entry, io.BytesIO(b"Text"))
        link = tarfile.TarInfo("way.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert found(out.getvalue()) == [
        ("z.tar » etc/one.txt", "Text"),
        ("z.tar » way.txt", "! is a link or a device in an archive, and no file"),
    ]


def test_damage_keeps_what_stands_before_it() -> None:
    whole = tarred({"a.txt": "First", "b.txt": "x" * 50_000})
    said = found(whole[:9000])
    assert said[0] == ("z.tar » a.txt", "First")
    assert "damaged" in said[-1][1]


@pytest.mark.parametrize("mode", ["w:gz", "w:bz2", "w:xz"])
def test_what_unpacks_to_no_end_is_refused(mode: str) -> None:
    said = found(tarred({"a.txt": "First", **{f"{n}.txt": b"\0" * 40_000_000 for n in range(3)}}, mode))
    assert said[0] == ("z.tar » a.txt", "First")
    assert any("harm" in words or "larger than" in words for _, words in said)
    assert sum(len(words) for _, words in said) < 50_000_000


def test_a_name_of_gigabytes_is_refused() -> None:
    entry = tarfile.TarInfo("x")
    entry.type, entry.size = tarfile.GNUTYPE_LONGNAME, 1 << 33
    data = entry.tobuf(tarfile.GNU_FORMAT) + b"a" * 10_000
    assert found(data) == [("z.tar", "! unpacks to so much more than its own size that it seems made to do harm")]


def test_xz_gets_no_more_memory_than_is_right() -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 29}]
    data = lzma.compress(tarred({"a.txt": "First"}), filters=filters)
    said = found(data)
    assert len(said) == 1
    assert "archive" in said[0][1]
    assert "First" not in said[0][1]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_one_file_packed_is_read_as_what_it_is(pack: Callable[[bytes], bytes]) -> None:
    assert found(pack(b"# Nine\n\nguns"), "log.md.gz") == [("log.md.gz » log.md", "Nine\n\nguns")]
    assert found(pack(b"<p>Nine <del>ten</del> guns"), "a.html.xz") == [("a.html.xz » a.html", "Nine guns")]
    assert found(pack(b"Nine guns"), "syslog.2.gz") == [("syslog.2.gz » syslog.2", "Nine guns")]
    assert found(pack(b"PSD"), "a.psd.gz") == [("a.psd.gz", "! holds nothing of a kind that can be read: 1 .psd")]
    assert "MiB" in found(pack(bytes(1 << 21)), "a.txt")[0][1] or "harm" in found(pack(bytes(1 << 27)), "a.txt")[0][1]


def test_the_name_that_gzip_kept() -> None:
    out = io.BytesIO()
    with gzip.GzipFile("../b/notes.md", "wb", fileobj=out) as file:
        file.write(b"# Nine")
    assert found(out.getvalue(), "x.bin") == [("x.bin » notes.md", "Nine")]
    whole = gzip.compress(b"Nine guns" * 99)
    assert found(whole + whole, "a.txt.gz")[0][1] == "Nine guns" * 198
    assert "damaged" in found(whole[:-9], "a.txt.gz")[0][1]


@given(st.binary(max_size=60), st.integers(0, 90), st.sampled_from([gzip.compress, bz2.compress, lzma.compress]))
def test_damage_of_one_packed_file_never_raises(noise: bytes, place: int, pack: Callable[[bytes], bytes]) -> None:
    data = pack(b"Nine guns on the hill")
    list(read_parts(data[:place] + noise + data[place + len(noise) :], "a.gz"))


@given(st.binary(max_size=200), st.integers(0, 3000), st.sampled_from(["w", "w:gz", "w:bz2", "w:xz"]))
def test_damage_never_raises(noise: bytes, place: int, mode: str) -> None:
    data = tarred({"a.txt": "First", "b/c.md": "# Second"}, mode)
    list(read_parts(data[:place] + noise + data[place + len(noise) :], "z.tar"))
