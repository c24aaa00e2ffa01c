"""Trade agreements: which cars may originate, by which rule, and what duty that saves."""

from itertools import pairwise

import numpy as np

from motorworks.case.calendar import Days
from motorworks.case.case import Case
from motorworks.case.records.trade import OriginRule
from motorworks.case.steps import Rates, duty_for, fill_steps, month_numbers, preference_rates
from motorworks.errors import CaseError, Problem
from motorworks.plan.data import Claim, Floats, Ints, Logistics, Money, Origin, Pace, Sets, Supply
from motorworks.plan.encode.components import source_areas, source_values
from motorworks.plan.encode.money import at_arrival, encode_prices

Under = dict[tuple[int, int], Floats]
"""Least customs value by month of each allocation under a regime."""


def encode_origin(
    case: Case,
    sets: Sets,
    logistics: Logistics,
    money: Money,
    supply: Supply,
    pace: Pace,
    days: Days,
    rates: Rates,
) -> Origin:
    """List flows under trade agreements, the claims of their cars, and parts that count."""
    ruled = set(case.table("origin_rules")["regime"])
    names = case.table("preferences")["regime"].unique(maintain_order=True)
    regimes = [name for name in names if name in ruled]
    flow, regime, share = _flows_under(case, sets, days, regimes)
    customs = encode_prices(case, sets, rates)[1] if flow.size else money.net
    due = share * customs[sets.flow_pair[flow]]
    under = _least_values(sets, flow, regime, customs)
    _all_limited(sets, pace, under)
    keys = np.array(list(under), dtype=np.int64).reshape(-1, 2)
    key_at = {key: place for place, key in enumerate(under)}
    owners = zip(sets.flow_store[flow].tolist(), regime.tolist(), strict=True)
    claims, covered, local, need = _claims(case, sets, money, regimes, under)
    parts, uses = _parts(case, supply, regimes, under)
    values = source_values(case, supply, rates)
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
        claim_most=_worth_claiming(claims, covered, need),
        member_claim=covered[:, 0],
        member_allocation=covered[:, 1],
        member_month=covered[:, 2],
        member_local=local,
        member_need=need,
        part_source=parts[:, 0],
        part_regime=parts[:, 1],
        part_allocation=parts[:, 2],
        part_value=values[parts[:, 0]],
        part_use=parts[:, 3],
        use_allocation=np.array([allocation for allocation, _ in uses], dtype=np.int64),
        use_quantity=np.array([quantity for _, quantity in uses], dtype=np.float64),
    )


def _flows_under(
    case: Case, sets: Sets, days: Days, regimes: list[str]
) -> tuple[Ints, Ints, Floats]:
    """Flows under regimes (N,) with the preferential rate as a share of the value (N, T)."""
    area = dict(case.table("countries").select("country", "customs_area").rows())
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


def _claims(
    case: Case, sets: Sets, money: Money, regimes: list[str], under: Under
) -> tuple[list[Claim], Ints, Floats, Floats]:
    """Claims, what they cover (claim, allocation, month), local value and need of each car."""
    claims: list[Claim] = []
    covered = [np.zeros((0, 3), dtype=np.int64)]
    local, need = [np.zeros(0)], [np.zeros(0)]
    own = _local_values(case, sets, money, regimes, under)
    for rule in case.rows(OriginRule):
        if rule.regime not in regimes:
            continue
        place = regimes.index(rule.regime)
        groups = _groups(case, sets, rule, [a for a, r in under if r == place])
        for (plant, group), allocations in groups.items():
            for period, months in _periods(sets, rule).items():
                for a in allocations:
                    rows = np.array([(len(claims), a, month) for month in months])
                    covered.append(rows.astype(np.int64))
                    local.append(own[a, place][months])
                    need.append(_need(rule, money, a, under[a, place])[months])
                claims.append(Claim(rule.regime, rule.method, plant, group, period))
    return claims, np.concatenate(covered), np.concatenate(local), np.concatenate(need)


