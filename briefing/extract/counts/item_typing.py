"""Type noun groups: an item with its category, or nothing that can be counted."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from briefing.extract.counts.counted_phrase import Group, Reader
from briefing.extract.lexicon.countable_nouns import Items, Noun, item_of, singular_type
from briefing.extract.lexicon.lexicon import Entry
from briefing.extract.lexicon.word_lists import any_of, one_of
from briefing.model.facts import Category, EntityType, Mention

_CATEGORY: Final[dict[EntityType, Category]] = {
    "AIRCRAFT": "aircraft", "SHIP": "ship", "VEHICLE": "vehicle", "WEAPON": "munition",
}  # fmt: skip
_PERSONS: Final = re.compile(r"[a-z]{3,}(?:ists|ians|women|men|archs|crats|eers|ologists|graphers)$")
_PLATFORMS: Final[tuple[Category, ...]] = ("aircraft", "ship", "vehicle")
_SHORTEST: Final = 3
_NICKNAME: Final = re.compile(r"[A-Z][a-z]{2,}s|[A-Z]{2,6}s")
_LINE: Final = 300
_NEAR: Final = 1000
"""Characters of a very long sentence that are looked at on either side."""
_DIMENSION: Final = r"\d[\d,.]*-?"


_DESIGNATION: Final = re.compile(
    r"(?:[A-Z][A-Za-z]{0,3}-\d{1,4}[A-Z]{0,4}\d?(?:/[A-Z])?|[A-Z]{1,2}\d{2,3}[A-Z]?|\d{3}-\d{3}(?:ER|LR|F)?)(?:['’]?s)?$"
)


@lru_cache(maxsize=4)
def _weapon(letters: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(letters)})-?\d")


def designation(word: str) -> bool:
    """Whether the word looks like a type's designation: ``KJ-500``, ``A400``, ``767-300``."""
    return _DESIGNATION.match(word) is not None


@dataclass(frozen=True, slots=True)
class Thing:
    """An item with its category. Items of one ``key`` are of one sort: they are likely to have one operator."""

    item: str
    category: Category
    fielded: bool
    key: str
    entry: Entry | None = None
    sure: bool = True
    """False where the noun is not in the lexicon but looks like a person or a thing."""


