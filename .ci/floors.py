"""Hold the extractor's figures to the floors in floors.toml.

floors.py MEASURE BRIEFING    runs MEASURE (the scoring program) on each set and compares
floors.py --only-rise         compares floors.toml with every earlier version of it in the history
"""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.toml")


def figures(value: Any, name: str = "") -> dict[str, float]:
    """A scorer's nested JSON as one level of dotted names; only numbers are kept."""
    if isinstance(value, dict):
        return {
            k: v for key, inner in value.items() for k, v in figures(inner, f"{name}.{key}" if name else key).items()
        }
    return {name: float(value)} if isinstance(value, int | float) and not isinstance(value, bool) else {}


def measure(program: str, briefing: str) -> int:
    """Print each figure beside its floor; returns how many fell below."""
    fallen = 0
    for name, floors in tomllib.loads(FLOORS.read_text("utf-8")).items():
        run = subprocess.run(
            [sys.executable, program, name, "--json", "--briefing", briefing],
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode:
            sys.exit(f"{name}: {run.stdout[-500:]}{run.stderr[-2000:]}")
        found = figures(json.loads(run.stdout.strip().splitlines()[-1])["score"])
        for key, floor in floors.items():
            below = found[key] < floor
            fallen += below
            print(f"{name:10} {key:40} {found[key]:7.3f}  floor {floor:.3f}{'  BELOW' if below else ''}")
    return fallen


def only_rise() -> int:
    """Print each floor that is lower than, or gone since, an earlier commit; returns how many."""
    here, fallen = tomllib.loads(FLOORS.read_text("utf-8")), 0
    commits = subprocess.run(
        ["git", "log", "--format=%h", "--", str(FLOORS)], capture_output=True, text=True, check=True
    )
    for commit in commits.stdout.split():
        shown = subprocess.run(["git", "show", f"{commit}:.ci/floors.toml"], capture_output=True, text=True, check=True)
        for name, floors in tomllib.loads(shown.stdout).items():
            for key, floor in floors.items():
                if here.get(name, {}).get(key, -1.0) < floor:
                    fallen += 1
                    print(f"{name} {key}: the floor was {floor} in {commit}")
    return fallen


if __name__ == "__main__":
    sys.exit(1 if (only_rise() if sys.argv[1:] == ["--only-rise"] else measure(*sys.argv[1:])) else 0)
