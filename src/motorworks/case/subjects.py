"""What a rule on the order of cars speaks of, and which cars that are."""

from dataclasses import dataclass

from motorworks.case.case import Case
from motorworks.case.records.line import Order, SequenceRule
from motorworks.case.records.supply import BomLine, ComponentUse


@dataclass(frozen=True)
class Subject:
    """Cars that have all that is named here.

    Examples
    --------
    >>> rule = SequenceRule(rule="r", kind="spacing", option="awd", vehicle="suv", window=3)
    >>> str(Subject.of(rule))
    'awd+suv'
    """

    option: str | None = None
    vehicle: str | None = None
    colour: str | None = None
    component: str | None = None
    part: str | None = None

    @classmethod
    def of(cls, row: SequenceRule) -> "Subject":
        """What a row speaks of."""
        return cls(row.option, row.vehicle, row.colour, row.component, row.part)

    def __str__(self) -> str:
        """Name what is meant."""
        named = (self.colour, self.option, self.component, self.part, self.vehicle)
        return "+".join(name for name in named if name is not None)


class Uses:
    """How much of a subject each order has: 1 or 0, or its use of the component or part."""

    def __init__(self, case: Case) -> None:
        self._components = {
            (row.component, row.vehicle): row.quantity for row in case.rows(ComponentUse)
        }
        self._parts: dict[tuple[str, str], list[BomLine]] = {}
        for row in case.rows(BomLine):
            self._parts.setdefault((row.part, row.vehicle), []).append(row)

    def amount(self, subject: Subject, order: Order) -> float:
        """What an order uses of a subject; 0 where it lacks something that is named."""
        options = (order.options or "").split()
        if subject.option is not None and subject.option not in options:
            return 0.0
        if subject.vehicle not in (None, order.vehicle) or subject.colour not in (
            None, order.colour,
        ):  # fmt: skip
            return 0.0
        amount = 1.0
        if subject.component is not None:
            amount *= self._components.get((subject.component, order.vehicle), 0.0)
        if subject.part is not None:
            lines = self._parts.get((subject.part, order.vehicle), [])
            amount *= sum(row.quantity for row in lines if row.option in (None, *options))
        return amount
