"""Components of the dense plan: received, made in house, in store, sold to others."""

from typing import Any

from tests.oracle.dense_figures import INF, Figures
from tests.oracle.dense_program import Program, Terms


class Supply:
    """The components of one case, by ``plan-model.md`` and ``plan-choices.md``."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.given = figures.rows("component_sources")
        uses = figures.rows("component_use")
        self.uses = {(row["vehicle"], row["component"]): row["quantity"] for row in uses}
        self.sales = {
            (row["component"], row["plant"], figures.at[row["month"]]): row
            for row in figures.rows("component_sales")
            if row["month"] in figures.at
        }
        self.stored = self.standing()
        self.sales = {key: row for key, row in self.sales.items() if key[:2] in self.stored}
        self.sources = [
            row for row in self.given if (row["component"], row["plant"]) in self.stored
        ]

    def standing(self) -> set[tuple[str, str]]:
        """Components and plants that are balanced: those with a source that somebody draws on."""
        sourced = {(row["component"], row["plant"]) for row in self.given}
        drawn = {
            (c, p) for c, p in sourced for i, at in self.figures.made
            if at == p and (i, c) in self.uses
        }  # fmt: skip
        drawn |= {(row["component"], row["plant"]) for row in self.figures.rows("component_sales")}
        found = drawn & sourced
        while True:
            more = {
                (need["needs"], self.figures.shops[source["shop"]]["plant"])
                for source in self.given
                if source["shop"] is not None and (source["component"], source["plant"]) in found
                for need in self.figures.rows("component_needs")
                if need["component"] == source["component"]
            } & sourced
            if more <= found:
                return found
            found |= more

    def shop_work(self, shop: str, t: int) -> Terms:
        """Work of components made in a shop."""
        return {("get", s["source"], t): s["work"] for s in self.sources if s["shop"] == shop}

    def made_in(self, shop: str, t: int) -> Terms:
        """Components made in a shop."""
        return dict.fromkeys(self.shop_work(shop, t), 1.0)

    def duty(self, source: dict[str, Any], t: int) -> float:
        """Duty on one unit of a source."""
        at = self.figures
        suppliers = at.keyed("suppliers")
        exporter = at.countries[suppliers[source["supplier"]]["country"]]["customs_area"]
        importer = at.countries[at.plants[source["plant"]]["country"]]["customs_area"]
        if source["value"] is None or importer == exporter:
            return 0.0
        rows = [
            row for row in at.rows("tariffs")
            if (row["importer"], row["exporter"], row["goods"]) == (importer, exporter, "parts")
        ]  # fmt: skip
        return float(source["value"] * at.fx(source["currency"], t) * at.mean_rate(rows, t) / 100)

    def columns(self, program: Program) -> None:
        """Units received, in store, and sold."""
        at = self.figures
        for t in range(at.count):
            for source in self.sources:
                most = at.calendar.share(t, source["start"], source["end"])
                if most > 0:
                    most *= INF if source["capacity"] is None else source["capacity"]
                cost = source["premium"] * at.fx(source["currency"], t) + self.duty(source, t)
                program.add(("get", source["source"], t), -cost, most)
            for c, p in self.stored:
                held = at.components[c]
                cost = held["holding_cost"] * at.fx(held["currency"], t)
                program.add(("cstock", c, p, t), -cost)
        for (c, p, t), sale in self.sales.items():
            gain = (sale["price"] - sale["unit_cost"]) * at.fx(sale["currency"], t)
            program.add(("csold", c, p, t), gain, sale["units"])

    def rows(self, program: Program) -> None:
        """Component balance and cells."""
        there = self.figures.rows("opening_components")
        opening = {(row["component"], row["plant"]): row["units"] for row in there}
        for c, p in self.stored:
            for t in range(self.figures.count):
                terms = {("cstock", c, p, t): -1.0, **self.drawn(c, p, t)}
                if t:
                    terms["cstock", c, p, t - 1] = 1.0
                for source in self.sources:
                    if (source["component"], source["plant"]) == (c, p):
                        name = ("get", source["source"], t)
                        terms[name] = terms.get(name, 0.0) + 1.0
                first = 0.0 if t else -opening.get((c, p), 0.0)
                program.row(terms, first, first)
        self.cell_rows(program)

    def drawn(self, c: str, p: str, t: int) -> Terms:
        """What cars, components made in house, and buyers draw, as negative terms."""
        terms: Terms = {}
        for i, at in self.figures.made:
            if at == p and (i, c) in self.uses:
                terms["make", i, p, t] = -self.uses[i, c]
        for source in self.sources:
            if source["shop"] is None or self.figures.shops[source["shop"]]["plant"] != p:
                continue
            for need in self.figures.rows("component_needs"):
                if (need["component"], need["needs"]) == (source["component"], c):
                    terms["get", source["source"], t] = -need["quantity"]
        if (c, p, t) in self.sales:
            terms["csold", c, p, t] = -1.0
        return terms

    def cell_rows(self, program: Program) -> None:
        """Cells by energy."""
        at = self.figures
        for supply in at.rows("cell_supplies"):
            for t in range(at.count):
                most = sum(
                    supply["gwh_per_year"] / at.calendar.days_in_year(day)
                    for day in at.calendar.days_of(t)
                    if at.calendar.inside(day, supply["start"], supply["end"])
                )
                kwh = {
                    ("get", s["source"], t): (at.components[s["component"]]["kwh"] or 0.0) / 1e6
                    for s in self.sources if s["cell_supply"] == supply["cell_supply"]
                }  # fmt: skip
                program.row(kwh, -INF, most)
