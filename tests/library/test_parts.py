"""The small parts: how words are cut, how sources are numbered, how values are packed, misspellings."""

import json
import sqlite3
import zlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.library import Library
from briefing.library.errors import Damaged
from briefing.library.search import date_ranges
from briefing.library.search.spelling import similar
from briefing.library.store import row_ids
from briefing.library.store.codec import (
    Places,
    pack_details,
    pack_extraction,
    pack_text,
    unpack_details,
    unpack_extraction,
    unpack_plain,
    unpack_text,
)
from briefing.library.store.tokenizer import alternatives, texts, words
from briefing.model.facts import ENTITY_TYPES, Count, Extraction, Mention, Participant, Quote, SourceWarning
from briefing.model.safetext import SafeText
from briefing.model.source import Aside, Page, Source

from .made import make_extraction, make_source


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("B-52H", "b 52 h"),
        ("B-52s B-52Hs b-52hs", "b 52 b 52 h b 52 h"),
        ("Su-35S", "su 35 s"),
        ("KF-16s", "kf 16"),
        ("1990s 7th 300km", "1990 7 th 300 km"),
        ("F/A-18 FA-18", "fa 18 fa 18"),
        ("and/or", "and or"),
        ("AT&T R&D Q&A", "atandt randd qanda"),
        ("Johnson&Johnson", "johnson johnson"),
        ("U.S. U.S US USA U.S.A. u.s.", "usa usa usa usa usa usa"),
        ("us Us", "us us"),
        ("U.S.-led D.C. e.g. J.D. Vance", "usa led dc eg jd vance"),
        ("end.Begin", "end begin"),
        ("25,000 1,234.5 2,50", "25000 1234 5 2 50"),
        ("Korea's Korea’s O'Neill don't it's", "korea korea oneill dont it"),
        ("Łódź Café Cafe\u0301 naïve Straße Ørsted", "lodz cafe cafe naive strasse orsted"),
        ("北朝鮮 ミサイル", "北 朝 鮮 ミ サ イ ル"),
        ("mis\u00adsile", "missile"),
        ("ballistic-missile ballistic—missile", "ballistic missile ballistic missile"),
        ("a_b http://x.org/y?z=1", "a b http x org y z 1"),
        ("!?… —", ""),
        ("x" * 100, "x" * 64),
    ],
)
def test_how_words_are_cut(text: str, cut: str) -> None:
    assert " ".join(texts(text)) == cut


@given(st.text(max_size=200))
def test_words_are_safe_for_the_index_and_stand_where_they_say(text: str) -> None:
    found = list(words(text))
    assert [word for word, _, _ in found] == texts(text)
    last = 0
    for word, start, end in found:
        assert last <= start < end <= len(text)
        assert not text[start:end].isspace()
        assert word
        assert all(c.isalnum() or not c.isascii() for c in word)
        assert not any(c in ' \t\n\0"' for c in word)
        last = end


@given(st.lists(st.text(max_size=20), max_size=8))
def test_a_part_between_white_space_is_cut_as_in_the_whole(parts: list[str]) -> None:
    text = " ".join(parts)
    at = 0
    found = []
    for part in parts:
        found += list(words(text, at, at + len(part)))
        at += len(part) + 1
    assert found == list(words(text))


def test_the_pronoun_may_be_the_state() -> None:
    assert alternatives("told us") == [("told",), ("us", "usa")]
    assert alternatives("US") == [("usa",)]


DAYS = st.one_of(st.none(), st.dates(), st.datetimes())


