"""Find who asserts a statement of a text: the person or body it is attributed to, and the body behind a person."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice
from typing import Final

from briefing.compare.asserting import releases
from briefing.compare.asserting.attributions import Attribution, part_of, parted
from briefing.compare.wording import short_keys
from briefing.model.facts import Count, Extraction, Participant

_VERB: Final = (
    r"(?:said|says|say|saying|told|tells|add(?:ed|s)|claim(?:ed|s)?|reported|reports|announc(?:ed|es)|stat(?:ed|es)|"
    r"declar(?:ed|es)|counts|counted|put(?:s)?|spoke\sof|speaks\sof|confirm(?:ed|s)|mention(?:ed|s)|inform(?:ed|s)|"
    r"acknowledg(?:ed|es)|estimat(?:ed|es)|insist(?:ed|s)|repeat(?:ed|s)|maintain(?:ed|s)|alleg(?:ed|es)|revealed|"
    r"not(?:ed|es)|filmed|saw|declare|claim|report|announce|wr(?:ote|ites)|tweeted|posted|admitted|swears\sto|swore\sto|reckon(?:ed|s)|testif(?:ied|ies)|conced(?:ed|es)|warn(?:ed|s)|disclos(?:ed|es)|contend(?:ed|s)|lowered|raised|corrected|revised|gave|gives|listed|lists|have\sit\sthat|has\sit\sthat)"
)
_SAYING: Final = re.compile(rf"(?<![\w-]){_VERB}(?![\w-])")
_ACCORDING: Final = re.compile(
    r"\b(?:[Aa]ccording\sto|[Bb]ased\son|[Pp]er|in\sthe\swords\sof|by(?=\s(?:the\s\w+|official)\s(?:count|tally)))\s"
)
_END_OF_NAME: Final = re.compile(r"[,;]|(?<=[a-z])\.|\s(?:and|but|while|who|which|that)\s|$")
_SELF: Final = re.compile(r"(?:i|we|one|you|who|which|that|there|nobody|no one|everybody|this|these)$", re.IGNORECASE)
_BREAK: Final = re.compile(
    r"[;:,()–—“”\"]\s|\s(?:and|but|while|that|which|who|whereas|when|because|though|although)\s|[.!?]\s|[“\"]"
)
_NOT_SAYING: Final = re.compile(r"\b(?:be|been|being|was|were|is|are|to|as|not|never|had|of|the|a|an|own)\s$")
_WHEN: Final = re.compile(r"(?:On|In|At|By|During|After|Since)\s(?:\w+\s){0,2}\d")
_AMOUNT: Final = re.compile(
    r"(?:more|less|fewer|over|under|about|around|nearly|almost|some|at\sleast|twice)\s[^A-Z]*\d"
)
_OUR: Final = re.compile(r"(?:our|my)\s", re.IGNORECASE)
_FIRST_PERSON: Final = re.compile(r"(?:^|\s)(?:we|I)(?:\shave|\shad|\salso|\sonly)?$")
"""A subject that ends in whoever writes: "Standing at the fence we counted"."""
_OWN: Final = re.compile(r"\b(?:[Oo]ur|[Mm]y)\sown\b|\b(?:[Bb]y|[Tt]o)\s(?:our|my)\s(?:count|knowledge|tally)\b|\bI\b")
"""Words of whoever writes the text."""
_MARKER: Final = re.compile(r"^(?:\(?\d{1,2}[/).]|[-•*–—])\s*(?:[Tt]he\s)?")
"""The mark of a list or of a thread before its words."""
_DOING: Final = re.compile(r"(?:[a-z-]+\s)*(?:mission|operation|exercise|convoy|patrol|attack|boats?|ships?|vessels?)")
"""What somebody does or sails, by a common noun, which states nothing."""
_ARTICLE: Final = re.compile(r"^(?:(?:the|an?|its|his|her|their|our)\s|[‘“\"'(])", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|dozens)\s)")
"""Some of whom a text counts, who state nothing about themselves."""
_GOES_ON: Final = re.compile(r"\b(?:and|or|but),$")
"""Before a speaker put in between, who says what follows only: "four aboard and, the police say, 212 bales"."""
_OUT: Final = re.compile(r"\b(?:also|later|only|earlier|further|has|have|had|himself|itself|then|now|speaking\b.*)$")
_LONGEST: Final = 110


class Asserters:
    """The attributions of one text. In a release, all is asserted by its issuer."""

    def __init__(self, text: str, found: Extraction, publisher: str | None) -> None:
        self._text = text
        self._sentences = found.sentences
        self._starts = [start for start, _ in found.sentences]
        self._aliases = _aliases(found.participants)
        self._by_name = {str(one.name): one for one in found.participants}
        self._warnings = found.warnings
        self._quotes = sorted((one.start, str(one.speaker)) for one in found.quotes if one.speaker)
        reported = releases.REPORTED.search(text) is not None
        self._stated = releases.of_most_counts(found)
        self._unsaid = self._stated if reported else None
        self.issuer = self._issuer(publisher, [(one.start, one.end) for one in found.quotes])
        if self.issuer is not None and self.issuer != self._stated:
            self._unsaid = self._stated  # a body that only helped
        self._turns = releases.turns_of(text)
        self._found = self._attributions()

    def at(self, start: int, end: int) -> str | None:
        """Who asserts a span of the text; None where the text speaks for itself.

        Args:
            start: First character of the span.
            end: The character after its last.
        """
        number = bisect_right(self._starts, start) - 1
        fitting = [one for one in self._found.get(number, ()) if one.start <= start and end <= one.end + 1]
        if fitting:
            return min(fitting, key=lambda one: one.end - one.start).who
        turn = bisect_right(self._turns, (start, "\uffff")) - 1
        if turn >= 0 and self._turns[turn][1]:
            return self._speaking(self._turns[turn][1])
        return self.issuer or (self._carried(number) if number not in self._found else None)

    def of_count(self, fact: Count) -> str | None:
        """Who asserts a count: as the extractor has it, unless that is a word of a release that names nobody."""
        said = str(fact.asserted_by) if fact.asserted_by else None
        if said and (said in fact.evidence or fact.evidence.line() in said or _DOING.fullmatch(said)):
            said = None  # what is counted, or what somebody did, says nothing
        if said is not None and (said == self._unsaid or _NUMBERED.match(said)):
            said = None
        said = said and _MARKER.sub("", said)
        if said is not None and (self.issuer is None or said in self._by_name or releases.OFFICIAL.search(said)):
            one = self._by_name.get(said)
            own = one is not None and one.kind == "unit" and self.at(fact.start, fact.end) == self.issuer
            return self.issuer if own else said  # a unit that a release only names says nothing in it
        return self.at(fact.start, fact.end) or said

    def _speaking(self, label: str) -> str:
        """The speaker behind a label of a transcript: the person of that surname, else the label."""
        last = short_keys(label)[-1:]
        for one in self._by_name.values():
            if one.kind == "person" and any(short_keys(form)[-1:] == last for form in (one.name, *one.aliases)):
                return str(one.name)
        return self.named(label) or self._canonical(label)

    @property
    def host(self) -> str | None:
        """The body whose briefing a transcript is: the one that its head names first."""
        return self._body_in(self._text[: releases.HEAD]) if self._turns else None

    def is_turn(self, who: str) -> bool:
        """Whether somebody speaks a turn of a transcript by this name."""
        return any(label and self._speaking(label) == who for _, label in self._turns)

    def _carried(self, number: int) -> str | None:
        """The asserter that a sentence without attribution continues: one body has the sentences on both sides."""
        before, after = self._found.get(number - 1), self._found.get(number + 1)
        if not before or not after or _OWN.search(self._text, *self._sentences[number]):
            return None
        one, two = before[-1].who, after[0].who
        same = one == two or one.split()[-1].casefold() == two.split()[-1].casefold()
        return one if same or self._speaks_for(one, two) or self._speaks_for(two, one) else None

    def _speaks_for(self, who: str, body: str) -> bool:
        """Whether somebody's affiliation or office, as the text states them, is that body's."""
        one = self._by_name.get(who)
        if one is None or one.kind != "person":
            return False
        return one.affiliation == body or (one.role is not None and self.named(one.role) == body)

    def as_written(self, name: str | None) -> str | None:
        """The name of an asserter as the text has it, where its full name is put together from elsewhere."""
        one = self._by_name.get(name) if name else None
        if one is None or name is None or name.casefold() in self._text.casefold():
            return name
        written = [str(alias) for alias in one.aliases if alias in self._text and not re.search(r"[’']s\s", alias)]
        return max(written, key=len, default=name)

    def participant(self, name: str) -> Participant | None:
        """The participant of that name."""
        return self._by_name.get(name)

    def exactly(self, form: str) -> str | None:
        """The canonical name of the participant whom the text calls by exactly this form."""
        one = self._aliases.get(" ".join(short_keys(form)))
        return str(one.name) if one else None

    def named(self, phrase: str) -> str | None:
        """The canonical name of the participant that a phrase names; None where it names none."""
        plain = f" {' '.join(short_keys(phrase))} "
        best = ""
        for alias in self._aliases:
            if len(alias) > len(best) and f" {alias} " in plain:
                best = alias
        return self._aliases[best].name if best else None

    def _issuer(self, publisher: str | None, quoted: Sequence[tuple[int, int]]) -> str | None:
        """The body whose release this is, all of which is said in its name; None where it is no release."""
        if self._unsaid or any(warning.kind == "machine-paraphrased" for warning in self._warnings):
            return None
        if self._stated:
            return self._joint() or self._stated
        head = self._text[: releases.HEAD]
        match = releases.ISSUED.search(head) or releases.INFORMS.search(head)
        if match:
            return self._canonical(releases.OFFICE.sub("", match["who"]))
        if publisher and releases.OFFICIAL.search(publisher):
            return self._canonical(releases.OFFICE.sub("", publisher))
        outside = releases.outside(self._text, quoted)
        if releases.BYLINE.search(head) or re.search(r"\b(?:I|I’m|I'm|I’ve|I've)\b", outside):
            return None
        if releases.THREAD.search(self._text):
            return None
        first = re.match(r"([A-Z][\w.’'& -]{2,50}): ", head)
        if (
            first
            and (" ".join(short_keys(first[1])) in self._aliases or releases.OFFICIAL.search(first[1]))
            and re.search(r"\b(?:19|20)\d\d\b", head)
        ):
            return self._canonical(first[1])
        if releases.RELEASE.search(head[: releases.VERY_HEAD]):
            return self._body_in(head)
        plain = len(releases.TOLD.findall(outside)) <= len(
            self._text
        ) / releases.TELLING and not releases.OWN_VIEW.search(outside)
        return self._joint() or self._first_subject() if plain else None

    def _first_subject(self) -> str | None:
        """The body that the head or the first sentence begins with, as of a release that does not say it is one."""
        bodies = [
            (at, str(one.name))
            for one in self._by_name.values()
            if one.kind == "organisation" and any(map(releases.OFFICIAL.search, (one.name, *one.aliases)))
            for at, _ in one.mentions
        ]
        for line in islice(releases.LINE.finditer(self._text), 3):
            header = not line[0].rstrip().endswith((".", "”", '"')) and len(line[0]) < _LONGEST
            if (
                line.start() > 0
                and header
                and (named := [one for one in bodies if line.start() <= one[0] < line.end()])
            ):
                return min(named)[1]
        if bodies and min(bodies)[0] <= len("the "):
            return min(bodies)[1]
        for line in islice(releases.LINE.finditer(self._text), 4):
            if line[0].rstrip()[-1] not in '.”"':
                continue  # a title, or a line with a place and a day
            lead = releases.PLACE_AND_DAY.match(line[0])
            first = line.start() + (lead.end() if lead else 0)
            named = [
                one for one in bodies
                if 0 <= one[0] - first <= releases.EARLY and not releases.OWNED.search(self._text, first, one[0])
            ]  # fmt: skip
            return min(named)[1] if named else self._acting(bodies)
        return self._acting(bodies)

    def _joint(self) -> str | None:
        """The body that one of the first lines begins with, before those that helped it."""
        for line in islice(releases.LINE.finditer(self._text), 4):
            lead = releases.PLACE_AND_DAY.match(line[0])
            at = line.start() + (lead.end() if lead else 0)
            if joint := releases.WITH_OTHERS.match(self._text, at):
                return self._canonical(joint["who"])
        return None

    def _acting(self, bodies: Sequence[tuple[int, str]]) -> str | None:
        """The body that one of the first sentences is about: "The Ministry of Defence is sending two batteries"."""
        at = dict(bodies)
        for start, _ in self._sentences[1 : releases.FIRST_SENTENCES]:
            article = re.match(r"[Tt]he\s", self._text[start : start + 4])
            body = at.get(start + article.end() if article else start)
            if body and releases.ACTS.match(self._text[start : start + _LONGEST]):
                return body
        return None

    def _body_in(self, head: str) -> str | None:
        """The body that the head of a release names first."""
        found: list[tuple[int, str]] = []
        for one in self._by_name.values():
            body = one.kind in {"organisation", "unit"} and any(map(releases.OFFICIAL.search, (one.name, *one.aliases)))
            if body and one.mentions and one.mentions[0][0] < len(head):
                found.append((one.mentions[0][0], str(one.name)))
        if not found:
            found = [
                (m.start(), self._canonical(releases.OFFICE.sub("", m[0]))) for m in releases.BODY_NAME.finditer(head)
            ]
        return min(found)[1] if found else None

    def _canonical(self, phrase: str) -> str:
        """The participant that the phrase names as a whole, else the words."""
        words = " ".join(_ARTICLE.sub("", phrase.strip()).split())
        one = self._aliases.get(" ".join(short_keys(words)))
        return str(one.name) if one else words

    def _attributions(self) -> dict[int, list[Attribution]]:
        found: dict[int, list[Attribution]] = {}
        last: str | None = None
        for number, (start, end) in enumerate(self._sentences):
            said = next((quote for quote in self._quotes if start <= quote[0] < end), None)
            own = self._of_sentence(start, end, said[1] if said else last)
            if own:
                found[number] = own
                last = own[-1].who
            elif said:
                last = said[1]
        return found

    def _of_sentence(self, start: int, end: int, last: str | None) -> list[Attribution]:
        """The attributions of a sentence, each with the part of it that it covers."""
        text = self._text
        made: list[Attribution] = []
        for match in _SAYING.finditer(text, start, end):
            subject = self._subject(match, start, end)
            if subject is None:
                continue
            first, words, after = subject
            who = self._who(words, last if not made else made[-1].who)
            if who is None:
                continue
            floor = next((one.verb for one in reversed(made)), start)
            made.append(self._covered(max(first, start), match, who, (floor, end), after=after))
        for match in _ACCORDING.finditer(text, start, end):
            stop = _END_OF_NAME.search(text, match.end(), end)
            words = text[match.end() : stop.start() if stop else end]
            if (who := self._who(words, last)) is not None:
                part = part_of(text, match.start(), start, end)
                if match[0].startswith("by"):
                    part = max(part[0], text.rfind(", ", start, match.start()) + 1), part[1]
                made.append(Attribution(*part, who, match.start()))
        return parted(made, text, start, end)

    def _subject(self, verb: re.Match[str], start: int, end: int) -> tuple[int, str, bool] | None:
        """First character and words of the subject of a verb of saying, and whether it stands after the verb."""
        text = self._text
        before = text[max(start, verb.start() - _LONGEST) : verb.start()]
        if _NOT_SAYING.search(before) or text.startswith(" by ", verb.end()):
            return None
        inverted = re.match(r"\s((?:[A-Z][a-z]*\.?\s)?(?:the\s|an?\s)?[^,.;:“”\"]{2,60})", text[verb.end() : end])
        if re.search(r"[,”\"?!]\s*$", before) and inverted:
            words = re.split(r"\s(?:on|in|at|by|who|as|during)\s", inverted[1])[0]
            if re.match(r"[A-Z]|the\s|an?\s|its\s|his\s|her\s|their\s", words):
                return verb.start(), words, True
        breaks = list(_BREAK.finditer(before))
        first = breaks[-1].end() if breaks else 0
        # an appositive between subject and verb: "Alda Cossa, the governor's spokeswoman, said"
        if before.rstrip().endswith(","):
            parts = before.rstrip().rstrip(",").rsplit(",", 2)
            named_last = re.fullmatch(r"\s*(?:[A-Z][\w.’'-]*\s?){2,5}", parts[-1])
            words = re.split(r"[;:—“”]\s?|\sand\s", parts[-1] if len(parts) < 2 or named_last else parts[-2])[-1]
            first = before.rfind(words)
            return max(start, verb.start() - _LONGEST) + max(first, 0), words, False
        words = before[first:]
        return max(start, verb.start() - _LONGEST) + first, words, False

    def _who(self, words: str, last: str | None) -> str | None:
        """The speaker that a subject names: a participant, the last speaker for a pronoun, else its words.

        None for no source.
        """
        said = " ".join(_ARTICLE.sub("", _MARKER.sub("", words.strip(' ,”"“\n'))).split())
        said = _OUT.sub("", said).strip(" ,()")
        said = re.sub(r"^(?:\d+\s)+(?:the\s)?", "", said)
        if _AMOUNT.match(said) or _WHEN.match(said) or _OUR.match(words.strip()) or _FIRST_PERSON.search(said):
            return None
        if re.match(r"as\s", said):
            return None
        said = re.sub(r"^(?:In|On|At|By|During|After)\s.*?\s(?=(?:he|she|it|they)$)", "", said)
        if _SELF.fullmatch(said) or re.match(
            r"(?:I|[Ww]e|[Mm]y|[Oo]ur|[Ww]hich|[Tt]hat|[Ww]ho|[Ww]hat|[Ww]here|[Ww]hose)\b", said
        ):
            return None
        if said in {"", "and", "but", "also"} or re.search(r"(?:^|\s)(?:he|she|it|they)$", said, re.IGNORECASE):
            return last  # a pronoun, or the second verb of one subject
        if re.fullmatch(r"[a-z]+", said) and (full := self._earlier(said)):
            return full
        if len(said) > 70 or not re.search(r"[A-Za-z]{3}", said):
            return None
        if (name := self.named(said)) and self._is_head(name, said):
            return name
        if re.match(r"\d|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b", said) or _NOBODY.search(said):
            return None
        said = re.split(r"\s(?:in|at|who|from|I|on|of\sthe)\s", said)[0]
        return re.split(r"\sof\s", said)[0] if said[0].islower() else said

    def _earlier(self, noun: str) -> str | None:
        """The fuller name of whom a text calls by the last word only: the ministry, the staff, the spokeswoman."""
        for one in self._by_name.values():
            forms = (one.name, *one.aliases)
            if one.kind != "nation" and any(form.casefold().endswith(f" {noun}") for form in forms):
                return one.name
            if one.kind == "person" and one.role and one.role.casefold().split()[-1:] == [noun]:
                return one.name
            if one.kind == "person" and one.role and one.role.casefold().startswith(noun):
                return one.name
        before = re.search(rf"\bthe\s((?:[a-z]+\s){{1,2}}{noun})\b", self._text)
        return before[1] if before else None

    def _is_head(self, name: str, said: str) -> bool:
        """Whether a participant is who speaks, not whom the words only mention ("Italian captain")."""
        one = self._by_name[name]
        if one.kind != "nation":
            return True
        return len(said.split()) == 1

    def _covered(self, first: int, verb: re.Match[str], who: str, part: tuple[int, int], *, after: bool) -> Attribution:
        """The span that an attribution covers: what comes before it as well, where it follows what was said."""
        start, stop = part
        semicolon = self._text.rfind(";", start, first)
        start = semicolon + 1 if semicolon >= 0 else start
        lead = self._text[start:first].strip()
        if after and lead[-1:] in CLOSING and (named := _END_OF_NAME.search(self._text, verb.end(), stop)):
            stop = named.start()  # what comes after '"…," said X' is told by the text, not by X
        said_before = after or (len(lead) > 20 and lead[-1] in ',”"?!' and not _GOES_ON.search(lead))
        return Attribution(start if said_before else first, stop, who, verb.start())


CLOSING: Final = frozenset('”"')
"""Marks that end a quotation."""
_NOBODY: Final = re.compile(
    r"\b(?:toll|number|figure|reports?|images?|video|damage|attack|blast|total|staff also corrected|result)$",
    re.IGNORECASE,
)


def _aliases(participants: Sequence[Participant]) -> dict[str, Participant]:
    found: dict[str, Participant] = {}
    for one in participants:
        for form in (one.name, *one.aliases):
            plain = " ".join(short_keys(form))
            if plain and len(plain) > 2:
                found.setdefault(plain, one)
    return found
