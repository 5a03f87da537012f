# ruff: noqa: E501
"""Scans and pictures: what is recognised is put in order like printed pages, marked, and less sure."""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from made_office import zipped
from made_pdf import pdf, set_in_lines

from briefing.model.passage import page_place
from briefing.model.source import PassedOver, Source, Unreadable
from briefing.sources import formats, read_bytes, read_parts
from briefing.sources.ocr import engine
from briefing.sources.ocr.engine import Words
from briefing.sources.ocr.lines import page_lines
from briefing.sources.pdf import reader

FOUND = [
    Words("The harbour office counted fourteen tugs and said that", 100, 900, 101, 128),
    Words("none of them had sailed.", 100, 420, 140, 165),
    Words("Number", 500, 610, 221, 246), Words("Type", 100, 170, 220, 248),
    Words("Tugs", 100, 172, 260, 289), Words("14", 500, 530, 261, 285),
]  # fmt: skip
PICTURE = "q 500 0 0 700 40 40 cm BI /W 1 /H 1 /BPC 8 /CS /G ID z EI Q"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fea735816c0000000049454e44ae426082"
)


@pytest.fixture
def _recogniser(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for place in (engine, reader, "briefing.sources.ocr.picture", formats):
        monkeypatch.setattr(place if not isinstance(place, str) else sys.modules[place], "available", lambda: True)
    monkeypatch.setattr(reader, "recognise", lambda *_: FOUND)
    monkeypatch.setattr("briefing.sources.ocr.picture.recognise", lambda *_: FOUND)
    formats.readers.cache_clear()
    yield
    formats.readers.cache_clear()


def test_lines_are_put_in_order() -> None:
    lines = page_lines(FOUND, 400)
    assert [line.text for line in lines] == [
        "The harbour office counted fourteen tugs and said that", "none of them had sailed.", "Type", "Number", "Tugs", "14",
    ]  # fmt: skip
    assert lines[2].row == lines[3].row
    assert lines[0].y0 > lines[1].y1


@pytest.mark.usefixtures("_recogniser")
def test_pages_without_text_are_recognised_and_marked() -> None:
    page = set_in_lines(
        ["A page with text of its own, which is not recognised but read, as it should be at all times."]
    )
    source = read_bytes(pdf([page, []], drawing=PICTURE), "a.pdf")
    assert source.text.endswith(
        "The harbour office counted fourteen tugs and said that none of them had sailed.\n\n| Type | Number |\n| Tugs | 14 |"
    )
    assert [page.kind for page in source.pages] == ["page", "scan"]
    assert source.lost == ("Pages that are read from pictures, so that facts of them are less sure: 2.",)
    assert page_place(len(source.text) - 1, source.pages) == "p. 2"


@pytest.mark.usefixtures("_recogniser")
def test_pictures_are_sources() -> None:
    pytest.importorskip("PIL")
    source = read_bytes(PNG, "photo.png")
    assert (source.format, source.pages[0].kind) == ("picture", "scan")
    assert "fourteen tugs" in source.text


@pytest.mark.usefixtures("_recogniser")
def test_pictures_without_words_in_others_are_no_failures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.sources.ocr.picture.recognise", lambda *_: [])
    monkeypatch.setattr("briefing.sources.ocr.picture._pictures", lambda _: [(np.zeros((1, 1, 3)), 1)])
    found = list(read_parts(zipped({"a.txt": "Two tugs.", "logo.png": PNG, "line.png": PNG + b"\0"}), "m.zip"))
    assert isinstance(found[-1], PassedOver)
    assert [str(one) for one in found[1:]] == ["m.zip » 2 files: are of kinds that are not read: 2 .png without words"]
    with pytest.raises(Unreadable, match="no words"):
        read_bytes(PNG, "named.png")


@pytest.mark.usefixtures("_recogniser")
@pytest.mark.parametrize("kind", ["webp", "gif", "bmp", "tiff"])
def test_other_pictures_are_sources(kind: str) -> None:
    pillow = pytest.importorskip("PIL.Image")
    import io

    out = io.BytesIO()
    frames = [pillow.new("RGB", (40, 30), colour) for colour in ("white", "red", "blue")]
    frames[0].save(out, kind, **({} if kind == "bmp" else {"save_all": True, "append_images": frames[1:]}))
    for name in (f"photo.{kind}", "photo"):
        source = read_bytes(out.getvalue(), name)
        assert source.format == "picture"
        assert source.text.count("fourteen tugs") == (3 if kind == "tiff" else 1)


@pytest.mark.usefixtures("_recogniser")
def test_pictures_that_nothing_here_decodes_are_named_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("PIL")
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(Unreadable, match="HEIC; save it as JPEG, or run: pip install pillow-heif"):
        read_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40), "photo.heic")


