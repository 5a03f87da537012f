"""What sources make of a quotation: shorten it, alter it, give it to somebody else; and what are two quotations."""

from collections.abc import Callable

import pytest

from briefing.compare import compare
from briefing.model.agreement import Agreement
from briefing.model.facts import SourceWarning

from .conftest import Made, Maker

Make = Callable[..., Maker]
WORDS = "We searched the harbour for nine hours in the fog, and we shall search it again until the last boat is found"


def forms(*made: Made) -> tuple[Agreement, dict[str, str | None]]:
    """The claim of the first source's quotation, and the form of each source's."""
    comparison = compare(made)
    (group,) = [g for g in comparison.groups if g.kind == "quote" and any(i.document == made[0][0].id for i in g.items)]
    return group, {item.document: item.form for item in group.items}


def quoting(make: Make, name: str, words: str, speaker: str | None) -> Made:
    return make(name, f"Somebody spoke. “{words}”").says(words, speaker).made()


@pytest.mark.parametrize(
    ("words", "speaker", "form"),
    [
        (WORDS + ",", "Orla Finch", "verbatim"),
        ("we shall search it again until the last boat is found", "Orla Finch", "shortened"),
        (WORDS.replace("nine hours", "a whole night"), "Orla Finch", "altered"),
        (WORDS, "Jon Berg", "reattributed"),
        (WORDS, "harbour spokeswoman", "verbatim"),
        (WORDS, "Harbour Office", "verbatim"),
    ],
)
def test_forms(make: Make, words: str, speaker: str, form: str) -> None:
    group, found = forms(quoting(make, "a", WORDS, "Orla Finch"), quoting(make, "b", words, speaker))
    assert found == {"a": "original", "b": form}
    assert (group.status, group.origins) == (form, 1)


def test_the_original_is_never_a_paraphrase(make: Make) -> None:
    spun, found = quoting(make, "a", WORDS.replace("fog", "mist"), "Orla Finch")
    spun_found = found.model_copy(update={"warnings": (SourceWarning(kind="machine-paraphrased", message="spun"),)})
    _, said = forms((spun, spun_found), quoting(make, "b", WORDS, "Orla Finch"))
    assert said == {"a": "altered", "b": "original"}


def test_two_speakers_do_not_become_one_by_way_of_a_third(make: Make) -> None:
    first = "The boats came back one after the other in the grey light"
    second = "Nobody will ever know what they had seen out there"
    both = f"{first}, and so it was told. {second}"
    a, b = quoting(make, "a", first, "Orla Finch"), quoting(make, "b", second, "Jon Berg")
    c = quoting(make, "c", both, None)
    groups = [group for group in compare([a, b, c]).groups if group.kind == "quote"]
    assert all({"a", "b"} - {item.document for item in group.items} for group in groups)
    assert sum("c" in {item.document for item in group.items} for group in groups) == 2


def test_two_translations_of_one_speaker_are_one_statement(make: Make) -> None:
    one = "The boats of the strangers fled burning, and will flee again as long as the harbour weeps"
    two = "The strangers' vessels turned round on fire, and they shall flee again while the harbour is weeping"
    group, found = forms(quoting(make, "a", one, "Hamdan al-Ghuraifi"), quoting(make, "b", two, "Hamdan Al Ghurayfi"))
    assert found == {"a": "original", "b": "altered"}
    assert group.status == "altered"


def test_the_same_sentence_of_two_events_is_two_statements() -> None:
    from datetime import date

    words = "The crew did what it has learnt and came home before noon"
    made = []
    for name, day, place, speaker in (
        ("a", date(2030, 3, 4), "Port Alder", "Orla Finch"),
        ("b", date(2031, 8, 9), "Grey Bay", "Jon Berg"),
    ):
        maker = Maker(name, f"A boat was saved at {place}. “{words}”", day).names((place, "PLACE"))
        made.append(maker.says(words, speaker).made())
    group, _ = forms(*made)
    assert group.status == "single"
