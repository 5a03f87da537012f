"""No regular expression repeats a repetition: on a text that does not fit in the end it would backtrack without end."""

import importlib
import pkgutil
import re
import re._constants as sre
import re._parser as parser
import sys
from collections.abc import Iterator
from typing import Any

import briefing

REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT)
NO_WIDTH = (sre.ASSERT, sre.ASSERT_NOT, sre.AT)


def endless(op: Any, value: Any) -> bool:
    return op in REPEATS and value[1] is sre.MAXREPEAT


def alternatives(body: Any) -> Iterator[list[Any]]:
    """What a repeated body may be, groups within groups opened."""
    items = list(body)
    if len(items) == 1 and items[0][0] is sre.SUBPATTERN:
        yield from alternatives(items[0][1][3])
    elif len(items) == 1 and items[0][0] is sre.BRANCH:
        for branch in items[0][1][1]:
            yield from alternatives(branch)
    else:
        yield items


def only_repeats(items: list[Any]) -> bool:
    """Whether it is one endless repetition, beside what may be missing."""
    found = False
    for op, value in items:
        if endless(op, value):
            found = True
        elif op not in NO_WIDTH and not (op in REPEATS and value[0] == 0):
            return False
    return found


def backtracks(body: Any) -> bool:
    """Whether a repetition of repetitions stands anywhere in a parsed pattern."""
    for op, value in body:
        inner: list[Any] = []
        if op in REPEATS:
            if endless(op, value) and any(map(only_repeats, alternatives(value[2]))):
                return True
            inner = [value[2]]
        elif op is sre.SUBPATTERN:
            inner = [value[3]]
        elif op is sre.BRANCH:
            inner = value[1]
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            inner = [value[1]]
        if any(map(backtracks, inner)):
            return True
    return False


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Name and pattern of every one that a module of ours keeps."""
    for module in pkgutil.walk_packages(briefing.__path__, "briefing."):
        if "__main__" in module.name:
            continue
        try:
            importlib.import_module(module.name)
        except ImportError:
            continue  # an extra that is not installed
    for name, loaded in sorted(sys.modules.items()):
        if name.startswith("briefing."):
            for key, value in vars(loaded).items():
                for one in value if isinstance(value, tuple) else (value,):
                    if isinstance(one, re.Pattern) and isinstance(one.pattern, str):
                        yield f"{name}.{key}", one


def test_the_check_knows_one() -> None:
    assert backtracks(parser.parse(r"(?:a|[b-d]+)+$"))
    assert backtracks(parser.parse(r"x(?:(?:\w*\s?)*)y"))
    assert not backtracks(parser.parse(r"(?:a|[b-d])+$"))
    assert not backtracks(parser.parse(r"(?:,\s*\w+)+$"))


def test_no_pattern_repeats_a_repetition() -> None:
    found = dict(patterns())
    assert len(found) > 300
    assert [name for name, one in found.items() if backtracks(parser.parse(one.pattern, one.flags))] == []
