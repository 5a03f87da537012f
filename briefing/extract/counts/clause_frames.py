"""The clause of a counted thing: its verb, the agent, and the thing's role.

A frame is read once for each count and answers several questions: whose the things are, what happened to them, who
says so. The parse of the base model is climbed through lists, prepositions and participles; where it gives no verb, the
order of the words is asked.
"""

from dataclasses import dataclass
from typing import Final, Literal

from briefing.extract.counts.item_typing import Thing
from briefing.extract.counts.predicates import Predicates
from briefing.extract.nlp.token_columns import View

Role = Literal["", "subject", "passive", "object", "complement", "with", "place"]
"""What the things are in their clause: who acts, whom it is done to (as a passive's subject or as an object), what
something is, what somebody comes with, or where and to whom something happens."""


@dataclass(slots=True)
class Frame:
    """The clause around one count. Places are tokens, -1 where there is none."""

    verb: int = -1
    role: Role = ""
    subject: int = -1
    """Head of the phrase that does what the verb says."""
    agent: int = -1
    """Head of the phrase behind "by"."""
    container: int = -1
    """The noun that the things are part of: "a crew of four", "ITS Cavour with eight jets"."""
    link: str = ""
    """The preposition between the container or the verb and the things."""
    state: str = ""
    """What a word beside the noun says of the things: "two missing soldiers", "12 dead", "drones destroyed by …"."""


