"""Mentions that take no part: they only say whose somebody is, where a report comes from, or what is hoped for."""

import re
from typing import Final

from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.lexicon.word_lists import ActorWords, one_of
from briefing.extract.nlp.datelines import dateline_agency, dateline_end
from briefing.extract.nlp.token_columns import View
from briefing.extract.participants import agency
from briefing.extract.participants.agency import Part
from briefing.model.facts import Mention


class Asides:
    """Tests the mentions of one document."""

    def __init__(self, view: View, mentions: Mentions, lists: ActorWords) -> None:
        self._lists = lists
        self._unit = one_of(lists.unit_like, r"^\d|\b", r"\b")
        self.view = view
        self.mentions = mentions
        self._datelines = list(_datelines(view.text))
        self._agencies = list(_agencies(view.text))

    def agency(self, mention: Mention) -> bool:
        """Whether it is the agency that a dateline names in brackets, which reports: "KABUL, Jan 3 (Meridian) -"."""
        return any(start <= mention.start < end for start, end in self._agencies)

    def place_of_writing(self, mention: Mention) -> bool:
        """Whether it is the first word, in capitals, of a dateline: "NORTHWOOD, United Kingdom -"."""
        return mention.text.isupper() and any(start == mention.start for start, _ in self._datelines)

    def introduced(self, mention: Mention, span: tuple[int, int]) -> bool:
        """Whether a person stands with rank or office in apposition: "the director, Lt. Col. Ann Lee, …".

        Args:
            mention: The mention.
            span: Half-open range of its tokens.
        """
        titled = mention.type == "PERSON" and mention.text != mention.name and mention.text.endswith(str(mention.name))
        return titled and self.view.deps[agency.head_of(self.view, *span)] in _APPOSED

    def label(self, mention: Mention) -> bool:
        """Whether a nation or body stands, alone or with others, before the colon of a line: "Chile: two medics"."""
        text = self.view.text
        start = text.rfind("\n", 0, mention.start) + 1
        if mention.type not in ("ORG", "NATION") or mention.start - start > _LABEL:
            return False
        return _LABELS.fullmatch(text, start, mention.start) is not None and bool(_COLON.match(text, mention.end))

    def holds(self, mention: Mention, span: tuple[int, int], part: Part) -> bool:
        """Whether a mention takes no part, whatever its grammar says.

        Args:
            mention: The mention.
            span: Half-open range of its tokens.
            part: Its role by its grammar.
        """
        return (
            self._in_dateline(mention)
            or self._says_whose_officer(mention, span)
            or self._of_an_official(mention, span, part)
            or self._is_goal(span, part)
            or self._is_absent(span, part)
            or _FLAGGED.match(self.view.text, mention.end) is not None
            or self._lies_in(mention, span)
            or (part.part != agency.ACTS and self.parent(span))
            or self._to_be_asked(span, part)
        )

    def _is_absent(self, span: tuple[int, int], part: Part) -> bool:
        """Whether it is the subject of a state that is denied: "Chile and Peru are not present"."""
        if part.rule != "subject of a state":
            return False
        verb = next((i for i in range(span[1], len(self.view)) if self.view.tags[i] in ("VBZ", "VBP", "VBD")), -1)
        near = range(verb + 1, min(verb + 4, len(self.view))) if verb >= 0 else ()
        return any(self.view.deps[i] == "neg" for i in near)

    def _lies_in(self, mention: Mention, span: tuple[int, int]) -> bool:
        """Whether a nation only says where the place right before it lies: "Kabul, Afghanistan"."""
        first, view = span[0], self.view
        if mention.type != "NATION" or first < _TWO or view.words[first - 1] != "," or view.deps[span[1] - 1] == "poss":
            return False
        before = self.mentions.mention_at(first - 2)
        return before is not None and before.type == "PLACE" and view.tags[span[1] - 1] == "NNP"

    def _to_be_asked(self, span: tuple[int, int], part: Part) -> bool:
        """Whether readers are only told whom to ask: "media may contact the press office"."""
        verb = self.view.heads[span[1] - 1]
        return part.rule == "object" and self.view.words[verb].lower() in self._lists.asking

    def _in_dateline(self, mention: Mention) -> bool:
        """Whether it stands in a dateline: "KABUL, Afghanistan, Jan 3 (Meridian News) -"."""
        return any(start <= mention.start < end for start, end in self._datelines)

    def _says_whose_officer(self, mention: Mention, span: tuple[int, int]) -> bool:
        """Whether a service only says whose officer the person named right behind it is: "Air Force Capt. Ann Lee"."""
        entry = self.mentions.info(mention) if mention.type == "ORG" else None
        follows = self.mentions.mention_at(span[1])
        return bool(entry and entry.kind == "service" and follows and follows.type == "PERSON")

    def _of_an_official(self, mention: Mention, span: tuple[int, int], part: Part) -> bool:
        """Whether a nation or body only says whose an unnamed official or member is: "one Chilean official said"."""
        if mention.type not in ("NATION", "ORG") or part.rule not in ("in a subject", "by", "according to"):
            return False
        i = span[1]
        while i < len(self.view) and self.view.tags[i] in ("JJ", "NN", "NNP", "POS") and i < span[1] + 3:
            if self.view.words[i].lower() in self._lists.officials:
                return True
            i += 1
        return False

    def parent(self, span: tuple[int, int]) -> bool:
        """Whether tokens ``span`` say what the unit right before them belongs to: "2nd Battalion, |3rd Division|"."""
        first, view = span[0], self.view
        if first > 1 and view.words[first - 1] == ",":
            before = self.mentions.mention_at(first - 2)
            return before is not None and before.type == "ORG" and self._unit.search(str(before.text)) is not None
        return False

    def _is_goal(self, span: tuple[int, int], part: Part) -> bool:
        """Whether it is only the object of what somebody means to do: "here to defeat the militia"."""
        if part.part != agency.STRUCK:
            return False
        view, i = self.view, span[1] - 1
        for _ in range(_HOPS):
            if view.tags[i].startswith("VB") and i != span[1] - 1:
                break
            i = view.heads[i]
        if not view.tags[i].startswith("VB"):
            return False
        meant = any(view.words[c].lower() in ("to", "will") for c in view.children[i] if c < i)
        gerund = view.tags[i] == "VBG" and view.deps[i] == "pcomp"
        return one_of(self._lists.helping).match(view.words[i].lower()) is None and (
            gerund or (view.tags[i] == "VB" and meant)
        )


