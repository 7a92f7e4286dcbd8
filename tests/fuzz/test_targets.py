"""Every target of benchmarks/fuzz on a few hundred inputs of hypothesis, and on every input that once broke one."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz.decode import MAX_TEXT, text_of
from benchmarks.fuzz.targets import TARGETS

FINDINGS = sorted(path for path in (Path(__file__).parent / "findings").iterdir() if "-" in path.name)
_FEWER = {"exports": 15, "archives": 40, "wrapped": 60, "extraction": 80}
# Pieces of the decoder's own kinds, so that a few bytes already make a phrase: a term, a number, a mark, anything.
_PIECES = st.one_of(
    st.binary(min_size=3, max_size=3).map(lambda data: bytes([data[0] % 150]) + data[1:]),
    st.integers(150, 255).map(lambda kind: bytes([kind])),
    st.binary(max_size=6),
)
BYTES = st.lists(_PIECES, max_size=40).map(b"".join)


@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes(name: str) -> None:
    @settings(
        max_examples=_FEWER.get(name, 120), deadline=None, database=None, derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
    @given(BYTES)
    def run(data: bytes) -> None:
        TARGETS[name](data)

    run()


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.name)
def test_what_once_broke(path: Path) -> None:
    TARGETS[path.name.partition("-")[0]](path.read_bytes())


@given(st.binary(max_size=3000))
@settings(max_examples=50, deadline=None, database=None, derandomize=True)
def test_the_decoder_takes_any_bytes(data: bytes) -> None:
    assert len(text_of(data)) <= MAX_TEXT
    assert text_of(data) == text_of(data)
