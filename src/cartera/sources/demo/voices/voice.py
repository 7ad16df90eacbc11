"""What must a language say, so that an invented company can be told in it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FIRST = (
    *("Quin", "Thir", "Bram", "Lar", "Otel", "Verin", "Tans", "Sabl", "Fen", "Corv", "Marl", "Perr", "Hald", "Ostr"),
    *("Lum", "Tess", "Genev", "Crest", "Rov", "Sorr", "Brind", "Calm", "Dams"),
)


@dataclass(frozen=True)
class Voice:
    """A language's words. ends: of invented names. trades: industry in English -> the industry, and kinds of companies.

    places: city, region, postcode, telephone (as in `places`). told: every other word in English -> in the language.
    worth: how many units of its currency stand for a euro.
    """

    currency: str
    worth: int
    country: str
    ends: tuple[str, ...]
    trades: Mapping[str, tuple[str, tuple[str, str, str]]]
    places: tuple[tuple[str, str, str, str | None], ...]
    streets: tuple[str, ...]
    reps: Mapping[str, str]
    given: tuple[str, ...]
    family: tuple[str, ...]
    told: Mapping[str, str]
