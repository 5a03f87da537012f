"""Write the numbers of lists in the formats of office documents."""

from typing import Final

_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def written(number: int, shape: str) -> str:
    """Write a list number in one of Word's formats; empty for bullets and none.

    Args:
        number: The number, from 1.
        shape: Word's name of the format: ``decimal``, ``lowerLetter``, ``upperRoman`` and the like.
    """
    match shape:
        case "lowerLetter" | "upperLetter":
            letter = chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 10)
            return letter.upper() if shape == "upperLetter" else letter
        case "lowerRoman" | "upperRoman":
            out = ""
            rest = min(number, 3999)
            for step, sign in _ROMAN:
                out += sign * (rest // step)
                rest %= step
            return out.upper() if shape == "upperRoman" else out
        case "decimalZero":
            return f"{number:02}"
        case "ordinal":
            ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
            return f"{number}{ending}"
        case "none" | "bullet":
            return ""
    return str(number)
