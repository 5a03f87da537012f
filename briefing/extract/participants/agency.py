"""The grammatical role of a mention: its entity acts, is acted on, is beside, or only where or about."""

from collections.abc import Collection
from typing import Final, NamedTuple

from briefing.extract.lexicon.word_lists import ActorWords
from briefing.extract.nlp.token_columns import View

ACTS: Final = "acts"
STRUCK: Final = "struck"
BESIDE: Final = "beside"
"""With others in what they do: "with South Korea", "forces from Norway"."""
MENTIONED: Final = ""


class Part(NamedTuple):
    """The role of a mention in its sentence, and the name of the rule that says so."""

    part: str
    rule: str

    def __bool__(self) -> bool:
        return bool(self.part)


NO_PART: Final = Part(MENTIONED, "mentioned")

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
_NEAR: Final = 4
"""Steps up the tree to the verb of a clause."""
_STATES: Final = frozenset(
    {"be", "is", "was", "are", "were", "been", "being", "has", "have", "had", "seems", "remains", "means", "includes"}
)


def part_of(view: View, first: int, last: int, lists: ActorWords, offices: Collection[str] = ()) -> Part:
    """The role that a mention plays in its sentence.

    A body that only says what someone's office is ("chairman of the Joint Chiefs") plays none.

    Args:
        view: Token columns of the document.
        first: First token of the mention.
        last: The token after its last.
        lists: Nouns beside which a body or nation takes no part.
        offices: Lower-case words for offices.
    """
    own = head = head_of(view, first, last)
    for _ in range(_LONGEST_CLIMB):
        dep, above = view.deps[head], view.heads[head]
        if above == head:
            break
        if dep in _SUBJECTS:
            if view.words[above].lower() in _STATES:
                return Part(BESIDE, "subject of a state")
            return Part(ACTS, "subject" if head == own else "in a subject")
        if dep in _OBJECTS:
            return Part(STRUCK, "object" if head == own else "in an object")
        if dep == "pobj":
            word = view.words[above].lower()
            if part := _PARTS.get(word):
                return Part(part, word) if _takes_part(view, word, above, own, lists) else NO_PART
            if behind := _behind(view, head, own, lists):
                return behind
            if word == "in" and _hosts(view, view.heads[above], lists):
                return Part(BESIDE, "hosts")
            if word not in _ABOUT or view.words[view.heads[above]].lower() in offices:
                break
        elif dep not in _INSIDE and not (dep == "prep" and view.words[head].lower() in _ABOUT):
            break
        head = above
    return NO_PART


def _behind(view: View, head: int, own: int, lists: ActorWords) -> Part:
    """What the object of "to" or "of" does: "according to it", "delivered to it", "a statement of it".

    ``head`` is the object, ``own`` the mention's own head, which may lie within it ("according to a navy statement").
    """
    word = view.words[view.heads[head]].lower()
    governor = view.words[view.heads[view.heads[head]]].lower()
    if word == "to" and governor == "according" and (head == own or view.words[head].lower() in lists.papers):
        return Part(ACTS, "according to")
    if word == "to" and governor in lists.giving:
        return Part(BESIDE, "receives")
    if word == "of" and governor == "presence":
        return Part(BESIDE, "present")
    return Part(ACTS, "issues") if word == "of" and head == own and governor in lists.papers else NO_PART


def _takes_part(view: View, word: str, preposition: int, own: int, lists: ActorWords) -> bool:
    """Whether the object of "with", "against" or "from" does something, rather than bound or begin a thing.

    "A border with Ruritania", "the fight against the militia", "an example from Ruritania": none of them takes part.
    """
    governor = view.heads[preposition]
    if word == "with" and (view.words[governor].lower() in lists.tied or _of_a_state(view, preposition)):
        return False
    if not view.tags[governor].startswith("N"):
        return True
    noun = view.words[governor].lower()
    if word == "against":
        return noun in lists.blows
    if word == "with":
        return noun not in lists.bonds
    if word == "from" and view.heads[own] == preposition:
        return noun not in lists.ways
    return True


def _hosts(view: View, verb: int, lists: ActorWords) -> bool:
    """Whether the verb says where something is held: "takes place", "was held"."""
    if view.words[verb].lower() in lists.holding:
        return True
    return "place" in view.words[verb + 1 : verb + 3] and view.words[verb].lower() in lists.taking_place


def _of_a_state(view: View, token: int) -> bool:
    """Whether what hangs on a token goes with something that only is: "Chile is a member, along with Peru"."""
    for _ in range(_NEAR):
        token = view.heads[token]
        if view.tags[token].startswith("VB"):
            return view.words[token].lower() in _STATES
    return False


def preposition(view: View, first: int, last: int) -> str:
    """The preposition that a mention depends on, in lower case, or an empty string.

    Args:
        view: Token columns of the document.
        first: First token of the mention.
        last: The token after its last.
    """
    head = head_of(view, first, last)
    return view.words[view.heads[head]].lower() if view.deps[head] == "pobj" else ""


def subject(view: View, first: int, last: int) -> bool:
    """Whether a mention itself, not a noun it modifies, is the subject of a verb.

    Args:
        view: Token columns of the document.
        first: First token of the mention.
        last: The token after its last.
    """
    return view.deps[head_of(view, first, last)] in _SUBJECTS


def head_of(view: View, first: int, last: int) -> int:
    """The token of the span whose own head lies outside it: the last one; a stray root only if there is no other.

    Args:
        view: Token columns of the document.
        first: First token of the span.
        last: The token after its last.
    """
    stray = max(first, last - 1)
    for i in range(last - 1, first - 1, -1):
        if not first <= view.heads[i] < last:
            return i
        if view.heads[i] == i:
            stray = i
    return stray
