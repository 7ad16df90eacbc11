"""What does a picture cost? Every view's picture of the made-up company, drawn for a page by one child process."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

NAME = "pictures"
DAY = date(2026, 3, 31)
ONE = {"client", "timeline"}
MONTHLY = {"composition"}


def run(rounds: int) -> str:
    """The table: milliseconds from the job to the picture, and kilobytes as a browser takes them."""
    from cartera.charts import Pool
    from cartera.views.registry import VIEWS

    jobs = {view.name: job(view) for view in VIEWS if view.picture}
    with Pool() as pool:
        for made in jobs.values():
            pool.draw(made)
        rows = [row(name, made, pool, max(rounds, 3)) for name, made in jobs.items()]
        (child,) = pool.children()
        memory = int(Path(f"/proc/{child}/status").read_text().partition("VmRSS:")[2].split()[0]) // 1024
    head = "| picture | marks that are links | ms | kB gzipped |\n| --- | ---: | ---: | ---: |"
    return "\n".join([head, *rows, "", f"The process that drew them holds {memory} MB."])


def job(view: Any) -> Any:
    """What is to be drawn for a page, with a link for every mark that has clients behind it."""
    from cartera import charts
    from cartera.app.scope import EVERYTHING
    from cartera.app.show import Ask, show
    from cartera.charts.links import linked
    from cartera.portfolio.policy import Policy

    where = (("client_id", "C039"),) if view.name in ONE else ()
    every = "month" if view.name in MONTHLY else None
    answer = show(EVERYTHING, source(), view, Ask(Policy.kopilot(), None, DAY, where=where, every=every))
    drawn = answer.view.picture.rows(answer.rows.to_pylist(), answer.query)
    return charts.job(answer, linked(answer, drawn, address))


def source() -> Any:
    """The made-up company."""
    from cartera.app.opened import Opened
    from cartera.engine import open_facts
    from cartera.facts.tables import Facts
    from cartera.sources.demo import company

    return Opened("demo", open_facts(Facts(**company("services", DAY))))


def address(where: tuple[tuple[str, str], ...], *, day: date, view: str) -> str:
    """An address as long as those of the site."""
    return f"/acme/{view}?{'&'.join(f'where={name}:{value}' for name, value in where)}&day={day}".replace(" ", "+")


def row(name: str, made: Any, pool: Any, rounds: int) -> str:
    """One line of the table."""
    times, svg = [], ""
    for _ in range(rounds):
        start = perf_counter()
        svg = pool.draw(made) or ""
        times.append(perf_counter() - start)
    size = len(gzip.compress(svg.encode(), 6)) / 1000
    return f"| {name} | {svg.count('<a ')} | {median(times) * 1000:.0f} | {size:.1f} |"
