"""What does every picture promise? A sentence per mark, links that stay inside, equal bytes, nothing fetched."""

from __future__ import annotations

import multiprocessing
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from cartera import charts, words
from cartera.charts import draw, frame, render, rows, specification, tokens
from cartera.errors import InputError
from cartera.views import composition
from cartera.views.view import Answer, Picture, Query, View

DAY = date(2026, 3, 31)
LADDER = [segment.id for segment in words.KOPILOT]
HOSTILE = """<script>alert("1")</script> & O'Neil 1.23456 https://cartera.invalid/x"""


def answer(kind: str | None, *, question: str = "How is it?", since: date | None = None, sentence: str = "") -> Answer:
    drawn = Picture(kind, lambda found, _query: found) if kind else None
    view = View("portrait", question, lambda *_: None, lambda _: (), lambda _: (), picture=drawn)
    return Answer(view, Query(day=DAY, policy=None, since=since), (), None, sentence=sentence)


def bars() -> list[dict[str, Any]]:
    counts = zip(LADDER, (4, 11, 48, 21, 9, 6, 33, 2), strict=True)
    return [{"segment": s, "clients": n, "clients_text": f"{n}", "label": f"{s}: {n} clients"} for s, n in counts]


def months() -> list[dict[str, Any]]:
    return [
        {
            "month": f"2026-0{m}-01",
            "segment": s,
            "clients": m + i,
            "unfinished": m == 3,
            "label": f"{s} in {m}: {m + i}",
        }
        for m in (1, 2, 3)
        for i, s in enumerate(LADDER[:6])
    ]


def moves() -> list[dict[str, Any]]:
    return [
        {"x": b, "y": a, "share": Decimal("0.25"), "text": "3", "stayed": a == b, "label": f"{a} to {b}: 3"}
        for a in LADDER
        for b in reversed(LADDER)
    ]


def balance() -> list[dict[str, Any]]:
    return [
        {"step": "31 Mar 2025", "from": None, "to": 131, "text": "131", "label": "131 clients"},
        {"step": "Opened", "from": 131, "to": 149, "text": "+18", "segment": "new", "label": "18 opened"},
        {"step": "Lost", "from": 149, "to": 138, "text": "-11", "segment": "lost", "label": "11 lost"},
        {"step": "31 Mar 2026", "from": None, "to": 138, "text": "138", "label": "138 clients"},
    ]


def story() -> list[dict[str, Any]]:
    return [
        {"kind": "segment", "segment": "active", "from_on": "2025-02-01", "until_on": "2025-06-02", "label": "Active"},
        {"kind": "segment", "segment": "sleeping_away", "from_on": "2025-06-02", "until_on": None, "label": "Sleeping"},
        {"kind": "invoice", "from_on": "2025-02-01", "amount": Decimal("120.50"), "label": "Invoice of 120.50"},
        {"kind": "invoice", "from_on": date(2026, 5, 1), "amount": None, "planned": True, "label": "Planned"},
        {"kind": "usual", "from_on": "2026-04-06", "until_on": "2026-05-15", "label": "Late from 15 May"},
        {"kind": "next", "from_on": "2026-04-06", "until_on": "2026-05-15", "text": "next 6 Apr", "label": "Expected"},
        {"kind": "day", "from_on": DAY},
    ]


def lasting() -> list[dict[str, Any]]:
    steps = ((0, 1.0), (401, Decimal("0.75")), (1204, 0.5))
    return [
        *(
            {"x": days, "share": share, "across": "days", "label": f"{share} after {days} days"}
            for days, share in steps
        ),
        {"kind": "point", "x": 1204, "share": 0.5, "text": "half: 1,204 days", "label": "Half after 1,204 days"},
    ]


ROWS = {
    "ranked_bars": bars,
    "stacked_months": months,
    "grid": moves,
    "bridge": balance,
    "curve": lasting,
    "strip": story,
}
every_kind = pytest.mark.parametrize("kind", ROWS)


