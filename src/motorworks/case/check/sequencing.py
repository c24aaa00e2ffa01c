"""The order of cars: rules are complete, say something, and speak of orders that can keep them."""

from collections.abc import Iterator

from motorworks.case.case import Case
from motorworks.case.check.find import ASIDE, Row, lookup, problem, rows
from motorworks.errors import Problem

_LEAST_WINDOW = 2

SUBJECTS = ("option", "vehicle", "colour", "component", "part")
"""Columns of a sequence rule that name the cars it speaks of."""

_USED: dict[str, tuple[str, ...]] = {
    "ratio": ("at_most", "window", "past_ends"),
    "spacing": ("window", "past_ends"),
    "batch": ("at_most", "past_ends"),
    "block": ("at_least", "at_most", "past_ends"),
    "stretch": ("first", "last", "at_least", "at_most"),
    "even": (),
}
_NEEDED = {"ratio": ("at_most", "window"), "spacing": ("window",), "batch": ("at_most",)}
_LIMITS = ("at_least", "at_most", "window", "first", "last", "past_ends")

_ORDER_USED: dict[str, tuple[str, ...]] = {
    "place": ("first", "last"),
    "forbidden": ("first", "last"),
    "not_before": ("hours",),
    "after": ("other", "gap"),
}
_ORDER_NEEDED = {"not_before": ("hours",), "after": ("other",)}
_ORDER_LIMITS = ("first", "last", "hours", "other", "gap")


def sequence_rules_are_complete(case: Case) -> list[Problem]:
    """A rule on the order of cars says all that its kind needs.

    A ratio needs ``at_most`` and ``window``, a spacing its window, a batch ``at_most``, a block or
    a stretch ``at_least`` or ``at_most``. All but batch name an option, a vehicle, a colour, a
    component or a part.
    """
    found: list[Problem] = []
    for number, row in rows(case, "sequence_rules"):
        missing = [column for column in _NEEDED.get(row["kind"], ()) if row[column] is None]
        if row["kind"] in ("block", "stretch") and row["at_least"] is row["at_most"] is None:
            missing.append("at_most")
        if row["kind"] != "batch" and all(row[column] is None for column in SUBJECTS):
            message = f"a rule of kind {row['kind']} needs one of {', '.join(SUBJECTS)}"
            found.append(problem("sequence_rules", number, "option", None, message))
        for column in missing:
            message = f"a rule of kind {row['kind']} needs it"
            found.append(problem("sequence_rules", number, column, None, message))
    return found


def sequence_rules_leave_the_rest_blank(case: Case) -> list[Problem]:
    """A rule on the order of cars leaves blank what its kind does not use.

    A batch speaks of colours alone. Who fills another column thinks of another kind of rule.
    """
    found: list[Problem] = []
    for number, row in rows(case, "sequence_rules"):
        unused = _unused(row, _USED, _LIMITS)
        if row["kind"] == "batch":
            unused += [column for column in SUBJECTS if column != "colour"]
        found += _filled("sequence_rules", number, row, unused)
    return found


def _unused(row: Row, used: dict[str, tuple[str, ...]], limits: tuple[str, ...]) -> list[str]:
    kept = used.get(row["kind"], limits)
    return [column for column in limits if column not in kept]


def _filled(table: str, number: int, row: Row, columns: list[str]) -> Iterator[Problem]:
    """Complain of the columns that are filled."""
    for column in columns:
        if row[column] is not None:
            message = f"a rule of kind {row['kind']} does not use it; leave it blank"
            yield problem(table, number, column, row[column], message)


def sequence_rules_say_something(case: Case) -> list[Problem]:
    """A rule on the order of cars is one that an order can break, and one that an order can keep.

    A ratio allows fewer cars than its window holds; a window holds two cars or more; a block of at
    least one car says nothing; the least is not above the most, nor the first place after the last.
    A weight is a whole number, except of ``even``.
    """
    found: list[Problem] = []
    for number, row in rows(case, "sequence_rules"):
        for column, message in _senseless(row):
            found.append(problem("sequence_rules", number, column, row[column], message))
    return found


