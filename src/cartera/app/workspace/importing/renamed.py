"""Does a client only look new, because its name was changed? The same documents under another name give it away."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cartera.app.workspace.importing.clients import Clients, Known, Naming
    from cartera.app.workspace.importing.invoices import Documents

ENOUGH_WITHOUT_NUMBERS = 2  # one document of the same day and amount may be chance


@dataclass(frozen=True)
class Renamed:
    """A new name, and the client whose documents it has. key: of that client. count: how many documents say so."""

    name: str
    new_key: str
    before: str
    key: str
    count: int


def renamed(documents: Documents, clients: Clients, there: Known, naming: Naming) -> list[Renamed]:
    """The new clients that have all documents, between the days of the file, of one that the file does not name."""
    gone: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    sizes: Counter[str] = Counter()
    present = {clients.ids[text] for text in clients.ids}
    for row in documents.missing:
        if row["client_id"] and row["client_id"] not in present:
            gone[_said(row)].append(row["client_id"])
            sizes[row["client_id"]] += 1
    if not gone:
        return []
    new = {clients.ids[text]: text for text in clients.new}
    matches: dict[str, Counter[str]] = defaultdict(Counter)
    numbered: set[str] = set()
    for one in documents.changes:
        client = one.values["client_id"]
        if one.before is None and client in new:
            for other in set(gone.get(_said(one.values), ())):
                matches[client][other] += 1
                if one.values.get("number"):
                    numbered.add(client)
    found = []
    for client, counts in matches.items():
        other, count = counts.most_common(1)[0]
        if count >= sizes[other] and (client in numbered or count >= ENOUGH_WITHOUT_NUMBERS):
            key = there.taken[other][1]
            name = there.own[key]["name"] or other
            found.append(Renamed(new[client], naming.key(new[client]), name, key, count))
    return found


def _said(row: dict[str, Any]) -> tuple[Any, ...]:
    return row.get("number"), row["issued_on"], row["amount"], row.get("currency")
