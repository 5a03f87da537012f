"""Who takes part: the grammar of a mention says whether its entity acts, is acted on, or is only where or about."""

from collections.abc import Collection
from typing import Final

from briefing.extract.nlp.token_columns import View

ACTS: Final = "acts"
STRUCK: Final = "struck"
BESIDE: Final = "beside"
"""With others in what they do: "with South Korea", "forces from Norway"."""
MENTIONED: Final = ""

_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})
_INSIDE: Final = frozenset({"compound", "amod", "nmod", "poss", "appos", "conj", "nummod", "case", "det"})
_OBJECTS: Final = frozenset({"dobj", "obj", "iobj", "dative", "oprd"})
_PARTS: Final = {
    "by": ACTS, "against": STRUCK, "with": BESIDE, "alongside": BESIDE, "from": BESIDE, "including": BESIDE,
    "among": BESIDE, "between": BESIDE,
}  # fmt: skip
"""What the object of a preposition does."""
_ABOUT: Final = frozenset({"of", "for", "to"})
_LONGEST_CLIMB: Final = 40
"""Steps up the tree: each member of a list hangs on the one before it."""
_STATES: Final = frozenset(
    {"be", "is", "was", "are", "were", "been", "being", "has", "have", "had", "seems", "remains", "means", "includes"}
)


def part_of(view: View, first: int, last: int, offices: Collection[str] = ()) -> str:
    """The part that the mention of tokens ``first`` to ``last`` (exclusive) plays in its sentence.

    A body that only says what someone's office is ("chairman of the Joint Chiefs": ``offices``) plays none.
    """
    own = head = _head(view, first, last)
    for _ in range(_LONGEST_CLIMB):
        dep, above = view.deps[head], view.heads[head]
        if above == head:
            break
        if dep in _SUBJECTS:
            return ACTS if view.words[above].lower() not in _STATES else BESIDE
        if dep in _OBJECTS:
            return STRUCK
        if dep == "pobj":
            word = view.words[above].lower()
            if part := _PARTS.get(word):
                return part
            if word == "to" and head == own and view.words[view.heads[above]].lower() == "according":
                return ACTS
            if word not in _ABOUT or view.words[view.heads[above]].lower() in offices:
                break
        elif dep not in _INSIDE and not (dep == "prep" and view.words[head].lower() in _ABOUT):
            break
        head = above
    return MENTIONED


def preposition(view: View, first: int, last: int) -> str:
    """The preposition the mention hangs on, or an empty string."""
    head = _head(view, first, last)
    return view.words[view.heads[head]].lower() if view.deps[head] == "pobj" else ""


def subject(view: View, first: int, last: int) -> bool:
    """Whether the mention itself, not a noun it modifies, is the subject of a verb."""
    return view.deps[_head(view, first, last)] in _SUBJECTS


def _head(view: View, first: int, last: int) -> int:
    """The token of the span whose own head lies outside it: the last one; a stray root only if there is no other."""
    stray = max(first, last - 1)
    for i in range(last - 1, first - 1, -1):
        if not first <= view.heads[i] < last:
            return i
        if view.heads[i] == i:
            stray = i
    return stray
