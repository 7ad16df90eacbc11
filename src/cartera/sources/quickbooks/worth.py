"""What is a document worth? Its currency, and how much of the books' own currency one unit is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from cartera.money import rounded
from cartera.sources.kit.contract import Context, Payload, Problem
from cartera.sources.kit.parsing import amount
from cartera.sources.quickbooks.fields import ref, total
from cartera.tongue import say

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Worth:
    """currency: of the document. rate: units of the books' currency for one of it, None when that is not known."""

    currency: str | None
    rate: Decimal | None
    problems: tuple[Problem, ...] = ()

    def base(self, value: Decimal | None) -> Decimal | None:
        """A value in the books' currency, at four decimals."""
        return None if value is None or self.rate is None else rounded(value * self.rate)


def worth(payload: Payload, context: Context) -> Worth:
    """Of a document, by the rate that stands in it."""
    home = context.company.currency
    currency = ref(payload, "CurrencyRef") or home or None
    rate = amount(payload.get("ExchangeRate"))
    if rate is None and currency == home:
        return Worth(currency, Decimal(1))
    if rate is None:
        told = say("it is in {currency} and gives no rate.", currency=currency or "?")
        return Worth(currency, None, (_missing(told),) if home else ())
    whole, at_home = total(payload), amount(payload.get("HomeTotalAmt"))
    if whole is not None and at_home is not None and abs(whole * rate - at_home) > CENT:
        return Worth(currency, None, (_missing(say("its rate {rate} does not lead to its total.", rate=f"{rate:f}")),))
    return Worth(currency, rate)


def _missing(told: str) -> Problem:
    fix = say("It stands in its own currency and in no sum of another. Give it a rate in QuickBooks.")
    return Problem("RATE_MISSING", told, fix, is_error=False)
