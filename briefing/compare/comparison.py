"""The whole comparison: every claim with who agrees, differs or is silent, and how many origins it has."""

from collections.abc import Iterable, Sequence
from typing import Final

from briefing.compare.copies import find_copies
from briefing.compare.corpus import Claim, Corpus, gather
from briefing.compare.counts import CountComparison
from briefing.compare.names import compare_names
from briefing.compare.participants import compare_participants
from briefing.compare.quotes import compare_quotes
from briefing.compare.sets import Sets
from briefing.model.agreement import Agreement, ClaimItem, Comparison, NearDuplicate
from briefing.model.facts import Extraction
from briefing.model.safetext import SafeText
from briefing.model.source import Source
from briefing.model.statuses import GRAVITY

_FEW: Final = 8
"""Up to this many sources, which somebody chose by hand, all that do not speak of a claim are silent on it. In a larger
pile most sources are about something else: there the silent ones are those on the same matter."""

_KINDS: Final = ("count", "quote", "name", "participant")


def compare(documents: Iterable[tuple[Source, Extraction]]) -> Comparison:
    """What the sources say of each claim. ``document`` in the answer is a source's id.

    Every count, participant and quotation stands in exactly one group; names make a group where they are spelt in
    several ways. Groups are ordered by kind, what needs a look first, then by the order of publication. Nothing depends
    on the order in which the sources are given.
    """
    corpus = gather(documents)
    copies = find_copies(document.source.text for document in corpus.documents)
    quotations = compare_quotes(corpus)
    shared = [*(copy.members for copy in copies), *quotations.shared]
    corpus = corpus.bringing_together(shared)
    origins = Sets(len(corpus.documents))
    for same in shared:
        for number in same[1:]:
            origins.join(same[0], number)
    counts = CountComparison(corpus).claims()
    claims = [*counts, *quotations.claims, *compare_names(corpus), *compare_participants(corpus)]
    claims.sort(
        key=lambda claim: (
            _KINDS.index(claim.kind),
            GRAVITY.index(claim.status),
            [item[:4] for item in claim.items],
            claim.title,
        )
    )
    return Comparison(
        groups=tuple(_agreement(claim, corpus, origins) for claim in claims),
        near_duplicates=tuple(
            NearDuplicate(documents=_ids(corpus, copy.members), similarity=copy.similarity) for copy in copies
        ),
    )


def _agreement(claim: Claim, corpus: Corpus, origins: Sets) -> Agreement:
    """The claim as the rest of the program knows it."""
    speaking = {item.document for item in claim.items}
    if len(corpus.documents) <= _FEW:
        asked = set(range(len(corpus.documents)))
    else:
        asked = {other for number in speaking for other in corpus.related[number]}
    return Agreement(
        kind=claim.kind,
        status=claim.status,
        claim=SafeText(claim.title).line(),
        origins=origins.count(speaking),
        items=tuple(
            ClaimItem(
                document=corpus.documents[item.document].source.id,
                start=item.start,
                end=item.end,
                value=SafeText(item.value),
                low=item.low,
                high=item.high,
                approx=item.approx,
                form=item.form,
            )
            for item in claim.items
        ),
        silent=_ids(corpus, sorted(asked - speaking)),
    )


def _ids(corpus: Corpus, numbers: Sequence[int]) -> tuple[str, ...]:
    """The ids of sources by their numbers."""
    return tuple(corpus.documents[number].source.id for number in numbers)
