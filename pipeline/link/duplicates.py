"""Near-duplicate texts: one agency's report printed by several outlets is one source, not several."""

import re
from collections.abc import Iterable
from typing import Protocol

import numpy as np
from rensa import RMinHash

from geodata.fold import fold

_PERMUTATIONS = 64
_SEED = 20
_WORD = re.compile(r"\w+")
NEAR = 0.7  # share of common three-word runs from which two texts are one text, lightly edited


class _Text(Protocol):
    @property
    def report_id(self) -> str: ...
    @property
    def signature(self) -> bytes: ...


def signature(text: str) -> bytes:
    """MinHash of the three-word runs of the folded text: 64 little-endian 32-bit numbers."""
    words = _WORD.findall(fold(text))
    runs = [" ".join(words[at : at + 3]) for at in range(max(1, len(words) - 2))]
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update(runs)
    return np.asarray(sketch.digest(), dtype="<u4").tobytes()


def similarity(one: bytes, other: bytes) -> float:
    """Estimated share of three-word runs that two texts have in common, 0 to 1; 0 where one has no signature."""
    if not one or not other:
        return 0.0
    return int(np.count_nonzero(np.frombuffer(one, "<u4") == np.frombuffer(other, "<u4"))) / _PERMUTATIONS


def near_duplicates(texts: Iterable[_Text]) -> dict[str, str]:
    """For each report whose text nearly repeats an earlier one's: that earlier report_id. `texts` earliest first."""
    firsts: list[_Text] = []
    duplicates: dict[str, str] = {}
    seen: set[str] = set()
    for text in texts:
        if text.report_id in seen:
            continue
        seen.add(text.report_id)
        first = next((each for each in firsts if similarity(each.signature, text.signature) >= NEAR), None)
        if first is None:
            firsts.append(text)
        else:
            duplicates[text.report_id] = first.report_id
    return duplicates
