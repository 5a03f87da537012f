"""Pages become their main text and what they state about themselves."""

import contextlib
import time
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model.source import Source, Unreadable
from briefing.sources import html, read_bytes

HEAD = """<!DOCTYPE html><html lang="en-GB"><head><title>Patrol ends | The Harbour Sample</title>
<meta property="og:site_name" content="The Harbour Sample">
<meta property="article:published_time" content="2025-07-12T09:30:00+09:00">
<meta name="author" content="Jane Doe"></head>"""
BODY = """<body><nav><a href="/">Home</a> <a href="/news">More news</a></nav><article><h1>Patrol ends</h1>
<p>The frigate came back to <b>its harbour</b> on Friday with two&nbsp;helicopters, the navy said in a note. It is the
third such patrol of the year, and the ministry gave no date for the next.</p>
<p>“We are ready,” its captain said, “and we go where we are sent.” More than 200 sailors were aboard, and their
families watched from the pier in the morning rain.</p><ul><li>First of the list</li><li>Second of the list</li></ul>
</article><div id="comments"><p>First! A reader's remark under the article.</p></div>
<footer>Copyright 2019 The Harbour Sample</footer></body></html>"""


def _read(page: str) -> Source:
    return read_bytes(page.encode(), "a.html")


def test_main_text() -> None:
    paragraphs = _read(HEAD + BODY).text.split("\n\n")
    assert paragraphs[0] == "Patrol ends"
    assert paragraphs[1].startswith(
        "The frigate came back to its harbour on Friday with two helicopters, the navy said"
    )
    assert paragraphs[2].startswith("“We are ready,” its captain said, “and we go where we are sent.” More than 200")
    assert paragraphs[3] == "- First of the list\n- Second of the list"
    assert len(paragraphs) == 4


def test_metadata() -> None:
    source = _read(HEAD + BODY)
    assert (source.title, source.publisher, source.author) == ("Patrol ends", "The Harbour Sample", "Jane Doe")
    assert source.published is not None
    assert source.published.isoformat() == "2025-07-12T09:30:00+09:00"
    assert source.language == "en"


@pytest.mark.parametrize(
    "stated",
    [
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-07-12T09:30:00Z"}</script>',
        '<meta name="dc.date" content="12 July 2025">',
        '<meta itemprop="datePublished" content="2025-07-12">',
    ],
)
def test_where_the_date_may_stand(stated: str) -> None:
    source = _read(f"<html><head>{stated}</head>{BODY}")
    assert source.published is not None
    assert source.published.isoformat()[:10] == "2025-07-12"


@pytest.mark.parametrize(
    ("stated", "publisher"),
    [
        ('<meta property="og:site_name" content="Sample Post">', "Sample Post"),
        ('<script type="application/ld+json">{"publisher": {"@type": "Organization", "name": "Sample Post"}}</script>',
         "Sample Post"),
        ('<meta name="twitter:site" content="@samplepost">', None),
        ('<meta property="article:publisher" content="https://example.org/samplepost">', None),
        ('<link rel="canonical" href="https://news.example.org/patrol">', "example.org"),
    ],
)  # fmt: skip
def test_publisher(stated: str, publisher: str | None) -> None:
    found = _read(f"<html><head>{stated}</head>{BODY}").publisher
    assert found == publisher


MOMENT = datetime(2025, 5, 14, 8, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        ("<div>Posted On: 07 MAR 2025 6:42PM by the press desk</div>", date(2025, 3, 7)),
        ("<p><b>Published:</b> 12 July 2025</p>", date(2025, 7, 12)),
        ("<p>Release date <span>July 12, 2025</span></p>", date(2025, 7, 12)),
        ("<div>Posted on 7 March 2025</div><aside><div>Posted on 9 May 2024</div></aside>", None),
        ("<div>Last updated on 7 March 2025</div>", None),
        ("<p>Posted to the northern fort, the crew stayed until the first of May and was then sent home.</p>", None),
    ],
)
def test_a_line_that_says_when_the_page_was_posted(lines: str, published: date | None) -> None:
    assert _read(f"<html><body>{lines}{BODY}").published == published


@pytest.mark.parametrize(
    ("times", "published"),
    [
        ('<time datetime="2025-05-14T08:30:00+08:00">Wednesday</time>', MOMENT),  # the only one of the page
        ('<time datetime="2025-01-02">x</time><time class="Published" datetime="2025-05-14">y</time>', MOMENT.date()),
        ('<time datetime="2025-01-02">x</time><time pubdate datetime="2025-05-14">y</time>', MOMENT.date()),
        ('<time itemprop="datePublished" datetime="2025-05-14">x</time><time datetime="2025-01-02">y</time>',
         MOMENT.date()),
        ('<time datetime="PT2H">two hours</time>', None),
        ('<script type="application/ld+json">{"datePublished": "2025-05-14"}</script><time datetime="2025-01-02">x',
         MOMENT.date()),
    ],
)  # fmt: skip
def test_times_marked_up_in_the_page(times: str, published: date | None) -> None:
    page = f"<html><body><article><h1>Fleets meet</h1>{times}{BODY}</article></body></html>"
    assert _read(page).published == published


