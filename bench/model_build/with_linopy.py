"""The program in linopy, vectorised over allocations, markets and months."""

import linopy
import numpy as np
import pandas as pd
import xarray as xr
from scipy.sparse import csc_array

from bench.model_build.rows import most_kept
from motorworks.engines.lp.model import Floats, Model
from motorworks.plan.data import PlanData
from motorworks.plan.params import PlanParams

CUBE = ("a", "m", "t")


def build(data: PlanData, params: PlanParams) -> linopy.Model:
    """Write variables and constraints with dimensions a (allocation), v, p, m, t."""
    sets, money, logistics = data.sets, data.money, data.logistics
    vehicles, plants, markets = len(sets.vehicles), len(sets.plants), len(sets.markets)
    months, made = sets.n_months, sets.n_allocations
    index = {
        "a": pd.RangeIndex(made, name="a"), "m": pd.RangeIndex(markets, name="m"),
        "v": pd.RangeIndex(vehicles, name="v"), "t": pd.RangeIndex(months, name="t"),
    }  # fmt: skip

    def cube(values: Floats, *dims: str) -> xr.DataArray:
        coords = {name: index[name] for name in dims}
        return xr.DataArray(values.reshape([len(i) for i in coords.values()]), coords, dims)

    linopy.options["semantics"] = "legacy"  # the default, and measured faster than v1
    model = linopy.Model()
    make = model.add_variables(0, cube(data.pace.limit, "a", "t"), name="make")
    stock = model.add_variables(0, coords=[index["a"], index["t"]], name="stock")
    ship = model.add_variables(0, coords=[index["a"], index["m"], index["t"]], name="ship")
    held = model.add_variables(0, coords=[index["v"], index["m"], index["t"]], name="market_stock")
    lost = model.add_variables(0, cube(logistics.demand, "v", "m", "t"), name="lost")
    kept = model.add_variables(0, cube(most_kept(data, params), "v", "m"), name="kept")

    plant = pd.Series(sets.store_plant, index["a"], name="p")
    vehicle = pd.Series(sets.store_vehicle, index["a"], name="v")
    work = xr.DataArray(data.pace.work_factor[np.argsort(data.pace.work_allocation)], dims="a",
                        coords={"a": index["a"]})  # fmt: skip
    capacity = xr.DataArray(data.pace.capacity, dims=("p", "t"))
    model.add_constraints((work * make).groupby(plant).sum() <= capacity, name="shop_capacity")

    year = pd.Series([int(month[:4]) for month in sets.months], index["t"], name="y")
    most = np.array([row[3] for row in data.pace.nameplate]).reshape(plants, -1)
    years = xr.DataArray(most, {"p": range(plants), "y": year.unique()}, ("p", "y"))
    built = make.groupby(plant).sum()
    model.add_constraints(built.groupby(year).sum() <= years, name="nameplate")

    opening = np.zeros((made, months))
    opening[:, 0] = -logistics.opening_store
    balance = make - stock + stock.shift(t=1) - ship.sum("m")
    model.add_constraints(balance == cube(opening, "a", "t"), name="plant_balance")

    ceu = cube(logistics.ceu, "a", "m")
    space = xr.DataArray(logistics.space.reshape(plants, markets, months), dims=("p", "m", "t"))
    model.add_constraints((ceu * ship).groupby(plant).sum() <= space, name="lane_space")

    part = cube(logistics.lag_part[sets.flow_lane], "a", "m")
    arriving = (1 - part) * ship.shift(t=1) + part * ship.shift(t=2)
    market = arriving.groupby(vehicle).sum() + held.shift(t=1) - held + lost
    demand = cube(logistics.demand, "v", "m", "t")
    model.add_constraints(market == demand, name="market_balance")

    sea = 1 * ship.isel(t=-1) + part * ship.isel(t=-2)
    after = cube(logistics.incoming_after, "v", "m")
    ending = kept - held.isel(t=-1) - sea.groupby(vehicle).sum()
    model.add_constraints(ending <= after, name="end_value")

    stock_cost = money.plant_stock.copy()
    stock_cost[:, -1] -= money.store_end_value
    model.add_objective(
        (cube(money.material + money.conversion, "a", "t") * make).sum()
        + (cube(stock_cost, "a", "t") * stock).sum()
        + (cube(money.freight + money.duty + money.transit_capital, *CUBE) * ship).sum()
        + (cube(money.market_stock, "v", "m", "t") * held).sum()
        + (cube(money.net + params.lost_penalty, "v", "m", "t") * lost).sum()
        + (cube(-params.end_value_pct / 100.0 * money.net[:, -1], "v", "m") * kept).sum()
    )
    return model


def arrays(model: linopy.Model) -> Model:
    """Lay out the matrices and put the rows in the product's order."""
    made = model.matrices
    matrix = made.A.tocsr()
    order = np.concatenate([_labels(model, name) for name in model.constraints])
    position = np.empty(int(made.clabels.max()) + 1, np.int64)
    position[made.clabels] = np.arange(len(made.clabels))
    order = position[order]
    sense, right = np.asarray(made.sense)[order], np.asarray(made.b)[order]
    matrix = csc_array(matrix[order])
    return Model(
        cost=np.asarray(made.c), col_lower=np.asarray(made.lb), col_upper=np.asarray(made.ub),
        row_lower=np.where(sense == "=", right, -np.inf), row_upper=right,
        start=matrix.indptr, index=matrix.indices, value=matrix.data,
    )  # fmt: skip


def _labels(model: linopy.Model, name: str) -> np.ndarray:
    """Labels of a constraint's rows, dimensions in the product's order: place, market, time."""
    labels = model.constraints[name].labels
    order = [dim for dim in ("a", "v", "p", "m", "y", "t") if dim in labels.dims]
    return labels.transpose(*order).values.ravel()
