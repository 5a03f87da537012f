"""Textual's own names of keys that are typed as characters."""

from __future__ import annotations

from textual.keys import _character_to_key


def key_name(character: str) -> str:
    """``slash`` for ``/``, ``a`` for ``a``: Textual binds keys by such names and has no public function for them."""
    return _character_to_key(character)
