"""Looking seldom for garbage. What is read and stored is freed by counting; looking for cycles among it as often
as Python does by itself took a quarter of the time of storing.

What counting does not free are SQLAlchemy's statements with lists of values, some hundred of them for a thousand
reports. By Python's count of objects they are few, so that it would come to look after some 60,000 reports; by what
they hold, texts of keys, they are 2 MB for a thousand. Whoever stores much sweeps them out now and then.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_OBJECTS = 200_000  # made before the youngest are looked through; Python's own number is 700


def collect_seldom() -> None:
    """From now on, in this process."""
    gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])


def sweep() -> None:
    """Look through what was made since the last time: milliseconds where little of it is still in use."""
    gc.collect(1)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """While the block runs."""
    usual = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*usual)
