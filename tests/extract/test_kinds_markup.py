"""Pages, mail, feeds and notes as people send them: what is read of each, and which numbers come out of it."""

# ruff: noqa: E501 - inputs that are tables or lines of their own
from email.message import EmailMessage

import pytest
from spacy.language import Language

from briefing.extract.pipeline import extract
from briefing.model.facts import Extraction
from briefing.model.source import Source
from briefing.sources import read_parts

FILL = (
    "<p>The office said in its weekly letter that the figures were gathered by the harbour masters and that they would"
    " be printed again at the end of the month, after the committee has met.</p>"
)


def page(*paragraphs: str) -> bytes:
    body = "".join(p if p.startswith("<") else f"<p>{p}</p>" for p in paragraphs)
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>Weekly letter</title></head><body><nav><a href='/'>Home"
        f"</a></nav><article><h1>Weekly letter</h1>{FILL}{body}{FILL}</article></body></html>"
    ).encode()


def mail(body: str, kind: str = "text/plain", **headers: str) -> bytes:
    lines = {
        "From": "Lena Brandt <lena@harbour.test>", "Subject": "Weekly letter",
        "Date": "Mon, 3 Mar 2025 08:15:00 +0100", "MIME-Version": "1.0", "Content-Type": f"{kind}; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }  # fmt: skip
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    return ("\n".join(f"{name}: {value}" for name, value in lines.items()) + f"\n\n{body}\n").encode()


def parts(kind: str, *bodies: tuple[str, str]) -> bytes:
    made = "".join(f"--zz\nContent-Type: {of}; charset=utf-8\n\n{body}\n" for of, body in bodies)
    return mail(f"{made}--zz--", f'{kind}; boundary="zz"')


def feed(item: str, spaces: str = "") -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0" {spaces}><channel><title>Harbour Post</title><item>{item}</item></channel></rss>'.encode()


CASES: dict[str, tuple[str, bytes, list[tuple[int | None, int | None, str]]]] = {
    "note at a number": ("a.html", page("The port counts 37<sup>5</sup> trawlers and 6<sup>a</sup> tugs."), [(37, 37, "trawler"), (6, 6, "tug")]),
    "two notes": ("a.html", page("It has 18<sup>2,3</sup> ferries."), [(18, 18, "ferry")]),
    "bracketed note": ("a.html", page("It has 18<sup>[2]</sup> ferries."), [(18, 18, "ferry")]),
    "lowered note": ("a.html", page("It has 41<sub>1</sub> lorries."), [(41, 41, "lorry")]),
    "note in markdown": ("a.md", b"# Letter\n\nThe fort holds 52<sup>7</sup> howitzers and 8[^1] mortars.\n\n[^1]: As of May.\n", [(52, 52, "howitzer"), (8, 8, "mortar")]),
    "struck in markdown": ("a.md", b"# Letter\n\nThe convoy lost ~~five~~ seven lorries.\n", [(7, 7, "lorry")]),
    "struck by style": ("a.html", page('The convoy lost <span style="text-decoration: line-through">five</span> seven lorries.'), [(7, 7, "lorry")]),
    "replaced": ("a.html", page("The convoy lost <del>five</del><ins>seven</ins> lorries."), [(7, 7, "lorry")]),
    "thin space": ("a.html", page("The gunners fired 4&#8201;800 shells."), [(4800, 4800, "shell")]),
    "plain blank": ("a.txt", b"Letter\n\nThe gunners fired 4 800 shells and 2 100 500 rounds.\n", [(4800, 4800, "shell"), (2100500, 2100500, "round")]),
    "year before a number": ("a.txt", b"Letter\n\nIn 2023 300 soldiers left the camp.\n", [(300, 300, "soldier")]),
    "day before a number": ("a.txt", b"Letter\n\nOn May 14 120 soldiers left the camp.\n", [(120, 120, "soldier")]),
    "points": ("a.txt", b"Letter\n\nThe gunners fired 1.250.000 shells.\n", [(1250000, 1250000, "shell")]),
    "half a million": ("a.txt", "Letter\n\nThe plant made 3½ million rounds and a quarter of a million shells.\n".encode(), [(3500000, 3500000, "round"), (250000, 250000, "shell")]),
    "million and a half": ("a.txt", b"Letter\n\nThe plant made two and a half million rounds, and 1.2m shells.\n", [(2500000, 2500000, "round"), (1200000, 1200000, "shell")]),
    "half-a-dozen": ("a.txt", b"Letter\n\nHalf-a-dozen tugs left the port.\n", [(6, 6, "tug")]),
    "time in a line": ("a.html", page('The convoy left on <time datetime="2025-03-03">3 March</time> with nine lorries.'), [(9, 9, "lorry")]),
    "label in a line": ("a.html", page("The wing sent <output>eleven</output> gliders and <label>two</label> balloons."), [(11, 11, "glider"), (2, 2, "balloon")]),
    "caption": ("a.html", page("<figure><img src=x.png><figcaption>Fourteen trawlers wait off the mole.</figcaption></figure>", "The port was shut."), [(14, 14, "trawler")]),
    "correction": ("a.html", page("The port was shut.", "<aside class='editors-note'>Correction: an earlier version of this letter was wrong; five tugs were sent.</aside>"), [(5, 5, "tug")]),
    "alternatives": ("a.eml", parts("multipart/alternative", ("text/plain", "Eight tugs left the port."), ("text/html", "<p>Eight tugs left the port.</p>"), ("text/calendar", "BEGIN:VCALENDAR\nSUMMARY:Eight tugs\nEND:VCALENDAR")), [(8, 8, "tug")]),
    "only enriched": ("a.eml", parts("multipart/alternative", ("text/enriched", "<bold>Eight</bold> tugs left the port.")), [(8, 8, "tug")]),
    "same twice": ("a.eml", parts("multipart/mixed", ("text/plain", "Eight tugs left the port."), ("text/html", "<p>Eight tugs left the port.</p>")), [(8, 8, "tug")]),
    "wrong boundary": ("a.eml", mail("--other\nContent-Type: text/plain\n\nEight tugs left the port.\n--other--", 'multipart/mixed; boundary="zz"'), [(8, 8, "tug")]),
    "quoted base64": ("a.eml", mail("RWlnaHQgdHVncyBsZWZ0IHRoZSBwb3J0Lg==", Content_Transfer_Encoding='"BASE64" '), [(8, 8, "tug")]),
    "undeclared base64": ("a.eml", mail("RWlnaHQgdHVncyBsZWZ0IHRoZSBwb3J0IHRoaXMgbW9ybmluZy4=", Content_Transfer_Encoding="7bit"), [(8, 8, "tug")]),
    "base64 with a footer": ("a.eml", mail("RWlnaHQgdHVncyBsZWZ0IHRoZSBwb3J0Lg==\n\nHarbour list, see the archive page", Content_Transfer_Encoding="base64"), [(8, 8, "tug")]),
    "flowed": ("a.eml", mail("The harbour master said on Monday that a string of \nnine trawlers had come in with two \ntugs.", "text/plain; format=flowed"), [(9, 9, "trawler"), (2, 2, "tug")]),
    "flowed and joined": ("a.eml", mail("The harbour master said on Monday that nine traw \nlers had come in.", "text/plain; format=flowed; delsp=yes"), [(9, 9, "trawler")]),
    "quoted reply": ("a.eml", mail("Seven tugs now.\n\nOn Sun, 2 Mar 2025, Otto Lind wrote:\n> Five tugs left.\n> Three trawlers stayed.", In_Reply_To="<x@harbour.test>"), [(7, 7, "tug")]),
    "history below": ("a.eml", mail("Seven tugs now.\n\n-----Original Message-----\nFrom: Otto Lind\nSent: Sunday\nTo: Lena\nSubject: tugs\n\nFive tugs left.", Subject="RE: tugs"), [(7, 7, "tug")]),
    "forwarded": ("a.eml", mail("See below.\n\n---------- Forwarded message ---------\nFrom: Otto Lind\nDate: Sunday\nTo: Lena\nSubject: tugs\n\nFive tugs left.", Subject="Fwd: tugs"), [(5, 5, "tug")]),
    "quoted line alone": ("a.txt", b"Letter\n\n> Two tugs left the port.\n\n>120 soldiers stayed.\n", [(2, 2, "tug"), (120, 120, "soldier")]),
    "signature": ("a.eml", mail("Seven tugs left.\n\n-- \nLena Brandt\nHarbour office, home of 12 cranes"), [(7, 7, "tug")]),
    "list footer": ("a.eml", mail("Seven tugs left.\n\n_______________________________________________\nPort mailing list, 300 soldiers and sailors\nhttps://lists.harbour.test/unsubscribe"), [(7, 7, "tug")]),
    "caption in a feed": ("a.rss", feed("<title>Tugs</title><description>Four tugs left the port.</description><media:description>Nine old trawlers and ten tugs in a picture of the port in winter.</media:description>", 'xmlns:media="http://search.yahoo.com/mrss/"'), [(4, 4, "tug")]),
    "undeclared prefix": ("a.rss", feed("<title>Tugs</title><description>Short.</description><content:encoded><![CDATA[<p>Four tugs left the port in the early morning.</p>]]></content:encoded>"), [(4, 4, "tug")]),
    "json feed": ("feed.json", b'{"version": "https://jsonfeed.org/version/1.1", "title": "Harbour Post", "items": [{"id": "1", "title": "Tugs", "content_html": "<p>Four<sup>1</sup> tugs left the port.</p>", "date_published": "2025-03-03T08:00:00Z"}]}', [(4, 4, "tug")]),
    "short Western text": ("a.txt", "Letter\n\nCapitán Íñigo Peña’s nine trawlers – all of them – came in.\n".encode("cp1252"), [(9, 9, "trawler")]),
    "ligature and soft hyphen": ("a.txt", "Letter\n\nNine ﬂoating cranes and six hel\u00adicop\u00adters arrived.\n".encode(), [(9, 9, "floating crane"), (6, 6, "helicopter")]),
    "designations": ("a.txt", "Letter\n\nThe wing lost 2×Su–25 and 3xMiG-29.\n".encode(), [(2, 2, "Su-25"), (3, 3, "MiG-29")]),
    "full width": ("a.txt", "Letter\n\nThe wing has １４ helicopters.\n".encode(), [(14, 14, "helicopter")]),
    "loss list": ("a.txt", b"Letter\n\n6x T-80, 2x Su-34 and 1x Mi-8 destroyed.\n", [(6, 6, "T-80"), (2, 2, "Su-34"), (1, 1, "Mi-8")]),
    "unit number": ("a.txt", b"Letter\n\nThe 3-7 Cavalry crossed the river with ten tanks.\n", [(10, 10, "tank")]),
    "calibre": ("a.txt", b"Letter\n\nThe battery has six 155 mm howitzers.\n", [(6, 6, "howitzer")]),
}  # fmt: skip

QUOTES = {
    "dash": ("“The mole will stand for now.” -Col. Otto Lind", "Otto Lind"),
    "brackets": ("“The mole will stand for another winter.” (Lena Brandt, harbour master)", "Lena Brandt"),
    "tilde": ("“The mole will stand for now.” ~ Otto Lind", "Otto Lind"),
    "per": ("“The mole will stand for another winter,” per Col. Otto Lind.", "Otto Lind"),
}


def found(nlp: Language, name: str, data: bytes) -> tuple[Source, Extraction]:
    source = next(each for each in read_parts(data, name) if isinstance(each, Source))
    return source, next(iter(extract(nlp, [source], "f")))


@pytest.mark.parametrize("name", CASES)
def test_numbers(nlp: Language, name: str) -> None:
    file, data, expected = CASES[name]
    source, facts = found(nlp, file, data)
    assert [(count.low, count.high, str(count.item)) for count in facts.counts] == expected, source.text
    for span in (*facts.counts, *facts.mentions):
        written = span.evidence if hasattr(span, "evidence") else span.text
        assert source.text[span.start : span.end] == written


@pytest.mark.parametrize("name", QUOTES)
def test_who_signs_a_quotation(nlp: Language, name: str) -> None:
    text, speaker = QUOTES[name]
    source, facts = found(nlp, "a.txt", f"Letter\n\n{text}\n".encode())
    assert [str(quote.speaker) for quote in facts.quotes] == [speaker], source.text


def test_other_languages_get_no_english_facts(nlp: Language) -> None:
    text = (
        "Le ministère a déclaré vendredi que deux bombardiers B-52H et 3 F-16 avaient survolé la ville le 11.07.2025."
    )
    source, facts = found(
        nlp,
        "a.txt",
        f"Communiqué\n\n{text}\n«\u00a0Nous tiendrons la ligne\u00a0», a dit le général Paul Renner.\n".encode(),
    )
    assert source.language == "fr"
    assert [(count.low, str(count.item)) for count in facts.counts] == [(3, "F-16")]
    assert not facts.quotes
    assert not facts.participants
    assert {str(mention.text) for mention in facts.mentions} == {"B-52H", "F-16", "11.07.2025"}
    assert [warning.kind for warning in facts.warnings] == ["language"]


def test_a_message_with_attachment() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "Lena Brandt <lena@harbour.test>", "Letter"
    message.set_content("Eight tugs left.")
    message.add_attachment(b"x", maintype="application", subtype="x-drawing", filename="plan.dwg")
    made = [str(each) for each in read_parts(bytes(message), "a.eml") if not isinstance(each, Source)]
    assert made == ["a.eml » plan.dwg: is of a kind that is not read (.dwg)"]
