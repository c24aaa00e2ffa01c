"""Rules on change against the published plan."""

from collections.abc import Callable

from motorworks.result.verify.books import Books


def freeze(books: Books) -> None:
    """In the first months the published plan does not change."""
    for (vehicle, plant, t), published in books.options.published.items():
        if t >= books.settings.freeze_months:
            continue
        units, month = books.said.make[vehicle, plant][t], books.given.months[t]
        if books.ledger.differs("freeze", units, published):
            message = (
                f"{plant} builds {units:,.1f} {vehicle} in {month}, which is frozen at "
                f"{published:,.1f}"
            )
            books.ledger.add("freeze", f"{vehicle} at {plant}, {month}", message, units, published)


def plan_change(books: Books) -> None:
    """The figures put side by side are those of the published plan and of this one."""
    for (vehicle, plant, month), published in books.options.changes.items():
        built = books.said.make[vehicle, plant][books.given.place[month]]
        row = books.said.sheets["changes"].row(vehicle, plant, month)
        if row is None:
            continue
        for what, due in (
            ("published", published),
            ("units", float(built)),
        ):
            if books.ledger.differs("plan_change", row[what], due):
                message = (
                    f"{what} of {vehicle} at {plant} in {month} is stated as {row[what]:,.1f}, "
                    f"but it is {due:,.1f}"
                )
                where = f"{vehicle} at {plant}, {month}"
                books.ledger.add("plan_change", where, message, row[what], due)


STABILITY_RULES: tuple[Callable[[Books], None], ...] = (freeze, plan_change)
