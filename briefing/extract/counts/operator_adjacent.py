"""Assign operators named next to the count: "two Norwegian F-35As", "from the 28th Wing"."""

import re
from bisect import bisect_left
from functools import lru_cache
from typing import Final

from briefing.extract.counts.candidates import Draft
from briefing.extract.counts.operator_agents import Agents
from briefing.extract.counts.operator_bodies import Owner
from briefing.extract.counts.operator_candidates import Owners
from briefing.extract.lexicon.word_lists import CountWords, any_of, one_of
from briefing.extract.nlp.token_columns import View


class Stated:
    """Reads the names in, behind and before the counts of one document, and the labels of their lines."""

    def __init__(self, view: View, owners: Owners, agents: Agents) -> None:
        self.view = view
        self.owners = owners
        self.lists = owners.lists
        self.agents = agents
        self._joining = _FROM | self.lists.belonging | self.lists.operating

    def many(self, draft: Draft) -> str:
        """Mark counts that several parties own together as without a single operator: "60 jets from seven nations"."""
        draft.nobodys = self._of_many(draft)
        return ""

    def force_inside(self, draft: Draft) -> str:
        """The service, unit or group named among the words of the count."""
        name = self.inside(draft)
        named = self.owners.between(draft.first, draft.head + 1)
        return name if any(o.name == name and o.kind not in ("nation", "forces") for o in named) else ""

    def inside(self, draft: Draft) -> str:
        """The owner named among the words of the count."""
        own = "" if draft.nobodys else self._own(draft)
        # "twelve Marines from the Chilean navy's brigade"
        return "" if own and self._service_noun(draft) and self._after(draft) else own

    def behind(self, draft: Draft) -> str:
        """The owner right behind the count."""
        return "" if draft.nobodys else self._after(draft)

    def before(self, draft: Draft) -> str:
        """The owner right before the count."""
        return "" if draft.nobodys else self._before(draft)

    def _service_noun(self, draft: Draft) -> bool:
        """Whether the noun itself is the only name in the count: "Marines", "Guardsmen"."""
        owners = [o for o in self.owners.between(draft.first, draft.head + 1) if o.name]
        return len(owners) == 1 and owners[0].first == draft.head

    def _of_many(self, draft: Draft) -> bool:
        """Whether several parties own them together: "from 12 nations", "from Chile, Peru and Spain"."""
        view = self.view
        if (many := _many(self.lists).match(view.text, view.ends[draft.head])) is not None:
            # "of the Chilean and Peruvian air forces", but not "of the Chilean air forces"
            end = bisect_left(view.starts, many.end())
            return len({o.nation for o in self.owners.between(draft.head + 1, end)}) != 1
        after = view.words[draft.head + 1 : draft.head + 2]
        if after != ["from"] and after != ["of"]:
            return False
        owners = [o for o in self.owners.between(draft.head + 2, draft.head + 24) if o.kind in ("nation", "service")]
        if owners and self._bodies(owners[0]):
            return True
        if len(owners) < 2 or any(w != "the" for w in view.words[draft.head + 2 : owners[0].first]):
            return False
        first, second = owners[0], owners[1]
        between = view.words[first.end : second.first]
        listed = bool(between) and all(w in (",", "and", "the", "&") for w in between)
        if first.nation == second.nation:
            return False
        return listed and view.words[second.end : second.end + 1] not in (["'s"], ["’s"])

    def _bodies(self, owner: Owner) -> bool:
        """Whether a list of bodies of other sorts follows an owner: "from the guard, the FBI, the city police …"."""
        words, token = self.view.words, owner.end
        if words[token : token + 1] != [","]:
            return False
        i = token + 1 + (words[token + 1 : token + 2] == ["the"])
        mention = self.owners.mentions.mention_at(i) if i < len(self.view) else None
        if mention is None or mention.type != "ORG":
            return False
        end = self.owners.mentions.spans[self.owners.mentions.at[i]][1]
        if any(o.first == i and o.nation == owner.nation for o in self.owners.between(i, i + 1)):
            return False
        return words[end : end + 1] in ([","], ["and"])

    def _own(self, draft: Draft) -> str:
        """A name among the words of the count."""
        best = ""
        if self._pair(self.owners.between(draft.first, draft.head + 1)):
            return ""  # "twenty Chilean and Peruvian seamen"
        for owner in self.owners.between(draft.first, draft.head + 1):
            if owner.name and not self.owners.is_maker(owner):
                best = owner.name if owner.kind != "nation" or not best else best
        if not best:
            words = self.view.text[draft.start : draft.end].lower()
            best = next((nation for phrase, nation in self.owners.words.phrases.items() if phrase in words), "")
        if not best and draft.thing.category == "personnel":
            lexicon, word = self.owners.mentions.lexicon, self.view.words[draft.head]
            best = lexicon.nation(word) or lexicon.nation(word.removesuffix("s"))
        return best

    def _pair(self, owners: list[Owner]) -> bool:
        """Whether the last two owners are joined, so that "their" means both: "the United States and Britain"."""
        if len(owners) < 2 or owners[-2].nation == owners[-1].nation:
            return False
        between = self.view.words[owners[-2].end : owners[-1].first]
        return "and" in between and all(w in ("and", ",", "the") for w in between)

    def _after(self, draft: Draft) -> str:
        """A name right behind: "… from the 28th Bomb Wing", "… of the PLA Navy", "…, operated by Qatar"."""
        view, i = self.view, draft.head + 1
        if one_of(self.lists.all_the_services, _ALL_ARMED, r"\b").match(view.text, view.ends[draft.head]):
            return self.owners.leading
        if view.words[i : i + 1] == ["from"]:
            if self.agents.bought(draft):
                return ""
            if ship := self._crew_of(draft):
                return ship
        return self._behind(draft, i)

    def _behind(self, draft: Draft, i: int) -> str:
        """The name that a preposition or participle at ``i`` or near it ties to the count."""
        view = self.view
        stop = min(len(view), i + 12)
        if i < stop and view.words[i] == "(":
            owners = self.owners.between(i + 1, i + 3)
            if owners and (owners[0].kind != "nation" or view.words[owners[0].end : owners[0].end + 1] == [")"]):
                return owners[0].name
            while i < stop and view.words[i] != ")":
                i += 1
            i += 1
        if i < stop and view.words[i] == ",":
            i += 1
        aside = i < stop and view.words[i - 1] != "," and view.words[i].lower() not in self._joining
        if aside and view.tags[i] in ("RB", "IN"):
            i = next(
                (k for k in range(i, min(stop, i + 6)) if view.words[k] == "from" or view.tags[k] in _BREAKS), stop
            )
        word = view.words[i].lower() if i < stop else ""
        if word not in self._joining:
            return ""
        if word in self.lists.operating and view.words[i + 1 : i + 2] != ["by"]:
            return ""
        firms = word in self.lists.operating or (draft.thing.category == "personnel" and word in ("from", "of"))
        owners = self.owners.between(i + 1, i + 7, companies=firms)
        if len(owners) > 1 and self.owners.is_maker(owners[0]) and owners[0].end + 1 == owners[1].first:
            owners = owners[1:]  # "of the Indian proxy TTP"
        if owners and owners[0].kind == "nation" and self.owners.is_maker(owners[0]):
            return ""  # "the crew of a Liberian-flagged tanker"
        if not owners or not self._reaches(i, owners[0]) or (aside and owners[0].kind == "nation"):
            return ""  # "… home from Syria"
        return owners[0].name if self._fits(word, owners[0]) and not self._of_others(draft, i, owners[0]) else ""

    def _of_others(self, draft: Draft, i: int, owner: Owner) -> bool:
        """Whether the owner behind "from" sold them, or has what is counted next.

        Args:
            draft: The candidate.
            i: Token of the preposition.
            owner: The owner behind it.
        """
        if "from" in self.view.words[i : owner.first] and self.agents.bought(draft):
            return True
        return self.view.words[i - 1] == "," and self.agents.counts_at(owner.end)  # "a tug, from Peru two launches"

    def _reaches(self, i: int, owner: Owner) -> bool:
        """Whether nothing but parts of its name stands between the preposition at ``i`` and the owner."""
        view = self.view
        inside = view.words[i + 1 : owner.first]
        if inside[:1] == ["the"] and inside[2:] == [","]:
            return True  # "from the maker, Airbus"
        return not any(
            w in (",", ";", ".", "and", ":")
            or (view.tags[i + 1 + k][:2] in ("VB", "IN") and w not in _WITHIN and w not in self._joining)
            for k, w in enumerate(inside)
        )

    def _crew_of(self, draft: Draft) -> str:
        """The nation of the ship that people or helicopters are from: "14 sailors from USS Halsey"."""
        i = draft.head + 2
        if self.view.words[i : i + 1] == ["the"]:
            i += 1
        return self.owners.of_ship(i) if i < len(self.view) else ""

    def _fits(self, word: str, owner: Owner) -> bool:
        if word in ("in", "for", "by"):
            possessive = self.view.words[owner.end : owner.end + 1]
            return owner.kind in ("service", "unit", "forces") and word == "in" and possessive in (["'s"], ["’s"])
        if word in ("with", "under"):
            return owner.kind in ("service", "unit", "forces", "airline")
        return True

    def _before(self, draft: Draft) -> str:
        """A name right before: "Russia's two carriers", "its two carriers", "sold Iraq 133 Mirages"."""
        view, i = self.view, draft.first - 1
        while i > 1 and view.words[i].lower() in _RANKING:
            i -= 1
        if i < 1:
            return ""
        if view.words[i] in ("'s", "’s", "'", "’"):
            for owner in self.owners.between(max(0, i - 8), i):
                if owner.end == i:
                    return owner.name
                if owner.end == i - 1 and view.words[i - 1] in self.lists.forces_nouns and owner.nation:
                    return owner.nation
        if view.words[i].lower() == "whose":
            whose = [o for o in self.owners.between(max(0, i - 6), i) if o.end >= i - 1 and o.name]
            return whose[-1].name if whose else ""
        if view.words[i].lower() == "with" and (having := self._having(i)):
            return having
        near = [o for o in self.owners.between(max(0, i - 8), i + 1) if o.end == i + 1 and o.name]
        if near and view.tags[near[-1].first - 1] not in ("IN", "TO", "VBG") and view.tags[near[-1].first - 2] != "IN":
            return near[-1].name  # "sold Iraq 133 Mirages", "and the Netherlands two batteries"
        if view.words[i] == "(":
            owners = [o for o in self.owners.between(max(0, i - 3), i) if o.name]
            return owners[-1].name if owners else ""
        if view.words[i].lower() in ("its", "their"):
            begin = view.sentences[view.sentence_of[i]][0]
            owners = self.owners.between(begin, i)
            return owners[-1].name if owners else self._of_last_ship(begin)
        return ""

    def _of_last_ship(self, begin: int) -> str:
        """The nation that names the last ship or aircraft before a sentence that begins with "Its"."""
        sentence = self.view.sentence_of[begin] - 1
        if sentence < 0:
            return ""
        first = self.view.sentences[sentence][0]
        mentions = self.owners.mentions
        for owner in reversed(self.owners.between(first, begin)):
            behind = (mentions.mention_at(i) for i in range(owner.end, min(owner.end + 3, begin)))
            if owner.kind in ("nation", "service") and any(m is not None and m.type == "SHIP" for m in behind):
                return owner.name
        return ""

    def _having(self, token: int) -> str:
        """The owner right before ", with": "the only user is Chile's Air Force, with 12 F-5s"."""
        i = token - 1 if self.view.words[token - 1] == "," else token
        near = [o for o in self.owners.between(max(0, i - 8), i) if o.end == i and o.name]
        if not near or near[-1].kind not in ("service", "forces", "nation"):
            return ""
        before = self.view.words[near[-1].first - 1].lower() if near[-1].first else ""
        if near[-1].kind == "nation" and (i == token or before not in ("is", "by", "are", "was", "were")):
            return ""
        return near[-1].name

    def label(self, draft: Draft) -> str:
        """The head of the line, or of its part: "* FRANCE: one CN-235, 16 engineers", "Poland: 12 jets; Spain: 4"."""
        view = self.view
        start = view.text.rfind("\n", max(0, draft.start - _LINE), draft.start) + 1
        if start == 0 and draft.start > _LINE:
            return ""
        part = view.text.rfind("; ", start, draft.start) + 2
        match = (_LABEL.match(view.text, part, draft.start) if part > 1 else None) or _LABEL.match(
            view.text, start, draft.start
        )
        if match is None:
            return ""
        owners = self.owners.between(view.token_at(match.start(1)), view.token_at(match.end(1)) + 1)
        lexicon = self.owners.mentions.lexicon
        return owners[0].name if owners else lexicon.nation(match[1]) or lexicon.nation(match[1].title())


