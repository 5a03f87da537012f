"""Finding the counts of a document: which numbers count which things. Whose they are is for ``operators``."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Final, Literal

from briefing.extract.groups import Group, Reader
from briefing.extract.items import Items
from briefing.extract.mentions import Mentions
from briefing.extract.numbers import Number, find_numbers, may_start
from briefing.extract.things import Thing, Things, designation
from briefing.extract.view import View
from briefing.model.base import Confidence

How = Literal["direct", "article", "list", "linked", "elided"]


@dataclass(slots=True)
class Draft:
    """A count on its way: ``start`` to ``end`` is its evidence, ``first`` to ``head`` its tokens, number included."""

    start: int
    end: int
    low: int | None
    high: int | None
    approx: bool
    thing: Thing
    first: int
    head: int
    how: How
    confidence: Confidence = "high"
    operator: str = ""
    further: bool = False


class Finder:
    """Finds the counts of one document."""

    def __init__(self, view: View, mentions: Mentions, items: Items) -> None:
        self.view = view
        self.mentions = mentions
        self.items = items
        self.reader = Reader(view, mentions, items)
        self.things = Things(self.reader, items)
        self.drafts: list[Draft] = []

    def find(self) -> list[Draft]:
        """Counts with a number of their own, in order of their place."""
        view = self.view
        starts = [view.starts[i] for i, word in enumerate(view.words) if may_start(word)]
        self.numbers = list(find_numbers(view.text, starts))
        for place, number in enumerate(self.numbers):
            self._number(place, number)
        self.drafts.sort(key=lambda d: (d.start, d.end))
        return self.drafts

    def _number(self, place: int, number: Number) -> None:
        token = bisect_left(self.view.starts, number.end)
        if self._is_label(number):
            return
        if self.view.text[number.core_end : number.core_end + 1] in _HYPHENS and number.core_end == number.end:
            self._compound(number)
        elif not (
            self._each(number, token)
            or self._strong(number, token)
            or self._shared(place, number)
            or self._direct(number, token)
            or self._behind(number, token)
            or self._casualties(number, token)
        ):
            self._again(number, token)

    # --- what a number is when it counts nothing

    def _is_label(self, number: Number) -> bool:
        """Whether the number is a name's, a date's or a measure's."""
        view = self.view
        first = view.token_at(number.core_start)
        times = first > 0 and view.words[first - 1] in _TIMES
        mention = self.mentions.mention_at(first)
        inside = mention is not None and (mention.start < number.core_start or mention.type in ("DATE", "MONEY"))
        if mention is not None and inside and not times and self._in_name(number, mention.type, mention.end):
            return True
        if number.hedged or first == 0:
            return False
        before = view.words[first - 1]
        if before.lower().rstrip(".") in _LABELS and view.starts[first] - view.ends[first - 1] <= 1:
            name = before[0].isupper() and view.words[first][0].isupper()
            if name or (number.digits and not view.tags[first - 1].startswith("VB")):
                return True
        if not number.digits:
            return False
        core = view.text[number.core_start : number.core_end]
        return bool(_YEAR.match(core)) and (before.lower() in _BEFORE_YEAR or view.ner[first] == "DATE")

    def _in_name(self, number: Number, kind: str, end: int) -> bool:
        if kind in ("DATE", "MONEY"):
            return end > number.end and _MEASURED.match(self.view.text, number.core_end) is not None
        return kind in ("ORG", "PERSON", "EVENT", "PLACE", "AIRCRAFT", "SHIP", "WEAPON", "VEHICLE") and (
            number.digits and end > number.core_end
        )

    # --- a number before its noun

    def _direct(self, number: Number, token: int) -> bool:
        token = self._past_aside(number, token)
        if token >= len(self.view) or self._far(number, token):
            return False
        many = not number.one
        group = self.reader.right(token, many=many)
        thing = self._thing(group, many=many) if group is not None else None
        if group is None or thing is None:
            return False
        if (
            number.low == 1
            and number.high == 1
            and (self._speaks(group, thing) or self._one_among(number, token, thing))
        ):
            return True
        if thing.category == "personnel" and self._is_share(number):
            return True
        if self._is_rate(group.head + 1):
            return True
        confidence: Confidence = "high" if thing.sure else "medium"
        self._add(number, number.start, group.end, thing, group.head, "direct", confidence)
        return True

    def destroyed(self, group: Group) -> Thing | None:
        """A noun in no lexicon that is destroyed or seized is a thing all the same ("six oil refinement stills")."""
        view = self.view
        begin, _ = view.sentences[view.sentence_of[group.head]]
        if view.tags[group.head] not in ("NN", "NNS") or view.words[group.head].lower() in _NO_THINGS:
            return None
        for i in range(group.first - 1, begin - 1, -1):
            if view.tags[i].startswith("VB"):
                return self.things.unknown(group) if _DESTROYING.match(view.words[i].lower()) else None
        return None

    def _past_aside(self, number: Number, token: int) -> int:
        """Past the dash that closes an aside: "nearly -- say 200 -- missiles"."""
        view = self.view
        if token + 1 < len(view) and view.words[token] in _ASIDE:
            first = view.token_at(number.start)
            if any(view.words[i] == view.words[token] for i in range(max(0, first - 6), first)):
                return token + 1
        return token

    def _one_among(self, number: Number, token: int, thing: Thing) -> bool:
        """As in "is one of eighteen B-17s", "Ms Lee, one of his aides": says what someone already named belongs to."""
        view = self.view
        first = view.token_at(number.start)
        before = view.words[first - 1].lower() if first else ""
        if view.words[token] != "of":
            return False
        return before in _BEING or (not thing.fielded and before in (",", "–", "—", "as", "became", "become"))

    def _is_share(self, number: Number) -> bool:
        """As in "one in four residents", "eight of 10 voters", "one of every nine"."""
        return _SHARE.search(self.view.text[max(0, number.start - 24) : number.core_end]) is not None

    def _thing(self, group: Group, *, many: bool) -> Thing | None:
        thing = self.things.of(group)
        if thing is None and (not many or self.reader.plural(group.head)):
            return self.destroyed(group)
        if thing is None or not many or self.reader.plural(group.head):
            return thing
        # A singular after a number above one is a modifier of something else, unless it is a type or a slip.
        if thing.sure and thing.category in _SLIPPING and self._slip(group):
            return thing
        typed = self.reader.mention_of(group.head) is not None or " " in thing.key or thing.entry is not None
        typed = typed or designation(self.view.words[group.head])
        nationality = self.mentions.mention_at(group.head)
        return thing if typed or (nationality is not None and nationality.type == "NATION") else None

    def _slip(self, group: Group) -> bool:
        """Whether a plural has lost its ending ("two ISIL-held building and a car"); not in "a four star hotel"."""
        view = self.view
        before = view.tags[group.first - 2] if group.first > 1 else ""
        after = view.tags[group.head + 1] if group.head + 1 < len(view) else "."
        return view.tags[group.head] == "NN" and before != "DT" and after in _CLOSED

    def _far(self, number: Number, token: int) -> bool:
        """Whether something other than a blank stands between number and noun."""
        between = self.view.text[number.end : self.view.starts[token]].lstrip("xX×")
        return bool(between.strip(" -–—")) or "\n" in between or self.view.words[token].isspace()

    def _speaks(self, group: Group, thing: Thing) -> bool:
        """As in "One official said": who speaks is not counted."""
        view = self.view
        if thing.category != "personnel" or thing.fielded:
            return False
        after = view.words[group.head + 1].lower() if group.head + 1 < len(view) else ""
        before = view.words[group.first - 2].lower() if group.first > 1 else ""
        return after in _SAID or before in _SAID or before == "to"

    def _is_rate(self, token: int) -> bool:
        """As in "12 ships a day", "per month"."""
        words = [w.lower() for w in self.view.words[token : token + 2]]
        if not words or words[0] in ("daily", "monthly", "yearly", "annually", "weekly"):
            return bool(words)
        return len(words) == 2 and words[0] in ("a", "per", "each", "every") and words[1] in _PERIODS

    def _compound(self, number: Number) -> None:
        """A number tied to a noun by a hyphen: "5,000-strong", "four-ship", "12-man crew", "20-vehicle convoy"."""
        view = self.view
        match = _COMPOUND.match(view.text, number.core_end)
        if match is None:
            return
        token = bisect_left(view.starts, match.end())
        word = match[1].lower()
        if word == "strong":
            group = self.reader.right(token, many=False)
            end = group.end if group else match.end()
            self._add(number, number.start, end, _PERSONNEL, group.head if group else token - 1, "direct")
            return
        if word == "ship":
            self._formation(number, token, match.end())
            return
        noun = self.items.find([word])
        if noun is None or noun.category is None:
            noun = self.items.find(["person"])
            assert noun is not None
        group = self.reader.right(token, many=False)
        if group is None or view.words[group.head].lower() not in _FORMATIONS:
            return
        thing = Thing(noun.phrase, noun.category or "personnel", fielded=True, key=noun.phrase)
        self._add(number, number.start, group.end, thing, group.head, "direct", "medium")

    def _strong(self, number: Number, token: int) -> bool:
        """As in "About 700 strong"."""
        if self.view.words[token : token + 1] != ["strong"] or self._far(number, token):
            return False
        self._add(number, number.start, self.view.ends[token], _PERSONNEL, token, "direct")
        return True

    def _formation(self, number: Number, token: int, end: int) -> None:
        """As in "A four-ship of F-16s", "a two-ship formation of Rafales", "a four-ship"."""
        view, text = self.view, self.view.text
        thing, head = _AIRCRAFT, token - 1
        i = token
        if i < len(view) and view.words[i].lower() in _FORMATIONS:
            i, end, head = i + 1, view.ends[i], i
        if i < len(view) and view.words[i] == "of" and (group := self.reader.right(i, many=True)) is not None:
            found = self.things.of(group)
            if found is not None and found.category == "aircraft":
                thing, end, head = found, group.end, group.head
        start = number.start
        if (article := re.search(r"\b[Aa]\s$", text[:start])) is not None:
            start = article.start()
        self._add(number, start, end, thing, head, "direct")

    def _each(self, number: Number, token: int) -> bool:
        """As in "Two each of the F-15C and F-15E": twice two; the second span encloses the first."""
        words = self.view.words
        if words[token : token + 2] != ["each", "of"] and words[token : token + 2] != ["each", "from"]:
            return False
        i, found = token + 1, False
        for _ in range(5):
            group = self.reader.right(i, many=False)
            thing = self.things.of(group) if group else None
            if group is None or thing is None:
                break
            self._add(number, number.start, group.end, thing, group.head, "direct")
            found, i = True, group.head + 1
            while i < len(words) and words[i] in (",", "and", "&"):
                i += 1
            if i == group.head + 1:
                break
        return found

    def _shared(self, place: int, number: Number) -> bool:
        """As in "Nine Dutch and ten Swiss jets": the noun stands with the second number."""
        if place + 1 >= len(self.numbers):
            return False
        follow = self.numbers[place + 1]
        between = self.view.text[number.end : follow.start]
        match = _SHARED.fullmatch(between)
        if match is None:
            return False
        if match["own"].strip() in ("", None) and number.digits and not number.hedged:
            return False
        group = self.reader.right(bisect_left(self.view.starts, follow.end), many=not follow.one)
        thing = self._thing(group, many=not follow.one) if group else None
        if thing is None:
            return False
        own = match["own"].rstrip()
        end = number.end + len(own)
        head = self.view.token_at(end - 1)
        if own and (own.endswith(("s", "men")) or self.items.find([own.split()[-1].lower()])):
            return False
        if own and self.reader.mention_of(head) is not None:
            return False
        self._add(number, number.start, end, thing, head, "direct" if own else "elided", "medium")
        return True

    # --- a number behind its noun

    def _behind(self, number: Number, token: int) -> bool:
        """As in "J-16 fighters x 16", "Su-30 – 4", "tankers numbering 14", "the number of shells now totals 6,602"."""
        view = self.view
        first = view.token_at(number.start)
        if first == 0:
            return False
        sign = view.words[first - 1]
        after = view.words[token] if token < len(view) else "."
        ends_line = token >= len(view) or view.words[token].isspace()
        if sign in _TIMES:
            return self._list_entry(number, first - 2, "direct")
        if sign.lower() in _TOTALS:
            i = first - 2
            while i >= 0 and (view.words[i] in (",", "--", "–", "—") or view.words[i].lower() in ("now", "together")):
                i -= 1
            if self._list_entry(number, i, "linked"):
                return True
        if sign in _SEPARATORS and (ends_line or after in (",", ";", ".", "(")) and self._in_list(first - 2):
            return self._list_entry(number, first - 2, "linked")
        if sign == "(" and after == ")":
            return self._list_entry(number, first - 2, "linked")
        return self._number_of(number, first)

    def _in_list(self, token: int) -> bool:
        """Whether the line holds little else than the entry, or several of its kind."""
        view = self.view
        if token < 0:
            return False
        start = view.text.rfind("\n", 0, view.starts[token]) + 1
        end = view.text.find("\n", view.starts[token])
        line = view.text[start : end if end >= 0 else len(view.text)]
        return len(line.split()) <= _SHORT_LINE or len(_ENTRIES.findall(line)) > 1

    def _list_entry(self, number: Number, token: int, how: How) -> bool:
        group = self.reader.left(token) if token >= 0 else None
        thing = self.things.of(group) if group else None
        if group is None or thing is None or not self._countable(token):
            return False
        start = self.view.starts[group.first]
        end = number.end
        if how == "linked" and (wider := self._coordinated(group, thing)) is not None:
            start, thing = wider
        if self.view.text[end : end + 1] == ")" and "(" in self.view.text[group.end : end]:
            end += 1
        last = self.view.token_at(end - 1)
        self._add(number, start, end, thing, last, how, "high" if how == "direct" else "medium")
        return True

    def _countable(self, token: int) -> bool:
        """Whether the noun before a number can be what it counts: a plural, or a type."""
        return (
            self.reader.plural(token)
            or self.reader.mention_of(token) is not None
            or designation(self.view.words[token])
        )

    def _coordinated(self, group: Group, thing: Thing) -> tuple[int, Thing] | None:
        """As in "Helicopters and unmanned aerial vehicles totalling 14" are of one category and one count."""
        view = self.view
        before = group.first - 2
        if before < 0 or view.words[group.first - 1] not in ("and", "or") or not self.reader.plural(before):
            return None
        other = self.reader.left(before)
        first = self.things.of(other) if other else None
        if other is None or first is None or first.category != thing.category:
            return None
        return view.starts[other.first], Thing(
            f"{first.item} and {thing.item}", thing.category, thing.fielded, thing.key, thing.entry
        )

    def _number_of(self, number: Number, first: int) -> bool:
        """As in "The number of munitions delivered … now totals 6,602"."""
        view = self.view
        if view.words[first - 1].lower() not in _REACHES:
            return False
        begin, _ = view.sentences[view.sentence_of[first]]
        for i in range(first - 2, begin, -1):
            if view.words[i] == "of" and view.words[i - 1].lower() in _NUMBER_WORDS:
                group = self.reader.right(i + 1, many=True)
                thing = self._thing(group, many=True) if group else None
                if group is None or thing is None or group.head >= first:
                    return False
                self._add(number, view.starts[group.first], number.end, thing, first, "linked", "low")
                return True
        return False

    # --- a number whose noun is left out

    def _casualties(self, number: Number, token: int) -> bool:
        """As in "58 wounded", "killing at least seven"."""
        view = self.view
        after = view.words[token].lower() if token < len(view) and not self._far(number, token) else ""
        first = view.token_at(number.start)
        before = view.words[first - 1].lower() if first else ""
        if after in _STATES and not number.one:
            end, head = view.ends[token], token
        elif before in _KILLING and (after in _STOPS or (token < len(view) and view.tags[token] in ("IN", "CC", "."))):
            end, head = number.end, token - 1
        else:
            return False
        if number.digits and not number.hedged and _YEAR.match(view.text[number.core_start : number.core_end]):
            return False
        self._add(number, number.start, end, _PERSON, head, "elided", "medium")
        return True

    def _again(self, number: Number, token: int) -> bool:
        """As in "Seven of them", "two more", "eight others": of what was counted last."""
        view = self.view
        words = [w.lower() for w in view.words[token : token + 3]]
        if words[:1] == ["of"] and words[1:2] and words[1] in ("them", "these", "those", "whom", "which"):
            last = token + 1
            named = self.reader.right(token + 2, many=not number.one) if token + 2 < len(view) else None
            if named is not None and (thing := self._thing(named, many=not number.one)) is not None:
                self._add(number, number.start, named.end, thing, named.head, "direct", "medium")
                return True
        elif words[:1] and words[0] in ("more", "others") and not self._far(number, token):
            last = token
        else:
            return False
        sentence = view.sentence_of[min(token, len(view) - 1)]
        known = next((d for d in reversed(self.drafts) if sentence - view.sentence_of[d.first] <= 1), None)
        if known is None:
            return False
        self._add(number, number.start, view.ends[last], known.thing, last, "elided", "low")
        return True

    def _add(
        self, number: Number, start: int, end: int, thing: Thing, head: int, how: How, confidence: Confidence = "high"
    ) -> None:
        first = self.view.token_range(start, start + 1)[0]
        self.drafts.append(
            Draft(start, end, number.low, number.high, number.approx, thing, first, head, how, confidence,
                  further=number.further)
        )  # fmt: skip