def test_a_copyright_year_is_no_date() -> None:
    assert _read(f"<html>{BODY}").published is None


def test_the_declared_encoding_counts() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body><p>Корабль вернулся.</p></body></html>'
    assert read_bytes(page.encode("cp1251"), "a.html").text == "Корабль вернулся."
    page = '<?xml version="1.0" encoding="iso-8859-1"?><html><body><p>Café “Élan”</p></body></html>'
    assert _read(page).text == "Café “Élan”"


def test_old_references_to_windows_characters() -> None:
    assert _read("<p>It&#146;s &#147;so&#148; &#x97; yes</p>").text == "It’s “so” — yes"


def test_without_a_main_text_all_of_it_is_taken() -> None:
    assert _read("<p>One.</p><p>Two <i>and</i> three.</p><script>no()</script>").text == "One.\n\nTwo and three."
    assert _read("no tag & no end").text == "no tag & no end"
    with pytest.raises(Unreadable, match="no text"):
        _read("<html><body><script>x()</script></body></html>")


P = "<p>The patrol left its harbour on Friday and came back on Sunday.</p>"


MALFORMED = {
    "deep": "<html><body>" + "<div>" * 50_000 + P,
    "bold": "<html><body><p>" + "<b>" * 20_000 + "some words",
    "tables": "<html><body>" + "<table><tr><td>" * 3000 + P,
    "lists": "<html><body>" + "<ul><li>" * 5000 + P,
    "brackets": "words " + "<" * 100_000,
    "comments": "words " + "<!--" * 50_000,
    "scripts": "words " + "<script " * 50_000,
    "attributes": "<div " + "a=b " * 50_000 + f">{P}",
    "names": "<div " + " ".join(f"a{n}='x'" for n in range(100_000)) + f">{P}",
    "bare names": "<div " + " ".join(f"a{n}" for n in range(100_000)) + f">{P}",
    "many": "<html><body>" + "<p>" * 250_000 + P,
}


@pytest.mark.parametrize("kind", MALFORMED)
def test_malformed_pages_are_no_trap(kind: str) -> None:
    started = time.process_time()
    text = _read(MALFORMED[kind]).text
    assert ("harbour" if MALFORMED[kind].endswith(P) else "words") in text
    assert time.process_time() - started < 10


PARTS = [
    "<p>", "</p>", "<table>", "<td>", "<!--", "-->", "<script>", "<b", ">", "a b c. ", "&#0;", "\x1b", "<html>",
    "<body>", "<quote>", "<time datetime='x'>", "<ul><li>",
]  # fmt: skip


@settings(max_examples=50)
@given(st.lists(st.sampled_from(PARTS)))
def test_never_fails(parts: list[str]) -> None:
    with contextlib.suppress(Unreadable):
        assert _read("".join(parts)).text.strip()


def test_comments_before_a_page_take_no_time() -> None:
    assert read_bytes(b"<!---->" * 500 + b"words", "-").format == "text"
    assert read_bytes(b"<!-- a -->" * 50 + b"<html><p>Words</p></html>", "-").format == "html"


def test_what_is_embedded_in_an_article_is_named() -> None:
    fill = "The office said in its weekly letter that the figures were gathered by the harbour masters. " * 3
    frames = '<iframe src="https://charts.test/1"></iframe><video src="/a.mp4"></video>'
    page = f"<html><body><iframe src='https://ads.test/ad/1'></iframe><article><h1>Tugs</h1><p>{fill}</p>{frames}<p>{fill}</p></article></body></html>"
    source = read_bytes(page.encode(), "a.html")
    assert source.lost == ("2 embedded parts of the page are not read (from charts.test).",)
    assert read_bytes(page.replace(frames, "").encode(), "a.html").lost == ()


def test_what_no_browser_shows_is_not_read() -> None:
    unseen = (
        "<noscript><p>Nine ships sank.</p></noscript><template><p>Eight ships sank.</p></template>"
        "<p hidden>Seven sank.</p><p style='display: none'>Six sank.</p><p hidden='until-found'>Four barges came.</p>"
    )
    text = _read(HEAD + BODY.replace("<ul>", unseen + "<ul>")).text
    assert "sank" not in text
    assert "Four barges came." in text


