"""What the choices of a plan cost and earn: parts of the margin, and figures of their tables."""

from collections.abc import Callable

from motorworks.case.records.trade import SpotSpace
from motorworks.result.verify.books import Books
from motorworks.result.verify.calendar import steps_by
from motorworks.result.verify.carbon_rules import tonnes
from motorworks.result.verify.findings import Array
from motorworks.result.verify.given import Pair
from motorworks.result.verify.origin_rules import saved
from motorworks.result.verify.parts import Part
from motorworks.result.verify.shift_rules import heads_of, month_hours, workforce
from motorworks.result.verify.site_rules import closed, opened

Parts = dict[str, Part]


def capex_of(books: Books, key: Pair) -> float:
    """Investment in a launch, at the rate of the month of the decision."""
    row, start = books.given.allocations[key], books.chosen.start[key]
    lead = row.lead_months or 0
    if start is None or start < lead:
        return 0.0
    return (row.capex or 0.0) * books.money.fx(row.currency, start - lead)


def fixed_of(books: Books, key: Pair) -> float:
    """Cost of the months in which a launched vehicle runs."""
    row = books.options.launches[key]
    worth = row.fixed_cost * books.money.worth(row.currency)
    return float(sum(worth[books.chosen.on[key]]))


def _launches(books: Books, parts: Parts) -> None:
    for key in books.options.launches:
        parts["capex"].add(-capex_of(books, key))
        parts["programme_fixed"].add(-fixed_of(books, key))


def _sites(books: Books, parts: Parts) -> None:
    for name, row in books.options.sites.items():
        worth = books.money.worth(row.currency)
        parts["site_fixed"].add(-row.fixed_cost * worth[books.chosen.up[name]])
        for month in opened(books, name):
            parts["site_capex"].add(-row.capex * worth[max(0, month - row.lead_months)])
        for month in closed(books, name):
            parts["site_capex"].add(-row.close_cost * worth[max(0, month)])


def halt_cost(books: Books, conversion: str) -> float:
    """Cost of a conversion, at the rate of the month in which it begins."""
    row, month = books.options.conversions[conversion], books.chosen.halts[conversion]
    return 0.0 if month is None else row.cost * books.money.fx(row.currency, month)


def _conversions(books: Books, parts: Parts) -> None:
    for name in books.options.conversions:
        parts["halt_cost"].add(-halt_cost(books, name))


def labour_of(books: Books, plant: str) -> list[Array]:
    """What people and extra hours of a plant cost by month, in its items."""
    row, given = workforce(books, plant), books.given
    said = {
        name: books.said.series("shifts", name)[(plant,)]
        for name in ("hired", "freed", "overtime", "weekend")
    }
    worth = books.money.worth(row.currency)
    items = [
        row.hire_cost * worth * said["hired"],
        row.release_cost * worth * said["freed"],
        row.overtime_cost * worth * said["overtime"],
        row.weekend_cost * worth * said["weekend"],
    ]
    if plant in books.options.patterns:
        pay, staffed = 0.0 * worth, 0.0 * worth
        hours = month_hours(books, plant)
        for t, name in enumerate(books.chosen.pattern[plant]):
            pattern = given.staffing.patterns.get(name or "")
            if pattern is not None:
                fx = books.money.fx(pattern.currency, t)
                pay[t] = row.head_cost * worth[t] * heads_of(books, name)
                staffed[t] = (pattern.cost_per_hour or 0.0) * fx * hours[t]
        items += [pay, staffed]
    return items


def _shifts(books: Books, parts: Parts) -> None:
    for plant in books.options.staffed:
        for item in labour_of(books, plant):
            parts["labour"].add(-item)


def exit_cost(books: Books, agreement: str) -> float:
    """Paid for the early end of an agreement, at the rate of its first month without it."""
    row, month = books.options.exits[agreement], books.chosen.exits[agreement]
    return 0.0 if month is None else (row.exit_cost or 0.0) * books.money.fx(row.currency, month)


def _exits(books: Books, parts: Parts) -> None:
    for name in books.options.exits:
        parts["agreement_exit"].add(-exit_cost(books, name))


def _spot(books: Books, parts: Parts) -> None:
    offers = steps_by(books.given.case.rows(SpotSpace), lambda r: r.lane, lambda r: (r.start, r))
    spot = books.said.series("spot", "ceu")
    for lane in books.options.spot:
        for t, month in enumerate(books.given.months):
            row = offers[lane].at(month)
            premium = row.premium * books.money.fx(row.currency, t)
            parts["spot_freight"].add(-premium * spot[(lane,)][t])


def _components(books: Books, parts: Parts) -> None:
    """Components sold, and the duty on those that come from abroad."""
    given = books.given
    for key, stated in books.said.sheets["component_sales"].rows():
        row = books.options.sales[key]
        earned = (row.price - row.unit_cost) * books.money.fx(row.currency, given.place[key[2]])
        parts["component_sales"].add(earned * stated["units"])
    for name, source in given.sources.items():
        if source.value is not None:
            worth = source.value * books.money.worth(source.currency)
            rates = books.money.duty.of_parts(source)
            parts["component_duty"].add(-worth * rates * books.said.get[(name,)])


def _origin(books: Books, parts: Parts) -> None:
    preferred = books.said.series("preferred", "units")
    for flow in books.regimes.flows:
        units = preferred[flow]
        if units.any():
            parts["duty_preference"].add(saved(books, flow) * units)


def _carbon(books: Books, parts: Parts) -> None:
    """The price of all carbon, and of what is above a goal."""
    for amount in tonnes(books).values():
        parts["carbon_price"].add(-books.settings.carbon_price * amount)
    for (year,), stated in books.said.sheets["carbon_goals"].rows():
        row, last = books.options.goals[year], books.given.months_of(year)[-1]
        excess = row.excess_cost * books.money.fx(row.currency, last)
        parts["carbon_goal"].add(-excess * stated["over"])


def _changes(books: Books, parts: Parts) -> None:
    for (vehicle, plant, t), published in books.options.published.items():
        change = abs(books.said.make[vehicle, plant][t] - published)
        parts["plan_change"].add(-books.settings.change_penalty * change)


CHOICE_PARTS: tuple[Callable[[Books, Parts], None], ...] = (
    _launches, _sites, _conversions, _shifts, _exits, _spot, _components, _origin, _carbon,
    _changes,
)  # fmt: skip
