"""Objectives in their order: their values, and that none gave up more than it may."""

import numpy as np

from motorworks.result.verify.books import Books
from motorworks.result.verify.carbon_rules import tonnes
from motorworks.result.verify.findings import CARS, RELATIVE
from motorworks.result.verify.sheets import Row
from motorworks.result.verify.stated import compare, same_word

NEAR = 1e-6
"""Most by which a value may be off, relative to its size."""

UNITS = {"margin": "reporting currency", "carbon": "t"}
"""Units of the objectives that are not counted in vehicles."""

_SENSE = {"margin": -1.0}  # the margin as large as possible, all others as small


def values(books: Books) -> dict[str, float]:
    """Value of every objective in this plan."""
    given, said = books.given, books.said
    short = [said.shortfall(row.agreement, y) for row in given.firm for y in given.years(row)]
    waiting = sum(float((said.lost[pair] + said.late[pair]).sum()) for pair in given.demand)
    steps = sum(float(np.abs(np.diff(said.make[key])).sum()) for key in given.allocations)
    margin = said.sheets["objective"].row("margin")
    return {
        "agreements": sum(short),
        "demand": waiting,
        "margin": margin["amount"] if margin else 0.0,
        "carbon": sum(tonnes(books).values()),
        "smoothness": steps,
    }


def objectives(books: Books) -> None:
    """Each objective is as good as it was proven to be, and held while the next was sought."""
    order = books.settings.objectives
    for name, value in values(books).items():
        row = books.said.sheets["objectives"].row(name)
        if row is None:
            continue
        rank = order.index(name) + 1 if name in order else None
        _stated(books, name, row, value, rank)
        books.ledger.checked["objectives"] += 1
        for what in _proof(books, name, row, value, rank):
            books.ledger.add("objectives", name, f"{name} {what}", value, row["best"])


def _stated(books: Books, name: str, row: Row, value: float, rank: int | None) -> None:
    """Value, place and unit are what the other tables and the settings make them."""
    where = f"objectives {name}"
    gross = abs(value) * NEAR / RELATIVE
    compare(books, where, "value", row["value"], value, gross)
    compare(books, where, "rank", row["rank"], rank)
    same_word(books, where, "unit", row["unit"], UNITS.get(name, "vehicles"))


def _proof(books: Books, name: str, row: Row, value: float, rank: int | None) -> list[str]:
    """What is wrong with the best value and its bound; all compared as if the least were sought."""
    best, bound, sense = row["best"], row["bound"], _SENSE.get(name, 1.0)
    if rank is None:
        blank = best is None and bound is None
        return [] if blank else ["has a best value or a bound, but was not optimised"]
    if best is None or bound is None:
        return ["was optimised, but has no best value or no bound"]
    last = rank == len(books.settings.objectives)
    slack = CARS + NEAR * max(abs(value), abs(best))
    share = 0.0 if last else books.settings.tolerance_pct / 100
    held = sense * best + share * abs(best)
    wrong = []
    if sense * value > held + slack:
        wrong.append(f"is {value:,.3f}, but {best:,.3f} was reached and may not be given up so far")
    if last and sense * value < sense * best - slack:
        wrong.append(f"is {value:,.3f}, better than the best of {best:,.3f} that was reached")
    if min(sense * best, sense * value) < sense * bound - slack:
        wrong.append(f"is better than what is proven possible: {bound:,.3f}")
    return wrong
