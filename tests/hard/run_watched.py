"""claimex commands one after the other in one process, which ends them where they reach for the network.

    python -m tests.hard.run_watched COMMANDS.json

COMMANDS.json is a list of lists of arguments. Printed are the exit status of each and what else was done that a reader
of other people's files should not do.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

NETWORK = ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostby", "urllib.Request")
HARMFUL = ("pickle.find_class", "marshal.loads", "os.system", "os.exec")
done: list[str] = []


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Python calls this before whatever its documentation lists as an audit event, in C code of its own too."""
    if event.startswith(NETWORK):
        raise ConnectionRefusedError(f"the network was asked for: {event} {arguments}")
    if event.startswith(HARMFUL) and not _is_import():
        done.append(event)


def _is_import() -> bool:
    """Whether Python is reading compiled modules of its own."""
    frame = sys._getframe(2)
    return "importlib" in frame.f_code.co_filename or frame.f_code.co_filename == "<frozen zipimport>"


def main() -> None:
    """Run them."""
    sys.addaudithook(watch)
    from claimex.cli.app import main as claimex

    statuses = []
    for arguments in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")):
        sys.argv[1:] = arguments
        try:
            claimex()
        except SystemExit as end:
            statuses.append(end.code)
    print(json.dumps({"statuses": statuses, "done": sorted(set(done))}))


if __name__ == "__main__":
    main()
