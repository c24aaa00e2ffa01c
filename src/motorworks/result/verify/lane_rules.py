"""Rules on lanes and ports: space held, space bought on the spot, least lots, cars on the quay."""

from collections.abc import Callable

import numpy as np

from motorworks.case.records.trade import Port, Sailing, SpotSpace
from motorworks.result.verify.books import Books
from motorworks.result.verify.calendar import steps_by
from motorworks.result.verify.findings import CARS, Array
from motorworks.result.verify.given import MONTH_DAYS
from motorworks.result.verify.market_rules import landing


def aboard(books: Books) -> dict[str, Array]:
    """Space in CEU that the cars on each lane take, by month."""
    used = {lane: np.zeros(books.given.count) for lane in books.given.lanes}
    for vehicle, lane in books.given.flows:
        used[lane] += books.given.vehicles[vehicle].ceu * books.said.ship[vehicle, lane]
    return used


def lane_space(books: Books) -> None:
    """Ships hold what is put on them, with space bought on top."""
    held = steps_by(
        books.given.case.rows(Sailing),
        lambda r: r.lane,
        lambda r: (r.start, r.sailings_per_month * r.allotment_ceu),
    )
    used, spot = aboard(books), books.said.series("spot", "ceu")
    for lane, steps in held.items():
        limits = spot[(lane,)] + [steps.at(month) for month in books.given.months]
        for t in books.ledger.each_over("lane_space", used[lane], limits):
            month, most, ceu = books.given.months[t], limits[t], used[lane][t]
            books.ledger.add(
                "lane_space",
                f"{lane}, {month}",
                f"{lane} carries {ceu - most:,.1f} CEU more in {month} than its sailings "
                f"hold: {ceu:,.1f} against {most:,.1f}",
                ceu,
                most,
            )


def spot_limit(books: Books) -> None:
    """No more space is bought on a lane than is on offer."""
    offers = steps_by(
        books.given.case.rows(SpotSpace), lambda r: r.lane, lambda r: (r.start, r.ceu)
    )
    spot = books.said.series("spot", "ceu")
    for lane in books.options.spot:
        limits = np.array([offers[lane].at(month) for month in books.given.months])
        for t in books.ledger.each_over("spot_limit", spot[(lane,)], limits):
            month, most, ceu = books.given.months[t], limits[t], spot[(lane,)][t]
            books.ledger.add(
                "spot_limit",
                f"{lane}, {month}",
                f"{ceu:,.1f} CEU are bought on {lane} in {month}, but {most:,.1f} are on offer",
                ceu,
                most,
            )


def lane_lot(books: Books) -> None:
    """A lane with a least lot carries at least that in a month, or nothing and takes no space."""
    used, spot = aboard(books), books.said.series("spot", "ceu")
    for name, lane in books.given.lanes.items():
        if not lane.min_lot_ceu:
            continue
        for t, ceu in enumerate(used[name]):
            least = lane.min_lot_ceu if ceu > CARS else 0.0
            if books.ledger.over("lane_lot", least, ceu):
                month = books.given.months[t]
                books.ledger.add(
                    "lane_lot",
                    f"{name}, {month}",
                    f"{name} carries {ceu:,.1f} CEU in {month}, less than its least lot of "
                    f"{least:,.1f}",
                    ceu,
                    least,
                )
            space = 0.0 if ceu > CARS else spot[(name,)][t]
            if books.ledger.over("lane_lot", space, 0.0):
                month = books.given.months[t]
                message = f"{space:,.1f} CEU are bought on {name} in {month}, which carries nothing"
                books.ledger.add("lane_lot", f"{name}, {month}", message, space, 0.0)


def port_space(books: Books) -> None:
    """Cars that pass a port in a month find room there for as long as they stay."""
    given = books.given
    passing = {row.port: np.zeros(given.count) for row in given.case.rows(Port)}
    sea = {name for name, lane in given.lanes.items() if lane.mode in {"roro", "container"}}
    for vehicle, lane in given.flows if passing else ():
        if lane not in sea:
            continue
        row = given.lanes[lane]
        outward, inward = given.plants[row.plant].port, given.markets[row.market].port
        if outward in passing:
            passing[outward] += books.said.ship[vehicle, lane]
        if inward in passing:
            passing[inward] += landing(books, (vehicle, lane))[0]
    for (_, lane, market, arrival), units in given.landing.items():
        inward = given.markets[market].port
        if lane in sea and inward in passing:
            passing[inward][arrival] += units
    for port in given.case.rows(Port):
        for t, month in enumerate(given.months):
            standing = port.dwell_days / MONTH_DAYS * passing[port.port][t]
            if books.ledger.over("port_space", standing, port.slots):
                books.ledger.add(
                    "port_space",
                    f"{port.port}, {month}",
                    f"{standing:,.1f} cars stand in {port.name} in {month}, on {port.slots:,.1f} "
                    f"places",
                    standing,
                    port.slots,
                )


LANE_RULES: tuple[Callable[[Books], None], ...] = (
    lane_space, spot_limit, lane_lot, port_space,
)  # fmt: skip
