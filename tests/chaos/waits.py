"""How long does somebody wait who writes all the time? python -m tests.chaos.waits ADDRESS, until its input ends.

Prints a line when it begins, and the longest wait in seconds at the end.
"""

from __future__ import annotations

import sys
import threading
import time

import tests.ledgers  # noqa: F401 - sets Django up before any model is imported
from cartera.ledger import database
from cartera.ledger.models import Mapping, Workspace
from tests.chaos.works import AT

EVERY = 0.01


def main(address: str) -> None:
    """Write something small again and again."""
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    alias = database.connect(address)
    workspace, longest = Workspace.objects.using(alias).get(), 0.0
    print("ready", flush=True)
    while not ended.wait(EVERY):
        begun = time.monotonic()
        Mapping.objects.using(alias).update_or_create(
            workspace=workspace, fingerprint="waits", defaults={"answered_at": AT}
        )
        longest = max(longest, time.monotonic() - begun)
    print(longest, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
