"""The words that mail programs of many languages put around earlier mail and below a message."""

import re
from typing import Final

_FROM: Final = (
    "from", "von", "de", "от", "от кого", "da", "van", "od", "från", "fra", "kimden", "gönderen", "від", "lähettäjä",
    "feladó", "差出人", "发件人", "寄件者", "寄件人", "보낸 사람", "보낸사람", "من", "מאת", "από",
)  # fmt: skip
_OTHERS: Final = (
    "sent", "date", "to", "cc", "subject", "gesendet", "datum", "an", "betreff", "envoyé", "à", "objet", "enviado",
    "enviado el", "fecha", "para", "asunto", "отправлено", "дата", "кому", "тема", "inviato", "data", "a", "oggetto",
    "enviada em", "enviado em", "enviada", "assunto", "verzonden", "aan", "onderwerp", "wysłano", "wysłane", "do",
    "dw", "temat", "skickat", "till", "ämne", "kopia", "sendt", "til", "emne", "odesláno", "komu", "předmět",
    "gönderme tarihi", "gönderildi", "tarih", "kime", "konu", "надіслано", "lähetetty", "vastaanottaja", "aihe",
    "elküldve", "címzett", "tárgy", "送信日時", "送信日", "日時", "宛先", "件名", "发送时间", "发送日期", "日期",
    "收件人", "主题", "抄送", "寄件日期", "收件者", "主旨", "副本", "보낸 날짜", "날짜", "받는 사람", "받는사람",
    "참조", "제목",
)  # fmt: skip


def _one_of(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


FIRST_FIELDS: Final = frozenset(_FROM)
"""Names of the line that says who wrote, with which a header that is written out begins."""
FIELD: Final = re.compile(rf"[>\s*]*(?P<name>{_one_of((*_FROM, *_OTHERS))})\s*\*?\s*[:：]\s*\*?", re.IGNORECASE)
"""A line of a header that is written out."""
ORIGINAL: Final = re.compile(
    r"[-_\s*]*(?:original message|original appointment|ursprüngliche nachricht|originalnachricht|message d['’]origine"
    r"|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|reply message|wiadomość oryginalna"
    r"|oryginalna wiadomość|originalmeddelande|ursprungligt meddelande|oprindelig meddelelse|opprinnelig melding"
    r"|původní zpráva|alkuperäinen viesti|eredeti üzenet|özgün ileti|orijinal mesaj|исходное (?:сообщение|письмо)"
    r"|оригинальное сообщение|元のメッセージ|原始邮件|原始郵件|原始訊息|원본 메시지)[-_\s*]*:?",
    re.IGNORECASE,
)
FORWARDED: Final = re.compile(
    r"[-_\s*]*(?:forwarded message(?: from .{1,80})?|begin forwarded message|weitergeleitete nachricht"
    r"|anfang der weitergeleiteten nachricht|message transféré|mensaje reenviado|start of forwarded message"
    r"|messaggio inoltrato|mensagem encaminhada|doorgestuurd bericht|przekazana wiadomość|treść przekazanej wiadomości"
    r"|vidarebefordrat meddelande|пересылаемое сообщение|пересланное сообщение|転送メッセージ|转发的邮件|轉寄的郵件"
    r"|전달된 메시지)[-_\s*]*:?",
    re.IGNORECASE,
)
FORWARDS: Final = re.compile(
    r"\s*(?:\[[^\]]*\]\s*)?(?:fwd?|wg|tr|rv|vs|enc|i|转发|轉寄)\s*(?:\[\d+\])?\s*[:：]", re.IGNORECASE
)
"""The beginning of the subject of what is forwarded."""
ANSWERS: Final = re.compile(
    r"\s*(?:re|aw|sv|antw|rif|odp|ynt|res|ответ|回复|回覆|答复|답장)\s*(?:\[\d+\])?\s*[:：]", re.IGNORECASE
)
"""The same of what answers."""
DEVICE: Final = re.compile(
    r"(?:sent from (?:my|outlook|yahoo|mail|proton|samsung|a )|get outlook for|sent with proton|von meinem \S+ gesendet"
    r"|envoyé de(?:puis)? mon|enviado desde mi|enviado do meu|gesendet von|sent via|inviato da|verzonden vanaf"
    r"|wysłan[eo] z|skickat från min|отправлено (?:с|из) |iphoneから送信|发自我的|나의 iphone에서 보냄).{0,80}",
    re.IGNORECASE,
)
"""What a telephone adds."""
_WROTE: Final = re.compile(
    r"(?:on\b.{6,200}|.{3,120}\d{4}.{0,120}|.{2,80}[<(]\S+@\S+[>)].{0,40}|le\b.{6,200}|am\b.{6,200}|el\b.{6,200})"
    r"(?:wrote|writes|said|schrieb.{0,80}|a écrit|escribió|ha scritto|skrev.{0,80}|napisał\(?a?\)?|написал\(?а?\)?)\s*:"
    r"|[^\s:]{2,30}(?: [^\s:]{1,30}){0,3} (?:wrote|writes)\s*:",
    re.IGNORECASE,
)
_VERB: Final = re.compile(r"wrote|writes|said|schrieb|a écrit|escribió|ha scritto|skrev|napisał|написал", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"[<(\[](?:mailto:)?[^\s<>()]{1,80}@[^\s<>()]{1,120}[>)\]]")
_DAY: Final = re.compile(r"(?<!\d)(?:\d{4}(?!\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2}(?!\d))")
_TIME: Final = re.compile(r"(?<!\d)\d{1,2}[:.h]\d\d(?!\d)")
_LONGEST_LINE: Final = 400


def says_who_wrote(line: str) -> bool:
    """Whether a line introduces what somebody wrote: by its verb, or in any language by a day and a time."""
    return names_writer(line) or states_when(line)


def names_writer(line: str) -> bool:
    """Whether a line introduces what somebody wrote, by its verb, which is looked for before the slow pattern."""
    line = line.strip()
    fits = line.endswith((":", "：")) and len(line) <= _LONGEST_LINE
    return fits and bool(_VERB.search(line) and _WROTE.fullmatch(line))


def states_when(line: str, *, address: bool = False) -> bool:
    """Whether a line that ends in a colon names a day and a time, as mail programs do.

    Args:
        line: The line.
        address: Whether it must name an address too, which hardly any other line does.
    """
    ends = line.rstrip().endswith((":", "：")) and len(line) <= _LONGEST_LINE
    return ends and bool(_DAY.search(line) and _TIME.search(line)) and (not address or bool(_ADDRESS.search(line)))
