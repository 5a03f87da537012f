"""The rules of counts by name: each one's examples are read by that rule, as the example says."""

import pytest
from spacy.language import Language

from briefing.extract.counts.calibration import HIGH, MEDIUM, confidence_of
from briefing.extract.counts.component import Counts
from briefing.extract.counts.owner_rules import STEPS
from briefing.extract.counts.rules import FINDING
from briefing.extract.lexicon.files import read_all
from briefing.model.facts import Count
from tests.bench import bench_calibration

FINDING_EXAMPLES = [(rule.name, *example) for rule in FINDING for example in rule.examples]
OWNER_EXAMPLES = list({
    (rule.name, *example): None for step in STEPS for rule in step.rules for example in rule.examples
})  # fmt: skip


def counts(nlp: Language, text: str) -> tuple[Count, ...]:
    found: tuple[Count, ...] = nlp(text)._.briefing_counts
    return found


@pytest.mark.parametrize(("rule", "text", "expected"), FINDING_EXAMPLES)
def test_a_finding_rule_reads_its_examples(nlp: Language, rule: str, text: str, expected: str) -> None:
    read = [f"{c.low or c.high} {c.item}" for c in counts(nlp, text) if str(c.rule).startswith(f"count:{rule}")]
    assert expected in read


@pytest.mark.parametrize(("rule", "text", "expected"), OWNER_EXAMPLES)
def test_an_owner_rule_reads_its_examples(nlp: Language, rule: str, text: str, expected: str) -> None:
    read = [c.operator for c in counts(nlp, text) if str(c.rule).endswith(f" operator:{rule}")]
    assert expected in read


def test_names_are_given_once() -> None:
    finding = [rule.name for rule in FINDING]
    assert len(set(finding)) == len(finding)
    owners = {rule.name: rule for step in STEPS for rule in step.rules}
    assert all(owners[rule.name] is rule for step in STEPS for rule in step.rules)


def test_a_rule_can_be_left_out(nlp: Language) -> None:
    component = nlp.get_pipe("briefing_counts")
    assert isinstance(component, Counts)
    text = "Six corvettes left Tartus at dawn."
    assert len(counts(nlp, text)) == 1
    component.without = frozenset({"direct"})
    try:
        assert counts(nlp, text) == ()
    finally:
        component.without = frozenset()


def test_every_record_is_of_a_rule() -> None:
    owners = {rule.name for step in STEPS for rule in step.rules}
    records = read_all(None)["rule_records"]
    assert set(records["things"]) | set(records["people"]) <= owners
    assert all(right <= answers for kind in records.values() for right, answers in kind.values())


def test_the_confidences_are_worth_what_they_say() -> None:
    worth = {level: right / answers for level, (right, answers) in read_all(None)["rule_records"]["worth"].items()}
    assert worth["high"] >= HIGH
    assert worth["medium"] >= MEDIUM
    assert worth["high"] > worth["medium"] > worth["low"]


def test_the_docs_have_the_table_of_the_records() -> None:
    shipped = {level: tuple(pair) for level, pair in read_all(None)["rule_records"]["worth"].items()}
    page = bench_calibration.QUALITY.read_text(encoding="utf-8")
    assert f"{bench_calibration.BEGIN}\n{bench_calibration.table(shipped)}{bench_calibration.END}" in page


def test_a_part_is_judged_by_the_records_of_the_others() -> None:
    texts = [f"text {n}" for n in range(200)]
    good = [("things", "good", "high", text, True) for text in texts]
    bad = [("people", "bad", "high", text, n % 2 == 0) for n, text in enumerate(texts)]
    alone = [("things", "once", "high", "text 0", False)]
    worth = bench_calibration.worth([*good, *bad, *alone])
    assert worth == {"high": (200, 200), "medium": (0, 1), "low": (100, 200)}


@pytest.mark.parametrize(
    ("right", "answers", "earned"), [(99, 100, "high"), (18, 20, "medium"), (1, 1, "medium"), (5, 10, "low")]
)
def test_a_record_earns_its_confidence(right: int, answers: int, earned: str) -> None:
    assert confidence_of(right, answers) == earned
