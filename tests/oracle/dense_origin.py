"""Rules of origin of the dense plan: groups, claims, parts and preferences."""

from dataclasses import dataclass
from typing import Any

from tests.oracle.dense_figures import INF
from tests.oracle.dense_plan import Plan
from tests.oracle.dense_program import Name, Terms


@dataclass(frozen=True)
class Group:
    """Cars that are counted together under a rule in a period."""

    regime: str
    method: str
    threshold: float
    cars: tuple[tuple[str, str, int], ...]

    @property
    def name(self) -> Name:
        """Name of the claim."""
        return ("claim", self.regime, self.method, self.cars)


def regimes_of(plan: Plan, vehicle: str, lane: str) -> list[str]:
    """Regimes that a flow falls under."""
    importer, exporter = plan.areas(lane)
    if importer == exporter:
        return []
    goods = ("any", plan.vehicles[vehicle]["drivetrain"])
    named = {
        row["regime"] for row in plan.rows("preferences")
        if (row["importer"], row["exporter"]) == (importer, exporter) and row["goods"] in goods
    }  # fmt: skip
    return sorted(named & {row["regime"] for row in plan.rows("origin_rules")})


def flows_under(plan: Plan, vehicle: str, plant: str, regime: str) -> list[str]:
    """Lanes of an allocation's flows under a regime."""
    return [
        lane for i, lane in plan.flows
        if i == vehicle and plan.lanes[lane]["plant"] == plant
        and regime in regimes_of(plan, i, lane)
    ]  # fmt: skip


def groups(plan: Plan) -> list[Group]:
    """Every group of every rule and period."""
    found = []
    for rule in plan.rows("origin_rules"):
        under = [a for a in plan.made if flows_under(plan, *a, rule["regime"])]
        cars: dict[Name, list[tuple[str, str, int]]] = {}
        for i, p in sorted(under):
            for t, month in enumerate(plan.months):
                key = {
                    "car": (i, p, month),
                    "model": (i, p, month[:4]),
                    "class": (p, plan.vehicles[i]["drivetrain"], month[:4]),
                    "plant": (p, month[:4]),
                }[rule["averaging"]]
                cars.setdefault(key, []).append((i, p, t))
        found += [
            Group(rule["regime"], rule["method"], rule["threshold_pct"] / 100, tuple(same))
            for same in cars.values()
        ]
    return found


def options(plan: Plan) -> dict[Name, list[Any]]:
    """Whether each group claims origin."""
    return {group.name: [False, True] for group in groups(plan)}


def _per_car(plan: Plan, group: Group, vehicle: str, plant: str, t: int) -> float:
    """Originating material of a car less what the rule needs, listed parts apart."""
    cost = plan.found("costs", t, vehicle=vehicle, plant=plant)
    fx = 0.0 if cost is None else plan.fx(cost["currency"], t)
    material = 0.0 if cost is None else cost["material_cost"] * fx
    conversion = 0.0 if cost is None else cost["conversion_cost"] * fx
    share = plan.found("local_content", t, vehicle=vehicle, plant=plant, regime=group.regime)
    local = 0.0 if share is None else share["local_pct"] / 100
    lanes = flows_under(plan, vehicle, plant, group.regime)
    value = min(plan.customs_value(vehicle, plan.lanes[lane]["market"], t) for lane in lanes)
    need = {
        "build_up": group.threshold * value,
        "build_down": material - (1 - group.threshold) * value,
        "net_cost": material - (1 - group.threshold) * (material + conversion),
    }[group.method]
    return local * material - need


def originating(plan: Plan, regime: str) -> list[dict[str, Any]]:
    """Sources whose units count as originating."""
    suppliers = plan.keyed("suppliers")
    areas = {row["area"] for row in plan.rows("regime_areas") if row["regime"] == regime}
    return [
        source for source in plan.supply.sources
        if source["value"] is not None
        and plan.countries[suppliers[source["supplier"]]["country"]]["customs_area"] in areas
    ]  # fmt: skip


def write(plan: Plan) -> None:
    """Parts counted, what claims ask for, and cars under preference."""
    every = groups(plan)
    for regime in sorted({group.regime for group in every}):
        same = [group for group in every if group.regime == regime]
        parts = _part_rows(plan, regime)
        for group in same:
            if plan.chosen[group.name]:
                _content_row(plan, group, parts)
        claimed = {car for group in same if plan.chosen[group.name] for car in group.cars}
        _preferred(plan, regime, claimed)
    for i, lane in plan.flows:
        for t in range(plan.count):
            terms = {
                ("preferred", i, lane, regime, t): 1.0 for regime in regimes_of(plan, i, lane)
                if ("preferred", i, lane, regime, t) in plan.program.place
            }  # fmt: skip
            if terms:
                plan.program.row({**terms, ("ship", i, lane, t): -1.0}, -INF, 0.0)


def _part_rows(plan: Plan, regime: str) -> list[tuple[dict[str, Any], Name]]:
    """Add the parts counted under a regime, at most what came and what cars use."""
    found = []
    under = [a for a in plan.made if flows_under(plan, *a, regime)]
    for t in range(plan.count):
        used: dict[Name, Terms] = {}
        for source in originating(plan, regime):
            taken: Terms = {("get", source["source"], t): -1.0}
            for i, p in under:
                if p == source["plant"] and (i, source["component"]) in plan.supply.uses:
                    name = ("part", source["source"], regime, i, p, t)
                    plan.program.add(name)
                    taken[name] = 1.0
                    used.setdefault((i, p, source["component"]), {})[name] = 1.0
                    found.append((source, name))
            plan.program.row(taken, -INF, 0.0)
        for (i, p, c), terms in used.items():
            plan.program.row({**terms, ("make", i, p, t): -plan.supply.uses[i, c]}, -INF, 0.0)
    return found


def _content_row(plan: Plan, group: Group, parts: list[tuple[dict[str, Any], Name]]) -> None:
    terms: Terms = {("make", *car): _per_car(plan, group, *car) for car in group.cars}
    for source, name in parts:
        if name[3:] in group.cars:
            terms[name] = source["value"] * plan.fx(source["currency"], name[5])
    plan.program.row(terms, 0.0, INF)


def _preferred(plan: Plan, regime: str, claimed: set[tuple[str, str, int]]) -> None:
    """Add the cars shipped under preference: built under a claim, and at the plant since then."""
    for a in plan.made:
        lanes = flows_under(plan, *a, regime)
        for t in range(plan.count) if lanes else ():
            kept = ("kept", *a, regime, t)
            plan.program.add(kept)
            terms: Terms = {kept: 1.0}
            for lane in lanes:
                saved = plan.duty_on_arrival(a[0], lane, t)
                saved -= plan.duty_on_arrival(a[0], lane, t, regime)
                plan.program.add(("preferred", a[0], lane, regime, t), saved)
                terms["preferred", a[0], lane, regime, t] = 1.0
            if t:
                terms["kept", *a, regime, t - 1] = -1.0
            if (*a, t) in claimed:
                terms["make", *a, t] = -1.0
            plan.program.row(terms, -INF, 0.0)
            plan.program.row({kept: 1.0, ("stock", *a, t): -1.0}, -INF, 0.0)
