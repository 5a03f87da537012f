"""The noun group around a number: from the word after it to the noun that it counts, by tags rather than by the parse.

The base model's tags are right more often than its trees where names, designations and numbers crowd together.
"""

import re
from dataclasses import dataclass
from typing import Final

from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.lexicon.countable_nouns import Items
from briefing.extract.nlp.token_columns import View
from briefing.model.facts import Mention

_NOUNS: Final = frozenset({"NN", "NNS", "NNP", "NNPS"})
_BEFORE_NOUN: Final = frozenset({"JJ", "JJR", "JJS", "VBN", "VBG", "FW", "AFX"})
_OF_THE: Final = frozenset({
    "the", "these", "those", "its", "their", "his", "her", "our", "your", "all", "some",
})  # fmt: skip
_THINGS: Final = frozenset({"AIRCRAFT", "SHIP", "VEHICLE", "WEAPON"})
_NAMES: Final = frozenset({"ORG", "NATION", "PLACE"})
_MARKS: Final = frozenset(["‘", "’", "“", "”", '"', "'", "``", "''"])
_DASHES: Final = frozenset({"-", "\u2010", "\u2011"})
_LONGEST: Final = 16
_DESIGNATION: Final = re.compile(r"[A-Z][A-Za-z]{0,3}-?\d{1,4}[A-Za-z]{0,3}\d?(?:/[A-Z])?(?:['’]?s)?$")
_INNER: Final = frozenset({"to", "of", "the", "in", "on", "and", "one"})
_WHERE: Final = frozenset({
    "north", "south", "east", "west", "home", "overhead", "ashore", "abroad", "aboard", "offshore",
})  # fmt: skip


@dataclass(slots=True)
class Group:
    """A noun group: tokens ``first`` to ``head`` (inclusive); ``end`` is the character after the noun."""

    first: int
    head: int
    end: int
    plural: int = -1
    """The first plural in it, where the noun may be after all when what follows is none ("60 Phantoms airworthy")."""


