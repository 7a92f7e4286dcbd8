"""What an extraction depends on, as hashes: a report is read anew where one of them has changed."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PIPELINE = Path(__file__).parent
_GEODATA = _PIPELINE.parent / "geodata"
_STAGES = ("text", "extract", "geocode", "read/datasets")


@dataclass(frozen=True, slots=True)
class Versions:
    """Hashes of the code, the lexicons and the gazetteer that reports are read with."""

    code: str
    lexicons: str
    gazetteer: str

    @property
    def extraction(self) -> str:
        """One hash for all three."""
        return hashlib.sha256(f"{self.code} {self.lexicons} {self.gazetteer}".encode()).hexdigest()[:16]


@cache
def versions() -> Versions:
    """Those of the files as they are on disk when first asked for."""
    code = [path for stage in _STAGES for path in (_PIPELINE / stage).rglob("*.py")]
    code += [_PIPELINE / "model.py", _PIPELINE / "event_json.py", *_GEODATA.glob("*.py")]
    return Versions(
        code=_hash(code),
        lexicons=_hash(_PIPELINE.rglob("*.csv")),
        gazetteer=_hash(_GEODATA.rglob("*.csv")),
    )


def _hash(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.relative_to(_PIPELINE.parent)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
