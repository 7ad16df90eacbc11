"""What must a process know to draw one picture? Plain values alone, so that another process can draw it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from cartera.charts.rows import Row
from cartera.charts.specification import Templates, fitted, own
from cartera.charts.tokens import Mode

if TYPE_CHECKING:
    from cartera.charts.render import Lang


@dataclass(frozen=True)
class Job:
    """One picture to draw: a kind of `charts/draw.py`, rows as `rows.drawable` makes them, pixels and a title.

    name: what the ids of the picture begin with; two pictures of one page need two. height: None for the kind's own.
    """

    kind: str
    mode: Mode
    width: int
    title: str
    rows: list[Row]
    name: str
    height: float | None = None
    lang: Lang = "en-US"

    def told(self) -> str:
        """The job as one line of text."""
        return json.dumps(asdict(self), ensure_ascii=True, allow_nan=False)


def heard(line: str) -> Job:
    """The job that `told` wrote."""
    return Job(**json.loads(line))


def drawn(job: Job, templates: Templates = own) -> str:
    """The picture as SVG text. ValueError: it cannot be drawn."""
    from cartera.charts import render

    spec = fitted(templates(job.kind, job.mode), job.width, job.title)
    return render.svg(spec, job.rows, job.name, lang=job.lang, height=job.height)
