"""Extract roles of persons: the office before the name, or the phrase in apposition to it.

"Chairman of the Military Committee Adm. Kim", "Ann Lee, commander of the wing,", "the wing's commander, Ann Lee,",
"Ann Lee, who commands the wing", "Ann Lee is the head of the agency". A rank alone is the role of someone who has no
office in the text.
"""

import re
from dataclasses import dataclass
from typing import Final

from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.lexicon.titles import Title, Titles
from briefing.extract.nlp.token_columns import View
from briefing.model.facts import Mention

_LONGEST: Final = 24
"""Tokens of a role phrase."""
_LABEL: Final = re.compile(r"(?:^|\n|[.;] )[-*• ]*([A-Z][\w -]{2,40}): (?:[A-Z][\w.]* ?){0,4}$")
_LABELLED: Final = 80
_SHORT: Final = 4
"""Tokens of an office that a body may follow after a comma."""
_OPENERS: Final = frozenset({",", "(", "–", "—", "--"})
_PREPOSITIONS: Final = frozenset({"of", "for", "at", "in", "on", "to", "with", "from", "and", "&", "the"})
_BREAKS: Final = frozenset(
    {",", ".", ";", ":", "(", ")", "[", "]", '"', "“", "”", "``", "''", "–", "—", "--", "-", "?", "!", "/", "•", "*"}
)
_ENDING_TAGS: Final = frozenset(
    {"VBD", "VBZ", "VBP", "MD", "WDT", "WP", "WRB", "PRP", "EX", "VBN", "VBG", "VB", "RB", "_SP", "WP$"}
)
_MODIFIERS: Final = frozenset({"NN", "NNP", "NNPS", "NNS", "JJ", "CD", "HYPH", "JJS", "AFX", "RB"})
_ARTICLES: Final = frozenset({"the", "a", "an", "its", "his", "her", "their", "our", "my", "then", "now"})
_LEADING: Final = {
    "commands": "commander", "commanded": "commander", "leads": "leader", "led": "leader", "heads": "head",
    "headed": "head", "runs": "head", "oversees": "overseer", "directs": "director", "chairs": "chair",
}  # fmt: skip
_CLAUSE: Final = 14
"""Tokens of a clause that tells of an occupation."""
_TRADE: Final = re.compile(r"(?!human)[a-z]{3,}(?:m[ae]n|ologist|keeper|worker)")
"""Words that name an occupation by their ending: "mortarman"."""
_BEING: Final = frozenset({"is", "was", "serves", "served", "became", "remains"})


@dataclass(frozen=True, slots=True)
class Role:
    """``text`` as written between ``start`` and ``end``; ``rank`` if it is no more than a rank."""

    text: str
    start: int
    end: int
    rank: bool = False


