"""Mail that repeats other mail is no copy of it."""

from briefing.compare import compare
from briefing.model.facts import Extraction
from briefing.model.source import Source
from briefing.sources import read_bytes

LETTER = (
    "Eight tugs left the port of Larnholm on Monday with the pilot boat and the old dredger. The harbour master said"
    " in his letter that they would be back before the end of the month, when the mole is to be opened again to the"
    " ferries from the islands, and that nobody had been hurt when the crane fell into the basin on Sunday night."
)


def mail(key: str, body: str, **headers: str) -> tuple[Source, Extraction]:
    lines = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in headers.items())
    source = read_bytes(
        f"From: Lena <lena@harbour.test>\nMessage-ID: <{key}>\n{lines}\n{body}\n".encode(), f"{key}.eml"
    )
    return source, Extraction(source_id=source.id, extractor="none")


def test_an_answer_above_a_letter_is_no_copy_of_it() -> None:
    first = mail("a@x", LETTER, Subject="Tugs")
    answer = f"The dredger was not among them, and the crane stands again.\n\n-----Original Message-----\n{LETTER}"
    second = mail("b@x", answer, Subject="RE: Tugs", In_Reply_To="<a@x>")
    assert second[0].asides
    assert compare([first, second]).near_duplicates == ()
    forwarded = mail("c@x", f"---------- Forwarded message ---------\n{LETTER}", Subject="Fwd: Tugs")
    assert len(compare([first, forwarded]).near_duplicates) == 1
