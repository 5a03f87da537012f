"""The user's own prose as a source: what of it the sources support."""

from briefing.compare.draft.checking import check_draft
from briefing.compare.draft.finding import Finding, Kind, Support, Verdict

__all__ = ["Finding", "Kind", "Support", "Verdict", "check_draft"]
