"""Run the base model over a batch of texts, as ``nlp.pipe`` does, without what makes that slow.

spaCy gives the interpreter's lock away while it steps through the moves of a parser or a name finder, and takes it back
many times in each step to ask its states what they allow. Where no other thread wants the lock that is for nothing, and
takes a third of the whole time. Taken step by step for all texts of a batch at once, as spaCy itself does where it
trains, the lock is held throughout; the moves are the same.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from spacy.language import Language
from spacy.pipeline import DependencyParser, EntityRecognizer
from spacy.tokens import Doc

from briefing.extract.nlp.long_runs import tokenized
from briefing.extract.nlp.paragraphs import break_sentences

PARAGRAPHS = "briefing_paragraphs"


def annotate(nlp: Language, texts: Sequence[str], leave_out: Collection[str] = ()) -> list[Doc]:
    """Run the pipeline over texts; one document for each.

    Args:
        nlp: The pipeline.
        texts: The texts.
        leave_out: Names of components not to run.
    """
    docs = [tokenized(nlp, text) for text in texts]
    for name, component in nlp.pipeline:
        if name in leave_out:
            continue
        if name == PARAGRAPHS:
            docs = [break_sentences(doc, text) for doc, text in zip(docs, texts, strict=True)]
        else:
            docs = _through(component, docs)
    return docs


def _through(component: Any, docs: list[Doc]) -> list[Doc]:
    if isinstance(component, DependencyParser | EntityRecognizer) and component.cfg["beam_width"] == 1:
        component.set_annotations(docs, _states(component, docs))
        return docs
    if hasattr(component, "pipe"):
        return list(component.pipe(docs, batch_size=len(docs)))
    return [component(doc) for doc in docs]


def _states(parser: Any, docs: list[Doc]) -> Any:
    """The states of a greedy parser at the end of the documents."""
    states = parser.moves.init_batch(docs)
    going = [state for state in states if not state.is_final()]
    if going:
        model = parser.model.predict(docs)
        scores_of = _scorer(model)
        while going:
            going = parser.transition_states(going, scores_of(going))
        model.clear_memory()
    return states


def _scorer(model: Any) -> Callable[[list[Any]], Any]:
    """The scores of all moves of some states, as ``model.predict`` gives them.

    There are as many steps as the longest text has moves, each of a few states: what stands around the two products of
    a step (a second look for states at their end, layers called through their wrappers, the least of all scores for
    moves that no model of ours lacks) took a third of it. A model of another form goes its own way.
    """
    if not model.attrs["has_upper"] or any(model.class_is_unseen(move) == 0 for move in range(model.nO)):
        return model.predict  # type: ignore[no-any-return]
    upper = model.vec2scores
    weights, bias, gemm = upper.get_param("W"), upper.get_param("b"), upper.ops.gemm

    def scores_of(states: list[Any]) -> Any:
        vectors, _ = model.state2vec(model.get_token_ids(states), False)
        scores = gemm(vectors, weights, trans2=True)
        scores += bias
        return scores

    return scores_of
