"""Search in texts without spaces between words, with particles written onto words, or with inflected words."""

from pathlib import Path

import pytest

from briefing.library import Library
from briefing.library.store import tokenizer
from briefing.library.store.tokenizer import texts, words

from .made import make_extraction, make_source, set_back

FOUND = [
    ("미 공군 폭격기가 서울 상공을 비행했다", "폭격기"),
    ("미 공군 폭격기가 서울 상공을 비행했다", "상공"),
    ("합동참모본부는 전투기들을 출격시켰다고 밝혔다", "전투기"),
    ("米軍の爆撃機が沖縄上空を飛行した", "爆撃機"),
    ("護衛艦いずもがクレタ島に寄港", "いずも"),
    ("中国海军两艘驱逐舰通过台湾海峡", "驱逐舰"),
    ("中国海军两艘驱逐舰通过台湾海峡", "台湾海峡"),
    ("Два бомбардировщика сопровождали истребители", "бомбардировщик"),
    ("Над морем замечены стратегические бомбардировщики", "стратегический бомбардировщик"),
    ("Учения флота прошли у берегов Норвегии", "учение флот"),
    ("حلقت الطائرات فوق البحر", "طائرات"),
    ("وصلت القاذفات والسفينة إلى ميناء", "السفينة"),
    ("وصلت القاذفات والسفينة إلى ميناء", "سفينة"),
    ("قال إن القوات الأمريكية وصلت", "قوات امريكية"),
]


@pytest.fixture
def one(tmp_path: Path):
    with Library.open(tmp_path / "library.db") as library:
        yield library


@pytest.mark.parametrize(("text", "query"), FOUND)
def test_words_as_a_user_types_them(one: Library, text: str, query: str) -> None:
    for body in (text, "A patrol flew near the coast."):
        source = make_source(body)
        one.add(source, make_extraction(source))
    found = one.search(query)
    assert found.total == 1
    assert found.hits[0].marks


@pytest.mark.parametrize("query", ["기폭", "국방부", "台海", "подводная лодка", "غواصة"])
def test_other_words_are_not_found(one: Library, query: str) -> None:
    for text, _ in FOUND:
        source = make_source(text)
        one.add(source, make_extraction(source))
    assert one.search(query).total == 0


def test_marks_cover_the_word_as_it_is_written() -> None:
    text = "Видели бомбардировщиков"
    assert [text[a:b] for _, a, b in words(text)] == ["Видели", "бомбардировщиков"]


def test_an_older_library_is_indexed_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.db"
    with monkeypatch.context() as patched:
        patched.setattr(tokenizer, "_stem", lambda raw: raw)
        tokenizer._fold.cache_clear()
        with Library.open(path) as library:
            for body in ("Два бомбардировщика над морем", "Two bombers over the sea"):
                source = make_source(body)
                library.add(source, make_extraction(source))
            assert library.search("бомбардировщик").total == 0
            with library.store.write() as db:
                set_back(db, 3)
    tokenizer._fold.cache_clear()
    with Library.open(path) as library:
        assert library.search("бомбардировщик").total == library.search("bombers").total == 1
        assert library.search("sea").hits[0].source.title == "Two bombers over the sea"
        library.remove(library.search("бомбардировщик").hits[0].source.id)
        assert library.search("бомбардировщик").total == 0
    assert texts("бомбардировщика") == texts("бомбардировщики")
