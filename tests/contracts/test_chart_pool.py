"""What does the pool of drawing processes promise? A picture or nothing, in time, whatever happens to the process."""

from __future__ import annotations

import gzip
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from cartera.charts import Cache, Pool
from cartera.charts.job import Job, drawn, heard
from cartera.charts.rows import HOST

ROW = {"name": "Active", "clients": 3, "clients_text": "3", "colour": "var(--accent)", "label": "Active: 3 clients"}
JOB = Job("ranked_bars", "page", 360, "How many?", [ROW | {"href": f"{HOST}/acme/clients?segment=active"}], "bars")


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(1) as opened:
        yield opened


def is_there(pid: int) -> bool:
    """Whether a process is running or is a zombie."""
    return Path(f"/proc/{pid}").exists()


def test_a_job_is_heard_as_it_was_told() -> None:
    assert heard(JOB.told()) == JOB
    assert "\n" not in replace(JOB, title="two\nlines").told()


def test_the_picture_is_the_one_that_this_process_would_draw(pool: Pool) -> None:
    assert pool.draw(JOB) == drawn(JOB)


def test_eight_threads_get_the_pictures_that_they_asked_for(pool: Pool) -> None:
    jobs = [
        replace(JOB, name=f"n{n}", rows=[ROW | {"label": f"label {n}", "href": f"{HOST}/?n={n}"}]) for n in range(24)
    ]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(pool.draw, jobs))
    assert all(svg and f'aria-label="label {n}"' in svg and f"n{n}-title" in svg for n, svg in enumerate(found))


def test_what_cannot_be_drawn_is_none_and_a_line_in_the_log(pool: Pool, caplog: pytest.LogCaptureFixture) -> None:
    before = pool.children()
    with caplog.at_level(logging.WARNING):
        assert pool.draw(replace(JOB, kind="no such kind", name="wrong")) is None
        assert pool.draw(replace(JOB, rows=[ROW | {"href": "javascript:alert(1)"}])) is None
    assert "no picture of wrong: KeyError: 'no such kind'" in caplog.messages[0]
    assert "ForeignLinkError" in caplog.messages[1]
    assert pool.draw(JOB)
    assert pool.children() == before, "a picture that fails costs no process"


def test_a_process_that_is_killed_is_replaced_and_leaves_no_zombie(pool: Pool) -> None:
    pool.draw(JOB)
    (pid,) = pool.children()
    os.kill(pid, signal.SIGKILL)
    pool.draw(JOB)  # this one may be lost with the process
    assert pool.draw(JOB) == drawn(JOB)
    assert pool.children() != [pid]
    assert not is_there(pid)


@pytest.mark.thorough
def test_a_picture_that_is_late_costs_the_picture_only(caplog: pytest.LogCaptureFixture) -> None:
    with Pool(1, seconds=0.001) as hasty, caplog.at_level(logging.WARNING):
        assert hasty.draw(JOB) is None
        assert "no picture of bars: it is late" in caplog.messages
        assert hasty.draw(JOB) is None
        pids = hasty.children()
    assert not any(map(is_there, pids))


def test_who_waits_too_long_for_a_turn_goes_without(caplog: pytest.LogCaptureFixture) -> None:
    with Pool(1, patience=0.01) as busy, caplog.at_level(logging.WARNING):
        assert busy.draw(JOB) is None
    assert "nobody was free to draw it" in caplog.text


def test_a_closed_pool_has_no_children_and_draws_nothing() -> None:
    pool = Pool(2)
    pool.close()
    assert pool.draw(JOB) is None
    assert pool.children() == []


@pytest.mark.thorough
def test_two_processes_end_with_the_pool_and_leave_no_zombie() -> None:
    pool = Pool(2)
    pool.begin()
    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(pool.draw, [JOB] * 16))
    pids = pool.children()
    pool.close()
    assert 1 <= len(pids) <= 2
    assert not any(map(is_there, pids))


@pytest.mark.thorough
def test_the_children_end_when_their_parent_is_killed() -> None:
    program = "import time; from tests.contracts.test_chart_pool import JOB; from cartera.charts import Pool; "
    program += "p = Pool(); p.draw(JOB); print(p.children()[0], flush=True); time.sleep(60)"
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 10
    while is_there(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_there(pid) or "State:\tZ" in Path(f"/proc/{pid}/status").read_text()


@pytest.mark.thorough
def test_a_process_that_draws_stays_within_its_memory(pool: Pool) -> None:
    for n in range(100):
        assert pool.draw(replace(JOB, name=f"n{n}"))
    (pid,) = pool.children()
    status = Path(f"/proc/{pid}/status").read_text()
    kilobytes = int(status.partition("VmRSS:")[2].split()[0])
    assert kilobytes < 160_000


def test_who_draws_nothing_imports_no_altair() -> None:
    program = "import sys; from tests.contracts.test_chart_pool import JOB; from cartera.charts import Pool, Cache\n"
    program += "with Pool() as p: assert Cache().held('k', lambda: p.draw(JOB))\n"
    program += "print(sorted({'altair', 'vl_convert', 'pandas'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_picture_drawn_once_is_kept_gzipped() -> None:
    cache, asked = Cache(), []
    for _ in range(3):
        packed = cache.held("key", lambda: asked.append(1) or "<svg/>")
        assert packed is not None
        assert gzip.decompress(packed) == b"<svg/>"
    assert len(asked) == 1
    assert cache.held("other", lambda: None) is None
    assert cache.held("other", lambda: "<svg/>") is not None


def test_what_was_unused_for_longest_leaves_first() -> None:
    cache = Cache(most_bytes=800)
    for key in "abc":
        cache.put(key, f"<svg>{key}</svg>")
    assert cache.get("a")
    cache.put("d", "<svg>d</svg>")
    assert [bool(cache.get(key)) for key in "abcd"] == [True, False, True, True]
    assert cache.size()[1] <= 800
    cache.put("e", os.urandom(2000).hex())
    assert cache.get("e") is None


def test_one_thread_draws_and_the_others_wait_for_it() -> None:
    cache, go, asked = Cache(), Event(), []

    def draw() -> str:
        asked.append(1)
        go.wait(10)
        return "<svg/>"

    with ThreadPoolExecutor(8) as threads:
        found = [threads.submit(cache.held, "key", draw) for _ in range(8)]
        go.set()
        assert len({one.result() for one in found}) == 1
    assert len(asked) == 1
