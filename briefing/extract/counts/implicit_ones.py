"""Implicit counts of one ("a KC-46 offloaded fuel"), and singulars in lists ("two buildings, a VBIED and a UAV").

Only a specific aircraft, ship or vehicle that takes part or is destroyed counts as one; what a text says of such things
in general, supposes, plans or compares with does not.
"""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from briefing.extract.counts.candidates import Bench, Draft
from briefing.extract.counts.counted_phrase import Group
from briefing.extract.counts.item_typing import Thing, designation
from briefing.extract.lexicon.countable_nouns import PLATFORMS
from briefing.model.base import Confidence


class Singles:
    """Adds the counts of one that have no numeral to those a :class:`Finder` left on the bench."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.lists = bench.lists
        self.view = bench.view
        self.reader = bench.reader
        self.taken = {d.head for d in bench.drafts}

    def find(self) -> list[Draft]:
        """All candidates, those found before included, in order of their place."""
        platforms = self._heads()
        groups = {i: found for i in self._articles(platforms) if (found := self._group(i)) is not None}
        for i, (group, thing) in groups.items():
            if group.head in platforms and thing.category in PLATFORMS and self._takes_part(i, group):
                self._add(i, group, thing, "article")
        self._lists(groups)
        self.bench.drafts.sort(key=lambda d: (d.start, d.end))
        return self.bench.drafts

    def _articles(self, platforms: set[int]) -> list[int]:
        """Articles before a platform, and those of a sentence that has a count: they may begin a list's member."""
        view = self.view
        counted = {view.sentence_of[d.first] for d in self.bench.drafts}
        articles = [i for i, word in enumerate(view.words) if word in _ARTICLES]
        platforms |= {j for i in articles for j in range(i + 1, min(i + 4, len(view))) if designation(view.words[j])}
        near = {i - back for i in platforms for back in range(1, _REACH)}
        return [i for i in articles if i in near or view.sentence_of[i] in counted]

    def _heads(self) -> set[int]:
        """Tokens that may be an aircraft, a ship or a vehicle."""
        known = self.bench.items.platforms
        heads = {i for i, word in enumerate(self.view.words) if word in known}
        mentions = self.bench.mentions
        heads |= {b - 1 for m, (_, b) in zip(mentions.all, mentions.spans, strict=True) if m.type in _THINGS}
        return heads

    def _group(self, article: int) -> tuple[Group, Thing] | None:
        reader, view = self.reader, self.view
        if article + 1 >= len(view) or view.words[article + 1] in _QUANTIFIED:
            return None
        if view.tags[article + 1] == "CD" and reader.mention_of(article + 1) is None:
            return None
        group = reader.right(article + 1, many=False)
        group = (self._before_verb(group) or group) if group is not None else None
        if group is None or group.head in self.taken or (reader.plural(group.head) and not self._one(group.head)):
            return None
        if view.words[group.head].lower() in self.lists.masses or view.words[group.head] == "escort":
            return None
        thing = self.bench.things.of(group) or self.bench.things.material(group)
        return (group, thing) if thing is not None else None

    def _before_verb(self, group: Group) -> Group | None:
        """The group up to a platform when its last word is a verb tagged as a plural: "a Heron drone maps the area"."""
        view, before = self.view, group.head - 1
        platform = before > group.first and view.words[before] in self.bench.items.platforms
        if not platform or view.tags[group.head] != "NNS" or self.bench.items.find([view.words[group.head].lower()]):
            return None
        return Group(group.first, before, view.ends[before])

    def _one(self, head: int) -> bool:
        """Nouns that are the same in both numbers: an aircraft, a UAS, a Gripen's."""
        word = self.view.words[head].lower()
        return self.bench.items.singular(word) == word

    def _takes_part(self, article: int, group: Group) -> bool:
        """Whether the text says that this one thing was there, did or suffered something."""
        view = self.view
        before = view.words[article - 1].lower() if article else ""
        first, last = view.sentences[view.sentence_of[article]]
        if article == first:
            before = ""
        after = view.words[group.head + 1].lower() if group.head + 1 < len(view) else ""
        if after in ("-", "/") or before in _COMPARING or view.words[group.first].lower() in self.lists.hypothetical:
            return False
        if before == "of" and (article < 2 or view.words[article - 2].lower() not in self.lists.occurrences):
            return False
        if any(view.words[i].lower() in _SUPPOSING for i in range(max(first, article - 12), article)):
            return False
        dateline = (
            before in ("--", "—", "–", "-")
            and view.starts[article] - view.text.rfind("\n", 0, view.starts[article]) < 70
        )
        if before in (",", "–", "—", "--", "(", ":") and not dateline and self._explains(article, group):
            return False
        return self._verb_allows(group.head, last)

    def _explains(self, article: int, group: Group) -> bool:
        """Whether it says what a thing already named is: "the Conception, a dive boat"."""
        view = self.view
        if view.deps[group.head] in ("nsubj", "nsubjpass") and view.heads[group.head] > group.head:
            return False
        previous = article - 2
        if previous < 0:
            return False
        return view.tags[previous] in _NOUN_TAGS or view.words[previous] in _CLOSING

    def _verb_allows(self, head: int, last: int) -> bool:
        """What the governing verb says: no plans, wishes, definitions or abilities."""
        view = self.view
        verb, dep = self._verb(head)
        if verb is None:
            return view.words[last - 1] != "?"
        word = view.words[verb].lower()
        if dep == "attr":
            return self._identifies(verb)
        if word in _BEING:
            described = any(view.deps[c] in ("attr", "acomp") for c in view.children[verb])
            return not described if dep == "nsubj" else self._identifies(verb)
        if word in self.lists.planning or view.tags[verb] == "MD":
            return False
        helpers = [c for c in view.children[verb] if view.deps[c] in ("aux", "neg", "mark", "advmod")]
        if any(view.words[c].lower() in _UNREAL for c in helpers):
            return False
        above = view.words[view.heads[verb]].lower()
        if view.heads[verb] != verb and above in self.lists.intending:
            return False
        return not (view.tags[verb] in ("VB", "VBP", "VBZ") and word in self.lists.requiring)

    def _verb(self, token: int) -> tuple[int | None, str]:
        """The verb that governs the token through prepositions and coordination, and the relation to it."""
        view = self.view
        dep, i = view.deps[token], token
        for _ in range(8):
            up = view.heads[i]
            if up == i:
                return (i, dep) if view.tags[i].startswith("VB") else (None, dep)
            if view.tags[up].startswith("VB") or view.tags[up] == "MD":
                return up, view.deps[i] if view.deps[i] != "conj" else dep
            i = up
        return None, dep

    def _identifies(self, verb: int) -> bool:
        """Whether the subject is an encounter and not a thing that is described: "the first contact was an Il-20M"."""
        view = self.view
        subjects = [c for c in view.children[verb] if view.deps[c] in ("nsubj", "nsubjpass")]
        return any(
            view.words[c].lower() in self.lists.encounters or view.words[c].lower() == "there" for c in subjects
        ) or any(view.deps[c] == "expl" for c in view.children[verb])

    # --- members of lists

    def _lists(self, groups: dict[int, tuple[Group, Thing]]) -> None:
        """A singular next to a counted thing in a list is one of the list, whatever it is."""
        ends = {d.head for d in self.bench.drafts if d.how in ("direct", "article")}
        starts = {d.first for d in self.bench.drafts if d.how in ("direct", "article")}
        for first, last in self._uncounted():
            starts.add(first)
            ends.add(last)
        ordered = [(i, *found) for i, found in groups.items() if found[0].head not in self.taken]
        for i, group, thing in ordered:
            back = self._before(i)
            if back is None or not self._same_sentence(back, i):
                continue
            if back in ends or any(self._one_list(s, i) for s in starts if i - _MEMBER < s < i):
                self._add(i, group, thing, "list member")
                ends.add(group.head)
                starts.add(i)
        for i, group, thing in reversed(ordered):
            if group.head not in self.taken and self._after(group.head) in starts:
                self._add(i, group, thing, "list member")
                starts.add(i)

    def _one_list(self, first: int, article: int) -> bool:
        """Whether a list runs on from a member at ``first`` over words that are read as no thing: no verb, no stop."""
        view = self.view
        between = range(first, article)
        if view.sentence_of[first] != view.sentence_of[article]:
            return False
        return not any(view.tags[k][:2] in ("VB", "MD", "IN", "WD") or view.words[k] in _ENDING for k in between)

    def _uncounted(self) -> Iterator[tuple[int, int]]:
        """First and last token of what numbers stand before and is not counted: lists go on behind it."""
        view, begun = self.view, {d.first for d in self.bench.drafts}
        for number in self.bench.numbers:
            first, token = view.token_at(number.start), bisect_left(view.starts, number.end)
            if first in begun or number.one or token >= len(view) or self.bench.far(number, token):
                continue
            group = self.reader.right(token, many=True)
            if group is not None and self.reader.plural(group.head) and view.tags[group.head] == "NNS":
                yield first, group.head

    def _same_sentence(self, a: int, b: int) -> bool:
        return "\n" not in self.view.text[self.view.ends[a] : self.view.starts[b]]

    def _before(self, article: int) -> int | None:
        """The token before the comma or "and" that stands before ``article``."""
        words, i = self.view.words, article - 1
        if i < 1 or words[i].lower() not in _JOINING:
            return None
        while i > 0 and words[i].lower() in _JOINING:
            i -= 1
        if words[i] == ")":
            opening = next((k for k in range(i, max(0, i - _BRACKET), -1) if words[k] == "("), i)
            return opening - 1 if 0 < opening < i else i
        return i

    def _after(self, head: int) -> int | None:
        words, i = self.view.words, head + 1
        if i >= len(words) or words[i].lower() not in _JOINING:
            return None
        while i + 1 < len(words) and words[i].lower() in _JOINING:
            i += 1
        return i

    def _add(self, article: int, group: Group, thing: Thing, how: str) -> None:
        if how in self.bench.without:
            return
        confidence: Confidence = "medium" if how == "article" else "high"
        self.taken.add(group.head)
        self.bench.rule = how
        self.bench.leave(
            Draft(
                self.view.starts[article], group.end, 1, 1, False, thing, article, group.head,
                "article" if how == "article" else "list", confidence,
            )
        )  # fmt: skip


