"""What an event that is only recalled is called: words that can stand alone."""

from briefing.compare.event_cards import TIE


def test_ties_to_the_part_before_are_left_out() -> None:
    assert TIE.sub("", ", whereas a second flight in June went north") == "a second flight in June went north"
    assert TIE.sub("", "– and, as in May, three crews") == "in May, three crews"
    assert TIE.sub("", "Android phones were seized") == "Android phones were seized"
