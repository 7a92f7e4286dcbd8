"""Fetches Leaflet once, so that the map needs no address outside this machine: `python -m pages.ui.leaflet`.

The files are taken out of a pinned package of PyPI (by pip) or npm, checked by hash and put into static/leaflet/.
Leaflet is by Volodymyr Agafonkin and contributors, BSD-2-Clause.
"""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

TARGET = Path(__file__).parents[2] / "static" / "leaflet"
FILES = ("leaflet.js", "leaflet.css")


class Source(NamedTuple):
    """One package that carries Leaflet."""

    package: str
    command: list[str]  # run in an empty folder, leaves the archive there
    folder: str  # inside the archive
    sha256: dict[str, str]


SOURCES = (
    Source(
        "django-leaflet 0.34.0 (PyPI), which carries Leaflet 1.9.3",
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "django-leaflet==0.34.0"],
        "leaflet/static/leaflet/",
        {
            "leaflet.js": "5819285cec137b229c94e1ee5ad73e8b6b84345a4367d60f75fe477fe0fb7b03",
            "leaflet.css": "90b693d86392a4779c861b28cf307e7e59c3fb35328c4d8b95f58f814d38c722",
        },
    ),
    Source(
        "leaflet 1.9.4 (npm)",
        ["npm", "pack", "--silent", "leaflet@1.9.4"],
        "package/dist/",
        {
            "leaflet.js": "db49d009c841f5ca34a888c96511ae936fd9f5533e90d8b2c4d57596f4e5641a",
            "leaflet.css": "a7837102824184820dfa198d1ebcd109ff6d0ff9a2672a074b9a1b4d147d04c6",
        },
    ),
)


def installed(target: Path = TARGET) -> bool:
    """Whether the files are there and are those of one of the pinned packages."""
    try:
        found = {name: hashlib.sha256((target / name).read_bytes()).hexdigest() for name in FILES}
    except OSError:
        return False
    return any(source.sha256 == found for source in SOURCES)


def fetch(target: Path = TARGET) -> str:
    """Puts the files into `target` and returns the package they came from.

    Raises OSError, with what each package answered, where none could be had or none was what it should be.
    """
    failures = []
    for source in SOURCES:
        try:
            files = _from(source)
        except (OSError, subprocess.SubprocessError, KeyError, tarfile.TarError, zipfile.BadZipFile) as error:
            failures.append(f"{source.package}: {error}")
            continue
        target.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (target / name).write_bytes(content)
        return source.package
    raise OSError("Leaflet could not be fetched. " + " | ".join(failures))


def _from(source: Source) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(source.command, cwd=folder, check=True, capture_output=True, timeout=300)
        archive = next(Path(folder).iterdir(), None)
        if archive is None:
            raise OSError("the package manager left no file")
        contents = _members(archive, [source.folder + name for name in FILES])
    files = dict(zip(FILES, contents, strict=True))
    for name, content in files.items():
        if hashlib.sha256(content).hexdigest() != source.sha256[name]:
            raise OSError(f"{name} is not the file that was pinned")
    return files


def _members(archive: Path, names: list[str]) -> list[bytes]:
    """Files out of a wheel or a tarball. KeyError where one is not there."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return [wheel.read(name) for name in names]
    with tarfile.open(archive) as tarball:
        found = [tarball.extractfile(name) for name in names]
        return [member.read() for member in found if member]


if __name__ == "__main__":
    if installed():
        print("Leaflet is in place.")
    else:
        print(f"Leaflet: {fetch()}")
