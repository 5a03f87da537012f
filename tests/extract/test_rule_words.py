"""The reader tells of every rule in plain English how it read a fact, and shows no rule's name."""

import pytest

from briefing.extract.counts.owner_rules import STEPS
from briefing.extract.counts.rules import BRACKETED, FINDING
from briefing.extract.quotes.attribution import CARRYING
from briefing.extract.quotes.lead_rules import BEFORE
from briefing.extract.quotes.tag_rules import AFTER
from briefing.model.facts import Count, Participant, Quote
from briefing.tui.facts.rule_words import how_read


def count(rule: str) -> Count:
    return Count(start=0, end=3, evidence="two", low=2, high=2, item="boat", category="ship", rule=rule)


def quote(rule: str) -> Quote:
    return Quote(start=0, end=3, text="Yes", speaker="Falk", speaker_kind="person", rule=rule)


NUMBERS = (BRACKETED, *(rule.name for rule in FINDING))
OWNERS = sorted({rule.name for step in STEPS for rule in step.rules})
SPEAKERS = (*CARRYING, *(rule.name for rule in (*BEFORE, *AFTER)))


@pytest.mark.parametrize("number", NUMBERS)
def test_how_a_number_was_read(number: str) -> None:
    told = str(how_read(count(f"count:{number}")))
    assert told
    assert ":" not in told


@pytest.mark.parametrize("owner", OWNERS)
def test_how_an_operator_was_read(owner: str) -> None:
    number, _, operator = str(how_read(count(f"count:direct operator:{owner}"))).partition(" · operator: ")
    assert number == "the number stands before what is counted"
    assert operator


@pytest.mark.parametrize("rule", SPEAKERS)
def test_how_a_speaker_was_read(rule: str) -> None:
    assert str(how_read(quote(rule))).startswith("speaker: ")


@pytest.mark.parametrize("rule", ["subject", "mentioned", "by", "operates"])
def test_how_a_participant_was_read(rule: str) -> None:
    assert " " in str(how_read(Participant(name="Falk", kind="person", rule=rule)))


def test_a_rule_without_words_is_passed_over() -> None:
    assert str(how_read(count("count:unheard of operator:sender"))).startswith("operator: ")
    assert not how_read(quote("unheard of"))
