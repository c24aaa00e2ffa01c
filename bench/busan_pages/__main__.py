"""Measure anew and write the blocks into the pages."""

import sys
from pathlib import Path

from bench.busan_pages import back_test, case_page
from bench.busan_pages.blocks import fill

BACKGROUND = Path(__file__).parent.parent.parent / "docs" / "background"
PAGES = {
    "busan-back-test.md": lambda: back_test.blocks(back_test.back_test()),
    "busan-case.md": case_page.blocks,
}


def main() -> None:
    """Renew every page; say which changed."""
    for name, measure in PAGES.items():
        path = BACKGROUND / name
        page = path.read_text("utf-8")
        renewed = fill(page, measure())
        if renewed != page:
            path.write_text(renewed, "utf-8", newline="\n")
            sys.stdout.write(f"{path.name} renewed\n")


if __name__ == "__main__":
    main()
