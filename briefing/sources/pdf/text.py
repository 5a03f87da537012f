"""Join the lines of pages to one text: columns in their order, tables as rows, paragraphs joined."""

from collections.abc import Callable, Sequence

from briefing.sources.pdf.flow import Flow
from briefing.sources.pdf.layout import blocks
from briefing.sources.pdf.lines import Line
from briefing.sources.pdf.tables import Rules, parted


def text_of(
    pages: Sequence[Sequence[Line]],
    labels: Sequence[str],
    rules: Callable[[int], Rules] = lambda number: Rules(),  # noqa: ARG005
) -> Flow:
    """Join the lines of pages to one text with the offsets of its pages.

    Args:
        pages: Lines of each page.
        labels: Label of each page.
        rules: Given the number of a page from 0, returns the lines drawn on it; called for pages with tables
            only.
    """
    flow = Flow(line for lines in pages for line in lines)
    for number, (lines, label) in enumerate(zip(pages, labels, strict=True)):
        flow.page(label)
        for block in blocks(lines):
            for part in parted(block, rules(number) if any(line.cells for line in block) else Rules()):
                if isinstance(part, str):
                    flow.table(part)
                else:
                    flow.block(part)
    return flow
