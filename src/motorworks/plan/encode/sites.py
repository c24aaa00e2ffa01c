"""Plants and shops that may open or close."""

import numpy as np
import polars as pl

from motorworks.case.case import Case
from motorworks.case.reading import rows_of
from motorworks.case.records.choices import SiteWindow
from motorworks.case.steps import Rates, money, places
from motorworks.plan.data import Bools, Pace, Sets, Sites
from motorworks.plan.encode.daily import Daily
from motorworks.plan.encode.launches import decided_at, month_places


def encode_sites(case: Case, sets: Sets, daily: Daily, pace: Pace, rates: Rates) -> Sites:
    """Read the sites, and which shops and allocations need each to be open."""
    table = case.table(SiteWindow.TABLE)
    months = np.arange(sets.n_months)
    open_at_start = table["open_at_start"].to_numpy().astype(np.bool_)
    lead = table["lead_months"].to_numpy().astype(np.int64)
    earliest = month_places(case, table["earliest"], 0)[:, None]
    latest = month_places(case, table["latest"], sets.n_months)
    may_open = (months >= earliest) & (months <= latest[:, None]) & (months >= lead[:, None])
    closable = table["closable"].to_numpy().astype(np.bool_)
    must = ~table["optional"].to_numpy().astype(np.bool_) & (latest < sets.n_months)
    covers = _covers(case, table)
    shops = case.table("shops")["shop"].to_list()
    rated = covers[:, [shops.index(shop) for shop in pace.shops]]
    shop_site, shop = np.nonzero(rated)
    plant = places(sets.plants, table["plant"])
    whole = np.array([shop is None for shop in table["shop"]], dtype=np.bool_)
    own = sets.store_plant[: sets.n_allocations]
    needs = np.where(whole[:, None], plant[:, None] == own, covers @ (daily.work > 0))
    make_site, make = np.nonzero(needs)
    return Sites(
        names=table["site"].to_list(),
        plant=plant,
        whole=whole,
        open_at_start=open_at_start,
        must_open=must & ~open_at_start,
        may_open=may_open & ~open_at_start[:, None],
        may_shut=np.repeat(closable[:, None], sets.n_months, axis=1),
        fixed=money(case, table, "fixed_cost", rates),
        capex=decided_at(money(case, table, "capex", rates), lead),
        close_cost=money(case, table, "close_cost", rates),
        shop_site=shop_site,
        shop=shop,
        make_site=make_site,
        make=make,
    )


def _covers(case: Case, table: pl.DataFrame) -> Bools:
    """Which shops each site covers: its own, or all of its plant; shape (W, n_shops)."""
    shops = rows_of(case.table("shops"), "shop", "plant")
    covers = np.zeros((table.height, len(shops)), dtype=np.bool_)
    for site, (at, only) in enumerate(rows_of(table, "plant", "shop")):
        covers[site] = [plant == at and only in (None, shop) for shop, plant in shops]
    return covers
