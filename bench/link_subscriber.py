"""A subscriber of an engine's link that follows every event, as the desk process does, until it is stopped.

python -m bench.link_subscriber CONFIG
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.machine import CLIENT_CORE
from bench.timing import pin
from kairos.cli.link import open_link


def main() -> None:
    pin(CLIENT_CORE)
    with open_link(Path(sys.argv[1]), "watcher") as link:
        link.snapshot()
        print("ready", flush=True)
        for _ in link.events():
            pass


if __name__ == "__main__":
    main()