class Roles:
    """Reads roles off one document."""

    def __init__(self, view: View, mentions: Mentions, titles: Titles) -> None:
        self.view, self.text, self.mentions, self.titles = view, view.text, mentions, titles
        self._own = -1
        """Where the mention in hand starts."""

    def of(self, mention: Mention) -> list[Role]:
        """The roles that the words around one mention of a person give, surest first; may be empty."""
        self._own = mention.start
        title = self.titles.at(self.text, mention.start)
        title = title if title and title.end < mention.end else None
        found = [self._before(mention, title), self._label(mention), self._after(mention), self._being(mention)]
        if title and title.rank < title.end and title.kind != "honorific":
            found.append(self._rank(title))
        if title and not any(found) and "professor" in title.words:
            found.append(Role("Professor", title.start, title.end, rank=True))
        return [role for role in found if role]

    def _before(self, mention: Mention, title: Title | None) -> Role | None:
        """The office before the name, with what stands before it and what it is in charge of."""
        office_end = title.rank if title and title.rank > title.start else mention.start
        last = self._over_service(self._left_of(office_end))
        first = self._office_left(last) if last >= 0 else -1
        if first < 0:
            return None
        if title and title.rank > title.start:
            first = min(first, self.view.token_at(title.start))
        role = self._phrase(first, last + 1)
        charge = self._charge_after(mention) if role and title and title.kind != "military" else None
        if role and charge:
            return Role(f"{role.text} {charge.text}", role.start, charge.end)
        return role

    def _label(self, mention: Mention) -> Role | None:
        """The office at the head of a line or sentence: "Exercise director: Lt. Col. Ann Lee"."""
        match = _LABEL.search(self.text, max(0, mention.start - _LABELLED), mention.start)
        if match is None or not self._is_office(match[1].split()[-1]):
            return None
        return Role(match[1], match.start(1), match.end(1))

    def _left_of(self, offset: int) -> int:
        """The last token before a character, over a comma that opens an apposition; -1 where no phrase can end."""
        view = self.view
        i = view.token_range(max(0, offset - 1), offset)[1] - 1
        while i >= 0 and view.starts[i] >= offset:
            i -= 1
        while i >= 0 and view.tags[i] == "_SP" and "\n" not in view.words[i]:
            i -= 1
        if i >= 0 and view.words[i] == "," and self._article_before(i):
            i -= 1
        if i < 0 or view.words[i] in _BREAKS or view.tags[i] == "_SP" or "\n" in self.text[view.ends[i] : offset]:
            return -1
        return i

    def _over_service(self, last: int) -> int:
        """The token before a service that stands between office and rank: "press director |Navy| Capt. Ann Lee"."""
        holder = self.mentions.mention_at(last) if last >= 0 else None
        if holder and holder.type == "ORG":
            before = self._left_of(holder.start)
            if before >= 0 and self._is_office(self.view.words[before]):
                return before
        return last

    def _article_before(self, comma: int) -> bool:
        """Whether a phrase with an article, a possessive or a nation ends at this comma: "the commander, Ann Lee,"."""
        view = self.view
        for i in range(comma - 1, max(-1, comma - 8), -1):
            holder = self.mentions.mention_at(i)
            if view.tags[i] in ("DT", "POS", "PRP$") or (holder is not None and holder.type == "NATION"):
                return True
            if view.tags[i] not in _MODIFIERS and view.words[i] not in ("of", "for", "in", "at"):
                return False
        return False

    def _office_left(self, last: int) -> int:
        """First token of the phrase around an office whose last token this is; -1 if no office is near."""
        view, office = self.view, -1
        if view.words[last].lower() in (*_PREPOSITIONS, *_ARTICLES):
            return -1
        for i in range(last, max(-1, last - _LONGEST), -1):
            word = view.words[i]
            if view.tags[i] == "_SP" or (word in _BREAKS and word != "-" and i not in self.mentions.at):
                break
            if view.tags[i] in ("VBD", "VBZ", "VBP", "MD", "PRP", "WP", "WDT", "DT") and word.lower() != "the":
                break
            holder = self.mentions.mention_at(i)
            if holder and holder.type == "PERSON" and holder.start != self._own:
                break
            if self._is_office(word) and (i == last or view.words[i + 1].lower() in ("of", "for", "to", "at", "in")):
                office = i
                if i == last:
                    break
        return self._modified(office)

    def _modified(self, office: int) -> int:
        """Where the words before an office begin that belong to it: capitals before one in capitals, "former"."""
        view, first, former = self.view, office, self.mentions.lexicon.lists.actors.former
        proper = office >= 0 and view.words[office][0].isupper()
        while first > 0 and view.tags[first - 1] in _MODIFIERS and not self._breaks(first - 1):
            word = view.words[first - 1]
            if proper and not (word[0].isupper() or word == "-" or word.lower() in former):
                break
            first -= 1
        return first

    def _breaks(self, i: int) -> bool:
        return self.view.words[i] in _BREAKS - {"-"} or self._foreign(self.mentions.mention_at(i))

    def _foreign(self, holder: Mention | None) -> bool:
        """Whether a mention ends any phrase about the one in hand: another person, a date."""
        return holder is not None and holder.type in ("PERSON", "DATE") and holder.start != self._own

    def _charge_after(self, mention: Mention) -> Role | None:
        """The phrase after "of" or "for" behind a title and name: "Commissioner Ann Lee of the Department"."""
        view = self.view
        i = view.token_range(mention.start, mention.end)[1]
        if i + 1 >= len(view) or view.words[i] not in ("of", "for") or view.starts[i] - mention.end > 1:
            return None
        start = i
        i += 1 + (view.words[i + 1] in ("the", "The"))
        holder = self.mentions.mention_at(i)
        if not holder or holder.type not in ("ORG", "PLACE", "NATION"):
            return None
        return Role(self.text[view.starts[start] : holder.end], view.starts[start], holder.end)

    def _after(self, mention: Mention) -> Role | None:
        """The phrase after the name: "Ann Lee, commander of the wing", "Ann Lee, who commands the wing"."""
        view = self.view
        i = self._over_home(view.token_range(mention.start, mention.end)[1])
        if i + 1 >= len(view) or view.words[i] not in _OPENERS:
            return None
        i += 1
        if view.words[i].lower() == "who" and i + 2 < len(view):
            verb = view.words[i + 1].lower()
            if verb in _LEADING:
                return self._led(i + 2, _LEADING[verb])
            if verb in self.mentions.lexicon.lists.actors.doing:
                return self._doing(i + 1)
            if verb not in _BEING:
                return None
            i += 2 + (view.words[i + 2].lower() == "as")
        limit = min(len(view), i + _LONGEST)
        return self._phrase(i, limit) or self._occupation(i, limit)

    def _over_home(self, i: int) -> int:
        """The token behind "of Canada" where a comma follows it, else ``i``: "Ann Lee of Canada, the commander"."""
        words = self.view.words
        holder = self.mentions.mention_at(i + 1) if words[i : i + 1] == ["of"] else None
        if holder is None or holder.type not in ("NATION", "PLACE"):
            return i
        end = self.view.token_range(holder.start, holder.end)[1]
        return end if words[end : end + 1] == [","] else i

    def _occupation(self, first: int, limit: int) -> Role | None:
        """Any noun for a person in apposition: "Ann Lee, a |baker|, who", "Ann Lee, the |flight lead| of two"."""
        view = self.view
        if view.words[first].lower() not in ("a", "an", "the"):
            return None
        stop = self._phrase_end(first, limit)
        head = next((i for i in range(first, stop) if view.words[i].lower() in _PREPOSITIONS - {"the"}), stop) - 1
        word = view.words[head]
        if (
            head <= first
            or view.tags[head] != "NN"
            or not word.islower()
            or word in self.mentions.lexicon.lists.actors.no_trades
            or head in self.mentions.at
        ):
            return None
        start, end = view.starts[first + 1], view.ends[stop - 1]
        return Role(" ".join(self.text[start:end].split()), start, end)

    def _doing(self, i: int) -> Role | None:
        """An occupation as a clause: "who |studies tides at the Sound Institute|"."""
        stop = self._phrase_end(i + 1, min(len(self.view), i + _CLAUSE))
        if stop <= i + 1:
            return None
        start, end = self.view.starts[i], self.view.ends[stop - 1]
        return Role(" ".join(self.text[start:end].split()), start, end)

    def _led(self, i: int, office: str) -> Role | None:
        stop = self._phrase_end(i, min(len(self.view), i + 10))
        if stop <= i or self.view.words[i].lower() in _PREPOSITIONS - {"the"}:
            return None
        start, end = self.view.starts[i], self.view.ends[stop - 1]
        return Role(f"{office} of {self.text[start:end]}", start, end)

    def _being(self, mention: Mention) -> Role | None:
        """The phrase a form of "to be" joins to the name: "Ann Lee is the commander of the wing"."""
        view = self.view
        i = view.token_range(mention.start, mention.end)[1]
        if i + 2 >= len(view) or view.words[i].lower() not in _BEING:
            return None
        i += 1 + (view.words[i + 1].lower() == "as")
        if view.words[i].lower() not in _ARTICLES:
            return None
        return self._phrase(i, min(len(view), i + _LONGEST))

    def _phrase(self, first: int, limit: int) -> Role | None:
        """The noun phrase that starts at token ``first``, if an office heads it."""
        view = self.view
        stop = self._phrase_end(first, limit)
        # What belongs to a nation or a body is said by the affiliation: "Japan's |Chief of Staff".
        for i in range(first, stop):
            if view.words[i].lower() in _PREPOSITIONS - {"the"}:
                break
            if view.tags[i] == "POS":
                first = i + 1
                break
        while first < stop and (view.words[first].lower() in _ARTICLES or view.words[first] == "-"):
            first += 1
        holder = self.mentions.mention_at(first)
        while holder and holder.type == "NATION" and first < stop:
            first = self.view.token_range(holder.start, holder.end)[1]
            holder = self.mentions.mention_at(first)
        if first >= stop or stop - first > _LONGEST or not self._headed(first, stop):
            return None
        start, end = view.starts[first], view.ends[stop - 1]
        return Role(" ".join(self.text[start:end].split()), start, end)

    def _phrase_end(self, first: int, limit: int) -> int:
        """The token after the phrase: at a mark, a verb, a line break, another person; names run on over marks."""
        view = self.view
        for i in range(first, limit):
            holder = self.mentions.mention_at(i)
            if self._foreign(holder) and not self._in_charge_of(first, i):
                return self._trim(first, i)
            if holder and holder.start != self._own:
                continue
            if view.words[i] in _BREAKS - {"-"} or (view.tags[i] in _ENDING_TAGS and not self._participle(first, i)):
                return self._trim(first, self._over_comma(first, i))
            if i > first and "\n" in self.text[view.ends[i - 1] : view.starts[i]]:
                return self._trim(first, i)
        return self._trim(first, limit)

    def _participle(self, first: int, i: int) -> bool:
        """Whether a participle stands before the office it belongs to: "the lead investigating officer"."""
        view = self.view
        before_noun = i + 1 < len(view) and view.tags[i + 1] in ("NN", "NNP", "JJ")
        if i == first and view.tags[i] == "VBG" and before_noun and self._is_office(view.words[i + 1]):
            return True
        return view.tags[i] in ("VBG", "VBN") and before_noun and i > first and not self._is_office(view.words[i - 1])

    def _over_comma(self, first: int, i: int) -> int:
        """The end of a body set off by a comma from the office in it: "commander, U.S. Central Command"."""
        view = self.view
        if view.words[i] == "," and i - first <= _SHORT and i > first and self._is_office(view.words[i - 1]):
            holder = self.mentions.mention_at(i + 1)
            if holder and holder.type in ("ORG", "SHIP"):
                return view.token_range(holder.start, holder.end)[1]
        return i

    def _in_charge_of(self, first: int, i: int) -> bool:
        """Whether the person at token ``i`` stands in the phrase as what the office is for: "aide to Ann Lee"."""
        holder = self.mentions.mention_at(i)
        start = self.view.token_at(holder.start) if holder and holder.type == "PERSON" else 0
        return start > first and self.view.words[start - 1] in ("of", "for", "to")

    def _trim(self, first: int, stop: int) -> int:
        while stop > first and self.view.words[stop - 1].lower() in (*_PREPOSITIONS, "who", "by", "as", "a", "an"):
            stop -= 1
        return stop

    def _headed(self, first: int, stop: int) -> bool:
        """Whether the last noun before the first preposition, or before a body named without one, is an office."""
        view = self.view
        for i in range(first, stop):
            holder = self.mentions.mention_at(i)
            before = view.words[i - 1 - (view.words[i - 1] == ",")]
            if i > first and holder and holder.type in ("ORG", "SHIP") and self._is_office(before):
                return True
            if view.words[i].lower() in _PREPOSITIONS and view.words[i - 1] != "-":
                return i > first and self._is_office(view.words[i - 1])
        return self._is_office(view.words[stop - 1])

    def _is_office(self, word: str) -> bool:
        return word.lower().rstrip(".") in self.titles.heads or _TRADE.fullmatch(word) is not None

    def _rank(self, title: Title) -> Role:
        """A rank with the service or nation before it: "USCG Captain"."""
        view = self.view
        i = view.token_range(title.start, title.end)[0] - 1
        holder = self.mentions.mention_at(i) if i >= 0 else None
        near = holder and holder.type == "ORG" and not self.text[holder.end : title.start].strip()
        start = holder.start if holder and near and title.start - holder.end <= 1 else title.start
        return Role(self.text[start : title.end], start, title.end, rank=True)