class Things:
    """Types the noun groups of one document."""

    def __init__(self, reader: Reader, items: Items) -> None:
        self.reader = reader
        self.lists = reader.lists
        self.items = items
        self._clues: dict[re.Pattern[str], int] = {}
        """How often words of a kind stand in the whole text; counted when first asked for."""

    def of(self, group: Group) -> Thing | None:
        """The item that a noun group names; null when it is nothing that is counted."""
        reader, head = self.reader, group.head
        words = self.words(group)
        if not words:
            return None
        word = reader.view.words[head]
        mention = reader.mention_of(head)
        if mention is not None and not (word.islower() and word[0].isalpha()):
            return self._named(group, mention)
        if mention is None and designation(word):
            return self._of_designation(word)
        if self._phrase_is_none(group, words):
            return None
        noun = self.items.find([w.lower() for w in words])
        if noun is None:
            return self._unlisted(head, words)
        category = self._sense(group, noun)
        return self._of_noun(group, words, noun, category) if category is not None else None

    def unknown(self, group: Group) -> Thing | None:
        """An item of unknown category, by the group's words alone."""
        words = self.words(group)
        if not words or not words[-1].islower():
            return None
        noun = Noun(words[-1], 1, "other")
        item = item_of(words, noun, self.items)
        return Thing(item, "other", fielded=False, key=item, sure=False)

    def material(self, group: Group) -> Thing | None:
        """A thing or person by the noun's form alone: one in no lexicon that is no event, time, measure or idea."""
        view, head = self.reader.view, group.head
        word = view.words[head].lower()
        plain = view.words[head].isalpha() or "-" in word
        if view.tags[head] not in ("NN", "NNS") or not plain or len(word) < _SHORTEST or not view.words[head].islower():
            return None
        words = self.words(group)
        if not words or self.items.find([w.lower() for w in words]) is not None or self._phrase_is_none(group, words):
            return None
        if self.items.is_abstract(word) or self.items.is_abstract(words[-1].lower()):
            return None
        return self.unknown(group)

    def nicknamed(self, group: Group) -> Thing | None:
        """A type by a popular name or initials in no lexicon: "two Sea Vixens", "31 LAVs"; not in titles."""
        view, head = self.reader.view, group.head
        word = view.words[head]
        if not _NICKNAME.fullmatch(word) or self.items.is_abstract(word.lower()) or head in self.reader.mentions.at:
            return None
        if self.items.find([word.lower()]) is not None or self._in_capitals(head):
            return None
        words = [w for w in self.words(group) if w[0].isupper()]
        if not words or words[-1] != word:
            return None
        item = singular_type(" ".join(words), self.items)
        known: list[Category] = [c for c in _PLATFORMS if c in self.items.clues]
        named = known and word[1].islower()
        category: Category = max(known, key=lambda c: self._in_text(self.items.clues[c])) if named else "other"
        return Thing(item, category, fielded=True, key=item.lower(), sure=False)

    def _in_capitals(self, token: int) -> bool:
        """Whether most words of the line begin with a capital, as in titles."""
        view = self.reader.view
        start = view.text.rfind("\n", 0, view.starts[token]) + 1
        line = view.text[start : start + _LINE].partition("\n")[0].split()
        return sum(w[0].isupper() for w in line) > len(line) / 2

    def words(self, group: Group) -> list[str]:
        """The group's words without names of nations and bodies, brackets and marks; hyphened parts joined."""
        view, mentions = self.reader.view, self.reader.mentions
        words: list[str] = []
        inside = False
        for j in range(group.first, group.head + 1):
            word = view.words[j]
            if word in ("(", "<"):
                inside = True
            number = mentions.at.get(j)
            kind = mentions.all[number].type if number is not None else ""
            name = kind in ("ORG", "NATION", "PLACE", "PERSON") and j != group.head
            glued = j > group.first and view.ends[j - 1] == view.starts[j] and words
            if word in (")", ">"):
                inside = False
            elif inside:
                continue
            elif view.tags[j] == "POS" and not designation(word):
                words.clear()
            elif name and j > group.first and mentions.at.get(j - 1) == number:
                continue
            elif glued and ("-" in (word[:1], view.words[j - 1][-1:]) or view.words[j - 1][-1:].isdigit()):
                words[-1] += word
            elif not name and any(c.isalnum() for c in word) and view.tags[j] != "JJS":
                if view.tags[j] != "CC" or words:
                    words.append(word)
            elif name and view.text[view.ends[j] : view.ends[j] + 1] == "-":
                words.append("-")
        role, dimension = (
            one_of(self.lists.owner_participles, "-", "$"),
            one_of(self.lists.dimensions, _DIMENSION, r"s?\b"),
        )
        return [w.lstrip("-") for w in words if not role.search(w) and not dimension.match(w) and w.strip("-")]

    def _phrase_is_none(self, group: Group, words: list[str]) -> bool:
        """Whether the words behind it make it nothing: "rounds of talks", "bodies of water"."""
        view = self.reader.view
        after = group.head + 1
        if after + 1 >= len(view) or view.words[after].lower() != "of":
            return False
        one = self.items.singular(words[-1].lower())
        for size in (3, 2, 1):
            phrase = " ".join([one, *(w.lower() for w in view.words[after : after + size])])
            noun = self.items.nouns.get(phrase.replace("-", " "))
            if noun is not None and noun.category is None:
                return True
        return False

    def _named(self, group: Group, mention: Mention) -> Thing:
        """The thing of the mention at the head; a bare nickname gives way to the designation before it."""
        thing = self._of_mention(mention)
        if thing.entry is None or any(c.isdigit() for c in thing.item):
            return thing
        before = self.reader.mentions.spans[self.reader.mentions.at[group.head]][0] - 1
        if before >= group.first and designation(self.reader.view.words[before]):
            return replace(thing, item=f"{self.reader.view.words[before]} {thing.item}")
        for j in range(group.first, group.head):
            other = self.reader.mention_of(j)
            if other is not None and other is not mention and designation(str(other.text)):
                other_thing = self._of_mention(other)
                if other_thing.key == thing.key:
                    return other_thing
        return thing

    def _of_mention(self, mention: Mention) -> Thing:
        entry = self.reader.mentions.info(mention)
        category = (entry.category if entry else None) or _CATEGORY.get(mention.type, "other")
        written = " ".join(self._whole_name(mention).split())
        if entry is not None and entry.maker:
            written = re.sub(rf"^{re.escape(entry.maker)} (?:(?:Co|Corp|Inc|Ltd)\b\.? ?)?", "", written)
        item = singular_type(written, self.items)
        return Thing(item, category, fielded=True, key=(entry.name if entry else item).lower(), entry=entry)

    def _whole_name(self, mention: Mention) -> str:
        """The mention's words with those of the mentions of things right before it: "B-52H" "Stratofortress"."""
        mentions, text = self.reader.mentions, self.reader.view.text
        start = mention.start
        first = mentions.spans[mentions.at[self.reader.view.token_at(start)]][0]
        while first > 0 and (before := self.reader.mention_of(first - 1)) is not None and before.text[:1].isupper():
            if text[before.end : start].strip(" -"):
                break
            start, first = before.start, mentions.spans[mentions.at[first - 1]][0]
        return text[start : mention.end]

    def _of_designation(self, word: str) -> Thing:
        """A type that no lexicon lists: an aircraft, unless its letters are a weapon's."""
        item = singular_type(word, self.items)
        category: Category = "munition" if _weapon(self.lists.weapon_letters).match(item) else "aircraft"
        return Thing(item, category, fielded=True, key=item.lower(), sure=False)

    def _of_noun(self, group: Group, words: list[str], noun: Noun, category: Category) -> Thing:
        if words[-1].lower() in ("artillery", "rounds", "round") and "artillery" in self._after(group):
            return Thing("artillery round", "munition", fielded=True, key="artillery round")
        typed = self._type_before(group, category, words)
        if typed is not None:
            return typed
        item = item_of(words, noun, self.items)
        return Thing(item, category, noun.fielded, key=noun.phrase)

    def _after(self, group: Group) -> str:
        view = self.reader.view
        return " ".join(view.words[group.head + 1 : group.head + 3]).lower()

    def _type_before(self, group: Group, category: Category, words: list[str]) -> Thing | None:
        """The type that stands before a noun which only says what it is ("two F-2 fighters")."""
        if (
            category == "personnel"
            or self.items.singular(words[-1].lower()).split("-")[-1] not in self.lists.type_nouns
        ):
            return None
        weapons = ("munition", "other")
        for j in range(group.head - 1, group.first - 1, -1):
            mention = self.reader.mention_of(j)
            if mention is None or self.reader.view.words[j].islower():
                continue
            thing = self._of_mention(mention)
            if thing.category == category or (thing.category in weapons and category in weapons):
                return replace(thing, category=category, item=self._joined(group, j, thing.item))
        written = [w for w in words[:-1] if designation(w)]
        if written:
            item = " and ".join(singular_type(one, self.items) for one in written)
            return Thing(item, category, fielded=True, key=item.lower())
        return None

    def _joined(self, group: Group, token: int, item: str) -> str:
        """Both types of "24 KC-135 and KC-46 tankers"."""
        view = self.reader.view
        first = self.reader.mentions.spans[self.reader.mentions.at[token]][0]
        if first - 2 < group.first or view.words[first - 1] not in ("and", "or", "/"):
            return item
        other = self.reader.mention_of(first - 2)
        return f"{self._of_mention(other).item} {view.words[first - 1]} {item}" if other is not None else item

    def _unlisted(self, head: int, words: list[str]) -> Thing | None:
        word = self.reader.view.words[head]
        lower = word.lower()
        lexicon = self.reader.mentions.lexicon
        nation = lexicon.nation(word) or lexicon.nation(word.removesuffix("s"))
        if nation and (self.reader.plural(head) or lower.endswith(("ese", "sh", "ch", "man", "woman"))):
            name = word.removesuffix("s")
            return Thing(name, "personnel", fielded=False, key=nation)
        if word[0].isdigit() and len(words) > 1 and (entry := self._nicknamed(f"{words[-2]} {words[-1]}")) is not None:
            category = entry.category or _CATEGORY[entry.type]
            return Thing(
                singular_type(" ".join(words[-2:]), self.items),
                category,
                fielded=True,
                key=entry.name.lower(),
                entry=entry,
            )
        if word[:1].isupper() and (entry := self._nicknamed(word)) is not None:
            category = entry.category or _CATEGORY[entry.type]
            own = words[-2:] if len(words) > 1 and designation(words[-2]) else words[-1:]
            return Thing(
                singular_type(" ".join(own), self.items), category, fielded=True, key=entry.name.lower(), entry=entry
            )
        if (places := [n for n, w in enumerate(words) if designation(w)]) and (
            not word.islower() or any(c.isdigit() for c in words[-1])
        ):
            return replace(
                self._of_designation(words[places[-1]]), item=singular_type(" ".join(words[places[-1] :]), self.items)
            )
        if _PERSONS.match(lower) and lower not in self.lists.no_persons:
            noun = Noun(self.items.singular(lower), 1, "personnel")
            return Thing(item_of(words, noun, self.items), "personnel", fielded=False, key=noun.phrase, sure=False)
        return None

    def _nicknamed(self, word: str) -> Entry | None:
        """The type that a capitalised word means after a number: "12 Hornets", "three Rafales"."""
        terms = self.reader.mentions.lexicon.terms
        for written in (word, word.removesuffix("s")):
            for term in terms.get(written.partition(" ")[0], ()):
                if term.surface == written and term.entry.type in _CATEGORY:
                    return term.entry
        return None

    def _sense(self, group: Group, noun: Noun) -> Category | None:
        """The category of a noun that has several, by clues in the group, the sentence, the text; null for no item."""
        senses = self.items.senses.get(noun.phrase)
        if not senses or len(senses) < 2:
            return noun.category
        view = self.reader.view
        first, last = view.sentences[view.sentence_of[group.head]]
        own = view.text[view.starts[group.first] : view.starts[max(group.head - noun.size + 1, 0)]].lower()
        typed = next((m for j in range(group.first, group.head) if (m := self.reader.mention_of(j))), None)
        if typed is not None and (kind := self._of_mention(typed).category) in senses:
            return kind
        if any(self._is_group(j) for j in range(group.first, group.head)) and "personnel" in senses:
            return "personnel"
        sentence = view.text[
            max(view.starts[first], group.end - _NEAR) : min(view.ends[last - 1], group.end + _NEAR)
        ].lower()
        clues = {s: self.items.clues[s] for s in senses if s in self.items.clues}
        if None in clues and "ship" in clues:
            clues["ship"] = self.items.afloat
        for text in (own, sentence, None):
            found = {s: self._in_text(one) if text is None else len(one.findall(text)) for s, one in clues.items()}
            most = max(found.values(), default=0)
            if list(found.values()).count(most) == 1:
                return next(s for s in found if found[s] == most)
        return senses[0]

    def _in_text(self, clues: re.Pattern[str]) -> int:
        if clues not in self._clues:
            self._clues[clues] = len(clues.findall(self.reader.view.text.lower()))
        return self._clues[clues]

    def _is_group(self, token: int) -> bool:
        mention = self.reader.mentions.mention_at(token)
        entry = self.reader.mentions.info(mention) if mention else None
        return entry is not None and entry.kind == "group"
