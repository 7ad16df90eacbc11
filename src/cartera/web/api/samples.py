"""How is each address of the API called? One call as curl makes it, or a few; every one of them runs in a test.

$URL is the address of the workspace, $KEY a key, $TOKEN and $JOB what an upload or a large file was answered.
Their order is one in which they can be tried.
"""

from __future__ import annotations

CURL = 'curl -H "Authorization: Bearer $KEY"'

SAMPLES: dict[str, tuple[str, ...]] = {
    "GET /views": (f'{CURL} "$URL/views"',),
    "GET /views/{view}": (
        f'{CURL} "$URL/views/composition?day=2026-03-31&by=rep"',
        f'{CURL} "$URL/views/clients?sort=-amount&limit=5"',
        f'{CURL} -o clients.csv "$URL/views/clients?format=csv"',
    ),
    "GET /clients/{client_id}": (f'{CURL} "$URL/clients/c00"',),
    "GET /clients/{client_id}/explain": (f'{CURL} "$URL/clients/c00/explain?day=2026-03-31"',),
    "POST /do/{verb}": (
        f'{CURL} -H "Idempotency-Key: call-7" --json \'{{"client": ["c00"], "text": "Likes blue."}}\' "$URL/do/note"',
        f'{CURL} -H "Idempotency-Key: call-8" --json \'{{"client": ["c02"], "reason": "price"}}\' "$URL/do/lost"',
    ),
    "PUT /facts/{table}": (
        f'{CURL} -X PUT --json \'{{"rows": [{{"client_id": "n1", "name": "Nordic Tools"}}]}}\' "$URL/facts/clients"',
    ),
    "GET /imports": (f'{CURL} "$URL/imports"',),
    "POST /imports": (f'{CURL} -F "file=@sales.csv" "$URL/imports"',),
    "GET /imports/pending/{token}": (f'{CURL} "$URL/imports/pending/$TOKEN"',),
    "POST /imports/pending/{token}/read": (
        f'{CURL} --json \'{{"reading": {{"date_order": "ymd"}}}}\' "$URL/imports/pending/$TOKEN/read"',
    ),
    "POST /imports/pending/{token}/accept": (f'{CURL} -X POST "$URL/imports/pending/$TOKEN/accept"',),
    "DELETE /imports/pending/{token}": (f'{CURL} -X DELETE "$URL/imports/pending/$TOKEN"',),
    "GET /jobs/{job}": (f'{CURL} "$URL/jobs/$JOB"',),
    "GET /jobs/{job}/file": (f'{CURL} -OJ "$URL/jobs/$JOB/file"',),
    "POST /sync/{source}": (f'{CURL} -X POST "$URL/sync/books"',),
    "GET /changes": (f'{CURL} "$URL/changes?after=0&limit=100"',),
}
"""Operation, as its path stands below the workspace -> its calls."""


def calls(method: str, path: str) -> tuple[str, ...]:
    """The calls of an operation. KeyError: it has none, which the page of the reference must not hide."""
    return SAMPLES[f"{method.upper()} {path.partition('{workspace}')[2]}"]
