"""From days in transit to months: a whole number and a fraction spread over the next month."""

import numpy as np
from numpy.typing import NDArray

DAYS_PER_MONTH = 30.4375


def month_lag(
    transit_days: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Whole months of transit, and the share of a month's cars that arrive one month later.

    Cars leave evenly over a month of 30.4375 days. With 45.66 days, or 1.5 months, half of them
    arrive in the next month and half in the month after it.

    Examples
    --------
    >>> import numpy as np
    >>> lag, part = month_lag(np.array([0.0, 30.4375, 45.65625]))
    >>> lag.tolist(), part.tolist()
    ([0, 1, 1], [0.0, 0.0, 0.5])
    """
    months = transit_days / DAYS_PER_MONTH
    whole = np.floor(months).astype(np.int64)
    return whole, months - whole
