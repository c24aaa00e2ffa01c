"""Options and colours: shares add up, rules can be kept, orders can be built."""

from motorworks.case.case import Case
from motorworks.case.check.find import Row, groups, lookup, plain, problem, rows
from motorworks.errors import Problem

_WHOLE = 100.0
_SLACK = 0.01


def take_rates_of_a_group_add_up(case: Case) -> list[Problem]:
    """The take rates of an option group add up to 100 % for each vehicle and market.

    A car has exactly one option of a group. A row without a market holds in all markets that have
    no row of their own.
    """
    group = {row["option"]: row["group"] for _, row in rows(case, "options")}
    grouped = (item for item in rows(case, "take_rates") if group.get(item[1]["option"]))
    found: list[Problem] = []
    for (vehicle,), own in groups(grouped, "vehicle").items():
        by_group: dict[str, list[tuple[int, Row]]] = {}
        for number, row in own:
            by_group.setdefault(group[row["option"]], []).append((number, row))
        for name, same in by_group.items():
            for market, (number, row), total in _totals(same):
                if abs(total - _WHOLE) > _SLACK:
                    where = f" in {market}" if market else ""
                    message = (
                        f"the take rates of group {name} for {vehicle}{where} add up to "
                        f"{plain(total)} %; must be 100 %"
                    )
                    found.append(
                        problem("take_rates", number, "share_pct", row["share_pct"], message)
                    )
    return found


def _totals(same: list[tuple[int, Row]]) -> list[tuple[str | None, tuple[int, Row], float]]:
    """Sum of the shares that hold in each market, with the first row that speaks of it."""
    first: dict[str | None, tuple[int, Row]] = {}
    for number, row in same:
        first.setdefault(row["market"], (number, row))
    totals = []
    for market, place in first.items():
        shares = {row["option"]: row["share_pct"] for _, row in same if row["market"] is None}
        shares |= {row["option"]: row["share_pct"] for _, row in same if row["market"] == market}
        totals.append((market, place, sum(share or 0.0 for share in shares.values())))
    return totals


def colours_of_a_vehicle_add_up(case: Case) -> list[Problem]:
    """The colour mix of a vehicle adds up to 100 %.

    Every car has one colour.
    """
    return [
        problem("colour_mix", same[0][0], "share_pct", same[0][1]["share_pct"],
                f"the colours of {vehicle} add up to {plain(total)} %; must be 100 %")
        for (vehicle,), same in groups(rows(case, "colour_mix"), "vehicle").items()
        for total in [sum(row["share_pct"] or 0.0 for _, row in same)]
        if abs(total - _WHOLE) > _SLACK
    ]  # fmt: skip


def option_rules_are_complete(case: Case) -> list[Problem]:
    """A rule that needs or excludes names the other option, a rule on a market names the market.

    What its kind does not speak of stays blank.
    """
    found: list[Problem] = []
    for number, row in rows(case, "option_rules"):
        by_market = row["kind"] in ("only_market", "not_market")
        wanted, blank = ("market", "other") if by_market else ("other", "market")
        if row[wanted] is None:
            message = f"a rule of kind {row['kind']} needs it"
            found.append(problem("option_rules", number, wanted, None, message))
        if row[blank] is not None:
            message = f"a rule of kind {row['kind']} does not use it; leave it blank"
            found.append(problem("option_rules", number, blank, row[blank], message))
    return found


def option_rules_do_not_contradict(case: Case) -> list[Problem]:
    """No option needs what it excludes, nor itself, nor is only for a market it is not for.

    Also a needed option may not exclude the one that needs it, nor belong to the same group: a car
    has exactly one of a group. A rule for all vehicles counts for each.
    """
    group = {row["option"]: row["group"] for _, row in rows(case, "options")}
    excluded: list[tuple[str | None, str, str]] = []
    barred: list[tuple[str | None, str, str]] = []
    for _, row in rows(case, "option_rules"):
        if row["kind"] == "excludes":
            excluded += [(row["vehicle"], row["option"], row["other"])]
            excluded += [(row["vehicle"], row["other"], row["option"])]
        elif row["kind"] == "not_market":
            barred += [(row["vehicle"], row["option"], row["market"])]
    found: list[Problem] = []
    for number, row in rows(case, "option_rules"):
        option, other, kind = row["option"], row["other"], row["kind"]
        column, message = "other", None
        if kind in ("needs", "excludes") and option == other:
            message = "is the option itself; name another"
        elif kind == "needs" and _holds(excluded, row["vehicle"], option, other):
            message = f"another rule says that {option} and {other} exclude each other"
        elif kind == "needs" and other in group and group.get(option) == group[other] is not None:
            message = f"is of the same group as {option}, and a car has exactly one of a group"
        elif kind == "only_market" and _holds(barred, row["vehicle"], option, row["market"]):
            column, message = "market", f"another rule says that {option} is not for it"
        if message:
            found.append(problem("option_rules", number, column, row[column], message))
    return found


