"""Is the data complete, right, and equal to accounting? What came in, and the way in."""

from __future__ import annotations

from cartera.web.door import GET, POST, Route
from cartera.web.pages.data import batches, doubles, page, problems, sums, uploads, windows

SENT, BOTH = POST, (*GET, *POST)
ROUTES = (
    Route("data", page.page, "data", may="imports"),
    Route("data/upload", uploads.upload, "data/upload", may="import", methods=SENT),
    Route("data/pending/<str:token>", uploads.page, "data/pending", may="import"),
    Route("data/pending/<str:token>/read", uploads.read, "data/pending/read", may="import", methods=SENT),
    Route("data/pending/<str:token>/totals", uploads.totals, "data/pending/totals", may="import", methods=SENT),
    Route("data/pending/<str:token>/import", uploads.accepted, "data/pending/import", may="import", methods=SENT),
    Route("data/pending/<str:token>/drop", uploads.dropped, "data/pending/drop", may="import", methods=SENT),
    Route("data/imports/<int:number>", batches.page, "data/imports", may="imports"),
    Route("data/imports/<int:number>/undo", batches.undone, "data/imports/undo", may="import", methods=SENT),
    Route("data/imports/<int:number>/rejects", batches.rejected, "data/imports/rejects", may="imports"),
    Route("data/imports/<int:number>/rejects.csv", batches.download, "data/imports/rejects.csv", may="import"),
    Route("data/sums", sums.page, "data/sums", may="reconcile", methods=BOTH),
    Route("data/sums/<str:month>", sums.month, "data/sums/month", may="reconcile"),
    Route("data/problems", problems.page, "data/problems", may="imports"),
    Route("data/doubles", doubles.page, "data/doubles", may="link"),
    Route("data/doubles/<str:verb>", doubles.told, "data/doubles/tell", may="link", methods=SENT),
    Route("data/windows", windows.page, "data/windows", methods=GET),
    Route("data/windows/choose", windows.chosen, "data/windows/choose", may="settings", methods=SENT),
)

__all__ = ["ROUTES"]