_MEMBER: Final = 12
"""Tokens of a list's member that may lie between two others."""
_ENDING: Final = frozenset({";", ".", ":", "–", "—", "--"})
_BRACKET: Final = 8
_REACH: Final = 10
"""Tokens from an article to its noun at most."""
_ARTICLES: Final = frozenset({"a", "an", "A", "An", "another", "Another"})
_THINGS: Final = frozenset({"AIRCRAFT", "SHIP", "VEHICLE"})
_NOUN_TAGS: Final = frozenset({"NN", "NNP", "NNS", "NNPS"})
_CLOSING: Final = frozenset({")", "’", "”", '"'})
_JOINING: Final = frozenset({",", "and", "or", "&", "plus"})
_QUANTIFIED: Final = frozenset({
    "few", "couple", "dozen", "half", "lot", "number", "pair", "total", "further", "hundred", "thousand", "million",
    "series",
})  # fmt: skip
_COMPARING: Final = frozenset({
    "as", "like", "than", "per", "unlike", "versus", "without", "not", "such", "nor", "either",
})  # fmt: skip
_SUPPOSING: Final = frozenset({
    "if", "whether", "unless", "suppose", "imagine", "would", "could", "might", "can", "may", "should", "must",
    "ever",
})  # fmt: skip
_UNREAL: Final = frozenset({
    "would", "could", "might", "can", "may", "should", "must", "if", "not", "n't", "n’t", "never", "ca", "wo",
})  # fmt: skip
_BEING: Final = frozenset({
    "is", "are", "was", "were", "be", "been", "being", "'s", "’s", "am", "become", "became", "remains",
})  # fmt: skip