def _holds(
    rules: list[tuple[str | None, str, str]], vehicle: str | None, left: str, right: str | None
) -> bool:
    """Whether one of the rules speaks of the pair and of the vehicle (blank: of all)."""
    return any(
        (left, right) == rule[1:] and (vehicle is None or rule[0] is None or vehicle == rule[0])
        for rule in rules
    )


def orders_have_one_option_of_a_group(case: Case) -> list[Problem]:
    """An order names no option twice, and at most one option of a group.

    A car has exactly one of a group.
    """
    group = {row["option"]: row["group"] for _, row in rows(case, "options")}
    found: list[Problem] = []
    for number, row in rows(case, "orders"):
        taken: dict[str, str] = {}
        for option in (row["options"] or "").split():
            name = group.get(option) or option
            if name in taken:
                what = "stands twice" if taken[name] == option else f"and {taken[name]} are both"
                where = "" if taken[name] == option else f" of group {name}; name one"
                message = f"{option} {what}{where}"
                found.append(problem("orders", number, "options", row["options"], message))
            taken[name] = option
    return found


def orders_are_in_a_colour_of_the_vehicle(case: Case) -> list[Problem]:
    """The colour of an order is one in which the vehicle comes, where its colours are given.

    Another cannot be painted.
    """
    colours = lookup(case, "colours", "colour")
    mixes: dict[str, list[str]] = {}
    for _, row in rows(case, "colour_mix"):
        mixes.setdefault(row["vehicle"], []).append(row["colour"])
    return [
        problem("orders", number, "colour", row["colour"],
                f"{row['vehicle']} comes in {', '.join(sorted(map(str, mixes[row['vehicle']])))}")
        for number, row in rows(case, "orders")
        if row["colour"] in colours and row["vehicle"] in mixes
        and row["colour"] not in mixes[row["vehicle"]]
    ]  # fmt: skip


def orders_keep_option_rules(case: Case) -> list[Problem]:
    """The options of an order keep the rules between options.

    The rule and the options that conflict are named: one without what it needs, with what it
    excludes, or for a market that it is not for.
    """
    rules = [row for _, row in rows(case, "option_rules")]
    return [
        problem("orders", number, "options", order["options"], f"breaks the rule {rule['rule']}: "
                + conflict)
        for number, order in rows(case, "orders")
        for rule in rules
        if rule["vehicle"] in (None, order["vehicle"])
        and (conflict := _conflict(rule, (order["options"] or "").split(), order["market"]))
    ]  # fmt: skip


def _conflict(rule: Row, has: list[str], market: str) -> str:
    """What options conflict with a rule, in words; nothing where it is kept."""
    option, other = rule["option"], rule["other"]
    if option not in has:
        return ""
    if rule["kind"] == "needs" and other not in has:
        return f"{option} needs {other}"
    if rule["kind"] == "excludes" and other in has:
        return f"{option} and {other} exclude each other"
    if rule["kind"] == "only_market" and market != rule["market"]:
        return f"{option} is only for {rule['market']}, not for {market}"
    if rule["kind"] == "not_market" and market == rule["market"]:
        return f"{option} is not for {market}"
    return ""


RULES = (
    take_rates_of_a_group_add_up,
    colours_of_a_vehicle_add_up,
    option_rules_are_complete,
    option_rules_do_not_contradict,
    orders_have_one_option_of_a_group,
    orders_are_in_a_colour_of_the_vehicle,
    orders_keep_option_rules,
)
