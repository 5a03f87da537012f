"""Which sources report one event, and what they recall of others."""

from datetime import date

from briefing.compare import compare
from briefing.model.agreement import Agreement, Comparison

from .conftest import Made, Maker

LEAD = "The ferry Sea Lark ran aground near Port Alder on {day}."
DAY = date(2031, 5, 14)


def wreck(name: str, text: str, day: date | None = DAY, number: int | None = None) -> Maker:
    """A report of a wreck; it names the ferry and the port."""
    maker = Maker(name, f"A wreck\n\n{text}", day)
    for words, kind in (("Sea Lark", "SHIP"), ("Port Alder", "PLACE"), ("Grey Bay", "PLACE"), ("Blue Gull", "SHIP")):
        if words in text:
            maker.names((words, kind))  # type: ignore[arg-type]
    return maker


def count_at(comparison: Comparison, made: Made, words: str) -> Agreement:
    start = made[0].text.index(words)
    (group,) = [
        group
        for group in comparison.groups
        if group.kind == "count" and any((i.document, i.start) == (made[0].id, start) for i in group.items)
    ]
    return group


def test_a_year_between_two_like_events_keeps_them_apart() -> None:
    now = wreck("now", LEAD.format(day="Wednesday") + " Nine people died.").counts(
        "Nine people", 9, "person", category="personnel"
    )
    then = wreck("then", LEAD.format(day="Tuesday") + " Nine people died.", date(2030, 4, 2)).counts(
        "Nine people", 9, "person", category="personnel"
    )
    comparison = compare([now.made(), then.made()])
    assert count_at(comparison, now.made(), "Nine people").status == "single"
    assert [(event.start_date, event.documents) for event in comparison.events] == [
        ("2030-04-02", ("then",)),
        ("2031-05-14", ("now",)),
    ]


def test_background_is_compared_with_the_reports_of_what_it_recalls() -> None:
    now = wreck(
        "now",
        "The ferry Blue Gull sank near Grey Bay on Wednesday, killing nine people.\n\n"
        "In April 2030 the Sea Lark ran aground near Port Alder, and four people died.",
    )
    now.counts("nine people", 9, "person", category="personnel")
    now.counts("four people", 4, "person", category="personnel")
    then = wreck("then", LEAD.format(day="Tuesday") + " Five people died.", date(2030, 4, 2))
    then.counts("Five people", 5, "person", category="personnel")
    comparison = compare([now.made(), then.made()])
    recalled = count_at(comparison, now.made(), "four people")
    assert {item.document for item in recalled.items} == {"now", "then"}
    assert recalled.status == "differ"
    assert count_at(comparison, now.made(), "nine people").status == "single"


def test_background_of_two_reports_is_one_event_and_not_theirs() -> None:
    made = []
    for name, verb in (("a", "ran aground"), ("b", "hit a rock")):
        maker = wreck(
            name,
            f"The ferry Sea Lark {verb} near Port Alder on Wednesday.\n\n"
            "In 2007 more than 100 people died when the Blue Gull sank in Grey Bay.",
        )
        made.append(maker.counts("more than 100 people", 100, "person", high=None, category="personnel").made())
    comparison = compare(made)
    group = count_at(comparison, made[0], "more than 100 people")
    assert {item.document for item in group.items} == {"a", "b"}
    event = next(event for event in comparison.events if event.id == group.event)
    assert (event.start_date, set(event.documents)) == ("2007", {"a", "b"})
    assert len(comparison.events) == 2


def test_a_source_without_a_day_joins_the_event_of_those_that_name_the_same() -> None:
    dated = wreck("dated", LEAD.format(day="Wednesday") + " Two boats came.").counts(
        "Two boats", 2, "boat", category="ship"
    )
    bare = wreck("bare", LEAD.format(day="a sandbank") + " Two boats came.", None).counts(
        "Two boats", 2, "boat", category="ship"
    )
    other = wreck("other", "The Blue Gull sailed to Grey Bay.", date(2031, 5, 13))
    comparison = compare([dated.made(), bare.made(), other.made()])
    group = count_at(comparison, bare.made(), "Two boats")
    assert (group.status, group.silent) == ("agree", ())
    assert {item.document for item in group.items} == {"dated", "bare"}


def test_the_day_of_an_event_is_a_claim() -> None:
    exact = wreck("exact", LEAD.format(day="Tuesday") + " It was late.")
    vague = wreck("vague", LEAD.format(day="a reef last week") + " It was dark.", date(2031, 5, 20))
    (group,) = [group for group in compare([exact.made(), vague.made()]).groups if group.kind == "date"]
    assert (group.status, [str(item.value) for item in group.items]) == (
        "less_precise",
        ["2031-05-13", "2031-05-12/2031-05-18"],
    )


def test_ranks_of_an_event_contradict_each_other() -> None:
    a = wreck("a", LEAD.format(day="Wednesday") + " It was the third wreck on this coast since January.")
    b = wreck("b", LEAD.format(day="Wednesday") + " It is the fourth wreck on this coast since January.")
    c = wreck("c", LEAD.format(day="Wednesday") + " The 3rd Rescue Wing flew out.")
    ranks = [group for group in compare([a.made(), b.made(), c.made()]).groups if group.kind == "ordinal"]
    assert [(group.status, {str(item.value) for item in group.items}) for group in ranks] == [("differ", {"3", "4"})]


