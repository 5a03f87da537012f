"""Words of the status line about a mention and a fact, and of the frame of the source list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.model.passage import locate
from briefing.model.safetext import SafeText
from briefing.tui.glossary import CONFIDENCE, fact_sign, source_signs
from briefing.tui.main_screen.facts_shown import evidence_of
from briefing.tui.widgets.drawing import linked
from briefing.tui.widgets.source_names import named
from briefing.tui.wording import ORDER_WORDS, number, own, plural

if TYPE_CHECKING:
    from briefing.model.facts import Mention
    from briefing.model.listing import SourceRow
    from briefing.model.selection import GroupBy, Order, SourceFilter
    from briefing.tui.fact_rows import Entry
    from briefing.tui.state import ReaderState
    from briefing.tui.widgets.line import Said


def mention_words(mention: Mention, times: int) -> list[Said]:
    """Describe a mention: its type, canonical name, number of mentions here, and confidence.

    Args:
        mention: The mention.
        times: Mentions of its entity in the source in sight.
    """
    name = mention.name.line()
    words: list[Said] = [(own(mention.type), mention.type), (own("  ") + name, "title")]
    if mention.text.line() != name:
        words.append((own("  “") + mention.text.line() + own("”"), "muted"))
    often = f"  {number(times)}× here"
    sure = f" · {CONFIDENCE[mention.confidence]}" if mention.confidence in CONFIDENCE else ""
    return [*words, (own(often + sure), "muted")]


def fact_words(entry: Entry, state: ReaderState) -> list[Said]:
    """Describe a fact of the source in sight: place of its evidence, its sign explained, the words.

    Args:
        entry: Row of the fact.
        state: The reader's state.
    """
    if entry.fact is None or state.source is None or state.extraction is None or entry.source_id != state.source.id:
        return []
    spans = evidence_of(entry.shown or entry.fact)
    if not spans:
        return []
    start, end = spans[0]
    passage = locate(start, state.paragraphs, state.extraction.sentences)
    where = linked(own(f"¶ {passage.paragraph}, sentence {passage.sentence}"), state.source.path)
    words: list[Said] = [(where, "muted"), (own("  "), "muted")]
    if entry.fact.added_by:
        words.append((own("+ added by ") + entry.fact.added_by.line() + own("  "), "plain"))
    if entry.review is not None and entry.review.note:
        words.append((own("note: ") + entry.review.note.line() + own("  ·  "), "key"))
    group = state.standings.group_of(entry.source_id, entry.shown or entry.fact) if state.standings else None
    if sign := fact_sign(entry.standing, group, entry.fact.confidence):
        words.append((sign + own("  "), "plain"))
    return [*words, (own("“") + SafeText(state.source.text[start:end]).line() + own("”"), "muted")]


def source_words(row: SourceRow, copies: int, marked: bool) -> list[Said]:
    """Describe a source: its signs explained, its note, publisher, day and title or a warning, tags, length, path.

    Args:
        row: The source.
        copies: Number of other sources with its text.
        marked: Whether it is marked.
    """
    first = own("⚠ ") + row.warnings[0].line() if row.warnings else named(row)
    if row.newer:
        first = own("↻ Replaced by a newer version: N goes there")
    elif row.gone:
        first = own("∅ The file was deleted; its text is kept here")
    tags = own("".join(f"  #{tag.line()}" for tag in row.tags))
    said: list[Said] = [(own("  ").join(source_signs(row, copies, marked)) + own("  ·  "), "plain")]
    if row.note:
        said.append((own("note: ") + row.note.line() + own("  ·  "), "key"))
    said.append((first + tags + own(f"  ·  {plural(row.words, 'word')}  ·  "), "muted"))
    return [*said, (linked(row.path.line(), row.path), "muted")]


def order_words(order: Order, grouping: GroupBy | None, room: int) -> str:
    """Describe order and groups: ``newest first · by publisher``, or in short ``newest · publisher``.

    Args:
        order: The order.
        grouping: What sources are grouped by; None for nothing.
        room: Cells that the long form may take.
    """
    words = ORDER_WORDS[order]
    if not grouping:
        return words
    long = f"{words} · by {grouping}"
    return long if len(long) <= room else f"{words.removeprefix('by ').removesuffix(' first')} · {grouping}"


def filter_words(where: SourceFilter) -> list[SafeText]:
    """Describe a filter for the list's frame."""
    words = [own("not reviewed" if where.state == "unreviewed" else where.state)] if where.state != "all" else []
    words += [own("#") + own(where.tag).line()] if where.tag else []
    words = [own(where.workspace).line(), *words] if where.workspace else words
    return [*words, own(f"“{where.text}”").line()] if where.text else words
