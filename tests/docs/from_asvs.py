"""How does Cartera answer the security standard of OWASP (ASVS 5.0.0, levels 1 and 2), and which test shows it?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from tests.docs.markdown import code, table

FILE = Path(__file__).with_name("asvs.txt")
MET, BUILT, SERVER, PART, NOT, NONE = "met", "built", "server", "part", "not", "none"
ANSWERS = {
    MET: "met, and a test shows it", BUILT: "met by how it is made, without a test of its own",
    SERVER: "for whoever runs the server, as [the guide](../guide/deploy.md) says", PART: "met in part",
    NOT: "not met", NONE: "there is no such thing in Cartera",
}  # fmt: skip
SAID = {MET: "met", BUILT: "made so", SERVER: "server", PART: "in part", NOT: "**not met**", NONE: "not here"}
CHAPTERS = (
    "Encoding and what is read", "What is checked", "In the browser", "API and HTTP", "Files", "Who somebody is",
    "Sign-ins", "Who may what", "Tokens that hold what they say", "OAuth", "Cryptography", "On the way",
    "How it is set up", "Data about people", "How it is made", "What is written down, and errors", "WebRTC",
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """One requirement. level: 1 or 2. shown_by: a test, its file alone or with its name, empty for none."""

    id: str
    level: str
    answer: str
    shown_by: str
    words: str

    @property
    def chapter(self) -> int:
        """The number of its chapter."""
        return int(self.id.partition(".")[0])


@cache
def answers() -> tuple[Answer, ...]:
    """Every answer, in the order of the standard."""
    lines = [one for one in FILE.read_text(encoding="utf-8").splitlines() if one and not one.startswith("#")]
    return tuple(Answer(*(part.strip() for part in line.split("|"))) for line in lines)


def asvs() -> str:
    """The answers by chapter."""
    parts = []
    for number, found in groupby(answers(), key=lambda one: one.chapter):
        rows = [[one.id, one.level, SAID[one.answer], one.words, code(one.shown_by)] for one in found]
        parts.append(
            f"## {number} {CHAPTERS[number - 1]}\n\n" + table(["id", "level", "answer", "how", "shown by"], rows)
        )
    return "\n\n".join(parts)


def asvs_counts() -> str:
    """How many answers of each kind, by level."""
    count = Counter((one.answer, one.level) for one in answers())
    rows = [
        [text, count[name, "1"], count[name, "2"], count[name, "1"] + count[name, "2"]]
        for name, text in ANSWERS.items()
    ]
    total = [sum(count[name, level] for name in ANSWERS) for level in "12"]
    return table(["answer", "level 1", "level 2", "together"], [*rows, ["**all**", *total, sum(total)]])
