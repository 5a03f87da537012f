"""Who says so: attributions of a text, releases, transcripts, mail; and the body behind them."""

import re

import pytest

from briefing.compare.asserting.asserters import Asserters
from briefing.model.facts import Count, Extraction, Participant, ParticipantKind, Quote


def found_in(text: str, *participants: tuple[str, ParticipantKind], quoted: str = "") -> Extraction:
    """An extraction with sentences, participants by their first mention, and one quotation."""
    sentences = tuple(match.span() for match in re.finditer(r"[^\s][^.\n]*(?:\.|\n|$)", text))
    people = tuple(
        Participant(
            name=name, kind=kind, aliases=(name,), core=True, mentions=((text.index(name), text.index(name) + 1),)
        )
        for name, kind in participants
    )
    at = text.index(quoted)
    quotes = (Quote(start=at, end=at + len(quoted), text=quoted),) if quoted else ()
    return Extraction(source_id="x", extractor="t", sentences=sentences, participants=people, quotes=quotes)


def who(text: str, words: str, *participants: tuple[str, ParticipantKind], publisher: str | None = None) -> str | None:
    start = text.index(words)
    return Asserters(text, found_in(text, *participants), publisher).at(start, start + len(words))


@pytest.mark.parametrize(
    ("text", "words", "said_by"),
    [
        ("Nine men died in the fire, the harbour office said.", "Nine men", "harbour office"),
        ("The harbour office said that nine men had died.", "nine men", "harbour office"),
        ("Nine men died, according to villagers.", "Nine men", "villagers"),
        ("Villagers spoke of nine men; the harbour office counts four boats.", "nine men", "Villagers"),
        ("Villagers spoke of nine men; the harbour office counts four boats.", "four boats", "harbour office"),
        ("The mayor said six men died. She added that two boats sank.", "two boats", "mayor"),
        ("The mayor put the dead at six and said that two boats sank.", "two boats", "mayor"),
        ("Nine men died in the fire.", "Nine men", None),
        ("I counted nine men on the pier.", "nine men", None),
        ("We say nine men died.", "nine men", None),
        ("Four boats burned, as the mayor said.", "Four boats", None),
        (
            "Villagers said nine men died, more than the six reported by the mayor. They spoke of boats.",
            "boats",
            "Villagers",
        ),
        ("The nurse swears to nine men.", "nine men", "nurse"),
        ("“It was dark,” said Orla Finch, one of those hurt when a trawler left.", "a trawler", None),
        ("A nurse I have known for years told me she saw nine bodies.", "nine bodies", "nurse"),
    ],
)
def test_attributions(text: str, words: str, said_by: str | None) -> None:
    assert who(text, words) == said_by


def test_a_participant_is_named_in_full() -> None:
    text = "Orla Finch, the port's spokeswoman, said that nine men died."
    assert who(text, "nine men", ("Orla Finch", "person")) == "Orla Finch"


def test_an_account_goes_on_between_two_sentences_of_one_body() -> None:
    text = "Nine men died, the mayor said. It happened at noon. The mayor said that two boats sank. It rained."
    assert who(text, "noon") == "mayor"
    assert who(text, "rained") is None


@pytest.mark.parametrize(
    "head",
    [
        "Communiqué of the Ministry of Ports on the wreck\n\n",
        "PRESS RELEASE\nMinistry of Ports, 4 May 2031\n\n",
        "The wreck\n\nThe Ministry of Ports informs that help is near.\n\n",
    ],
)
def test_a_release_speaks_for_its_issuer(head: str) -> None:
    text = head + "Nine boats went out at dawn and came back with everybody.\n"
    assert who(text, "Nine boats", ("Ministry of Ports", "organisation")) == "Ministry of Ports"


def test_a_news_report_speaks_for_nobody() -> None:
    text = "The wreck\n\nPORT ALDER, May 4 (Grey Wire) - Nine boats of the Ministry of Ports went out at dawn.\n"
    assert who(text, "Nine boats", ("Ministry of Ports", "organisation")) is None


