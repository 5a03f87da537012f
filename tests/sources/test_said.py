# ruff: noqa: E501 - documents are shown as they are
"""Subtitles and chats: who says what and when."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from briefing.model.passage import page_label
from briefing.model.source import Source, Unreadable
from briefing.sources import discover, read_bytes, read_parts

SRT = """1
00:00:01,000 --> 00:00:03,500
The harbour master counted

2
00:00:03,500 --> 00:00:06,000
<i>fourteen tugs</i> on Friday.

3
00:01:12,000 --> 00:01:14,000
{\\an8}- Who sent them?
- BEN BAKER: Nobody did.
"""


def at(source: Source, words: str) -> str | None:
    return page_label(source.text.index(words), source.pages, source.text)


def test_subtitles_are_sentences_with_times() -> None:
    source = read_bytes(SRT.encode(), "a.srt")
    assert source.text == (
        "The harbour master counted fourteen tugs on Friday.\n\nWho sent them?\n\nBEN BAKER: Nobody did."
    )
    assert (at(source, "counted"), at(source, "fourteen"), at(source, "Nobody")) == ("00:00:01", "00:00:03", "00:01:12")
    assert source.format == "subtitles"


def test_webvtt_speakers_and_lines_that_roll_up() -> None:
    text = """WEBVTT - a title

NOTE nothing to be shown

STYLE
::cue { color: red }

intro
00:01.000 --> 00:04.000 align:start
<v Ann Author>Two tugs <c.yellow>left</c>.

00:04.000 --> 00:06.000
<v Ben Baker>Three &amp; four stayed.