def _agencies(text: str) -> list[tuple[int, int]]:
    """Characters of the agencies that the datelines among the first lines name."""
    found, start = [], 0
    for _ in range(_LINES):
        end = text.find("\n", start)
        end = end if end >= 0 else len(text)
        if (agency := dateline_agency(text, start, end)) is not None:
            found.append(agency)
        if end >= len(text):
            break
        start = end + 1
    return found


def _datelines(text: str) -> list[tuple[int, int]]:
    """Characters of the datelines among the first lines."""
    found, start = [], 0
    for _ in range(_LINES):
        end = text.find("\n", start)
        end = end if end >= 0 else len(text)
        stop = dateline_end(text, start, end)
        if stop > start:
            found.append((start, stop))
        if end >= len(text):
            break
        start = end + 1
    return found


AREA: Final = re.compile(r"(?:['’]s)?\s(?:Fleets?\s)?(?:areas?|AO[RO])\b")
_APPOSED: Final = frozenset({"appos", "punct", "dep", "attr", "npadvmod"})
"""How the parse ties a name to what it explains, or fails to."""
_FLAGGED: Final = re.compile(r"[-\u2010\u2011 ](?:flagged|registered)\b")
_LABEL: Final = 60
"""Characters of a line before its last label."""
_LABELS: Final = re.compile(r"[\s*•·\-–—\d.)]*(?:[A-Z][\w .'’-]*(?:,| and| &) (?:the )?)*")
_COLON: Final = re.compile(r"(?:(?:,| and| &) (?:the )?[A-Z][\w .'’-]{1,40})*:\s\S")
_TWO: Final = 2
_HOPS: Final = 6
_LINES: Final = 12
"""Lines from the start in which a dateline may stand."""
