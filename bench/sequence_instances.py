"""Renault's instances by name, and which of them are measured longer or beside CP-SAT."""

from pathlib import Path

from bench.sequence_run import public_data

NAMED = (
    "B/022_RAF_EP_ENP_S22_J1",
    "B/023_EP_RAF_ENP_S23_J3",
    "B/024_V2_EP_ENP_RAF_S22_J1",
    "B/025_EP_RAF_ENP_S22_J3",
    "B/028_ch1_RAF_EP_ENP_S22_J2",
    "B/039_ch1_EP_ENP_RAF_S22_J4",
    "B/048_ch1_EP_RAF_ENP_S22_J3",
    "B/064_ch1_RAF_EP_ENP_S22_J3",
)
"""Eight of set B that are measured for 60 s too: 365 to 1,270 cars, every order of objectives."""

BESIDE_CPSAT = (
    "A/022_3_4_EP_RAF_ENP",
    "A/024_38_3_EP_ENP_RAF",
    "A/048_39_1_EP_ENP_RAF",
    "A/064_38_2_RAF_EP_ENP_ch1",
    "B/025_RAF_EP_ENP_S22_J3",
    "B/028_ch2_EP_ENP_RAF_S23_J3",
    "B/035_ch1_RAF_EP_ENP_S22_J3",
    "B/039_ch1_EP_RAF_ENP_S22_J4",
)
"""Eight that are held beside CP-SAT: 65 to 1,260 cars, every order of objectives."""

LARGEST = "A/024_38_5_EP_ENP_RAF"
"""The instance with most cars, 1,315."""

SETS = ("all", "A", "B", "named", "long")
"""What ``--set`` takes: ``named`` are :data:`NAMED`, ``long`` these and set A."""


def instances(which: str) -> list[str]:
    """Names of the instances of a choice of :data:`SETS`."""
    if which == "named":
        return list(NAMED)
    if which == "long":
        return [*_folder("A"), *NAMED]
    return [name for one in ("AB" if which == "all" else which) for name in _folder(one)]


def _folder(name: str) -> list[str]:
    top: Path = public_data("roadef") / name
    return [f"{name}/{folder.name}" for folder in sorted(top.iterdir()) if folder.is_dir()]