00:06.000 --> 00:07.000
<v Ben Baker>Three &amp; four stayed.
They <00:06.500><c>waited.</c>
"""
    source = read_bytes(text.encode(), "-")
    assert source.text == "Ann Author: Two tugs left.\n\nBen Baker: Three & four stayed. They waited."
    assert at(source, "They") == "00:00:06"


CHAT = """[12/07/2025, 09:30:15] Ann Author: \u200eTwo tugs left the harbour.
They carried nine men.
[12/07/2025, 09:31:02] Ben Baker: <Media omitted>
[13/07/2025, 18:00:00] Ben Baker: This message was deleted
[13/07/2025, 18:01:00] Ann Author: Time: noon. <This message was edited>
"""


@pytest.mark.parametrize("name", ["chat.txt", "-", "_chat.log"])
def test_a_chat_of_whatsapp(name: str) -> None:
    source = read_bytes(CHAT.encode(), name)
    assert source.text == (
        "Chat of Ann Author, Ben Baker\n\n12 July 2025\n\nAnn Author: Two tugs left the harbour.\nThey carried nine men."
        "\n\n13 July 2025\n\nAnn Author: Time: noon."
    )
    assert source.format == "chat"
    assert at(source, "nine men") == "2025-07-12 09:30"
    assert source.lost == ("Pictures, recordings and files of the chat are not read: 1.",)


def test_days_and_months_of_american_telephones() -> None:
    text = "7/12/25, 9:30\u202fPM - Messages are encrypted.\n7/12/25, 9:31\u202fPM - Ann: Two tugs.\n7/13/25, 9:31 AM - Ben: Three.\n"
    source = read_bytes(text.encode(), "chat.txt")
    assert at(source, "Two tugs") == "2025-07-12 21:31"


def test_a_chat_is_of_the_day_of_its_first_message() -> None:
    source = read_bytes(CHAT.encode(), "chat.txt")
    assert (source.published, source.published_from) == (date(2025, 7, 12), "first message")


@pytest.mark.parametrize(
    "stamp",
    [
        "11/07/2025 à 21:30 - ", "11.7.2025 klo 21.30 - ", "2025년 7월 11일 오후 9:30 - ", "[2025. 7. 11. 오후 9:30:12] ",
        "2025. 7. 11. 오후 9:30, ", "2025/7/11 下午9:30 - ", "[2025/7/11 下午9:30:12] ", "2025. 07. 11. 21:30 - ",
        "١١\u200f/٧\u200f/٢٠٢٥، ٩:٣٠ م - ", "11/7/25, 9:30 p.\u00a0m. - ", "2025-07-11, 9:30 p.m. - ",
    ],
)  # fmt: skip
def test_times_as_telephones_of_many_countries_write_them(stamp: str) -> None:
    later = stamp.replace("11", "13", 1).replace("١١", "١٣")
    text = f"{stamp}Ann: Two tugs.\nThey left.\n{later}Ben: Yes.\n"
    source = read_bytes(text.encode(), "a.txt")
    assert source.text.startswith("Chat of Ann, Ben\n\n11 July 2025\n\nAnn: Two tugs.\nThey left.\n\n13 July 2025")
    assert at(source, "They") == "2025-07-11 21:30"


def test_what_people_say_of_encryption_and_in_brackets_is_kept() -> None:
    text = (
        "12.07.25, 09:30 - Ann: \u200eMessages and calls are end-to-end encrypted. Only people in this chat can read them.\n"
        "12.07.25, 09:31 - Ann: Their radios are encrypted end-to-end now.\n"
        "12.07.25, 09:32 - Ben: <as seen from the pier>\n"
        "12.07.25, 09:33 - Ben: <Pominięto multimedia>\n"
        "12.07.25, 09:34 - Ann: <xqo wvu>\n"
        "12.07.25, 09:35 - Ben: <xqo wvu>\n"
    )
    source = read_bytes(text.encode(), "chat.txt")
    assert source.text == (
        "Chat of Ann, Ben\n\n12 July 2025\n\nAnn: Their radios are encrypted end-to-end now.\n\nBen: <as seen from the pier>"
    )
    assert source.lost == ("Pictures, recordings and files of the chat are not read: 3.",)


@pytest.mark.parametrize(
    "said",
    [
        "Messages and calls are end-to-end encrypted. Tap to learn more.",
        "Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.",
        "Les messages et les appels sont chiffrés de bout en bout.",
        "Los mensajes y las llamadas están cifrados de extremo a extremo.",
    ],
)
def test_what_the_program_says_is_left_out(said: str) -> None:
    text = f"12.07.25, 09:30 - Ann: {said}\n12.07.25, 09:31 - Ann: Two tugs.\n12.07.25, 09:32 - Ben: Yes.\n"
    assert (
        read_bytes(text.encode(), "chat.txt").text == "Chat of Ann, Ben\n\n12 July 2025\n\nAnn: Two tugs.\n\nBen: Yes."
    )


def test_a_log_is_no_chat() -> None:
    assert read_bytes(b"2025-07-12 09:30:15 - started\n2025-07-12 09:31:15 - ended\n", "a.txt").format == "text"


def telegram(kind: str, *messages: dict[str, object]) -> bytes:
    return json.dumps({"name": "Harbour", "type": kind, "id": 7, "messages": list(messages)}).encode()


POST = {
    "id": 1, "type": "message", "date": "2025-07-12T11:30:00", "date_unixtime": "1752312600", "from": "Ann",
    "text": ["Two ", {"type": "bold", "text": "tugs"}, {"type": "strikethrough", "text": " and a crane"}, " left."],
}  # fmt: skip


def test_posts_of_a_channel_are_sources() -> None:
    data = telegram(
        "public_channel",
        {"id": 0, "type": "service", "text": ""},
        POST,
        {**POST, "id": 2, "photo": "a.jpg", "text": "Three."},
    )
    first, second = (one for one in read_parts(data, "result.json") if isinstance(one, Source))
    assert (first.text, first.publisher, first.path) == ("Two tugs left.", "Harbour", "result.json » message 1")
    assert first.published == datetime(2025, 7, 12, 9, 30, tzinfo=UTC)
    assert second.lost == ("Pictures, recordings and files of the chat are not read: 1.",)


def test_other_chats_are_conversations() -> None:
    source = read_bytes(telegram("personal_chat", POST, {**POST, "from": "Ben", "text": "Why?"}), "result.json")
    assert source.text == "Chat with Harbour\n\n12 July 2025\n\nAnn: Two tugs left.\n\nBen: Why?"
    assert at(source, "Why") == "2025-07-12 11:30"


def test_what_was_passed_on_keeps_its_origin() -> None:
    passed = {**POST, "forwarded_from": "Bridge Post"}
    post = read_bytes(telegram("public_channel", passed), "result.json")
    assert (post.text, post.title) == ("Forwarded from Bridge Post\nTwo tugs left.", "Two tugs left.")
    chat = read_bytes(telegram("personal_chat", POST, passed), "result.json")
    assert chat.text.endswith("Ann: Two tugs left.\n\nAnn: Forwarded from Bridge Post\nTwo tugs left.")


@pytest.mark.parametrize(
    "data",
    [b'{"type": "x", "messages": 3}', b'{"type": 1, "messages":' + b"[" * 100_000, telegram("private_group")],
    ids=["number", "deep", "empty"],
)
def test_damaged_chats(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_bytes(data, "result.json")


def test_exports_are_found_in_folders_by_their_content(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_bytes(telegram("personal_chat", POST))
    (tmp_path / "package.json").write_text('{"name": "x", "type": "module"}')
    (tmp_path / "feed.xml").write_text(
        '<?xml version="1.0"?><rss><channel><item><title>a</title></item></channel></rss>'
    )
    (tmp_path / "other.xml").write_text("<plist/>")
    passed: list[str] = []
    found = list(discover([tmp_path], lambda root, path: passed.append(path.name)))
    assert [path.name for path in found] == ["feed.xml", "result.json"]
    assert passed == ["other.xml", "package.json"]


def test_of_a_date_without_a_zone_the_day_is_kept() -> None:
    post = {key: value for key, value in POST.items() if key != "date_unixtime"}
    first = next(iter(read_parts(telegram("public_channel", post), "result.json")))
    assert isinstance(first, Source)
    assert (first.published, first.published_from) == (date(2025, 7, 12), "chat")


@pytest.mark.parametrize(
    ("notice", "media"),
    [
        (
            "[14.03.25, 21:05:33] Ann: \u200eNachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.",
            "[15.03.25, 08:00:00] Ben: \u200eBild weggelassen",
        ),
        (
            "[14.03.25, 21:05:33] Ann: Nachrichten sind Ende-zu-Ende-verschlüsselt.",
            "[15.03.25, 08:00:00] Ben: Bild weggelassen",
        ),
        (
            "14/3/25, 9:05 p. m. - Los mensajes están cifrados de extremo a extremo.",
            "15/3/25, 8:00 a. m. - Ben: <Multimedia omitido>",
        ),
        ("14/03/2025 21:05 - Les messages sont chiffrés de bout en bout.", "15/03/2025 08:00 - Ben: <Médias omis>"),
    ],
)
def test_what_nobody_wrote_in_other_languages(notice: str, media: str) -> None:
    start = media.partition("Ben: ")[0]
    source = read_bytes(
        f"{notice}\n{start}Ann: Two tugs.\n{media}\n{start}Ben: All end-to-end, they say.\n".encode(), "a.txt"
    )
    assert source.text == "Chat of Ann, Ben\n\n15 March 2025\n\nAnn: Two tugs.\n\nBen: All end-to-end, they say."
    assert source.lost == ("Pictures, recordings and files of the chat are not read: 1.",)


def test_what_an_iphone_says_in_a_language_that_is_not_listed() -> None:
    lines = [
        "[2025/03/14 21:05:33] Ann: Two tugs.",
        "[2025/03/14 21:06:33] Ben: \u200e画像が省略されました",
        "[2025/03/14 21:07:00] Ben: All.",
    ]
    source = read_bytes("\n".join(lines).encode(), "a.txt")
    assert source.text == "Chat of Ann, Ben\n\n14 March 2025\n\nAnn: Two tugs.\n\nBen: All."


@pytest.mark.parametrize(
    "gone", ["Esta mensagem foi apagada", "Diese Nachricht wurde gelöscht.", "このメッセージは削除されました。"]
)
def test_messages_that_were_taken_back_are_none(gone: str) -> None:
    lines = [f"14/03/2025 21:0{n} - Ann: {said}" for n, said in enumerate(("Two tugs. <Editada>", gone, "All."))]
    assert read_bytes("\n".join(lines).encode(), "a.txt").text.endswith("Ann: Two tugs.\n\nAnn: All.")


def test_a_compound_goes_on_in_the_next_subtitle() -> None:
    made = "1\n00:00:01,000 --> 00:00:02,000\nThe yard sent twenty-\n\n2\n00:00:02,000 --> 00:00:03,000\nfive tugs - all\n\n3\n00:00:03,000 --> 00:00:04,000\nof them.\n"
    assert read_bytes(made.encode(), "a.srt").text == "The yard sent twenty-five tugs - all of them."


def telegram_page(*messages: str) -> bytes:
    """A page of Telegram's other export, with the classes that it has there."""
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Exported Data</title></head><body>'
        '<div class="page_wrap"><div class="page_header"><div class="content"><div class="text bold">\nHarbour\n</div>'
        '</div></div><div class="page_body chat_page"><div class="history"><div class="message service" id="message-1">'
        '<div class="body details">\n12 July 2025\n</div></div>'
        + "".join(messages)
        + "</div></div></div></body></html>"
    ).encode()


