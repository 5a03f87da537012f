"""What the installed wheel must have written about the samples: facts of every kind, and a brief that cites them."""

import json
import re
import sys
from pathlib import Path

facts, brief = json.loads(Path(sys.argv[1]).read_text("utf-8")), Path(sys.argv[2]).read_text("utf-8")
assert len(facts["documents"]) >= 2, "fewer than two samples"
assert not facts["errors"], facts["errors"]
for kind in ("entities", "counts", "participants", "quotes"):
    assert all(document[kind] for document in facts["documents"]), f"a sample without {kind}"
called = set(re.findall(r"\[\^([\w-]+)\](?!:)", brief))
defined = set(re.findall(r"^\[\^([\w-]+)\]:", brief, re.MULTILINE))
assert called, "the brief cites nothing"
assert called == defined, f"footnotes that do not resolve: {called ^ defined}"
print(f"{len(facts['documents'])} samples, {len(called)} footnotes, all of which resolve")
