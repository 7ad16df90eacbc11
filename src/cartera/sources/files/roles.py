"""Which column plays which role? What a person said, else the known layout, else names that the values bear out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cartera.errors import UnknownNameError
from cartera.sources.files import dates, decimals, kinds
from cartera.sources.files.grid import Grid
from cartera.sources.files.kinds import Vocabulary
from cartera.sources.files.names import ALIASES, ALL_ROLES, DATE_ROLES, NUMBER_ROLES, ROLES, normalised
from cartera.sources.files.profiles import Profile, profile_of

SAMPLE = 200
MOST = 0.5


@dataclass
class Roles:
    """Role -> column index. profile: the known layout. found: sentences on roles found by their values alone.

    words: what the words of the type and state columns mean.
    """

    columns: dict[str, int]
    profile: Profile | None = None
    found: list[str] = field(default_factory=list)
    told: frozenset[str] = frozenset()
    words: Vocabulary = field(default_factory=Vocabulary)

    def __contains__(self, role: str) -> bool:
        return role in self.columns

    def get(self, role: str) -> int | None:
        """The column of a role, or None."""
        return self.columns.get(role)

    @property
    def key(self) -> int | None:
        """The column that names the document: its id in our own schema, else the number."""
        return self.columns.get("invoice_id", self.columns.get("number"))

    def only(self, *roles: str) -> dict[str, int]:
        """Those of these roles that have a column."""
        return {role: self.columns[role] for role in roles if role in self.columns}

    def rest(self, grid: Grid) -> list[int]:
        """Columns without a role that have a name and some content."""
        used = set(self.columns.values())
        if self.profile is not None and self.profile.is_grouped:
            # A running balance is a sum of the report, other in each report, and says nothing about a document.
            used |= {i for i, header in enumerate(grid.header) if normalised(header) == "balance"}
        free = (i for i in range(len(grid.header)) if i not in used and grid.header[i])
        return [i for i in free if any(grid.distinct(i).texts)]


def roles_of(grid: Grid, mapping: Mapping[str, str]) -> Roles:
    """The roles that are told, known or borne out. UnknownNameError: a role or a column that does not exist."""
    words = kinds.vocabulary(mapping)
    columns = _told(grid, {key: value for key, value in mapping.items() if kinds.told_word(key) is None})
    told = frozenset(columns)
    profile = profile_of(grid.header)
    if profile is not None:
        _add_profile(grid, profile, columns)
    if profile is None or profile.name != "cartera":
        _add_named(grid, columns, words)
    return Roles(columns, profile, told=told, words=words)


def _told(grid: Grid, mapping: Mapping[str, str]) -> dict[str, int]:
    columns = {}
    for key, value in mapping.items():
        swapped = _role(key) is None and _role(value) is not None and _is_column(grid, key)
        role, name = (value, key) if swapped else (key, value)
        known = _role(role)
        if known is None:
            raise UnknownNameError("role", role, sorted(ALL_ROLES), where=grid.name)
        columns[known] = column_named(grid, name)
    return columns


def _is_column(grid: Grid, name: str) -> bool:
    return any(header and normalised(header) == normalised(name) for header in grid.header)


def _role(word: str) -> str | None:
    word = word.strip().lower()
    word = ALIASES.get(word, word)
    return word if word in ALL_ROLES else None


def column_named(grid: Grid, name: str) -> int:
    """The column under this header, blanks, case and accents aside. UnknownNameError: there is none."""
    exact = grid.column(name)
    if exact is not None:
        return exact
    alike = [i for i, header in enumerate(grid.header) if header and normalised(header) == normalised(name)]
    if len(alike) != 1:
        raise UnknownNameError("column", name, [h for h in grid.header if h], where=grid.name)
    return alike[0]


def _add_profile(grid: Grid, profile: Profile, columns: dict[str, int]) -> None:
    for i, header in enumerate(grid.header):
        role = profile.roles.get(normalised(header))
        if role is not None and role not in columns and i not in columns.values():
            columns[role] = i


def _add_named(grid: Grid, columns: dict[str, int], words: Vocabulary) -> None:
    names = [normalised(header) for header in grid.header]
    for role, known in ROLES.items():
        if role in columns or (role == "amount" and "net" in columns):
            continue
        free = [i for i, name in enumerate(names) if name in known and i not in columns.values()]
        fitting = [i for i in sorted(free, key=lambda i: known.index(names[i])) if bears_out(grid, i, role, words)]
        if fitting:
            columns[role] = fitting[0]


def bears_out(grid: Grid, column: int, role: str, words: Vocabulary) -> bool:
    """Whether the cells of a column are what the role needs: dates, numbers, known words, no such words."""
    if role in DATE_ROLES:
        is_bare = normalised(grid.header[column]) == "due"  # where it holds no dates, it is the money that is due
        return share(grid, column, is_written_day if is_bare else is_day) >= MOST
    if role in NUMBER_ROLES:
        return share(grid, column, decimals.looks) >= MOST
    if role == "number":  # a column Documento may hold numbers, or words such as Factura
        return share(grid, column, lambda text: words.kind_of(text) is not None) < MOST
    if role in ("kind", "state"):
        meaning = words.kind_of if role == "kind" else words.state_of
        return share(grid, column, lambda text: meaning(text) is not None) >= MOST
    if role == "currency":
        return share(grid, column, lambda text: len(text) < 40 and not decimals.looks(text)) >= MOST
    return True


def share(grid: Grid, column: int, test: Callable[[str], bool]) -> float:
    """Which part of a column's first different texts passes a test; 0 for an empty column."""
    texts = [text for text in grid.distinct(column).texts[: SAMPLE + 1] if text not in decimals.MISSING]
    return sum(map(test, texts)) / len(texts) if texts else 0.0


def is_written_day(text: str) -> bool:
    """Whether a cell is a date and not digits alone."""
    return is_day(text) and not text.isdigit()


def is_day(text: str) -> bool:
    """Whether a cell under a date's name is a date, compact ones and serial numbers included."""
    return dates.looks(text) or (dates.read(text) is not None and len(text) >= 5)
