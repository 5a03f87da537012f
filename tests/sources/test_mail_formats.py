"""Outlook's messages and envelopes, signed and encrypted mail, bodies that are packed in odd ways."""

# ruff: noqa: E501 - inputs that are tables or lines of their own
import random
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from briefing.model.source import PassedOver, Source, Unreadable
from briefing.sources import read_parts
from tests.sources.made_mail import carrying, compound, outlook, signed, winmail

INNER = b"Content-Type: text/plain; charset=utf-8\n\nEight tugs left the port.\n"
SENT = datetime(2025, 3, 3, 7, 15, tzinfo=UTC)
SENT_THERE = int((SENT - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000


def found(data: bytes, name: str = "a.eml") -> dict[str, str]:
    """Each source's text without its subject, or the reason why there is none, by what is behind the file's name."""
    return {
        str(one.path).removeprefix(name).removeprefix(" » "): "! " + one.reason
        if isinstance(one, Unreadable)
        else one.text.split("\n\n", 1)[-1]
        for one in read_parts(data, name)
    }


def message(**headers: str) -> Source:
    """A message with these headers; ``body`` is its text."""
    body = headers.pop("body", "Words.")
    lines = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in headers.items())
    source = next(iter(read_parts(f"From: Lena <lena@harbour.test>\n{lines}\n{body}\n".encode(), "a.eml")))
    assert isinstance(source, Source)
    return source


def test_a_message_of_outlook() -> None:
    inner = outlook({0x0037: "Inner", 0x1000: "Five tugs stayed."}, inner=True)
    tree = outlook(
        {0x0037: "Letter", 0x1000: "Eight tugs left.\r\n", 0x0C1A: "Lena Brandt", 0x5D01: "lena@harbour.test",
         0x1035: "<m2@harbour.test>", 0x1042: "<m1@harbour.test>"},
        [("list of tugs.txt", b"Three trawlers came. " * 300), ("Inner", inner), ("plan.dwg", b"x")],
        sent=SENT_THERE,
    )  # fmt: skip
    data = compound(tree)
    every = list(read_parts(data, "a.msg"))
    first = every[0]
    assert isinstance(first, Source)
    assert (first.title, first.author, first.publisher) == ("Letter", "Lena Brandt", "harbour.test")
    assert first.published == SENT
    assert (first.message_id, first.replies_to) == ("m2@harbour.test", ("m1@harbour.test",))
    assert first.format == "mail"
    texts = found(data, "a.msg")
    assert texts[""] == "Eight tugs left."
    assert texts["list of tugs.txt"].startswith("Three trawlers came.")
    assert texts["Inner.msg"] == "Five tugs stayed."
    assert isinstance(every[-1], PassedOver)
    assert found(data, "unnamed")[""] == "Eight tugs left."


def test_a_message_of_outlook_in_rich_text() -> None:
    rich = b"{\\rtf1\\ansi Eight tugs \\b left\\b0 .\\par}"
    stored = len(rich).to_bytes(4, "little") * 2 + b"MELA" + bytes(4) + rich
    data = compound(outlook({0x0037: "Letter"}, binary={0x1009: stored}))
    assert "Eight tugs left." in found(data, "a.msg")[""]


def test_damaged_messages_of_outlook_are_named_as_such() -> None:
    data = compound(outlook({0x0037: "Letter", 0x1000: "Eight tugs left."}))
    assert "Outlook message" in found(data[:600], "a.msg")[""]
    chance = random.Random(5)
    for _ in range(60):
        broken = bytearray(data)
        for _ in range(chance.randint(1, 40)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        assert all(isinstance(one, str) for one in found(bytes(broken), "a.msg").values())


def test_outlooks_envelope_is_opened() -> None:
    data = carrying(
        winmail(b"Eight tugs left.", [("list of tugs.txt", b"Three trawlers.")]), "application/ms-tnef", "winmail.dat"
    )
    assert found(data) == {"": "Eight tugs left.", "list of tugs.txt": "Three trawlers."}
    bare = carrying(
        winmail(b"", [("x", b"Three trawlers.")], long_names=False), "application/ms-tnef", "winmail.dat", "See it."
    )
    assert found(bare) == {"": "See it.", "SHORT~1.TXT": "Three trawlers."}


def test_damaged_envelopes_are_named() -> None:
    whole = winmail(b"Eight tugs left.", [("list.txt", b"Three trawlers.")])
    assert "winmail.dat" in found(carrying(whole[:5], "application/ms-tnef", "winmail.dat", "See it."))["winmail.dat"]
    chance = random.Random(7)
    for _ in range(200):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        assert found(carrying(bytes(broken), "application/ms-tnef", "winmail.dat", "See it."))[""]


@pytest.mark.parametrize("open_ended", [False, True])
def test_signed_mail_is_opened(open_ended: bool) -> None:
    data = carrying(signed(INNER, open_ended=open_ended), "application/pkcs7-mime; smime-type=signed-data", "smime.p7m")
    assert found(data) == {"": "Eight tugs left the port."}


def test_encrypted_mail_is_named() -> None:
    data = carrying(signed(INNER, kind="2a864886f70d010703"), "application/pkcs7-mime", "smime.p7m")
    assert "encrypted" in found(data)["smime.p7m"]
    assert "encrypted" in found(b"From: a@b.test\nSubject: x\n\n-----BEGIN PGP MESSAGE-----\nabc\n")[""]
    cut = carrying(signed(INNER)[:40], "application/pkcs7-mime", "smime.p7m")
    assert "damaged" in found(cut)["smime.p7m"]


def test_hostile_signatures_end() -> None:
    chance = random.Random(3)
    whole = signed(INNER, open_ended=True)
    for _ in range(300):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        found(carrying(bytes(broken), "application/pkcs7-mime", "smime.p7m"))
    assert "damaged" in found(carrying(b"\x30\x80" * 5000, "application/pkcs7-mime", "smime.p7m"))["smime.p7m"]


def test_text_signed_in_the_open() -> None:
    body = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nEight tugs left.\n- -- one dash\n-----BEGIN PGP SIGNATURE-----\n\niQE\n-----END PGP SIGNATURE-----"
    assert message(Subject="Letter", body=body).text == "Letter\n\nEight tugs left.\n-- one dash"


@pytest.mark.parametrize(
    ("stated", "when"),
    [
        ("Mon, 3 Mar 2025 08:15:00 +0100", datetime(2025, 3, 3, 8, 15, tzinfo=timezone(timedelta(hours=1)))),
        ("Mon, 3 Mar 2025 08:15:00 UTC+0100", datetime(2025, 3, 3, 8, 15, tzinfo=timezone(timedelta(hours=1)))),
        ("Mon, 3 Mar 2025 08:15:00 KST", datetime(2025, 3, 3, 8, 15, tzinfo=timezone(timedelta(hours=9)))),
        ("3 Mar 2025 08:15:00 PM +0100", datetime(2025, 3, 3, 20, 15, tzinfo=timezone(timedelta(hours=1)))),
        ("2025-03-03T08:15:00+01:00", datetime(2025, 3, 3, 8, 15, tzinfo=timezone(timedelta(hours=1)))),
        ("Mon, 3 Mar 2025 08:15:00 -0000", datetime(2025, 3, 3, 8, 15, tzinfo=UTC)),
        ("Mon, 3 Mar 2025 08:15:00 +0100 (CET)", datetime(2025, 3, 3, 8, 15, tzinfo=timezone(timedelta(hours=1)))),
        ("Mon, 3 Mar 2025 08:15:00", date(2025, 3, 3)),
        ("Mon Mar  3 08:15:00 2025", date(2025, 3, 3)),
        ("Monday, March 3, 2025 8:15 AM", date(2025, 3, 3)),
        ("yesterday", None),
    ],
)  # fmt: skip
def test_dates(stated: str, when: datetime | date | None) -> None:
    source = message(Subject="Letter", Date=stated)
    assert source.published == when
    assert source.published_from == ("mail header" if when else None)


def test_threads() -> None:
    source = message(Message_ID="<c@x.test>", References="<a@x.test>\n <b@x.test>", In_Reply_To="<b@x.test>")
    assert (source.message_id, source.replies_to) == ("c@x.test", ("a@x.test", "b@x.test"))


ASIDES = {
    "reply": ("New words.\n\nOn Sun, 2 Mar 2025 at 09:00, Otto Lind <otto@x.test>\nwrote:\n\n> Old words.\n>\n> More.", ["quoted"], "New words."),
    "between": ("> Old words?\n\nNew words.\n\n> More?\n\nYes.", ["quoted", "quoted"], "New words.\n\n\n\nYes."),
    "below": ("New words.\n\n________________________________\nFrom: Otto\nSent: Sunday\nTo: Lena\nSubject: x\n\nOld words.", ["quoted"], "New words."),
    "signature": ("New words.\n\n-- \nLena\nHarbour office", ["signature"], "New words."),
    "telephone": ("New words.\n\nSent from my iPhone", ["signature"], "New words."),
    "list": ("New words.\n\n--\nYou received this message because you are subscribed to the group.\nTo unsubscribe, write.", ["footer"], ""),
    "office": ("New words.\n\nThis e-mail and any files are confidential and intended solely for the addressee.", ["footer"], "New words."),
    "nothing": ("New words.\n\n- a list\n- of things\n\nFrom the mole: all well.", [], ""),
    "only quoted": ("> Old words.\n> More.", [], ""),
}  # fmt: skip


@pytest.mark.parametrize("name", ASIDES)
def test_what_the_sender_did_not_write(name: str) -> None:
    body, kinds, left = ASIDES[name]
    source = message(Subject="Re: Letter", In_Reply_To="<a@x.test>", body=body)
    assert [aside.kind for aside in source.asides if aside.kind != "signature" or "signature" in kinds] == kinds
    if left:
        text = str(source.text)
        for aside in reversed(source.asides):
            text = text[: aside.start] + text[aside.end :]
        assert text.removeprefix("Re: Letter").strip() == left


def test_quotations_of_pages_are_known() -> None:
    page = '<div>New words.</div><div class="gmail_quote">On Sunday Otto wrote:<blockquote type="cite"><p>Old words.</p></blockquote></div>'
    source = message(Subject="Re: Letter", Content_Type="text/html", body=page)
    assert [source.text[aside.start : aside.end] for aside in source.asides] == [
        "> On Sunday Otto wrote:\n\n> Old words."
    ]


def test_a_message_that_forwards_is_what_it_forwards() -> None:
    body = "For you.\n\nBegin forwarded message:\n\nFrom: Otto\nDate: Sunday\nTo: Lena\nSubject: x\n\nOld words."
    assert message(Subject="Fwd: x", body=body).asides == ()


INTRODUCED = [
    "пн, 3 мар. 2025 г. в 10:12, Отто <otto@x.test>:",
    "2025年3月3日(月) 10:12 Otto Lind <otto@x.test>:",
    "W dniu 3.03.2025 o 10:12, Otto Lind pisze:",
    "Op ma 3 mrt 2025 om 10:12 schreef Otto Lind <otto@x.test>:",
    "Em seg., 3 de mar. de 2025 às 10:12, Otto <otto@x.test> escreveu:",
    "Otto Lind <otto@x.test> 于2025年3月3日周一 10:12写道：",
    "3.3.2025 10:12, Otto Lind kirjoitti:",
]


@pytest.mark.parametrize(
    ("introduced", "quoted"),
    [
        *((words, "> Old words.") for words in INTRODUCED),
        *((words, "Old words in full.") for words in INTRODUCED if "@" in words),
    ],
)
def test_earlier_mail_is_known_in_any_language(introduced: str, quoted: str) -> None:
    source = message(Subject="Letter", body=f"New words.\n\n{introduced}\n{quoted}")
    assert [aside.kind for aside in source.asides] == ["quoted"]
    assert source.text[source.asides[0].start :].startswith(introduced[:4])


@pytest.mark.parametrize(
    "header",
    ["Da: Otto\nInviato: lunedì\nA: Lena\nOggetto: x", "Van: Otto\nVerzonden: maandag\nAan: Lena\nOnderwerp: x",
     "差出人: Otto\n送信日時: 3月3日\n宛先: Lena\n件名: x", "发件人：Otto\n发送时间：3月3日\n收件人：Lena\n主题：x",
     "Od: Otto\nWysłano: poniedziałek\nDo: Lena\nTemat: x"],
)  # fmt: skip
def test_headers_written_out_in_other_languages(header: str) -> None:
    source = message(Subject="Letter", body=f"New words.\n\n{header}\n\nOld words.")
    assert [source.text[aside.start : aside.end] for aside in source.asides] == [f"{header}\n\nOld words."]


def test_bytes_of_no_stated_encoding_are_kept() -> None:
    source = next(
        iter(
            read_parts("From: Zoë Łuk <z@x.test>\nSubject: Café\nDate: x\n\nIn Cádiz — “two” tugs.\n".encode(), "a.eml")
        )
    )
    assert isinstance(source, Source)
    assert (source.title, source.author) == ("Café", "Zoë Łuk")
    assert "In Cádiz — “two” tugs." in source.text
    for charset, encoding in (("x-sjis", "shift_jis"), ("x-unknown", "utf-8")):
        data = f'Message-ID: <1>\nContent-Type: text/plain; charset="{charset}"\n\n護衛艦三隻が出港した。\n'.encode(
            encoding
        )
        assert found(data)[""] == "護衛艦三隻が出港した。"


def test_blanks_behind_the_sign_that_a_line_goes_on() -> None:
    data = b"Message-ID: <1>\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    assert found(data + b"Eight tu=  \ngs left=20\nC=C3=A1diz=\t\r\n.\n")[""] == "Eight tugs left\nCádiz."


@pytest.mark.parametrize(
    "line",
    [
        "On 12 March 2024 at 10:30 the coast guard reported the following:",
        "On 12 March 2024 at 10:30 the coast guard said:",
        "As of 12.03.2024, 14:00:",
        "On Tuesday, 12 March 2024, the ministry wrote:",
    ],
)
def test_a_report_that_states_its_time_is_no_earlier_mail(line: str) -> None:
    head = b"From: a@b.org\nTo: c@d.org\nSubject: Morning summary\n\n"
    (source,) = read_parts(head + f"Colleagues,\n\n{line}\n\nThree tankers were seized.\n".encode(), "m.eml")
    assert isinstance(source, Source)
    assert source.asides == ()


@pytest.mark.parametrize(
    "line",
    [
        "On 3 May at 10:00 the ministry said:",
        "On 3 May 2024 at 10:00 the ministry said:",
        "On 3 May the coast guard wrote:",
        "On Friday the harbour office said:",
    ],
)
def test_a_report_within_an_answer_is_no_earlier_mail(line: str) -> None:
    head = b"From: a@b.org\nTo: c@d.org\nSubject: Re: Morning summary\nIn-Reply-To: <1@d.org>\n\n"
    (source,) = read_parts(head + f"Thanks.\n\n{line}\n\nThree tankers were seized.\n".encode(), "m.eml")
    assert isinstance(source, Source)
    assert source.asides == ()


@pytest.mark.parametrize(
    "line",
    [
        "On 3 May 2024 at 10:00, Ann Author <ann@b.org> wrote:",
        "On 3 May 2024, at 10:00, Ann Author wrote:",
        "Am 03.05.2024 um 10:00 schrieb Ann Author:",
        "Le 3 mai 2024 à 10:00, Ann Author <ann@b.org> a écrit :",
        "On Fri, May 3, 2024 at 10:00 AM Ann Author <ann@b.org> wrote:",
    ],
)
def test_earlier_mail_below_an_answer_is(line: str) -> None:
    head = b"From: a@b.org\nTo: c@d.org\nSubject: Re: Morning summary\nIn-Reply-To: <1@d.org>\n\n"
    (source,) = read_parts(head + f"Thanks.\n\n{line}\n\nThree tankers were seized.\n".encode(), "m.eml")
    assert isinstance(source, Source)
    assert [source.text[one.start : one.end].strip()[-7:] for one in source.asides] == ["seized."]
