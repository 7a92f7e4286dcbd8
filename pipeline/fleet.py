"""Fleets of processes: on this machine, or wherever a Dask scheduler has workers.

A process that is killed costs nothing but time: its reports are read again by another. A report that ends every
process which reads it is named, and holds up none of the others.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from multiprocessing import get_context

from pipeline.errors import StoreError, UsageError
from pipeline.extraction import Found, Load, Read, prepare, read_chunk, together
from pipeline.garbage import collect_seldom
from pipeline.model import Report
from pipeline.versions import versions

_CHUNK = 16  # reports sent to a process at once
_ATTEMPTS = 3
CONNECT_SECONDS = 10.0
_AHEAD = 3  # batches at work while one is stored
_MANY = 500  # reports in one batch that comes in

Sent = tuple[Sequence[Report], list[Future[list[Found]]]]


class Processes:
    """A fleet on this machine."""

    broken: tuple[type[BaseException], ...] = (BrokenProcessPool,)

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool = self._start()

    def _start(self) -> Executor:
        # spawn: a fork would copy Polars' threads half alive
        return ProcessPoolExecutor(self._workers, get_context("spawn"), initializer=collect_seldom)

    def _restart(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._pool = self._start()

    def prepare(self, load: Load) -> None:
        """Start the processes, which load the extractor, and do not wait for them."""
        for _ in range(self._workers):
            self._pool.submit(prepare, load)

    def run(self, load: Load, batches: Iterable[Sequence[Report]]) -> Iterator[list[Read]]:
        """For each batch what was read from it, in order."""
        ahead: deque[Sent] = deque()
        try:
            for batch in batches:
                ahead.append(self._send(load, batch))
                if len(ahead) >= _AHEAD:
                    yield self._receive(load, ahead)
            while ahead:
                yield self._receive(load, ahead)
        finally:
            self.close()

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)

    def _send(self, load: Load, batch: Sequence[Report]) -> Sent:
        chunks = [batch[at : at + _CHUNK] for at in range(0, len(batch), _CHUNK)]
        return batch, [self._submit(load, chunk) for chunk in chunks]

    def _submit(self, load: Load, chunk: Sequence[Report]) -> Future[list[Found]]:
        try:
            return self._pool.submit(read_chunk, load, chunk)
        except self.broken as error:  # told when the result is asked for, as all else
            failed: Future[list[Found]] = Future()
            failed.set_exception(error)
            return failed

    def _receive(self, load: Load, ahead: deque[Sent]) -> list[Read]:
        for attempt in range(_ATTEMPTS):
            try:
                found = [each for future in ahead[0][1] for each in future.result()]
            except self.broken:
                self._restart()
                if attempt < _ATTEMPTS - 1:
                    self._resend(load, ahead)
            else:
                return together(ahead.popleft()[0], found)
        batch, _ = ahead.popleft()
        found = [each for report in batch for each in self._alone(load, report)]
        self._resend(load, ahead)
        return together(batch, found)

    def _resend(self, load: Load, ahead: deque[Sent]) -> None:
        again = [self._send(load, batch) for batch, _ in ahead]
        ahead.clear()
        ahead.extend(again)

    def _alone(self, load: Load, report: Report) -> list[Found]:
        try:
            return self._submit(load, [report]).result()
        except self.broken:
            self._restart()
            return [Found((), b"", "ended the process that read it: is it too large for this machine?")]


class Dask(Processes):
    """The workers of a Dask scheduler. They must have this very version of the project installed."""

    def __init__(self, address: str) -> None:
        try:
            distributed = import_module("distributed")
        except ImportError as error:
            raise UsageError(f"--scheduler needs Dask: pip install distributed ({error}).") from error
        self.broken = (distributed.KilledWorker,)
        try:
            self._client = distributed.Client(address, timeout=CONNECT_SECONDS)
        except (OSError, ValueError) as error:
            raise StoreError(f"No Dask scheduler answers at {address} ({error}): is it running?") from error
        super().__init__(0)
        try:
            self._compare(address)
        except BaseException:
            self.close()
            raise

    def _start(self) -> Executor:
        executor: Executor = self._client.get_executor(pure=False)
        return executor

    def _restart(self) -> None:
        """Dask starts its workers anew by itself."""

    def close(self) -> None:
        self._client.close()

    def _compare(self, address: str) -> None:
        theirs = set(self._client.run(_extraction).values())
        if not theirs:
            raise StoreError(
                f"The Dask scheduler at {address} has no workers: start some with `dask worker {address}`."
            )
        if theirs != {_extraction()}:
            raise UsageError(f"The workers of {address} have another version of the project: install this one there.")


def _extraction() -> str:
    return versions().extraction


class Crew:
    """The processes that `run --workers` and `--scheduler` ask for, started when there is something to read."""

    def __init__(self, load: Load, workers: int, scheduler: str | None) -> None:
        self._load, self._workers, self._scheduler = load, workers, scheduler
        self._early: Processes | None = None

    def expect(self, count: int) -> None:
        """So many reports came in: for many of them processes of this machine get ready while more come."""
        if count >= _MANY and self._early is None and self._workers > 1 and not self._scheduler:
            self._early = Processes(self._workers)
            self._early.prepare(self._load)

    def fleet(self) -> Processes | None:
        """Those that read; None: this process alone."""
        return self._early or fleet(self._workers, self._scheduler)

    def close(self) -> None:
        if self._early is not None:
            self._early.close()


def fleet(workers: int, scheduler: str | None) -> Processes | None:
    """So many processes of this machine, or the workers of a Dask scheduler; None: this process alone."""
    if scheduler:
        return Dask(scheduler)
    return Processes(workers) if workers > 1 else None
