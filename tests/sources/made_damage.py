"""What must hold of damaged files, whatever their format."""

from briefing.model.safetext import SafeText
from briefing.model.source import Source, Unreadable
from briefing.sources import read_bytes


def read_or_refused(data: bytes, name: str) -> None:
    """Check that the bytes are read into a source that is whole, or refused with a reason in one line.

    Args:
        data: The bytes of a file.
        name: Its name.
    """
    source, reason = _read(data, name)
    if source is None:
        assert reason.strip()
        assert "\n" not in reason
        return
    assert source.text.strip()
    assert SafeText(str(source.text)) == source.text
    assert all(0 <= page.start <= len(source.text) for page in source.pages)
    assert all(0 <= aside.start <= aside.end <= len(source.text) for aside in source.asides)


def _read(data: bytes, name: str) -> tuple[Source | None, str]:
    """The source, or None and the reason why there is none."""
    try:
        return read_bytes(data, name), ""
    except Unreadable as error:
        return None, error.reason
