"""Things that the cells of tables name: those of a lexicon, and in the rows of an inventory also what none lists."""

import re
from typing import Final

from briefing.extract.counts.candidates import Bench
from briefing.extract.counts.counted_phrase import Group
from briefing.extract.counts.item_typing import Thing, designation
from briefing.extract.lexicon.countable_nouns import Noun, item_of
from briefing.model.facts import Mention

_PLATFORMS: Final = frozenset({"AIRCRAFT", "SHIP", "VEHICLE", "WEAPON"})
_NAMES: Final = frozenset({"NATION", "ORG", "PLACE", "PERSON"})
_WORDS: Final = re.compile(r"[^\W\d_][^\W\d_’'-]+(?:[- ][^\W\d_][^\W\d_’'-]+){0,3}")
_SHORTEST: Final = 4
"""Letters of a plural that no lexicon lists."""
_JOINTS: Final = frozenset({"of", "and", "or", "in", "for", "with", "by", "to", "at", "on", "from", "per"})
_NOUNS: Final = frozenset({"NN", "NNS", "NNP", "NNPS"})


def listed(bench: Bench, first: int, end: int, stop: int) -> Thing | None:
    """The thing of a lexicon, or the type, that tokens of a cell name.

    Args:
        bench: Context of the document.
        first: The first token.
        end: The token behind the last one.
        stop: The character behind the words.
    """
    group = Group(first, end - 1, stop)
    mentions = _mentions(bench, first, end)
    typed = [one for one in mentions if one is not None and one.type in _PLATFORMS]
    known = [one for one in typed if bench.mentions.info(one) is not None or any(map(str.isdigit, one.text))]
    last = mentions[-1]
    if known and last is not None and last.type in _PLATFORMS:
        return bench.things.of(group)
    own = [
        bench.view.words[token]
        for token, mention in zip(range(first, end), mentions, strict=True)
        if mention is None or mention.type not in _NAMES or bench.mentions.info(mention) is None
    ]
    if len(own) == end - first:  # "Half-tracks" is three tokens and one word
        own = bench.view.text[bench.view.starts[first] : stop].split()
    cased = [
        word if designation(word) or any(map(str.isdigit, word)) or word.isupper() else word.lower() for word in own
    ]
    noun = bench.items.find([word.lower() for word in own])
    if noun is not None:
        if noun.category is None:
            return None
        if known and (thing := bench.things.of(group)) is not None:
            return thing
        item = item_of(cased, noun, bench.items)
        return Thing(item, noun.category, noun.fielded, key=noun.phrase)
    if known or any(designation(word) for word in bench.view.text[bench.view.starts[first] : stop].split()):
        thing = bench.things.of(group)
        return thing if thing is not None and thing.category != "other" else None
    return None


def unlisted(bench: Bench, first: int, end: int, stop: int, *, names: bool) -> Thing | None:
    """The thing that no lexicon has: a plural that is no event, time, measure or idea, or the name of a type.

    Args:
        bench: Context of the document.
        first: The first token.
        end: The token behind the last one.
        stop: The character behind the words.
        names: Whether a name in the singular may be a type's: "Scimitar" among tanks and guns.
    """
    written = bench.view.text[bench.view.starts[first] : stop].strip()
    words = written.split()
    if not _WORDS.fullmatch(written) or any(_is_known(bench, one) for one in _mentions(bench, first, end)):
        return None
    lower = [word.lower() for word in words]
    items = bench.items
    if items.find(lower) is not None or items.is_abstract(lower[-1]) or not _JOINTS.isdisjoint(lower):
        return None
    if len(lower[-1]) >= _SHORTEST and items.is_plural(lower[-1]):
        noun = Noun(items.singular(lower[-1]), 1, "other")
        return Thing(item_of(lower, noun, items), "other", fielded=False, key=noun.phrase, sure=False)
    named = names and len(words) <= 2 and all(word[0].isupper() and word[1:].islower() for word in words)
    if named and all(bench.view.tags[token] in _NOUNS for token in range(first, end)):
        return Thing(written, "other", fielded=True, key=written.lower(), sure=False)
    return None


def _mentions(bench: Bench, first: int, end: int) -> list[Mention | None]:
    return [bench.mentions.mention_at(token) for token in range(first, end)]


def _is_known(bench: Bench, mention: Mention | None) -> bool:
    """Whether a lexicon has it as a name, of a country or a body: those are no things."""
    return mention is not None and mention.type in _NAMES and bench.mentions.info(mention) is not None
