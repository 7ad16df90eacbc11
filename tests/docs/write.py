"""Writes every made part of README and docs anew, and the pictures: `python -m tests.docs.write`, or `make docs`."""

from __future__ import annotations

from tests.docs import from_api, pictures
from tests.docs.made import rewritten
from tests.docs.test_blocks import PAGES, ROOT


def main() -> None:
    """Write the pages that have changed and all pictures, naming each."""
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        new = rewritten(page)
        if new != page:
            path.write_text(new, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    if not from_api.FILE.exists() or from_api.FILE.read_text(encoding="utf-8") != from_api.as_text():
        from_api.FILE.write_text(from_api.as_text(), encoding="utf-8")
        print(f"wrote {from_api.FILE.relative_to(ROOT)}")
    pictures.FOLDER.mkdir(exist_ok=True)
    for name in pictures.PICTURES:
        held = pictures.FOLDER / name
        before = pictures.said(held.read_text("utf-8")) if held.exists() else None
        if pictures.said(pictures.draw(name, pictures.FOLDER).read_text("utf-8")) != before:
            print(f"drew {held.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