class Clauses:
    """Reads the frames of one document."""

    def __init__(self, view: View, predicates: Predicates) -> None:
        self.view = view
        self.predicates = predicates

    def frame(self, first: int, head: int) -> Frame:
        """Read the frame of a noun phrase.

        Args:
            first: Its first token, of the number.
            head: Token of the noun.
        """
        frame = Frame(state=self._state(first, head) or self._said_of(first, head))
        top = self._top(first, head)
        self._climb(top, frame, first)
        if frame.verb < 0:
            self._by_order(first, head, frame)
        if frame.verb >= 0:
            frame.verb = self._main_verb(frame.verb)
            frame.subject = self._subject(frame.verb)
            frame.agent = self._agent(frame.verb)
        return frame

    def what(self, frame: Frame, thing: Thing) -> str:
        """The predicate of a counted thing ("killed", "deployed"); empty where the clause does not say.

        Args:
            frame: The frame of its phrase.
            thing: What is counted.
        """
        what = frame.state or self._done(frame)
        if what == "destroyed" and self.predicates.uncrewed.search(thing.item):
            return "shot down"
        if thing.category == "personnel":
            if what == "lost":
                return "killed"
            return "evacuated" if what == "deployed" and not thing.fielded and frame.role != "subject" else what
        return what

    def _done(self, frame: Frame) -> str:
        """The predicate of the clause's verb."""
        verb, view = frame.verb, self.view
        if verb < 0 or frame.role in ("complement", ""):
            return ""
        word = view.words[verb].lower()
        if word in self.predicates.states:
            return self.predicates.states[word]
        saying = word in self.predicates.asserting or word in self.predicates.saying
        if saying or word in HELPERS or (frame.role == "place" and frame.link not in ("by", "against", "on")):
            return ""
        past = self.predicates.past(word, view.tags[verb])
        for particle in self._particles(verb):
            if (what := self.predicates.verbs.get(f"{past} {particle}")) is not None:
                return what
        what = self.predicates.verbs.get(past, past)
        particle = next((p for p in self._particles(verb) if p in _PARTICLES), "")
        return f"{what} {particle}" if particle and what == past else what

    def _particles(self, verb: int) -> list[str]:
        """Words right behind a verb that may be part of it: "shot down", "set ablaze", "took part"."""
        view = self.view
        near = [c for c in view.children[verb] if view.deps[c] in ("prt", "acomp", "oprd", "advmod") and c > verb]
        if view.words[verb + 1 : verb + 2]:
            near.append(verb + 1)
        return [view.words[c].lower() for c in near]

    def _top(self, first: int, head: int) -> int:
        """The token of the phrase that hangs on one outside it; the noun if the phrase is torn apart."""
        heads: list[int] = self.view.heads
        for i in range(head, first - 1, -1):
            if not first <= heads[i] <= head:
                return i
        return head

    def _climb(self, token: int, frame: Frame, first: int) -> None:
        """Follow the parse from the noun to the verb of its clause."""
        view = self.view
        i = token
        for _ in range(_STEPS):
            dep, up = view.deps[i], view.heads[i]
            if up == i:
                if self._is_verb(i) and i != token:
                    frame.verb = i
                return
            if dep == "attr" and view.deps[up] == "auxpass" and self._is_verb(view.heads[up]):
                frame.verb, frame.role = view.heads[up], "passive"  # "seized in them were two launchers"
                return
            if self._is_verb(up) and dep in _ROLES:
                frame.verb, frame.role = up, _ROLES[dep]
                if dep == "nsubj" and self._suffers(up):
                    frame.role = "passive"
                return
            if dep == "pobj":
                word = view.words[up].lower()
                above = view.heads[up]
                if above == up:
                    return
                frame.link = frame.link or word
                if self._is_verb(above) or view.tags[above].startswith("VB"):
                    frame.verb = above
                    frame.role = "with" if word in _WITH else "subject" if word == "by" else "place"
                    return
                if frame.container < 0:
                    frame.container = above
                i = above
                continue
            if self._is_verb(up) and dep in ("advcl", "ccomp", "dep", "npadvmod", "ROOT", "parataxis", "conj"):
                frame.verb, frame.role = up, "object" if up < first else "subject"
                return
            i = up

    def _suffers(self, verb: int) -> bool:
        """Whether an active-looking verb without an object is a headline's passive: "Six men killed in ambush"."""
        view = self.view
        if view.words[verb].lower() not in self.predicates.harming or view.tags[verb] not in ("VBN", "VBD"):
            return False
        return not any(view.deps[c] in ("dobj", "obj", "oprd") for c in view.children[verb])

    def _by_order(self, first: int, head: int, frame: Frame) -> None:
        """The nearest verb of the sentence: behind the things as their own, else before them as theirs to suffer."""
        view = self.view
        begin, end = view.sentences[view.sentence_of[head]]
        for i in range(head + 1, min(end, head + _NEAR)):
            if view.tags[i] in ("VBD", "VBZ", "VBP", "VBN") and self._is_verb(i):
                frame.verb, frame.role = i, "passive" if view.tags[i] == "VBN" else "subject"
                return
            if view.words[i] in _STOPS:
                break
        for i in range(first - 1, max(begin, first - _NEAR) - 1, -1):
            if view.tags[i].startswith("VB") and self._is_verb(i):
                frame.verb, frame.role = i, "object"
                return
            if view.words[i] in (";", ":"):
                return

    def _state(self, first: int, head: int) -> str:
        """A state that stands in the phrase or right behind it: "missing soldiers", "drones destroyed by"."""
        view, states = self.view, self.predicates.states
        for i in (*range(head + 1, min(head + 3, len(view))), *range(head, first - 1, -1)):
            word = view.words[i].lower()
            if i > head and (view.words[i] in _STOPS or (i > head + 1 and view.tags[i - 1] not in ("RB", "-RRB-"))):
                continue
            if word in states and not (i > head and self._has_helper(i)):
                return states[word]
            if i == head + 1 and view.tags[i] == "VBN" and view.words[i].islower() and self._reduced(i):
                return self.predicates.participle(word, view.tags[i])
        return ""

    def _said_of(self, first: int, head: int) -> str:
        """The state that "were missing", "are aboard" or "on board" behind the noun says."""
        view, states = self.view, self.predicates.states
        i = head + 1
        if [w.lower() for w in view.words[i : i + 2]] == ["on", "board"]:
            return states.get("aboard", "")
        verb = view.heads[head]
        if not (first <= head < verb) or view.words[verb].lower() not in HELPERS:
            return ""
        words = (view.words[c].lower() for c in view.children[verb] if c > verb)
        return next((states[word] for word in words if word in states), "")

    def _has_helper(self, verb: int) -> bool:
        return any(self.view.deps[c] in ("aux", "auxpass") for c in self.view.children[verb])

    def _reduced(self, verb: int) -> bool:
        """Whether a participle behind a noun belongs to it and is no verb of the sentence."""
        return not self._has_helper(verb) and self.view.deps[verb] in ("acl", "relcl", "amod", "ROOT", "advcl")

    def _is_verb(self, token: int) -> bool:
        view = self.view
        return view.tags[token].startswith("VB") and view.words[token].lower() not in HELPERS

    def _main_verb(self, verb: int) -> int:
        """The verb that says what happens: "began to withdraw", "are reported to have been sunk"."""
        view = self.view
        for _ in range(4):
            if view.words[verb].lower() not in self.predicates.raising:
                return verb
            inner = [c for c in view.children[verb] if view.deps[c] == "xcomp" and view.tags[c].startswith("VB")]
            if not inner:
                return verb
            verb = inner[0]
        return verb

    def _subject(self, verb: int) -> int:
        """Head of the subject of a verb, or of the verb that it continues or completes."""
        view, i = self.view, verb
        for _ in range(_STEPS):
            for c in view.children[i]:
                if view.deps[c] in ("nsubj", "nsubjpass") and c < i:
                    return c
            up = view.heads[i]
            if (shared := self._shared_subject(i)) >= 0:
                return shared
            if view.deps[i] == "acl" and view.tags[i] == "VBG" and view.tags[up].startswith("N"):
                return up
            if up == i or view.deps[i] not in _CONTINUES:
                return up if view.deps[i] == "relcl" and up != i else -1
            i = up
        return -1

    def _shared_subject(self, verb: int) -> int:
        """The subject of the clause before in a row: "said its men had left, had shot down two drones"."""
        view = self.view
        if view.deps[verb] != "ccomp" or view.tags[verb] not in ("VBD", "VBN"):
            return -1
        before = [c for c in view.children[view.heads[verb]] if c < verb and view.deps[c] == "ccomp"]
        subjects = (c for c in view.children[before[-1]] if view.deps[c] in ("nsubj", "nsubjpass")) if before else ()
        return next(iter(subjects), -1)

    def _agent(self, verb: int) -> int:
        view = self.view
        for c in view.children[verb]:
            if view.deps[c] in ("agent", "prep") and view.words[c].lower() == "by":
                return next((g for g in view.children[c] if view.deps[g] == "pobj"), -1)
        return -1


HELPERS: Final = frozenset({
    "has", "have", "had", "having", "was", "were", "is", "are", "be", "been", "being", "will", "would", "could",
    "should", "may", "might", "do", "did", "does", "'s", "’s", "'ve", "’ve", "'re", "’re", "am", "can", "must", "shall",
})  # fmt: skip
_ROLES: Final[dict[str, Role]] = {
    "nsubj": "subject", "nsubjpass": "passive", "dobj": "object", "obj": "object", "oprd": "object",
    "dative": "place", "attr": "complement",
}  # fmt: skip
_WITH: Final = frozenset({"with", "using", "including", "aboard", "carrying"})
_CONTINUES: Final = frozenset({"conj", "xcomp", "advcl", "pcomp", "prep", "dep", "acl", "aux"})
_PARTICLES: Final = frozenset({"down", "off", "away", "out", "back", "up", "over"})
_STEPS: Final = 14
_NEAR: Final = 14
_STOPS: Final = frozenset({",", ";", ":", ".", "—", "–", "--", "(", ")"})
