from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from briefing.extract.entities.doc_mentions import mentions_of
from briefing.extract.lexicon.reporting_verbs import load_reporting
from briefing.extract.lexicon.titles import load_titles
from briefing.extract.lexicon.word_lists import load_word_lists
from briefing.extract.nlp.token_columns import view_of
from briefing.extract.quotes.component import Quotes
from briefing.extract.quotes.cue_attribution import CueAttribution
from briefing.extract.quotes.noun_phrases import Phrases
from briefing.extract.quotes.quotation_marks import runs
from briefing.extract.quotes.transcripts import headline_label, label_of, posts, turns


def finder(nlp: Language, text: str) -> CueAttribution:
    doc = nlp(text)
    view = view_of(doc)
    return CueAttribution(view, mentions_of(doc), load_reporting(), [-1] * len(view))


def source_before(nlp: Language, text: str) -> str | None:
    found = finder(nlp, text)
    said = found.before(0, len(found.view))
    return None if said is None else found.view.words[said.source]


def test_verbs_are_inflected() -> None:
    words = load_reporting()
    assert {"say", "says", "said", "saying", "replied", "replies", "voicing", "quipped"} <= words.speech
    assert {"said", "added", "adds"} <= words.core
    assert words.core < words.speech
    assert {"condemned", "dubbed", "criticizing"} <= words.naming
    assert {"officials", "spokesmen", "spokeswoman", "deputies"} <= words.people


def test_short_titles_are_spelt_out() -> None:
    titles = load_reporting().titles
    assert titles["sen"] == "senator"
    assert titles["gov"] == "governor"


def test_first_names_of_men_and_women_do_not_overlap() -> None:
    words = load_reporting()
    assert not words.male_names & words.female_names
    assert len(words.male_names) > 500
    assert len(words.female_names) > 500


def test_a_user_adds_verbs(nlp: Language, tmp_path: Path) -> None:
    (tmp_path / "reporting.toml").write_text('[speech]\ncore = ["semaphore"]\n')
    component = Quotes(load_reporting(tmp_path), load_titles(None))
    doc = nlp("Karl Hess semaphored that critics of the plan were “not quite at home at sea”.")
    (quote,) = component(doc)._.briefing_quotes
    assert (quote.speaker, quote.cue) == ("Karl Hess", "semaphored")


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Karl Hess said that", "Hess"),
        ("Karl Hess smiled and said", "Hess"),
        ("Karl Hess told Jonas Berg that", "Hess"),
        ("Karl Hess was forced to admit that", "Hess"),
        ("Karl Hess criticised Jonas Berg for saying", "Berg"),
        ("Karl Hess accused Jonas Berg of spreading", "Hess"),
        ("The plan was described by Karl Hess as", "Hess"),
        ("Karl Hess, who met Jonas Berg on Friday, said", "Hess"),
        ("Karl Hess (R-Ohio), said", "Hess"),
        ("Karl Hess visited the yard on Friday, saying", "Hess"),
        ("The ministry's claim that", "ministry"),
        ("According to Karl Hess,", "Hess"),
    ],
)
def test_the_subject_before_a_run(nlp: Language, text: str, source: str) -> None:
    assert source_before(nlp, text) == source


@pytest.mark.parametrize("text", ["Karl Hess was told that", "There was a sign at the gate:"])
def test_nobody_speaks(nlp: Language, text: str) -> None:
    assert source_before(nlp, text) in (None, "sign")


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("A spokesman for Lockheed Martin said so.", "Lockheed Martin spokesman"),
        ("One Danish harbour pilot said so.", "Danish harbour pilot"),
        ("The leading advocate said so.", "leading advocate"),
    ],
)
def test_descriptions(nlp: Language, text: str, description: str) -> None:
    doc = nlp(text)
    view = view_of(doc)
    heads = [i for i, dep in enumerate(view.deps) if dep == "nsubj"]
    assert Phrases(view, mentions_of(doc)).description(heads[0]) == description


def test_turns_need_a_transcript() -> None:
    assert turns("Note: the road is closed.\nHe left.\n") == []
    text = "Q: Ready?\nMR. HALE: We are.\nQ: When?\nMR. HALE (laughs): Soon.\n"
    found = turns(text)
    assert [turn.label(text) for turn in found] == ["Q", "MR. HALE", "Q", "MR. HALE"]
    assert [turn.named(text, load_word_lists().speakers.labels) for turn in found] == [False, True, False, True]
    assert text[found[3].start : found[3].end] == "Soon."


