"""How much memory a local Neo4j gets: by the machine, and by what it holds."""

from dataclasses import dataclass
from pathlib import Path

import psutil

from graph.errors import ServerError

MB = 2**20

_CGROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")
_LIGHT_HEAP, _LIGHT_PAGE_CACHE = 512, 32
_LEAST_HEAP, _MOST_HEAP = 512, 4096
_LEAST_PAGE_CACHE = 64
_JVM_ITSELF = 200


@dataclass(frozen=True, slots=True)
class Memory:
    """Sizes in MB."""

    heap: int
    page_cache: int


def plan_memory(*, light: bool) -> Memory:
    """An eighth of the machine for the heap, a quarter for the store, taken as it is read.

    Raises ServerError when less is free than the smallest server needs.
    """
    machine, free = _machine_mb()
    if light:
        plan = Memory(_LIGHT_HEAP, _LIGHT_PAGE_CACHE)
    else:
        heap = min(machine // 8, free // 2, _MOST_HEAP)
        plan = Memory(max(heap, _LEAST_HEAP), max(machine // 4, _LEAST_PAGE_CACHE))
    least = _LEAST_HEAP // 2 + _LEAST_PAGE_CACHE + _JVM_ITSELF
    if free < least:
        raise ServerError(
            f"Neo4j needs {least} MB of memory and {free} MB are free; close other programs, "
            "or name a database on another machine with JIANGPU_DATABASE_URI"
        )
    return plan


def _machine_mb() -> tuple[int, int]:
    memory = psutil.virtual_memory()
    try:
        limit = int(_CGROUP_LIMIT.read_text())
    except (OSError, ValueError):  # no such file, or "max"
        limit = memory.total
    return min(limit, memory.total) // MB, min(limit, memory.available) // MB
