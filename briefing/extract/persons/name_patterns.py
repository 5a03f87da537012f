"""Patterns of persons' names in running text, in bylines and under posts."""

import re
from collections.abc import Collection, Iterator
from typing import Final

UPPER: Final = "[A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŊŌŎŐŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽƏ]"
"""Capitals of Latin scripts; :mod:`re` has no class for them."""
PARTICLES: Final = (
    "al", "el", "ul", "as", "ash", "bin", "ibn", "bint", "abu", "de", "da", "do", "dos", "das", "del", "della", "di",
    "du", "des", "la", "le", "van", "von", "der", "den", "ter", "ten", "zu", "af", "av",
)  # fmt: skip
"""Small words before surnames."""
_PARTICLE: Final = f"(?:{'|'.join(PARTICLES)})"
_WORD: Final = rf"{UPPER}(?:\.(?:[ -]?{UPPER}\.)*|[\w'’]*(?:-\w[\w'’]*)*)"
_NICKNAME: Final = r"(?:['\"“‘]\w+['\"”’][ \u00a0])?"
_SUFFIX: Final = r"(?:,?[ ](?:Jr|Sr)\b\.?|[ ](?:II|III|IV)\b)?"
NAME: Final = re.compile(
    rf"(?:{_PARTICLE}[ -])?{_WORD}(?:[ \u00a0]{_NICKNAME}(?:{_PARTICLE}[ -]){{0,2}}{_WORD}){{0,4}}{_SUFFIX}"
)
"""Up to five capitalised words with particles, initials, a nickname in quotes, a suffix."""
MORE: Final = re.compile(
    rf"[ \u00a0](?:['\"“‘]\w+['\"”’][ \u00a0](?:{_PARTICLE}[ -]){{0,2}}|(?:{_PARTICLE}[ -]){{1,2}}){_WORD}"
    r"|,?[ ](?:Jr|Sr)\b\.?|[ ](?:II|III|IV)\b"
    r"|-(?!(?:led|era|style|backed|born|type|like|appointed|named|inspired|owned|funded|run|linked|class|free)\b)"
    r"[a-z]{2,6}(?![\w-])"
)
"""What shows that a name goes on: a nickname in quotes, a particle, a suffix, half of a given name ("Wei-ming")."""
PARTICLES_BEFORE: Final = re.compile(
    r"\b(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]el|[Dd]i|[Dd]u|[Ll]a|[Aa]l|[Ee]l)[ -](?:der[ ]|den[ ]|la[ ]|ter[ ])?)$"
)
SIGNED: Final = re.compile(
    r"^[ \t]*[—–-]{1,2}[ \t]*(?P<name>[^\n(@]{2,60}?)[ \t]*\((?P<handle>@\w{1,30})\)(?=[ \t]*(?:$|[A-Z]|\d|·))",
    re.MULTILINE,
)
"""The line under an embedded post: "— Name (@handle) July 4, 2025"."""
POSTER: Final = re.compile(
    r"^[ \t]*(?P<handle>@\w{2,30})(?=[ \t]*(?:[:·|]|(?:replied|wrote|posted|adds|added|says|said)\b))", re.MULTILINE
)
"""Who posts, at the head of a line of a thread: "@handle · 21:04", "@handle replied: …"."""
BY: Final = re.compile(rf"[Bb][Yy][ \t]+(?={UPPER})")
BYLINE: Final = (r"(?:^[ \t]*|\n[ \t]*|\b", " )$")
"""What stands before the "by" of a byline: around the words for what they did."""
AGED: Final = re.compile(r",\s(?:aged\s)?(?:1[2-9]|[2-9]\d)(?=,|\sand\b|\.|\))")
"""An age behind a name: "Ann Lee, 61, keeps …"."""
CHARGE: Final = re.compile(r"\s(?:of|to|for)\s(?:the\s)?")
"""What joins an office to the place it is in charge of: "President of Ruritania Ann Lee"."""
APPOSITION: Final = re.compile(
    r",\s(?:(?:the|a|an|its|his|her)\s)?(?:[\w'’-]+\s){0,5}?(?P<head>[a-zA-Z-]+)(?=\s(?:of|for|to|at|in)\b|,)"
)
"""A phrase after a name, up to its head noun."""
TURN: Final = re.compile(rf"^[ \t]*(?P<name>{UPPER}[A-Z.'’-]+(?:[ ]{UPPER}[A-Z.'’-]*){{0,3}}):(?=\s)", re.MULTILINE)
"""The speaker of a transcript's turn."""
NEXT_IN_BYLINE: Final = re.compile(r"[ \t]*(?:,[ \t]*(?:and[ \t]+)?|[ \t]+(?:and|&)[ \t]+)")
END_OF_BYLINE: Final = re.compile(r"[ \t]*(?:$|[\n,;|()/.–—-]|(?:in|at|for|on)\b|and\b|&)")