def test_blocks_of_a_short_page_are_paragraphs() -> None:
    blocks = "<h1>News of the day</h1><p>Two tugs left.</p><p>Four came.</p>"
    text = _read(f"<html><head><title>T</title></head><body><article>{blocks}</article></body></html>").text
    assert text == "News of the day\n\nTwo tugs left.\n\nFour came."


def test_a_page_that_is_hidden_as_a_whole_is_shown_later() -> None:
    assert "with two helicopters" in _read(HEAD + BODY.replace("<body>", "<body style='visibility:hidden'>")).text


def test_who_a_quotation_is_of_may_stand_in_its_footer() -> None:
    quoted = "<blockquote><p>“The pier is closed.”</p><footer>— <cite>Ida Falk</cite></footer></blockquote>"
    rest = "<p>The harbour office said on Monday that the pier had been closed after the storm of the night.</p>"
    page = f"<html><body><article>{rest}{quoted}{rest}</article><footer>All rights reserved</footer></body></html>"
    text = read_bytes(page.encode(), "a.html").text
    assert "“The pier is closed.”\n\n— Ida Falk" in text
    assert "All rights" not in text


@pytest.mark.parametrize(
    "mark", ["hidden", "style='display:none'", "class='strikethrough' style='text-decoration: line-through'"]
)
def test_of_a_short_page_more_may_be_unseen_than_shown(mark: str) -> None:
    blocks = (
        f"<p>Two tugs left.</p><p {mark}>Nine ships sank off the old mole.</p><p {mark}>Eight ships sank there.</p>"
    )
    text = _read(f"<html><head><title>T</title></head><body><article>{blocks}</article></body></html>").text
    assert "sank" not in text
    assert "Two tugs left." in text
    shown_later = f"<nav><p>Our news</p></nav><article {mark}><p>Four barges came in and stayed.</p></article>"
    assert "Four barges came in" in _read(f"<html><body>{shown_later}</body></html>").text


TABLE = (
    "<table><caption>Of the yard</caption><tr><th rowspan=2>Held by</th><th colspan=2>In <b>service</b></th></tr>"
    "<tr><th>Tugs</th><th>Bar<i>ges</i></th></tr><tr><td>North</td><td>4</td><td><p>12</p></td></tr></table>"
)
ROWS = "Of the yard\n\n| Held by | In service | |\n| | Tugs | Barges |\n| North | 4 | 12 |"


def test_tables_of_mail_and_books_are_rows() -> None:
    assert html.of_mail(f"<p>Words.</p>{TABLE}<p>More.</p>") == f"Words.\n\n{ROWS}\n\nMore."
    assert html.whole(f"<div>{TABLE}</div>") == ROWS


@pytest.mark.parametrize(
    "placing",
    [
        f"<table><tr><td>Left</td><td>{TABLE}</td></tr><tr><td>a</td><td>b</td></tr></table>",
        f"<table role=presentation><tr><td>Left</td><td>b</td></tr><tr><td>{TABLE}</td><td>b</td></tr></table>",
    ],
)
def test_tables_that_only_place_what_is_in_them_are_none(placing: str) -> None:
    text = html.of_mail(placing)
    assert ROWS in text
    assert "| Left" not in text
    placed = "<table><tr><td>Menu</td><td>%s</td></tr><tr><td>a</td><td>b</td></tr></table>"
    assert "|" not in html.of_mail(placed % ("<p>Two tugs.</p><p>Left.</p><p>Early.</p>"))
    assert "|" not in html.of_mail(placed % ("Two tugs left the harbour. " * 20))


def test_notes_marks_in_brackets_are_raised_too() -> None:
    assert (
        html.whole("<p>It has 7<sup>(3)</sup> tugs, 9<sup>(b)</sup> barges and 4<sup>[2]</sup> cranes.</p>")
        == "It has 7⁽³⁾ tugs, 9⁽ᵇ⁾ barges and 4[2] cranes."
    )


@pytest.mark.parametrize("head", ["td", "th"])
def test_rows_of_a_table_on_a_short_page(head: str) -> None:
    rows = (("Class", "Number"), ("Tugs", "12"), ("Barges", "7"))
    cells = "".join(f"<tr><{head}>{a}</{head}><td>{b}</td></tr>" for a, b in rows)
    table = f"<table><caption>Fleet of the port</caption>{cells}</table>"
    page = f"<html><body><h1>News</h1><p>Some words of a page about the sea stand here.</p>{table}</body></html>"
    text = read_bytes(page.encode(), "a.html").text
    assert text == (
        "News\n\nSome words of a page about the sea stand here.\n\nFleet of the port\n\n"
        "| Class | Number |\n| Tugs | 12 |\n| Barges | 7 |"
    )
