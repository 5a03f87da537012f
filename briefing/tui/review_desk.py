"""Reviewing claim by claim: which facts stand behind a claim, what was said of them, what is left to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from briefing.model.fact_forms import FORMS, all_facts, form_of
from briefing.model.statuses import FACT_OF_CLAIM
from briefing.tui.fact_rows import common_state
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefing.model.agreement import Agreement, ClaimItem
    from briefing.model.facts import Extraction, Fact
    from briefing.model.kinds import ReviewState
    from briefing.model.review import Review
    from briefing.model.safetext import SafeText
    from briefing.model.source import Source

SIGNS: Final[dict[ReviewState, str]] = {
    "unreviewed": " ",
    "accepted": "✔",
    "rejected": "✘",
    "edited": "✎",
    "unsure": "?",
}
"""A sign for each verdict."""


class Member(NamedTuple):
    """A fact of a source that stands behind a claim."""

    source_id: str
    fact: Fact


class ReviewDesk:
    """Knows the facts behind claims and the verdicts on them, as they are now."""

    def __init__(
        self, documents: Iterable[tuple[Source, Extraction]], reviews: Mapping[str, Mapping[str, Review]]
    ) -> None:
        self._facts: dict[tuple[str, str, int, int], Fact] = {}
        self.reviews = {source_id: dict(verdicts) for source_id, verdicts in reviews.items()}
        for source, found in documents:
            for form in FORMS:
                for fact in form.of(found):
                    self._facts.update({(form.kind, source.id, *span): fact for span in form.anchors(fact)})
            self._facts.update(self._moved(source.id, found))

    def _moved(self, source_id: str, found: Extraction) -> Iterator[tuple[tuple[str, str, int, int], Fact]]:
        """Facts whose words were corrected, where these stand: claims are made of them there."""
        for fact in all_facts(found):
            review = self.reviews.get(source_id, {}).get(fact.key)
            start, end = (review and review.edited and (review.edited.get("start"), review.edited.get("end"))) or (0, 0)
            if isinstance(start, int) and isinstance(end, int) and end:
                yield (form_of(fact).kind, source_id, start, end), fact

    def member(self, group: Agreement, item: ClaimItem) -> Member | None:
        """The fact that an item of a claim was made of.

        Args:
            group: The claim.
            item: Its item.

        Returns:
            The fact; None for a date, a rank, a mention without a number.
        """
        kind = FACT_OF_CLAIM.get(group.kind)
        fact = self._facts.get((kind, item.document, item.start, item.end)) if kind else None
        return Member(item.document, fact) if fact is not None else None

    def members(self, group: Agreement, document: str | None = None) -> list[Member]:
        """The facts behind a claim, each once.

        Args:
            group: The claim.
            document: Id of a source, whose facts alone are wanted; None for all.
        """
        found = (self.member(group, item) for item in group.items if document in (None, item.document))
        return list({(one.source_id, one.fact.key): one for one in found if one is not None}.values())

    def review(self, member: Member) -> Review | None:
        """The verdict on a fact."""
        return self.reviews.get(member.source_id, {}).get(member.fact.key)

    def state(self, members: Sequence[Member]) -> ReviewState | None:
        """What was said of all these facts; unreviewed where one waits, unsure where they got several; None of none."""
        states: set[ReviewState] = {(r.state if (r := self.review(one)) else "unreviewed") for one in members}
        return common_state(states) if states else None

    def sign(self, members: Sequence[Member]) -> SafeText:
        """The sign of that."""
        return own(SIGNS[self.state(members) or "unreviewed"])

    def waits(self, group: Agreement) -> bool:
        """Whether a claim is to be looked at: it has facts to judge, and one of them has no verdict."""
        if group.kind == "participant" and group.status in {"single", "agree"}:
            return False
        return self.state(self.members(group)) == "unreviewed"

    def left(self, groups: Iterable[Agreement]) -> int:
        """How many claims wait."""
        return sum(map(self.waits, groups))

    def take(self, review: Review) -> None:
        """A verdict that was given now."""
        verdicts = self.reviews.setdefault(review.source_id, {})
        if review.state == "unreviewed" and not review.note:
            verdicts.pop(review.key, None)
        else:
            verdicts[review.key] = review

    def notes(self, group: Agreement) -> Iterator[tuple[str, SafeText]]:
        """What readers noted on the facts of a claim, by source: who, when, why."""
        for member in self.members(group):
            review = self.review(member)
            if review is None or (review.state == "unreviewed" and not review.note):
                continue
            when = own(review.at.strftime("%Y-%m-%d %H:%M")) if review.at else own("")
            said = [
                own("noted" if review.state == "unreviewed" else review.state),
                *([own("by ") + review.by] if review.by else []),
                *([when] if when else []),
            ]
            yield member.source_id, own(" ").join(said) + (own(": ") + review.note if review.note else own(""))
