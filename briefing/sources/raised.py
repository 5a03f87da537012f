"""Write raised and lowered characters as plain text: a note's mark must never become a digit of the number before it.

``24<sup>1</sup>`` is written ``24¹``, ``H<sub>2</sub>O`` is ``H₂O``; ``10<sup>th</sup>`` and ``[2]`` stay as they are.
"""

import re
from typing import Final

_RAISED: Final = str.maketrans("0123456789+-=()abcdefghijklmnoprstuvwxyz–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ⁻")
_LOWERED: Final = str.maketrans("0123456789+-=()–", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋")
_NUMBERS: Final = re.compile(r"[+–-]?\d{1,4}(?:\s*[,;.–-]\s*\d{1,4})*")
_BRACKETED: Final = re.compile(r"\((?:\d{1,3}|[a-z])\)")
_NOTE: Final = re.compile(r"[a-z]|[ivx]{1,4}")
_ORDINAL: Final = re.compile(r"(?:st|nd|rd|th|er|re|e|ème|eme|o|a|os|as|te|ter|de)", re.IGNORECASE)
_ENGLISH_ORDINAL: Final = re.compile(r"(?:st|nd|rd|th)", re.IGNORECASE)
_MARKS: Final = {"tm": "™", "sm": "℠", "(r)": "®", "(tm)": "™"}


def raised(text: str, before: str = "") -> str:
    """Write raised text.

    Args:
        text: The raised text.
        before: The last characters of the line before it.
    """
    said = " ".join(text.split())
    if not said:
        return text
    if _NUMBERS.fullmatch(said):
        return re.sub(r"\s+", "", said).translate(_RAISED)
    if said.lower() in _MARKS:
        return _MARKS[said.lower()]
    if _BRACKETED.fullmatch(said):
        return said.translate(_RAISED)
    if _NOTE.fullmatch(said) and not (before[-1:].isdigit() and _ORDINAL.fullmatch(said) and len(said) > 1):
        return said.translate(_RAISED)
    if _ENGLISH_ORDINAL.fullmatch(said) or _ORDINAL.fullmatch(said) or not said[0].isalnum():
        return said
    return f" {said} " if before[-1:].isalnum() else f"{said} "


def lowered(text: str, before: str = "") -> str:
    """Write lowered text: figures become lowered signs, letters stay as those of a name.

    Args:
        text: The lowered text.
        before: The last characters of the line before it.
    """
    said = " ".join(text.split())
    if not said or not _NUMBERS.fullmatch(said):
        return said if said and (before[-1:].isalpha() or not said[0].isalnum()) else text
    return re.sub(r"\s+", "", said).translate(_LOWERED)
