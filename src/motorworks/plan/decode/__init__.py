"""Solutions back to tables, a file per subject."""

from motorworks.plan.decode.flows import decode
from motorworks.plan.decode.values import Values

__all__ = ["Values", "decode"]