def test_labels_of_parliaments() -> None:
    text = "Mr. HALE: The pier stays.\nMs. OLSEN of New Mexico. I rise to ask why.\nMr. HALE. It was paid for.\n"
    found = turns(text)
    assert [turn.label(text) for turn in found] == ["Mr. HALE", "Ms. OLSEN", "Mr. HALE"]
    assert [text[turn.start : turn.end] for turn in found] == [
        "The pier stays.",
        "I rise to ask why.",
        "It was paid for.",
    ]
    assert turns("Mr. Hale. He left.\nMs. Olsen. She stayed.\nDr. Beier. He slept.\n") == []


def test_labels() -> None:
    assert label_of("“SMITH: We agree.”", 1, 17) == (1, 6)
    assert label_of("“Smith: We agree.”", 1, 17) is None
    assert headline_label("Karl Hess: Fleet Stays", 0, 22) == (0, 9)
    assert headline_label("the fleet stays", 0, 15) is None


def test_posts_reach_over_the_line_before_a_lone_signature() -> None:
    text = "Before.\nFour in a row!\n— Harbour Eye (@harboureye) May 4\nAfter.\nNice. — Lena (@lena)\n"
    assert [text[a:b] for a, b in posts(text)] == [
        "Four in a row!\n— Harbour Eye (@harboureye)",
        "Nice. — Lena (@lena)",
    ]


@given(st.text(st.sampled_from('A. Bc:\n"“-—(@)x'), max_size=200))
def test_any_text_has_turns_and_posts(text: str) -> None:
    for turn in turns(text):
        assert 0 <= turn.label_start < turn.label_end <= turn.start <= turn.end <= len(text)
    spans = posts(text)
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert spans == sorted(spans)


@pytest.mark.parametrize("piece", ["A", "A ", "AA. ", "Q:\n", "— ", "-- x (@y)", "Ab "])
@pytest.mark.timeout(60)  # what is quadratic in these takes hours
def test_hostile_labels_are_read_to_their_end(piece: str) -> None:
    text = piece * 100_000
    turns(text)
    posts(text)
    headline_label(text, 0, len(text))


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Ann Lee shook her head and said, “No.” Then she left.", ["Ann Lee"]),
        (
            "In a second letter the harbour clerk thanked crews “who rowed while others slept in port”.",
            ["harbour clerk"],
        ),
        ("Ann Lee said that for years some critics had predicted a flood. “It never came to the pier.”", ["Ann Lee"]),
        ("Ola Berg, a top aide said, “is very sure of the pier and the tide”.", ["top aide"]),
        ("The senator wrote to clerks saying: “The pier is closed until the thaw.”", ["senator"]),
        ("“The pier is closed until the thaw,” said the base chief known as Osprey.", ["Osprey"]),
        ("“I will look into it one day.”\n\n- Ann Lee, ferry clerk\n", ["Ann Lee"]),
        ("Ann Lee posted a picture of the yard. “The cows were out at sea,” the caption reads.", ["Ann Lee"]),
        ('"The pier is closed until the thaw,"Lee said. "It is."', ["Lee"]),
        (
            "The board heard a report by the minister, Ola Berg, who described the tide as “higher than the hills”.",
            ["Ola Berg"],
        ),
        ("The president said last night, and I quote, “the door of the pier is closed”.", ["president"]),
        ("“Oak costs what it costs,” one of the clerks shrugged.", ["one of the clerks"]),
        ("Another, a sonar operator with a scar, shook his head. “We sail and then they sign.”", ["sonar operator"]),
        (
            "Halden Marine said in a statement that it would help. “We are sorry for the delay,” the company added.",
            ["Halden Marine"],
        ),
        ("The prosecutor's office opened a case over what it called “a strike on a pier”.", ["prosecutor's office"]),
    ],
)
def test_who_speaks(nlp: Language, text: str, speakers: list[str]) -> None:
    assert [quote.speaker for quote in nlp(text)._.briefing_quotes][: len(speakers)] == speakers


def test_who_reports_behind_the_words_is_the_relay(nlp: Language) -> None:
    text = "Norway on Thursday threatened an answer “at a time of our own choosing”, the news agency Skerry reported."
    (quote,) = nlp(text)._.briefing_quotes
    assert (quote.speaker, quote.relay) == ("Norway", "Skerry")


def test_a_turn_that_speaks_of_itself_is_its_own_speaker(nlp: Language) -> None:
    text = (
        "ANN LEE: Good morning. I told the clerk, “The pier is closed until the thaw.”\n\nOLA BERG: It is not.\n\n"
        "ANN LEE: We wrote to you: “Oak costs what it costs.”\n\nOLA BERG: Fine.\n"
    )
    said = {quote.text: quote.speaker for quote in nlp(text)._.briefing_quotes}
    assert said["The pier is closed until the thaw."] == said["Oak costs what it costs."] == "Ann Lee"


def test_a_mark_glued_to_the_next_word_closes() -> None:
    assert [run.closed for run in runs("“We agree on the pier,”Lee said. “It is shut.”")] == [True, True]
