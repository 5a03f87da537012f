"""Mail: who, when and what; attachments and boxes; letters of every encoding; messages that are damaged."""

import time
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_office import docx, p, zipped

from briefing.model.safetext import SafeText
from briefing.model.source import Source, Unreadable
from briefing.sources import read_all, read_bytes, read_parts, reading, source_id

PLAIN = b"""\
From: =?utf-8?q?J=C3=B6rg_Example?= <press@navy.example>
To: desk@paper.example
Date: Sat, 12 Jul 2025 09:00:00 +0900
Subject: =?utf-8?b?UG9ydCBjYWxsIOKAkyB0d28gdHVncw==?=
Message-ID: <1@navy.example>
Content-Type: text/plain; charset=windows-1252

Two tugs left on Friday, and the harbour master said that \x93nobody\x94
had asked why.

Dear reader,
short.
"""


def _message(**headers: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Two tugs"
    message["From"] = "Ann Author <ann@paper.example>"
    message["Date"] = "Sat, 12 Jul 2025 09:00:00 -0000"
    message["Message-ID"] = "<1@paper.example>"
    for name, value in headers.items():
        message[name] = value
    return message


def _sources(data: bytes, name: str = "a.eml") -> list[Source]:
    return [found for found in read_parts(data, name) if isinstance(found, Source)]


def test_headers_are_metadata_and_the_subject_the_first_paragraph() -> None:
    source = read_bytes(PLAIN, "a.eml")
    assert source.text == (
        "Port call – two tugs\n\nTwo tugs left on Friday, and the harbour master said that “nobody” had asked why.\n\n"
        "Dear reader,\nshort."
    )
    assert (source.format, source.title, source.author) == ("mail", "Port call – two tugs", "Jörg Example")
    assert source.publisher == "navy.example"
    assert source.published == datetime(2025, 7, 12, 9, tzinfo=timezone(timedelta(hours=9)))
    assert source.id == source_id(PLAIN)


def test_a_message_is_known_by_its_headers() -> None:
    assert read_bytes(PLAIN, "-").format == "mail"
    assert read_bytes(b"Date: 12 July 2025\nSubject: A memo\n\nWords.", "-").format == "text"


def test_of_two_forms_of_a_body_one_is_read() -> None:
    message = _message()
    message.set_content("The tugs left on Friday.")
    message.add_alternative("<p>The tugs <b>left</b> on Friday.</p>", subtype="html")
    assert _sources(message.as_bytes())[0].text == "Two tugs\n\nThe tugs left on Friday."
    message = _message()
    message.set_content("See the page.")
    message.add_alternative("<p>" + "The tugs left on Friday. " * 9 + "</p><p>End.</p>", subtype="html")
    assert _sources(message.as_bytes())[0].text.endswith("on Friday.\n\nEnd.")


def test_attachments_are_sources_of_their_own() -> None:
    message = _message()
    message.set_content("See what is attached.")
    letter = docx(p("A letter in a file"))
    message.add_attachment(letter, "application", "octet-stream", filename="../lét\x1bter.docx")
    message.add_attachment(b"8BPS....", "image", "vnd.adobe.photoshop", filename="logo.psd")
    message.add_attachment(b"BEGIN:VCALENDAR\n", "text", "calendar", filename="day.ics")
    inner = _message()
    inner.replace_header("Subject", "Forwarded")
    inner.set_content("What was forwarded.")
    message.add_attachment(inner)
    message.add_attachment(
        zipped({"a.txt": "Text in an archive", "sub/b.txt": ""}), "application", "zip", filename="z.zip"
    )
    found = list(read_parts(message.as_bytes(), "a.eml"))
    sources = [one for one in found if isinstance(one, Source)]
    assert [str(one.path).replace("\ufffd", "?") for one in found] == [
        "a.eml", "a.eml » lét?ter.docx", "a.eml » Forwarded.eml", "a.eml » z.zip » a.txt", "a.eml » z.zip » sub/b.txt",
        "a.eml » 2 files",
    ]  # fmt: skip
    assert [one.text.split("\n\n")[-1] for one in sources] == [
        "See what is attached.", "A letter in a file", "What was forwarded.", "Text in an archive",
    ]  # fmt: skip
    assert sources[1].id == source_id(letter)


def test_a_box_holds_messages() -> None:
    box = b"From a@b.example Sat Jul 12 09:00:00 2025\n" + PLAIN + b"\n>From here it was quiet.\n\n"
    box += b"From c@d.example Sat Jul 12 10:00:00 2025\r\n" + _message().as_bytes() + b"Body of the second.\n"
    sources = _sources(box, "all.mbox")
    assert [str(source.path) for source in sources] == ["all.mbox » message 1", "all.mbox » message 2"]
    assert sources[0].text.endswith("\n\nFrom here it was quiet.")
    assert sources[1].published == datetime(2025, 7, 12, 9, tzinfo=UTC)
    assert len(_sources(box, "-")) == 2


def test_flowed_lines_go_on() -> None:
    head = b"Subject: S\nMessage-ID: <1@x.example>\nContent-Type: text/plain; format=flowed\n\n"
    assert read_bytes(head + b"One line that \ngoes on.\nAnother.\n", "a.eml").text.endswith(
        "One line that goes on.\nAnother."
    )


@pytest.mark.parametrize(
    ("stated", "author", "publisher"),
    [
        ("Jane Doe <jane@navy.example>", "Jane Doe", "navy.example"),
        ("Doe, Jane <jane@navy.example>", "Doe, Jane", "navy.example"),
        ('"Doe, Jane" <jane@navy.example>', "Doe, Jane", "navy.example"),
        ("Press [Navy] <press@navy.example>, X <x@y.example>", "Press [Navy]", "navy.example"),
        ("<press@navy.example>", "press@navy.example", "navy.example"),
        ("press@navy.example (Press Office)", "Press Office", "navy.example"),
        ("press@navy.example", "press@navy.example", "navy.example"),
        ("nobody", "nobody", None),
    ],
)
def test_who_sent_it(stated: str, author: str, publisher: str | None) -> None:
    source = read_bytes(f"From: {stated}\nSubject: S\nMessage-ID: <1@x.example>\n\nText\n".encode(), "a.eml")
    assert (source.author, source.publisher) == (author, publisher)


def test_hostile_headers_are_plain_characters() -> None:
    data = (
        b"From: \x1b]52;c;aGk=\x07 <a@b>\nSubject: =?utf-8?b?G1szMW1yZWQ=?= [@click=x]\nMessage-ID: <1>\n\nx\x1b[0m\n"
    )
    source = read_bytes(data, "a.eml")
    for shown in (source.title, source.text, source.author):
        assert shown == SafeText(shown or "")
    assert "red [@click=x]" in source.title


@pytest.mark.parametrize(
    "subject", ["=?x?q?a?=", "=?utf-8?b?!!!?=", "=?utf-7?q?+AGE-?=", "\xff\xfe", "=?utf-8?q??=", "a" * 9000]
)
def test_any_header_is_read(subject: str) -> None:
    assert _sources(b"Message-ID: <1>\nSubject: " + subject.encode("latin-1") + b"\nFrom: <<>,;:\nDate: 99\n\nBody.\n")


def test_what_is_no_message() -> None:
    with pytest.raises(Unreadable, match="no headers"):
        read_bytes(b"just words\n", "a.eml")
    with pytest.raises(Unreadable, match="no text"):
        read_bytes(b"Message-ID: <1>\n\n", "a.eml")


def test_messages_in_messages_end_somewhere() -> None:
    inner = b"Subject: 0\n\nBody.\n"
    for number in range(30):
        inner = b"Subject: %d\nContent-Type: message/rfc822\n\n" % number + inner
    assert any("packed into more than 3" in str(found) for found in read_parts(inner, "a.eml"))


@given(st.data())
def test_any_damage_is_a_source_or_a_reason(data: st.DataObject) -> None:
    message = _message()
    message.set_content("Wörds of the body.")
    message.add_alternative("<p>Words</p>", subtype="html")
    message.add_attachment(b"attached text", "text", "plain", filename="a.txt")
    whole = bytearray(message.as_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=8))
    for name in ("a.eml", "a.mbox", "a.mht"):
        assert list(read_parts(bytes(whole[: data.draw(st.integers(1, len(whole)))]), name))


