"""Facts on a spaCy document as msgpack: for ``Doc.to_bytes``, ``DocBin`` and ``nlp.pipe(n_process=2)``.

Both functions are entry points of ``srsly``, spaCy's serialisation library, which loads them while spaCy itself is
being imported: this module may import neither spaCy nor, before a fact is there, pydantic.
"""

from collections.abc import Callable
from typing import Any, Final

_MARK: Final = "briefing_type"
_MODULE: Final = "briefing.model.facts"


def encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """The fact as a table of plain values; anything else goes to the next encoder.

    Args:
        value: The value to encode.
        chain: The next encoder; None for none.
    """
    if type(value).__module__ == _MODULE:
        return {_MARK: type(value).__name__, **value.model_dump(exclude_defaults=True)}
    return value if chain is None else chain(value)


def decode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """The fact that :func:`encode` was given; anything else goes to the next decoder.

    Args:
        value: The value to decode.
        chain: The next decoder; None for none.
    """
    if isinstance(value, dict) and _MARK in value:
        from briefing.model.facts import FACT_CLASSES, Mention, SourceWarning

        known = {made.__name__: made for made in (*FACT_CLASSES.values(), Mention, SourceWarning)}
        fields = {key: one for key, one in value.items() if key != _MARK}
        if value[_MARK] in known:
            return known[value[_MARK]].model_validate(fields)
    return value if chain is None else chain(value)
