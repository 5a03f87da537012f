"""Whose the counted things are: the nation or service that owns, flies or fields them.

Rules from the surest to the weakest: a name inside the count ("two Norwegian F-35As") or right behind it ("from the
28th Bomb Wing"), the owner before it ("Russia's two carriers"), the subject of a verb of having or sending, another
member of the same list, a label at the head of the line, the side that is struck, the same type elsewhere in the text,
the lexicon's only user that the text names, the acting subject near by, the nation that the text is about.
"""

import re
from collections import Counter
from typing import Final

from briefing.extract.drafts import Draft
from briefing.extract.owners import Owner, Owners
from briefing.extract.view import View

_BUILT: Final = re.compile(
    r"[-\u2010\u2011 ](?:made|built|designed|manufactured|supplied|origin|type|class|style|era|trained|funded|backed|"
    r"based|led)\b"
)
_OWNING: Final = re.compile(
    r"(?:re)?(?:deploy|contribut|dispatch|despatch|scrambl|launch|operat|order|purchas|acquir|receiv|employ|mov|station|provid|"
    r"commit|mobili[sz]|rotat|withdr[ae]w|pull|maintain|retir|leas|offer|pledg|promis|surg|stag|task|recall|field|sail|land|"
    r"position|commission|assign|mass|concentrat|evacuat|expend|send|sent|fir(?:e|ed|es|ing)$|fl(?:y|ies|ew|own|ying)$|"
    r"carr(?:y|ies|ied|ying)$|lift|deliver|transport|reinforc|augment|"
    r"los(?:e|t|es|ing)$|own(?:s|ed|ing)?$|us(?:e|ed|es|ing)$|bas(?:e|ed|es|ing)$|bring|brought|ha(?:s|ve|d|ving)$|put|keep|kept|"
    r"bought|buy|dropp|hold|held|activat|add(?:s|ed|ing)?$|replac|upgrad|exercis|transfer|bolster|join)"
)
_STRIKING: Final = re.compile(
    r"(?:destroy|damag|struck|strik|hit(?:s|ting)?$|sank|sunk|sink|shot|shoot|down(?:ed|ing|s)?$|intercept|engag|bomb|target|seiz|"
    r"captur|kill|identif|spot|detect|track|shadow|escort|met$|meet|found|find|suppress|neutrali[sz]|eliminat|raid|attack|"
    r"wound|observ|sight|photograph|board|detain|arrest|repel|demolish|wreck|cripple|torpedo|monitor|follow)"
)
_FROM: Final = frozenset({
    "from", "of", "belonging", "operated", "flown", "owned", "fielded", "assigned", "attached", "with", "under", "in",
    "by", "for", "crewed", "sent",
})  # fmt: skip
_ACTIVE: Final = frozenset({
    "operated", "flown", "owned", "fielded", "crewed", "sent", "used", "deployed", "launched", "fired", "manned",
})  # fmt: skip
_CROWD: Final = frozenset({
    "exercise", "exercises", "participants", "participating", "nations", "countries", "drill",
})  # fmt: skip
_JOINING: Final = re.compile(
    r"[\s,;&/]*(?:(?:and|or|plus|as well as|along with|together with|accompanied by|escorted by|with|while|"
    r"in addition to|including|up from)[\s,]*)*(?:the|a|an|another|also|two|up to|more than)?[\s]*$",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"^[\s*•·\-–—\d.)]*([A-Z][\w .’'&-]{1,40}):\s")
_MILITARY: Final = frozenset({
    "aircraft", "ship", "vehicle", "munition", "personnel", "other",
})  # fmt: skip


