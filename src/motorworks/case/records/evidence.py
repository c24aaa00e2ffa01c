"""Where figures come from: sources and the facts read in them."""

from typing import ClassVar, Literal

from motorworks.case.column import Record, col


class Source(Record):
    """A page, report or file in which a figure was read."""

    TABLE: ClassVar[str] = "sources"
    source_id: str = col("Short name of the source", key=True)
    title: str = col("Title of the page or report")
    publisher: str | None = col("Who published it", default=None)
    url: str | None = col("Where it can be read", default=None)
    published: str | None = col("Date of publication as the source gives it", default=None)


class Fact(Record):
    """A figure with its evidence; two facts on the same field are a dispute, one is chosen.

    ``table``, ``key`` and ``field`` say which cells the fact speaks of: ``key`` holds the key
    columns' values joined by ``|``; in a part ``*`` matches anything, ``?`` one character and
    ``[45]`` one of these. A fact with the unit ``factor`` speaks of a profile: its value (1), low
    and high multiply the cells it matches.
    """

    TABLE: ClassVar[str] = "facts"
    fact_id: str = col("Short name of the fact", key=True)
    table: str = col("Table the figure stands in; 'background' for one that no table holds")
    key: str = col("Key values of the rows, joined by |; * matches anything")
    field: str = col("Column the figure stands in")
    value: str | None = col("The figure as the source gives it, in the column's unit", default=None)
    unit: str | None = col("Unit of value, low and high; 'factor' multiplies", default=None)
    status: Literal["reported", "derived", "assumed"] = col("How the figure was got")
    low: str | None = col("Lowest value thought possible", default=None)
    high: str | None = col("Highest value thought possible", default=None)
    source_id: str | None = col("Source of the figure", default=None, ref="sources.source_id")
    as_of: str | None = col("Date or period the figure speaks of", default=None)
    chosen: bool = col("Whether the tables use this figure", default=True)
    reason: str | None = col("Why it was chosen or set aside, or how derived", default=None)
    note: str | None = col("Anything else worth knowing", default=None)
