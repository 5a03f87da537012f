"""Subtitles (SRT, WebVTT): what is said, as paragraphs by speaker; cited by the time at which it is shown."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from briefing.sources.document import Document, Reader, Refused

_TIME: Final = r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})"
_CUE: Final = re.compile(rf"[ \t]*{_TIME}[ \t]+-{{2,3}}>[ \t]+{_TIME}[^\n]*")
_LOOKS: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:WEBVTT(?:[ \t\r\n]|$)|\s*\d{1,6}[ \t]*\r?\n[ \t]*\d{1,3}:\d\d:\d\d[.,]\d{1,3}[ \t]+-->[ \t])"
)
_VOICE: Final = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]{1,80})>")
_TAG: Final = re.compile(r"</?[a-zA-Z0-9:.][^<>\n]{0,200}>|\{\\[^{}\n]{0,100}\}")
_SPEAKER: Final = re.compile(
    r"([A-Z][A-Z.’' -]{1,40}|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,4})(?: \([^()]{1,40}\))?:\s+(?=\S)"
)
_ENDS: Final = re.compile(r"[.!?…][\"'”’»)\]]*$")
_BROKEN: Final = re.compile(r"[^\W\d_]-$")
"""A compound that goes on in the next subtitle."""
_LONG: Final = 600
"""Characters of a paragraph after which the next sentence begins another one."""
_PAUSE: Final = 4.0
_MOST_CUES: Final = 200_000


@dataclass(slots=True)
class _Cue:
    start: float
    end: float
    speaker: str
    text: str
    turn: bool = False
    """Whether somebody else begins to speak, whoever that is."""


def read(text: str) -> Document:
    """The words in the order of their times. Raises :class:`Refused` where there are no times."""
    cues = _joined_up(_cues(text))
    parts: list[str] = []
    pages: list[tuple[int, str]] = []
    length, open_, speaker, until = 0, "", "", 0.0
    for cue in cues:
        fresh = not open_ or cue.turn or cue.speaker != speaker or cue.start - until > _PAUSE
        fresh = fresh or (len(open_) > _LONG and _ENDS.search(open_) is not None)
        gap = "" if not parts else "\n\n" if fresh else "" if _BROKEN.search(open_) else " "
        named = f"{cue.speaker}: " if cue.speaker and (fresh and (cue.speaker != speaker or not open_)) else ""
        pages.append((length + len(gap), _clock(cue.start)))
        piece = gap + named + cue.text
        parts.append(piece)
        length += len(piece)
        open_ = cue.text if fresh else f"{open_}{gap}{cue.text}"
        speaker, until = cue.speaker, cue.end
    if not parts:
        raise Refused("holds no subtitles: there is no time in it")
    return Document("".join(parts), pages=tuple(pages), page_kind="time")


def _cues(text: str) -> Iterator[_Cue]:
    """The cues as written, one for each of the speakers in it."""
    places = list(_CUE.finditer(text))[: _MOST_CUES + 1]
    if len(places) > _MOST_CUES:
        raise Refused(f"holds more than {_MOST_CUES:,} subtitles; split it")
    for number, match in enumerate(places):
        stop = places[number + 1].start() if number + 1 < len(places) else len(text)
        body = text[match.end() : stop].strip("\n")
        body = re.split(r"\n[ \t]*\n", body, maxsplit=1)[
            0
        ]  # what follows a blank line numbers the next one, or is a note
        start, end = _seconds(match.groups()[:4]), _seconds(match.groups()[4:])
        speaker = ""
        for line in body.split("\n"):
            turn = False
            voice = _VOICE.search(line)
            words = " ".join(html.unescape(_TAG.sub("", line)).split())
            if words.startswith((">>", "- ", "– ")):
                speaker, turn = "", True
                words = words.lstrip(">-– ")
            if voice:
                speaker = html.unescape(voice[1]).strip()
            elif named := _SPEAKER.match(words):
                speaker, words = named[1].strip(), words[named.end() :]
            if words:
                yield _Cue(start, end, speaker, words, turn)


def _joined_up(cues: Iterator[_Cue]) -> Iterator[_Cue]:
    """Without the lines that roll up: each cue of live captions repeats what the last one said."""
    shown: list[str] = []
    speaker = ""
    for cue in cues:
        if cue.text in shown[-2:]:
            continue
        shown = [*shown[-1:], cue.text]
        cue.speaker = cue.speaker or (speaker if cue.text[:1].islower() else "")
        speaker = cue.speaker
        yield cue


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, rest = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(rest.ljust(3, "0")) / 1000


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


READER = Reader("subtitles", (".srt", ".vtt"), lambda data: _LOOKS.match(data[:4096]) is not None, read)
