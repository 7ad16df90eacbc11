"""What may a template say? Texts in the language in force, numbers and days of it, icons; nothing that computes."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

from cartera import tongue
from cartera.app.export.formats import MODULES, PICTURE
from cartera.web.acts import bar, row_id
from cartera.web.icon_marks import mark, segment_mark
from cartera.web.settings import HTMX
from cartera.web.shown import FEW
from cartera.web.table_rows import row as written
from cartera.web.table_rows import segment

register = template.Library()


@register.simple_tag
def say(message: str, **fields: Any) -> SafeString:
    """The text in the language in force, its fields filled and escaped."""
    return _filled(tongue.spoken(message), fields)


@register.simple_tag
def say_in(context: str, message: str, **fields: Any) -> SafeString:
    """The same, for a word that means something else elsewhere."""
    return _filled(tongue.spoken(message, context), fields)


@register.simple_tag
def say_many(one: str, many: str, count: int, **fields: Any) -> SafeString:
    """The text for this count."""
    return _filled(tongue.spoken_many(one, many, count), {"count": count, **fields})


@register.filter
def said(message: str) -> str:
    """A marked constant in the language in force."""
    return tongue.spoken(message)


@register.filter
def day(value: Any) -> str:
    """8 Sep 2026."""
    return tongue.day_text(value)


@register.filter
def moment(value: Any, zone: str = "UTC") -> str:
    """8 Sep 2026 14:05 in a time zone; a dash for never."""
    if value is None:
        return tongue.UNKNOWN
    there = value.astimezone(ZoneInfo(zone))
    return f"{tongue.day_text(there.date())} {there:%H:%M}{' UTC' if zone == 'UTC' else ''}"


@register.simple_tag
def language() -> str:
    """The language of the page."""
    return tongue.in_force().language


@register.simple_tag(takes_context=True)
def theme(context: Any) -> str:
    """The colours that the person chose; nothing for the system's."""
    return str(getattr(getattr(getattr(context, "request", None), "user", None), "theme", ""))


@register.filter
def count(value: Any) -> str:
    """1,204."""
    return tongue.UNKNOWN if value is None else tongue.number(value)


@register.filter
def money(value: Any, currency: str | None = None) -> str:
    """1,204 €, without cents from 1,000 up."""
    if value is None:
        return tongue.UNKNOWN
    return tongue.money(value, currency or None, places=0 if value == 0 or abs(value) >= FEW else 2)


@register.filter
def share(value: Any) -> str:
    """57.8%."""
    return tongue.UNKNOWN if value is None else tongue.share(value)


register.simple_tag(mark, name="icon")
register.simple_tag(segment_mark, name="segment_icon")
register.simple_tag(segment)


@register.simple_tag
def static(name: str) -> str:
    """The address of a file of ours, which changes when the file does."""
    from cartera.web.assets import address

    return address(name)


@register.simple_tag(takes_context=True)
def acts(context: Any, client: str, segment: str = "") -> SafeString:
    """The verbs for a client on the page of the context's visit, by its segment."""
    return bar(context["visit"], client, segment)


@register.filter
def echoed(field: Any) -> str:
    """What a day or an amount in a form is understood as, in words."""
    from cartera.web.pages.do.echo import said

    return said("amount" if field.name == "amount" else "day", str(field.value() or ""))


@register.filter
def phone(number: str) -> str:
    """A phone number as a link dials it: digits and the plus alone."""
    return "".join(one for one in str(number) if one.isdecimal() or one == "+")


@register.simple_tag(takes_context=True)
def row(context: Any, line: Any, **parts: Any) -> SafeString:
    """A row of a table on the page of the context's visit; parts: what it has beside its cells."""
    return written(context["visit"], line, **{name: bool(told) for name, told in parts.items()})


register.filter("row_id", row_id)


@register.simple_tag
def htmx_config() -> str:
    """The settings of htmx."""
    return HTMX


@register.simple_tag
def exports(visit: Any, answer: Any) -> list[tuple[str, str]]:
    """Format and address of every file that this answer can be taken along as; none where that is not allowed."""
    from cartera.web.frame import address

    if not visit.scope.allows("export"):
        return []
    kinds = [kind for kind in MODULES if kind != PICTURE or answer.view.picture is not None]
    name = answer.view.name
    return [(kind.upper(), address(visit, f"export/{name}.{kind}", asked=visit.asked)) for kind in kinds]


def _filled(message: str, fields: dict[str, Any]) -> SafeString:
    told = {name: conditional_escape(tongue.value_text(value)) for name, value in fields.items()}
    return mark_safe(escape(message).format(**told))  # noqa: S308 - the message and its fields are escaped
