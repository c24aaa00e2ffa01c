"""Trade agreements: which cars may originate, by which rule, and what duty that saves."""

import numpy as np

from motorworks.case.calendar import Days
from motorworks.case.case import Case
from motorworks.case.reading import rows_of
from motorworks.case.steps import Rates, duty_for, preference_rates
from motorworks.errors import CaseError, Problem
from motorworks.plan.data import (
    Components,
    Floats,
    Ints,
    Logistics,
    Money,
    Origin,
    Pace,
    Sets,
    Supply,
)
from motorworks.plan.encode.claims import Under, encode_claims, worth_claiming
from motorworks.plan.encode.components import source_areas
from motorworks.plan.encode.money import at_arrival, encode_prices


def encode_origin(
    case: Case,
    sets: Sets,
    logistics: Logistics,
    money: Money,
    supply: Supply,
    components: Components,
    pace: Pace,
    days: Days,
    rates: Rates,
) -> Origin:
    """List flows under trade agreements, the claims of their cars, and parts that count."""
    ruled = set(case.table("origin_rules")["regime"])
    names = dict.fromkeys(case.table("preferences")["regime"])
    regimes = [name for name in names if name in ruled]
    flow, regime, share = _flows_under(case, sets, days, regimes)
    customs = encode_prices(case, sets, rates)[1] if flow.size else money.net
    due = share * customs[sets.flow_pair[flow]]
    under = _least_values(sets, flow, regime, customs)
    _all_limited(sets, pace, under)
    keys = np.array(list(under), dtype=np.int64).reshape(-1, 2)
    key_at = {key: place for place, key in enumerate(under)}
    owners = zip(sets.flow_store[flow].tolist(), regime.tolist(), strict=True)
    claims, covered, local, need = encode_claims(case, sets, money, regimes, under)
    parts, uses = _parts(case, supply, regimes, under)
    return Origin(
        regimes=regimes,
        flow=flow,
        flow_regime=regime,
        saved=money.duty[flow] - at_arrival(sets, logistics, flow, due),
        flow_under=np.array([key_at.get(owner, -1) for owner in owners], dtype=np.int64),
        under_allocation=keys[:, 0],
        under_regime=keys[:, 1],
        claims=claims,
        claim_regime=np.array([regimes.index(claim.regime) for claim in claims], dtype=np.int64),
        claim_most=worth_claiming(claims, covered, need),
        member_claim=covered[:, 0],
        member_allocation=covered[:, 1],
        member_month=covered[:, 2],
        member_local=local,
        member_need=need,
        part_source=parts[:, 0],
        part_regime=parts[:, 1],
        part_allocation=parts[:, 2],
        part_value=components.value[parts[:, 0]],
        part_use=parts[:, 3],
        use_allocation=np.array([allocation for allocation, _ in uses], dtype=np.int64),
        use_quantity=np.array([quantity for _, quantity in uses], dtype=np.float64),
    )


def _flows_under(
    case: Case, sets: Sets, days: Days, regimes: list[str]
) -> tuple[Ints, Ints, Floats]:
    """Flows under regimes (N,) with the preferential rate as a share of the value (N, T)."""
    area = dict(rows_of(case.table("countries"), "country", "customs_area"))
    exporters = [area[country] for country in case.table("plants")["country"]]
    importers = [area[country] for country in case.table("markets")["country"]]
    drivetrains = case.table("vehicles")["drivetrain"].to_list()
    rates = preference_rates(case, days)
    flows, places, shares = [], [], []
    for place, regime in enumerate(regimes):
        for flow, lane in enumerate(sets.flow_lane.tolist()):
            importer = importers[sets.lane_market[lane]]
            exporter = exporters[sets.lane_plant[lane]]
            drivetrain = drivetrains[sets.flow_vehicle[flow]]
            share = duty_for(rates[regime], importer, exporter, drivetrain)
            if importer != exporter and share is not None:
                flows.append(flow)
                places.append(place)
                shares.append(share)
    return (
        np.array(flows, dtype=np.int64),
        np.array(places, dtype=np.int64),
        np.array(shares, dtype=np.float64).reshape(-1, sets.n_months),
    )


def _least_values(sets: Sets, flow: Ints, regime: Ints, customs: Floats) -> Under:
    """The smallest customs value of each allocation's flows under each regime."""
    least: Under = {}
    for number, place in zip(flow.tolist(), regime.tolist(), strict=True):
        store = int(sets.flow_store[number])
        if store < sets.n_allocations:
            value = customs[sets.flow_pair[number]]
            least[store, place] = np.minimum(least.get((store, place), value), value)
    return dict(sorted(least.items()))


def _all_limited(sets: Sets, pace: Pace, under: Under) -> None:
    """A claim needs to know the most that may be built."""
    endless = sorted({a for a, _ in under if not np.isfinite(pace.limit[a]).all()})
    if endless:
        raise CaseError(
            [
                Problem(
                    "allocations.csv",
                    f"{sets.vehicles[sets.store_vehicle[a]]} at {sets.plants[sets.store_plant[a]]} "
                    "needs a plateau_jph, or a shop with a rate, to claim origin",
                )
                for a in endless
            ]
        )


def _parts(
    case: Case, supply: Supply, regimes: list[str], under: Under
) -> tuple[Ints, list[tuple[int, float]]]:
    """Source, regime, allocation and use of parts that count; allocation and quantity of uses."""
    areas = {(row[0], row[1]) for row in case.table("regime_areas").rows()}
    valued = dict(rows_of(case.table("component_sources"), "source", "value"))
    source_area = source_areas(case, supply) if under else []
    parts: list[tuple[int, int, int, int]] = []
    uses: list[tuple[int, float]] = []
    for allocation, place in under:
        for use in np.flatnonzero(supply.use_allocation == allocation).tolist():
            sources = np.flatnonzero(supply.source_group == supply.use_group[use]).tolist()
            counted = [
                source
                for source in sources
                if valued[supply.sources[source]] is not None
                and (regimes[place], source_area[source]) in areas
            ]
            if counted:
                parts += [(source, place, allocation, len(uses)) for source in counted]
                uses.append((allocation, float(supply.use_quantity[use])))
    return np.array(parts, dtype=np.int64).reshape(-1, 4), uses
