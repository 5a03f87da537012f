"""Assign operators that are the subject of a verb ("Turkey said it had moved 40 tanks")."""

from bisect import bisect_right
from itertools import pairwise
from typing import Final

from briefing.extract.counts.candidates import Draft
from briefing.extract.counts.operator_bodies import Owner
from briefing.extract.counts.operator_candidates import Owners
from briefing.extract.lexicon.word_lists import verb_pattern
from briefing.extract.nlp.token_columns import View


class Agents:
    """Finds the subjects of one document's verbs among the operator candidates."""

    def __init__(self, view: View, owners: Owners, drafts: list[Draft]) -> None:
        self.view = view
        self.owners = owners
        self.lists = owners.lists
        self.drafts = drafts
        self._firsts = [d.first for d in drafts]

    def sender(self, draft: Draft) -> str:
        """The subject of the verb that sends, has, fires or loses the things."""
        view = self.view
        before = view.words[draft.first - 1].lower()
        if self.acts(draft) or before in _AT or (before == "by" and not self._by_means_of(draft)):
            return ""
        if before == "with" and self._borne(draft):
            return ""
        begin = view.sentences[view.sentence_of[draft.first]][0]
        for i in range(draft.first - 1, max(begin, draft.first - 14) - 1, -1):
            tag = view.tags[i]
            if not tag.startswith("VB"):
                if view.words[i] in (";", ":") or tag == "WRB":
                    return ""
                continue
            word = view.words[i].lower()
            if self.of_a_bearer(i):
                return ""
            if (view.words[i + 1].lower() == "down" and before != "with") or view.words[i + 1] == "together":
                return ""
            if draft.thing.category == "personnel" and not draft.thing.fielded:
                return (
                    self.agent(i, begin) if verb_pattern(self.lists.sending | self.lists.staffing).match(word) else ""
                )
            riding = ("with", "in", "aboard")
            if (
                verb_pattern(self.lists.fielding, "(?:re)?").match(word)
                or (word in self.lists.arriving and before in riding)
                or before in ("with", "using", "by")
            ) and not (before in ("in", "at") and word not in self.lists.arriving):
                return self.agent(i, begin)
            if word not in AUXILIARY:
                return ""
        return ""

    def _by_means_of(self, draft: Draft) -> bool:
        """Whether they are what somebody uses: "delivered food by 22 trucks"; the verb has an object."""
        frame, view = draft.frame, self.view
        if frame is None or frame.link != "by" or frame.verb < 0 or draft.thing.category not in _MEANS:
            return False
        return any(view.deps[c] == "dobj" for c in view.children[frame.verb])

    def _borne(self, draft: Draft) -> bool:
        """Whether what bears them stands right before "with": "three skiffs with ten men", "a dhow with"."""
        frame = draft.frame
        if draft.thing.category == "personnel" and frame is not None and frame.container >= 0:
            return True
        bearer = draft.first - 2
        while bearer > 0 and self.view.words[bearer] in (",", "of"):
            bearer -= 1
        place = bisect_right(self._firsts, bearer)
        if place > 0 and self.drafts[place - 1].head == bearer:
            people = self.drafts[place - 1].thing.category == "personnel"
            return not people or draft.thing.category == "personnel"
        return self.view.words[bearer].lower() in self.owners.platforms

    def of_a_bearer(self, verb: int) -> bool:
        """Whether it says what the craft before it has on board: "stopped a boat carrying engines and crates"."""
        words = self.view.words
        return words[verb].lower() in _BEARING and verb > 0 and words[verb - 1].lower() in self.owners.platforms

    def counts_at(self, token: int) -> bool:
        """Whether a count begins at a token."""
        place = bisect_right(self._firsts, token)
        return place > 0 and self._firsts[place - 1] == token

    def bought(self, draft: Draft) -> bool:
        """Whether the verb before the things is one of buying, so that they are "from" the seller."""
        view = self.view
        begin = view.sentences[view.sentence_of[draft.first]][0]
        for i in range(draft.first - 1, max(begin, draft.first - 8) - 1, -1):
            if view.tags[i].startswith("VB") and view.words[i].lower() not in AUXILIARY:
                return verb_pattern(self.lists.buying).match(view.words[i].lower()) is not None
        return False

    def acts(self, draft: Draft) -> bool:
        """Whether the things are the subject of a verb right behind them, so no object of one before."""
        view, head = self.view, draft.head
        verb = view.heads[head]
        if draft.frame is not None and draft.frame.role == "subject" and draft.frame.link == "of":
            verb = draft.frame.verb  # "a group of fifty rebels attacked"
        elif view.deps[head] != "nsubj":
            return False
        if not head < verb < head + 7:
            return False
        return not any(view.words[i] in (",", ";") for i in range(head + 1, verb))

    def agent(self, verb: int, begin: int) -> str:
        """The operator that is, or stands in, the subject before a verb; empty where there is none.

        Args:
            verb: Token of the verb.
            begin: First token of the sentence.
        """
        view = self.view
        kinds = self.owners.words.common_nouns
        does = view.words[verb].lower()
        buys = verb_pattern(self.lists.trading).match(does) is not None
        supplies = verb_pattern(self.lists.supplying).match(does) is not None
        subject = self._subject_of(verb)
        if subject is not None and self._several(begin, verb):
            return ""
        if subject is not None:
            word = view.words[subject].lower()
            if name := self._at(subject, companies=buys or not supplies):
                return name
            if word in ("it", "they") and (speaker := self._who_says(verb)) is not None:
                subject, word = speaker, view.words[speaker].lower()
                if name := self._at(subject, companies=buys or not supplies):
                    return name
                if word not in _PRONOUNS and word not in kinds:
                    return ""
            if word in _PRONOUNS or word in kinds:
                return self._spoken_of(subject, kinds.get(word, ""), companies=buys)
            if word == "coalition":
                return "Coalition"
            if word in ("i", "we", "you"):
                return ""
        return self._before(verb, begin, companies=buys)

    def _several(self, begin: int, verb: int) -> bool:
        """Whether the subject is of two nations: "Saudi and Danish owners have ordered three carriers"."""
        view = self.view
        owners = [o for o in self.owners.between(max(begin, verb - 12), verb) if o.kind == "nation"]
        for left, right in pairwise(owners):
            joined = view.words[left.end : right.first] == ["and"] and left.nation != right.nation
            if joined and view.tags[right.end] in ("NNS", "JJ") and verb - right.end < 5:
                return True
        return False

    def is_subject(self, owner: Owner) -> bool:
        """Whether the owner is, or is part of, the subject of a verb."""
        view = self.view
        token = owner.end - 1
        for _ in range(5):
            if view.deps[token] in _SUBJECTS:
                return True
            if view.deps[token] not in _INSIDE_SUBJECT or view.words[token].lower() in ("against", "with", "on"):
                return False
            token = view.heads[token]
        return False

    def reports(self, owner: Owner) -> bool:
        """Whether the owner is in the subject of a verb of saying, estimating or seeing."""
        view = self.view
        token = owner.end - 1
        for _ in range(_HOPS):
            if view.deps[token] in _SUBJECTS:
                verb = view.heads[token]
                return view.words[verb].lower() in self.owners.words.speaking
            token = view.heads[token]
        return False

    def _before(self, verb: int, begin: int, *, companies: bool) -> str:
        """The last subject before the verb, or the only owner there; for sentences that the parser got wrong."""
        view = self.view
        owners = [o for o in self.owners.between(max(begin, verb - 20), verb, companies=companies) if o.name]
        subjects = [o for o in owners if self.is_subject(o)]
        if subjects:
            joined = len(subjects) > 1 and view.words[subjects[-2].end : subjects[-1].first] == ["and"]
            forces = [o for o in subjects if joined and o.kind not in ("company", "airline")]
            return (forces or subjects)[-1].name
        if len({o.name for o in owners}) != 1 or view.tags[max(owners[-1].first - 1, 0)] in ("IN", "TO"):
            return ""
        between = range(owners[-1].end, verb)
        clear = not any(view.words[i] == ";" or view.tags[i] in ("VBD", "VBZ", "VBP", "VBG") for i in between)
        return owners[-1].name if clear else ""

    def _subject_of(self, verb: int) -> int | None:
        """The subject of a verb, or of the verb that governs it ("perpetrated an action such as firing …")."""
        view = self.view
        for _ in range(5):
            strengthened = verb_pattern(self.lists.strengthening).match(view.words[verb].lower()) is not None
            for c in view.children[verb]:
                if c < verb and (view.deps[c] == "nsubj" or (strengthened and view.deps[c] == "nsubjpass")):
                    return c
            up = view.heads[verb]
            inherits = view.deps[verb] == "conj" and view.tags[up].startswith("VB")
            if up == verb or (view.tags[verb] in ("VBD", "VBZ", "VBP") and not inherits):
                return None
            verb = up
        return None

    def _spoken_of(self, token: int, kind: str, *, companies: bool) -> str:
        """The owner that a pronoun or "the airline" stands for: the last subject before it, of the kind if given."""
        owners = [
            o
            for o in self.owners.between(max(0, token - (400 if kind else 80)), token, companies=companies)
            if o.name and (not kind or o.kind in _ALIKE.get(kind, (kind,)))
        ]
        subjects = [o for o in owners if self.is_subject(o)]
        if not owners and kind in ("service", "nation"):
            return self.owners.leading
        return (subjects or owners)[-1].name if owners else ""

    def _who_says(self, verb: int) -> int | None:
        """The subject of the verb of saying of which a clause is the object: "the group said it had lost two jets"."""
        view = self.view
        up = view.heads[verb]
        if view.deps[verb] != "ccomp" or view.words[up].lower() not in self.owners.words.speaking:
            return None
        return next((c for c in view.children[up] if view.deps[c] == "nsubj"), None)

    def before_aside(self, token: int) -> int:
        """The token before an aside of who reports it, of which a token is the subject: "Chile, the navy says, has".

        Args:
            token: Head of the phrase; given back where it stands in no such aside.
        """
        view, verb = self.view, self.view.heads[token]
        reports = verb == token + 1 and view.words[verb].lower() in self.owners.words.speaking
        if not reports or view.words[verb + 1 : verb + 2] != [","]:
            return token
        first = self.phrase_start(token)
        return first - 2 if first > 1 and view.words[first - 1] == "," else token

    def _at(self, token: int, *, companies: bool) -> str:
        """The owner at a token, among the words before it in its noun group, or of the count whose noun it is."""
        view, token = self.view, self.before_aside(token)
        if name := self.known_at(token):
            return name
        first = self.phrase_start(token)
        inside = self.owners.between(first, token + 1, companies=companies)
        owners = [o for o in inside if o.name and not self.owners.is_maker(o)]
        if not owners and (nation := self.owners.words.nation_of_unit(" ".join(view.words[first : token + 1]))):
            return nation
        forces = [o for o in owners if o.kind not in ("company", "airline")]
        return (forces or owners)[-1].name if owners else ""

    def known_at(self, token: int) -> str:
        """The operator of the count whose noun stands at a token, or of the ship there; empty where none is known."""
        place = bisect_right(self._firsts, token)
        for draft in self.drafts[max(0, place - 3) : place]:
            if token <= draft.head and draft.operator:
                return draft.operator
        return self.owners.of_ship(token)

    def phrase_start(self, token: int) -> int:
        """The first token of the noun phrase with its head at a token, as far as it hangs together."""
        view, heads, first = self.view, self.view.heads, token
        while first > 0 and token - first < _PHRASE:
            back = 2 if first > 1 and view.tags[first - 1] == "POS" else 1
            if heads[first - back] not in range(first, token + 1):
                break
            first -= back
        return first


_PHRASE: Final = 8
"""Tokens before the head of a noun phrase that are looked at."""
AUXILIARY: Final = frozenset({
    "has", "have", "had", "was", "were", "is", "are", "be", "been", "being", "will", "would", "could", "should",
    "may", "might", "do", "did", "does",
})  # fmt: skip
_HOPS: Final = 5
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_INSIDE_SUBJECT: Final = frozenset({
    "compound", "amod", "poss", "nmod", "conj", "appos", "pobj", "prep",
})  # fmt: skip
_AT: Final = frozenset({"on", "against", "at", "over", "near", "off", "towards", "toward", "around", "past", "behind"})
"""Before things these say whom or where what is done meets."""
_BEARING: Final = frozenset({"carrying", "bearing"})
_MEANS: Final = frozenset({"vehicle", "aircraft", "ship"})
_PRONOUNS: Final = frozenset({"it", "they", "which", "that", "who"})
_ALIKE: Final = {"airline": ("airline", "company"), "service": ("service", "forces")}
