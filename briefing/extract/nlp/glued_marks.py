"""Part a closing quotation mark from the word that is glued to it: '"We agree,"Lee said'."""

from typing import Any, Final

from spacy.language import Language
from spacy.util import compile_infix_regex

_GLUED: Final = (r"[,.?!…](?=[\"”][A-Z])", r"(?<=[,.?!…])[\"”](?=[A-Z])")


def part_glued_marks(nlp: Language) -> None:
    """Make the pipeline's tokenizer cut between a stop, a closing mark and a capital."""
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex([*(nlp.Defaults.infixes or ()), *_GLUED]).finditer
