"""The memory. SQL lives here and nowhere else."""

from monitor.store.opened import Store
from monitor.store.work import Work

__all__ = ["Store", "Work"]
