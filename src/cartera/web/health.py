"""Does the server answer at all? Plain `ok` for whoever watches it; it looks at no ledger and says nothing of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """The word, always."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")
