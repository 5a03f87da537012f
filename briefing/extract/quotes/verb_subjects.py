"""Find subjects of verbs where quotation marks have confused the parse.

The parse is asked first; a subject it gives must stand outside quoted words and be able to speak. Then the verb it
hangs on is asked, last the order of the words.
"""

from typing import Final

from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.lexicon.reporting_verbs import Reporting
from briefing.extract.nlp.token_columns import View
from briefing.extract.quotes.noun_phrases import Phrases
from briefing.model.words import NUMBERS

_UP: Final = frozenset(("conj", "xcomp", "advcl", "ccomp", "dep", "parataxis", "acl", "relcl", "pcomp", "prep", "aux"))
_PERSONAL: Final = frozenset(("he", "she", "they", "it", "i", "we", "you"))
_EMPTY: Final = frozenset(("this", "there", "what", "that"))
_ANYBODY: Final = frozenset(("anybody", "anyone", "everybody", "everyone", "nobody"))
_BLAMED: Final = frozenset(("for", "of"))
_AUXILIARIES: Final = frozenset(("RB", "MD", "VBD", "VBZ", "VBP", "VB", "TO"))
_MARKS: Final = frozenset(('"', "“", "”", "''", "``"))
_MUTE: Final = frozenset(("DATE", "MONEY", "AIRCRAFT", "WEAPON", "VEHICLE"))
_COUNTED: Final = frozenset(NUMBERS)
"""Numbers that may stand for people: "one said"."""
_AGENTS: Final = (
    "er",
    "or",
    "ist",
    "ian",
    "ant",
    "ent",
    "ee",
    "eer",
    "ive",
    "man",
    "woman",
    "men",
    "women",
    "folk",
    "old",
)
"""Endings of words for people."""
_PLACED: Final = frozenset(("in", "at", "on", "to", "from"))
"""Before a name that is no subject: "a column in the Chronicle hammering …"."""
_HOPS: Final = 6
_REACH: Final = 120
"""Tokens before a verb in which its subject is looked for."""
_NEAR: Final = 8


