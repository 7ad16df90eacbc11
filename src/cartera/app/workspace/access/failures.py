"""How often may somebody try to sign in? A few times, then ever more slowly, by account and by network address."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from hmac import digest as hmac_digest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cartera.ledger.models import Failure

FREE = 5  # tries of an account
FREE_OF_ADDRESS = 50  # an office goes out by one address, and most of its people are not guessing
FIRST, MOST = timedelta(seconds=15), timedelta(minutes=15)  # doubled with every failure after the free ones
FORGOTTEN = timedelta(hours=1)  # so long without a failure, and counting begins anew
DOUBLINGS = 10
ADDRESS = "address:"


def account(email: str) -> str:
    """What names an account, whether or not there is one."""
    return f"account:{email.strip().casefold()}"


def network(address: str) -> str:
    """What names a network address."""
    return f"{ADDRESS}{address}"


def claim(alias: str, secret: str, whom: tuple[str, ...], *, at: datetime) -> int:
    """Seconds to wait before another try; 0 for none: then this try counts as a failure until `forget` says otherwise.

    Counted before the password is looked at, so that many tries at once are not more than many in a row.
    """
    from django.db import transaction

    from cartera.ledger.models import Failure

    with transaction.atomic(using=alias):
        rows = [_row(alias, keyed(secret, one), at) for one in whom]
        wait = max(left(row.count, row.last_at, at, free(one)) for one, row in zip(whom, rows, strict=True))
        if wait == 0:
            for one in rows:
                counted = 1 if at - one.last_at > FORGOTTEN else one.count + 1
                Failure.objects.using(alias).filter(pk=one.pk).update(count=counted, last_at=at)
    return wait


def forget(alias: str, secret: str, whom: tuple[str, ...]) -> None:
    """The tries of whoever signed in after all: every one of the account, of the address none but this.

    Else whoever has an account of its own could try those of others for ever.
    """
    from django.db.models import F

    from cartera.ledger.models import Failure

    rows = Failure.objects.using(alias)
    for one in whom:
        mine = rows.filter(who=keyed(secret, one))
        if one.startswith(ADDRESS):
            mine.filter(count__gt=0).update(count=F("count") - 1)
        else:
            mine.delete()


def free(who: str) -> int:
    """How many tries wait for nothing, for an account or an address."""
    return FREE_OF_ADDRESS if who.startswith(ADDRESS) else FREE


def left(count: int, last_at: datetime, at: datetime, free: int = FREE) -> int:
    """Seconds until the next try, after so many failures of which the last was then; free: how many of them are."""
    if count < free:
        return 0
    delay = min(MOST, FIRST * 2 ** min(count - free, DOUBLINGS))
    return max(0, -int((at - last_at - delay).total_seconds() // 1))


def keyed(secret: str, text: str) -> str:
    """A digest that tells nobody without the server's secret which account or address it is."""
    return hmac_digest(secret.encode(), text.encode("utf-8", "surrogatepass"), sha256).hex()


def _row(alias: str, who: str, at: datetime) -> Failure:
    from cartera.ledger.models import Failure

    Failure.objects.using(alias).get_or_create(who=who, defaults={"count": 0, "last_at": at})
    found: Failure = Failure.objects.using(alias).select_for_update().get(who=who)
    return found
