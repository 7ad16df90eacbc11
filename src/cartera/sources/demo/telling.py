"""How does a reader of another language meet the invented company? Its facts with the names and the money of home."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from itertools import product
from random import Random
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from cartera.sources.demo.places import Place
from cartera.sources.demo.voices.voice import FIRST

if TYPE_CHECKING:
    from cartera.sources.demo.voices.voice import Voice

AMOUNTS = ("amount", "base_amount", "open_amount", "cost")
WORDS = {
    "clients": ("rep", "industry"),
    "invoices": ("rep",),
    "lines": ("product", "category"),
    "marks": ("by", "note"),
}
Tables = Mapping[str, pa.Table]


def told(tables: Tables, voice: Voice) -> dict[str, pa.Table]:
    """The same lives under other names, in another country and currency; the same each time."""
    words = {english: name for english, (name, _) in voice.trades.items()} | dict(voice.told) | dict(voice.reps)
    found = {name: _table(table, WORDS[name], words, voice) for name, table in tables.items()}
    return found | {"clients": _clients(found["clients"], tables["clients"], voice)}


def _table(table: pa.Table, columns: tuple[str, ...], words: Mapping[str, str], voice: Voice) -> pa.Table:
    for name in columns:
        said = [None if one is None else words.get(one, one) for one in table.column(name).to_pylist()]
        table = _with(table, name, said)
    for name in (one for one in AMOUNTS if one in table.column_names):
        kind = table.schema.field(name).type
        more = pc.multiply(table.column(name), pa.scalar(Decimal(voice.worth)))
        table = table.set_column(table.column_names.index(name), name, more.cast(kind))
    if "currency" in table.column_names:
        table = _with(table, "currency", [voice.currency] * table.num_rows)
    return table


def _clients(clients: pa.Table, before: pa.Table, voice: Voice) -> pa.Table:
    """Names, addresses and ways to reach them; where there was a telephone and there is a safe number, one."""
    rng = Random(f"names in {voice.country}")  # noqa: S311 - an invented company keeps no secret
    stems = [first + last for first, last in product(FIRST, voice.ends)]
    rng.shuffle(stems)
    rows = [_client(rng, stem, english, voice) for stem, english in zip(stems, _industries(before), strict=False)]
    for name in rows[0]:
        clients = _with(clients, name, [row[name] for row in rows])
    return clients


def _industries(before: pa.Table) -> list[str]:
    found: list[str] = before.column("industry").to_pylist()
    return found


def _client(rng: Random, stem: str, industry: str, voice: Voice) -> dict[str, Any]:
    name = rng.choice(voice.trades[industry][1]).format(stem)
    city, region, postcode, phone = rng.choice(voice.places)
    site = f"{plain(name).replace(' ', '-')}.example"
    return {
        "name": name, "city": city, "region": region, "postcode": postcode, "country": voice.country,
        "street": rng.choice(voice.streets).format(n=rng.randrange(1, 140)),
        "phone": Place(city, region, voice.country, postcode, phone).number(rng),
        "email": f"{plain(rng.choice(voice.given))}.{plain(rng.choice(voice.family))}@{site}",
        "website": f"https://www.{site}",
    }  # fmt: skip


def plain(text: str) -> str:
    """The text in small letters without accents, as it stands in an address."""
    split = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def _with(table: pa.Table, name: str, values: list[Any]) -> pa.Table:
    place = table.column_names.index(name)
    return table.set_column(place, name, pa.array(values, table.schema.field(name).type))
