"""Fill a user's template in a process of its own: one that computes without end costs seconds, not the program.

``python -m briefing.export.template_process FORMAT TEMPLATE``: the brief comes in as JSON, and out goes ``text`` or
``error``, of which ``name``, ``line`` and ``reason`` say what is wrong with the template.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

from briefing.export.brief import Brief
from briefing.export.templating import Page, TemplateError, fill
from briefing.ingest import limits
from briefing.ingest.processes import environment, module_command

SECONDS: Final = 20
"""Of a processor; on the clock, so many times that."""
_WAIT: Final = 3
MEMORY: Final = 512 * 1024 * 1024
MAX_OUTPUT: Final = 32 * 1024 * 1024
"""Characters of a brief."""
_TOO_MUCH: Final = f"takes more than {MEMORY >> 20} MiB of memory to be filled in"
_TOO_LONG: Final = f"takes more than {SECONDS} seconds to be filled in"


def fill_apart(brief: Brief, format: Page, template: Path) -> str:  # noqa: A002
    """Fill a user's template in a process of its own.

    Args:
        brief: The brief.
        format: ``markdown`` or ``html``: how what the template prints is escaped.
        template: File of the template.

    Raises:
        TemplateError: Where the template is wrong, or takes too much time or memory.
    """
    command = module_command("briefing.export.template_process", format, str(template.absolute()))
    try:
        done = subprocess.run(  # noqa: S603 - our own command
            command,
            input=brief.model_dump_json().encode(),
            capture_output=True,
            env=environment(),
            timeout=_WAIT * SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TemplateError(str(template), None, _TOO_LONG) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        if limits.limit_met(done.returncode, 0, reading=True):
            raise TemplateError(str(template), None, _TOO_LONG) from error
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise TemplateError(str(template), None, said[-1] if said else _TOO_MUCH) from error
    if "text" not in answer:
        name = str(template) if answer["name"] == str(template.absolute()) else answer["name"]
        raise TemplateError(name, answer["line"], answer["reason"])
    return str(answer["text"])


def main() -> None:
    """The process."""
    format, template = sys.argv[1:]  # noqa: A001
    limits.begin(MEMORY)
    limits.allow_seconds(SECONDS)
    answer: dict[str, object]
    try:
        brief = Brief.model_validate_json(sys.stdin.buffer.read())
        text = fill(brief, "html" if format == "html" else "markdown", Path(template))
        answer = {"text": text}
        if len(text) > MAX_OUTPUT:
            answer = {"name": template, "line": None, "reason": f"makes more than {MAX_OUTPUT >> 20} MiB of text"}
    except TemplateError as error:
        answer = {"name": error.name, "line": error.line, "reason": error.reason}
    except MemoryError:
        answer = {"name": template, "line": None, "reason": _TOO_MUCH}
    except RecursionError:
        answer = {"name": template, "line": None, "reason": "calls itself without end"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
