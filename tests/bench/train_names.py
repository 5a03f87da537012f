"""Train the name finder of the base model further on openly licensed annotations: ``briefing/extract/weights``.

    python -m tests.bench.train_names FOLDER [--epochs 4] [--seed 0] [--out FOLDER]

FOLDER holds ``wikigold.conll``, ``gum.jsonl``, ``uner_ewt_dev_test.iob2`` and ``crossner_politics_train.conll`` as
their makers publish them; their licences are in the notice beside the weights. The sets name persons, bodies and
places only. What the model says of dates, numbers, peoples and the like is kept as its own teacher; where a set has a
name of another kind, nothing is learnt. A third as many sentences as are annotated are added with
nothing but the model's own answers, so that it does not forget. More than four epochs are better on the sets' kinds of
text and worse on releases and wire copy. Takes three minutes of one processor.
"""

import argparse
import hashlib
import json
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import minibatch
from thinc.api import fix_random_seed

from briefing.extract.nlp.base_model import DEFAULT_MODEL

OUT: Final = Path(__file__).parents[2] / "briefing" / "extract" / "weights"
RATE, DROP, BATCH = 0.0005, 0.2, 16
_KINDS: Final = {
    "PER": "PERSON", "Person": "PERSON", "politician": "PERSON", "person": "PERSON",
    "ORG": "ORG", "Organisation": "ORG", "organisation": "ORG", "politicalparty": "ORG",
    "LOC": "PLACE", "Location": "PLACE", "location": "PLACE", "country": "PLACE",
}  # fmt: skip
"""The sets' labels; others are of kinds that nothing is learnt of."""
_PLACES: Final = ("GPE", "LOC", "FAC")
_NAMES: Final = ("PERSON", "ORG", *_PLACES)
_FACILITY: Final = re.compile(
    r"(?:Airport|Bridge|Stadium|Hospital|Street|Road|Avenue|Highway|Park|Square|Building|Palace|Tower|Museum|Station|"
    r"Base|Castle|Church|Cathedral|Hall|House|Dam|Prison|Theatre|Theater|Arena|Center|Centre|Hotel|Temple|Mosque)$"
)
_LAND: Final = re.compile(
    r"(?:River|Lake|Sea|Ocean|Mountains?|Islands?|Valley|Bay|Gulf|Desert|Peninsula|Coast|Africa|Asia|Europe|America|"
    r"East|West|North|South)$"
)
_TIGHT_BEFORE: Final = frozenset(".,;:!?)]}%'’”") | {"n't", "''", "..."}
_TIGHT_AFTER: Final = frozenset("([{$£€#“‘") | {"``"}


class Text(NamedTuple):
    """A text and its annotated names: characters and label of the set."""

    text: str
    names: list[tuple[int, int, str]]


