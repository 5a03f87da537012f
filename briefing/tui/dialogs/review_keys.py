"""Judging claims where they are compared: one key each, for all facts of a claim or for what one source says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from briefing.model.safetext import SafeText
from briefing.tui.claims import Head, Said
from briefing.tui.matrix import Cells
from briefing.tui.widgets.claim_list import ClaimList
from briefing.tui.wording import own

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import App
    from textual.widget import Widget

    from briefing.model.agreement import Agreement
    from briefing.model.kinds import ReviewState
    from briefing.model.review import Edited
    from briefing.model.source import Source
    from briefing.tui.main_screen.verdicts import Given
    from briefing.tui.review_desk import Member, ReviewDesk
    from briefing.tui.widgets.claim_list import AnyRow


class Judging(Protocol):
    """Who writes verdicts down."""

    def give(self, given: Sequence[Given]) -> bool:
        """Write them down; whether that can be done."""
        ...

    def take_back(self) -> None:
        """Take the last ones back, those given at once together."""


class ReviewKeys:
    """The verdicts of a screen that has a list of claims."""

    desk: ReviewDesk | None
    judging: Judging | None
    sources: Mapping[str, Source]
    rows: Sequence[tuple[AnyRow, Agreement | None]] = ()
    app: App[Any]

    if TYPE_CHECKING:

        def query_one(self, selector: type[ClaimList]) -> ClaimList:
            """The list, as every screen finds it."""

        def set_focus(self, widget: Widget | None) -> None:
            """As every screen does."""

    def with_marks(self) -> list[tuple[AnyRow, Agreement | None]]:
        """The rows, each with the sign of the verdict on it."""
        return [(self._with_mark(row, group), group) for row, group in self.rows]

    def _with_mark(self, row: AnyRow, group: Agreement | None) -> AnyRow:
        desk = self.desk
        if desk is None or group is None:
            return row
        if isinstance(row, Head):
            return row._replace(mark=desk.sign(desk.members(group)), note=row.note + self.grade_of(group))
        if isinstance(row, Cells):
            return row._replace(mark=desk.sign(desk.members(group)), note=row.note + self.grade_of(group))
        if isinstance(row, Said):
            return row._replace(mark=desk.sign(desk.members(group, row.document)))
        return row

    def grade_of(self, group: Agreement) -> SafeText:  # noqa: ARG002
        """The grades of a claim, as the screen knows them."""
        return own("")

    def action_accept(self) -> None:
        """Accept all facts of the claim."""
        self._judge("accepted")

    def action_reject(self) -> None:
        """Reject all facts of the claim."""
        self._judge("rejected")

    def action_doubt(self) -> None:
        """Note that one is unsure of the claim."""
        self._judge("unsure")

    def action_accept_one(self) -> None:
        """Accept what this source says."""
        self._judge("accepted", one=True)

    def action_reject_one(self) -> None:
        """Reject what this source says."""
        self._judge("rejected", one=True)

    def action_undo_verdict(self) -> None:
        """Take the last verdict back; the marks follow when the library has done so."""
        if self.judging is not None:
            self.judging.take_back()

    def taken_back(self, source_id: str, reviews: Any) -> None:
        """Show other verdicts.

        Args:
            source_id: Id of the source.
            reviews: What holds of its facts now, by key.
        """
        if self.desk is not None:
            self.desk.reviews[source_id] = dict(reviews)
            self.query_one(ClaimList).marked(self.with_marks())
            self.counted()

    def _members(self, *, one: bool = False) -> list[Member]:
        listed = self.query_one(ClaimList)
        said, group = listed.current(), listed.group
        if self.desk is None or group is None:
            return []
        return self.desk.members(group, said.document if one and said is not None else None)

    def _judge(self, state: ReviewState, *, one: bool = False) -> None:
        members, desk = self._members(one=one), self.desk
        if not members or desk is None:
            self.app.notify("A day, a rank or a mention is no fact to judge.", timeout=3)
            return
        given: list[Given] = []
        for member in members:
            known = desk.review(member)
            given.append((*member, state, known.edited if known else None, known.note if known else None))
        if self._give(given):
            self.query_one(ClaimList).next_claim()

    def _give(self, given: Sequence[Given]) -> bool:
        if self.judging is None or self.desk is None or not self.judging.give(given):
            return False
        from briefing.model.review import Review, user_name

        now, by = datetime.now(UTC), SafeText(user_name()).line() or None
        for source_id, fact, state, edited, note in given:
            kind = fact.key.partition(":")[0]
            made = Review.model_validate(
                {
                    "source_id": source_id, "kind": kind, "key": fact.key, "state": state, "edited": edited,
                    "at": now, "note": SafeText(note).line() if note else None, "by": by,
                }
            )  # fmt: skip
            self.desk.take(made)
        self.query_one(ClaimList).marked(self.with_marks())
        self.counted()
        return True

    def counted(self) -> None:
        """What is left was counted anew."""

    def action_correct(self) -> None:
        """Correct the fields of what this source says."""
        from briefing.tui.dialogs.correct_fact import CorrectScreen

        members, desk = self._members(one=True), self.desk
        if not members or desk is None:
            self.app.notify("A day, a rank or a mention has no fields to correct.", timeout=3)
            return
        member, known = members[0], desk.review(members[0])

        def done(fields: Edited | None) -> None:
            if fields is not None:
                state: ReviewState = "edited" if fields else "accepted" if member.fact.added_by else "unreviewed"
                self._give([(*member, state, fields or None, known.note if known else None)])

        source = self.sources.get(member.source_id)
        text = source.text if source is not None else ""
        self.app.push_screen(CorrectScreen(member.fact, (known and known.edited) or {}, text), done)

    def action_reason(self) -> None:
        """Note why the claim was so judged; one that has no verdict is unsure then."""
        from briefing.tui.dialogs.note import NoteScreen

        members, desk = self._members(), self.desk
        if not members or desk is None:
            return
        known = desk.review(members[0])

        def done(words: str | None) -> None:
            if words is None:
                return
            given: list[Given] = []
            for member in members:
                review = desk.review(member)
                state: ReviewState = review.state if review else "unsure"
                given.append((*member, state, review.edited if review else None, words or None))
            self._give(given)

        said = [
            SafeText(words) for group in [self.query_one(ClaimList).group] if group for _, words in desk.notes(group)
        ]
        hint = own("The reason for the verdict")
        self.app.push_screen(NoteScreen(own("Why"), (known and known.note) or own(""), hint, said), done)
