"""Page one keeps to a page: what it has no room for stands under its event."""

from briefing.export.brief import Change, Citation, Claim, ClaimValue
from briefing.export.page_one import page_one
from briefing.model.safetext import SafeText


def value(source: int, words: str, changes: int = 0) -> ClaimValue:
    return ClaimValue(
        value=SafeText(words),
        written=SafeText(words),
        speaker=SafeText("Ann Lee"),
        changes=(Change(was=SafeText("a word"), now=SafeText("another")),) * changes,
        sources=(source,),
        citations=(Citation(source=source, notes=(source,)),),
    )


def quotation(number: int, changes: int) -> Claim:
    said = "They sailed at dawn and nobody on the pier knew where to or for how long."
    values = (value(1, said), value(2, said, changes), value(3, said, changes))
    return Claim(
        number=number, kind="quote", status="altered", event="e", claim=SafeText(said), origins=1, values=values
    )


def test_long_differences_stand_further_on_and_none_is_lost() -> None:
    short = page_one([quotation(n, 1) for n in range(1, 7)], [], written=True, compared=True)
    assert (short.differ, short.more) == (tuple(range(1, 7)), ())
    long = page_one([quotation(n, 10) for n in range(1, 7)], [], written=True, compared=True)
    assert (long.differ, long.more) == ((1, 2, 3), (4, 5, 6))


def test_two_differences_are_shown_however_long_they_are() -> None:
    front = page_one([quotation(n, 90) for n in range(1, 5)], [], written=True, compared=True)
    assert (front.differ, front.more) == ((1, 2), (3, 4))
