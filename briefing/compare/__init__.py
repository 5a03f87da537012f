"""Compare sources: agreement, contradiction, altered quotations, spellings, copies."""

from briefing.compare.comparison import compare
from briefing.compare.wording import Change, diff_words

__all__ = ["Change", "compare", "diff_words"]
