"""Operator candidates without a name of their own: "Jordan's military", "the coast guard", a capital that acts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.lexicon.lexicon import Entry
from briefing.extract.lexicon.word_lists import CountWords, any_of, one_of
from briefing.extract.nlp.token_columns import View
from briefing.model.facts import Mention


@dataclass(frozen=True, slots=True)
class Owner:
    """A mention that can be an operator: its number (-1 for a mere role), tokens, the name it gives, its nation."""

    mention: int
    first: int
    end: int
    name: str
    nation: str
    kind: str


_WORD: Final = (r"\b", r"\b", re.IGNORECASE)


def bodies_by_role(mentions: Mentions) -> Iterator[Owner]:
    """Institutions of a known nation that field something, or that stand for the nation; and a coalition."""
    lists = mentions.lexicon.lists.counts
    for mention, (first, end) in zip(mentions.institutions, mentions.institution_spans, strict=True):
        name = str(mention.name)
        entry = mentions.lexicon.entry(name)
        service = one_of(lists.service_names, *_WORD).search(name)
        if name.lower() == "coalition":
            yield Owner(-1, first, end, "Coalition", "", "coalition")
            continue
        nation = (entry.nation if entry else "") or _nation_in(name, mentions)
        if not nation:
            yield Owner(-1, first, end, name, "", "service" if service else "company")
            continue
        if service:
            yield Owner(-1, first, end, name, nation, "service")
        elif one_of(lists.names_of_forces, *_WORD).search(name):
            yield Owner(-1, first, end, nation, nation, "forces")
        elif one_of(lists.names_of_state, *_WORD).search(name):
            yield Owner(-1, first, end, nation, nation, "ministry" if "efen" in name else "government")


def _nation_in(name: str, mentions: Mentions) -> str:
    """The nation whose adjective begins a name: "Jordanian military", "South Korean navy"."""
    words = name.split()
    found = (mentions.lexicon.nation(" ".join(words[:size])) for size in (1, 2))
    return next((nation for nation in found if nation), "")


def capitals_that_act(view: View, mentions: Mentions) -> Iterator[Owner]:
    """Capitals that stand for their governments: the subject of a verb, or before a possessive.

    Args:
        view: Token columns of the document.
        mentions: Its mentions.
    """
    for number, (mention, (first, end)) in enumerate(zip(mentions.all, mentions.spans, strict=True)):
        if mention.type == "PLACE" and (nation := _governed_from(mention, mentions)) and _acts(view, first, end):
            yield Owner(number, first, end, nation, nation, "nation")


def _governed_from(mention: Mention, mentions: Mentions) -> str:
    entry = mentions.info(mention)
    return entry.nation if entry is not None and entry.kind in ("capital", "seat") else ""


def _acts(view: View, first: int, end: int) -> bool:
    """Whether the place is the subject of a verb, or what follows is its own; no dateline."""
    if view.words[end - 1].isupper() and end - first >= 1 and len(view.words[end - 1]) > 2:
        return False
    return view.deps[end - 1] == "nsubj" or view.words[end : end + 1] in (["'s"], ["’s"])


def armed_groups(view: View, mentions: Mentions) -> frozenset[str]:
    """Names in no lexicon that the text says are armed groups: "members of the Mai-Mai sect", "the M23 rebels".

    Args:
        view: Token columns of the document.
        mentions: Its mentions.
    """
    found = set()
    ahead, behind = _armed_group(mentions.lexicon.lists.counts)
    for mention in mentions.all:
        if mention.type not in ("ORG", "PERSON", "PLACE") or mentions.info(mention) is not None:
            continue
        led = ahead.search(view.text, max(0, mention.start - _PHRASE), mention.start)
        if led or behind.match(view.text, mention.end):
            found.add(str(mention.name))
    return frozenset(found)


_PHRASE: Final = 40


@lru_cache(maxsize=4)
def _armed_group(lists: CountWords) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before and behind the name of an armed group."""
    people, bodies = rf"(?:{any_of(lists.armed_people)})", any_of(lists.armed_bodies)
    alone = any_of(lists.bodies_outlawed)
    return (
        re.compile(
            rf"(?:\b{people}s? (?:of|from) (?:the )?|\b(?:{people}|armed) (?:{bodies}),? (?:the )?"
            rf"|\b(?:{alone}|militia),? )$"
        ),
        re.compile(rf"[ -](?:{people}s?\b|(?:{people}|armed|terror) (?:{bodies})\b|(?:{alone})\b)"),
    )


def group_in(mentions: Mentions, name: str) -> Entry | None:
    """The armed group with whose name a longer name begins: "Islamic State Sahel Province"; else null.

    Args:
        mentions: The document's mentions.
        name: The longer name.
    """
    for term in mentions.lexicon.terms.get(name.split()[0], ()):
        if term.entry.kind == "group" and name.startswith(f"{term.surface} "):
            return term.entry
    return None


def is_maker(view: View, mentions: Mentions, owner: Owner) -> bool:
    """Whether a mention says who built or backs the thing: "Chinese-made", "Soviet-designed", "ex-Russian".

    Args:
        view: Token columns of the document.
        mentions: Its mentions.
        owner: The candidate.
    """
    if owner.mention < 0:
        return False
    mention = mentions.all[owner.mention]
    if one_of(mentions.lexicon.lists.counts.behind_hyphens, _HYPHEN, r"\b").match(view.text, mention.end) is not None:
        return True
    return view.text[max(0, mention.start - 7) : mention.start].lower().endswith(_ONCE)


_HYPHEN: Final = r"[-\u2010\u2011 ]"
_ONCE: Final = ("ex-", "ex ", "former ", "once-", "ex\u2010", "ex\u2011")
