"""The cache of extractions: found by content and extractor, bounded, never in the way."""

from pathlib import Path

from briefing.ingest import ExtractionCache
from briefing.model.source import Source

from .made import make_extraction, make_source


def test_kept_by_content_and_extractor(tmp_path: Path, sources: list[Source]) -> None:
    cache = ExtractionCache(tmp_path / "deep" / "cache.db")
    source = sources[0]
    found = make_extraction(source)
    assert cache.get(source.id, "f1") is None
    cache.put(found)
    assert cache.get(source.id, "f1") == found
    assert cache.get(source.id, "f2") is None
    assert cache.pair(source.id, "f1", "") is None
    cache.put(found, source, "r1.txt")
    assert cache.pair(source.id, "f1", "r1.txt") == (source, found)
    assert cache.pair(source.id, "f1", "r2.txt") is None
    cache.close()
    assert ExtractionCache(cache.path).get(source.id, "f1") == found


def test_bounded_and_what_was_used_longest_ago_goes(tmp_path: Path) -> None:
    cache = ExtractionCache(tmp_path / "cache.db", limit=6000)
    made = [make_source(f"Guam {n} " * 40) for n in range(20)]
    for source in made:
        cache.put(make_extraction(source), source)
        assert cache.get(made[0].id, "f1") is not None
    kept = [n for n, source in enumerate(made) if cache.get(source.id, "f1")]
    assert kept[0] == 0
    assert kept[-1] == 19
    assert 2 < len(kept) < 20
    cache.put(make_extraction(made[19]), made[19])
    assert [n for n, source in enumerate(made) if cache.get(source.id, "f1")] == kept


def test_a_damaged_file_is_made_anew(tmp_path: Path, sources: list[Source]) -> None:
    path = tmp_path / "cache.db"
    path.write_bytes(b"no cache" * 1000)
    cache = ExtractionCache(path)
    assert cache.get(sources[0].id, "f1") is None
    cache.put(make_extraction(sources[0]))
    assert cache.get(sources[0].id, "f1") is not None


def test_an_entry_that_cannot_be_read_is_a_miss(tmp_path: Path, sources: list[Source]) -> None:
    cache = ExtractionCache(tmp_path / "cache.db")
    cache.put(make_extraction(sources[0]))
    for data in (b"junk", b"x\x9c\xab\x56\x02\x00\x00\xbf\x00\x7a"):
        db = cache._open()
        with db:
            db.execute("UPDATE entry SET data = ?", (data,))
        assert cache.get(sources[0].id, "f1") is None
    cache.put(make_extraction(sources[0]))
    assert cache.get(sources[0].id, "f1") is not None


def test_a_place_that_cannot_be_written_is_a_miss(tmp_path: Path, sources: list[Source]) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "cache.db", tmp_path):
        cache = ExtractionCache(path)
        cache.put(make_extraction(sources[0]))
        assert cache.get(sources[0].id, "f1") is None