_SHARE: Final = re.compile(
    r"(?:[\w,]+\s(?:in|out\sof|of\severy|in\severy|of\seach)\s|\b\w+\sof\s(?=(?:10|ten|100|5|five|3|three|4|four|20)$))[\w,]+$",
    re.IGNORECASE,
)
_DESTROYING: Final = re.compile(
    r"(?:destroy|damag|demolish|seiz|captur|confiscat|recover|unearth|dismantl)(?:ed|ing|es|s)?$"
)
_NO_THINGS: Final = frozenset({
    "target", "targets", "strike", "strikes", "attack", "attacks", "access", "ability", "capability", "terrain",
    "area", "areas", "village", "villages", "town", "towns", "city", "cities", "life", "lives", "livelihood",
    "livelihoods", "year", "years", "month", "months", "day", "days", "hour", "hours", "week", "weeks", "percent",
    "acre", "acres", "mile", "miles", "number", "lot", "series", "part", "result", "blow", "group", "groups",
    "network", "networks", "cell", "cells", "documents", "document", "territory", "territories", "district",
    "districts", "state", "states", "country", "countries", "company", "companies", "kilometers", "kilometres",
    "tons", "tonnes", "kilograms", "pounds", "kilos", "dollars", "seat", "seats", "vote", "votes", "province",
    "provinces", "economy", "relationship", "career", "reputation", "route", "place", "places",
})  # fmt: skip
_ASIDE: Final = frozenset({"--", "—", "–"})
_BEING: Final = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_SLIPPING: Final = frozenset({"aircraft", "ship", "vehicle", "other"})
_CLOSED: Final = frozenset({"CC", ".", ",", "IN", "VBD", ":", "WDT"})
_PERSON: Final = Thing("person", "personnel", fielded=False, key="person")
_PERSONNEL: Final = Thing("personnel", "personnel", fielded=True, key="personnel")
_AIRCRAFT: Final = Thing("aircraft", "aircraft", fielded=True, key="aircraft")
_HYPHENS: Final = ("-", "\u2010", "\u2011")
_COMPOUND: Final = re.compile(
    r"[-\u2010\u2011](strong|ship|man|woman|person|member|aircraft|plane|jet|bomber|fighter|helicopter|drone|tanker|"
    r"vehicle|truck|tank|car|vessel|boat|warship|missile|dog|soldier)(?:['’]s)?\b",
    re.IGNORECASE,
)
_FORMATIONS: Final = frozenset({
    "formation", "flight", "element", "package", "cell", "crew", "team", "squad", "convoy", "column", "force",
    "contingent", "detachment", "fleet", "flotilla", "armada", "group", "unit", "party", "patrol", "garrison",
    "battalion", "salvo", "staff", "wave", "air", "raid",
})  # fmt: skip
_LABELS: Final = frozenset({
    "flight", "flights", "force", "squadron", "sqn", "wing", "group", "battalion", "regiment", "brigade", "division",
    "company", "corps", "army", "fleet", "unit", "ctf", "tf", "cjtf", "resolution", "resolutions", "section",
    "sections", "article", "articles", "chapter", "page", "pages", "p", "pp", "paragraph", "paras", "para", "block",
    "type", "mk", "mark", "model", "class", "no", "nos", "number", "numbers", "route", "highway", "interstate",
    "level", "phase", "stage", "area", "zone", "sector", "district", "ward", "room", "gate", "runway", "pier", "dock",
    "channel", "version", "tier", "category", "magnitude", "proposition", "title", "part", "volume", "vol", "figure",
    "fig", "table", "annex", "appendix", "item", "line", "link", "exercise", "operation", "lot", "batch", "serial",
    "buno", "bureau", "fl", "alt", "dsn", "tel", "phone", "ext", "fax", "zip", "box", "day", "week", "year", "age",
    "aged", "gen", "generation", "base", "camp", "post", "posts", "hangar", "hill", "point", "site", "building",
    "apollo", "soyuz", "gemini", "windows", "rev", "revision", "step", "question", "q", "grade", "rank", "ranked",
    "season", "episode", "round", "game", "match", "act", "amendment", "bill", "house", "senate", "assembly", "case",
    "count", "charge", "file", "form", "schedule", "sheet", "docket", "station", "mission", "transporter", "world",
    "war", "covid", "sm", "sa", "ss", "su", "mig", "aim", "agm", "gbu", "kc",
})  # fmt: skip
"""What a number after these is the name of. "Wave", "total" and the like are not here on purpose."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d$")
_BEFORE_YEAR: Final = frozenset({
    "in", "since", "by", "during", "of", "from", "until", "till", "to", "before", "after", "for", "the", "fiscal",
    "fy", "year", "late", "early", "mid", "this", "and", ",", "(", "–", "-", "january", "february", "march", "april",
    "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr",
    "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "jan.", "feb.", "mar.", "apr.", "aug.", "sept.", "oct.",
    "nov.", "dec.", "around", "spring", "summer", "autumn", "fall", "winter",
})  # fmt: skip
_MEASURED: Final = re.compile(
    r"[\s-]*(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centur|jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|"
    r"dec|a\.?m|p\.?m|o.clock|dollars?|dlrs|cents|euros?|pounds?|yen|rubles?|roubles?|st\b|nd\b|rd\b|th\b)",
    re.IGNORECASE,
)
_SAID: Final = frozenset({
    "said", "says", "told", "tells", "told,", "added", "adds", "say", "tell", "wrote",
})  # fmt: skip
_PERIODS: Final = frozenset({
    "day", "week", "month", "year", "hour", "minute", "night", "time", "sortie", "mission", "trip", "flight",
})  # fmt: skip
_SHARED: Final = re.compile(r"(?P<own>\s(?:[A-Z][\w.-]+\s)?[A-Z][\w.-]+|),?\s(?:and|or)\s")
_TIMES: Final = frozenset({"x", "X", "×"})
_TOTALS: Final = frozenset({
    "totalling", "totaling", "numbering", "numbered", "totalled", "totaled", "totals", "number",
})  # fmt: skip
_SEPARATORS: Final = frozenset({"-", "–", "—", ":", "--", "="})
_SHORT_LINE: Final = 8
_ENTRIES: Final = re.compile(r"(?:\s[-–—=]|:)\s?\d{1,5}\b(?!\s?[A-Za-z])")
_REACHES: Final = frozenset({
    "is", "are", "was", "were", "totals", "totaled", "totalled", "total", "reached", "reaches", "to", "at", "exceeds",
    "exceeded", "stands", "hit", "passed", "surpassed", "now", "be", "about", "around", "approximately", "nearly",
    "over",
})  # fmt: skip
_NUMBER_WORDS: Final = frozenset({
    "number", "total", "count", "tally", "stock", "stockpile", "inventory", "fleet", "strength", "force",
})  # fmt: skip
_STATES: Final = frozenset({
    "killed", "wounded", "injured", "dead", "missing", "hurt", "captured", "arrested", "detained", "hospitalized",
    "hospitalised",
})  # fmt: skip
_KILLING: Final = frozenset({
    "killed", "killing", "wounded", "wounding", "injured", "injuring", "kills", "wounds", "injures",
})  # fmt: skip
_STOPS: Final = frozenset({
    "", ".", ",", ";", "and", "in", "on", "at", "--", ")", "during", "near", "after", "when", "as",
})  # fmt: skip


def spans_before(drafts: list[Draft], start: int) -> int:
    """How many drafts (sorted by start) begin before ``start``."""
    return bisect_right([d.start for d in drafts], start)
