"""Components made and sold, duties on them, origin and carbon of a random case."""

from motorworks.case.records import energy as en
from motorworks.case.records import products as pr
from motorworks.case.records import programme as pg
from motorworks.case.records import sites
from motorworks.case.records import supply as sp
from motorworks.case.records import trade as td
from tests.random_cases import COUNTRIES
from tests.subjects.draft import Draft

AREAS = tuple(sorted(set(COUNTRIES.values())))


def made_components(draft: Draft) -> None:
    """Components made in shops, from others; some are sold."""
    draft.add(sp.Component(component="casting", name="casting", kind="casting"))
    draft.add(sp.ComponentNeed(component="motor", needs="casting", quantity=2))
    for plant in draft.of(sites.Plant):
        shop = f"{plant.plant}-engine"
        if shop not in {row.shop for row in draft.of(sites.Shop)}:
            draft.add(sites.Shop(shop=shop, plant=plant.plant, kind="engine"))
            draft.add(sites.ShopRate(shop=shop, start=f"{draft.month(-1)}-01", jph=0.5))
        house = f"house-{plant.plant}"
        draft.add(sp.Supplier(supplier=house, name="h", country=plant.country, plant=plant.plant))
        if draft.odds(0.8):
            draft.add(_source(draft, "casting", plant.plant, "buy"))
        if draft.odds(0.8):
            where = draft.rng.choice(draft.of(sites.Plant)).plant
            made = _source(draft, "motor", plant.plant, "make")
            draft.add(made)
            work = draft.rng.choice([0.3, 1, 2])
            draft.change(made, shop=f"{where}-engine", work=work, supplier=f"house-{where}")
    _sell(draft)


def _source(draft: Draft, component: str, plant: str, name: str) -> sp.ComponentSource:
    return sp.ComponentSource(
        source=f"{component}-{plant}-{name}", component=component, plant=plant, supplier="s",
        capacity=draft.rng.uniform(20, 150), **draft.money("premium", 120),
    )  # fmt: skip


def _sell(draft: Draft) -> None:
    """Components that others would take from plants that have them."""
    sourced = {(row.component, row.plant) for row in draft.of(sp.ComponentSource)}
    for component, plant in sorted(sourced):
        for t in range(-1, draft.months + 1) if draft.odds(0.6) else ():
            if draft.odds(0.7):
                price = draft.money("price", 400)
                draft.add(
                    sp.ComponentSale(
                        component=component, plant=plant, month=draft.month(t),
                        units=draft.rng.uniform(0, 90), **price,
                        unit_cost=price["price"] * draft.rng.choice([0, 0.5]),
                    )
                )  # fmt: skip


def part_duties(draft: Draft) -> None:
    """Sources of different origin, with a value on which duty is due; once for a case."""
    if any(row.supplier == "s0" for row in draft.of(sp.Supplier)):
        return
    _use_motors(draft)
    for number, country in enumerate(COUNTRIES):
        draft.add(sp.Supplier(supplier=f"s{number}", name="s", country=country))
    names = [row.supplier for row in draft.of(sp.Supplier) if row.plant is None]
    for source in draft.of(sp.ComponentSource):
        worth = draft.money("value", 3_000)
        premium = worth["value"] * draft.rng.uniform(0, 0.1)
        supplier = source.supplier if source.shop else draft.rng.choice(names)
        draft.change(source, supplier=supplier, premium=premium, **worth)
    for importer in AREAS:
        for exporter in AREAS:
            if importer != exporter:
                for start in sorted({draft.maker.day() for _ in range(2)}):
                    draft.add(
                        td.Tariff(
                            importer=importer, exporter=exporter, goods="parts", start=start,
                            rate_pct=draft.rng.choice([0, 4, 10]),
                        )
                    )  # fmt: skip


def _use_motors(draft: Draft) -> None:
    """A vehicle that needs a motor, and two ways to get one wherever it is built."""
    car = draft.maker.vehicles[0]
    if not any(row.component == "motor" for row in draft.of(sp.ComponentUse)):
        draft.add(sp.ComponentUse(vehicle=car, component="motor", quantity=1))
    for row in draft.of(pg.Allocation):
        if row.vehicle == car:
            draft.add(*(_source(draft, "motor", row.plant, name) for name in ("near", "far")))


