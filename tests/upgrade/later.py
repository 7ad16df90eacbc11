"""A program that is one step newer opens a ledger: python -m tests.upgrade.later ADDRESS [careless]."""

from __future__ import annotations

import sys

from cartera.ledger.database import configure

if __name__ == "__main__":
    configure(MIGRATION_MODULES={"ledger": f"tests.upgrade.{(*sys.argv, 'steps')[2]}"})
    from cartera.ledger.book import open_book

    print("ready", flush=True)
    print(open_book(sys.argv[1]).facts_version, flush=True)
