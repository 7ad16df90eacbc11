"""What may a kill not do? Lose what was acknowledged, leave half of something, double it, or keep it from opening."""

from __future__ import annotations

from dataclasses import dataclass, field, fields


@dataclass
class Verdict:
    """How much of each was found, after so many kills. unsaid: whole, stored and not acknowledged, which is allowed."""

    kills: int = 0
    acknowledged: int = 0
    unsaid: int = 0
    lost: int = 0
    half: int = 0
    doubled: int = 0
    unopenable: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def is_bad(self) -> bool:
        return bool(self.lost or self.half or self.doubled or self.unopenable)

    def add(self, other: Verdict) -> None:
        """Count another verdict in."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    @property
    def text(self) -> str:
        return (
            f"{self.kills} kills, {self.acknowledged} acknowledged, {self.unsaid} stored before they could be: "
            f"{self.lost} lost, {self.half} half, {self.doubled} doubled, {self.unopenable} unopenable"
        )


def judged(acknowledged: set[int], stored: dict[int, int], whole: int) -> Verdict:
    """Parts found of each thing (`stored`) against what was acknowledged; a whole thing has so many parts."""
    found = Verdict(
        acknowledged=len(acknowledged),
        lost=sum(not stored.get(one) for one in acknowledged),
        half=sum(0 < parts < whole for parts in stored.values()),
        doubled=sum(parts > whole for parts in stored.values()),
        unsaid=sum(parts == whole and one not in acknowledged for one, parts in stored.items()),
    )
    if found.is_bad:
        wrong = {one: parts for one, parts in stored.items() if parts != whole}
        found.examples = [f"lost {sorted(acknowledged - set(stored))[:5]}, wrong parts {wrong}"]
    return found
