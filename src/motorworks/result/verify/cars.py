"""Recomputes cars one by one of a simulation, and its build to schedule, from days in order.

Nothing is shared with the stage: cars are taken by their order numbers from the days, and each
day's measures are worked out anew from the times at which cars left.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from motorworks.result.car_records import ScheduleDay, SimCar
from motorworks.result.days import DaySequence
from motorworks.result.simulated_days import SimulatedSpan
from motorworks.result.verify.findings import Ledger

CAR_RULES = ("cars_of_orders", "car_times", "schedule_kept")
"""Every rule that can object to cars one by one."""

_DAY_MIN = 1440.0
_EXACT = 1e-6
_SHARES = ("volume", "mix", "sequence", "kept")
_COUNTS = ("lag", "planned", "built", "in_mix", "in_sequence")


def check_cars(
    ledger: Ledger, span: SimulatedSpan, days: list[DaySequence], begins: Sequence[float]
) -> None:
    """Hold the cars of a simulation against those of its days, and its schedule against the cars.

    Parameters
    ----------
    ledger
        Where findings go.
    span
        The simulation.
    days
        The days of its plant in order, those of the span alone.
    begins
        Minutes at which the days of the span begin, and at last that at which it ends.
    """
    cars = [SimCar(**row) for row in span.result.tables[SimCar.TABLE].iter_rows(named=True)]
    given = {
        order.order: ((one.date - span.first).days + 1, order.vehicle)
        for one in days
        for order in one.built
    }
    _cars_of_orders(ledger, span, cars, given)
    _car_times(ledger, span, cars, begins)
    told = span.result.tables[ScheduleDay.TABLE].to_dicts()
    _schedule_kept(ledger, span, told, list(_measured(cars, given, begins)))


def _cars_of_orders(
    ledger: Ledger, span: SimulatedSpan, cars: list[SimCar], given: dict[str, tuple[int, str]]
) -> None:
    """Each car is an order of the days, of its vehicle and on its day."""
    for car in cars:
        ledger.checked["cars_of_orders"] += 1
        if given.get(car.order) != (car.day, _vehicle(car)):
            message = f"car {car.order} of day {car.day} is not in order for that day"
            ledger.add("cars_of_orders", span.name, message)


def _car_times(
    ledger: Ledger, span: SimulatedSpan, cars: list[SimCar], begins: Sequence[float]
) -> None:
    """No car leaves a shop before it came, stands in one twice or comes after it is out."""
    seen: set[tuple[int, str]] = set()
    end = begins[-1] if begins else _DAY_MIN * span.days
    for car in cars:
        ledger.checked["car_times"] += 1
        left = end if car.left is None else car.left
        if not -_EXACT <= car.entered <= left + _EXACT or left > end + _EXACT:
            message = f"car {car.order} is in {car.shop} from {car.entered:.1f} to {left:.1f} min"
            ledger.add("car_times", span.name, message)
        if (car.car, car.shop) in seen:
            ledger.add("car_times", span.name, f"car {car.order} is told of twice in {car.shop}")
        seen.add((car.car, car.shop))


def _measured(
    cars: list[SimCar], given: dict[str, tuple[int, str]], begins: Sequence[float]
) -> Iterator[dict[str, float]]:
    """Build to schedule of each day, anew."""
    out = sorted(
        (car.left, car.car, car.day, _vehicle(car)) for car in cars
         if car.out and car.left is not None
    )  # fmt: skip
    if not out:
        return
    planned: dict[int, Counter[str]] = {}
    for day, vehicle in given.values():
        planned.setdefault(day, Counter())[vehicle] += 1
    leaving = [
        bisect_right(begins, left) if begins else int(left // _DAY_MIN) + 1 for left, *_ in out
    ]
    working = sorted({*planned, *leaving, *(day for _, _, day, _ in out)})
    lags = Counter(
        max(0, working.index(at) - working.index(day))
        for at, (_, _, day, _) in zip(leaving, out, strict=True)
    )
    lag = min(days for days, count in lags.items() if count == max(lags.values()))
    ahead = -1
    behind_none = []
    for _, car, _, _ in out:
        behind_none.append(car >= ahead)
        ahead = max(ahead, car)
    for here, day in enumerate(working):
        due = planned.get(working[here - lag]) if here >= lag else None
        if due is None:
            continue
        built = [n for n, at in enumerate(leaving) if at == day]
        made = Counter(out[n][3] for n in built)
        yield _shares(day, lag, due, made, sum(behind_none[n] for n in built))


def _shares(
    day: int, lag: int, due: Counter[str], made: Counter[str], in_sequence: int
) -> dict[str, float]:
    wanted, count, in_mix = due.total(), made.total(), (due & made).total()
    volume = 100.0 if count > wanted else 100.0 * count / wanted
    mix = 100.0 * in_mix / min(count, wanted) if count else 0.0
    sequence = 100.0 * in_sequence / count if count else 0.0
    return {
        "day": day, "lag": lag, "planned": wanted, "built": count, "in_mix": in_mix,
        "in_sequence": in_sequence, "volume": volume, "mix": mix, "sequence": sequence,
        "kept": volume * mix * sequence / 1e4,
    }  # fmt: skip


def _schedule_kept(
    ledger: Ledger,
    span: SimulatedSpan,
    told: list[dict[str, float]],
    measured: list[dict[str, float]],
) -> None:
    by_day = {row["day"]: row for row in measured}
    if len(told) != len(measured) or {row["day"] for row in told} != set(by_day):
        ledger.add("schedule_kept", span.name, f"{len(told)} days are told, not {len(measured)}")
        return
    for row in told:
        expected = by_day[row["day"]]
        for name in (*_COUNTS, *_SHARES):
            ledger.checked["schedule_kept"] += 1
            if abs(row[name] - expected[name]) > _EXACT:
                message = f"{name} of day {row['day']} is {row[name]:g}, not {expected[name]:g}"
                ledger.add("schedule_kept", span.name, message, row[name], expected[name])


def _vehicle(car: SimCar) -> str:
    return car.vehicle.partition("+")[0]
