"""Batches over the workers of a Dask cluster, which may come, die and come back while the work is done.

A worker needs this project and its model installed (``pip install .[cluster]``), nothing else: what it works on
and with comes over the wire. A batch whose worker dies is given to another; a result that died with its worker is
worked out again.
"""

from __future__ import annotations

import gc
import threading
import uuid
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import closing
from typing import Any

from pipeline.core.errors import ExecutionError, ParamsError
from pipeline.core.execute_processes import AHEAD
from pipeline.core.store import code

try:
    from distributed import Client, KilledWorker, WorkerPlugin, get_worker
except ImportError:
    raise ParamsError(
        "params.yaml: execution → backend: dask needs the extra: python -m pip install '.[cluster]'"
    ) from None

_SECONDS = 60  # that the scheduler and the first worker may take to answer


class Loader(WorkerPlugin):
    """What every worker of the cluster gets, also one that joins later: makes its worker function once."""

    def __init__(self, make_worker: Callable[[], Callable[[Any], Any]], version: bytes) -> None:
        self.name = f"presselese-{uuid.uuid4().hex}"
        self._make, self._version = make_worker, version

    def setup(self, worker: Any) -> None:
        """Called by Dask when the plugin reaches a worker."""
        self._address = worker.address
        self._lock = threading.Lock()
        self._worker: Callable[[Any], Any] | None = None

    def work(self, batch: Any) -> Any:
        """A batch -> its result; one at a time, since language models are not made for threads."""
        with self._lock:
            if self._worker is None:
                if code("pipeline") != self._version:
                    raise ExecutionError(
                        f"worker {self._address}: has another version of presselese; install the same on all"
                    )
                self._worker = self._make()
            return self._worker(batch)


def mapped(
    make_worker: Callable[[], Callable[[Any], Any]], batches: Iterator[Any], scheduler: str
) -> Iterator[Any]:
    """Each batch -> its result, in order, worked on by the cluster of a scheduler."""
    with _client(scheduler) as client:
        loader = Loader(make_worker, code("pipeline"))
        client.register_plugin(loader)
        under_way: deque[Any] = deque()
        try:
            for number, batch in enumerate(batches):
                key = f"{loader.name}-{number}"
                under_way.append(client.submit(_task, loader.name, batch, key=key, pure=False))
                if len(under_way) >= AHEAD * max(1, len(client.nthreads())):
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        except KilledWorker as error:
            raise ExecutionError(
                f"scheduler {scheduler}: a batch killed every worker that had it: {error}"
            ) from None
        except (CancelledError, OSError) as error:
            raise ExecutionError(f"scheduler {scheduler}: was lost ({error}); start it and run again") from None
        finally:
            client.cancel(list(under_way), force=True)
            client.unregister_worker_plugin(loader.name)


def _client(scheduler: str) -> Any:
    try:
        return closing(_connected(scheduler))
    except (OSError, ValueError, TimeoutError):
        pass
    # A half-made client that is collected in the thread of the next one's event loop waits there for a lock which
    # that one's maker holds, ten seconds long; so it goes here and now, once no traceback holds it any more.
    gc.collect()
    raise ExecutionError(
        f"params.yaml: execution → scheduler: no scheduler with workers at {scheduler!r}; start "
        "`dask scheduler` and `dask worker`, and give its address, such as tcp://10.0.0.5:8786"
    )


def _connected(scheduler: str) -> Client:
    client = Client(scheduler, timeout=_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    client.wait_for_workers(1, timeout=_SECONDS)
    return client


def _task(name: str, batch: Any) -> Any:
    """What a worker runs."""
    loader: Any = get_worker().plugins[name]
    return loader.work(batch)
