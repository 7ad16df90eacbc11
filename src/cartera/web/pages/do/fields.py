"""How is what a person types read? Days and amounts in the way of the language, refused in words beside the field."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from cartera.app.workspace.deciding import typed
from cartera.errors import CarteraError
from cartera.tongue import day_text, in_force, money, say, spoken

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

LOCAL = re.compile(r"(\d{1,2})[./\s-](\d{1,2})[./\s-](\d{4})", re.ASCII)  # day, month, year: so in all our languages
EXAMPLE_DAY, MOST_WORDS = date(2026, 12, 31), 2_000


class Spoken(forms.Field):
    """A field whose label and hint are said when they are shown, and which is refused in the tongue in force.

    echoes: what was typed is said back in words.
    """

    echoes = False

    def __init__(self, label: str, *, hint: str = "", needed: bool = False, **more: Any) -> None:
        super().__init__(label=label, help_text=hint, required=needed, **more)

    def validate(self, value: Any) -> None:
        """Something stands in it where it is needed."""
        if self.required and value in self.empty_values:
            raise forms.ValidationError(say("This is needed."))


class Words(Spoken, forms.CharField):
    """A text. is_long: of several lines."""

    def __init__(self, label: str, *, hint: str = "", needed: bool = False, is_long: bool = False) -> None:
        widget: Any = forms.Textarea(attrs={"rows": 3}) if is_long else forms.TextInput
        super().__init__(label, hint=hint, needed=needed, widget=widget)

    def validate(self, value: Any) -> None:
        """Not too long to be kept."""
        super().validate(value)
        if value and len(value) > MOST_WORDS:
            raise forms.ValidationError(say("Write at most {count} characters.", count=MOST_WORDS))


class Day(Spoken):
    """A day, as a date field of a browser sends it or typed in the local order."""

    echoes = True

    def __init__(self, label: str, *, hint: str = "", needed: bool = False) -> None:
        super().__init__(label, hint=hint, needed=needed, widget=forms.DateInput(attrs={"type": "date"}))

    def to_python(self, value: Any) -> date | None:
        """The day that was meant."""
        told = str(value or "").strip()
        if not told:
            return None
        try:
            parts = LOCAL.fullmatch(told)
            return date(int(parts[3]), int(parts[2]), int(parts[1])) if parts else date.fromisoformat(told)
        except ValueError:
            wrong = say("{text} is no day. Write it like {example}.", text=told, example=EXAMPLE_DAY.isoformat())
            raise forms.ValidationError(wrong) from None


class Coming(Day):
    """A day after today. today: set by the form."""

    today: date | None = None

    def validate(self, value: Any) -> None:
        """It has not come yet."""
        super().validate(value)
        if value and self.today and value <= self.today:
            raise forms.ValidationError(say("{day} has come already. Give a day to come.", day=day_text(value)))


class Past(Day):
    """A day up to today. today: set by the form."""

    today: date | None = None

    def validate(self, value: Any) -> None:
        """It has come."""
        super().validate(value)
        if value and self.today and value > self.today:
            raise forms.ValidationError(
                say("{day} is still to come. Give today or an earlier day.", day=day_text(value))
            )


class Amount(Spoken):
    """An amount above zero; 1.200 means what it means in the language of whoever types it."""

    echoes = True

    def __init__(self, label: str, *, hint: str = "", needed: bool = False) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(label, hint=hint, needed=needed, widget=forms.TextInput(attrs=attrs))

    def prepare_value(self, value: Any) -> Any:
        """An amount that we propose, written in the language."""
        return value if value is None or isinstance(value, str) else money(value, places=2)

    def to_python(self, value: Any) -> Decimal | None:
        """The amount that was meant."""
        told = str(value or "").strip()
        if not told:
            return None
        try:
            return typed.amount(told, in_force().decimal)
        except CarteraError:
            example = money(typed.amount("1200.50"), places=2)
            wrong = say("{text} is no amount above zero. Write it like {example}.", text=told, example=example)
            raise forms.ValidationError(wrong) from None


class Count(Spoken):
    """How many. most: what is allowed."""

    def __init__(self, label: str, *, most: int) -> None:
        self.most = most
        super().__init__(label, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))

    def to_python(self, value: Any) -> int | None:
        """A number from 1 on."""
        told = str(value or "").strip()
        if not told:
            return None
        if not told.isdecimal() or not 1 <= int(told) <= self.most:
            raise forms.ValidationError(say("Write a number from 1 to {most}.", most=self.most))
        return int(told)


class Choice(Spoken):
    """One of some words. said: id -> text, said when it is shown; context: of the texts."""

    def __init__(self, label: str, said: Mapping[str, str], *, context: str = "", needed: bool = False) -> None:
        self.said, self.context = said, context
        super().__init__(label, needed=needed, widget=forms.Select(choices=self.choices))

    def to_python(self, value: Any) -> str:
        """The word, empty for none."""
        return str(value or "").strip()

    def choices(self) -> list[tuple[str, str]]:
        """What is chosen from."""
        return [(one, spoken(text, self.context) if text else "") for one, text in self.said.items()]

    def validate(self, value: Any) -> None:
        """It is one of them."""
        super().validate(value)
        if value and value not in self.said:
            raise forms.ValidationError(say("Choose one of the list."))
