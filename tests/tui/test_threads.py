"""Work beside the event loop costs the loop nothing."""

from textual.app import App

from briefing.tui.threads import in_thread


class Large:
    """Takes long to be written out."""

    written = 0

    def __repr__(self) -> str:
        self.written += 1
        return "large"


class Reader(App[None]):
    """Has something to do with it."""

    @in_thread("looking", exclusive=True)
    def look(self, large: Large, *, again: Large) -> tuple[Large, Large]:
        """What was given."""
        return large, again


async def test_what_a_thread_is_given_is_not_written_out() -> None:
    one, other = Large(), Large()
    async with Reader().run_test() as pilot:
        worker = pilot.app.look(one, again=other)  # type: ignore[attr-defined]
        assert worker.group == "looking"
        assert await worker.wait() == (one, other)
    assert one.written == other.written == 0