@pytest.mark.parametrize("part", [b"Subject: %s", b"Content-Type: text/plain%s", b"From: %s", b"X: y\n\n%s"])
@pytest.mark.parametrize("repeated", [b"=?a?q?", b"; a=b", b'<(a,"', b"From 11:11 1111 ", b"word " * 12 + b"\n"])
def test_hostile_repetition_takes_no_time(part: bytes, repeated: bytes) -> None:
    started = time.process_time()
    assert list(read_parts(b"Message-ID: <1>\n" + part % (repeated * 20_000) + b"\n\nBody.\n", "a.eml"))
    assert time.process_time() - started < 4  # about 0.1 s; the margin is for a busy machine


def test_a_box_may_be_larger_than_a_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "all.mbox"
    path.write_bytes(b"".join(b"From a@b.example Sat Jul 12 09:00:00 2025\n" + PLAIN + b"\n" for _ in range(9)))
    monkeypatch.setattr(reading, "MAX_BYTES", 2000)
    assert path.stat().st_size > 2000
    assert reading.holds_several(path, str(path))
    assert len([one for one in read_all(path) if isinstance(one, Source)]) == 9
    note = tmp_path / "note.txt"
    note.write_bytes(b"words " * 1000)
    assert not reading.holds_several(note, str(note))
    assert ["larger than" in str(one) for one in read_all(note)] == [True]