@given(st.lists(DAYS, max_size=30))
def test_numbers_are_in_the_order_of_dates(days: "list[date | datetime | None]") -> None:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE source (doc INTEGER PRIMARY KEY, n INTEGER)")
    db.execute("CREATE TABLE total (name, n)")
    db.execute("INSERT INTO total VALUES ('spilled', 0)")
    for n, day in enumerate(days):
        db.execute("INSERT INTO source VALUES (?, ?)", (row_ids.allot(db, day), n))
    order = [days[n] for (n,) in db.execute("SELECT n FROM source ORDER BY doc")]
    plain = [None if day is None else str(day)[:10] for day in order]
    assert plain[: plain.count(None)] == [None] * plain.count(None)
    dated = [day for day in plain if day and "1800" <= day < "2158"]
    assert dated == sorted(dated)
    for first, last in ((date(1900, 1, 1), date(2000, 6, 30)), (None, date(1950, 1, 1)), (date(1950, 1, 1), None)):
        low, high = row_ids.day_range(first, last)
        within = {n for (n,) in db.execute("SELECT n FROM source WHERE doc BETWEEN ? AND ?", (low, high))}
        spilled = db.execute("SELECT n FROM total").fetchone()[0]
        expected = {n for n, day in enumerate(days) if day and str(first or "") <= str(day)[:10] <= str(last or "9999")}
        assert spilled or within == expected


def test_a_full_day_spills_and_is_still_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_ids, "BITS", 2)
    day = date(2025, 7, 11)
    with Library.open(tmp_path / "l.db") as library:
        for n in range(11):
            source = make_source(f"missile {n}", published=day if n else day - timedelta(days=1))
            library.add(source, make_extraction(source))
        old = make_source("missile old", published=date(1066, 10, 14))
        library.add(old, make_extraction(old))
        assert library.search("date:2025-07-11").total == 10
        assert library.search("missile date:2025-07-10").total == 1
        assert library.search("missile date:1066").total == 1
        assert library.search("missile date:[* TO 2025-07-10]").total == 2
        assert library.search("missile date:[2025-07-10 TO *]").total == 11


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-2", "2024-02-01", "2024-02-29"),
        ("2025/07/11", "2025-07-11", "2025-07-11"),
        ("2025-0", "2025-01-01", "2025-12-31"),
    ],
)
def test_periods(written: str, first: str, last: str) -> None:
    found = date_ranges.period(written)
    assert found is not None
    assert (str(date_ranges.first_day(found)), str(date_ranges.last_day(found))) == (first, last)


@pytest.mark.parametrize(
    "written", ["", "25", "2025-13", "2025-02-30", "0000", "2025-07-11-12", "yesterday", "20250711"]
)
def test_no_periods(written: str) -> None:
    assert date_ranges.period(written) is None


SAFE = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=12).map(SafeText)
SPANS = st.tuples(st.integers(0, 300), st.integers(0, 40)).map(lambda p: {"start": p[0], "end": p[0] + p[1]})
SURE = st.sampled_from(["high", "medium", "low"])
NUMBERS = st.one_of(st.none(), st.integers(0, 10**12))


@given(text=st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=300).map(SafeText), data=st.data())
def test_packing(text: SafeText, data: st.DataObject) -> None:
    def several(build: st.SearchStrategy[object]) -> tuple[object, ...]:
        return tuple(data.draw(st.lists(build, max_size=4)))

    written = st.one_of(SAFE, st.none())
    mention = st.builds(
        lambda at, text_, kind, name, sure: Mention(
            **at, text=text_ or text[at["start"] : at["end"]], type=kind, name=name, confidence=sure
        ),
        *(SPANS, written, st.sampled_from(ENTITY_TYPES), SAFE, SURE),
    )
    count = st.builds(
        lambda at, evidence, low, high, item, operator, approx, sure: Count(
            **at,
            evidence=evidence or text[at["start"] : at["end"]],
            low=low,
            high=high,
            item=item,
            operator=operator,
            approx=approx,
            category="ship",
            confidence=sure,
        ),
        *(SPANS, written, NUMBERS, NUMBERS, SAFE, written, st.booleans(), SURE),
    )
    spans = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=3).map(tuple)
    participant = st.builds(
        Participant,
        name=SAFE,
        kind=st.sampled_from(["nation", "unit"]),
        role=written,
        affiliation=written,
        aliases=st.lists(SAFE, max_size=3).map(tuple),
        core=st.booleans(),
        mentions=spans,
        confidence=SURE,
    )
    quote = st.builds(
        lambda at, said, speaker, kind, cue, sure: Quote(
            **at,
            text=said or text[at["start"] : at["end"]],
            speaker=speaker,
            speaker_kind=kind,
            cue=cue,
            confidence=sure,
            speaker_start=3 if speaker else None,
            speaker_end=9 if speaker else None,
        ),
        *(SPANS, written, written, st.sampled_from([None, "person", "document"]), written, SURE),
    )
    warning = st.builds(SourceWarning, kind=st.just("truncated"), message=SAFE, evidence=spans)
    found = Extraction(
        source_id="ab",
        extractor="f",
        mentions=several(mention),
        counts=several(count),
        participants=several(participant),
        quotes=several(quote),
        warnings=several(warning),
        sentences=data.draw(spans),
    )
    assert unpack_extraction(pack_extraction(found, text), text, "ab", "f") == found
    assert unpack_text(pack_text(text)) == text


