"""Verdicts of the reader in the brief."""

import re
from datetime import date

import pytest
from made_briefs import compared, review

from briefing.export import ExportError, Selection, compose, render


class TestReviews:
    def test_rejected_facts_are_left_out_and_edited_ones_corrected(self, lake, wire) -> None:
        found = lake[1]
        verdicts = {
            **review(lake, found.counts[1], "rejected"),
            **review(lake, found.counts[0], "edited", low=5, high=5),
            **review(lake, found.quotes[0], "accepted"),
        }
        selection = Selection((lake, wire), date(2025, 8, 1), reviews={lake[0].id: verdicts})
        text = render(selection)
        assert not [line for line in text.partition("## Notes")[0].splitlines() if "Typhoon" in line]
        assert re.search(r"\| C\d+ \| 5 \| Gripens, Swedish Air Force \| own account \| corrected in review \|", text)
        assert re.search(r"— Ada Lind \(accepted in review\) C\d+ \[\^\d+\]", text)
        assert "2 reviewed by a person, 1 of them corrected." in text
        assert "corrected in review" in render(selection, "html")
        csv = render(selection, "csv")
        assert ",2,2,2,false,Typhoon" not in csv
        assert ",5,5,5,false,Gripen," in csv

    def test_only_accepted(self, lake) -> None:
        verdicts = review(lake, lake[1].counts[1], "accepted")
        selection = Selection((lake,), date(2025, 8, 1), reviews={lake[0].id: verdicts}, accepted_only=True)
        brief = compose(selection)
        assert [claim.item for claim in brief.claims] == ["Typhoon"]
        assert not brief.participants

    def test_a_correction_that_does_not_fit_is_named(self, lake) -> None:
        verdicts = review(lake, lake[1].counts[1], "edited", low="many")
        with pytest.raises(ExportError, match=r"correction of count:.* does not fit: low"):
            compose(Selection((lake,), date(2025, 8, 1), reviews={lake[0].id: verdicts}))

    def test_rejecting_one_side_ends_the_dispute(self, lake, wire) -> None:
        verdicts = {wire[0].id: review(wire, wire[1].counts[0], "rejected")}
        brief = compose(Selection((lake, wire), date(2025, 8, 1), reviews=verdicts, comparison=compared(lake, wire)))
        assert [claim.status for claim in brief.claims if claim.item != "drone"] == ["single", "single", "altered"]
        assert brief.claims[0].origins == 1

    def test_documents_outside_the_selection_do_not_appear(self, lake, wire) -> None:
        brief = compose(Selection((lake,), date(2025, 8, 1), comparison=compared(lake, wire)))
        assert {claim.status for claim in brief.claims} == {"single"}
        assert not brief.copies
