"""Any bytes become text or a reason, and text in a known encoding becomes that text."""

import codecs
import encodings.aliases

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefing.model.source import Unreadable
from briefing.sources.decode import decode

POLISH = "Zespół wrócił na wyspę, a źródła podają, że ćwiczenia potrwają jeszcze tydzień."


@given(
    st.binary(max_size=400), st.sampled_from([None, "utf-8", "latin-1", "shift_jis", "utf-16", "hex", "no such", "é"])
)
@example(b"MZ\0\0", None)
@example(b"PK\x03\x04", None)
@example(b"\xff\xfe\0", None)
def test_any_bytes_are_text_or_a_reason(data: bytes, declared: str | None) -> None:
    try:
        decoded = decode(data, "x", declared)
    except Unreadable:
        return
    assert isinstance(decoded.text, str)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), min_size=1))
def test_utf8_is_the_text(text: str) -> None:
    decoded = decode(text.encode(), "x", "latin-1")
    assert decoded.text == text.removeprefix("\ufeff")
    assert decoded.encoding in {"utf-8", "utf-8-sig"}


@pytest.mark.parametrize("name", sorted(set(encodings.aliases.aliases.values())))
def test_no_declared_encoding_breaks_it(name: str) -> None:
    assert decode(b"caf\xe9 \x81\xff\x80", "x", name).text.startswith("caf")


@pytest.mark.parametrize("name", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_forms(name: str) -> None:
    assert decode(POLISH.encode(name)).text == POLISH


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cp1250", POLISH),
        ("cp1251", "Министр заявил, что корабли вернутся в порт в конце месяца."),
        ("koi8-r", "Министр заявил, что корабли вернутся в порт в конце месяца."),
        ("cp932", "護衛艦は七月に港へ戻る予定だと防衛省の担当者は話した。"),
        ("cp949", "국방부는 함정이 이달 말에 항구로 돌아올 것이라고 말했다."),
        ("gb18030", "国防部发言人表示，舰艇将于本月底返回港口，具体时间另行通知。"),
    ],
)
def test_guesses_what_nobody_declared(name: str, text: str) -> None:
    assert decode(text.encode(name)).text == text


def test_windows_quotation_marks() -> None:
    decoded = decode("“It’s the café’s,” she said – twice.".encode("cp1252"))
    assert decoded == ("“It’s the café’s,” she said – twice.", "cp1252")


def test_a_bad_byte_leaves_utf8_as_it_is() -> None:
    decoded = decode("“It’s”".encode() + b" \xff\xe9 " + "naïve".encode())
    assert decoded == ("“It’s” \ufffd\ufffd naïve", "utf-8?")


def test_a_replacement_character_of_the_text_is_no_bad_byte() -> None:
    assert decode("a \ufffd b".encode()).encoding == "utf-8"


def test_the_declaration_counts_where_utf8_fails() -> None:
    assert decode("Ωμέγα".encode("iso8859-7"), declared="ISO-8859-7") == ("Ωμέγα", "iso8859-7")
    assert decode("“café”".encode("cp1252"), declared="iso-8859-1") == ("“café”", "cp1252")
    assert decode("港へ".encode("iso2022_jp"), declared="iso-2022-jp").text == "港へ"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "picture"),
        (b"PK\x03\x04\x14\0notes.txt", "archive"),
        (b"\x1f\x8b\x08\0", "archive"),
        (b"\x7fELF\x02\x01\x01\0", "program"),
        (b"MZ\x90\0\x03\0", "program"),
        (b"{\\rtf1\\ansi Hello}", "RTF"),
        (b"SQLite format 3\0", "database"),
        (b"some\0bytes", "binary"),
        (codecs.BOM_UTF8 + b"\x01\x02\x03\x04", "binary"),
    ],
)
def test_says_what_is_no_text(data: bytes, word: str) -> None:
    with pytest.raises(Unreadable, match=word):
        decode(data, "x")


@pytest.mark.parametrize("text", ["MZ is a code", "BMD Corp", "RIFF raff", "%Percent", "ID3 tags", "PK said so"])
def test_text_may_begin_like_a_program(text: str) -> None:
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cp1252", "It’s ours."),
        ("cp1252", "Capitán Íñigo Peña – “nine trawlers”"),
        ("cp1252", "• Eight tugs\n• Three trawlers"),
        ("cp1252", "50 °C, 5 µm, ½ mile, £20"),
        ("cp1252", "Größe"),
        ("cp1250", "Zażółć gęślą jaźń"),
        ("cp1250", "Minister powiedział, że dwa holowniki wyszły w morze. Żeglarze czekają."),
        ("mac_roman", "It’s ours – “always”"),
        ("cp1251", "Два фрегата вышли"),
        ("koi8-r", "Два фрегата вышли"),
        ("euc_jp", "日本の護衛艦が出港した。"),
    ],
)
def test_short_texts(name: str, text: str) -> None:
    assert decode(text.encode(name)).text == text


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    [
        "Два фрегата вышли в море.\n",
        "Η φρεγάτα απέπλευσε την Παρασκευή.",
        "غادرت سفينتان الميناء.",
        "해군은 두 척을 보냈다.",
        "海軍は二隻を送った。\n国防省。\n",
    ],
)
def test_utf16_of_other_alphabets_without_a_mark(name: str, text: str) -> None:
    assert decode(text.encode(name)).text == text


def test_bytes_with_zeros_are_no_utf16_of_another_alphabet() -> None:
    with pytest.raises(Unreadable, match="binary"):
        decode(bytes(range(0, 256, 3)) * 40 + b"\0 \0\n")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("x-sjis", "cp932"),
        ("X-SJIS ", "cp932"),
        ("x-cp1250", "cp1250"),
        ("utf8mb4", "utf-8"),
        ("x-mac-cyrillic", "mac_cyrillic"),
    ],
)
def test_encodings_under_other_names(label: str, name: str) -> None:
    words = {"cp932": "護衛艦三隻", "cp1250": "Łódź", "utf-8": "Łódź", "mac_cyrillic": "Флот вышел"}[name]
    assert decode(words.encode(name), declared=label).text == words
