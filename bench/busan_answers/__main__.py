"""Answer the questions anew and write tables and charts into the page."""

import sys
import time
from pathlib import Path

from bench.busan_answers.questions import QUESTIONS
from bench.busan_answers.study import Study
from bench.busan_pages.blocks import fill, held

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGE = DOCS / "background" / "busan-answers.md"


def main() -> None:
    """Renew the page, and the charts beside it; say how long each question took."""
    study = Study()
    wanted = set(sys.argv[1:])
    page = PAGE.read_text("utf-8")
    for question in QUESTIONS:
        if wanted and question.__name__ not in wanted:
            continue
        began = time.perf_counter()
        answer = question(study)
        page = fill(page, {**held(page), **answer.blocks})
        for name, svg in answer.charts.items():
            (DOCS / "images" / f"{name}.svg").write_text(svg, "utf-8", newline="\n")
        PAGE.write_text(page, "utf-8", newline="\n")
        sys.stdout.write(f"{question.__name__}: {time.perf_counter() - began:.0f} s\n")


if __name__ == "__main__":
    main()