@pytest.mark.parametrize("unpack", [unpack_plain, Places, lambda data, text: unpack_extraction(data, text, "ab", "f")])
def test_facts_of_a_newer_form_are_not_guessed_at(unpack: Callable[[bytes, str], object]) -> None:
    source = make_source("Title\n\nThree boats sailed.")
    packed = json.loads(zlib.decompress(pack_extraction(make_extraction(source), source.text)))
    assert unpack(zlib.compress(json.dumps(packed).encode()), source.text)
    newer = zlib.compress(json.dumps({**packed, "v": packed["v"] + 1}).encode())
    with pytest.raises(Damaged, match=f"form {packed['v'] + 1}; this one reads {packed['v']}"):
        unpack(newer, source.text)


def test_misspellings() -> None:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE vocabulary (word PRIMARY KEY) WITHOUT ROWID")
    known = [
        "anderson",
        "andersen",
        "andreson",
        "sanderson",
        "nderson",
        "bnderson",
        "naderson",
        "andersson",
        "peterson",
    ]
    db.executemany("INSERT INTO vocabulary VALUES (?)", [(w,) for w in known])
    assert set(similar(db, "vocabulary", "anderson", 1)) == set(known) - {"peterson"}
    assert similar(db, "vocabulary", "anderson", 1)[0] == "anderson"
    assert "peterson" not in similar(db, "vocabulary", "anderson", 2)
    assert similar(db, "vocabulary", "zz", 1) == []
    assert similar(db, "vocabulary", "x" * 30, 2) == []


@given(
    st.lists(st.text("abc", min_size=1, max_size=6), max_size=20, unique=True), st.text("abcd", min_size=1, max_size=6)
)
def test_misspellings_are_all_found(known: list[str], word: str) -> None:
    from rapidfuzz.distance import OSA

    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE vocabulary (word PRIMARY KEY) WITHOUT ROWID")
    db.executemany("INSERT INTO vocabulary VALUES (?)", [(w,) for w in known])
    for distance in (1, 2):
        assert set(similar(db, "vocabulary", word, distance)) == {w for w in known if OSA.distance(w, word) <= distance}


def test_the_rarer_fields_of_a_source_are_kept() -> None:
    plain = Source(id="a", path=SafeText("a"), title=SafeText("t"), text=SafeText("Words."))
    assert pack_details(plain) is None
    assert unpack_details(None) == {"pages": ()}
    assert unpack_details('[[0, "iv"]]') == {"pages": (Page(start=0, label=SafeText("iv")),)}
    full = plain.model_copy(
        update={
            "pages": (Page(start=0, label=SafeText("1")),),
            "published_from": SafeText("dateline"),
            "published_inferred": True,
            "made": date(2025, 3, 3),
            "message_id": SafeText("b@x"),
            "replies_to": (SafeText("a@x"),),
            "asides": (Aside(start=0, end=2, kind="quoted"),),
            "lost": (SafeText("A form is not read."),),
        }
    )
    again = Source(**{**plain.model_dump(), **unpack_details(pack_details(full))})
    assert again == full
