"""What are the invented companies and people called? Two syllables and a trade make a company; no list of real ones."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

STEMS = (
    *("Quill", "Thistle", "Bram", "Larch", "Otter", "Wren", "Tansy", "Sable", "Fenn", "Corvin", "Marl", "Perrin"),
    *("Halden", "Ostrel", "Verrin", "Lumar", "Teasel", "Juniper", "Kestrel", "Rowan", "Sorrel", "Yarrow", "Brindle"),
    *("Calder", "Damson", "Elver", "Farrow", "Gorse", "Heron", "Isk", "Linnet", "Medlar", "Nettle", "Plover"),
    *("Quince", "Russet", "Siskin", "Tarn", "Umber", "Vetch"),
)
ENDINGS = ("marsh", "wick", "ridge", "holm", "mere", "combe", "stead", "vale", "garth", "lund", "shaw", "thorpe")
INDUSTRIES = (
    ("Food and drink", ("Bakery", "Foods", "Roasters")),
    ("Hospitality", ("Hotels", "Kitchens", "Catering")),
    ("Health", ("Dental", "Clinics", "Pharmacy")),
    ("Construction", ("Builders", "Joinery", "Roofing")),
    ("Manufacturing", ("Tooling", "Plastics", "Textiles")),
    ("Education", ("Academy", "Learning", "Nurseries")),
    ("Retail", ("Stores", "Home", "Outdoor")),
    ("Logistics", ("Freight", "Couriers", "Storage")),
)
GIVEN_NAMES = (
    *("Alva", "Bruno", "Carla", "Dario", "Elin", "Fergus", "Greta", "Hugo", "Ines", "Joris", "Katia", "Leon"),
    *("Mira", "Nuno", "Olga", "Pia", "Ruben", "Sofia", "Tomas", "Vera"),
)
FAMILY_NAMES = (
    *("Arnal", "Brandt", "Castro", "Doyle", "Esteves", "Faure", "Gallo", "Hennig", "Keane", "Lemaire", "Moreau"),
    *("Nolan", "Ortega", "Pires", "Quinn", "Rocha", "Sauer", "Tavares", "Vidal", "Weiss"),
)
REPS = ("Colm Brady", "Lucie Garnier", "Ana Duarte", "Jonas Keller", "Marta Ruiz", "Orla Nash")


def company_stems(rng: Random) -> list[str]:
    """Every stem there is, each once, in the order in which `rng` hands them out."""
    stems = [_joined(first, last) for first, last in product(STEMS, ENDINGS)]
    rng.shuffle(stems)
    return stems


def _joined(first: str, last: str) -> str:
    """Both as one word, in which no letter stands three times in a row: Quillund."""
    return first[:-1] + last if first[-2:] == 2 * last[0] else first + last


def person(rng: Random) -> str:
    """A given name and a family name."""
    return f"{rng.choice(GIVEN_NAMES)} {rng.choice(FAMILY_NAMES)}"
