"""A plan given out: the production of a run as the published plan of a case."""

from pathlib import Path

import polars as pl

from motorworks.case.case import Case
from motorworks.case.check import check_case
from motorworks.errors import CaseError
from motorworks.io.case_folder import csv_text, read_case
from motorworks.io.workbook import save
from motorworks.result.plan import PlanResult

TABLE = "published_plan"

_DIGITS = 9
_NEARLY = 1e-6


def published_plan(result: PlanResult, *, whole: bool = False) -> pl.DataFrame:
    """The cars that a plan builds, as rows of ``published_plan``.

    Parameters
    ----------
    result
        The plan.
    whole
        Whether to round each month down to whole cars. Otherwise only the noise of the solver is
        rounded away, so that a plan which keeps to it meets every limit that this one met.
    """
    units = pl.col("units").clip(lower_bound=0.0)
    units = (units + _NEARLY).floor() if whole else units.round(_DIGITS)
    return result.table("production").select("vehicle", "plant", "month", units)


def publish(result: PlanResult, folder: Path, *, whole: bool = False) -> Case:
    """Write the cars that a plan builds as the published plan of a case, in place of the last.

    Parameters
    ----------
    result
        The plan.
    folder
        Folder of the case, which may begin later than the plan did.
    whole
        As for :func:`published_plan`.

    Returns
    -------
    Case
        The case with its new table.

    Raises
    ------
    CaseError
        If the case cannot be read or written, or does not know what the plan builds; nothing is
        written then.
    """
    plan = published_plan(result, whole=whole)
    case = read_case(folder).replace(published_plan=plan)
    file = f"{TABLE}.csv"
    problems = [problem for problem in check_case(case) if problem.file == file]
    if problems:
        raise CaseError(problems)
    save(folder / file, csv_text(TABLE, plan).encode())
    return case
