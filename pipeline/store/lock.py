"""One run at a time: a lock that ends with the process that holds it, however it ends."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from pipeline.errors import StoreError
from pipeline.store.database import Store

_SERVER_LOCK = 0x1AC1DE27  # any number, the same for all who use one database


class BusyError(StoreError):
    """Another run is at work on the same store. Wait for it, then run again."""


@contextmanager
def run_lock(store: Store, wait: float = 0.0) -> Iterator[None]:
    """Hold the store for one run, waiting up to `wait` seconds for another to end.

    Raises BusyError where another run holds it.
    """
    if store.path is None:
        with _server_lock(store, wait):
            yield
        return
    path = store.path.with_name(store.path.name + ".lock")
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{path} cannot be written ({error.strerror}): allow writing in that folder.") from error
    with file:
        _until(lambda: _locked(file.fileno()), wait, lambda: _holder(path.read_text(encoding="utf-8")))
        file.seek(0)
        file.truncate()
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield  # closing the file, or the end of the process, lets the lock go; the file stays


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(text: str) -> str:
    return f" (process {text.strip()})" if text.strip() else ""


@contextmanager
def _server_lock(store: Store, wait: float) -> Iterator[None]:
    with store.engine.connect() as connection:
        query = sa.select(sa.func.pg_try_advisory_lock(_SERVER_LOCK))
        _until(lambda: bool(connection.scalar(query)), wait, lambda: "")
        try:
            yield
        finally:
            connection.scalar(sa.select(sa.func.pg_advisory_unlock(_SERVER_LOCK)))


def _until(attempt: Callable[[], bool], wait: float, holder: Callable[[], str]) -> None:
    deadline = time.monotonic() + wait
    while not attempt():
        if time.monotonic() >= deadline:
            raise BusyError(f"Another run is at work on this store{holder()}: wait for it to end, then run again.")
        time.sleep(0.05)
