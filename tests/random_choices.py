"""Random small cases with choices, from one seed each; subjects may be switched on one by one."""

import random
from collections.abc import Callable, Sequence

from motorworks.case.case import Case
from motorworks.case.check import check_case
from tests.subjects import content, launches, shifts, trade
from tests.subjects.draft import Draft

SUBJECTS: dict[str, Callable[[Draft], None]] = {
    "launches": launches.launches,
    "line_rules": launches.line_rules,
    "models": launches.models,
    "sites": launches.site_windows,
    "conversions": launches.conversions,
    "shift_options": shifts.shift_options,
    "workforces": shifts.workforces,
    "flexibility": trade.flexibility,
    "exits": trade.exits,
    "spot_space": trade.spot_space,
    "lots": trade.lots,
    "ports": trade.ports,
    "ages": trade.ages,
    "stability": trade.stability,
    "made_components": content.made_components,
    "part_duties": content.part_duties,
    "origin": content.origin,
    "carbon": content.carbon,
}
TRIES = 200


def random_case(
    seed: int, *subjects: str, fits: Callable[[Case], bool] = lambda case: True
) -> Case:
    """A case with these subjects that the check accepts, drawn again until it also fits."""
    for attempt in range(TRIES):
        draft = Draft(1000 * seed + attempt)
        for subject in subjects:
            SUBJECTS[subject](draft)
        case = draft.case()
        if not check_case(case, as_given=False) and fits(case):
            return case
    msg = f"no sound case in {TRIES} tries: seed {seed}, {subjects}"
    raise AssertionError(msg)


def random_subjects(seed: int, share: float = 0.3) -> Sequence[str]:
    """Subjects, each with these odds."""
    rng = random.Random(seed)
    return [name for name in SUBJECTS if rng.random() < share]
