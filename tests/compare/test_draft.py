"""A draft is held against the sources: numbers, dates, quotations, names."""

from collections.abc import Callable
from datetime import date

import pytest

from briefing.compare.draft import Finding, check_draft

TODAY = date(2025, 8, 1)
REPORT = (
    "Three tugs of the Norland Navy left Port Alder on 11 July 2025, and 12 percent of the crews were new. "
    "“Our steady work keeps the narrow channel open for everybody,” Capt. Ada Lindqvist said. "
    "Five sailors were injured."
)


@pytest.fixture
def source(make: Callable):
    maker = make("s", REPORT, date(2025, 7, 12))
    maker.names(("Norland Navy", "ORG"), ("Capt. Ada Lindqvist", "PERSON"))
    maker.counts("Three tugs", 3, "tug", category="ship").counts("Five sailors", 5, "sailor", category="personnel")
    return maker.says("Our steady work keeps the narrow channel open for everybody,", "Ada Lindqvist").made()


@pytest.fixture
def found(make: Callable, source) -> Callable[..., dict[str, Finding]]:
    """Checks a draft; what was found by the words of each statement."""

    def check(text: str, **facts) -> dict[str, Finding]:
        maker = make("d", text)
        for words, low, item, category in facts.get("counts", ()):
            maker.counts(words, low, item, category=category)
        for words, kind in facts.get("names", ()):
            maker.names((words, kind))
        for words, speaker in facts.get("quotes", ()):
            maker.says(words, speaker)
        return {one.text: one for one in check_draft(maker.made(), [source], TODAY)}

    return check


class TestNumbers:
    def test_the_same_number_is_supported_with_its_place(self, found) -> None:
        one = found("Three tugs left Port Alder.", counts=[("Three tugs", 3, "tug", "ship")])["Three tugs"]
        assert (one.verdict, one.support[0].words) == ("supported", "Three tugs")

    def test_another_number_of_the_same_is_different(self, found) -> None:
        text = "Four tugs of the Norland Navy left Port Alder."
        one = found(text, counts=[("Four tugs", 4, "tug", "ship")])["Four tugs"]
        assert (one.verdict, [at.words for at in one.support]) == ("different", ["Three tugs"])

    def test_a_rounding_is_supported(self, found, make, source) -> None:
        maker = make("d", "At least two tugs left Port Alder.").counts("At least two tugs", 2, "tug", high=None)
        (one, *_) = [f for f in check_draft(maker.made(), [source], TODAY) if f.kind == "number"]
        assert one.verdict == "supported"

    def test_another_fate_is_no_support(self, found) -> None:
        counts = [("Five sailors", 5, "sailor", "personnel")]
        assert found("Five sailors were killed.", counts=counts)["Five sailors"].verdict == "nowhere"
        assert found("Five sailors were injured.", counts=counts)["Five sailors"].verdict == "supported"

    @pytest.mark.parametrize(
        ("figure", "verdict"),
        [
            ("12 percent", "supported"),
            ("14 percent", "different"),
            ("12 kilometres", "nowhere"),
            ("87 ducks", "nowhere"),
        ],
    )
    def test_any_other_figure_goes_by_the_word_behind_it(self, found, figure: str, verdict: str) -> None:
        assert found(f"It was {figure} in all.")[figure].verdict == verdict


class TestDates:
    @pytest.mark.parametrize(
        ("written", "verdict"),
        [("11 July 2025", "supported"), ("July 2025", "supported"), ("12 March 2019", "nowhere")],
    )
    def test_a_date_or_one_that_holds_it(self, found, written: str, verdict: str) -> None:
        assert found(f"They met again on {written}, he wrote.")[written].verdict == verdict

    def test_another_day_of_the_same_is_different(self, found) -> None:
        one = found("Tugs of the Norland Navy left Port Alder on 9 July 2025.")["9 July 2025"]
        assert (one.verdict, one.support[0].words) == ("different", "11 July 2025")

    def test_relative_dates_of_an_undated_source_are_held_by_their_words(self, make) -> None:
        source = make("s", "They left on Tuesday with two boats.").made()
        draft = make("d", "On Tuesday they left.").made()
        assert [one.verdict for one in check_draft(draft, [source], TODAY) if one.kind == "date"] == ["supported"]


class TestQuotations:
    WORDS = "Our steady work keeps the narrow channel open for everybody"

    def test_word_for_word(self, found) -> None:
        one = found(f"“{self.WORDS},” she said.")[self.WORDS + ","]
        assert one.verdict == "supported"

    def test_words_left_out_with_a_mark(self, found) -> None:
        words = "Our steady work … open for everybody"
        assert found(f"“{words},” she said.")[words + ","].verdict == "supported"

    def test_changed_words_are_named(self, found) -> None:
        words = "Our faithful work keeps the narrow channel open for everybody"
        one = found(f"He wrote “{words}”.")[words]
        assert (one.verdict, one.remark) == ("altered", "“faithful” for “steady”")

    def test_another_speaker(self, found) -> None:
        one = found(f"“{self.WORDS}” Ben Holm said.", quotes=[(self.WORDS, "Ben Holm")])[self.WORDS]
        assert (one.verdict, one.remark) == ("different", "said by Ada Lindqvist, not Ben Holm")
        one = found(f"“{self.WORDS}” Lindqvist said.", quotes=[(self.WORDS, "Lindqvist")])[self.WORDS]
        assert one.verdict == "supported"

    def test_invented(self, found) -> None:
        words = "Nobody shall pass this way again before winter"
        assert found(f"“{words}” he said.")[words].verdict == "nowhere"

    def test_what_stands_in_a_quotation_is_judged_with_it(self, found) -> None:
        text = "“We lost 99 boats and nobody came to help us then,” he said."
        assert [one.kind for one in found(text).values() if "99" in one.text] == ["quotation"]


class TestNames:
    def test_written_alike_or_by_surname(self, found) -> None:
        made = found("Lindqvist of the Norland Navy.", names=[("Lindqvist", "PERSON"), ("Norland Navy", "ORG")])
        assert {made[name].verdict for name in ("Lindqvist", "Norland Navy")} == {"supported"}

    def test_another_spelling(self, found) -> None:
        one = found("Capt. Ada Lindquist came.", names=[("Capt. Ada Lindquist", "PERSON")])["Capt. Ada Lindquist"]
        assert (one.verdict, one.remark) == ("altered", "Capt. Ada Lindqvist")

    def test_unknown(self, found) -> None:
        assert found("Ruritania came.", names=[("Ruritania", "NATION")])["Ruritania"].verdict == "nowhere"

    def test_each_once(self, found, make, source) -> None:
        draft = make("d", "Ruritania came. Ruritania left.")
        draft.names(("Ruritania", "NATION"), ("Ruritania", "NATION"))
        names = [one for one in check_draft(draft.made(), [source], TODAY) if one.text == "Ruritania"]
        assert len(names) == 1


def test_the_draft_is_no_source_of_itself(make) -> None:
    draft = make("d", "Four tugs left.").counts("Four tugs", 4, "tug").made()
    assert [one.verdict for one in check_draft(draft, [draft], TODAY) if one.kind == "number"] == ["nowhere"]


def test_a_copy_supports_all_of_it(make, source) -> None:
    twin = (source[0].model_copy(update={"id": "twin"}), source[1].model_copy(update={"source_id": "twin"}))
    assert {one.verdict for one in check_draft(source, [twin], TODAY)} == {"supported"}
