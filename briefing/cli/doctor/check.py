"""The result of one check of the doctor."""

from typing import Literal, NamedTuple


class Check(NamedTuple):
    """The result of one check. ``advice`` says what to do where it is not ``ok``."""

    status: Literal["ok", "warn", "fail"]
    subject: str
    finding: str
    advice: str = ""
