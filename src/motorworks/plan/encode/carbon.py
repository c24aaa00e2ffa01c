"""Carbon: footprints of vehicles, meters of plants, lanes, and limits by year."""

import numpy as np

from motorworks.case.calendar import Days
from motorworks.case.case import Case
from motorworks.case.reading import filled, rows_of
from motorworks.case.records.energy import CarbonLimit, Meter
from motorworks.case.steps import Rates, fill_steps, month_numbers, places
from motorworks.plan.data import Carbon, CarbonYear, Floats, Sets

_KG = 1000.0
"""Kilograms in a tonne, and kilowatt hours in a megawatt hour."""


def encode_carbon(case: Case, sets: Sets, days: Days, rates: Rates) -> Carbon:
    """Work out the tonnes of a car built and shipped, and of plants that stand idle."""
    plant, base = _plants(case, sets, days)
    lanes, vehicles = case.table("lanes"), case.table("vehicles")
    per_ceu = filled(lanes["co2_kg_per_ceu"])
    return Carbon(
        counted=case.table("footprints").height + case.table("meters").height > 0
        or lanes["co2_kg_per_ceu"].count() > 0,
        materials=_materials(case, sets) / _KG,
        plant=plant,
        lane=vehicles["ceu"].to_numpy()[sets.flow_vehicle] * per_ceu[sets.flow_lane] / _KG,
        base=base,
        limits=_limits(case, rates),
    )


def _materials(case: Case, sets: Sets) -> Floats:
    """Footprint of each allocation's car in kg: at its plant, else anywhere, else 0."""
    known = {
        (vehicle, plant): kg
        for vehicle, plant, kg in rows_of(case.table("footprints"), "vehicle", "plant", "kg_co2e")
    }
    own = slice(0, sets.n_allocations)
    vehicles = [sets.vehicles[vehicle] for vehicle in sets.store_vehicle[own]]
    plants = [sets.plants[plant] for plant in sets.store_plant[own]]
    return np.array(
        [
            known.get((vehicle, plant), known.get((vehicle, None), 0.0))
            for vehicle, plant in zip(vehicles, plants, strict=True)
        ],
        dtype=np.float64,
    )


def _plants(case: Case, sets: Sets, days: Days) -> tuple[Floats, Floats]:
    """Tonnes of a car at its plant (A, T), and of all plants whatever they build (T,)."""
    grid = _grid_factors(case)
    country = case.table("plants")["country"].to_list()
    per_car = np.zeros((len(sets.plants), sets.n_months))
    base = np.zeros(sets.n_months)
    for meter in case.rows(Meter):
        place = sets.plants.index(meter.plant)
        factor = np.zeros(sets.n_months)
        if meter.kg_per_mwh is not None:
            factor += meter.kg_per_mwh
        elif meter.carrier == "electricity":
            factor = grid.get(country[place], factor)
        per_car[place] += meter.kwh_per_vehicle / _KG * factor / _KG
        base += meter.base_mwh_per_day * days.per_month() * factor / _KG
    return per_car[sets.store_plant[: sets.n_allocations]], base


def _grid_factors(case: Case) -> dict[str, Floats]:
    """Kilograms a MWh of grid electricity by country and month."""
    table = case.table("grid_factors")
    table = table.filter(table["method"] == "location")
    names = list(dict.fromkeys(table["country"].to_list()))
    factors = fill_steps(
        places(names, table["country"]),
        month_numbers(case, table["start"]),
        np.repeat(table["kg_per_mwh"].to_numpy()[:, None], case.info.months, axis=1),
        len(names),
    )
    return dict(zip(names, factors, strict=True))


def _limits(case: Case, rates: Rates) -> list[CarbonYear]:
    """Caps and goals of the years of the horizon, in proportion to their months in it."""
    years = np.array([int(month[:4]) for month in case.info.month_names])
    limits = []
    for row in case.rows(CarbonLimit):
        at = np.flatnonzero(years == row.year)
        if at.size:
            limits.append(
                CarbonYear(
                    year=row.year,
                    kind=row.kind,
                    months=slice(int(at[0]), int(at[-1]) + 1),
                    tonnes=row.tonnes * len(at) / 12.0,
                    excess_cost=row.excess_cost * float(rates[row.currency][at[-1]]),
                )
            )
    return limits
