"""Hold the case busan-past against what the line really built and shipped."""

import statistics
from dataclasses import dataclass

import polars as pl

from bench.busan_pages.blocks import said, table
from motorworks.case.case import Case
from motorworks.case.records.evidence import Fact
from motorworks.io.case_folder import find_case, read_case
from motorworks.io.scenarios import resolve
from motorworks.plan.solve import solve_plan

COMPARED = ("2019", "2020", "2022")
SUMMED = ("2022-10", "2022-12")


@dataclass(frozen=True)
class Month:
    """A month, or several taken as one: what could be built, planned shipments, real shipments."""

    name: str
    could_build: float
    planned: float
    real: float

    @property
    def miss_pct(self) -> float:
        """Plan over real shipments, in percent."""
        return 100.0 * (self.planned / self.real - 1.0)


@dataclass(frozen=True)
class BackTest:
    """The case, what capacity alone builds by month, and the plan's shipments by month."""

    case: Case
    could_build: dict[str, float]
    planned: dict[str, float]


def back_test() -> BackTest:
    """Solve the case twice: with demand unbounded, and with the year's totals spread."""
    folder = find_case("busan-past")
    case = read_case(folder)
    unbounded, _ = resolve(case, folder, ["unbounded"])
    return BackTest(
        case,
        by_month(solve_plan(unbounded).table("production")),
        by_month(solve_plan(case).table("shipments")),
    )


def by_month(frame: pl.DataFrame) -> dict[str, float]:
    """Units of a result table by month."""
    sums = frame.group_by("month").agg(pl.col("units").sum()).sort("month")
    return dict(zip(sums["month"], sums["units"], strict=True))


def months_of(test: BackTest, year: str) -> list[Month]:
    """The months of a year; those without real figures of their own as one, by difference."""
    real = real_months(test.case)
    named = [month for month in test.planned if month.startswith(year)]
    known = [
        Month(month, test.could_build[month], test.planned[month], real[month])
        for month in named
        if month in real
    ]
    rest = [month for month in named if month not in real]
    if not rest:
        return known
    left = year_total(test.case, year) - sum(month.real for month in known)
    could = sum(test.could_build[month] for month in rest)
    planned = sum(test.planned[month] for month in rest)
    return [*known, Month(" and ".join(rest), could, planned, left)]


def real_months(case: Case) -> dict[str, float]:
    """Real shipments by month, home and abroad together."""
    rows = case.table("actuals").filter(pl.col("market").is_null())
    return dict(zip(rows["month"], rows["units"], strict=True))


def fact_value(case: Case, fact_id: str) -> float:
    """The figure of a fact of the case."""
    return next(float(f.value or 0) for f in case.rows(Fact) if f.fact_id == fact_id)


def year_total(case: Case, year: str) -> float:
    """Home and export shipments of a year, as the year's own figures say."""
    return sum(fact_value(case, f"year-{year}-{kind}") for kind in ("domestic", "export"))


def spread_of_misses(months: list[Month]) -> float:
    """Mean miss of a month, in percent of its real shipments, without sign."""
    return statistics.fmean(abs(month.miss_pct) for month in months)


def capacity_block(test: BackTest) -> str:
    """What the facts of capacity build in 2022, beside what was built."""
    alone = sum(units for month, units in test.could_build.items() if month.startswith("2022"))
    built = fact_value(test.case, "output-2022")
    january = fact_value(test.case, "output-2022-01")
    rows = [
        ("2022", alone, built, f"{100 * (alone / built - 1):+.1f} %"),
        ("January 2022", test.could_build["2022-01"], january,
         f"{100 * (test.could_build['2022-01'] / january - 1):+.1f} %"),
    ]  # fmt: skip
    return table(("period", "capacity alone", "really built", "difference"), rows)


def year_block(test: BackTest, year: str) -> str:
    """Plan against real shipments, month by month."""
    rows = [
        (m.name, m.could_build, m.planned, m.real, f"{m.miss_pct:+.0f} %")
        for m in months_of(test, year)
    ]
    head = ("month", "could be built", "planned shipments", "real shipments", "difference")
    return table(head, rows)


def summary_block(test: BackTest) -> str:
    """Each year in a line."""
    rows = []
    for year in COMPARED:
        months = months_of(test, year)
        planned, real = sum(m.planned for m in months), sum(m.real for m in months)
        rows.append((year, planned, real, f"{100 * (planned / real - 1):+.1f} %",
                     f"{spread_of_misses(months):.0f} %"))  # fmt: skip
    head = ("year", "planned shipments", "real shipments", "difference", "mean miss of a month")
    return table(head, rows)


def stock_block(test: BackTest) -> str:
    """The stated change of stock, from figures on record."""
    real = real_months(test.case)
    shipped = sum(units for month, units in real.items() if "2019-01" <= month <= "2019-09")
    built = fact_value(test.case, "output-2019-9")
    opening = sum(test.case.table("opening_stock")["units"])
    return (
        f"From January to September 2019 {said(shipped)} cars were shipped and {said(built)} "
        "built.\n"
        f"About 7,100 of those shipped were imported (9,480 in the year), so that the stock fell\n"
        f"by about {said(shipped - built - 7100)}. The case opens with {said(opening)} cars in "
        "stock and ships them; for 2020 and 2022\n"
        "no change of stock is known, and none is assumed."
    )


def blocks(test: BackTest) -> dict[str, str]:
    """All measured blocks of the page."""
    years = {f"year-{year}": year_block(test, year) for year in COMPARED}
    return {
        "capacity": capacity_block(test), "summary": summary_block(test),
        "stock": stock_block(test), **years,
    }  # fmt: skip
