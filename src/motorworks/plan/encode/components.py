"""Components that are made in house, need others, are sold, or pay duty."""

from collections.abc import Iterable

import numpy as np
import polars as pl

from motorworks.case.calendar import Days
from motorworks.case.case import Case
from motorworks.case.reading import rows_of
from motorworks.case.steps import Rates, duty_rates, money, month_numbers
from motorworks.errors import CaseError, Problem
from motorworks.plan.data import Components, Floats, Ints, Pace, Sets, Supply

Group = tuple[str, str]
Listed = tuple[Ints, Ints, Floats]


def component_groups(case: Case, used: Iterable[Group]) -> list[Group]:
    """Components with a balance at a plant: used, sold or needed there, and with a source.

    Parameters
    ----------
    case
        The case.
    used
        Component and plant of what vehicles use, perhaps more than once.
    """
    sourced = set(rows_of(case.table("component_sources"), "component", "plant"))
    sold = rows_of(case.table("component_sales"), "component", "plant")
    groups = list(dict.fromkeys(group for group in [*used, *sold] if group in sourced))
    needs, shop_plant = _needs(case), _shop_plant(case)
    makers: dict[Group, list[str]] = {}
    made = rows_of(case.table("component_sources"), "component", "plant", "shop")
    for component, plant, shop in made:
        if shop is not None:
            makers.setdefault((component, plant), []).append(shop_plant[shop])
    for component, plant in groups:  # grows while it is read: needs of needs follow
        for maker in makers.get((component, plant), ()):
            wanted = [(needed, maker) for needed, _ in needs.get(component, ())]
            groups += [group for group in wanted if group in sourced and group not in groups]
    return groups


def encode_components(
    case: Case, sets: Sets, pace: Pace, supply: Supply, days: Days, rates: Rates
) -> Components:
    """Read shops, needs, sales and duties of the components that have a balance."""
    group_at = {group: number for number, group in enumerate(_groups(supply))}
    sources = kept_sources(case, supply)
    made_source, made_shop, made_work = _made(sources, pace)
    need_group, need_source, need_quantity = _needed(case, sources, group_at)
    value = _values(case, sources, rates)
    sales = case.table("component_sales")
    month = month_numbers(case, sales["month"])
    inside = (month >= 0) & (month < sets.n_months)
    sales, month = sales.filter(pl.Series(inside, dtype=pl.Boolean)), month[inside]
    gain = money(case, sales, "price", rates) - money(case, sales, "unit_cost", rates)
    sold = rows_of(sales, "component", "plant")
    return Components(
        made_source=made_source,
        made_shop=made_shop,
        made_work=made_work,
        need_group=need_group,
        need_source=need_source,
        need_quantity=need_quantity,
        sale_component=sales["component"].to_list(),
        sale_plant=sales["plant"].to_list(),
        sale_month=month,
        sale_group=np.array([group_at.get(group, -1) for group in sold], dtype=np.int64),
        sale_units=sales["units"].to_numpy(),
        sale_gain=gain[np.arange(sales.height), month],
        value=value,
        duty=_duty(case, supply, value, days),
    )


def _groups(supply: Supply) -> list[Group]:
    return list(zip(supply.group_component, supply.group_plant, strict=True))


def _shop_plant(case: Case) -> dict[str, str]:
    return dict(rows_of(case.table("shops"), "shop", "plant"))


def _needs(case: Case) -> dict[str, list[tuple[str, float]]]:
    """What a unit of each component that is made in house takes of others."""
    found: dict[str, list[tuple[str, float]]] = {}
    for component, needed, quantity in case.table("component_needs").rows():
        found.setdefault(component, []).append((needed, quantity))
    return found


def _made(sources: pl.DataFrame, pace: Pace) -> Listed:
    """Source, shop and work of what is made in a shop with a rate."""
    shop_at = {name: number for number, name in enumerate(pace.shops)}
    rows = rows_of(sources, "shop", "work")
    return _listed(
        [
            (source, shop_at[shop], work)
            for source, (shop, work) in enumerate(rows)
            if shop in shop_at
        ]
    )


def _needed(case: Case, sources: pl.DataFrame, group_at: dict[Group, int]) -> Listed:
    """Group, source and quantity of what sources made in house take from stock."""
    needs, shop_plant = _needs(case), _shop_plant(case)
    rows = rows_of(sources, "component", "shop")
    return _listed(
        [
            (group_at[needed, shop_plant[shop]], source, quantity)
            for source, (component, shop) in enumerate(rows)
            if shop is not None
            for needed, quantity in needs.get(component, ())
            if (needed, shop_plant[shop]) in group_at
        ]
    )


def _listed(rows: list[tuple[int, int, float]]) -> Listed:
    """Triples as three arrays."""
    first, second, amount = zip(*rows, strict=True) if rows else ((), (), ())
    return np.array(first, np.int64), np.array(second, np.int64), np.array(amount, np.float64)


def kept_sources(case: Case, supply: Supply) -> pl.DataFrame:
    """The rows of ``component_sources`` that have a balance, in the order of their numbers."""
    table, kept = case.table("component_sources"), set(supply.sources)
    return table.filter(pl.Series([name in kept for name in table["source"]], dtype=pl.Boolean))


def _values(case: Case, sources: pl.DataFrame, rates: Rates) -> Floats:
    """Customs value of a unit of each source by month, NaN where none is given; (K, T)."""
    value = money(case, sources, "value", rates)
    value[sources["value"].is_null().to_numpy()] = np.nan
    return value


def source_areas(case: Case, supply: Supply) -> list[str]:
    """Customs area that each source comes from."""
    area = dict(rows_of(case.table("countries"), "country", "customs_area"))
    country = dict(rows_of(case.table("suppliers"), "supplier", "country"))
    return [area[country[supplier]] for supplier in kept_sources(case, supply)["supplier"]]


def _duty(case: Case, supply: Supply, value: Floats, days: Days) -> Floats:
    """Duty on a unit of each source in the month it is received; (K, T)."""
    duty = np.zeros_like(value)
    valued = np.flatnonzero(~np.isnan(value[:, 0]))
    if not valued.size:
        return duty
    levied = duty_rates(case, days)
    area = dict(rows_of(case.table("countries"), "country", "customs_area"))
    country = dict(rows_of(case.table("plants"), "plant", "country"))
    exporters = source_areas(case, supply)
    for source in valued:
        importer = area[country[supply.group_plant[supply.source_group[source]]]]
        if importer != exporters[source]:
            rate = levied.get((importer, exporters[source], "parts"))
            if rate is None:
                message = f"no duty on record for parts from {exporters[source]} into {importer}"
                raise CaseError([Problem("tariffs.csv", message)])
            duty[source] = value[source] * rate
    return duty
