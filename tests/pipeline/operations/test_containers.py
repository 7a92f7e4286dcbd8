"""Dockerfile and compose.yaml: linted, and each command in them one that the project has. No container is run here."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.__main__ import parser

ROOT = Path(__file__).parents[3]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name in SERVICES if name != "db"]


def test_hadolint_finds_nothing() -> None:
    binary = shutil.which("hadolint") or shutil.which("hadolint", path=str(Path(sys.executable).parent))
    if binary is None:
        pytest.skip("hadolint is not installed (requirements-dev.txt)")
    done = subprocess.run([binary, "--no-color", str(ROOT / "Dockerfile")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_compose_file_is_of_the_specification() -> None:
    compose_spec = pytest.importorskip("compose_spec", reason="compose-spec is not installed (requirements-dev.txt)")
    spelled_out = yaml.safe_dump({name: part for name, part in COMPOSE.items() if not name.startswith("x-")})
    spelled_out = re.sub(r"\$\{\w+:-(\w*)\}", r"\1", re.sub(r"\$\{\w+:\?[^}]*\}", "given", spelled_out))
    assert set(compose_spec.PyCompose.from_yaml(spelled_out).service_names()) == set(SERVICES)
    with pytest.raises(ValueError, match="nonsense"):  # the reader is strict
        compose_spec.PyCompose.from_yaml(spelled_out + "nonsense: 1\n")


def _commands() -> list[list[str]]:
    found = [json.loads(one) for one in re.findall(r"CMD (\[.*\])", DOCKERFILE)]
    found += [service["command"] for service in SERVICES.values() if "command" in service]
    found += [service["healthcheck"]["test"][1:] for service in SERVICES.values() if "healthcheck" in service]
    return found


def test_each_command_is_one_that_the_project_has() -> None:
    verbs = []
    for command in _commands():
        if command[:3] == ["python", "-m", "pipeline"]:
            verbs.append(parser().parse_args(command[3:]).verb)
        elif command[:4] == ["python", "-m", "streamlit", "run"]:
            assert (ROOT / command[4]).is_file()
            verbs.append("streamlit")
    assert sorted(verbs) == ["backup", "health", "health", "streamlit", "watch"]


@pytest.mark.parametrize("name", OURS)
def test_our_containers_may_do_little(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] and service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert not service.get("privileged")


def test_nothing_is_open_to_the_network() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports and all(port.startswith("127.0.0.1:") for port in ports)
    assert SERVICES["db"]["networks"] == ["inside"] and COMPOSE["networks"]["inside"]["internal"]


def test_the_image_holds_no_secret_and_runs_as_nobody() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {".env", ".git", "data", ".streamlit/secrets.toml"} <= set(ignored)
    assert re.search(r"^USER \d{4,}$", DOCKERFILE, re.M)
    assert "${DB_PASSWORD:?" in SERVICES["db"]["environment"]["POSTGRES_PASSWORD"], "no default password"


def test_versions_agree_with_the_project() -> None:
    wanted = re.search(r'requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert wanted and set(re.findall(r"FROM python:([\d.]+)-", DOCKERFILE)) == {wanted[1]}
    pinned = re.search(r"psycopg\[binary\]==([\d.]+)", (ROOT / "requirements-dev.txt").read_text(encoding="utf-8"))
    assert pinned and f"psycopg[binary]=={pinned[1]}" in DOCKERFILE
