"""Who takes part: the grammar of a mention says whether its entity acts, is acted on, or is only where or about."""

from typing import Final

from briefing.extract.view import View

ACTS: Final = "acts"
STRUCK: Final = "struck"
BESIDE: Final = "beside"
"""With others in what they do: "with South Korea", "forces from Norway"."""
MENTIONED: Final = ""

_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})
_INSIDE: Final = frozenset({"compound", "amod", "nmod", "poss", "appos", "conj", "nummod", "case", "det"})
_OBJECTS: Final = frozenset({"dobj", "obj", "iobj", "dative", "oprd"})
_WITH: Final = frozenset({"with", "alongside", "from", "including", "among", "between", "by", "against"})
_ABOUT: Final = frozenset({"of", "for", "to"})
_LONGEST_CLIMB: Final = 40
"""Steps up the tree: each member of a list hangs on the one before it."""
_STATES: Final = frozenset(
    {"be", "is", "was", "are", "were", "been", "being", "has", "have", "had", "seems", "remains", "means", "includes"}
)


def part_of(view: View, first: int, last: int) -> str:
    """The part that the mention of tokens ``first`` to ``last`` (exclusive) plays in its sentence."""
    head = _head(view, first, last)
    for _ in range(_LONGEST_CLIMB):
        dep, above = view.deps[head], view.heads[head]
        if dep in _SUBJECTS:
            return ACTS if view.words[above].lower() not in _STATES else BESIDE
        if dep == "pobj":
            word = view.words[above].lower()
            if word == "by":
                return ACTS
            if word == "against":
                return STRUCK
            if word in _WITH:
                return BESIDE
            if word not in _ABOUT or above == head:
                return MENTIONED
            head = above
        elif dep in _OBJECTS:
            return STRUCK
        elif dep in _INSIDE or (dep == "prep" and view.words[head].lower() in _ABOUT):
            head = above
        elif dep == "ROOT" or above == head:
            return MENTIONED
        else:
            return MENTIONED
    return MENTIONED


def preposition(view: View, first: int, last: int) -> str:
    """The preposition the mention hangs on, or an empty string."""
    head = _head(view, first, last)
    return view.words[view.heads[head]].lower() if view.deps[head] == "pobj" else ""


def subject(view: View, first: int, last: int) -> bool:
    """Whether the mention itself, not a noun it modifies, is the subject of a verb."""
    return view.deps[_head(view, first, last)] in _SUBJECTS


def _head(view: View, first: int, last: int) -> int:
    """The token of the span whose own head lies outside it."""
    for i in range(first, last):
        if not first <= view.heads[i] < last or view.heads[i] == i:
            return i
    return max(first, last - 1)
