"""The verification as a whole, wired in one place."""

from motorworks.case.case import Case
from motorworks.case.column import Record, columns_of
from motorworks.case.records import (
    choices,
    energy,
    markets,
    products,
    programme,
    sites,
    supply,
    trade,
)
from motorworks.errors import CaseError, Problem
from motorworks.result.plan import PlanResult
from motorworks.result.verify.agreement_rules import AGREEMENT_RULES
from motorworks.result.verify.books import Books
from motorworks.result.verify.build_rules import BUILD_RULES
from motorworks.result.verify.carbon_rules import CARBON_RULES
from motorworks.result.verify.chosen import Chosen
from motorworks.result.verify.component_rules import COMPONENT_RULES
from motorworks.result.verify.expected import expected
from motorworks.result.verify.findings import Ledger, Verification
from motorworks.result.verify.given import Given
from motorworks.result.verify.lane_rules import LANE_RULES
from motorworks.result.verify.launch import Limits
from motorworks.result.verify.launch_choices import LAUNCH_RULES
from motorworks.result.verify.market_rules import MARKET_RULES
from motorworks.result.verify.money import Money
from motorworks.result.verify.objective import objective
from motorworks.result.verify.objectives_rules import objectives
from motorworks.result.verify.options import Options
from motorworks.result.verify.origin_rules import ORIGIN_RULES
from motorworks.result.verify.regimes import Regimes
from motorworks.result.verify.said import Said
from motorworks.result.verify.settings import read_settings
from motorworks.result.verify.shift_rules import SHIFT_RULES
from motorworks.result.verify.site_rules import SITE_RULES
from motorworks.result.verify.stability_rules import STABILITY_RULES
from motorworks.result.verify.stated import stated_limits
from motorworks.result.verify.stated_choices import stated_choices


def verify_plan(case: Case, result: PlanResult) -> Verification:
    """Recompute every constraint and every part of the margin, and list what is wrong.

    Parameters
    ----------
    case
        The resolved case that the plan was made for.
    result
        The plan; only its tables, settings and margin are read.

    Returns
    -------
    Verification
        Its findings are empty where nothing is wrong.

    Raises
    ------
    CaseError
        Where the case itself is so incomplete that nothing can be recomputed: a name that no
        table knows, a currency without a rate, two customs areas without a duty on record.
    """
    _require_names(case)
    ledger = Ledger()
    settings = read_settings(result.settings, case.info.plan, ledger)
    given = Given(case)
    options, regimes, money = Options(given), Regimes(given), Money(given)
    said = Said(given, expected(given, options, regimes), result, ledger)
    chosen = Chosen(given, options, said)
    limits = Limits(given, chosen)
    books = Books(given, options, regimes, money, said, chosen, limits, settings, ledger)
    for rule in RULES_IN_ORDER:
        rule(books)
    stated_limits(books)
    stated_choices(books)
    objective(books, result)
    objectives(books)
    return ledger.close()


RULES_IN_ORDER = (
    *BUILD_RULES, *LAUNCH_RULES, *SITE_RULES, *SHIFT_RULES, *AGREEMENT_RULES, *LANE_RULES,
    *MARKET_RULES, *COMPONENT_RULES, *ORIGIN_RULES, *CARBON_RULES, *STABILITY_RULES,
)  # fmt: skip

_USED: tuple[type[Record], ...] = (
    sites.Plant, sites.Shop, sites.ShopRate, sites.ShiftCalendar, sites.Closure,
    products.WorkContent, markets.Market, markets.Demand, programme.Allocation,
    programme.Agreement, programme.Pin, programme.OpeningStock, programme.InTransit,
    programme.OpeningBacklog, trade.Lane, supply.Supplier, supply.ComponentUse,
    supply.ComponentSource, supply.OpeningComponent, supply.ComponentNeed, supply.ComponentSale,
    choices.LaunchWindow, choices.LineRule, choices.SiteWindow, choices.Conversion,
    choices.ShiftOption, choices.Workforce, trade.SpotSpace, energy.Meter,
)  # fmt: skip

_CARRIED = frozenset({
    "countries", "plants", "shops", "shift_patterns", "vehicles", "markets", "lanes", "ramps",
    "components", "suppliers",
})  # fmt: skip


def _require_names(case: Case) -> None:
    """Refuse a case whose tables name what does not exist, as far as the plan needs it."""
    problems: list[Problem] = []
    for record in _USED:
        for column in columns_of(record):
            table, _, field = (column.ref or "").partition(".")
            if table not in _CARRIED:
                continue
            known = set(case.table(table)[field])
            for number, name in enumerate(case.table(record.TABLE)[column.name], start=2):
                if name is not None and name not in known:
                    file, message = f"{record.TABLE}.csv", f"does not stand in {column.ref}"
                    problems.append(Problem(file, message, number, column.name, str(name)))
    if problems:
        raise CaseError(problems)
