"""Check every number, date, quotation and name of a draft against the sources."""

from collections.abc import Iterable
from datetime import date

from briefing.compare.draft.dates import check_dates
from briefing.compare.draft.finding import Finding
from briefing.compare.draft.names import check_names
from briefing.compare.draft.numbers import check_counts, check_figures
from briefing.compare.draft.quotations import check_quotations
from briefing.compare.draft.texts import SourceText
from briefing.model.facts import Extraction
from briefing.model.source import Source

Document = tuple[Source, Extraction]


def check_draft(draft: Document, documents: Iterable[Document], today: date) -> list[Finding]:
    """Check each statement of a draft against the sources; findings are in the order of the draft.

    Numbers, dates and names within a quotation are judged with it.

    Args:
        draft: The draft and its extraction.
        documents: The sources and their extractions; the draft itself, if among them, is left out.
        today: Day from which relative dates of an undated draft are counted where no source has a date either.
    """
    own = SourceText(*draft)
    texts = [SourceText(*document) for document in documents if document[0].id != own.source.id]
    quotations = list(check_quotations(own, texts))
    inside = [(one.start, one.end) for one in quotations]

    def outside(findings: Iterable[Finding]) -> list[Finding]:
        return [one for one in findings if not any(a < one.end and one.start < b for a, b in inside)]

    dates = outside(check_dates(own, texts, today))
    counts = outside(check_counts(own, texts))
    names = outside(check_names(own, texts))
    taken = [(one.start, one.end) for one in (*quotations, *dates, *counts)]
    taken += [(mention.start, mention.end) for mention in own.extraction.mentions if mention.type != "QUANTITY"]
    figures = list(check_figures(own, texts, taken))
    return sorted([*quotations, *dates, *counts, *figures, *names], key=lambda one: (one.start, one.end))
