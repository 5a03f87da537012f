"""What several sources say of one claim: agreement, contradiction, altered quotations, copies."""

from briefing.compare.comparison import compare
from briefing.compare.wording import Change, diff_words

__all__ = ["Change", "compare", "diff_words"]