def _senseless(row: Row) -> Iterator[tuple[str, str]]:
    """Columns of a rule that make it empty or impossible, and why."""
    kind, window, least, most = row["kind"], row["window"], row["at_least"], row["at_most"]
    if kind == "ratio" and None not in (most, window) and most >= window:
        yield "at_most", f"must be below the window ({window})"
    if kind == "spacing" and window is not None and window < _LEAST_WINDOW:
        yield "window", f"must be at least {_LEAST_WINDOW}"
    if kind == "block" and least is not None and least < _LEAST_WINDOW:
        yield "at_least", f"must be at least {_LEAST_WINDOW}, or blank"
    if kind in ("block", "batch") and most == 0:
        yield "at_most", "must be at least 1"
    if kind in ("block", "stretch") and None not in (least, most) and least > most:
        yield "at_least", f"must be at most at_most ({most})"
    if _backwards(row):
        yield "last", f"must be at least first ({row['first']})"
    if kind != "even" and row["weight"] is not None and not float(row["weight"]).is_integer():
        yield "weight", f"must be a whole number for a rule of kind {kind}"


def _backwards(row: Row) -> bool:
    first, last = row["first"], row["last"]
    return first is not None and last is not None and first > last


def sequence_rules_are_of_lines(case: Case) -> list[Problem]:
    """A rule on the order of cars names a shop that cars pass on their way, not a feeder or store.

    An engine shop has no order of cars.
    """
    shops = lookup(case, "shops", "shop")
    return [
        problem("sequence_rules", number, "shop", row["shop"],
                f"is a shop of kind {shops[row['shop']]['kind']}; name one that cars pass")
        for number, row in rows(case, "sequence_rules")
        if row["shop"] in shops and shops[row["shop"]]["kind"] in ASIDE
    ]  # fmt: skip


def order_rules_are_complete(case: Case) -> list[Problem]:
    """A rule on an order says all that its kind needs, and leaves the rest blank.

    ``place`` and ``forbidden`` need a first or a last place, ``not_before`` hours, ``after`` the
    other order.
    """
    found: list[Problem] = []
    for number, row in rows(case, "order_rules"):
        missing = [column for column in _ORDER_NEEDED.get(row["kind"], ()) if row[column] is None]
        if row["kind"] in ("place", "forbidden") and row["first"] is row["last"] is None:
            missing.append("first")
        for column in missing:
            message = f"a rule of kind {row['kind']} needs it"
            found.append(problem("order_rules", number, column, None, message))
        found += _filled("order_rules", number, row, _unused(row, _ORDER_USED, _ORDER_LIMITS))
    return found


def order_rules_can_be_kept(case: Case) -> list[Problem]:
    """The first place of an order is not after its last, and no order comes after itself.

    Nor does it come, over other orders, after one that comes after it. Soft rules may contradict
    each other. A weight is a whole number.
    """
    found: list[Problem] = []
    before: dict[str, set[str]] = {}
    for number, row in rows(case, "order_rules"):
        if _backwards(row):
            message = f"must be at least first ({row['first']})"
            found.append(problem("order_rules", number, "last", row["last"], message))
        if row["weight"] is not None and not float(row["weight"]).is_integer():
            message = "must be a whole number"
            found.append(problem("order_rules", number, "weight", row["weight"], message))
        if row["kind"] != "after" or row["other"] is None or row["priority"] != "hard":
            continue
        if row["order"] in _all_before(before, row["other"]):
            message = f"comes itself after {row['order']} by this and earlier rules"
            found.append(problem("order_rules", number, "other", row["other"], message))
        else:
            before.setdefault(row["order"], set()).add(row["other"])
    return found


def _all_before(before: dict[str, set[str]], order: str) -> set[str]:
    """An order and all that must come before it."""
    reached, open_ends = {order}, [order]
    while open_ends:
        new = before.get(open_ends.pop(), set()) - reached
        reached |= new
        open_ends += new
    return reached


RULES = (
    sequence_rules_are_complete,
    sequence_rules_leave_the_rest_blank,
    sequence_rules_say_something,
    sequence_rules_are_of_lines,
    order_rules_are_complete,
    order_rules_can_be_kept,
)
