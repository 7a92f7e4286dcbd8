"""Reading events from many reports: on one process or several, with the same result in the same order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context

from pipeline.link.duplicates import signature
from pipeline.model import Event, Report

Extract = Callable[[Report], list[Event]]
Load = Callable[[], Extract]  # called once in each process: loads lexicons and gazetteer
_CHUNK = 16  # reports sent to a worker at once
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Read:
    """What was read from one report, or why nothing could be."""

    report: Report
    events: tuple[Event, ...]
    signature: bytes  # MinHash of its text
    problem: str | None = None


def load_extractor() -> Extract:
    """The project's own extractor, with its lexicons and gazetteer loaded."""
    from geodata.gazetteer import Gazetteer
    from pipeline.read.datasets import coded_event, is_coded

    extract_events = import_module("pipeline.extract").extract_events
    gazetteer = Gazetteer.load()
    # A row of a dataset was coded by people: their codes are taken as they are, nothing is read into its prose.
    return lambda report: [coded_event(report)] if is_coded(report) else list(extract_events(report, gazetteer))


def extract_all(reports: Iterable[Sequence[Report]], load: Load, workers: int = 1) -> Iterator[list[Read]]:
    """For each batch of `reports`, what was read from them, in order. `load` must be importable where workers > 1."""
    if workers <= 1:
        extract = load()
        for batch in reports:
            yield [read_one(report, extract) for report in batch]
    else:
        yield from _Pool(load, workers).run(reports)


def read_one(report: Report, extract: Extract) -> Read:
    """What `extract` reads from one report. One that it cannot cope with holds up none of the others."""
    try:
        events = tuple(extract(report))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is reported with the report's name
        return Read(report, (), b"", f"could not be read ({type(error).__name__}: {error})")
    return Read(report, events, signature(report.text))


class _Pool:
    """Worker processes, started anew where one of them was killed: its reports are then read again."""

    def __init__(self, load: Load, workers: int) -> None:
        self.load = load
        self.workers = workers

    def run(self, batches: Iterable[Sequence[Report]]) -> Iterator[list[Read]]:
        pool = self._start()
        ahead: deque[tuple[Sequence[Report], list[Future[list[Read]]]]] = deque()
        try:
            for batch in batches:
                ahead.append((batch, self._send(pool, batch)))
                if len(ahead) > 2:
                    found, pool = self._receive(pool, ahead)
                    yield found
            while ahead:
                found, pool = self._receive(pool, ahead)
                yield found
        finally:
            pool.shutdown(cancel_futures=True)

    def _receive(
        self, pool: ProcessPoolExecutor, ahead: deque[tuple[Sequence[Report], list[Future[list[Read]]]]]
    ) -> tuple[list[Read], ProcessPoolExecutor]:
        for attempt in range(_ATTEMPTS):
            try:
                found = [read for future in ahead[0][1] for read in future.result()]
            except BrokenProcessPool:
                pool.shutdown(cancel_futures=True)
                pool = self._start()
                if attempt == _ATTEMPTS - 2:
                    break
                resent = [(batch, self._send(pool, batch)) for batch, _ in ahead]
                ahead.clear()
                ahead.extend(resent)
            else:
                ahead.popleft()
                return found, pool
        # A report that ends its worker every time would end this process too: each is tried by itself.
        batch, _ = ahead.popleft()
        found, pool = self._one_by_one(pool, batch)
        resent = [(later, self._send(pool, later)) for later, _ in ahead]
        ahead.clear()
        ahead.extend(resent)
        return found, pool

    def _one_by_one(self, pool: ProcessPoolExecutor, batch: Sequence[Report]) -> tuple[list[Read], ProcessPoolExecutor]:
        found: list[Read] = []
        for report in batch:
            try:
                found += pool.submit(_read_chunk, [report]).result()
            except BrokenProcessPool:
                pool.shutdown(cancel_futures=True)
                pool = self._start()
                found.append(Read(report, (), b"", "ended the process that read it: it may be too large"))
        return found, pool

    def _start(self) -> ProcessPoolExecutor:
        # spawn: a fork would copy Polars' threads half alive
        return ProcessPoolExecutor(self.workers, get_context("spawn"), initializer=_prepare, initargs=(self.load,))

    @staticmethod
    def _send(pool: ProcessPoolExecutor, batch: Sequence[Report]) -> list[Future[list[Read]]]:
        return [pool.submit(_read_chunk, batch[at : at + _CHUNK]) for at in range(0, len(batch), _CHUNK)]


_extract: Extract | None = None


def _prepare(load: Load) -> None:
    global _extract  # noqa: PLW0603 - one per worker process, loaded when it starts
    _extract = load()


def _read_chunk(reports: Sequence[Report]) -> list[Read]:
    assert _extract is not None
    return [read_one(report, _extract) for report in reports]