def test_without_a_recogniser_the_reason_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in (reader, formats):
        monkeypatch.setattr(place, "available", lambda: False)
    formats.readers.cache_clear()
    for data, name in ((PNG, "photo.png"), (pdf([[]], drawing=PICTURE), "a.pdf")):
        with pytest.raises(Unreadable, match=r'pip install "briefing\[ocr\]"'):
            read_bytes(data, name)
    formats.readers.cache_clear()


def test_facts_of_scans_are_less_sure() -> None:
    from briefing.extract.nlp.scans import less_sure
    from briefing.model.facts import Count, Extraction
    from briefing.model.safetext import SafeText
    from briefing.model.source import Page

    count = Count(start=0, end=1, evidence=SafeText("4"), low=4, high=4, item=SafeText("tug"), category="ship")
    later = count.model_copy(update={"start": 60, "end": 61})
    pages = (Page(start=0, label=SafeText("1")), Page(start=50, label=SafeText("2"), kind="scan"))
    found = less_sure(Extraction(source_id="a", extractor="x", counts=(count, later)), pages)
    assert [one.confidence for one in found.counts] == ["high", "medium"]


def test_a_page_is_recognised_for_real() -> None:
    pytest.importorskip("rapidocr")
    pillow = pytest.importorskip("PIL.Image")
    import io

    import pypdfium2

    made = pypdfium2.PdfDocument(pdf([set_in_lines(["The harbour office counted 38 tugs and nine barges."], size=14)]))
    out = io.BytesIO()
    made[0].render(scale=150 / 72).to_pil().rotate(0.5, fillcolor="white").save(out, "PDF", resolution=150)
    assert pillow
    source = read_bytes(out.getvalue(), "a.pdf")
    assert isinstance(source, Source)
    assert source.text == "The harbour office counted 38 tugs and nine barges."


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell script")
def test_tesseract_is_asked_where_only_that_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        ("5", "1", "1", "1", "1", "1", "10", "20", "40", "12", "96", "Two"), ("5", "1", "1", "1", "1", "2", "60", "20", "40", "12", "91", "tugs"),
        ("5", "1", "1", "1", "1", "3", "120", "20", "9", "12", "31", "#~"), ("5", "1", "1", "1", "2", "1", "10", "50", "60", "12", "88", "sailed."),
    ]  # fmt: skip
    (tmp_path / "table").write_text("\n".join(["level\tpage", *("\t".join(row) for row in rows)]))
    program = tmp_path / "tesseract"
    program.write_text(f"#!/bin/sh\n[ \"$1 $2\" = 'stdin stdout' ] && head -c 2 | grep -q P6 && cat {tmp_path}/table\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    there = engine.importlib.util.find_spec
    monkeypatch.setattr(
        engine.importlib.util, "find_spec", lambda name: None if name in {"rapidocr", "onnxruntime"} else there(name)
    )
    engine.available.cache_clear()
    try:
        assert engine.available()
        assert engine.recognise(np.zeros((60, 200, 3), np.uint8)) == [
            Words("Two tugs", 10, 100, 20, 32), Words("sailed.", 10, 70, 50, 62),
        ]  # fmt: skip
    finally:
        engine.available.cache_clear()
