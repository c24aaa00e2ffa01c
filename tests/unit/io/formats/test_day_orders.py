"""A day of cars from two sheets of one's own."""

import logging
from pathlib import Path

import pytest
import xlsxwriter

from motorworks.case.line_day import (
    Levelled,
    LineDay,
    Link,
    Objective,
    Paint,
    Places,
    Ratio,
    Stretch,
)
from motorworks.errors import CaseError
from motorworks.io.formats.day_orders import read_day

ORDERS = """order,day,vehicle,colour,options,position,not_before,after
z,before,van,red,awd,,,
a,,van,red,awd towbar,,,
b,day,car,blue,,,3,
c,,van,red,towbar,,,
d,,car,red,awd,5,,
e,,car,blue,,,,a
"""
RULES = """rule,kind,option,vehicle,colour,at_least,at_most,window,order,first,last,priority,weight
awds,spacing,awd,,,,,3,,,,,2
towbars,ratio,towbar,,,,1,2,,,,low,
reds,batch,,,red,,2,,,,,,
vans,even,,van,,,,,,,,,0.5
early,stretch,,car,,1,2,,,,3,hard,
c-late,forbidden,,,,,,,c,1,2,low,4
low,objective,,,,,,,,,,,
high,objective,,,,,,,,,,,
"""


def read(folder: Path, orders: str = ORDERS, rules: str | None = RULES) -> LineDay:
    """The day of two sheets."""
    (folder / "orders.csv").write_text(orders)
    if rules is None:
        return read_day(folder / "orders.csv")
    (folder / "rules.csv").write_text(rules)
    return read_day(folder / "orders.csv", folder / "rules.csv")


def problems_of(folder: Path, orders: str = ORDERS, rules: str | None = RULES) -> list[str]:
    """What the reader complains of, as it is shown."""
    with pytest.raises(CaseError) as refused:
        read(folder, orders, rules)
    return [str(problem) for problem in refused.value.problems]


def test_cars_stand_after_those_of_the_day_before(tmp_path: Path) -> None:
    """In the order of the rows, with vehicles, colours and what the rules speak of."""
    day = read(tmp_path)
    assert (day.name, day.before, day.count) == ("orders", 1, 5)
    assert day.cars == ("z", "a", "b", "c", "d", "e")
    assert day.vehicles == ("van", "van", "car", "van", "car", "car")
    assert [day.colours[one] for one in day.colour] == ["red", "red", "blue", "red", "red", "blue"]
    assert day.traits == ("awd", "towbar", "van", "car")
    assert day.has[:, 0].tolist() == [True, True, False, False, True, False]


def test_rules_are_those_of_a_case(tmp_path: Path) -> None:
    """The kinds and columns of its tables; what a car's row says of its place is hard."""
    day = read(tmp_path)
    assert day.ratios == (
        Ratio("awds", 0, 1, 3, weight=2), Ratio("towbars", 1, 1, 2, "low")
    )  # fmt: skip
    assert day.paint == Paint((5, 2))
    assert day.levelled == (Levelled("vans", (1.0, 0.0, 1.0, 0.0, 0.0), 0.5),)
    assert day.stretches == (Stretch("early", 3, 0, 2, 1, 2, "hard"),)
    assert day.places == (
        Places("b not before 3", (1,), 2, 4), Places("d at 5", (3,), 4, 4),
        Places("c-late", (2,), 0, 1, forbidden=True, priority="low", weight=4),
    )  # fmt: skip
    assert day.links == (Link("e after a", 0, 4),)
    assert day.objectives == (Objective("low", 1_000), Objective("high", 1))


def test_objectives_that_are_not_named_are_those_that_count_something(tmp_path: Path) -> None:
    """High before low before colours before evenness; without rules, colours alone."""
    rules = RULES[: RULES.index("low,objective")]
    assert [one.name for one in read(tmp_path, rules=rules).objectives] == [
        "high", "low", "colour", "levelling",
    ]  # fmt: skip
    assert [one.name for one in read(tmp_path, rules=None).objectives] == ["colour"]


def test_objectives_may_be_weighed(tmp_path: Path) -> None:
    """All of them, or none."""
    rules = RULES.replace("low,objective,,,,,,,,,,,", "low,objective,,,,,,,,,,,3")
    assert problems_of(tmp_path, rules=rules) == [
        "rules.csv row 9, weight: give all objectives a weight, or none"
    ]
    rules = rules.replace("high,objective,,,,,,,,,,,", "high,objective,,,,,,,,,,,7")
    assert read(tmp_path, rules=rules).objectives == (Objective("low", 3), Objective("high", 7))


def test_the_earlier_of_two_dates_is_the_day_before(tmp_path: Path) -> None:
    """A list of orders has dates rather than our words."""
    orders = "order,day\na,2025-03-02\nb,2025-03-01\nc,2025-03-02\n"
    assert read(tmp_path, orders, None).cars == ("b", "a", "c")
    assert problems_of(tmp_path, orders + "d,2025-03-03\n", None) == [
        "orders.csv row 5, day = '2025-03-03': is a date too many; the day is 2025-03-02, the day "
        "before 2025-03-01"
    ]
    assert problems_of(tmp_path, orders + "d,day\n", None)[0] == (
        "orders.csv row 2, day = '2025-03-02': must be before or day, or else a date as 2025-07-15 "
        "in all rows"
    )


