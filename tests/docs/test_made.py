"""Are the made parts of README and docs what the program says today, and is nothing of it left out?"""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from cartera.app.day import STALE_DAYS
from cartera.facts.schema import TABLES
from cartera.portfolio.amounts import YEAR_DAYS
from cartera.portfolio.kopilot import Kopilot
from cartera.portfolio.policy import FAMILIES
from cartera.views.registry import VIEWS
from tests.docs import from_api, from_policy, meanings, pictures
from tests.docs.abridged import chosen
from tests.docs.from_commands import known
from tests.docs.made import MAKERS, Made, parts, rewritten
from tests.docs.test_blocks import PAGES, ROOT, marks_of

MADE = [
    pytest.param(made, id=f"{path.relative_to(ROOT).as_posix()}: {' '.join(made.words)}", marks=marks_of(path))
    for path in PAGES
    for made in parts(path.read_text(encoding="utf-8"))
    if not made.is_output  # the blocks of a page run in test_blocks
]
USED = {made.words for path in PAGES for made in parts(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("made", MADE)
def test_a_made_part_is_what_the_program_says(made: Made) -> None:
    assert made.text == made.anew(), "run: make docs"


def test_readme_holds_the_segments_of_the_policy() -> None:
    assert from_policy.segments("kopilot") in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_every_view_has_its_page_and_its_columns(view) -> None:
    assert f"cartera.{view.name}(" in (ROOT / "docs" / "guide" / f"{view.name}.md").read_text(encoding="utf-8")
    assert ("columns", view.name) in USED


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_the_facts_has_a_meaning(table: str) -> None:
    assert set(meanings.COLUMNS[table]) == {field.name for field in TABLES[table]}
    assert ("facts", table) in USED


@pytest.mark.parametrize("family", FAMILIES)
def test_every_number_of_a_policy_has_a_meaning(family: str) -> None:
    assert {field.name for field in fields(FAMILIES[family])} <= set(from_policy.MEANINGS)
    assert {("numbers", family), ("rules", family), ("segments", family), ("dates", family)} <= USED


def test_the_rules_reckon_with_the_numbers_of_the_policy() -> None:
    page = (ROOT / "docs" / "how-it-works" / "rules.md").read_text(encoding="utf-8")
    policy = Kopilot()
    assert f"{policy.lifespan_days} = {YEAR_DAYS} + {policy.lifespan_days - YEAR_DAYS}" in page
    assert f"in the last {policy.notice_days} of these days" in page
    assert f"older than {STALE_DAYS} days" in " ".join(
        (ROOT / "docs/reference/command-line.md").read_text("utf-8").split()
    )


def test_the_description_of_the_api_is_the_one_that_is_kept() -> None:
    assert from_api.FILE.read_text(encoding="utf-8") == from_api.as_text(), "it changed for whoever calls it: make docs"


def test_every_command_is_explained() -> None:
    pages = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)
    assert not [name for name in known() if f"$ cartera {name} " not in pages and name not in {"demo", "views"}]


def test_every_maker_is_used() -> None:
    assert set(MAKERS) == {words[0] for words in USED}


@pytest.mark.thorough
@pytest.mark.parametrize("name", pictures.PICTURES)
def test_a_picture_says_what_the_product_draws(name: str, tmp_path: Path) -> None:
    held = pictures.said((pictures.FOLDER / name).read_text(encoding="utf-8"))
    assert held == pictures.said(pictures.draw(name, tmp_path).read_text(encoding="utf-8")), "run: make docs"
    assert len(held) > 10


def test_the_gallery_shows_every_view_in_the_order_of_the_registry() -> None:
    page = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", page, re.MULTILINE) == [view.name for view in VIEWS], "run: make docs"
    drawn = [name for view in VIEWS if (name := pictures.of(view))]
    assert re.findall(r"\(pictures/(.+)\)", page) == drawn


def test_no_picture_lies_about() -> None:
    assert {path.name for path in pictures.FOLDER.iterdir()} == set(pictures.PICTURES)


def test_a_part_that_is_out_of_date_is_caught() -> None:
    page = "<!-- made: shapes -->\nmature: always\n<!-- /made -->\n"
    assert rewritten(page) != page
    assert rewritten(rewritten(page)) == rewritten(page)


def test_an_output_is_abridged_with_three_dots() -> None:
    lines = ["question", "answer", "", "A  B", "───", "1  2", "3  4", "5  6", "───", "Total  12", "", "more"]
    assert chosen(lines, "all") == lines
    assert chosen(lines, "text") == ["question", "answer", "..."]
    assert chosen(lines, "table:1") == [*lines[:6], "...", "───", "Total  12", "..."]
    assert chosen(lines, "1,3-4") == ["question", "...", "", "A  B", "..."]