def linked(kind: str) -> list[dict[str, Any]]:
    return [row | {"href": f"{rows.HOST}/clients?n={i}&day=1"} for i, row in enumerate(ROWS[kind]())]


def test_every_kind_of_picture_that_a_view_may_name_is_drawn_here() -> None:
    assert set(get_args(get_type_hints(Picture)["kind"])) == set(ROWS) == set(rows.NEEDS)


@every_kind
@pytest.mark.parametrize("mode", ["page", "light", "dark"])
@pytest.mark.parametrize("width", [360, 720])
def test_every_mark_says_its_sentence(kind: str, mode: tokens.Mode, width: int) -> None:
    drawn = charts.picture(answer(kind), ROWS[kind](), mode=mode, width=width)
    spoken = {unescape(found) for found in re.findall(r'aria-label="([^"]*)"', drawn)}
    assert {row["label"] for row in ROWS[kind]() if "label" in row} <= spoken
    assert ET.fromstring(drawn).get("width") == str(width)
    assert not re.search(r"NaN|undefined|null|style=|aria-roledescription", drawn)


@every_kind
def test_a_page_gets_variables_and_a_file_gets_colours(kind: str) -> None:
    page, light, dark = (charts.picture(answer(kind), ROWS[kind](), mode=mode) for mode in ("page", "light", "dark"))
    assert "var(--" in page
    assert "#" not in re.sub(r"url\(#[^)]*\)", "", page)
    assert "var(--" not in light + dark
    assert light != dark


@every_kind
def test_links_of_a_page_stay_inside_and_are_no_tab_stops(kind: str) -> None:
    drawn = charts.picture(answer(kind), linked(kind), mode="page")
    links = re.findall(r"<a ([^>]*)>", drawn)
    assert links
    assert all(re.fullmatch(r'tabindex="-1" href="/clients\?n=\d+&amp;day=1"', link) for link in links)


@every_kind
def test_a_row_without_a_link_and_a_file_have_none(kind: str) -> None:
    assert "<a" not in charts.picture(answer(kind), ROWS[kind](), mode="page")
    assert "href" not in charts.picture(answer(kind), linked(kind), mode="light")


@pytest.mark.parametrize(
    "address",
    [
        "/clients",
        "//elsewhere.example/x",
        "https://elsewhere.example/x",
        "https://cartera.invalid.elsewhere.example/x",
        "https://cartera.invalid//elsewhere.example",
        "https://cartera.invalid/\\elsewhere.example",
        "javascript:alert(1)",
        "data:text/html,<b>",
    ],
)
def test_a_link_that_leads_elsewhere_is_refused(address: str) -> None:
    with pytest.raises(render.ForeignLinkError, match="leads out of the site"):
        charts.picture(answer("ranked_bars"), [bars()[0] | {"href": address}], mode="page")


@pytest.mark.parametrize("address", ["//elsewhere.example", "https://elsewhere.example/&quot;"])
def test_a_foreign_link_is_refused_in_the_drawing_too(address: str) -> None:
    with pytest.raises(render.ForeignLinkError):
        render._Dresser("x").dress(f'<svg><a xlink:href="{address}"></a></svg>')


@pytest.mark.parametrize("mode", ["page", "light"])
def test_hostile_names_arrive_whole_and_harmless(mode: tokens.Mode) -> None:
    row = {"name": HOSTILE, "clients": 1, "clients_text": HOSTILE, "label": f"{HOSTILE}\x00\x0b\ud800"}
    drawn = charts.picture(answer("ranked_bars", question=HOSTILE, sentence=HOSTILE), [row], mode=mode)
    tree = ET.fromstring(drawn)
    assert not [node for node in tree.iter() if node.tag.endswith("script")]
    assert HOSTILE in [node.text for node in tree.iter()]
    assert f"{HOSTILE} " in [node.get("aria-label") for node in tree.iter()]


@every_kind
def test_two_renders_are_equal(kind: str) -> None:
    assert charts.picture(answer(kind), linked(kind), mode="page") == charts.picture(
        answer(kind), linked(kind), mode="page"
    )