class Subjects:
    """Finds the subjects of one document.

    ``level`` has for each token the innermost quoted run that holds it, or -1.
    """

    def __init__(self, view: View, mentions: Mentions, words: Reporting, level: list[int], lower: list[str]) -> None:
        self.view, self.mentions, self.words, self.level, self.lower = view, mentions, words, level, lower
        self.phrases = Phrases(view, mentions)
        self.lists = mentions.lexicon.lists.speakers
        self._measures = self.lists.measures | mentions.lexicon.lists.calendar.days

    def is_someone(self, i: int) -> bool:
        """Whether the token heads the name of a person or body, a word for one, or is a personal pronoun."""
        if self.view.tags[i] in ("PRP", "WP"):
            return self.lower[i] in ("he", "she", "they", "it", "him", "her", "i", "we", "who")
        mention = self.mentions.mention_at(i)
        if mention is not None:
            return mention.type in ("PERSON", "ORG", "NATION")
        return self._proper(i) or self.lower[i] in self.words.people or self.lower[i] in self.words.bodies

    def _proper(self, i: int) -> bool:
        """Whether the token is a proper noun: by its tag, or a plural with a capital in mid-sentence ("Tavares")."""
        tag = self.view.tags[i]
        opens = i == self.view.sentences[self.view.sentence_of[i]][0]
        return tag in ("NNP", "NNPS") or (tag == "NNS" and not opens and self.view.words[i][0].isupper())

    def may_speak(self, i: int) -> bool:
        """Someone, or a document."""
        return self.is_someone(i) or self.lower[i] in self.words.documents

    def of(self, verb: int, floor: int, hops: int = _HOPS) -> int | None:
        """Head token of a verb's subject; None where it is anybody's or there is none.

        Args:
            verb: Token of the verb.
            floor: First token that may be looked at.
            hops: How many verbs may be climbed that govern it.
        """
        floor = max(floor, verb - _REACH)
        found = self._of(verb, floor, hops)
        if found is not None and self.never_speaks(found):
            found = self._instead(verb, floor)
        elif found is not None and self._hardly_speaks(found):
            found = self._instead(verb, floor, subjects=True) or found
        if found is None or self.lower[found] in _ANYBODY:
            return None
        return self._outside_brackets(found, verb, floor)

    def never_speaks(self, i: int) -> bool:
        """Whether the token heads a phrase of a kind that says nothing: an age, date, sum or measure, a verb."""
        tag, word = self.view.tags[i], self.lower[i]
        if 0 < i < len(self.lower) - 1 and self.lower[i - 1] in _MARKS and self.lower[i + 1] in _MARKS:
            return True  # "“South” was all she would say"
        mention = self.mentions.mention_at(i)
        if mention is not None:
            return mention.type in _MUTE or (
                mention.type == "QUANTITY" and not tag.startswith("NN") and word not in _COUNTED
            )
        if word[0].isdigit():
            return not word.endswith("-old")
        return tag.startswith("V") or word in self._measures or (tag == "CD" and word not in _COUNTED)

    def _hardly_speaks(self, i: int) -> bool:
        """Whether the token is a common noun for no person, body or document, by the lists and its ending."""
        word = self.lower[i]
        if i in self.mentions.at or self.view.tags[i] not in ("NN", "NNS") or self.may_speak(i):
            return False
        return word not in self.words.acts and not word.rstrip("s").endswith(_AGENTS) and self.view.deps[i] != "nsubj"

    def _instead(self, verb: int, floor: int, *, subjects: bool = False) -> int | None:
        """Who may speak where the parse gave an age or a measure: the subject of the clause, else the last name.

        ``subjects``: no name that is no subject.
        """
        named: int | None = None
        for i in range(verb - 1, floor - 1, -1):
            if self.level[i] != self.level[verb] or not self.is_someone(i):
                continue
            if self.view.deps[i] in ("nsubj", "nsubjpass") and self.view.tags[i] not in ("WP", "WDT"):
                return i
            number = self.mentions.at.get(i)
            if named is None and number is not None and self.mentions.spans[number][1] - 1 == i:
                named = i
        return None if subjects else named

    def _of(self, verb: int, floor: int, hops: int) -> int | None:
        beside = self._beside(verb, floor)
        if beside is not None:
            return beside
        view = self.view
        passive = False
        subjects = [c for c in view.children[verb] if view.deps[c] == "nsubj" and view.tags[c] not in ("WP", "WDT")]
        for child in view.children[verb]:
            dep = view.deps[child]
            if dep == "nsubj" and ((subjects and child not in subjects) or self._object_of_above(verb, child)):
                continue  # "Lee, who the clerk called …"; "confirmed the incident saying …"
            if dep in ("nsubj", "csubj") and child >= floor and self.level[child] == self.level[verb]:
                found = self._antecedent(child, verb, floor)
                if found is not None:
                    return found
            if dep == "agent":
                return next((g for g in view.children[child] if view.deps[g] == "pobj"), None)
            passive = passive or dep in ("nsubjpass", "auxpass")
        if passive:
            return self._passive(verb, floor, climbed=hops < _HOPS)
        if self._continues(verb, floor):
            main = self._of_main(verb, floor) if view.tags[verb] == "VBG" else self._joined(verb, floor)
            if main is not None:
                return main
        return self._of_above(verb, floor, hops) if hops else None

    def _beside(self, verb: int, floor: int) -> int | None:
        """A name or pronoun straight before the verb: "Smith said", "had Smith saying", "quoted Smith as saying"."""
        tags, i = self.view.tags, verb - 1
        if i > floor and self.lower[i] == "as" and tags[verb] == "VBG":
            i -= 1
        while i >= floor and tags[i] in ("RB", "MD"):
            i -= 1
        if i > floor and self.lower[i] == ")":
            i = self._before_bracket(i, floor)
        if i < floor or self.level[i] != self.level[verb]:
            return None
        if (tags[i] == "PRP" and self.lower[i] in _PERSONAL) or self._in_parenthesis(i, verb, floor):
            return i
        number = self.mentions.at.get(i)
        type_ = self.mentions.all[number].type if number is not None else ""
        if number is None or not (type_ == "PERSON" or (type_ == "ORG" and tags[i].startswith("NN"))):
            return None
        start = self.phrases.start(self.mentions.spans[number][0])
        led = tags[verb] == "VBG" and self.lower[start - 1] not in _PLACED
        free = start <= floor or led or tags[start - 1] not in ("IN", "POS", "TO", "HYPH")
        return i if free else None

    def _before_bracket(self, closing: int, floor: int) -> int:
        """The token before the bracket that ends here: "Rep. Ann Lee (R-WI) said"; else the token itself."""
        opening = next((j for j in range(closing, max(floor, closing - _NEAR), -1) if self.lower[j] == "("), closing)
        return closing if opening == closing else opening - 1

    def _in_parenthesis(self, i: int, verb: int, floor: int) -> bool:
        """Whether a verb and the phrase before it stand between commas: "Lee, a top aide said, “is sure of it”"."""
        start = self.phrases.start(i)
        words = self.view.words
        closed = verb + 1 < len(words) and words[verb + 1] == "," and self.lower[verb] in self.words.core
        return closed and start > floor and words[start - 1] == "," and self.is_someone(i)

    def _antecedent(self, child: int, verb: int, floor: int) -> int | None:
        """The subject itself, what "who" stands for, or nothing for "that" and "there"."""
        view = self.view
        if view.tags[child] in ("WP", "WDT"):
            while view.deps[verb] == "conj" and view.tags[view.heads[verb]].startswith("V"):
                verb = view.heads[verb]  # "a note which the owner sent and which warned …"
            head = view.heads[verb]
            if view.deps[verb] == "relcl" and head >= floor:
                return head
            return next((i for i in range(child - 1, floor - 1, -1) if view.tags[i].startswith("NN")), None)
        return child if view.words[child][0].isalnum() and self.lower[child] not in _EMPTY else None

    def _passive(self, verb: int, floor: int, *, climbed: bool) -> int | None:
        """Read "She was quoted as saying", "she was forced to say": the subject; not in "she was told"."""
        if self.lower[verb] not in self.lists.heard and not climbed:
            return None
        deps = self.view.deps
        return next((c for c in self.view.children[verb] if deps[c] == "nsubjpass" and c >= floor), None)

    def _of_main(self, verb: int, floor: int) -> int | None:
        """The subject of the main clause, for ", saying …" after it."""
        tags = self.view.tags
        start = next((i for i in range(floor, verb) if self.lower[i][0].isalnum()), verb)
        if self.lower[start] in self.words.core and tags[start] in ("VBD", "VBZ"):
            head = self.phrases.after(start + 1, verb)
            if head is not None:
                return head  # "said Smith, adding …"
        found: int | None = None
        for i in range(floor, verb):
            if tags[i] in ("VBD", "VBZ", "VBP") and self.level[i] == self.level[verb]:
                source = self._own_subject(i, floor)
                if source is None or self.view.deps[i] == "relcl":
                    continue
                if self.view.deps[i] == "ROOT":
                    return source
                found = source if found is None else found
        return found

    def _joined(self, verb: int, floor: int) -> int | None:
        """The subject of the last verb of reporting, for "… and said" after it."""
        for i in range(verb - 1, floor - 1, -1):
            word = self.lower[i]
            reports = word in self.words.speech or word in self.words.naming
            if reports and self.view.tags[i] == "VBD" and self.level[i] == self.level[verb]:
                source = self._own_subject(i, floor)
                if source is not None:
                    return source
        return None

    def _own_subject(self, verb: int, floor: int) -> int | None:
        beside = self._beside(verb, floor)
        if beside is not None:
            return beside
        for child in self.view.children[verb]:
            if self.view.deps[child] == "nsubj" and child >= floor and self.is_someone(child):
                return child
        return None

    def _continues(self, verb: int, floor: int) -> bool:
        """Whether the verb goes on from the main clause: ", adding …"; "… and said"."""
        if verb <= floor:
            return False
        before, tag = self.lower[verb - 1], self.view.tags[verb]
        return (not before[0].isalnum()) if tag == "VBG" else (tag == "VBD" and before in ("and", "but"))

    def _of_above(self, verb: int, floor: int, hops: int) -> int | None:
        """The subject of the verb this one hangs on: "he smiled and said", "went on to say"."""
        view = self.view
        dep, head = view.deps[verb], view.heads[verb]
        if dep in ("acl", "relcl") and view.tags[head].startswith("NN") and head >= floor:
            addressed = dep == "acl" and (self.lower[head] in self.words.people or self._never_says(verb, head))
            return self._document_before(verb, floor) if addressed else head
        if dep == "pcomp" and head >= floor:
            above = view.heads[head]
            blames = self.lower[head] in _BLAMED and self.lower[verb] in self.words.core
            blamed = self._object(above, floor) if blames else None
            if blamed is not None:
                return blamed
            head, dep = above, "prep"
        verbal = head != verb and head >= floor and dep in _UP and view.tags[head].startswith("V")
        if verbal and self.level[head] == self.level[verb]:
            return self._of(head, floor, hops - 1)
        return self._by_order(verb, floor)

    def _never_says(self, verb: int, head: int) -> bool:
        """Whether a participle of speaking goes with the clause and no noun: "confirmed the incident, saying"."""
        thing = self.view.tags[verb] == "VBG" and head not in self.mentions.at and not self.may_speak(head)
        return thing and self.lower[head] not in self.words.acts and self.view.tags[head] in ("NN", "NNS")

    def _object_of_above(self, verb: int, child: int) -> bool:
        """Whether what the parse has for the subject of a participle is the object of the verb above."""
        above = self.view.heads[verb]
        clause = self.view.deps[verb] in ("ccomp", "xcomp", "advcl") and self.view.tags[above].startswith("VB")
        return clause and above < child and self._never_says(verb, child)

    def _document_before(self, verb: int, floor: int) -> int:
        """Read "a message to supporters saying", "Lee wrote to clerks saying": the message, or the verb's subject."""
        for i in range(verb - 1, max(floor, verb - _NEAR) - 1, -1):
            if self.lower[i] in self.words.documents and self.view.deps[i] == "dobj":
                return i
        addressed = self.view.heads[verb]
        above = self.view.heads[addressed]
        told = self.view.deps[addressed] in ("dobj", "dative") and self.view.tags[above].startswith("V")
        subject = self._own_subject(above, floor) if told else None
        return addressed if subject is None else subject

    def _object(self, verb: int, floor: int) -> int | None:
        """The person whom the verb is about: "criticised Smith for saying"."""
        if not self.view.tags[verb].startswith("VB"):
            return None
        deps = self.view.deps
        return next((c for c in self.view.children[verb] if deps[c] == "dobj" and c >= floor), None)

    def _by_order(self, verb: int, floor: int) -> int | None:
        """The noun phrase that ends before the verb; across a comma the name an apposition begins after."""
        tags, i = self.view.tags, verb - 1
        while i >= floor and (tags[i] in _AUXILIARIES or (not self.lower[i][0].isalnum() and tags[i] != ",")):
            i -= 1
        if i < floor:
            return None
        if tags[i] == ",":
            return self._before_apposition(i, floor)
        aged = self.lower[i] == "old" and self.lower[i - 2] in ("year", "years")  # "the 43-year-old"
        named = tags[i].startswith("NN") or tags[i] in ("PRP", "WP") or i in self.mentions.at
        return i if named or aged else None

    def _before_apposition(self, comma: int, floor: int) -> int | None:
        """Read "Lee, who owns the yard, said": the last name before a comma or bracket, else the first phrase."""
        if (opened := self._before_participle(comma, floor)) is not None:
            return opened
        for i in range(comma - 1, floor - 1, -1):
            number = self.mentions.at.get(i)
            if number is not None and self.mentions.all[number].type == "PERSON":
                end = self.mentions.spans[number][1]
                if self.view.words[end] in (",", "(") and self.view.tags[i] != "POS":
                    return end - 1
        tags = self.view.tags
        starts = (
            j for j in range(floor, comma) if tags[j] == "PRP" or tags[j].startswith("NN") or j in self.mentions.at
        )
        j = next(starts, None)
        return None if j is None else self.phrases.after(j, comma)

    def _before_participle(self, comma: int, floor: int) -> int | None:
        """Read "Lee, asked about the work of Captain Ruiz, said": who stands before the participle."""
        tags, words = self.view.tags, self.view.words
        for i in range(comma - 1, floor + 1, -1):
            opens = words[i - 1] == "," and tags[i] in ("VBN", "VBG", "VBD")
            if opens or tags[i] in ("VBD", "VBZ", "VBP", "MD") or words[i] == ",":
                return i - 2 if opens and self.is_someone(i - 2) else None
        return None

    def _outside_brackets(self, i: int, verb: int, floor: int) -> int:
        """Read "Lee (R-OH), said": the name, not what the brackets say."""
        words = self.view.words
        if ")" not in words[i:verb]:
            return i
        opening = next((j for j in range(i, max(floor, i - 8), -1) if words[j] in ("(", ")")), floor)
        return opening - 1 if words[opening] == "(" and opening > floor else i