class Operators:
    """Finds the operators of one document's counts."""

    def __init__(self, view: View, owners: Owners, drafts: list[Draft]) -> None:
        self.view = view
        self.owners = owners
        self.drafts = drafts
        self.known: dict[str, list[tuple[int, str]]] = {}
        """Sort of thing to the places where the text says whose it is."""
        self._dominant: str | None = None
        self._against: list[str] | None = None

    def resolve(self) -> None:
        """Set the operator of every draft that has one, and lower its confidence where it is inferred."""
        weak: list[Draft] = []
        for draft in self.drafts:
            if name := self._own(draft) or self._after(draft) or self._before(draft):
                self._learn(draft, name)
            elif draft.thing.fielded or draft.thing.category != "personnel":
                weak.append(draft)
        self._learn_types()
        for rule in (self._list, self._sender, self._list, self._label, self._struck, self._list):
            for draft in weak:
                if not draft.operator and (name := rule(draft)):
                    self._learn(draft, name, sure=rule in (self._sender, self._label))
        weak = [d for d in weak if d.thing.fielded and not d.operator and d.thing.key not in _CREWS]
        for rule in (
            self._same_sort,
            self._of_type,
            self._list,
            self._same_sort,
            self._subject,
            self._about,
            self._list,
        ):
            for draft in weak:
                if not draft.operator and (name := rule(draft)):
                    self._learn(draft, name, sure=False)

    def _learn(self, draft: Draft, name: str, *, sure: bool = True) -> None:
        draft.operator = name
        if draft.confidence == "high" and not sure:
            draft.confidence = "medium"
        entry = draft.thing.entry
        for key in (draft.thing.key, entry.kind) if entry else (draft.thing.key,):
            self.known.setdefault(key, []).append((draft.start, name))

    # --- stated

    def _own(self, draft: Draft) -> str:
        """A name among the words of the count."""
        best = ""
        for owner in self.owners.between(draft.first, draft.head + 1):
            if owner.name and not self._is_maker(owner):
                best = owner.name if owner.kind != "nation" or not best else best
        if not best and draft.thing.category == "personnel":
            lexicon, word = self.owners.mentions.lexicon, self.view.words[draft.head]
            best = lexicon.nation(word) or lexicon.nation(word.removesuffix("s"))
        if not best and any(self.view.words[i] in ("its", "their") for i in range(draft.first, draft.head)):
            begin = self.view.sentences[self.view.sentence_of[draft.first]][0]
            owners = [o for o in self.owners.between(begin, draft.first) if o.name]
            best = owners[-1].name if owners else ""
        return best

    def _is_maker(self, owner: Owner) -> bool:
        """As in "Chinese-made", "Soviet-designed": says who built it."""
        return _BUILT.match(self.view.text, self.view.ends[owner.end - 1]) is not None

    def _after(self, draft: Draft) -> str:
        """As in "… from the 28th Bomb Wing", "… of the PLA Navy", "…, operated by Qatar"."""
        view, i = self.view, draft.head + 1
        stop = min(len(view), i + 12)
        if i < stop and view.words[i] == "(":
            owners = self.owners.between(i + 1, i + 3)
            if owners and owners[0].kind != "nation":
                return owners[0].name
            while i < stop and view.words[i] != ")":
                i += 1
            i += 1
        if i < stop and view.words[i] == ",":
            i += 1
        if i < stop and view.tags[i] in ("RB", "IN") and view.words[i].lower() not in _FROM:
            i = next(
                (k for k in range(i, min(stop, i + 6)) if view.words[k] == "from" or view.tags[k] in _BREAKS), stop
            )
        if i >= stop or view.words[i].lower() not in _FROM:
            return ""
        word = view.words[i].lower()
        if word in _ACTIVE and view.words[i + 1 : i + 2] != ["by"]:
            return ""
        for owner in self.owners.between(i + 1, i + 7):
            inside = view.words[i + 1 : owner.first]
            if any(
                w in (",", ";", ".", "and", ":") or (view.tags[i + 1 + k][:2] in ("VB", "IN") and w not in _FROM)
                for k, w in enumerate(inside)
            ):
                return ""
            return owner.name if self._fits(word, owner) else ""
        return ""

    def _fits(self, word: str, owner: Owner) -> bool:
        if word in ("in", "for", "by"):
            possessive = self.view.words[owner.end : owner.end + 1]
            return owner.kind in ("service", "unit", "forces") and word == "in" and possessive in (["'s"], ["’s"])
        if word in ("with", "under"):
            return owner.kind in ("service", "unit", "forces", "airline")
        return True

    def _before(self, draft: Draft) -> str:
        """As in "Russia's two carriers", "its two carriers"."""
        view, i = self.view, draft.first - 1
        if i < 1:
            return ""
        if view.words[i] in ("'s", "’s", "'", "’"):
            for owner in self.owners.between(max(0, i - 8), i):
                if owner.end == i:
                    return owner.name
        if view.words[i] == "(":
            owners = [o for o in self.owners.between(max(0, i - 3), i) if o.name]
            return owners[-1].name if owners else ""
        if view.words[i].lower() in ("its", "their"):
            begin = view.sentences[view.sentence_of[i]][0]
            owners = self.owners.between(begin, i)
            return owners[-1].name if owners else ""
        return ""

    # --- said near by

    def _sender(self, draft: Draft) -> str:
        """The subject of the verb that sends, has, fires or loses the things."""
        view = self.view
        if self._acts(draft) or view.words[draft.first - 1].lower() == "by":
            return ""
        begin, _ = view.sentences[view.sentence_of[draft.first]]
        for i in range(draft.first - 1, max(begin, draft.first - 14) - 1, -1):
            tag = view.tags[i]
            if not tag.startswith("VB"):
                if view.words[i] in (";", ":") or tag == "WRB":
                    return ""
                continue
            word = view.words[i].lower()
            if _OWNING.match(word) or (word in _GOING and view.words[draft.first - 1].lower() == "with"):
                return self._agent(i, begin)
            if word not in _AUXILIARY:
                return ""
        return ""

    def _acts(self, draft: Draft) -> bool:
        """Whether the things are the subject of a verb right behind them, so no object of one before."""
        view, head = self.view, draft.head
        verb = view.heads[head]
        if view.deps[head] != "nsubj" or not head < verb < head + 7:
            return False
        return not any(view.words[i] in (",", ";") for i in range(head + 1, verb))

    def _agent(self, verb: int, begin: int) -> str:
        """The owner that is, or stands in, the subject before a verb."""
        view = self.view
        subject = self._subject_of(verb)
        if subject is not None:
            word = view.words[subject].lower()
            if name := self._at(subject):
                return name
            if word in _PRONOUNS:
                return self._spoken_of(subject, "")
            if word in _COMMON:
                return self._spoken_of(subject, _COMMON[word])
            if word in ("i", "we", "you"):
                return ""
        owners = [o for o in self.owners.between(max(begin, verb - 20), verb) if o.name]
        subjects = [o for o in owners if self._is_subject(o)]
        if subjects:
            return subjects[-1].name
        if len({o.name for o in owners}) != 1 or view.tags[max(owners[-1].first - 1, 0)] in ("IN", "TO"):
            return ""
        between = range(owners[-1].end, verb)
        clear = not any(view.words[i] == ";" or view.tags[i] in ("VBD", "VBZ", "VBP", "VBG") for i in between)
        return owners[-1].name if clear else ""

    def _subject_of(self, verb: int) -> int | None:
        """The subject of a verb, or of the verb that governs it ("perpetrated an action such as firing …")."""
        view = self.view
        for _ in range(5):
            strengthened = _STRENGTHENING.match(view.words[verb].lower()) is not None
            for c in view.children[verb]:
                if c < verb and (view.deps[c] == "nsubj" or (strengthened and view.deps[c] == "nsubjpass")):
                    return c
            if view.tags[verb] in ("VBD", "VBZ", "VBP") or view.heads[verb] == verb:
                return None
            verb = view.heads[verb]
        return None

    def _spoken_of(self, token: int, kind: str) -> str:
        """The owner that a pronoun or "the airline" stands for: the last subject before it, of the kind if given."""
        owners = [
            o
            for o in self.owners.between(max(0, token - (400 if kind else 80)), token)
            if o.name and (not kind or o.kind == kind)
        ]
        subjects = [o for o in owners if self._is_subject(o)]
        return (subjects or owners)[-1].name if owners else ""

    def _is_subject(self, owner: Owner) -> bool:
        """Whether the owner is, or is part of, the subject of a verb."""
        view = self.view
        token = owner.end - 1
        for _ in range(5):
            if view.deps[token] in _SUBJECTS:
                return True
            if view.deps[token] not in _INSIDE_SUBJECT:
                return False
            token = view.heads[token]
        return False

    def _at(self, token: int) -> str:
        """The owner at a token, among the words before it in its noun group, or of the count whose noun it is."""
        view = self.view
        for draft in self.drafts:
            if draft.first <= token <= draft.head and draft.operator:
                return draft.operator
        if name := self.owners.of_ship(token):
            return name
        first = token
        while first > 0 and view.heads[first - 1] in range(first, token + 1) and token - first < 8:
            first -= 1
        owners = [o for o in self.owners.between(first, token + 1) if o.name]
        return owners[-1].name if owners else ""

    def _list(self, draft: Draft) -> str:
        """The operator of the neighbour in a list: "three U.S. Navy destroyers and two frigates"."""
        place = self.drafts.index(draft)
        for other, left, right in (
            *((d, d, draft) for d in reversed(self.drafts[max(0, place - 2) : place])),
            *((d, draft, d) for d in self.drafts[place + 1 : place + 2]),
        ):
            people = other.thing.category == "personnel" and not other.thing.fielded
            if not other.operator or people or left.head >= right.first:
                continue
            between = self.view.text[left.end : right.start]
            if len(between) < 60 and _JOINING.fullmatch(self._without_aside(between)):
                return other.operator
        return ""

    def _without_aside(self, between: str) -> str:
        """The words between two counts without brackets and without what a preposition adds to the first."""
        return re.sub(r"\([^)]*\)|^\s(?:from|of|in|at|on|out of|aboard)\s[^,;]*(?=,|\sand\s)", "", between)

    def _label(self, draft: Draft) -> str:
        """As in "* FRANCE: one CN-235, 16 engineers": the head of the line."""
        view = self.view
        start = view.text.rfind("\n", 0, draft.start) + 1
        match = _LABEL.match(view.text[start : draft.start])
        if match is None:
            return ""
        first = view.token_at(start + match.start(1))
        owners = self.owners.between(first, view.token_at(start + match.end(1)) + 1)
        lexicon = self.owners.mentions.lexicon
        return owners[0].name if owners else lexicon.nation(match[1]) or lexicon.nation(match[1].title())

    def _struck(self, draft: Draft) -> str:
        """Of what is destroyed or found: the name another of the list has, else whom the text says it is against."""
        verb = None if self._acts(draft) else self._striking_verb(draft)
        if verb is None:
            return ""
        begin, end = self.view.sentences[self.view.sentence_of[draft.first]]
        struck = next(i for i in range(begin, verb + 1) if self._strikes(i))
        for other in self.drafts:
            if other.operator and begin <= other.first < end and other.head > struck and self._one_side(draft, other):
                return other.operator
        foes = self._foes()
        agent = self._agent(verb, begin)
        foes = [f for f in foes if f != agent]
        if not foes or (not draft.thing.fielded and not _DESTROYING.match(self.view.words[verb].lower())):
            return ""
        entry = draft.thing.entry
        if (
            entry is not None
            and entry.nations
            and not any(self.owners.nation_of(f) in ("", *entry.nations) for f in foes)
        ):
            return ""
        return foes[0]

    def _one_side(self, draft: Draft, other: Draft) -> bool:
        """Whether a count of the same sentence may speak for this one: no verb of its own, no type it does not fly."""
        view = self.view
        if any(view.tags[i] in ("VBD", "VBZ", "VBP") for i in range(draft.head + 1, other.first)):
            return False
        entry = draft.thing.entry
        return entry is None or not entry.nations or self.owners.nation_of(other.operator) in ("", *entry.nations)

    def _foes(self) -> list[str]:
        """Whom the text says things are done against, or whose things are struck or found; the most named first."""
        if self._against is None:
            found: Counter[str] = Counter()
            for owner in self.owners.all:
                found[owner.name] += self._is_foe(owner)
            self._against = [name for name, count in found.most_common() if name and count]
        return self._against

    def _is_foe(self, owner: Owner) -> int:
        """2 for "against ISIL", 1 for "intercepted two Russian aircraft"."""
        view = self.view
        begin = view.sentences[view.sentence_of[owner.first]][0]
        for i in range(owner.first - 1, max(begin, owner.first - 5) - 1, -1):
            if view.words[i].lower() == "against":
                return 2
            if view.tags[i].startswith("VB") and _STRIKING.match(view.words[i].lower()):
                return 1
            if view.tags[i] in ("IN", "TO", ",", "CC"):
                return 0
        return 0

    def _striking_verb(self, draft: Draft) -> int | None:
        """The verb whose object the things are, when it is one of striking, finding or following."""
        view = self.view
        begin, _ = view.sentences[view.sentence_of[draft.first]]
        for i in range(draft.first - 1, begin - 1, -1):
            if view.tags[i].startswith("VB") and view.words[i].lower() not in _AUXILIARY:
                return i if self._strikes(i) else None
        return None

    def _strikes(self, token: int) -> bool:
        return self.view.tags[token].startswith("VB") and _STRIKING.match(self.view.words[token].lower()) is not None

    # --- from the rest of the text

    def _learn_types(self) -> None:
        """Types that stand with an owner outside counts: "Air Force F-16s from the Vermont Air National Guard"."""
        mentions, view = self.owners.mentions, self.view
        counted = {i for d in self.drafts for i in range(d.first, d.head + 1)}
        for number, mention in enumerate(mentions.all):
            if mention.type not in ("AIRCRAFT", "SHIP", "VEHICLE", "WEAPON"):
                continue
            first = mentions.spans[number][0]
            if first in counted:
                continue
            owners = [
                o for o in self.owners.between(max(0, first - 6), first) if o.end == first and not self._is_maker(o)
            ]
            if owners and owners[-1].name and not str(mention.text).islower():
                entry = mentions.info(mention)
                key = (entry.name if entry else mentions.item(mention)).lower()
                self.known.setdefault(key, []).append((view.starts[first], owners[-1].name))

    def _same_sort(self, draft: Draft) -> str:
        """What is said of things of the same sort elsewhere: the nearest before, else the nearest after."""
        known = self.known.get(draft.thing.key)
        if not known or draft.thing.key in _ANYBODYS:
            return ""
        if draft.thing.entry is None and (self._suffers(draft) or len({name for _, name in known}) > 1):
            return ""
        before = [k for k in known if k[0] < draft.start]
        return max(before)[1] if before else min(known)[1]

    def _of_type(self, draft: Draft) -> str:
        """The only nation that flies the type and is named in the text."""
        entry = draft.thing.entry
        if entry is None or not entry.nations:
            return ""
        named = [n for n in entry.nations if self.owners.nations.get(n)]
        if len(named) > 1 and self._main() in named:
            named = [self._main()]
        return self.owners.service_of(named[0], draft.thing.category) if len(named) == 1 else ""

    def _subject(self, draft: Draft) -> str:
        """The nation or service that acts in this sentence or the one before, in the same paragraph."""
        if self._anybodys(draft) or self._suffers(draft):
            return ""
        view = self.view
        number = view.sentence_of[draft.first]
        for sentence in (number, number - 1):
            if sentence < 0:
                break
            begin, end = view.sentences[sentence]
            if "\n" in view.text[view.starts[begin] : draft.start].strip():
                break
            owners = [o for o in self.owners.between(begin, min(end, draft.first)) if self._is_subject(o) and o.name]
            if owners:
                return self._fielding(owners[-1], draft)
        return ""

    def _fielding(self, owner: Owner, draft: Draft) -> str:
        return self.owners.service_of(owner.name, draft.thing.category) if owner.kind == "nation" else owner.name

    def _about(self, draft: Draft) -> str:
        """The nation whose forces the text is about."""
        main = self._main()
        if not main or self._anybodys(draft) or self._suffers(draft) or draft.thing.key in _ANYBODYS:
            return ""
        entry = draft.thing.entry
        if entry is not None and main not in entry.nations and draft.thing.category == "aircraft":
            return ""
        draft.confidence = "low"
        return self.owners.service_of(main, draft.thing.category)

    def _anybodys(self, draft: Draft) -> bool:
        """Whether the sentence speaks of many parties at once: an exercise and all that takes part."""
        if draft.thing.entry is not None or draft.thing.category == "munition":
            return False
        view = self.view
        begin, end = view.sentences[view.sentence_of[draft.first]]
        return any(view.words[i].lower() in _CROWD for i in range(begin, end))

    def _suffers(self, draft: Draft) -> bool:
        """Whether something is done to the things: "vessels have been hit by Iran"."""
        view = self.view
        before = view.words[draft.first - 1].lower() if draft.first else ""
        if before == "by" or (draft.thing.category == "munition" and before in ("from", "with")):
            return True
        if not self._acts(draft) and self._striking_verb(draft) is not None:
            return True
        if draft.thing.category == "personnel" and any(
            view.words[i].lower() in _DYING for i in range(max(0, draft.first - 5), min(draft.head + 6, len(view)))
        ):
            return True
        return any(
            view.tags[i] == "VBN" and _DESTROYING.match(view.words[i].lower())
            for i in range(draft.head + 1, min(draft.head + 6, len(view)))
        )

    def _main(self) -> str:
        """The nation with most mentions, when the text names its forces and it clearly leads."""
        if self._dominant is None:
            ranked = self.owners.nations.most_common(2)
            clear = bool(ranked) and ranked[0][0] in self.owners.military
            clear = clear and (len(ranked) == 1 or ranked[0][1] >= 1.5 * ranked[1][1])
            self._dominant = ranked[0][0] if clear else ""
        return self._dominant