def spaced(words: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """The words as running text, and where each is in it."""
    text, spans, quoted = "", [], False
    for before, word in zip(["(", *words], words, strict=False):
        gap = bool(text) and word not in _TIGHT_BEFORE and before not in _TIGHT_AFTER
        gap = gap and not word.startswith(("'s", "’s", "n't", "'re"))
        if word == '"':
            gap, quoted = gap and not quoted, not quoted
        elif before == '"' and quoted:
            gap = False
        text += " " * gap
        spans.append((len(text), len(text) + len(word)))
        text += word
    return text, spans


def columns(file: Path, separator: str, word: int, tag: int) -> Iterator[Text]:
    """Sentences of a file with a word and its tag on each line."""
    for block in re.split(r"\n\s*\n", file.read_text(encoding="utf-8")):
        rows = [line.split(separator) for line in block.split("\n") if line.strip() and not line.startswith("# ")]
        if not rows:
            continue
        text, spans = spaced([row[word] for row in rows])
        names: list[tuple[int, int, str]] = []
        inside = ""
        for row, (start, end) in zip(rows, spans, strict=True):
            begin, _, kind = row[tag].partition("-")
            if kind and kind == inside and begin == "I":
                names[-1] = (names[-1][0], end, kind)
            elif kind:
                names.append((start, end, kind))
            inside = kind
        yield Text(text, names)


def paragraphs(file: Path) -> Iterator[Text]:
    """Paragraphs of whole documents, one a line of the file."""
    for line in file.read_text(encoding="utf-8").split("\n"):
        document: dict[str, Any] = json.loads(line) if line.strip() else {"text": "", "entities": []}
        for part in re.finditer(r"[^\n]+", document["text"]):
            inside = [e for e in document["entities"] if part.start() <= e["start"] and e["end"] <= part.end()]
            names = [(e["start"] - part.start(), e["end"] - part.start(), e["type"]) for e in inside]
            yield Text(part[0], [name for name in names if name[2] != "Temporal"])


def joined(texts: Iterator[Text], count: int) -> Iterator[Text]:
    """So many in a row as one, for the model reads paragraphs."""
    waiting = list(texts)
    for i in range(0, len(waiting), count):
        text, names = "", []
        for part in waiting[i : i + count]:
            text += " " * bool(text)
            names += [(a + len(text), b + len(text), kind) for a, b, kind in part.names]
            text += part.text
        yield Text(text, names)


def sets(folder: Path) -> list[Text]:
    """All annotated texts."""
    return [
        *joined(columns(folder / "wikigold.conll", " ", 0, 1), 4),
        *joined(paragraphs(folder / "gum.jsonl"), 3),
        *joined(columns(folder / "uner_ewt_dev_test.iob2", "\t", 1, 2), 4),
        *columns(folder / "crossner_politics_train.conll", "\t", 0, 1),
    ]


def label(kind: str, words: str, told: list[str]) -> str:
    """The model's label for a name of this kind: of a place the one that the model itself gives, if it gives one."""
    if kind != "PLACE":
        return kind
    own = next((one for one in told if one in _PLACES), "")
    return own or ("FAC" if _FACILITY.search(words) else "LOC" if _LAND.search(words) else "GPE")


def example(nlp: Language, text: Text) -> Example:
    """What is to be learnt of a text: the set's names, the model's own answers of other kinds."""
    doc = nlp.make_doc(text.text)
    told = [(ent.start, ent.end, ent.label_) for ent in nlp.get_pipe("ner")(nlp.make_doc(text.text)).ents]
    kept: list[tuple[int, int, str]] = []
    taken: set[int] = set()
    unknown: set[int] = set()
    for start, end, kind in text.names:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None:
            continue
        first = span.start + (len(span) > 1 and span[0].lower_ in ("the", "a", "an"))
        if not taken.isdisjoint(range(first, span.end)):
            continue
        over = [one for one in told if one[0] < span.end and first < one[1]]
        if kind not in _KINDS:
            own = [one for one in over if one[2] not in _NAMES and taken.isdisjoint(range(one[0], one[1]))]
            taken.update(i for one in own for i in range(one[0], one[1]))
            kept += own
            unknown.update(range(first, span.end))
        else:
            named = label(_KINDS[kind], span.text, [one[2] for one in over])
            # The model takes in the article of bodies and places where it sees one.
            led = named in ("ORG", "FAC", "LOC") and any(one[0] == first - 1 for one in over)
            first -= led and first - 1 not in taken
            kept.append((first, span.end, named))
        taken.update(range(first, span.end))
    kept += [one for one in told if one[2] not in _NAMES and taken.isdisjoint(range(one[0], one[1]))]
    wanted = nlp.make_doc(text.text)
    kept = sorted(set(kept))
    unknown.difference_update(i for one in kept for i in range(one[0], one[1]))
    spans = [Span(wanted, a, b, label=kind) for a, b, kind in kept]
    wanted.set_ents(spans, missing=[Span(wanted, i, i + 1, label="x") for i in sorted(unknown)])
    return Example(doc, wanted)


def own_answers(nlp: Language, text: str) -> Example:
    """What the model says of a text, to be said again."""
    wanted: Doc = nlp.get_pipe("ner")(nlp.make_doc(text))
    return Example(nlp.make_doc(text), wanted)


def train(nlp: Language, texts: list[Text], epochs: int) -> Any:
    """The model of the name finder after so many rounds over the texts."""
    examples = [example(nlp, text) for text in texts]
    again = [own_answers(nlp, text.text) for text in texts]
    random.shuffle(again)
    examples += again[: len(examples) // 3]
    optimizer = nlp.resume_training()
    optimizer.learn_rate = RATE
    start = time.perf_counter()
    for epoch in range(epochs):
        random.shuffle(examples)
        losses: dict[str, float] = {}
        for batch in minibatch(examples, size=BATCH):  # type: ignore[no-untyped-call]
            nlp.update(batch, sgd=optimizer, drop=DROP, losses=losses)
        print(f"epoch {epoch + 1}: loss {losses['ner']:.0f}, {time.perf_counter() - start:.0f} s", flush=True)
    names: Any = nlp.get_pipe("ner")
    return names.model


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    fix_random_seed(args.seed)
    nlp = spacy.load(DEFAULT_MODEL)
    nlp.select_pipes(enable=["ner"])
    model = train(nlp, sets(args.folder), args.epochs)
    weights: bytes = model.to_bytes()
    (args.out / "names.bin").write_bytes(weights)
    (args.out / "names.sha256").write_text(hashlib.sha256(weights).hexdigest() + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
