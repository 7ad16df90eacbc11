"""How is a process killed in the middle of its work, and what did it acknowledge before? By a child that is forked.

The process that forks never opens a ledger itself: connections do not survive a fork.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import time
import traceback
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

Answer = TypeVar("Answer")
Work = Callable[[Callable[[object], None]], None]
READY = b"ready"
PATIENCE = 60.0


class EarlyEndError(Exception):
    """The child was not there to be killed: a harness that does not notice would count nothing as intact."""


def killed(work: Work, after: float) -> list[str]:
    """What the work acknowledged until it was killed, `after` seconds from when it was ready to begin."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        _work(work, write)
    os.close(write)
    said = _until_ready(read)
    time.sleep(after)
    os.killpg(child, signal.SIGKILL)
    while more := os.read(read, 1 << 16):
        said += more
    os.close(read)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) or os.WTERMSIG(status) != signal.SIGKILL:
        raise EarlyEndError(f"the work ended by itself with status {os.waitstatus_to_exitcode(status)}")
    # Only whole lines were acknowledged.
    return said.decode().partition("\n")[2].rpartition("\n")[0].split("\n")


def _work(work: Work, write: int) -> NoReturn:
    os.setsid()
    try:
        work(lambda said: _said(write, said))
    except BaseException:  # noqa: BLE001 - the child must not return into the parent's code
        traceback.print_exc()
        os._exit(1)
    while True:  # done before the kill came
        signal.pause()


def _said(write: int, said: object) -> None:
    os.write(write, f"{said}\n".encode())


def _until_ready(read: int) -> bytes:
    said = b""
    while not said.startswith(READY + b"\n"):
        if not select.select([read], [], [], PATIENCE)[0] or not (more := os.read(read, 1 << 16)):
            raise EarlyEndError("the work did not begin")
        said += more
    return said


def asked(question: Callable[[], Answer]) -> Answer:
    """The answer of a question that opens a ledger, asked in a child. RuntimeError: the traceback of the child."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        _answer(question, write)
    os.close(write)
    with os.fdopen(read, "rb") as file:
        told = file.read()
    os.waitpid(child, 0)
    if not told:
        raise RuntimeError("the child that was asked died")
    is_answer, answer = pickle.loads(told)
    if not is_answer:
        raise RuntimeError(answer)
    return answer


def _answer(question: Callable[[], Any], write: int) -> NoReturn:
    try:
        told = (True, question())
    except BaseException:  # noqa: BLE001 - told to the parent
        told = (False, traceback.format_exc())
    with os.fdopen(write, "wb") as file:
        file.write(pickle.dumps(told))
    os._exit(0)