def said(key: int, who: str, text: str, inside: str = "") -> str:
    name = f'<div class="from_name">\n{who} \n</div>' if who else ""
    return (
        f'<div class="message default clearfix" id="message{key}"><div class="pull_left userpic_wrap"><div '
        f'class="initials">B</div></div><div class="body"><div class="pull_right date details" title="12.07.2025 '
        f'11:3{key}:00 UTC+02:00">11:3{key}</div>{name}{inside}<div class="text">\n{text}\n</div></div></div>'
    )


def test_a_page_of_a_channel_is_its_posts() -> None:
    media = '<div class="media_wrap clearfix"><div class="title bold">Photo</div></div>'
    data = telegram_page(said(1, "Harbour", "Two <s>nine</s> <b>tugs</b><br>left."), said(2, "", "Three.", media))
    first, second = (one for one in read_parts(data, "messages.html") if isinstance(one, Source))
    assert (first.text, first.publisher, first.path) == (
        "Two tugs\n\nleft.", "Harbour", "messages.html » message 1",
    )  # fmt: skip
    assert first.published == datetime(2025, 7, 12, 9, 31, tzinfo=UTC)
    assert (second.text, second.lost) == ("Three.", ("Pictures, recordings and files of the chat are not read: 1.",))


def test_a_page_of_another_chat_is_a_conversation() -> None:
    passed = (
        '<div class="forwarded body"><div class="from_name">Bridge Post <span class="date details" title="1">x</span>'
        '</div><div class="text">Nine guns.</div></div>'
    )
    data = telegram_page(said(1, "Ann", "Two tugs."), said(2, "", "And a crane."), said(3, "Ben", "", passed))
    source = read_bytes(data, "messages2.html")
    assert source.text == (
        "Chat with Harbour\n\n12 July 2025\n\nAnn: Two tugs.\n\nAnn: And a crane.\n\n"
        "Ben: Forwarded from Bridge Post\nNine guns."
    )
    assert at(source, "And") == "2025-07-12 11:32"


def test_a_chat_of_pictures_alone_says_so() -> None:
    pictures = telegram("personal_chat", {**POST, "text": "", "photo": "a.jpg"}, {**POST, "text": "", "file": "b.mp4"})
    with pytest.raises(Unreadable, match=r"no messages with text. Pictures, .*: 2"):
        read_bytes(pictures, "result.json")
