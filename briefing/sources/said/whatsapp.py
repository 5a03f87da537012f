"""Chats as WhatsApp saves them: a text file with the time and the name before every message."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from briefing.sources.document import Document, Reader, Refused
from briefing.sources.said.chat import Message, conversation

_INVISIBLE: Final = re.compile("[\u200e\u200f\u202a-\u202e\ufeff\ufffd]")
_START: Final = re.compile(
    r"^\[?(?P<a>\d{1,4})(?:[./-][ \u00a0]?|년 )(?P<b>\d{1,2})(?:[./-][ \u00a0]?|월 )(?P<c>\d{2,4})(?:일|\.)?[,،]?"
    r"[ \u00a0\u202f](?:(?:at|à|klo) )?(?P<before>上午|下午|凌晨|清晨|早上|中午|晚上|오전|오후|午前|午後)?[ \u00a0]?"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.]\d\d)?"
    r"(?:[ \u00a0\u202f]?(?:(?P<half>[aApP])\.?[ \u00a0]?[mM]\.?|(?P<arabic>[صم])))?"
    r"(?:\][ \u00a0]?|[ \u00a0]-[ \u00a0]|(?(before),[ ]|(?!)))",
    re.MULTILINE,
)
_AFTERNOON: Final = frozenset({"下午", "中午", "晚上", "오후", "午後", "م"})
_NAME: Final = re.compile(r"([^:\n]{1,60}): ?")
_MEDIA: Final = re.compile(
    r"<(?:media omitted|[^<>\n]{1,40}: [^<>\s]*\.\w{2,5}|[^<>\n]{1,60}omitted)>"
    r"|(?:image|video|audio|document|sticker|GIF|contact card) omitted"
    r"|[^\s]+\.(?:jpg|jpeg|png|mp4|opus|pdf|webp|vcf) \([^()\n]{3,40}\)",
    re.IGNORECASE,
)
_ONLY_MEDIA: Final = re.compile(
    r"<[^<>\n]{0,40}(?:medi[aeouy]|médi|mídia|multim|медиа|medya|メディア|미디어|媒体|媒體|多媒体|وسائط|मीडिया|מדיה|πολυμέσ)"
    r"[^<>\n]{0,40}>"
    r"|(?:bild|video|audio|dokument|sticker|gif|kontaktkarte)\s+weggelassen|(?:image|vidéo|audio|document|gif)\s+absente?"
    r"|(?:imagen|foto|vídeo|video|audio|documento|sticker|gif)\s+omiti?d[oa]"
    r"|(?:immagine|video|audio|documento|sticker)\s+omess[oa]|(?:imagem|vídeo|áudio|documento|figurinha)\s+ocult[oa]"
    r"|(?:afbeelding|video|audio|document|sticker)\s+weggelaten"
    r"|(?:изображение|видео|аудио|документ|стикер)\s+(?:пропущен[оа]?|опущен[оа]?)",
    re.IGNORECASE,
)
"""A whole message that only stands for a picture or a recording."""
_BRACKETED: Final = re.compile(r"<[^<>\n]{3,60}>")
"""The same on phones of other languages, which say it in the same words each time."""
_PROGRAMS: Final = re.compile(
    r"(?:end-to-end|ende-zu-ende|bout en bout|extremo a extremo|ponta a ponta|einde-tot-einde|сквозн).{0,40}"
    r"(?:encrypt|verschlüssel|chiffr|cifrad|criptogra|crittogra|versleutel|шифр)"
    r"|(?:encrypt|verschlüssel|chiffr|cifrad|criptogra|crittogra|versleutel|шифр).{0,40}"
    r"(?:end-to-end|ende-zu-ende|bout en bout|extremo a extremo|ponta a ponta|einde-tot-einde|сквозн)",
    re.IGNORECASE,
)
"""What the program itself says, on some phones under the name of whoever began the chat."""
_OPENS: Final = re.compile(
    r"(?:messages (?:and calls|you send|to this)|nachrichten (?:und anrufe|an diese|in diesem|sind ende)"
    r"|les messages (?:et|que|envoyés|sont)|los mensajes (?:y|en|que|están)|as mensagens (?:e|que|desta|são)"
    r"|i messaggi (?:e|che|inviati|sono)|berichten (?:en|die|naar|zijn)|сообщения (?:и|в|,))",
    re.IGNORECASE,
)
"""How it begins, for files that have lost the mark of what nobody typed."""
_FIRST: Final = 3
"""Messages among which it says so."""
_NOT_TYPED: Final = re.compile(": [\u200e\ufffd]")
"""What iPhones put before what nobody typed: that a picture was left out, that a message was deleted."""
_FEW: Final = 40
_SENTENCE: Final = re.compile(r"[.!?…。！？,:\n\d]")
_MARK: Final = "\ufdd0"
"""No character: it stands for that while invisible ones are left out."""
_GONE: Final = frozenset({
    "this message was deleted", "you deleted this message", "null", "diese nachricht wurde gelöscht",
    "du hast diese nachricht gelöscht", "ce message a été supprimé", "vous avez supprimé ce message",
    "este mensaje fue eliminado", "se eliminó este mensaje", "eliminaste este mensaje", "esta mensagem foi apagada",
    "mensagem apagada", "você apagou esta mensagem", "questo messaggio è stato eliminato",
    "hai eliminato questo messaggio", "dit bericht is verwijderd", "je hebt dit bericht verwijderd",
    "это сообщение удалено", "данное сообщение удалено", "вы удалили данное сообщение", "bu mesaj silindi",
    "ta wiadomość została usunięta", "este mesaj a fost șters", "このメッセージは削除されました", "此消息已被删除",
    "삭제된 메시지입니다",
})  # fmt: skip
_EDITED: Final = re.compile(
    r"\s*<[^<>\n]{0,30}(?:edited|bearbeitet|modifié|editad[oa]|modificato|изменено)[^<>\n]{0,10}>$", re.IGNORECASE
)


_Found = tuple[re.Match[str], str, str]


def read(text: str) -> Document:
    """The messages; what the program itself says, and media, are left out. Raises :class:`Refused` for no messages."""
    found = _without_repeated(list(_messages(text)))
    media = sum(_is_media(body) for _, _, body in found)
    days = [match for match, _, _ in found]
    month_first = _month_first(days)
    messages = (
        Message(_when(match, month_first), who, clean)
        for match, who, body in found
        if who and (clean := _clean(body)) and clean.casefold().rstrip(".。 ") not in _GONE
    )
    lost = (f"Pictures, recordings and files of the chat are not read: {media}.",) if media else ()
    people = list(dict.fromkeys(who for _, who, _ in found if who))
    named = ", ".join(people[:4]) + (f" and {len(people) - 4} more" if len(people) > 4 else "")
    return conversation(messages, f"Chat of {named}" if named else None, lost)


def _messages(text: str) -> "Iterator[_Found]":
    """The beginning of each message, who wrote it, and its text."""
    text = _INVISIBLE.sub("", _NOT_TYPED.sub(": " + _MARK, text))
    starts = list(_START.finditer(text))
    if not starts:
        raise Refused("holds no messages")
    for number, match in enumerate(starts):
        stop = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        body = text[match.end() : stop].strip("\n")
        named = _NAME.match(body)
        said = body[named.end() :] if named else body
        typed = named is not None and not (said.startswith(_MARK) or _OPENS.match(said))
        if number < _FIRST and not typed and _PROGRAMS.search(said):
            continue
        yield match, named[1].strip() if named else "", said


def _without_repeated(found: "list[_Found]") -> "list[_Found]":
    """The messages, with those in angle brackets marked as typed by nobody that come more than once."""
    times = Counter(body for _, _, body in found if _BRACKETED.fullmatch(body.strip()))
    return [(match, who, _MARK + body if times[body] > 1 else body) for match, who, body in found]


def _is_media(body: str) -> bool:
    return _is_notice(body) or _MEDIA.search(body) is not None


def _is_notice(body: str) -> bool:
    """Whether the whole message only stands for something: in known words, or in few that nobody typed, no sentence."""
    said = body.removeprefix(_MARK).strip()
    few = len(said) <= _FEW and not _SENTENCE.search(said)
    return (body.startswith(_MARK) and (few or _BRACKETED.fullmatch(said) is not None)) or _ONLY_MEDIA.fullmatch(
        said
    ) is not None


def _clean(body: str) -> str:
    """What somebody wrote; empty where it stands for a picture, or the program speaks."""
    return "" if _is_notice(body) else _EDITED.sub("", _MEDIA.sub("", body.removeprefix(_MARK))).strip()


def _month_first(days: "list[re.Match[str]]") -> bool:
    """Whether the month stands before the day, by the first number above twelve; where there is none, by the clock.

    Phones that show twelve hours with slashes between are mostly American ones.
    """
    for match in days:
        if int(match["a"]) > 12:
            return False
        if int(match["b"]) > 12:
            return True
    return bool(days) and days[0]["half"] is not None and "/" in days[0][0] and len(days[0]["c"]) == 2


def _when(match: "re.Match[str]", month_first: bool) -> datetime | None:
    first, second, third = int(match["a"]), int(match["b"]), int(match["c"])
    if len(match["a"]) == 4:
        year, month, day = first, second, third
    else:
        month, day = (first, second) if month_first else (second, first)
        year = third if third > 99 else 2000 + third
    hour = int(match["hour"])
    if said := match["half"] or match["before"] or match["arabic"]:
        hour = hour % 12 + (12 if said in "pP" or said in _AFTERNOON else 0)
    try:
        return datetime(year, month, day, hour, int(match["minute"]))
    except ValueError:
        return None


def looks_like(data: bytes) -> bool:
    """Recognise it by two lines with a time and a name, the first at its beginning."""
    text = _INVISIBLE.sub("", bytes(data[:8192]).decode("utf-8", "ignore"))
    found = list(_START.finditer(text))
    named = sum(_NAME.match(text, match.end()) is not None for match in found)
    return bool(found) and found[0].start() == 0 and named > 1


READER = Reader("chat", (), looks_like, read, certain=True)
