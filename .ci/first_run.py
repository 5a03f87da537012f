"""``first_run.py BRIEFING FOLDER``: start the reader in a pseudo-terminal, wait for the samples, quit by ``q``."""

import os
import sys
import tempfile

import pexpect
import pyte

WANTED = ("Sources", "B-52")
SECONDS = 120


def main(briefing: str, folder: str) -> int:
    """The exit code: 0 if the samples and their facts were seen and the program ended by itself."""
    screen = pyte.Screen(120, 36)
    stream = pyte.Stream(screen)
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "HOME": home, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        child = pexpect.spawn(briefing, [folder], env=env, dimensions=(36, 120), encoding="utf-8", timeout=SECONDS)
        while not all(word in "\n".join(screen.display) for word in WANTED):
            try:
                stream.feed(child.read_nonblocking(4096, timeout=SECONDS))
            except (pexpect.TIMEOUT, pexpect.EOF):
                print("\n".join(screen.display))
                return 1
        child.send("q")
        child.expect(pexpect.EOF)
        child.close()
    print(f"the reader showed the samples and ended with exit code {child.exitstatus}")
    return int(child.exitstatus or 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
