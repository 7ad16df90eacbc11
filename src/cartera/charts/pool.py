"""Who draws the pictures of a page? Child processes, so that no picture stops, slows or breaks what people wait for.

A render holds the interpreter's lock from beginning to end: threads do not help it, and every other one stands still.
"""

from __future__ import annotations

import json
import logging
import queue
import subprocess
import sys
import threading
from concurrent.futures import CancelledError, Future
from typing import IO, Self

from cartera.charts.job import Job

SECONDS = 2.0  # that one picture may take
START_SECONDS = 60.0  # that a child may take until it can draw, on a machine with other work
PATIENCE = 10.0  # that a caller waits for its turn, the start of the child and the picture
PROGRAM = (sys.executable, "-P", "-m", "cartera.charts.worker")
LOG = logging.getLogger(__name__)


class Pool:
    """Draws in `size` child processes, which begin with the first picture. All methods may be called by any thread."""

    def __init__(self, size: int = 1, *, seconds: float = SECONDS, patience: float = PATIENCE) -> None:
        self._jobs: queue.SimpleQueue[tuple[Job, Future[str | None]] | None] = queue.SimpleQueue()
        self._artists = [_Artist(self._jobs, seconds) for _ in range(size)]
        self._patience = patience
        self._lock = threading.Lock()
        self._is_begun = self._is_closed = False

    def begin(self) -> None:
        """Start the children now, so that nobody waits for them later; nothing when they are there or all is closed."""
        with self._lock:
            if not self._is_begun and not self._is_closed:
                self._is_begun = True
                for artist in self._artists:
                    artist.start()

    def draw(self, job: Job) -> str | None:
        """The picture as SVG text; None, and a line in the log, when it failed or is late."""
        self.begin()
        done: Future[str | None] = Future()
        with self._lock:
            if self._is_closed:
                return None
            self._jobs.put((job, done))
        try:
            return done.result(timeout=self._patience)
        except (TimeoutError, CancelledError):
            done.cancel()
            LOG.warning("no picture of %s: nobody was free to draw it in %g seconds", job.name, self._patience)
            return None

    def children(self) -> list[int]:
        """The process ids of the children that can draw at this moment."""
        return [pid for artist in self._artists if (pid := artist.pid) is not None]

    def close(self) -> None:
        """End the children and wait for their end; pictures asked for later are None."""
        with self._lock:
            was_begun, self._is_closed = self._is_begun and not self._is_closed, True
        if was_begun:
            for _ in self._artists:
                self._jobs.put(None)
            for artist in self._artists:
                artist.stop()
        self._refuse_rest()

    def _refuse_rest(self) -> None:
        while not self._jobs.empty():
            left = self._jobs.get()
            if left is not None:
                left[1].cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Artist(threading.Thread):
    """A thread with one child: takes job after job, and another child when the one that it has dies or is late."""

    def __init__(self, jobs: queue.SimpleQueue[tuple[Job, Future[str | None]] | None], seconds: float) -> None:
        super().__init__(name="cartera-charts", daemon=True)
        self._jobs, self._seconds = jobs, seconds
        self._child: _Child | None = None
        self._is_over = False

    @property
    def pid(self) -> int | None:
        child = self._child
        return child.process.pid if child is not None and child.is_ready else None

    def run(self) -> None:
        self._hire()
        while (asked := self._jobs.get()) is not None:
            job, done = asked
            if done.set_running_or_notify_cancel():  # nobody waits for a cancelled one any more
                done.set_result(self._drawn(job))
        self._dismiss()

    def stop(self) -> None:
        self._is_over = True
        if self._child is not None and not self._child.is_ready:
            self._child.process.kill()
        self.join(timeout=self._seconds + 1)
        self._dismiss()

    def _drawn(self, job: Job) -> str | None:
        child = self._child if self._child is not None and self._child.is_alive() else self._hire()
        if child is None:
            LOG.warning("no picture of %s: the process that draws does not start", job.name)
            return None
        answer = child.ask(job.told(), self._seconds)
        if answer is None:
            LOG.warning("no picture of %s: %s", job.name, child.end())
            self._hire()
            return None
        if "failed" in answer:
            LOG.warning("no picture of %s: %s", job.name, answer["failed"])
        return answer.get("svg")

    def _hire(self) -> _Child | None:
        self._dismiss()
        if self._is_over:
            return None
        self._child = _Child()
        if not self._child.wait_until_ready():
            LOG.warning("the process that draws pictures did not start: %s", self._child.end())
            self._child = None
        return self._child

    def _dismiss(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()


class _Child:
    """One process that draws, reached by its standard input and output; it ends when its input does."""

    def __init__(self) -> None:
        self.is_ready = False
        self._is_late = False
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            PROGRAM, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="ascii"
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._jobs: IO[str] = self.process.stdin
        self._answers: IO[str] = self.process.stdout

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def wait_until_ready(self) -> bool:
        self.is_ready = "ready" in (self._within(START_SECONDS) or {})
        return self.is_ready

    def ask(self, told: str, seconds: float) -> dict[str, str] | None:
        """The answer; None when the process died or was late and is being ended."""
        try:
            self._jobs.write(told + "\n")
            self._jobs.flush()
        except OSError:
            return None
        return self._within(seconds)

    def end(self) -> str:
        """End the process and say how it ended."""
        self.process.kill()
        status = self.process.wait()
        for pipe in (self._jobs, self._answers):
            try:
                pipe.close()
            except OSError:  # what was not yet written goes nowhere
                continue
        return "it is late" if self._is_late else f"the process that draws ended with status {status}"

    def _within(self, seconds: float) -> dict[str, str] | None:
        # The end of the process is the end of the waiting: the same on every system, where a timed read is not.
        watch = threading.Timer(seconds, self._stop_waiting)
        watch.daemon = True
        watch.start()
        try:
            line = self._answers.readline()
            return json.loads(line) if line.endswith("\n") else None
        except (OSError, ValueError):
            return None
        finally:
            watch.cancel()

    def _stop_waiting(self) -> None:
        self._is_late = True
        self.process.kill()
