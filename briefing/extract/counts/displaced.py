"""Counts whose noun stands before the number, far from it, or not at all."""

import re
from functools import lru_cache
from typing import Final

from briefing.extract.counts.candidates import PERSON, PERSONNEL, Bench, Draft, How
from briefing.extract.counts.counted_phrase import Group
from briefing.extract.counts.item_typing import Thing, designation
from briefing.extract.counts.non_counts import TIMES, YEAR
from briefing.extract.counts.numerals import Number
from briefing.extract.lexicon.word_lists import any_of


class Linked:
    """Reads "J-16 fighters x 16", "tankers numbering 14", "58 wounded", "two more"."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.lists = bench.lists
        self.view = bench.view
        self.reader = bench.reader

    def behind(self, number: Number, token: int) -> bool:
        """Read "J-16 fighters x 16", "Su-30 – 4", "tankers numbering 14", "F-15s, eight in all".

        Args:
            number: The number.
            token: The token after it.

        Returns:
            Whether a count was read.
        """
        view = self.view
        first = view.token_at(number.start)
        if first == 0:
            return False
        sign = view.words[first - 1]
        after = view.words[token] if token < len(view) else "."
        ends_line = token >= len(view) or view.words[token].isspace()
        if sign == "of" and view.words[first - 2].lower() in self.lists.crews and self._alone(number, token):
            self._of_a_body(number, _CREW)
            return True
        if sign == "of" and view.words[first - 2].lower() in self.lists.teams and self._alone(number, token):
            name = f"{view.words[first - 2].lower()} member"
            self._of_a_body(number, Thing(name, "personnel", fielded=True, key=name))
            return True
        if sign in TIMES:
            return self._list_entry(number, first - 2, "direct")
        if sign.lower() in self.lists.totalling:
            i = first - 2
            while i >= 0 and (view.words[i] in (",", "--", "–", "—") or view.words[i].lower() in ("now", "together")):
                i -= 1
            if self._list_entry(number, i, "linked") or self._strength(number, i):
                return True
        if sign in _SEPARATORS and (ends_line or after in (",", ";", ".", "(")) and self._in_list(first - 2):
            return self._list_entry(number, first - 2, "linked")
        if sign == "," and _OF_THOSE.match(view.text, number.end):
            return self._list_entry(number, first - 2, "linked")
        if sign == "(" and after == ")":
            return self._list_entry(number, first - 2, "linked")
        return self._number_of(number, first)

    def _of_a_body(self, number: Number, members: Thing) -> None:
        """Leave the count of those whom a crew, a patrol or a team is made of."""
        self.bench.add(
            number, number.start, number.end, members, self.view.token_at(number.end - 1), "linked", "medium"
        )

    def bracketed(self) -> None:
        """Read "Il-76 (x2)" and "F-16 of the Air Force of Denmark (3 units)": lists that put the number in brackets."""
        view = self.view
        for match in _bracketed(self.lists.pieces).finditer(view.text):
            head = view.token_at(match.start()) - (view.text[match.start()] == "(")
            head = self._before_owner(head)
            group = self.reader.left(head)
            thing = self.bench.things.of(group) if group else None
            if group is None or thing is None or not (thing.entry or self._countable(head)):
                continue
            low = int(match[1] or match[2])
            first = view.starts[group.first]
            last = view.token_at(match.end() - 1)
            self.bench.leave(Draft(first, match.end(), low, low, False, thing, group.first, last, "direct", "medium"))

    def _before_owner(self, token: int) -> int:
        """The token before "of the Air Force of Denmark", when such an owner ends at ``token``."""
        view, mentions = self.view, self.bench.mentions
        number = mentions.at.get(token)
        if number is None or mentions.all[number].type not in ("ORG", "NATION"):
            return token
        i = mentions.spans[number][0] - 1
        while i > 0 and view.words[i].lower() in ("of", "the", "from"):
            i -= 1
        return i

    def _alone(self, number: Number, token: int) -> bool:
        """Whether no noun follows the number."""
        view = self.view
        return token >= len(view) or self.bench.far(number, token) or view.tags[token][:2] not in ("NN", "JJ")

    def _in_list(self, token: int) -> bool:
        """Whether the line holds little else than the entry, or several of its kind."""
        view = self.view
        if token < 0:
            return False
        place = view.starts[token]
        before, after = view.text[max(0, place - _NEAR) : place], view.text[place : place + _NEAR]
        line = before.rpartition("\n")[2] + after.partition("\n")[0]
        return len(line.split()) <= _SHORT_LINE or len(_ENTRIES.findall(line)) > 1

    def _list_entry(self, number: Number, token: int, how: How) -> bool:
        group = self.reader.left(token) if token >= 0 else None
        thing = self.bench.things.of(group) if group else None
        if group is None or thing is None or not self._countable(token):
            return False
        start = self.view.starts[group.first]
        end = number.end
        if how == "linked" and (wider := self._coordinated(group, thing)) is not None:
            start, thing = wider
        if self.view.text[end : end + 1] == ")" and "(" in self.view.text[group.end : end]:
            end += 1
        last = self.view.token_at(end - 1)
        self.bench.add(number, start, end, thing, last, how, "high" if how == "direct" else "medium")
        return True

    def _strength(self, number: Number, token: int) -> bool:
        """Read "the forces now number about 50,000": people."""
        near = self.view.words[max(0, token - 4) : token + 1]
        if token < 0 or not any(word.lower() in self.lists.bodies_of_people for word in near):
            return False
        self.bench.add(number, number.start, number.end, PERSONNEL, self.view.token_at(number.end - 1), "linked", "low")
        return True

    def _countable(self, token: int) -> bool:
        """Whether the noun before a number can be what it counts: a plural, or a type."""
        return (
            self.reader.plural(token)
            or self.reader.mention_of(token) is not None
            or designation(self.view.words[token])
        )

    def _coordinated(self, group: Group, thing: Thing) -> tuple[int, Thing] | None:
        """Where the count of "helicopters and unmanned aerial vehicles totalling 14" begins, and what it counts."""
        view = self.view
        before = group.first - 2
        if before < 0 or view.words[group.first - 1] not in ("and", "or") or not self.reader.plural(before):
            return None
        other = self.reader.left(before)
        first = self.bench.things.of(other) if other else None
        if other is None or first is None or first.category != thing.category:
            return None
        return view.starts[other.first], Thing(
            f"{first.item} and {thing.item}", thing.category, thing.fielded, thing.key, thing.entry
        )

    def _number_of(self, number: Number, first: int) -> bool:
        """Read "the number of munitions delivered … now totals 6,602"."""
        view = self.view
        if view.words[first - 1].lower() not in self.lists.reaching:
            return False
        begin, _ = view.sentences[view.sentence_of[first]]
        for i in range(first - 2, begin, -1):
            if view.words[i] == "of" and view.words[i - 1].lower() in self.lists.amounts:
                group = self.reader.right(i + 1, many=True)
                thing = self.bench.thing(group, many=True) if group else None
                if group is None or thing is None or group.head >= first:
                    return False
                self.bench.add(number, view.starts[group.first], number.end, thing, first, "linked", "low")
                return True
        return False

    def casualties(self, number: Number, token: int) -> bool:
        """Read "58 wounded", "killing at least seven".

        Args:
            number: The number.
            token: The token after it.

        Returns:
            Whether a count was read.
        """
        view = self.view
        after = view.words[token].lower() if token < len(view) and not self.bench.far(number, token) else ""
        first = view.token_at(number.start)
        before = view.words[first - 1].lower() if first else ""
        thing = PERSON
        if after in self.lists.casualty_states and not number.one:
            end, head = view.ends[token], token
        elif after and (last := self._others(token, before)) >= 0:
            end, head, thing = view.ends[last], last, self._like_before(first)
        elif before in self.lists.casualty_verbs and (
            after in _STOPS or (token < len(view) and view.tags[token] in ("IN", "CC", "."))
        ):
            end, head = number.end, token - 1
        else:
            return False
        if number.digits and not number.hedged and YEAR.match(view.text[number.core_start : number.core_end]):
            return False
        self.bench.add(number, number.start, end, thing, head, "elided", "medium")
        return True

    def _others(self, token: int, before: str) -> int:
        """The last token of "12 others wounded", "nine others were hurt", "wounded six others"; else -1."""
        view, states = self.view, self.lists.casualty_states
        i = token + (view.words[token] in _FURTHER)
        if i > token and before in self.lists.casualty_verbs:
            return token
        ahead = [word.lower() for word in view.words[i : i + 3]]
        if i > token and ahead[:1] and ahead[0] in states:
            return token
        done = ahead[:1] and ahead[0] in _WERE and any(word in states for word in ahead[1:])
        return max(token - (i == token), 0) if done and (i > token or before == "another") else -1

    def _like_before(self, first: int) -> Thing:
        """What the people are who were counted last in the sentence; people, where none were."""
        number = self.view.sentence_of[first]
        near = [d.thing for d in self.bench.drafts if self.view.sentence_of[d.first] == number and d.first < first]
        return near[-1] if near and near[-1].category == "personnel" else PERSON


_FURTHER: Final = frozenset({"others", "more"})
_WERE: Final = frozenset({"was", "were", "are", "is"})
_CREW: Final = Thing("crew member", "personnel", fielded=True, key="crew")


@lru_cache(maxsize=4)
def _bracketed(pieces: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<=\s)\((?:[xX×]\s?(\d{{1,3}})|(\d{{1,3}})\s(?:{any_of(pieces)}))\)")


_OF_THOSE: Final = re.compile(r"\s(?:of (?:which|whom)|in all|all told|altogether|in total)\b")
"""What stands behind a number of things named before it: "F-15s, eight in all", "tanks, nine of which were lost"."""
_SEPARATORS: Final = frozenset({"-", "–", "—", ":", "--", "="})
_SHORT_LINE: Final = 8
_NEAR: Final = 200
"""Characters of a line that are looked at on either side."""
_ENTRIES: Final = re.compile(r"(?:\s[-–—=]|:)\s?\d{1,5}\b(?!\s?[A-Za-z])")
_STOPS: Final = frozenset({
    "", ".", ",", ";", "and", "in", "on", "at", "--", ")", "during", "near", "after", "when", "as",
})  # fmt: skip