def test_ids_begin_with_the_name_of_the_view() -> None:
    drawn = '<svg id="clip7"><g clip-path="url(#clip7)"><clipPath id="clip12"/></g></svg>'
    dressed = render._Dresser("a b").dress(drawn)
    assert re.findall(r'id="([^"]*)"|#([\w-]+)', dressed) == [("a-b-1", ""), ("", "a-b-1"), ("a-b-2", "")]


def test_a_child_process_in_another_time_zone_draws_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    paint = tokens.token("light")
    filled = rows.drawable("strip", story(), paint)
    spec = specification.fitted(specification.own("strip", "light"), 720, "A story")
    monkeypatch.setenv("TZ", "America/Sao_Paulo")
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        there = pool.submit(render.svg, spec, filled, "story").result(timeout=60)
    assert there == render.svg(spec, filled, "story")


def test_a_template_fetched_from_another_process_is_our_own() -> None:
    assert {kind: specification.fetched(kind, "page") for kind in draw.BUILDERS} == {
        kind: specification.own(kind, "page") for kind in draw.BUILDERS
    }


def test_no_picture_fetches_anything(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("name\nsecret\n")
    text = {"mark": "text", "encoding": {"text": {"field": "name"}}}
    assert "secret" not in render.svg(text | {"data": {"url": f"file://{tmp_path}/rows.csv"}}, [], "x")
    with pytest.raises(ValueError, match="not allowed"):
        render.svg(text | {"data": {"url": "https://example.org/rows.csv"}}, [], "x")


def test_short_numbers_are_for_positions_only() -> None:
    row = {"x": "1.23456", "y": "2.34567", "share": 0.001, "text": "3.45678"}
    drawn = charts.picture(answer("grid"), [row])
    assert all(text in drawn for text in row.values() if isinstance(text, str))
    assert 0.05 <= float(re.findall(r'fill-opacity="([^"]*)"', drawn)[0]) < 0.06
    assert not re.search(r' (?:d|transform|width|height)="[^"]*\d\.\d\d', drawn)


def test_a_file_has_a_title_the_answer_a_legend_and_the_day() -> None:
    drawn = charts.picture(answer("stacked_months", question="How did it go?", sentence="It went up."), months())
    tree = ET.fromstring(drawn)
    said = [node.text for node in tree.iter() if node.text]
    shown = [words.SEGMENT_LABELS[segment] for segment in LADDER[:6]]
    assert said[:2] == ["How did it go?", "It went up."]
    assert [text for text in said if text in shown] == shown
    assert {"Not finished yet", "31 Mar 2026"} <= set(said)
    assert "Lost" not in said
    named = {node.get("id") for node in tree.iter()}
    assert {tree.get("aria-labelledby"), tree.get("aria-describedby")} <= named


def test_a_long_sentence_stays_on_the_paper() -> None:
    lines = frame._lines("Many words about clients " * 20, 360, 13)
    assert max(frame._width(line, 13) for line in lines) <= 360


def test_the_legend_of_a_strip_tells_the_future_from_the_past() -> None:
    drawn = charts.picture(answer("strip"), story())
    assert "Planned invoice" in drawn
    assert "Expected if nobody acts" not in drawn


def test_bars_that_do_not_start_at_zero_say_so() -> None:
    assert "bars start at 120" in charts.picture(answer("bridge", since=date(2025, 3, 31)), balance())
    still = [row | {"from": None, "to": 5} for row in balance()]
    assert "bars start" not in charts.picture(answer("bridge"), still)


def test_namesakes_stay_apart() -> None:
    twice = [{"name": "Smith", "clients": n, "clients_text": str(n)} for n in (2, 1)]
    assert [row["name"] for row in rows.drawable("ranked_bars", twice, tokens.token("light"))] == ["Smith", "Smith (2)"]


def test_a_segment_gives_colour_and_label_and_anything_else_the_accent() -> None:
    found = [{"segment": s, "clients": 1, "clients_text": "1"} for s in ("prospect", "Leaving", "Smith")]
    filled = rows.drawable("ranked_bars", found, tokens.token("page"))
    assert [row["name"] for row in filled] == ["Prospect", "Leaving", "Smith"]
    assert [row["colour"] for row in filled] == ["var(--seg-no-activity)", "var(--seg-leaving)", "var(--accent)"]


def test_a_matrix_of_segments_follows_the_ladder_on_both_sides() -> None:
    drawn = charts.picture(answer("grid"), list(reversed(moves())))
    labels = [text for text in re.findall(r"<text[^>]*>([^<]*)</text>", drawn) if text in words.SEGMENT_LABELS.values()]
    assert labels == [words.SEGMENT_LABELS[segment] for segment in LADDER] * 2


def test_weeks_of_one_month_are_bars_of_their_own() -> None:
    weeks = [{"month": f"2026-03-{d:02}", "segment": "active", "clients": d} for d in (2, 9, 16)]
    drawn = charts.picture(answer("stacked_months"), weeks)
    assert all(f">{d} Mar 26</text>" in drawn for d in (2, 9, 16))


def test_a_cell_that_is_not_finished_has_a_dashed_edge_and_the_legend_says_so() -> None:
    cells = [{"x": age, "y": "Q1", "share": 0.5, "text": "5", "unfinished": age == 1} for age in (0, 1)]
    drawn = charts.picture(answer("grid"), cells)
    assert drawn.count('stroke-dasharray="3,2"') == 2, "one cell and its swatch"
    assert "Not finished yet" in drawn
    assert "Not finished yet" not in charts.picture(answer("grid"), cells[:1])


def test_short_names_across_stay_level() -> None:
    ages = [{"x": str(age), "y": "Q1", "share": 0.5, "text": "5"} for age in range(13)]
    assert "rotate" not in charts.picture(answer("grid"), ages)
    assert "rotate" in charts.picture(answer("grid"), moves(), width=360)


def test_a_curve_says_what_it_measures_and_where_half_is() -> None:
    drawn = charts.picture(answer("curve"), lasting())
    assert "across: days" in drawn
    assert ">half: 1,204 days</text>" in drawn
    assert all(f">{tick}</text>" in drawn for tick in ("0", "1,000", "100%"))


@every_kind
def test_no_rows_give_an_empty_picture_with_its_question(kind: str) -> None:
    assert "How is it?" in charts.picture(answer(kind), [])


@every_kind
def test_a_row_that_cannot_be_drawn_says_what_it_lacks(kind: str) -> None:
    with pytest.raises(ValueError, match=f"a row for {kind} lacks {rows.NEEDS[kind][0]}"):
        charts.picture(answer(kind), [{"label": "something"}])


def test_a_view_without_a_picture_says_so() -> None:
    with pytest.raises(InputError, match="'portrait' has no picture"):
        charts.picture(answer(None), [])


def test_a_picture_becomes_a_png() -> None:
    assert render.png(charts.picture(answer("ranked_bars"), bars()), 1).startswith(b"\x89PNG")


def test_nobody_pays_for_drawing_who_does_not_draw() -> None:
    asked = "import sys, cartera.charts; print(sorted({'altair', 'vl_convert', 'pandas'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_composition_split_by_rep_has_a_bar_for_every_value_and_segment_with_anybody_in_it() -> None:
    rows = [{"rep": rep, "segment": s, "client_count": n} for rep, s, n in (("Ana", "active", 2), (None, "lost", 1))]
    query = Query(day=DAY, policy=None, by=("rep",))
    drawn = composition.bars([*rows, {"rep": "Ana", "segment": "lost", "client_count": 0}], query)
    assert [row["label"] for row in drawn] == ["Ana, Active: 2 clients", "unknown, Lost: 1 client"]
    assert [row["name"] for row in drawn] == ["Ana, Active", "unknown, Lost"]
