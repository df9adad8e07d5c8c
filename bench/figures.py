"""What a measurement gives, and how the processes of a service are weighed."""

from __future__ import annotations

import psutil

type Figures = dict[str, float | int]


def memory_mb(pid: int) -> float:
    """Resident memory of a process and all its children, in MB."""
    process = psutil.Process(pid)
    family = [process, *process.children(recursive=True)]
    return round(sum(each.memory_info().rss for each in family) / 1e6, 1)
