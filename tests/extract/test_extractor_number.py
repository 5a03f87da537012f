"""The extractor's declared number against what it finds in sample texts.

After a change that is meant: raise ``EXTRACTOR`` in ``briefing/extract/nlp/fingerprint.py`` by one, then run
``python tests/extract/test_extractor_number.py``, which writes the output anew, and look at the difference.
"""

import json
from pathlib import Path
from typing import Any

from spacy.language import Language

from briefing.extract.nlp.fingerprint import EXTRACTOR
from briefing.extract.pipeline import extract, load
from briefing.model.safetext import SafeText
from briefing.model.source import Source
from briefing.sources import read_file

HERE = Path(__file__).with_name("golden")
SEEDS = Path(__file__).parents[2] / "seeds"
RECORD = HERE / "found.json"


def _samples() -> list[tuple[str, Source]]:
    made = [(file.name, read_file(file)) for file in sorted(SEEDS.iterdir())]
    for file in sorted(HERE.glob("*.txt")):
        text = SafeText(file.read_text("utf-8"))
        made.append((file.name, Source(id=file.stem, path=SafeText(file.name), title=SafeText("t"), text=text)))
    return made


def _found(nlp: Language) -> dict[str, Any]:
    samples = _samples()
    found = extract(nlp, (source for _, source in samples), "f")
    rows = {}
    for (name, _), one in zip(samples, found, strict=True):
        plain = one.model_dump(mode="json", exclude={"source_id", "extractor", "sentences"})
        rows[name] = {
            kind: [json.dumps(fact, ensure_ascii=False, sort_keys=True) for fact in plain[kind]]
            for kind in ("mentions", "counts", "participants", "quotes", "warnings")
        }
    return rows


def test_what_is_found_changes_only_with_the_number(nlp: Language) -> None:
    record = json.loads(RECORD.read_text("utf-8"))
    assert record["extractor"] == EXTRACTOR, "the record is of another number: write it anew (see the top of this file)"
    now = _found(nlp)
    for name, kinds in record["found"].items():
        for kind, rows in kinds.items():
            assert now[name][kind] == rows, f"{kind} of {name} changed: raise EXTRACTOR (see the top of this file)"
    assert now.keys() == record["found"].keys()


if __name__ == "__main__":
    RECORD.write_text(
        json.dumps({"extractor": EXTRACTOR, "found": _found(load())}, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