def test_a_toll_that_rose_in_one_story_is_no_contradiction() -> None:
    first = wreck("first", "The Sea Lark hit a reef off Port Alder on Wednesday. At least nine people died.")
    first.counts("At least nine people", 9, "person", high=None, category="personnel")
    second = wreck("second", "Divers went down to the Sea Lark near Port Alder: 14 people died.", date(2031, 5, 15))
    second.counts("14 people", 14, "person", category="personnel")
    third = wreck("third", "All of Port Alder mourns; the wreck of the Sea Lark killed 40 people.", date(2031, 5, 16))
    third.counts("40 people", 40, "person", category="personnel")
    made = []
    for maker in (first, second, third):
        source, found = maker.made()
        made.append((source.model_copy(update={"publisher": "Grey Wire"}), found))
    assert count_at(compare(made), made[1], "14 people").status == "later"
    apart = [(s.model_copy(update={"publisher": f"Paper {n}"}), found) for n, (s, found) in enumerate(made)]
    assert count_at(compare(apart), apart[1], "14 people").status == "differ"


def test_a_meeting_beside_what_a_source_is_about_is_an_event_of_its_own() -> None:
    words = "The three masters will see to the lights of the whole coast together"
    maker = wreck(
        "a",
        LEAD.format(day="Wednesday")
        + f"\n\nThe same day, the harbour masters held a yearly meeting at Grey Bay. “{words},” their statement said.",
    ).says(words, "harbour masters")
    comparison = compare([maker.made()])
    (quote,) = [group for group in comparison.groups if group.kind == "quote"]
    meeting = next(event for event in comparison.events if event.id == quote.event)
    assert (meeting.start_date, meeting.place) == ("2031-05-14", "Grey Bay")
    assert len(comparison.events) == 2


def test_every_joining_says_by_what() -> None:
    a = wreck("a", LEAD.format(day="Wednesday") + " Nine people died.")
    a.counts("Nine people", 9, "person", category="personnel")
    b = wreck("b", LEAD.format(day="Wednesday") + " The wreck killed nine people.")
    b.counts("nine people", 9, "person", category="personnel")
    group = count_at(compare([a.made(), b.made()]), a.made(), "Nine people")
    assert [item.joined_by for item in group.items] == [
        None,
        "same event, same number, same kind of thing, both killed, like sentences",
    ]


def test_a_truce_called_by_its_day_takes_no_sentence_with_it() -> None:
    text = LEAD.format(day="Tuesday") + " It was the third breach, with nine men dead, of the truce of 28 March 2031."
    a = wreck("a", text).counts("nine men", 9, "man", category="personnel").made()
    b = (
        wreck("b", LEAD.format(day="Tuesday") + " Nine men dead.")
        .counts("Nine men", 9, "man", category="personnel")
        .made()
    )
    assert count_at(compare([a, b]), a, "nine men").status == "agree"


def test_the_dead_of_two_sides_are_two_claims() -> None:
    a = wreck("a", LEAD.format(day="Tuesday") + " Two Ruritanian soldiers were killed.")
    b = wreck("b", LEAD.format(day="Tuesday") + " Nine Arcadian soldiers were killed.")
    for maker, words in ((a, "Ruritania"), (b, "Arcadia")):
        maker.takes_part(words, "nation")
    one = a.counts("Two Ruritanian soldiers", 2, "soldier", "Ruritania", category="personnel").made()
    two = b.counts("Nine Arcadian soldiers", 9, "soldier", "Arcadia", category="personnel").made()
    assert count_at(compare([one, two]), one, "Two Ruritanian").status == "single"


def test_the_same_numbers_alone_make_no_common_event() -> None:
    things = ("two tugs", "three lorries", "four drones", "five boats")
    texts = {
        "a": "Port Alder harbour counted two tugs, three lorries, four drones and five boats on Tuesday.",
        "b": "On Tuesday five boats came to Grey Bay, bringing what was ordered: four drones, three lorries, two tugs.",
    }
    made = []
    for name, text in texts.items():
        maker = wreck(name, text)
        for number, thing in enumerate(things, start=2):
            maker.counts(thing, number, thing.split()[1].removesuffix("s"), category="other")
        made.append(maker.made())
    found = compare(made)
    assert {event.documents for event in found.events} == {("a",), ("b",)}
    assert count_at(found, made[0], "four drones").status == "single"


def test_what_happened_to_some_is_told_of_them_only() -> None:
    a = wreck("a", LEAD.format(day="Tuesday") + " Six men are in custody; one of them is wounded.")
    b = wreck("b", LEAD.format(day="Tuesday") + " Six men were arrested.")
    a.counts("Six men", 6, "man", category="personnel")
    b.counts("Six men", 6, "man", category="personnel")
    made = a.made()
    source, found = made
    told = tuple(one.model_copy(update={"what": "wounded"}) for one in found.counts)
    one = source, found.model_copy(update={"counts": told})
    assert count_at(compare([one, b.made()]), one, "Six men").status == "agree"
