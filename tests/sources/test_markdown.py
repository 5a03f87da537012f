"""Markdown becomes readable text."""

import contextlib
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.source import Source, Unreadable
from briefing.sources import read_bytes

PAGE = """\
---
title: "Patrol: back in harbour"
authors: [Jane Doe, 'John Roe']
date: 2025-07-12T10:00:00+09:00
source: Sample Wire
lang: en-GB
tags:
  - navy
---

The *frigate* came back **on Friday**, the [navy](https://example.org "t") said
in a note &amp; a call.\\
A new line.

## What it did

- two `drills`
- one visit
    1. a port
    2. another

> “We are glad,” its captain said.

| ship | days |
|---|---|
| one | 3 |

    code  kept

![A picture](x.png) <b>inline</b>

<div>
A block of HTML
</div>

***

~~Struck~~ out.
"""

TEXT = """\
Patrol: back in harbour

The frigate came back on Friday, the navy said in a note & a call.
A new line.

What it did

- two drills
- one visit
  1. a port
  2. another

> “We are glad,” its captain said.

| ship | days |
| one | 3 |

code  kept

A picture inline

A block of HTML

out."""


def _read(text: str) -> Source:
    return read_bytes(text.encode(), "a.md")


def test_readable_text() -> None:
    assert _read(PAGE).text == TEXT


def test_front_matter() -> None:
    source = _read(PAGE)
    assert source.title == "Patrol: back in harbour"
    assert source.author == "Jane Doe, John Roe"
    assert source.publisher == "Sample Wire"
    assert source.published is not None
    assert source.published.isoformat() == "2025-07-12T10:00:00+09:00"
    assert source.language == "en"


def test_authors_as_a_block_list() -> None:
    assert _read("---\nauthor:\n  - Jane Doe\n  - John Roe\n---\nText").author == "Jane Doe, John Roe"


@pytest.mark.parametrize(
    "text", ["---\n\nA text\n\n---\n", "---\nA: b but never closed\n\nText", "Text\n---\na: b\n---\n"]
)
def test_a_rule_is_no_front_matter(text: str) -> None:
    assert _read(text).publisher is None
    assert "ext" in _read(text).text


def test_without_front_matter_the_opening_counts() -> None:
    source = _read("# Patrol back\n\nBy Jane Doe\n\n12 July 2025\n\nIt came back.")
    assert source.title == "Patrol back"
    assert (source.author, source.published) == ("Jane Doe", date(2025, 7, 12))


@given(st.text(alphabet="ab \n#*_-[]()<>`|>1.~!&;:\\\t", max_size=200))
def test_never_fails(text: str) -> None:
    with contextlib.suppress(Unreadable):
        assert _read(text).text.strip()


@pytest.mark.parametrize("part", ["[", "*a_ ", "> ", "`", "![](", "<a ", "- " * 50 + "\n", "|a|\n|-|\n", "&#27;"])
def test_repetition_is_no_trap(part: str) -> None:
    started = time.process_time()
    _read("words " + part * (20_000 // len(part)))
    assert time.process_time() - started < 5


def test_words_of_clean_paragraphs_survive() -> None:
    paragraphs = ["The first one says little.", "The second one says “more”, and 3*4 of it."]
    assert _read("\n\n".join(paragraphs)).text.split("\n\n") == paragraphs


def test_footnotes_with_names_are_numbered_in_their_order() -> None:
    text = read_bytes(b"The yard has 9[^a] tugs and 11[^2b] cranes.\n\n[^2b]: By May.\n[^a]: All old.\n", "a.md").text
    assert text.startswith("The yard has 9¹ tugs and 11² cranes.")
    assert "2: By May." in text
    assert "1: All old." in text
