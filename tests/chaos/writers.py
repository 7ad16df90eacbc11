"""Do eight processes that write at once hinder each other? Each reads and writes so many times; refusals are counted.

python -m tests.chaos.writers ADDRESS [--careless] [--writers 8] [--times 60] [--forever]
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable

from cartera.ledger import database
from cartera.ledger.book import open_book
from tests.chaos.works import AT
from tests.ledger.facts import moment
from tests.ledgers import KEY

Step = Callable[[str, int], None]


def careful(address: str, number: int) -> None:
    """A note, as people write them."""
    from cartera.ledger.entry import entry
    from cartera.ledger.models import Note

    book = open_book(address, key=KEY)
    with entry(book, "note", at=moment(number), by="Ana") as made:
        made.put(Note, f"{os.getpid()}-{number}", client_id="acme", at=AT, by="Ana", text="Hello")


def careless(address: str, number: int) -> None:
    """Django's own settings: the read takes a lock that the write cannot raise."""
    from django.db import transaction

    from cartera.ledger.models import Workspace

    database.SQLITE_OPTIONS.clear()
    alias = database.connect(address)
    with transaction.atomic(using=alias):
        workspace = Workspace.objects.using(alias).get()
        workspace.facts_version += 1
        workspace.settings = {"number": number}
        workspace.save(using=alias)


def write(address: str, step: Step, times: int) -> tuple[int, float]:
    """How often the database refused, and the longest wait in seconds."""
    from django.db import OperationalError

    refused, longest = 0, 0.0
    for number in range(times):
        begun = time.monotonic()
        try:
            step(address, number)
        except OperationalError:
            refused += 1
        longest = max(longest, time.monotonic() - begun)
    return refused, longest


def main() -> None:
    """Print how many of all were refused, and the longest wait."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--careless", action="store_true")
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--forever", action="store_true")
    given = parser.parse_args()
    step = careless if given.careless else careful
    if given.forever:
        number = 0
        while True:
            step(given.address, number)
            print(number, flush=True)
            number += 1
    readers = [_started(given.address, step, given.times) for _ in range(given.writers)]
    told = [_told(*one) for one in readers]
    print(sum(int(one[0]) for one in told), given.writers * given.times, max(float(one[1]) for one in told))


def _started(address: str, step: Step, times: int) -> tuple[int, int]:
    """A child that writes, and where it will tell what it met."""
    read, out = os.pipe()
    child = os.fork()
    if child == 0:
        refused, longest = write(address, step, times)
        os.write(out, f"{refused} {longest:.3f}".encode())
        os._exit(0)
    os.close(out)
    return child, read


def _told(child: int, read: int) -> list[str]:
    with os.fdopen(read, "rb") as file:
        said = file.read().decode().split()
    os.waitpid(child, 0)
    return said


if __name__ == "__main__":
    main()
