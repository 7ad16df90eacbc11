"""How is a list of what a workspace keeps printed? Line by line on a screen, as rows in every other format."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from cartera.app.export.formats import TABLE
from cartera.cli.printing import check_format, deliver

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cartera.cli.options import Printing
    from cartera.views.view import Unit

JSON = "json"


def tell_list(
    name: str, columns: Mapping[str, Unit], rows: Sequence[Mapping[str, Any]], lines: Iterable[str], how: Printing
) -> None:
    """Write the lines, or in another format or into a file the rows. columns: name -> unit."""
    if check_format(how) == TABLE and not how.output:
        sys.stdout.writelines(f"{line}\n" for line in lines)
        return
    from cartera.app import clock
    from cartera.app.workspace.deciding.answers import listed
    from cartera.views.view import Column

    shown = [Column(one, one.replace("_", " ").capitalize(), unit) for one, unit in columns.items()]
    cells = [{one: _cell(row[one], unit) for one, unit in columns.items()} for row in rows]
    deliver(listed(name, name.capitalize(), shown, cells, "", day=clock.today()), how)


def _cell(value: Any, unit: Unit) -> Any:
    """Nothing for an empty text; all else but days, counts and flags as text."""
    if value in ("", None):
        return None
    return str(value) if unit == "text" else value


def is_json(how: Printing) -> bool:
    """Whether what was done is told to a program."""
    return check_format(how) == JSON
