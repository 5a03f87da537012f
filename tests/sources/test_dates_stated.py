"""Where a date of publication was read, and what is none."""

from datetime import date

from briefing.model.source import Source
from briefing.sources import read_bytes


def read(text: str, name: str = "a.txt") -> Source:
    return read_bytes(text.encode(), name)


def test_a_dateline_without_a_year_takes_the_only_one_there_is() -> None:
    source = read("Tugs leave\n\nLARNHOLM, March 3 (Harbour Post) - Eight tugs left. They came on 1 February 2025.\n")
    assert (source.published, source.published_from, source.published_inferred) == (date(2025, 3, 3), "dateline", True)


def test_two_years_say_nothing() -> None:
    source = read("Tugs leave\n\nLARNHOLM, March 3 (Harbour Post) - Tugs left 1 May 2024 and 1 February 2025.\n")
    assert source.published is None
    assert source.published_from is None


def test_a_full_dateline_is_stated() -> None:
    source = read("Tugs leave\n\nLARNHOLM, March 3, 2025 (Harbour Post) - Eight tugs left.\n")
    assert (source.published, source.published_from, source.published_inferred) == (date(2025, 3, 3), "dateline", False)


def test_a_day_in_running_text_is_not_the_pages() -> None:
    fill = "The office said in its weekly letter that the figures were gathered by the harbour masters. " * 3
    line = "The tugs left on <time datetime='2019-03-03'>3 March 2019</time> with the pilot."
    page = f"<html><body><article><h1>Tugs</h1><p>{fill}</p><p>{line}</p></article></body></html>"
    assert read(page, "a.html").published is None
    stated = page.replace("<h1>", "<meta property='article:published_time' content='2025-03-03T08:00:00Z'><h1>")
    assert read(stated, "a.html").published_from == "page metadata"
    assert (
        read("---\ntitle: Tugs\ndate: 2025-03-03\n---\n\nEight tugs left.\n", "a.md").published_from == "front matter"
    )
