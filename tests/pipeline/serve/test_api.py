"""The API as its users use it: JSON, CSV and GeoJSON of the snapshot, and nothing that writes."""

import asyncio
import io
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import geopandas as gpd
import httpx
import pandas as pd
import pytest

from benchmarks import generate
from pipeline.serve import api, database_of
from pipeline.snapshot import open_current


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served") / "snapshot"
    assert generate.main(["--incidents", "300", "-o", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def server(root: Path) -> Any:
    snapshot = open_current(root)
    return api(database_of(snapshot, root.parent / "serve"), snapshot.run_id)


def get(server: Any, path: str) -> httpx.Response:
    # In a thread of its own: a browser test of the same session leaves an event loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(server.client.get(path))).result()


def test_filtered_rows_as_json(server: Any, root: Path) -> None:
    rows = get(server, "/incidents/incidents.json?admin1=Kirkuk&_shape=array&_size=max").json()
    expected = open_current(root).scan("locations").collect()
    assert len(rows) == expected.filter(admin1="Kirkuk")["incident_id"].n_unique() > 0
    assert {row["admin1"] for row in rows} == {"Kirkuk"}


def test_the_map_as_geojson_by_geopandas(server: Any, root: Path) -> None:
    answer = get(server, "/incidents/map.geojson?category=incident&_size=max")
    frame = gpd.read_file(io.BytesIO(answer.content))
    assert len(frame) > 0 and set(frame["category"]) == {"incident"}
    assert frame.geometry.geom_type.unique().tolist() == ["Point"]
    assert answer.headers["access-control-allow-origin"] == "*"


def test_everything_as_csv_by_pandas(server: Any) -> None:
    answer = get(server, "/incidents/incidents.csv?_stream=on&_size=max")
    assert len(pd.read_csv(io.BytesIO(answer.content))) == 300


def test_evidence_of_one_incident(server: Any) -> None:
    first = get(server, "/incidents/incidents.json?_shape=array&_size=1").json()[0]["incident_id"]
    rows = get(server, f"/incidents/evidence.json?_shape=array&incident_id={first}").json()
    assert {"event_type", "locations"} <= {row["field"] for row in rows}
    assert all(row["words"] for row in rows if row["start"] is not None)


def test_words_are_found(server: Any) -> None:
    rows = get(server, f"/incidents/incidents.json?_shape=array&_search={quote('Hawija')}").json()
    assert rows and all("Hawija" in f"{row['sentence']} {row['all_places']}" for row in rows)


def test_it_says_what_it_is(server: Any) -> None:
    metadata = get(server, "/-/metadata.json").json()
    assert "CC BY 4.0" in metadata["description"] and "Run " in metadata["description"]


@pytest.mark.parametrize(
    "sql", ["delete from incidents", "insert into about values (1, 2)", "attach 'x' as y", "pragma journal_mode=wal"]
)
def test_nothing_is_written(server: Any, sql: str) -> None:
    assert get(server, f"/incidents.json?sql={quote(sql)}").status_code == 400
    assert get(server, "/incidents/incidents.json?_shape=array&_size=1").json()


def test_no_report_text_is_served(server: Any) -> None:
    tables = get(server, "/incidents.json").json()["tables"]
    assert "text" not in {column for table in tables for column in table["columns"]}


def test_the_verb_serves_and_old_files_go(root: Path) -> None:
    stale = root.parent / "serve" / "older" / "incidents.sqlite"
    stale.parent.mkdir(parents=True)
    stale.touch()
    current = root.parent / "serve" / open_current(root).run_id / "incidents.sqlite"
    current.unlink(missing_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = "import argparse; from pipeline.cli import serve as s; p = argparse.ArgumentParser(); "
    program += "s.add_parser(p.add_subparsers()); a = p.parse_args(); a.run(a)"
    words = ["serve", "--snapshot", str(root), "--port", str(port)]
    with subprocess.Popen([sys.executable, "-c", program, *words], stderr=subprocess.PIPE) as served:
        try:
            for _ in range(100):
                try:
                    answer = httpx.get(f"http://127.0.0.1:{port}/incidents/about.json?_shape=array", trust_env=False)
                    break
                except httpx.TransportError:
                    time.sleep(0.2)
            assert {row["key"] for row in answer.json()} >= {"filter", "run_id", "licences"}
        finally:
            served.terminate()
    assert current.exists() and not stale.parent.exists()