_AUXILIARY: Final = frozenset({
    "has", "have", "had", "was", "were", "is", "are", "be", "been", "being", "will", "would", "could", "should",
    "may", "might", "do", "did", "does",
})  # fmt: skip
_DESTROYING: Final = re.compile(
    r"destroy|damag|struck|strik|hit|sank|sunk|shot|shoot|down|bomb|engag|kill|suppress|eliminat|neutrali|attack"
)
_DYING: Final = frozenset({
    "died", "dead", "killed", "drowned", "wounded", "injured", "hurt", "missing", "lost", "killing",
})  # fmt: skip
_BREAKS: Final = frozenset({
    ",", ".", ":", "VBD", "VBZ", "VBP", "VB", "MD", "CC", "WDT", "WP",
})  # fmt: skip
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_INSIDE_SUBJECT: Final = frozenset({
    "compound", "amod", "poss", "nmod", "conj", "appos", "pobj", "prep",
})  # fmt: skip
_PRONOUNS: Final = frozenset({"it", "they", "which", "that", "who"})
_STRENGTHENING: Final = re.compile(r"bolster|reinforc|augment|strengthen|supplement|join|equip|suppl")
_GOING: Final = frozenset({
    "left", "arrived", "departed", "landed", "flew", "came", "went", "sailed", "returned", "took",
})  # fmt: skip
_COMMON: Final = {
    "airline": "airline", "carrier": "airline", "navy": "service", "army": "service", "service": "service",
    "force": "service", "country": "nation", "nation": "nation", "government": "nation", "kingdom": "nation",
    "republic": "nation",
}  # fmt: skip
_CREWS: Final = frozenset({
    "crew", "crewman", "crew member", "crewmember", "aircrew", "pilot", "copilot", "co-pilot",
})  # fmt: skip
"""A civil aircraft or ship has them too."""
_ANYBODYS: Final = frozenset({"vessel", "staff", "officer"})
