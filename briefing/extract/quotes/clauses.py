"""How the clauses before a quoted run hang together, by the parse: which verb governs it, which stands aside."""

from briefing.extract.quotes.cues import STEPS, Cues, Said


class Clauses:
    """Tests the clauses of one document."""

    def __init__(self, cues: Cues) -> None:
        self.cues = cues
        self.view, self.mentions, self.words, self.lower = cues.view, cues.mentions, cues.words, cues.lower

    def above(self, last: int, first: int) -> set[int]:
        """The words that the run which begins at token ``last`` hangs on, by the parse: verbs that may govern it.

        Args:
            last: First token of the run.
            first: First token of the words that lead up to it.
        """
        view = self.view
        start = next((i for i in range(last, min(last + STEPS, len(view))) if view.words[i][0].isalnum()), None)
        if start is None:
            return set()
        found, i = set(), start
        for _ in range(2 * STEPS):
            above = view.heads[i]
            if above == i:
                break
            if first <= above < last:
                found.add(above)
            i = above
        return found

    def aside(self, i: int, above: set[int]) -> bool:
        """Whether the verb stands in a relative or adverbial clause that hangs on one of those that govern the run.

        Args:
            i: Token of the verb.
            above: The words that the run hangs on.
        """
        view = self.view
        for _ in range(STEPS):
            if view.deps[i] == "relcl":
                return any(j in above and j in self._verbs_above(i) for j in above)
            if view.heads[i] == i or view.deps[i] not in ("xcomp", "conj", "ccomp", "advcl"):
                return False
            i = view.heads[i]
        return False

    def _verbs_above(self, i: int) -> set[int]:
        """The reporting verbs that a word hangs on."""
        found = set()
        for _ in range(STEPS):
            above = self.view.heads[i]
            if above == i:
                break
            i = above
            if self.cues.is_verb(i) and (self.lower[i] in self.words.core or self.lower[i] in self.words.naming):
                found.add(i)
        return found

    def holds(self, outer: Said, inner: Said) -> bool:
        """Whether the inner cue's clause is part of what the outer one reports.

        Args:
            outer: The cue that may report.
            inner: The cue that may be reported.
        """
        if outer.cue is None or inner.cue is None:
            return True
        view, i = self.view, inner.cue
        for _ in range(STEPS):
            above = view.heads[i]
            if above == outer.cue:
                return view.deps[i] != "conj"
            if above == i:
                break
            i = above
        if view.deps[outer.cue] == "relcl":
            return False  # "The office, which Smith might read, found that …"
        between = range(outer.cue + 1, inner.cue)
        return not any(view.tags[j] == "CC" or view.words[j] == ";" for j in between)

    def adds(self, said: Said) -> bool:
        """Whether the cue's clause only adds something on a person who is named: "Lee, who described it as “…”"."""
        view, number = self.view, self.mentions.at.get(said.source)
        if said.cue is None or number is None or self.mentions.all[number].type != "PERSON":
            return False
        end = self.mentions.spans[number][1]
        return view.deps[said.cue] == "relcl" and view.words[end] == "," and view.tags[end + 1] == "WP"
