"""What edits of entities change, and that all of it is written or nothing."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.library import Library
from briefing.model.facts import EntityType
from briefing.model.source import Source

from .made import ESCORT, make_extraction, make_source
from .test_entity_edits_property import check_against_facts, state


def edited(path: Path) -> list[object]:
    """States of a library after one edit and the next, and after they are taken back."""
    with Library.open(path) as library:
        for number in range(5):
            source = make_source(f"{number} {ESCORT}")
            library.add(source, make_extraction(source))
        states = [state(library)]
        edits = library.entity_edits
        edits.merge("NATION", "Japan", "United States")
        states.append(state(library))
        edits.retype("PERSON", "Dan Caine", "ORG")
        states.append(state(library))
        edits.split("AIRCRAFT", "B-52H Stratofortress", "B-52Hs", "Bomber")
        states.append(state(library))
        check_against_facts(library)
        while edits.undo() is not None:
            states.append(state(library))
        assert states[0] == states[-1]
        return list(states)


def test_edits_are_worked_out_and_taken_back(tmp_path: Path) -> None:
    edited(tmp_path / "one?#%20.db")


KILLED = """
import os, sys
from pathlib import Path
from briefing.library import Library
from briefing.library.entities import edits

def killed(self, db):
    assert db.execute("SELECT count(*) FROM edited_doc").fetchone() != (0,)
    os.kill(os.getpid(), 9)

edits.Counters.flush = killed
Library.open(Path(sys.argv[1])).entity_edits.merge("NATION", "Japan", "United States")
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9")
def test_killed_in_the_middle_nothing_has_changed(library: Library, sources: list[Source]) -> None:
    before = state(library)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(library.path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    with Library.open(library.path) as again:
        assert state(again) == before
        assert again.entity_edits.all() == []
        again.entity_edits.merge("NATION", "Japan", "United States")
        check_against_facts(again)
        kind: EntityType = "NATION"
        assert again.entity("Japan", kind).sources == 0
