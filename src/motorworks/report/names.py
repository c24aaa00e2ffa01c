"""Full names for the short names of a case, each used once so that charts keep rows apart."""

from dataclasses import dataclass

from motorworks.case.case import Case


@dataclass(frozen=True)
class Names:
    """Lookups from short to full names; an unknown short name stands for itself.

    Parameters
    ----------
    tables
        For each noun (``vehicle``, ``plant``, ``market``, ...) full name by short name.
    """

    tables: dict[str, dict[str, str]]

    def __getitem__(self, noun: str) -> dict[str, str]:
        """All names of one noun."""
        return self.tables.get(noun, {})

    def of(self, noun: str, key: str) -> str:
        """The full name of ``key``."""
        return self[noun].get(key, key)

    def vehicle(self, key: str) -> str:
        """Name of a vehicle."""
        return self.of("vehicle", key)

    def plant(self, key: str) -> str:
        """Name of a plant."""
        return self.of("plant", key)

    def market(self, key: str) -> str:
        """Name of a market."""
        return self.of("market", key)

    def any(self, key: str) -> str:
        """The full name of ``key``, whatever noun it is; joined keys are read part by part.

        Examples
        --------
        >>> Names({"plant": {"bus": "Busan"}, "vehicle": {"p4": "Polestar 4"}}).any("p4|bus")
        'Polestar 4, Busan'
        """
        for noun in self.tables.values():
            if key in noun:
                return noun[key]
        for mark, joint in (
            ("|", ", "),
            (" at ", " at "),
            (" to ", " to "),
            ("@", " at "),
            ("/", ", "),
        ):
            if mark in key:
                return joint.join(
                    self.any(part.strip()) for part in key.split(mark) if part.strip()
                )
        return key


def unique(names: dict[str, str]) -> dict[str, str]:
    """Add the short name where two full names are the same.

    Examples
    --------
    >>> unique({"a": "Arkana", "b": "Arkana"})
    {'a': 'Arkana (a)', 'b': 'Arkana (b)'}
    """
    seen: dict[str, int] = {}
    for name in names.values():
        seen[name] = seen.get(name, 0) + 1
    return {key: f"{name} ({key})" if seen[name] > 1 else name for key, name in names.items()}


# nouns in the order in which an unclear short name is looked up
_PLAIN = (
    ("vehicle", "vehicles"),
    ("plant", "plants"),
    ("market", "markets"),
    ("brand", "brands"),
    ("component", "components"),
    ("agreement", "agreements"),
    ("organisation", "organisations"),
    ("supplier", "suppliers"),
    ("country", "countries"),
)


def names_of(case: Case) -> Names:
    """Collect the full names of everything the report speaks of."""
    tables = {
        noun: unique(dict(case.table(name).select(noun, "name").iter_rows()))
        for noun, name in _PLAIN
    }
    plants, markets = tables["plant"], tables["market"]
    tables["shop"] = unique({
        shop: f"{plants.get(plant, plant)} {kind}"
        for shop, plant, kind in case.table("shops").select("shop", "plant", "kind").iter_rows()
    })  # fmt: skip
    lanes = case.table("lanes").select("lane", "plant", "market", "mode")
    tables["lane"] = unique({
        lane: f"{plants.get(plant, plant)} to {markets.get(market, market)} ({mode})"
        for lane, plant, market, mode in lanes.iter_rows()
    })  # fmt: skip
    tables["customs_area"] = _area_names(case)
    tables["source"] = _source_names(case, tables)
    tables["cell_supply"] = _cell_names(case, tables)
    return Names(tables)


def _area_names(case: Case) -> dict[str, str]:
    """An area of one country has its name, a larger one its own short name."""
    members: dict[str, list[str]] = {}
    for area, name in case.table("countries").select("customs_area", "name").iter_rows():
        members.setdefault(area, []).append(name)
    return unique({area: names[0] if len(names) == 1 else area for area, names in members.items()})


def _source_names(case: Case, tables: dict[str, dict[str, str]]) -> dict[str, str]:
    rows = case.table("component_sources").select("source", "component", "plant", "supplier")
    return unique({
        source: (
            f"{tables['component'].get(component, component)} from "
            f"{tables['supplier'].get(supplier, supplier)} for {tables['plant'].get(plant, plant)}"
        )
        for source, component, plant, supplier in rows.iter_rows()
    })  # fmt: skip


def _cell_names(case: Case, tables: dict[str, dict[str, str]]) -> dict[str, str]:
    rows = case.table("cell_supplies").select("cell_supply", "supplier")
    return unique({
        key: f"cells of {tables['supplier'].get(supplier, supplier)}"
        for key, supplier in rows.iter_rows()
    })  # fmt: skip