def test_lines_that_look_like_an_introduction_without_end_take_no_time() -> None:
    lines = ["9" * 400 + " " + "9" * 400, "On " + "1999 " * 300 + "schrieb" * 20, "wrote " * 2000 + "x"]
    data = b"Subject: Re: Tugs\n\n" + b"\n".join(line.encode() for line in lines * 20)
    begun = time.process_time()
    assert read_bytes(data, "a.eml").text
    assert time.process_time() - begun < 4


def test_a_sentence_that_begins_with_from_parts_no_messages() -> None:
    box = (
        b"From a@b.example Sat Jul 12 09:00:00 2025\n"
        + PLAIN
        + b"\nFrom the mole came word of nine tugs.\nFrom: nobody knows.\n"
    )
    assert _sources(box, "a.mbox")[0].text.endswith("From the mole came word of nine tugs.\nFrom: nobody knows.")


def test_the_language_of_a_reply_is_that_of_its_own_words() -> None:
    quoted = "> O ministro disse que os navios voltaram ao porto na sexta-feira.\n> Nada mais se sabe sobre a viagem.\n"
    message = f"From: a@b.example\nSubject: News\nIn-Reply-To: <1>\n\nTwo tugs left.\n\n{quoted}".encode()
    assert _sources(message)[0].language == "en"
    assert _sources(message.replace(b"left.", b"left.\n\nEnviado do meu iPhone"))[0].language == "en"
    assert _sources(message.replace(b"Two tugs left.", b""))[0].language == "pt"


def test_a_month_of_a_mailing_list_is_a_box_whatever_its_name() -> None:
    one = (
        "From ann at example.org  Fri Jul 11 09:30:0{0} 2025\nFrom: ann at example.org (Ann Author)\n"
        "Date: Fri, 11 Jul 2025 09:30:0{0} +0200\nSubject: [boats] Lock\nMessage-ID: <{0}@example.org>\n\nTug {0}.\n\n"
    )
    sources = _sources((one.format(1) + one.format(2)).encode(), "2025-July.txt")
    assert [source.text for source in sources] == ["[boats] Lock\n\nTug 1.", "[boats] Lock\n\nTug 2."]
    assert sources[0].author == "Ann Author"
    alone = _sources(one.format(1).encode(), "note.txt")
    assert [source.format for source in alone] == ["text"]
