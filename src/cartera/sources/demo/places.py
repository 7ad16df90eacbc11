"""Where are the clients? A few cities per country, with telephone numbers that no subscriber can have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random


@dataclass(frozen=True)
class Place:
    """A city. phone: a range its regulator keeps for fiction, # for a digit; None where there is no such range."""

    city: str
    region: str
    country: str
    postcode: str
    phone: str | None = None

    def number(self, rng: Random) -> str | None:
        """A telephone number of the place, None where none can be invented safely."""
        return self.phone and "".join(str(rng.randrange(10)) if c == "#" else c for c in self.phone)


# Ranges for drama and fiction: ComReg 020 91x xxxx; Arcep 01 99 00, 02 61 91, 03 53 01, 04 65 71, 05 36 49;
# Bundesnetzagentur 030 23125, 040 66969, 089 99998, 0221 4710. Spain and Portugal keep none.
_IRELAND = "+353 20 91# ####"
PLACES = (
    Place("Dublin", "Leinster", "Ireland", "D02", _IRELAND),
    Place("Kilkenny", "Leinster", "Ireland", "R95", _IRELAND),
    Place("Cork", "Munster", "Ireland", "T12", _IRELAND),
    Place("Limerick", "Munster", "Ireland", "V94", _IRELAND),
    Place("Galway", "Connacht", "Ireland", "H91", _IRELAND),
    Place("Paris", "Île-de-France", "France", "75011", "+33 1 99 00 ## ##"),
    Place("Nantes", "Pays de la Loire", "France", "44000", "+33 2 61 91 ## ##"),
    Place("Lille", "Hauts-de-France", "France", "59000", "+33 3 53 01 ## ##"),
    Place("Lyon", "Auvergne-Rhône-Alpes", "France", "69003", "+33 4 65 71 ## ##"),
    Place("Toulouse", "Occitanie", "France", "31000", "+33 5 36 49 ## ##"),
    Place("Berlin", "Berlin", "Germany", "10115", "+49 30 23125 ###"),
    Place("Hamburg", "Hamburg", "Germany", "20095", "+49 40 66969 ###"),
    Place("Munich", "Bavaria", "Germany", "80331", "+49 89 99998 ###"),
    Place("Cologne", "North Rhine-Westphalia", "Germany", "50667", "+49 221 4710 ###"),
    Place("Madrid", "Community of Madrid", "Spain", "28004"),
    Place("Valencia", "Valencian Community", "Spain", "46001"),
    Place("Seville", "Andalusia", "Spain", "41003"),
    Place("Porto", "Norte", "Portugal", "4000"),
    Place("Braga", "Norte", "Portugal", "4700"),
    Place("Lisbon", "Lisboa", "Portugal", "1100"),
)
_STREETS = {
    "Ireland": "{n} Mill Lane|{n} Quay Street|{n} Abbey Road",
    "France": "{n} rue des Tilleuls|{n} rue du Moulin|{n} quai du Port",
    "Germany": "Lindenstraße {n}|Am Hafen {n}|Gartenweg {n}",
    "Spain": "Calle del Molino {n}|Calle Mayor {n}|Avenida del Puerto {n}",
    "Portugal": "Rua do Moinho {n}|Rua das Flores {n}|Largo da Estação {n}",
}


def pick(rng: Random, countries: dict[str, int]) -> Place:
    """A place in one of the countries, which weigh as given."""
    country = rng.choices(list(countries), list(countries.values()))[0]
    return rng.choice([place for place in PLACES if place.country == country])


def street(rng: Random, place: Place) -> str:
    """A street and number, written as in the place's country."""
    return rng.choice(_STREETS[place.country].split("|")).format(n=rng.randrange(1, 140))
