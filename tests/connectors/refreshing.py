"""A process that refreshes a source's token so many times: python -m tests.connectors.refreshing ADDRESS SOURCE TIMES.

It begins when it is told a line, and says how many refreshes were refused.
"""

from __future__ import annotations

import sys

from tests.connectors.toy import BEGIN, Toy
from tests.ledgers import KEY

from cartera.app.workspace.connecting import tokens
from cartera.app.workspace.connecting.connecting import found
from cartera.ledger.book import open_book
from cartera.sources.kit.http import Http
from cartera.sources.kit.oauth import RefusedError
from cartera.sources.kit.refusals import UnauthorisedError

if __name__ == "__main__":
    address, name, times = sys.argv[1:]
    toy = Toy(is_signed=True)
    book = open_book(address, key=KEY)
    source = found(book, name)
    tokens.BETWEEN = 0.01
    http = Http("", frozenset({"127.0.0.1"}), budget=toy.budget, is_local=True)
    keeper = tokens.Keeper(book, source, toy.grant_at(source.settings["base"]), http, lambda: BEGIN)
    print("ready", flush=True)
    sys.stdin.readline()
    refused = 0
    for _ in range(int(times)):
        try:
            keeper()
            keeper(is_stale=True)
        except (RefusedError, UnauthorisedError):
            refused += 1
    print(refused, flush=True)