def origin(draft: Draft) -> None:
    """Trade agreements that spare duty where enough of a car is local."""
    part_duties(draft)
    for regime in draft.rng.choice([("fta",), ("fta",), ("fta", "pact")]):
        methods = draft.rng.sample(["build_up", "build_down", "net_cost"],
                                   draft.rng.choice([1, 1, 2]))  # fmt: skip
        for method in methods:
            draft.add(
                td.OriginRule(
                    regime=regime, method=method, threshold_pct=draft.rng.choice([30, 40, 55]),
                    averaging=draft.rng.choice(["car", "model", "class", "plant"]),
                )
            )  # fmt: skip
        _preferences(draft, regime)
        for area in draft.rng.sample(AREAS, 2):
            draft.add(td.RegimeArea(regime=regime, area=area))
        for row in draft.of(pg.Allocation):
            for start in draft.maker.steps() if draft.odds(0.85) else ():
                draft.add(
                    td.LocalContent(
                        vehicle=row.vehicle, plant=row.plant, regime=regime, start=start,
                        local_pct=draft.rng.uniform(20, 90),
                    )
                )  # fmt: skip


def _preferences(draft: Draft, regime: str) -> None:
    drives = {row.drivetrain for row in draft.of(pr.Vehicle)}
    for importer in AREAS:
        for exporter in AREAS:
            if importer == exporter or draft.odds(0.2):
                continue
            for goods in draft.some(["any", *sorted(drives)], 0.4):  # type: ignore[list-item]
                for start in sorted({draft.maker.day() for _ in range(2)}):
                    draft.add(
                        td.Preference(
                            regime=regime, importer=importer, exporter=exporter, goods=goods,
                            start=start, rate_pct=draft.rng.choice([0, 0, 2.5, 30]),
                        )
                    )  # fmt: skip


def carbon(draft: Draft) -> None:
    """Footprints, meters and lanes that emit, with a price, caps and goals."""
    for vehicle in draft.maker.vehicles:
        for plant in draft.some([None, *draft.maker.plants]):  # type: ignore[list-item]
            draft.add(en.Footprint(vehicle=vehicle, plant=plant,
                                   kg_co2e=draft.rng.uniform(4_000, 12_000)))  # fmt: skip
    for number, plant in enumerate(draft.maker.plants):
        carrier = draft.rng.choice(["electricity", "electricity", "gas", "heat"])
        draft.add(en.Meter(meter=f"meter-{number}", plant=plant, carrier=carrier,
                           base_mwh_per_day=draft.rng.uniform(0, 5),
                           kwh_per_vehicle=draft.rng.uniform(100, 900),
                           kg_per_mwh=draft.maker.maybe(draft.rng.uniform(100, 400))))  # fmt: skip
    for country in COUNTRIES:
        for method in ("location", "residual"):
            for start in draft.maker.steps() if draft.odds(0.8) else ():
                factor = draft.rng.uniform(100, 600)
                draft.add(en.GridFactor(country=country, method=method, start=start,
                                        kg_per_mwh=factor))  # fmt: skip
    for lane in draft.of(td.Lane):
        draft.change(lane, co2_kg_per_ceu=draft.maker.maybe(draft.rng.uniform(20, 600)))
    draft.settings["carbon_price"] = draft.rng.choice([0, 90, 400])
    first = int(draft.month(0)[:4])
    for year in (first, first + 1):
        for kind in draft.rng.sample(["cap", "goal"], draft.rng.randrange(3)):
            draft.add(
                en.CarbonLimit(
                    year=year, kind=kind,
                    tonnes=draft.rng.uniform(*((3_000, 12_000) if kind == "cap" else (300, 6_000))),
                    **draft.money("excess_cost", 150 if kind == "goal" else 0),
                )
            )  # fmt: skip
