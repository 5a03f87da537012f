"""What readers wrote on sources and facts, for a brief that is to have it."""

from collections.abc import Iterator

from briefing.export.brief import ReaderNote
from briefing.export.selection import Selection
from briefing.export.verdicts import reviewed
from briefing.model.fact_forms import all_facts, form_of
from briefing.model.safetext import SafeText


def reader_notes(selection: Selection) -> Iterator[ReaderNote]:
    """The notes on each source and then on its facts, in their order; of facts that the brief leaves out, none."""
    if selection.notes is None:
        return
    for number, (source, found) in enumerate(selection.documents, start=1):
        if note := selection.notes.get(source.id):
            yield ReaderNote(source=number, text=note.words, by=note.by, at=note.at)
        reviews = selection.reviews.get(source.id, {})
        shown = set(reviewed(found, reviews, selection.accepted_only)[1])
        for fact in all_facts(found):
            review = reviews.get(fact.key)
            if review is not None and review.note and (fact.key in shown or review.state == "edited"):
                start, end = form_of(fact).span(fact)
                words = SafeText(source.text[start:end]).line()
                yield ReaderNote(source=number, about=words, text=review.note, by=review.by, at=review.at)