_FROM: Final = frozenset({
    "from", "of", "with", "under", "in", "by", "for",
})  # fmt: skip
_WITHIN: Final = frozenset({"to", "across", "within", "throughout"})
"""Words between "from" and the owner: "from across the navy"."""
_LABEL: Final = re.compile(r"[\s*•·\-–—\d.)]*([A-Z][\w .’'&-]{1,40}):\s")
_RANKING: Final = frozenset({"first", "last", "next", "other", "remaining", "latest", "final", "own", "only"})
"""Words between a possessor and the number: "Israel's first two F-35s"."""
_LINE: Final = 1000
"""Characters from the head of a line to a count that its label may speak for."""


@lru_cache(maxsize=4)
def _many(lists: CountWords) -> re.Pattern[str]:
    """Several owners behind things: "from the three nations", "of both sides"."""
    bodies, sides = any_of(lists.bodies_of_many), any_of(lists.sides)
    return re.compile(rf"\s(?:from|of|by|on)\s(?:(?:the\s)?(?:[\w-]+\s){{1,3}}(?:{bodies})|both\s(?:{sides}))\b")


_ALL_ARMED: Final = r"\s(?:from|of)\s(?:all\s)?(?:the\s)?(?:three|four|armed|all)\s(?:armed\s)?"
_BREAKS: Final = frozenset({
    ",", ".", ":", "VBD", "VBZ", "VBP", "VB", "MD", "CC", "WDT", "WP",
})  # fmt: skip