class Reader:
    """Reads noun groups in one document."""

    def __init__(self, view: View, mentions: Mentions, items: Items) -> None:
        self.view = view
        self.mentions = mentions
        self.items = items
        self.lists = mentions.lexicon.lists.counts
        self.times = mentions.lexicon.lists.calendar.times

    def right(self, token: int, *, many: bool) -> Group | None:
        """Read the group after a number; None where none begins there.

        Args:
            token: The token after the number.
            many: Whether the number is above one, so that the group must end in a plural.
        """
        view = self.view
        i = self._into(token)
        if i < len(view) and view.words[i] in (",", "and", "or", "/"):
            return None
        last, plural, j, first_plural = -1, False, i, -1
        stop = min(len(view), i + _LONGEST)
        while j < stop and (j == token or "\n" not in view.text[view.ends[j - 1] : view.starts[j]]):
            step, noun = self._step(j, last, plural, many)
            if step == 0:
                break
            if noun:
                last = j + step - 1
                plural = self.plural(last)
                first_plural = last if plural and first_plural < 0 else first_plural
            j += step
        if last < 0:
            return None
        last = self._extended(last)
        return Group(i, last, self._end(last), first_plural)

    def shorter(self, group: Group) -> Group | None:
        """The group up to its first plural, if it goes on behind that."""
        if not group.first <= group.plural < group.head:
            return None
        return Group(group.first, group.plural, self._end(group.plural))

    def left(self, token: int) -> Group | None:
        """The group that ends with ``token``: "J-16 fighters" before "x 16"."""
        view = self.view
        if not self._nounlike(token):
            return None
        i = token
        while i > 0 and token - i < _LONGEST and "\n" not in view.text[view.ends[i - 1] : view.starts[i]]:
            before = view.tags[i - 1]
            dash = view.words[i - 1] in _DASHES and self._glued(i - 1) and view.ends[i - 1] == view.starts[i]
            if not (self._nounlike(i - 1) or before in _BEFORE_NOUN or dash):
                break
            i -= 1
        return Group(i, token, self._end(token))

    def _into(self, i: int) -> int:
        """Past "x", "of the", "of its", the brackets of "three (3)"."""
        view, words = self.view, self.view.words
        if i < len(view) and words[i] in ("x", "X", "×"):
            i += 1
        if i + 2 < len(view) and words[i] == "(" and words[i + 1].isdigit() and words[i + 2] == ")":
            i += 3
        if i < len(view) and words[i] == "of":
            i += 1
            while i < len(view) and (words[i].lower() in _OF_THE or self._is_number(i)):
                i += 1
        return i

    def _is_number(self, i: int) -> bool:
        word = self.view.words[i]
        return self.view.tags[i] == "CD" and (word.islower() or word[0].isdigit())

    def _step(self, j: int, last: int, plural: bool, many: bool) -> tuple[int, bool]:
        """Number of tokens of the group at ``j``, and whether they end in a noun; 0 ends the group."""
        view = self.view
        word, tag = view.words[j], view.tags[j]
        if (number := self.mentions.at.get(j)) is not None:
            step = self._mention(number, j, last, plural)
            if step is not None:
                return step
        if tag in _NOUNS or _DESIGNATION.match(word) or (word[0].isdigit() and word[-1] == "s"):
            return self._noun(j, last, plural)
        if tag in _BEFORE_NOUN:
            stop = plural or (last == j - 1 and tag in ("VBN", "VBG") and self._known(last))
            return (0, False) if stop and not self._glued(j) else (1, False)
        if tag == "POS":
            return (0, False) if plural and self.mentions.at.get(j - 1) is None else (1, False)
        if word in _DASHES:
            return (1, False) if self._glued(j) else (0, False)
        if self._bound(j):
            return 1, False
        if tag in ("CD", "RB", "RBR", "RBS"):
            follow = view.tags[j + 1] if j + 1 < len(view) else ""
            fits = follow in _NOUNS or (follow in _BEFORE_NOUN | {"HYPH"} if tag != "CD" else last >= 0)
            fits = fits or (tag == "CD" and view.tags[j - 1] in _BEFORE_NOUN and follow in _BEFORE_NOUN)
            fits = fits or (tag == "CD" and follow != "" and view.words[j + 1] in _DASHES and self._glued(j))
            return (1, False) if fits and not plural and follow != "" else (0, False)  # "12 |155-|mm guns"
        if word in _MARKS:
            length, nickname = self._quoted(j)
            return length, nickname and last < 0
        if word in ("(", "<"):
            return self._bracket(j) if not plural else (0, False)
        if word in (",", "and", "or", "/") and many and not plural:
            return self._joined(j)
        return 0, False

    def _mention(self, number: int, j: int, last: int, plural: bool) -> tuple[int, bool] | None:
        """The step over a mention, or null to look at its words one by one."""
        mention = self.mentions.all[number]
        _, end = self.mentions.spans[number]
        if mention.type in _THINGS:
            return (0, False) if plural and self.view.words[last].islower() else (end - j, True)
        if mention.type in _NAMES:
            if plural:
                return 0, False
            if last < 0 and end - j == 1 and self.view.tags[j] in ("NNS", "NNPS"):
                return 1, True
            return (end - j, True) if last < 0 or not self.view.words[last].islower() else (0, False)
        if mention.type == "DATE" and (last >= 0 or self.view.words[j].lower() in self.times):
            return 0, False
        return None

    def _noun(self, j: int, last: int, plural: bool) -> tuple[int, bool]:
        word = self.view.words[j]
        if word.lower() in self.times or (word == "%" or not any(c.isalnum() for c in word)):
            return 0, False
        if plural and not self._glued(j) and not self._goes_on(last, j):
            return 0, False
        return 1, True

    def _goes_on(self, last: int, j: int) -> bool:
        """Whether a plural is not yet the noun: "weapons caches", "crew members"; but not "20 troops Monday"."""
        word, before = self.view.words[j], self.view.words[last].lower()
        if not word.islower():
            return False
        noun = self.items.find([before, word.lower()])
        if noun is not None and noun.size > 1:
            return True
        return word not in _WHERE and (self.view.tags[j] in ("NN", "NNS") or not self._known(last))

    def _known(self, token: int) -> bool:
        return self.items.find([self.view.words[token].lower()]) is not None

    def _extended(self, last: int) -> int:
        """Extend to the end of a known noun of several words, whatever its tags: "rocket propelled grenade"."""
        words = [w.lower() for w in self.view.words[last : last + 4]]
        if words[0] not in self.items.firsts:
            return last
        for more in (3, 2, 1):
            if len(words) > more and (noun := self.items.find(words[: more + 1])) is not None and noun.size == more + 1:
                return last + more
        return last

    def _nounlike(self, j: int) -> bool:
        if (number := self.mentions.at.get(j)) is not None and self.mentions.all[number].type in _THINGS | _NAMES:
            return True
        return self.view.tags[j] in _NOUNS or bool(_DESIGNATION.match(self.view.words[j]))

    def _glued(self, j: int) -> bool:
        """Whether a hyphen ties the token to its neighbour without a blank."""
        view = self.view
        before = (
            j > 0 and view.ends[j - 1] == view.starts[j] and (view.words[j - 1] in _DASHES or view.words[j] in _DASHES)
        )
        after = (
            j + 1 < len(view)
            and view.ends[j] == view.starts[j + 1]
            and (view.words[j + 1] in _DASHES or view.words[j] in _DASHES)
        )
        return before or after

    def _bound(self, j: int) -> bool:
        """Whether a small word stands inside a hyphened one: "surface-to-air", "one-way", "burnt-out"."""
        view = self.view
        if view.tags[j] == "RP":
            return self._glued(j)
        if view.words[j].lower() not in _INNER or j + 1 >= len(view):
            return False
        after = view.words[j + 1] in _DASHES and view.ends[j] == view.starts[j + 1]
        before = view.words[j - 1] in _DASHES and view.ends[j - 1] == view.starts[j]
        return after and (before or view.words[j].lower() == "one")

    def _quoted(self, j: int) -> tuple[int, bool]:
        """A nickname or word in marks: "J-11 ‘Flanker’ fighters"."""
        words = self.view.words
        for k in range(j + 1, min(j + 5, len(words))):
            if words[k] in _MARKS:
                return k - j + 1, k > j + 1 and self._nounlike(k - 1)
            if not self._nounlike(k) and self.view.tags[k] not in _BEFORE_NOUN:
                break
        return 0, False

    def _bracket(self, j: int) -> tuple[int, bool]:
        close = {"(": ")", "<": ">"}[self.view.words[j]]
        for k in range(j + 1, min(j + 8, len(self.view))):
            if self.view.words[k] == close:
                return k - j + 1, False
        return 0, False

    def _joined(self, j: int) -> tuple[int, bool]:
        """Over "and" or a comma on to a plural: "search and rescue specialists", "large, slow ships"."""
        view = self.view
        k = j + 1
        while k < min(j + 9, len(view)):
            word, tag = view.words[k], view.tags[k]
            if self._nounlike(k):
                if self.plural(k):
                    return 1, False
            elif tag not in _BEFORE_NOUN and word not in _DASHES and word not in (",", "and", "or", "/"):
                break
            k += 1
        return 0, False

    def plural(self, token: int) -> bool:
        """Whether the noun may stand after a number above one."""
        word, tag = self.view.words[token], self.view.tags[token]
        if tag in ("NNS", "NNPS"):
            return True
        if word.endswith("s") and len(word) > 2 and (word[-2].isdigit() or word[-2].isupper()):
            return True
        if any(c.isdigit() for c in word):
            return False
        return self.items.is_plural(word.lower()) and (word.islower() or tag in _NOUNS)

    def _end(self, token: int) -> int:
        """The end of the noun, with a nickname in marks behind it: "an Il-20M ‘Coot-A’"."""
        view = self.view
        after = token + 1
        if after < len(view) and view.words[after] in ("‘", "“") and self.mention_of(token) is not None:
            step, _ = self._quoted(after)
            return view.ends[after + step - 1] if step else view.ends[token]
        return view.ends[token]

    def mention_of(self, token: int) -> Mention | None:
        """The platform or weapon mention that holds the token."""
        number = self.mentions.at.get(token)
        if number is None or self.mentions.all[number].type not in _THINGS:
            return None
        return self.mentions.all[number]
