"""Everything that a rule needs in one hand: the case's side, the plan's side, the ledger."""

from dataclasses import dataclass

from motorworks.result.verify.chosen import Chosen
from motorworks.result.verify.findings import Ledger
from motorworks.result.verify.given import Given
from motorworks.result.verify.launch import Limits
from motorworks.result.verify.money import Money
from motorworks.result.verify.options import Options
from motorworks.result.verify.regimes import Regimes
from motorworks.result.verify.said import Said
from motorworks.result.verify.settings import Settings


@dataclass(frozen=True)
class Books:
    """What the case gives and leaves to choose, what the plan says, and where findings go."""

    given: Given
    options: Options
    regimes: Regimes
    money: Money
    said: Said
    chosen: Chosen
    limits: Limits
    settings: Settings
    ledger: Ledger
