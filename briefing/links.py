"""Addresses that terminals make links of (OSC 8): our own files and the web addresses of sources, nothing else.

What is written between the sequences is made here, of bytes that are percent-encoded: no character of a document's
name, title or address can end the sequence or begin another one.
"""

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote

from briefing.model.listing import INSIDE

LONGEST: Final = 2083
"""Characters of an address: terminals drop longer ones, as the description of OSC 8 advises them to."""
_WEB: Final = re.compile(r"(https?)://([A-Za-z0-9.-]+(?::\d{1,5})?)([/?#].*)?", re.IGNORECASE | re.DOTALL)
_IN_ADDRESSES: Final = "/?#[]@!$&'()*+,;=:%~"
"""What has a meaning in addresses and is left as it is, of what ``quote`` would encode."""
_LONE_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_CANNOT: Final = re.compile(r"dumb|unknown|linux|screen|eterm|cons25|vt\d+")
_OLD_VTE: Final = 5000
"""Of VTE 0.50, the first version that does not show the sequence as letters."""


def address_of(ref: str) -> str | None:
    """The address of a source's original or of a file of ours, percent-encoded; None where there is none.

    A host name with other than ASCII letters, and a user name or password, make no link.

    Args:
        ref: A path, or a web address.
    """
    if "://" in ref:
        found = _WEB.fullmatch(ref)
        if found is None:
            return None
        scheme, host, rest = found.groups()
        made = f"{scheme.lower()}://{host}{quote(_LONE_PERCENT.sub('%25', rest or ''), safe=_IN_ADDRESSES)}"
    else:
        name = ref.partition(INSIDE)[0]
        if name in {"", "-"} or "\ufffd" in name:  # what was replaced there names another file
            return None
        try:
            made = Path(name).absolute().as_uri()
        except (ValueError, OSError):
            return None
    return made if len(made) <= LONGEST and made.isascii() and made.isprintable() and " " not in made else None


def understood(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether the terminal shows OSC 8 as links, or at least passes over it.

    Args:
        environ: Environment variables.
        platform: Name of the platform, as ``sys.platform``.
    """
    if platform == "win32":
        return bool(environ.get("WT_SESSION") or environ.get("TERM_PROGRAM") or environ.get("ConEmuANSI"))
    vte = environ.get("VTE_VERSION", "")
    if vte.isdigit() and int(vte) < _OLD_VTE:
        return False
    return not environ.get("INSIDE_EMACS") and _CANNOT.match(environ.get("TERM", "dumb")) is None
