"""The named rules for speakers: each reads its own examples; documents, relays and clauses around a quotation."""

import pytest
from spacy.language import Language

from briefing.extract.quotes.lead_rules import BEFORE
from briefing.extract.quotes.tag_rules import AFTER
from briefing.model.facts import Quote

EXAMPLES = [(rule.name, *example) for rule in (*BEFORE, *AFTER) for example in rule.examples]


def _quotes(nlp: Language, text: str) -> tuple[Quote, ...]:
    from briefing.extract.pipeline import parse

    ((_, doc),) = parse(nlp, [(text, None)])
    found: tuple[Quote, ...] = doc._.briefing_quotes
    return found


@pytest.mark.parametrize(("rule", "text", "speaker"), EXAMPLES, ids=[f"{r}: {t[:40]}" for r, t, _ in EXAMPLES])
def test_a_rule_reads_its_examples(nlp: Language, rule: str, text: str, speaker: str) -> None:
    (quote,) = _quotes(nlp, text)
    assert (quote.speaker, quote.rule) == (speaker, rule)


def test_rules_have_names_of_their_own() -> None:
    names = [rule.name for rule in (*BEFORE, *AFTER)]
    assert len(set(names)) == len(names)


DOCUMENTS = [
    (
        "The harbour board issued a statement on Monday. “Every crew was paid in full,” the statement said.",
        "harbour board",
    ),
    ("A report by the 9th Dredging Group called the quay “unfit for a vessel of that draught”.", "9th Dredging Group"),
    (
        "Mayor Tomas Varga filmed the tugs from his window. His caption: “Worth every krona we ever paid.”",
        "Tomas Varga",
    ),
    (
        "The ship lay in port. “Come for the herring and the fog,” the Skerry tourist board’s advertisement declared.",
        "Skerry tourist board",
    ),
    ("“We did not cut a single mooring,” read a post by the union Northern Oar on its channel.", "Northern Oar"),
    ("An order signed by Captain Ruiz told the tugs to “hold the barges until relieved”.", "Ruiz"),
    ("The movement’s manifesto promises “bread before bollards and wages before wharves”.", "movement"),
    ("The 2019 treaty is public; Article 4 promises “pilotage for every flag and without fee”.", "Article 4"),
]


@pytest.mark.parametrize(("text", "speaker"), DOCUMENTS, ids=[speaker for _, speaker in DOCUMENTS])
def test_a_document_speaks_for_its_issuer(nlp: Language, text: str, speaker: str) -> None:
    (quote,) = _quotes(nlp, text)
    assert quote.speaker == speaker


RELAYED = [
    (
        "“The strait will stay closed until spring,” Minister Omar Haddad was quoted by state television as saying.",
        "Omar Haddad",
        "state television",
    ),
    (
        "The news agency Skerry quoted Omar Haddad as saying: “The strait will stay closed until spring.”",
        "Omar Haddad",
        "Skerry",
    ),
    (
        "“The talks were long and frank,” Minister Lea Brandt said, according to the newspaper Skerry.",
        "Lea Brandt",
        "newspaper Skerry",
    ),
    ("“The talks were long and frank,” Minister Lea Brandt said on Friday.", "Lea Brandt", None),
]


@pytest.mark.parametrize(("text", "speaker", "relay"), RELAYED)
def test_who_passes_words_on_is_their_relay(nlp: Language, text: str, speaker: str, relay: str | None) -> None:
    (quote,) = _quotes(nlp, text)
    assert quote.speaker == speaker
    assert (quote.relay and quote.relay.split()[-1]) == (relay and relay.split()[-1])


def test_the_closing_tag_wins_over_a_clause_about_others(nlp: Language) -> None:
    (quote,) = _quotes(
        nlp,
        "Pilots who complained that the buoys were “dim and rusted through” should retire, Captain Ida Stern said.",
    )
    assert quote.speaker == "Ida Stern"


def test_one_word_beside_a_verb_of_speaking_is_an_utterance(nlp: Language) -> None:
    (quote,) = _quotes(nlp, "“Never,” said Captain Ida Stern.")
    assert (quote.text, quote.speaker) == ("Never,", "Ida Stern")


@pytest.mark.parametrize(
    "text",
    [
        "Dora Lind, who keeps bees on a lot 3km from the quay, calls the timetable “a tale for grown men”.",
        "Dora Lind, 61, keeps bees by the quay. Lind, 61, calls the timetable “a tale for grown men”.",
    ],
)
def test_an_age_or_a_measure_never_speaks(nlp: Language, text: str) -> None:
    (quote,) = _quotes(nlp, text)
    assert quote.speaker == "Dora Lind"


def test_a_run_is_said_in_its_own_clause(nlp: Language) -> None:
    first = "Two tugs were lost, the Fjordland coast guard said"
    second = "Norway called the crossing “routine towage in calm sea”"
    (quote,) = _quotes(nlp, f"{first}; {second}.")
    assert quote.speaker == "Norway"
