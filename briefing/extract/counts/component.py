"""``briefing_counts``: extract counts with items, operators, predicates and asserters."""

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from briefing.extract.counts.asserters import Asserters, Words
from briefing.extract.counts.candidates import Bench, Draft
from briefing.extract.counts.clause_frames import Clauses
from briefing.extract.counts.implicit_ones import Singles
from briefing.extract.counts.operator_candidates import Owners
from briefing.extract.counts.operators import Operators
from briefing.extract.counts.owner_words import OwnerWords, load_owner_words
from briefing.extract.counts.predicates import load_predicates
from briefing.extract.counts.rules import Finder
from briefing.extract.counts.tables.heads import HeadWords, load_heads
from briefing.extract.counts.tables.rows import TableRows
from briefing.extract.entities.doc_mentions import mentions_of
from briefing.extract.extensions import set_spans
from briefing.extract.lexicon.countable_nouns import Items, load_items
from briefing.extract.lexicon.reporting_verbs import load_reporting
from briefing.extract.lexicon.titles import load_titles
from briefing.extract.nlp.token_columns import view_of
from briefing.model.facts import Count
from briefing.model.safetext import SafeText


@Language.factory(
    "briefing_counts",
    default_config={"lexicons": None},
    requires=["doc._.briefing_mentions", "token.tag", "token.dep"],
    assigns=["doc.spans", "doc._.briefing_counts"],
)
def make_counts(nlp: Language, name: str, lexicons: str | None) -> "Counts":  # noqa: ARG001
    """Make the component.

    Args:
        nlp: The pipeline; not used.
        name: Name of the component; not used.
        lexicons: Folder of the user's own lexicon files; None for none.
    """
    folder = Path(lexicons) if lexicons else None
    words = Words(load_reporting(folder), load_titles(folder), load_predicates(folder))
    return Counts(load_items(folder), words, load_owner_words(folder), load_heads(folder))


class Counts:
    """Finds counts in the document and sets ``doc._.briefing_counts``."""

    def __init__(self, items: Items, words: Words, owner_words: OwnerWords, heads: HeadWords) -> None:
        self.items = items
        self.heads = heads
        self.words = words
        self.owner_words = owner_words
        self.without: frozenset[str] = frozenset()
        """Names of rules that are left out, to measure what they give."""

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.briefing_counts``; ``briefing_entities`` must have run."""
        view = view_of(doc)
        mentions = mentions_of(doc)
        bench = Bench(view, mentions, self.items, self.without)
        Finder(bench).find()
        drafts = Singles(bench).find()
        owners = Owners(view, mentions, self.owner_words) if drafts or "|" in view.text or "\t" in view.text else None
        if drafts and owners is not None:
            self._own(doc, owners, drafts)
        counts: list[Count] = []
        if owners is not None and (tables := TableRows(bench, owners, self.heads)).tables:
            drafts, cells = tables.find(drafts)
            for cell in cells:
                cell.draft.what, cell.draft.found_by = cell.what, "table cell"
            counts = [_count(view.text, cell.draft) for cell in cells]
        by_span = {(d.start, d.end): d for d in reversed(drafts)}
        counts += [_count(view.text, d) for d in drafts if by_span[d.start, d.end] is d]
        doc._.briefing_counts = tuple(sorted(counts, key=lambda count: (count.start, count.end)))
        set_spans(doc, "briefing_counts", ((c.start, c.end, c.category) for c in doc._.briefing_counts))
        return doc

    def _own(self, doc: Doc, owners: Owners, drafts: list[Draft]) -> None:
        """Set predicate, operator and asserter of each candidate."""
        view = view_of(doc)
        clauses = Clauses(view, self.words.predicates)
        for draft in drafts:
            draft.frame = clauses.frame(draft.first, draft.head)
            draft.what = clauses.what(draft.frame, draft.thing)
        owners.platforms = self.items.platforms
        Operators(view, owners, drafts, self.without).resolve()
        Asserters(view, mentions_of(doc), self.words, doc._.briefing_quotes).assign(drafts)


def _count(text: str, draft: Draft) -> Count:
    return Count(
        start=draft.start,
        end=draft.end,
        evidence=SafeText(text[draft.start : draft.end]),
        low=draft.low,
        high=draft.high,
        approx=draft.approx,
        item=SafeText(draft.thing.item),
        category=draft.thing.category,
        operator=SafeText(draft.operator) if draft.operator else None,
        confidence=draft.confidence,
        what=SafeText(draft.what) if draft.what else None,
        asserted_by=SafeText(draft.asserted_by) if draft.asserted_by else None,
        rule=SafeText(_rule(draft)),
    )


def _rule(draft: Draft) -> str:
    """The rules that read the draft, such as ``count:direct operator:sender``."""
    return f"count:{draft.found_by}" + (f" operator:{draft.owner_by}" if draft.owner_by else "")
