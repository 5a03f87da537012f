"""Check the user's own draft against the sources."""

from briefing.compare.draft.checking import check_draft
from briefing.compare.draft.finding import Finding, Kind, Support, Verdict

__all__ = ["Finding", "Kind", "Support", "Verdict", "check_draft"]
