"""What do the demo companies sell, at which price and cost?"""

from __future__ import annotations

from dataclasses import dataclass

YEARLY_RISE = 3  # per cent, so that a year-on-year comparison finds price beside quantity


@dataclass(frozen=True)
class Product:
    """One thing sold. price: cents per unit today; cost: per cent of the price."""

    name: str
    category: str
    price: int
    cost: int

    def price_at(self, age: int) -> int:
        """Cents per unit `age` days before today."""
        return self.price * (100 - YEARLY_RISE * (age // 365)) // 100


SERVICES = (
    Product("Discovery workshop", "Advice", 1_450_00, 45),
    Product("Strategy day", "Advice", 1_180_00, 48),
    Product("Process review", "Advice", 860_00, 50),
    Product("Brand refresh", "Design", 2_300_00, 55),
    Product("Interface design day", "Design", 780_00, 52),
    Product("Illustration set", "Design", 540_00, 60),
    Product("Development day", "Build", 740_00, 58),
    Product("Data migration", "Build", 1_650_00, 62),
    Product("Integration", "Build", 1_290_00, 57),
    Product("Care plan, month", "Care", 420_00, 35),
    Product("Support hour", "Care", 95_00, 40),
    Product("Training session", "Training", 690_00, 42),
    Product("Online course seat", "Training", 120_00, 20),
)
SUPPLIES = (
    Product("Copier paper A4, box", "Office", 21_40, 74),
    Product("Toner cartridge", "Office", 68_90, 70),
    Product("Lever arch files, pack", "Office", 17_25, 66),
    Product("Desk lamp", "Office", 34_50, 63),
    Product("All-purpose cleaner, 5 l", "Cleaning", 14_80, 61),
    Product("Microfibre cloths, pack", "Cleaning", 9_60, 55),
    Product("Paper towels, case", "Cleaning", 27_30, 72),
    Product("Floor machine pads", "Cleaning", 31_75, 64),
    Product("Takeaway boxes, case", "Kitchen", 38_20, 69),
    Product("Oven gloves, pair", "Kitchen", 12_90, 52),
    Product("Chef's knife", "Kitchen", 46_00, 58),
    Product("Coffee beans, 6 kg", "Kitchen", 79_50, 71),
    Product("Cartons, double wall", "Packaging", 24_60, 73),
    Product("Packing tape, 36 rolls", "Packaging", 41_40, 67),
    Product("Stretch film", "Packaging", 19_90, 70),
    Product("Pallet labels, roll", "Packaging", 13_35, 57),
    Product("Nitrile gloves, case", "Safety", 52_80, 68),
    Product("Work boots", "Safety", 84_00, 62),
    Product("First-aid kit", "Safety", 37_60, 56),
    Product("High-visibility vest", "Safety", 8_75, 50),
    Product("LED panel", "Facility", 59_90, 65),
    Product("Door closer", "Facility", 72_30, 60),
    Product("Batteries, 40 pieces", "Facility", 16_45, 59),
    Product("Air filter", "Facility", 28_15, 63),
)
REBATE = Product("Volume rebate", "Adjustments", 0, 0)
