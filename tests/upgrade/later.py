"""A program that is one step newer opens a ledger: python -m tests.upgrade.later ADDRESS [careless]."""

from __future__ import annotations

import sys

from cartera.ledger.database import configure, connect

if __name__ == "__main__":
    kind = (*sys.argv, "steps")[2]
    configure(MIGRATION_MODULES={"ledger": f"tests.upgrade.{kind}"})
    print("ready", flush=True)
    if kind == "careless":
        from django.core.management import call_command

        call_command("migrate", database=connect(sys.argv[1]), verbosity=0)
    else:
        from cartera.ledger.book import open_book

        print(open_book(sys.argv[1]).facts_version, flush=True)
