"""The pinned files: what is not them is not taken."""

import io
import tarfile
from pathlib import Path

import pytest

from pages.ui import leaflet


def _tarball(folder: Path, script: bytes) -> None:
    with tarfile.open(folder / "leaflet.tgz", "w:gz") as archive:
        for name, content in (("package/dist/leaflet.js", script), ("package/dist/leaflet.css", b"css")):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))


def test_another_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def packed(command: list[str], cwd: str, **_: object) -> None:
        _tarball(Path(cwd), b"alert(1)")

    monkeypatch.setattr(leaflet.subprocess, "run", packed)
    monkeypatch.setattr(leaflet, "SOURCES", leaflet.SOURCES[1:])
    with pytest.raises(OSError, match="not the file that was pinned"):
        leaflet.fetch(tmp_path / "static")
    assert not (tmp_path / "static").exists()
    assert not leaflet.installed(tmp_path / "static")
