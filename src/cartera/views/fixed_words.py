"""Which words of ours stand in answers? Classes, kinds and sections: English in data, said where people read them."""

from __future__ import annotations

from cartera.tongue import text

CLASSES = (
    text("occasional", "value"), text("regular", "value"), text("frequent", "value"), text("recurring", "value"),
    text("nearly recurring", "value"), text("not recurring", "value"), text("none", "value"),
    text("very high", "value"), text("high", "value"), text("average", "value"), text("low", "value"),
    text("best", "value"), text("loyal", "value"), text("small", "value"), text("unrated", "value"),
    text("potential", "value"), text("probable", "value"), text("current", "value"), text("active", "value"),
    text("inactive", "value"), text("beyond its limit", "value"), text("within its limit", "value"),
    text("not enough history", "value"), text("recent gap", "value"), text("no purchase", "value"),
    text("first window", "value"), text("second window", "value"), text("lifespan", "value"),
)  # fmt: skip
VERDICTS = (
    text("can't tell", "value"), text("holds", "value"), text("sales force", "value"), text("portfolio", "value"),
    text("mixed", "value"), text("inaccurate", "value"), text("declining", "value"), text("mature", "value"),
    text("growing", "value"),
)  # fmt: skip
PARTS = (
    text("lost", "value"), text("new", "value"), text("returned", "value"), text("grown", "value"),
    text("shrunk", "value"), text("steady", "value"), text("corrected", "value"), text("unattributed", "value"),
    text("quantity", "value"), text("price", "value"), text("mix", "value"), text("other", "value"),
)  # fmt: skip
SECTIONS = (
    text("client", "value"), text("segment", "value"), text("next", "value"), text("to do", "value"),
    text("classes", "value"), text("rhythm", "value"), text("value", "value"), text("timeline", "value"),
    text("bought", "value"), text("stopped", "value"), text("plans", "value"), text("invoices", "value"),
    text("marks", "value"), text("interactions", "value"), text("contacts", "value"), text("contact", "value"),
)  # fmt: skip
WHATS = (
    text("last 365 days", "value"), text("365 days before", "value"), text("all time", "value"),
    text("at stake", "value"), text("coming", "value"), text("planned", "value"), text("broken", "value"),
    text("overtaken", "value"), text("invoice", "value"), text("credit note", "value"), text("void invoice", "value"),
    text("void credit note", "value"), text("cancelled", "value"), text("reactivated", "value"),
    text("last invoice", "value"), text("overdue plan", "value"), text("taken back", "value"), text("mark", "value"),
    text("rep", "value"), text("email", "value"), text("phone", "value"), text("website", "value"),
    text("street", "value"), text("postcode", "value"), text("city", "value"), text("region", "value"),
    text("country", "value"), text("industry", "value"), text("call", "value"), text("visit", "value"),
    text("meeting", "value"), text("message", "value"), text("issued", "value"), text("void", "value"),
)  # fmt: skip
REASONS = (
    text("marked", "value"), text("invoiced", "value"), text("cooling", "value"), text("first", "value"),
    text("returning", "value"), text("leaving", "value"), text("expired", "value"), text("empty", "value"),
    text("never_invoiced", "value"), text("never invoiced", "value"),
)  # fmt: skip
CUTS = (
    text("Rep", "column"), text("Region", "column"), text("Country", "column"), text("City", "column"),
    text("Industry", "column"), text("Product", "column"), text("Category", "column"), text("Segment", "column"),
    text("Frequency", "column"), text("Recurrence", "column"), text("Volume", "column"), text("Worth", "column"),
    text("Status", "column"), text("Rhythm", "column"), text("Client id", "column"), text("Postcode", "column"),
)  # fmt: skip
CLASSIFICATIONS = (
    text("segment", "class"), text("frequency", "class"), text("recurrence", "class"), text("volume", "class"),
    text("worth", "class"), text("status", "class"), text("rhythm", "class"), text("abc", "class"),
    text("rfm", "class"), text("rep", "class"), text("region", "class"), text("country", "class"),
    text("city", "class"), text("industry", "class"),
)  # fmt: skip
EVERY = (*CLASSES, *VERDICTS, *PARTS, *SECTIONS, *WHATS, *REASONS)