def _worth_claiming(claims: list[Claim], covered: Ints, need: Floats) -> Floats:
    """1.0 for a claim, 0.0 where another on the same cars never asks for more of any of them."""
    spans = np.searchsorted(covered[:, 0], np.arange(len(claims) + 1))
    needs = [need[first:last] for first, last in pairwise(spans)]
    same: dict[tuple[str, bytes], list[int]] = {}
    for number, (claim, (first, last)) in enumerate(zip(claims, pairwise(spans), strict=True)):
        same.setdefault((claim.regime, covered[first:last, 1:].tobytes()), []).append(number)
    most = np.ones(len(claims))
    for rivals in same.values():
        for one in rivals:
            for other in rivals:
                if one != other and most[other] and (needs[other] <= needs[one]).all():
                    most[one] = 0.0
    return most


def _groups(
    case: Case, sets: Sets, rule: OriginRule, allocations: list[int]
) -> dict[tuple[str, str], list[int]]:
    """Allocations that a rule counts together, by plant and name of the group."""
    drivetrains = case.table("vehicles")["drivetrain"].to_list()
    groups: dict[tuple[str, str], list[int]] = {}
    for allocation in allocations:
        vehicle = int(sets.store_vehicle[allocation])
        group = sets.vehicles[vehicle]
        if rule.averaging == "class":
            group = drivetrains[vehicle]
        elif rule.averaging == "plant":
            group = "all"
        plant = sets.plants[sets.store_plant[allocation]]
        groups.setdefault((plant, group), []).append(allocation)
    return groups


def _periods(sets: Sets, rule: OriginRule) -> dict[str, list[int]]:
    """Months over which a rule counts, by name of the period."""
    periods: dict[str, list[int]] = {}
    for number, month in enumerate(sets.months):
        name = month if rule.averaging == "car" else month[:4]
        periods.setdefault(name, []).append(number)
    return periods


def _need(rule: OriginRule, money: Money, allocation: int, value: Floats) -> Floats:
    """Originating value that a rule asks of a car, by month; ``value`` is its customs value."""
    material = money.material[allocation]
    threshold = rule.threshold_pct / 100.0
    cost: Floats = material + money.conversion[allocation]
    needs: dict[str, Floats] = {
        "build_up": threshold * value,
        "build_down": material - (1.0 - threshold) * value,
        "net_cost": material - (1.0 - threshold) * cost,
    }
    return needs[rule.method]


def _local_values(case: Case, sets: Sets, money: Money, regimes: list[str], under: Under) -> Under:
    """Originating value of a car apart from counted parts, by allocation and regime."""
    table = case.table("local_content")
    keys = list(under)
    number = {key: place for place, key in enumerate(keys)}
    vehicle = {name: place for place, name in enumerate(sets.vehicles)}
    plant = {name: place for place, name in enumerate(sets.plants)}
    at = [
        number.get(
            (sets.allocation_number.get((vehicle[row[0]], plant[row[1]]), -1),
             regimes.index(row[2]) if row[2] in regimes else -1), -1,
        )
        for row in table.select("vehicle", "plant", "regime").rows()
    ]  # fmt: skip
    share = np.repeat(table["local_pct"].to_numpy()[:, None] / 100.0, sets.n_months, axis=1)
    start = month_numbers(case, table["start"])
    filled = np.nan_to_num(fill_steps(np.array(at, dtype=np.int64), start, share, len(keys)))
    return {key: filled[place] * money.material[key[0]] for place, key in enumerate(keys)}


def _parts(
    case: Case, supply: Supply, regimes: list[str], under: Under
) -> tuple[Ints, list[tuple[int, float]]]:
    """Source, regime, allocation and use of parts that count; allocation and quantity of uses."""
    areas = {(row[0], row[1]) for row in case.table("regime_areas").rows()}
    valued = dict(case.table("component_sources").select("source", "value").rows())
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
