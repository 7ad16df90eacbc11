"""How is a row of a table written? In one go: a list has hundreds of cells, and templates take their time over each."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.html import conditional_escape as safe
from django.utils.safestring import SafeString, mark_safe

from cartera.web.acts import bar, row_id
from cartera.web.addresses import address
from cartera.web.icon_marks import segment_mark
from cartera.web.rows import row_of
from cartera.web.shown import table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cartera.views.view import Answer, Column
    from cartera.web.door import Visit
    from cartera.web.shown import Cell, Door, Line

HREF, ID, NAME = (secrets.token_hex(16) for _ in range(3))  # stand for the client where a part is made for all rows


def row(
    visit: Visit, line: Line, *, select: bool = False, peek: bool = False, acts: bool = False, replaces: bool = False
) -> SafeString:
    """The row, with what can be done where it is a client's: be selected, be peeked at, and the verbs.

    replaces: it takes the place of the one on the page.
    """
    opening = f' id="{row_id(line.key)}" data-client="{safe(line.key)}"' if line.key else ""
    swap = ' hx-swap-oob="true"' if replaces else ""
    pick = f'<td class="pick">{_pick(visit, line, select=select, peek=peek)}</td>' if select or peek else ""
    verbs = f'<td class="do">{bar(visit, line.key, line.segment) if line.key else ""}</td>' if acts else ""
    return mark_safe(f"<tr{opening}{swap}>{pick}{_cells(line)}{verbs}</tr>")  # noqa: S308 - texts are escaped in place


def row_again(
    visit: Visit, answer: Answer, columns: Sequence[Column], client_id: str, door: Door | None,
    *, under: Mapping[str, str] | None = None, select: bool = False,
) -> str | None:  # fmt: skip
    """The client's row of a table as it is now, marked to replace the one on the page; None where it is in no row.

    under: column -> the one below which it stands. select: its page lets clients be selected.
    """
    found = row_of(answer, client_id)
    if found is None:
        return None
    (line,) = table(answer, [found], columns=columns, door=door, under=under).lines
    return row(visit, line, select=select, peek=True, acts=True, replaces=True)


def segment(name: str, text: str, href: str = "") -> SafeString:
    """A segment's tag, its icon in its colour; a link where it leads somewhere."""
    inside = segment_mark(name) + safe(text)
    told = f'<a class="tag" href="{safe(href)}">{inside}</a>' if href else f'<span class="tag">{inside}</span>'
    return mark_safe(told)  # noqa: S308 - texts are escaped in place


def _pick(visit: Visit, line: Line, *, select: bool, peek: bool) -> str:
    """What selects the client and what shows it beside the list; made once, as only the client differs."""
    if not line.key:
        return ""
    kind = ("pick", *(["select"] if select else []), *(["peek"] if peek else []))
    if kind not in visit.stamps:
        given = {"select": select, "peek": peek, "href": HREF, "id": ID, "name": NAME}
        visit.stamps[kind] = render_to_string("parts/pick.html", given).strip()
    made = visit.stamps[kind].replace(HREF, safe(address(visit, f"clients/{line.key}/peek")))
    return made.replace(ID, safe(line.key)).replace(NAME, safe(line.cells[0].text))


def _cells(line: Line) -> str:
    """The first is the row's head; those of a client say what they are, for where the table's heads are not seen."""
    first, *others = line.cells
    head = f'<th scope="row">{_inside(first)}{_second(first, is_called=False)}</th>'
    return head + "".join(f"<td{_attributes(one, line.key)}>{_inside(one)}{_second(one)}</td>" for one in others)


def _attributes(cell: Cell, key: str) -> str:
    kind = ' class="n"' if cell.is_number else ' class="long"' if cell.is_long else ""
    return f'{kind} data-head="{safe(cell.label)}"' if key and cell.label else kind


def _inside(cell: Cell) -> str:
    if cell.segment:
        return segment(cell.segment, cell.text, cell.href)
    return f'<a href="{safe(cell.href)}">{safe(cell.text)}</a>' if cell.href else safe(cell.text)


def _second(cell: Cell, *, is_called: bool = True) -> str:
    """What stands below in small. is_called: with what it is called."""
    below = cell.second
    if below is None:
        return ""
    called = f' data-head="{safe(below.label)}"' if is_called and below.label and below.is_number else ""
    return f" <small{called}>{safe(below.text)}</small>"
