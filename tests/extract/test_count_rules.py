"""The rules of counts by name: each one's examples are read by that rule, as the example says."""

import pytest
from spacy.language import Language

from briefing.extract.counts.calibration import confidence_of
from briefing.extract.counts.component import Counts
from briefing.extract.counts.owner_rules import STEPS
from briefing.extract.counts.rules import BRACKETED, FINDING
from briefing.extract.lexicon.files import read_all
from briefing.model.facts import Count

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
    finding = {*(rule.name for rule in FINDING), BRACKETED, "article", "list member"}
    owners = {rule.name for step in STEPS for rule in step.rules}
    records = read_all(None)["rule_records"]
    assert set(records["count"]) <= finding
    assert set(records["operator"]) <= owners
    assert all(right <= answers for kind in records.values() for right, answers in kind.values())


@pytest.mark.parametrize(
    ("right", "answers", "earned"), [(99, 100, "high"), (18, 20, "medium"), (1, 1, "low"), (7, 10, "low")]
)
def test_a_record_earns_its_confidence(right: int, answers: int, earned: str) -> None:
    assert confidence_of(right, answers) == earned
