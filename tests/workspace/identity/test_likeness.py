"""Which pairs are suggested, why, and which never: names alone prove nothing."""

from __future__ import annotations

import time

import pytest

from cartera.facts.likeness import suggestions
from cartera.facts.traits import folded_name

ALIKE = [
    ("Acme Ltd", "ACME LIMITED", {"phone": "+44 20 7946 0958"}, {"phone": "(020) 7946 0958"}),
    ("Société Générale S.A.", "societe generale", {"postcode": "75009"}, {"postcode": "75 009"}),
    ("Müller & Söhne GmbH", "Muller and Sohne", {"website": "https://www.mueller.de/en"}, {"website": "mueller.de"}),
    ("Bakery Smith", "Smith Bakery Inc.", {"email": "Jo@smith.com"}, {"email": "jo@smith.com"}),
    ("Kerning & Sons", "Kernig & Sons", {"postcode": "M1 1AE"}, {"postcode": "m11ae"}),
    ("Alfa", "Omega", {"vat_number": "PT 501 442 600"}, {"VAT Number": "PT501442600"}),
]
APART = [
    ("names alone", "Acme Ltd", "ACME Limited", {}, {}),
    ("two postcodes", "Acme Ltd", "ACME Limited", {"postcode": "N1"}, {"postcode": "N2"}),
    ("north and south", "Acme North Ltd", "Acme South Ltd", {"postcode": "N1"}, {"postcode": "N1"}),
    ("two numbers", "123 Industries", "124 Industries", {"postcode": "N1"}, {"postcode": "N1"}),
    ("one telephone of two names", "Acme", "Zenith", {"phone": "0207946095"}, {"phone": "0207946095"}),
    ("tax numbers differ", "Acme Ltd", "Acme", {"phone": "0207946095", "nif": "A1234567"},
     {"phone": "0207946095", "nif": "B7654321"}),
    ("free mail", "Acme Ltd", "Acme", {"email": "acme@gmail.com"}, {"email": "other@gmail.com"}),
    ("a mail domain alone", "Acme Ltd", "Acme", {"email": "jo@acme.com"}, {"email": "info@acme.com"}),
    ("no number", "Acme Ltd", "Acme", {"phone": "n/a"}, {"phone": "n/a"}),
    ("a placeholder", "Acme Ltd", "Acme", {"phone": "0000000000"}, {"phone": "0000000000"}),
]  # fmt: skip


def pairs(one: str, other: str, mine: dict[str, str], yours: dict[str, str]) -> list:
    return suggestions([{"client_id": "1", "name": one, **mine}, {"client_id": "2", "name": other, **yours}])


@pytest.mark.parametrize(("one", "other", "mine", "yours"), ALIKE)
def test_suggested(one: str, other: str, mine: dict[str, str], yours: dict[str, str]) -> None:
    assert [(pair.first, pair.second) for pair in pairs(one, other, mine, yours)] == [("1", "2")]


@pytest.mark.parametrize(("why", "one", "other", "mine", "yours"), APART, ids=[case[0] for case in APART])
def test_not_suggested(why: str, one: str, other: str, mine: dict[str, str], yours: dict[str, str]) -> None:
    assert pairs(one, other, mine, yours) == [], why


def test_every_field_says_what_it_says() -> None:
    (pair,) = pairs(
        "Acme Ltd", "Acme", {"phone": "0207946095", "postcode": "N1", "email": "jo@acme.com"},
        {"phone": "0207946095", "postcode": "N2", "email": "info@acme.com"},
    )  # fmt: skip
    assert [(one.field, one.verdict) for one in pair.reasons] == [
        ("name", "agrees"), ("phone", "agrees"), ("email", "differs"), ("postcode", "differs"), ("mail domain", "hint"),
    ]  # fmt: skip


def test_a_telephone_of_many_is_a_placeholder() -> None:
    many = [{"client_id": str(i), "name": "Acme", "phone": "0207946095"} for i in range(30)]
    assert suggestions(many) == []
    assert len(suggestions(many[:3])) == 3


def test_a_name_of_legal_forms_stays() -> None:
    assert folded_name("A.S. Co") == "as co" and folded_name("S.A.R.L. Dupont") == "dupont"


@pytest.mark.thorough
def test_twenty_thousand_clients_take_seconds() -> None:
    words = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo", "Hazel", "Ivy", "Juniper"]
    clients = [
        {"client_id": str(i), "name": f"{words[i % 10]} {words[i // 10 % 10]} {chr(97 + i % 26) * (i % 7)}",
         "postcode": str(i % 40), "phone": f"0{i:09d}"}
        for i in range(20_000)
    ]  # fmt: skip
    began = time.perf_counter()
    suggestions(clients)
    assert time.perf_counter() - began < 60
