"""A worker process that needs no spaCy: what a file says decides how it behaves.

Run as ``python fake_worker.py LOG``; a line is added to LOG for every start and for every file.
"""

import hashlib
import os
import signal
import sys
import time
from pathlib import Path

from briefing.ingest.wire import receive, send
from briefing.ingest.worker import TASKS
from briefing.model.facts import Extraction, Mention
from briefing.model.source import Source


def note(line: str) -> None:
    with Path(sys.argv[1]).open("a") as log:
        log.write(ascii(line) + "\n")


def main() -> None:
    out = sys.stdout.buffer
    note("start")
    send(out, "ready")
    while (frame := receive(sys.stdin.buffer)) is not None:
        for number, task in enumerate(TASKS.validate_json(frame.data)):
            data = Path(task.path).read_bytes()
            note(task.name)
            if b"CRASH" in data:
                print("it crashed", file=sys.stderr, flush=True)
                os._exit(7)
            if b"SHOT" in data and (b"AGAIN" in data or Path(sys.argv[1]).read_text().count(task.name) == 1):
                os.kill(os.getpid(), signal.SIGKILL)
            while b"WAIT" in data and not Path(sys.argv[1] + ".go").exists():
                time.sleep(0.01)
            if b"HANG" in data:
                time.sleep(600)
            if b"MISSING" in data:
                send(out, "fatal", 0, b"The language model is not installed. Install it with: pip install it")
                sys.exit(1)
            if b"NONSENSE" in data:
                send(out, "extraction", number, b"{}")
                time.sleep(600)
            if b"BAD" in data:
                send(out, "failure", number, b"is bad")
                continue
            if task.made:
                source = Source.model_validate_json(data)
            else:
                text = data.decode()
                key = hashlib.sha256(data).hexdigest()
                source = Source(id=key, path=task.name, title=text.partition("\n")[0], text=text)
            send(out, "source", number, source.model_dump_json().encode())
            found = Extraction(
                source_id=source.id,
                extractor=sys.argv[2],
                mentions=(Mention(start=0, end=1, text=source.text[0], type="ORG", name=source.text[0]),),
            )
            send(out, "extraction", number, found.model_dump_json().encode())
        send(out, "done")


main()
