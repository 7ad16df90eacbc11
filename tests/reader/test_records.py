"""Which records does a text hold, however its quotes, line ends and widths are?"""

from __future__ import annotations

import pytest
from tests.reader.given import buckets, invoices, read, refused

from cartera.errors import Ambiguous
from cartera.sources.files.records import BLOCK, blocks, delimiter_of


def rows(text: str, delimiter: str = ",") -> list[list[str]]:
    return [row for block in blocks(text, delimiter) for row in block.rows]


def lines(text: str) -> list[int]:
    return [line for block in blocks(text, ",") for line in block.lines]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    assert rows(f"a,b{end}1,2{end}{end}3,4") == [["a", "b"], ["1", "2"], [], ["3", "4"]]


def test_a_record_over_several_lines_is_one_and_keeps_its_first_line() -> None:
    text = 'a,b\n1,"x\ny\nz"\n2,w\n'
    assert rows(text) == [["a", "b"], ["1", "x\ny\nz"], ["2", "w"]]
    assert lines(text) == [1, 2, 5]


def test_records_across_blocks() -> None:
    text = "a,b\n" + "".join(f'{i},"x\ny"\n' for i in range(BLOCK))
    assert len(rows(text)) == BLOCK + 1
    assert lines(text)[-1] == 2 * BLOCK


def test_a_stray_quote_costs_nothing_but_a_notice(tmp_path) -> None:
    body = "".join(f"{i},x{i},{i}.00,2026-01-31\n" for i in range(1, 11)).replace("3,x3", '3,"x3')
    reading = read(tmp_path, "number,client,net,date\n" + body)
    assert buckets(reading) == (11, 10, 0, 1)
    assert reading.notices == ["QUOTE_LITERAL: 1 line with a quote that never closes, read as a plain sign: 4."]
    assert '"x3' in [row[0] for row in invoices(reading)]


def test_two_stray_quotes_do_not_swallow_the_rows_between(tmp_path) -> None:
    body = (
        "".join(f"{i},x{i},{i}.00,2026-01-31\n" for i in range(1, 11)).replace("3,x3", '3,"x3').replace("5,x5", '5,"x5')
    )
    assert buckets(read(tmp_path, "number,client,net,date\n" + body)) == (11, 10, 0, 1)


def test_a_long_quoted_field_is_read_literally(tmp_path) -> None:
    body = (
        '1,"x,1.00,2026-01-31\n'
        + "".join(f"{i},x{i},{i}.00,2026-01-31\n" for i in range(2, 70))
        + '70,y",1.00,2026-01-31\n'
    )
    assert buckets(read(tmp_path, "number,client,net,date\n" + body)) == (71, 70, 0, 1)


def test_a_nul_byte_costs_its_row(tmp_path) -> None:
    reading = read(tmp_path, b"client,date,net\nA,2026-01-31,1\nB\x00,2026-01-31,2\nC,2026-01-31,3\n")
    assert [row[0] for row in invoices(reading)] == ["A", "C"]
    assert refused(reading)[0][:2] == ("NOT_TEXT", "line 3")


def test_a_byte_that_spells_nothing_costs_its_row(tmp_path) -> None:
    reading = read(tmp_path, b"client,date,net\nCaf\xe9,2026-01-31,1\nB\x81,2026-01-31,2\n")
    assert [row[0] for row in invoices(reading)] == ["Café"]
    assert reading.counts.reasons == {"NOT_TEXT": 1}


def test_missing_cells_at_the_end_are_empty(tmp_path) -> None:
    reading = read(tmp_path, "client,date,net,city\nA,2026-01-31,1\nB,2026-01-31\nC,2026-01-31,1,Bath,,\n")
    assert [row[0] for row in invoices(reading)] == ["A", "C"]
    assert refused(reading) == [("TOO_SHORT", "line 3", "", "B,2026-01-31")]


@pytest.mark.parametrize(("sign", "word"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "pipe")])
def test_the_delimiter_is_found(sign: str, word: str) -> None:
    text = f"client{sign}date{sign}net\n" + f"A{sign}2026-01-31{sign}1\n" * 3
    assert delimiter_of(text, word) == sign


def test_a_tie_is_a_question() -> None:
    with pytest.raises(Ambiguous) as asked:
        delimiter_of("a;b,c\n1;2,3\n", "x.csv")
    assert asked.value.questions[0].readings == {"comma": "2 columns", "semicolon": "2 columns"}


def test_utf_16_without_a_mark_is_read_when_it_is_named(tmp_path) -> None:
    content = "client,date,net\nÜnal,2026-01-31,1\n".encode("utf-16-le")
    assert invoices(read(tmp_path, content, encoding="utf-16-le")) == [("Ünal", "2026-01-31", "1")]
