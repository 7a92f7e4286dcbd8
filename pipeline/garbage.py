"""Looking seldom for garbage. What is read and stored is freed by counting; looking for cycles among it as often
as Python does by itself took a quarter of the time of storing.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_OBJECTS = 200_000  # made before the youngest are looked through; Python's own number is 700


def collect_seldom() -> None:
    """From now on, in this process."""
    gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """While the block runs."""
    usual = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*usual)
