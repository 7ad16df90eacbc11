"""Kill work at random moments and count what was lost, left half, doubled or made unreadable; exit status 1 if any was.

python -m tests.chaos --seconds 60 | --kills 1000 [--seed N] [--only Decisions,Imports]
PostgreSQL as well when CARTERA_POSTGRES names a server.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import cartera.app.workspace.importing.commit
import cartera.app.workspace.importing.prepare  # noqa: F401 - once for all children
from tests.chaos.forked import asked, killed
from tests.chaos.twins import TWINS
from tests.chaos.verdict import Verdict
from tests.chaos.works import WORKS, Work
from tests.ledgers import POSTGRES, created, drop, template

RENEWED = 20  # kills after which a ledger is replaced by a new one, so that checks stay quick
PROOF = 40  # kills within which a careless twin must have failed


class Run:
    """Kills of one kind of work, on ledgers that are copies of an empty one."""

    def __init__(self, kind: type[Work], room: Path, empty: str, chance: random.Random) -> None:
        self.kind, self.room, self.empty, self.chance = kind, room, empty, chance
        self.total, self.of_this = Verdict(), 0
        self.work: Work | None = None

    def kill(self) -> Verdict:
        """One kill and its check."""
        if self.work is None or self.of_this >= RENEWED:
            self.renew()
        work = self.work
        assert work is not None
        said = killed(work.work, self.chance.uniform(0, work.longest))
        work.done |= {int(one) for one in said if one}
        found = asked(lambda: _checked(work))
        found.kills, found.acknowledged = 1, len([one for one in said if one])
        self.of_this += 1
        self.total.add(found)
        if self.kind.__name__ == "Tables":
            work.done.clear()
        if found.is_bad:
            self.work = None
        return found

    def renew(self) -> None:
        """A new ledger in a new folder."""
        self.close()
        self.of_this = 0
        folder = Path(mkdtemp(dir=self.room))
        self.work = self.kind(folder, self._ledger(folder), set())
        asked(self.work.prepare)

    def _ledger(self, folder: Path) -> str:
        if "://" in self.empty:
            return asked(lambda: created(f"TEMPLATE {self.empty.rpartition('/')[2]}"))
        shutil.copyfile(self.empty, folder / "ledger")
        return str(folder / "ledger")

    def close(self) -> None:
        """Remove what the last ledger needs no longer."""
        if self.work is not None and "://" in self.work.address:
            address = self.work.address
            asked(lambda: drop(address))
        self.work = None


def _checked(work: Work) -> Verdict:
    try:
        return work.check()
    except Exception as problem:  # noqa: BLE001 - a ledger that cannot be checked cannot be used
        return Verdict(unopenable=1, examples=[repr(problem)])


def proved(room: Path, empty: str, chance: random.Random, kinds: list[type[Work]]) -> list[str]:
    """The careless twins that no kill hurt: for these the harness proves nothing."""
    blind = []
    for kind in kinds:
        run = Run(TWINS[kind], room, empty, chance)
        if not any(run.kill().is_bad for _ in range(PROOF)):
            blind.append(kind.__name__)
        print(f"careless {kind.__name__.lower():<12} {run.total.text}", flush=True)
    return blind


def main() -> int:
    """0 when nothing was lost and every careless twin failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--kills", type=int)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--only", default=",".join(kind.__name__ for kind in WORKS))
    given = parser.parse_args()
    kinds = [kind for kind in WORKS if kind.__name__ in given.only.split(",")]
    chance = random.Random(given.seed)
    print(f"seed {given.seed}", flush=True)
    with TemporaryDirectory(prefix="cartera-chaos-") as name:
        room = Path(name)
        return _run(room, kinds, chance, given)


def _run(room: Path, kinds: list[type[Work]], chance: random.Random, given: argparse.Namespace) -> int:
    empties = {"SQLite": asked(lambda: template("sqlite", room))}
    if os.environ.get(POSTGRES):
        empties["PostgreSQL"] = asked(lambda: template("postgres", room))
    blind = proved(room, empties["SQLite"], chance, kinds)
    runs = [
        (f"{kind.__name__.lower()} on {name}", Run(kind, room, empty, chance))
        for name, empty in empties.items()
        for kind in kinds
        if name == "SQLite" or not kind.is_of_files
    ]
    started, done = time.monotonic(), 0
    while done < given.kills if given.kills else time.monotonic() - started < (given.seconds or 60):
        label, run = runs[done % len(runs)]
        if (found := run.kill()).is_bad:
            print(f"{label}: {found.text}; {found.examples}", file=sys.stderr)
        done += 1
    total = Verdict()
    for label, run in runs:
        run.close()
        total.add(run.total)
        print(f"{label:<26} {run.total.text}")
    if "PostgreSQL" in empties:
        asked(lambda: drop(empties["PostgreSQL"]))
    print(f"together                   {total.text}; {time.monotonic() - started:.0f} s")
    for name in blind:
        print(f"the careless {name} was never caught: the harness proves nothing of it", file=sys.stderr)
    return int(total.is_bad or bool(blind) or not total.kills)


if __name__ == "__main__":
    sys.exit(main())
