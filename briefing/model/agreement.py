"""What several sources say of one claim."""

from typing import Literal

from briefing.model.base import Frozen, Span
from briefing.model.safetext import SafeText


class ClaimItem(Span):
    """What one source says of the claim, and where."""

    document: str
    value: SafeText


class Agreement(Frozen):
    """One claim over several sources. ``origins`` counts copies of one text or statement once."""

    kind: Literal["count", "quote", "name", "participant"]
    status: Literal["agree", "differ", "altered", "single"]
    claim: SafeText
    origins: int
    items: tuple[ClaimItem, ...]
    silent: tuple[str, ...] = ()


class NearDuplicate(Frozen):
    """Sources that carry largely the same text. ``similarity`` is from 0 to 1."""

    documents: tuple[str, ...]
    similarity: float


class Comparison(Frozen):
    """The whole answer of a comparison."""

    groups: tuple[Agreement, ...]
    near_duplicates: tuple[NearDuplicate, ...]