def test_a_transcript_speaks_by_turns() -> None:
    text = (
        "Briefing\n\nFINCH: Good morning to all of you\n\nQ: How many boats\n\nFINCH: We had nine boats out\n\n"
        "Q: I heard of twelve ships\n"
    )
    assert who(text, "nine boats", ("Briefing", "organisation")) == "FINCH"
    assert who(text, "twelve ships") is None


def test_a_word_before_a_colon_is_no_speaker_where_these_are_in_capitals() -> None:
    text = (
        "Briefing\n\nFINCH: Good morning to all of you\n\nSo: we had nine boats out\n\nQ: How many ships\n\n"
        "FINCH: None at all\n\nQ: And boats\n"
    )
    assert who(text, "nine boats") == "FINCH"


def test_what_the_writer_counts_is_nobody_elses_account() -> None:
    text = "Nine men died, the mayor said. Our own log has ten. The mayor said that two boats sank."
    assert who(text, "ten") is None


def test_an_account_goes_on_from_a_body_to_its_chief() -> None:
    text = "Nine men died, the Harbour Office said. Six boats went out. “All is well,” said Orla Finch."
    chief = Participant(name="Orla Finch", kind="person", aliases=("Orla Finch",), affiliation="Harbour Office")
    office = Participant(name="Harbour Office", kind="organisation", aliases=("Harbour Office",))
    found = found_in(text).model_copy(update={"participants": (office, chief)})
    at = text.index("Six boats")
    assert Asserters(text, found, None).at(at, at + 9) == "Harbour Office"


def test_a_quoted_mail_is_its_writers() -> None:
    text = (
        "Dear all, six boats are here\n\nOn Monday, Orla Finch wrote:\n> nine boats are out\n\nSo there are two kinds\n"
    )
    assert who(text, "nine boats") == "Orla Finch"
    assert who(text, "six boats") is None
    assert who(text, "two kinds") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A thread\n\n1/ The Harbour Guard boarded a boat.\n\n2/ Nine boats lie there.\n", "Nine boats"),
        ("Old boats at Port Alder: a visit\n\nNine boats of the Harbour Guard lie there, in 2031 too.\n", "Nine boats"),
        ("A visit\n\nThe town will protect the Harbour Guard's pier with nine boats.\n", "nine boats"),
        ("According to our count nine boats came.", "nine boats"),
        ("Standing on the pier we counted nine boats.", "nine boats"),
        ("On 6 May at 19 the lamp reported nine boats.", "lamp"),
    ],
)
def test_what_names_a_body_is_not_therefore_its_release(text: str, words: str) -> None:
    known: list[tuple[str, ParticipantKind]] = [("Harbour Guard", "organisation")] if "Harbour Guard" in text else []
    assert who(text, words, *known) is None


def test_a_release_may_name_its_issuer_in_its_second_sentence() -> None:
    text = (
        "Help for the port\n\nFrom 6 May the town will have more boats. The Harbour Guard is sending nine boats. "
        "They stay until June.\n"
    )
    assert who(text, "They stay", ("Harbour Guard", "organisation")) == "Harbour Guard"


def test_the_mark_of_a_thread_is_no_part_of_a_name() -> None:
    text = "A thread\n\n1/ Boats came.\n\n2/ Village guards counted nine boats.\n"
    assert who(text, "nine boats") == "Village guards"


def test_a_unit_that_a_release_names_says_nothing_in_it() -> None:
    text = "PRESS RELEASE\nMinistry of Ports, 4 May 2031\n\nNine boats of the Third Wing went out.\n"
    found = found_in(text, ("Ministry of Ports", "organisation"), ("Third Wing", "unit"))
    at = text.index("Nine boats")
    count = Count(
        start=at, end=at + 10, evidence="Nine boats", low=9, high=9, item="boat", category="ship",
        asserted_by="Third Wing",
    )  # fmt: skip
    assert Asserters(text, found, None).of_count(count) == "Ministry of Ports"
