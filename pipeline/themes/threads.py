"""One thread for the algebra: matrices are small here, and threads that wait for each other cost twice the time.

It also keeps the last digits of sums from depending on how many cores a machine has.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # it ships no types


def one_thread() -> AbstractContextManager[Any]:
    """A block in which numpy and scipy use one thread."""
    return threadpool_limits(1)  # type: ignore[no-any-return]