def test_wanted_places_are_those_as_given_where_blank(tmp_path: Path) -> None:
    """Where one is named, cars that stand elsewhere count."""
    day = read(tmp_path, "order,wanted\na,3\nb,\nc,1\n", None)
    assert day.wanted == (2, 1, 0)
    assert [one.name for one in day.objectives] == ["changes"]


def test_a_workbook_is_read_as_its_sheet_in_csv(tmp_path: Path) -> None:
    """The first sheet of each."""
    day = read(tmp_path)
    for name, text in (("orders", ORDERS), ("rules", RULES)):
        with xlsxwriter.Workbook(tmp_path / f"{name}.xlsx") as book:
            sheet = book.add_worksheet("any name")
            for row, line in enumerate(text.splitlines()):
                for column, cell in enumerate(line.split(",")):
                    sheet.write(row, column, float(cell) if cell.isdigit() else cell)
    other = read_day(tmp_path / "orders.xlsx", tmp_path / "rules.xlsx")
    assert other.cars == day.cars
    assert other.ratios == day.ratios
    assert other.places == day.places


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("c,,van", "a,,van", "row 5, order = 'a': the same key already stands in row 3"),
        ("c,,van", ",,van", "row 5, order: a value is required: text"),
        ("order,day", "car,day", "row 1, car: unknown column; allowed are order, day, vehicle, "
         "colour, options, fixed, position, not_before, after, wanted"),
        ("awd,5,", "awd,6,", "row 6, position = '6': must be at most 5, the cars of the day"),
        ("blue,,,3", "blue,,5,", "row 6, position = '5': place 5 is that of row 4"),
        ("awd,,,", "awd,1,,", "row 2, position: must be blank for a car of the day before"),
        (",,,,a", ",,,,x", "row 7, after = 'x': is no car of the day"),
        (",,,,a", ",,,,e", "row 7, after = 'e': comes itself after e by this and earlier rules"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_car_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    """File, row, column, value and what is allowed."""
    assert old in ORDERS
    assert f"orders.csv {told}" in problems_of(tmp_path, ORDERS.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("spacing", "spacin", "row 2, kind = 'spacin': must be one of ratio, spacing, batch, block,"
         " stretch, even, place, forbidden, after, objective; did you mean 'spacing'?"),
        (",,1,2,", ",,3,2,", "row 3, at_most = '3': must be below the window (2)"),
        (",,1,2,", ",,1,x,", "row 3, window = 'x': must be a whole number of at least 1"),
        ("forbidden,", "forbidden,awd", "row 7, option = 'awd': a rule of kind forbidden does not "
         "use it; leave it blank"),
        (",c,1,2", ",x,1,2", "row 7, order = 'x': is no car of the day"),
        (",c,1,2", ",z,1,2", "row 7, order = 'z': is no car of the day"),
        ("c-late", "awds", "row 7, rule = 'awds': stands in row 2 too"),
        ("low,objective", "fast,objective", "row 8, rule = 'fast': must be one of high, low, "
         "colour, levelling, changes"),
        ("rule,kind", "rule,sort", "row 1, kind: required column is missing"),
        ("window", "at_most", "row 1, at_most: column stands twice"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_rule_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    """File, row, column, value and what is allowed."""
    assert old in RULES
    assert f"rules.csv {told}" in problems_of(tmp_path, rules=RULES.replace(old, new, 1))


def test_a_batch_limit_that_no_order_can_keep_is_told(tmp_path: Path) -> None:
    """Three red cars of five can stand apart; four cannot."""
    rules = RULES.replace("red,,2", "red,,1")
    assert read(tmp_path, rules=rules).paint == Paint((5, 1))
    assert problems_of(tmp_path, ORDERS.replace("car,blue", "car,red", 1), rules) == [
        "rules.csv row 4, at_most = '1': cannot be met: 4 cars of colour red in a day with 1 other "
        "car, and so with 2 batches at most"
    ]


def test_an_empty_day_is_told(tmp_path: Path) -> None:
    """Cars of the day before alone."""
    assert problems_of(tmp_path, "order,day\nz,before\n", None) == [
        "orders.csv: holds no car of the day"
    ]


def test_a_name_that_no_car_has_is_doubted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Rules serve many days, so it may be right."""
    with caplog.at_level(logging.WARNING):
        read(tmp_path, rules=RULES.replace("spacing,awd", "spacing,adw"))
    assert caplog.messages == [
        "rules.csv row 2, option = 'adw': no car has it; did you mean 'awd'?"
    ]


def test_rules_that_want_cars_beyond_the_day_are_told(tmp_path: Path) -> None:
    """They could never hold, and would not be seen; a limit there is kept by itself."""
    head = RULES.split("\n", 1)[0] + "\n"
    told = problems_of(
        tmp_path,
        rules=head + "late,place,,,,,,,c,20,30,hard,\n"
        "two,stretch,,car,,2,,,,30,60,hard,\nnone,stretch,,car,,,1,,,30,60,hard,\n",
    )
    assert told == [
        "rules.csv row 2, first = '20': must be at most 5, the cars of the day",
        "rules.csv row 3, first = '30': must be at most 5, the cars of the day",
    ]


def test_problems_of_the_orders_are_told_beside_those_of_the_rules(tmp_path: Path) -> None:
    """All of both sheets at once."""
    told = problems_of(tmp_path, ORDERS.replace(",,,,a", ",,,,zz"), RULES.replace("even", "evn"))
    assert any("after = 'zz': is no car of the day" in one for one in told)
    assert any("kind = 'evn'" in one for one in told)