_EDGES: Final = " \t\n\u00a0'\"“”‘’,;:()[]<>*•–—@#/|-"
_POSSESSIVE: Final = re.compile(r"['’][sS]?$")
_CUT: Final = re.compile(r"\s*(?:\n|,\s|;|['’]s\s|\s(?:and|&|or|vs\.?|with)\s|\s[–—/|]\s|\()\s*")
_JUNIOR: Final = re.compile(r"(?:Jr|Sr)\b")
_LOWER_EDGE: Final = re.compile(rf"(?!{_PARTICLE}[ -])(?:[^\W\dA-Z_][\w'’]*\s+)+")
_LOWER_TAIL: Final = re.compile(r"(?:\s+[a-z][\w'’]*)+$")
_STOP_STAYS: Final = re.compile(rf"(?:\b{UPPER}|Jr|Sr|St)\.$")


def parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a mention where no name goes on: line breaks, "and", brackets, commas (but not before Jr.).

    Of "Brook's Return" the second is no name; of "Brook's Tom Marsh" it is.

    Args:
        text: The text.
        start: First character of the mention.
        end: The character after its last.
    """
    at, owned = start, False
    for cut in _CUT.finditer(text, start, end):
        if text[cut.start()] == "," and _JUNIOR.match(text, cut.end(), end):
            continue
        if cut.start() > at and not (owned and " " not in text[at : cut.start()]):
            yield at, cut.start()
        at, owned = cut.end(), cut[0][0] in "'’"
    if at < end and not (owned and " " not in text[at:end]):
        yield at, end


def trimmed(text: str, start: int, end: int, function: Collection[str]) -> tuple[int, int]:
    """Trim a span of marks, possessives, function words and lower-case words at its edges; it may come out empty.

    A final stop stays only after an initial, Jr., Sr. and St.

    Args:
        text: The text.
        start: First character of the span.
        end: The character after its last.
        function: Function words, in lower case.
    """
    while start < end:
        piece = text[start:end]
        body = piece.lstrip(_EDGES + ".")
        start += len(piece) - len(body)
        body = _POSSESSIVE.sub("", body).rstrip(_EDGES)
        if body.endswith(".") and not _STOP_STAYS.search(body):
            body = body[:-1]
        body = _LOWER_TAIL.sub("", body)
        while " " in body and body.rsplit(" ", 1)[1].lower() in function:
            body = body.rsplit(" ", 1)[0].rstrip(_EDGES)
        end = start + len(body)
        if lower := _LOWER_EDGE.match(body):
            start += lower.end()
        elif " " in body and (first := body.split(" ", 1)[0]).lower() in function:
            start += len(first)
        if text[start:end] == piece:
            break
    return start, max(start, end)


def plausible(name: str, not_names: Collection[str]) -> bool:
    """Whether some words could be a person's name: capitals, no digits, not stop words throughout.

    Args:
        name: The words.
        not_names: Words that are no names, in lower case.
    """
    words = [word.strip(".,").lower() for word in name.split()]
    if any(char.isdigit() for char in name) or not 1 <= len(words) <= 8:
        return False
    if not any(char.isupper() for char in name):
        # Scripts without case have no capitals to show.
        return not name.islower()
    return any(word not in not_names for word in words)


def full_name(name: str) -> bool:
    """Tell whether the words have the shape of a whole name, with nothing else around it."""
    return NAME.fullmatch(name) is not None


def person_of_handle(name: str, handle: str) -> str | None:
    """The name of the person behind a signature, or None when handle and initials do not tell.

    A handle of two or three capitalised words that shares one with the display name spells the name better than a
    display name that went through a paraphraser.

    Args:
        name: The display name.
        handle: The handle, with the character before it (``@``).
    """
    words = name.split()
    spelt = re.findall("[A-Z][a-z]+|[A-Z](?![a-z])", handle)
    shared = {word.lower() for word in spelt} & {word.lower() for word in words}
    if len(spelt) in (2, 3) and shared and "".join(spelt) == handle[1:] and len(words) == len(spelt):
        return " ".join(spelt)
    shaped = 2 <= len(words) <= 3 and all(re.fullmatch(_WORD, word) for word in words)
    return name if shaped and any(re.fullmatch(rf"{UPPER}\.", word) for word in words) else None
