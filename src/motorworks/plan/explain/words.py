"""Ways out in planners' words."""

from collections.abc import Sequence

from motorworks.plan.data import PlanData
from motorworks.plan.explain.rules import Rule, figure

_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

_MORE = {
    "plant_yard": "{amount} more yard slots at {what}",
    "market_yard": "{amount} more yard slots in {what}",
    "lane_space": "{amount} CEU more space on the lane {what}",
    "cell_supply": "{amount} GWh more cells from {what}",
    "component_capacity": "{amount} more units from {what}",
    "nameplate": "{amount} more cars than the nameplate of {what} allows",
    "agreement_maximum": "{amount} more cars than the agreement {what} allows",
    "agreement_minimum": "{amount} fewer cars than the agreement {what} asks for",
    "notice": "no notice for leaving {what}",
    "launch": "{amount} more {what} than its launch allows",
    "launch_choice": "{amount} more {what} than its launch allows",
    "line_rules": "the line rule {what} waived",
    "models_limit": "{amount} more models at {what}",
    "platforms_limit": "{amount} more platforms at {what}",
    "halt_capacity": "{amount} more standard vehicles at {what} than its standstill allows",
    "agreement_flex": "{amount} cars beyond the band of the agreement {what}",
    "freeze": "{amount} cars away from the frozen plan of {what}",
    "port_space": "{amount} more slots in the port {what}",
}
"""What easing a rule means, by family; hours of shops and pins have their own words."""

_WAIVED = {"one_start": "no start of {what}", "halt_once": "no standstill for {what}"}
"""What it means where something that must be done is not done."""

_ONCE = frozenset({"slots", "models", "platforms"})
"""Units of what is there in every month: room for one more in two months is not room for two."""


def month_words(when: str) -> str:
    """A month as it is spoken; years and blanks stay.

    Examples
    --------
    >>> month_words("2026-05"), month_words("2026")
    ('May 2026', '2026')
    """
    if len(when) == 7 and when[5:].isdigit():
        return f"{_NAMES[int(when[5:]) - 1]} {when[:4]}"
    return when


def pace_of(rule: Rule, data: PlanData) -> float | None:
    """Standard vehicles an hour of a shop in a month; None where it has no hours."""
    if rule.family != "shop_capacity" or rule.what not in data.pace.shops:
        return None
    shop, month = data.pace.shops.index(rule.what), data.sets.months.index(rule.when)
    hours, capacity = data.pace.hours[shop], data.pace.capacity[shop]
    if hours[month] > 0:
        return float(capacity[month] / hours[month])
    worked = hours > 0
    return float(capacity[worked].sum() / hours[worked].sum()) if worked.any() else None


def ease_words(eases: Sequence[tuple[Rule, float]], data: PlanData) -> str:
    """Rules and by how much each gives way, as a planner would say it."""
    alike: dict[tuple[str, str, str], list[tuple[Rule, float]]] = {}
    for rule, amount in eases:
        alike.setdefault((rule.family, rule.what, rule.side), []).append((rule, amount))
    return " and ".join(dict.fromkeys(_one(same, data) for same in alike.values()))


def _one(eases: list[tuple[Rule, float]], data: PlanData) -> str:
    rule = eases[0][0]
    paces = [pace_of(each, data) for each, _ in eases]
    if all(pace is not None for pace in paces):
        hours = sum(amount / (pace or 1.0) for (_, amount), pace in zip(eases, paces, strict=True))
        plant = data.sets.plants[data.pace.shop_plant[data.pace.shops.index(rule.what)]]
        shop = "" if rule.what == plant else f" ({rule.what})"
        text = f"{figure(round(hours, 3))} more hours at {plant}{shop}"
    else:
        amounts = [amount for _, amount in eases]
        text = _amount_words(rule, max(amounts) if rule.unit in _ONCE else sum(amounts))
    return text + _times([each.when for each, _ in eases])


def _amount_words(rule: Rule, total: float) -> str:
    amount = figure(total)
    if rule.family == "wish":
        less = "fewer" if rule.side == "at least" else "more"
        return f"{amount} {less} cars than wished"
    if rule.family == "pins":
        less = "fewer" if rule.side == "at least" else "more"
        return f"{amount} {less} {rule.what}"
    if rule.family in _WAIVED and rule.side == "at least":
        return _WAIVED[rule.family].format(what=rule.what)
    if rule.family in _MORE:
        return _MORE[rule.family].format(amount=amount, what=rule.what)
    less = "less" if rule.side == "at least" else "more"
    unit = f" {rule.unit}" if rule.unit else ""
    return f"{amount}{unit} {less} than {rule.family} of {rule.what} says"


def _times(whens: Sequence[str]) -> str:
    known = sorted(when for when in set(whens) if when)
    if not known:
        return ""
    if len(known) == 1:
        return f" in {month_words(known[0])}"
    span = f"{month_words(known[0])} to {month_words(known[-1])}"
    return (
        f" over {len(known)} periods, {span}"
        if len(known) > 2
        else (f" in {month_words(known[0])} and {month_words(known[1])}")
    )
