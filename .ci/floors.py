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
FROZEN = {"entities": 0.05, "politics": 0.05, "facts": 0.05, "genre": 0.05}
"""Sets that the rules were fitted to down to the last item: their floors were lowered once by so much and stay there.
What is to rise are the floors of the sets that nobody tuned on."""


def figures(value: Any, name: str = "") -> dict[str, float]:
    """A scorer's nested JSON as one level of dotted names; only numbers are kept."""
    if isinstance(value, dict):
        return {
            k: v for key, inner in value.items() for k, v in figures(inner, f"{name}.{key}" if name else key).items()
        }
    return {name: float(value)} if isinstance(value, int | float) and not isinstance(value, bool) else {}


def run(*command: str) -> str:
    """Standard output of a command; its errors end this program."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stdout[-500:]}{done.stderr[-2000:]}")
    return done.stdout


def measure(program: str, briefing: str) -> int:
    """Print each figure beside its floor; returns how many fell below."""
    fallen = 0
    for name, floors in tomllib.loads(FLOORS.read_text("utf-8")).items():
        last = run(sys.executable, program, name, "--json", "--briefing", briefing).strip().splitlines()[-1]
        found = figures(json.loads(last)["score"])
        for key, floor in floors.items():
            below = found[key] < floor
            fallen += below
            print(f"{name:10} {key:40} {found[key]:7.3f}  floor {floor:.3f}{'  BELOW' if below else ''}")
    return fallen


def only_rise() -> int:
    """Print each floor that is lower than, or gone since, an earlier commit; returns how many."""
    here, fallen = tomllib.loads(FLOORS.read_text("utf-8")), 0
    for commit in run("git", "log", "--format=%h", "--", str(FLOORS)).split():
        for name, floors in tomllib.loads(run("git", "show", f"{commit}:.ci/floors.toml")).items():
            for key, floor in floors.items():
                if here.get(name, {}).get(key, -1.0) < round(floor - FROZEN.get(name, 0.0), 3):
                    fallen += 1
                    print(f"{name} {key}: the floor was {floor} in {commit}")
    return fallen


if __name__ == "__main__":
    sys.exit(1 if (only_rise() if sys.argv[1:] == ["--only-rise"] else measure(*sys.argv[1:])) else 0)
