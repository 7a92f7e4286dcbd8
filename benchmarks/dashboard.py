"""How fast the dashboard is, in Chromium: `python -m benchmarks.dashboard [--incidents N | --snapshot DIR]`.

Measures first view, filter click to redrawn map and what it sends, whether panning runs anything, memory, and many
users at once; and beside it, on the same data and in the same run, a map of markers in a cluster (the usual way).
"""

import argparse
import asyncio
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

from benchmarks.multiply import multiplied
from pages.ui import leaflet
from pipeline.snapshot import open_current

ROOT = Path(__file__).parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
QUERIES = [
    "", "admin1=Kirkuk", "category=airstrike", "admin1=Nineveh&category=incident", "disputed=yes", "toll=3",
    "q=%D9%85%D8%AE%D9%85%D9%88%D8%B1", "actor=Peshmerga", "from=2018-01-01&to=2018-12-31", "lang=ar&admin1=Diyala",
]  # fmt: skip
_END = 100  # bytes: the message that a run has finished is shorter
GOALS = {"first view": "2 s", "filter": "0.4 s", "sent": "120 KB", "users p95": "0.4 s", "memory": "1.5 GB"}


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.dashboard", description=__doc__)
    parser.add_argument("--incidents", type=int, default=1_000_000, help="how many to generate")
    parser.add_argument("--snapshot", type=Path, help="a folder of snapshots to use instead")
    parser.add_argument("--times", type=int, default=1, help="copies of what is generated or given (--snapshot)")
    parser.add_argument("--users", type=int, default=25)
    parser.add_argument("--think", type=float, default=5.0, help="seconds between two clicks of a user")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long the users stay")
    parser.add_argument("--cluster", type=int, default=10_000, help="points of the clustered map beside")
    args = parser.parse_args()
    if not leaflet.installed():
        leaflet.fetch()
    with tempfile.TemporaryDirectory() as scratch:
        root = args.snapshot or _generated(args.incidents, Path(scratch) / "snapshot")
        if args.times > 1:
            multiplied(open_current(root), args.times, Path(scratch) / "copies")
            root = Path(scratch) / "copies"
        number = open_current(root).manifest.counts["incidents"]
        print(f"{number:,} incidents, {os.cpu_count()} processors")
        with _application(root) as (address, process, started):
            seen = _browse(address, started)
            users = asyncio.run(_users(address, args.users, args.think, args.seconds))
            seen |= {"users p95": users, "memory": _memory(process.pid)}
        seen |= _clustered(root, args.cluster, Path(scratch))
    _print(seen, args)
    return 0


def _generated(number: int, root: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "benchmarks.generate", "--incidents", str(number), "-o", str(root)], cwd=ROOT, check=True
    )
    return root


@contextmanager
def _application(root: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]", float]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)],
        cwd=ROOT, env=os.environ | {"PIPELINE_SNAPSHOT": str(root)}, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        yield address, process, started
    finally:
        process.terminate()
        process.wait(timeout=20)


def _browse(address: str, started: float) -> dict[str, float]:
    """One reader: the first view, filter clicks, panning."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        served = time.perf_counter()
        page.goto(address)
        _drawn(page, None)
        first = time.perf_counter()
        page.wait_for_timeout(2500)
        painted = _painted(page)
        traffic = _traffic(page)
        clicks, sent = [], []
        for name in ("Airstrike", "Operation", "Airstrike", "Incident", "Operation", "Meeting or visit"):
            before, size = _stamp(page), traffic["received"]
            begun = time.perf_counter()
            page.locator(".st-key-f_category").get_by_text(name).click()
            _drawn(page, before)
            clicks.append(time.perf_counter() - begun)
            page.wait_for_timeout(1500)
            sent.append((traffic["received"] - size) / 1024)
        asked = traffic["sent"]
        page.mouse.move(600, 550)
        page.mouse.down()
        page.mouse.move(500, 480, steps=8)
        page.mouse.up()
        page.mouse.wheel(0, -300)
        page.wait_for_timeout(2000)
        panned = traffic["sent"] - asked
        browser.close()
    return {
        "start": served - started, "first view": first - served, "painted": painted,
        "filter": statistics.median(clicks), "filter worst": max(clicks), "sent": max(sent), "runs on pan": panned,
    }  # fmt: skip


def _painted(page: Page) -> float:
    """Seconds from opening the page to the map's first circles, by the browser's own clock."""
    at = _map(page).evaluate("performance.timeOrigin + performance.getEntriesByName('painted')[0].startTime")
    return float(at - page.evaluate("performance.timeOrigin")) / 1000


def _traffic(page: Page) -> dict[str, float]:
    """Counts bytes received and messages sent over the application's socket from now on."""
    counted = {"received": 0.0, "sent": 0.0}
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")

    def received(event: dict[str, Any]) -> None:
        counted["received"] += len(event["response"]["payloadData"]) * 0.75  # binary frames come as base64

    client.on("Network.webSocketFrameReceived", received)
    client.on("Network.webSocketFrameSent", lambda _: counted.__setitem__("sent", counted["sent"] + 1))
    return counted


def _map(page: Page) -> Any:
    return next((frame for frame in page.frames if "streamlit_folium" in frame.url), None)


def _stamp(page: Page) -> str | None:
    frame = _map(page)
    return frame.evaluate("document.body.dataset.drawn") if frame else None


def _drawn(page: Page, before: str | None) -> None:
    """Waits until the map shows another drawing than `before`."""
    page.wait_for_selector('iframe[title^="streamlit_folium"]')
    while _map(page) is None:
        page.wait_for_timeout(10)
    _map(page).wait_for_function(
        "before => document.body.dataset.drawn && document.body.dataset.drawn !== before", arg=before
    )


async def _users(address: str, number: int, think: float, seconds: float) -> list[float]:
    """Seconds from a click to its finished answer, of many users who click now and then."""
    results: list[float] = []
    until = time.perf_counter() + seconds
    await asyncio.gather(*(_user(address, seed, think, until, results) for seed in range(number)))
    return results


async def _user(address: str, seed: int, think: float, until: float, results: list[float]) -> None:
    chance = random.Random(seed)
    await asyncio.sleep(chance.uniform(0, think))
    async with connect(
        address.replace("http", "ws") + "/_stcore/stream", subprotocols=["streamlit"], max_size=None
    ) as socket_:  # type: ignore[list-item]
        first = True
        while time.perf_counter() < until:
            message = BackMsg()
            message.rerun_script.query_string = chance.choice(QUERIES)
            begun = time.perf_counter()
            await socket_.send(message.SerializeToString())
            while True:
                received = await socket_.recv()
                if len(received) > _END:  # not to be read: the users shall take little of the server's processors
                    continue
                answer = ForwardMsg()
                answer.ParseFromString(received)  # type: ignore[arg-type]
                if answer.WhichOneof("type") == "script_finished":
                    break
            if not first:
                results.append(time.perf_counter() - begun)
            first = False
            await asyncio.sleep(chance.expovariate(1 / think))


def _memory(pid: int) -> float:
    """Resident memory of the server, in GB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024**2


def _clustered(root: Path, number: int, scratch: Path) -> dict[str, float]:
    """Seconds until a MarkerCluster of the first points is drawn, from the same snapshot, all files local."""
    script = _cluster_script(scratch)
    if script is None:
        print("MarkerCluster cannot be had from npm here: nothing to compare with.")
        return {}
    points = open_current(root).scan("locations").select("latitude", "longitude", "name").head(number).collect().rows()
    folder = leaflet.TARGET
    page_file = scratch / "cluster.html"
    page_file.write_text(
        "<!doctype html><meta charset=utf-8><style>" + (folder / "leaflet.css").read_text() + "#m{height:600px}</style>"
        "<div id=m></div><script>" + (folder / "leaflet.js").read_text() + "</script><script>" + script + "</script>"
        "<script>const m=L.map('m',{maxZoom:14}).setView([35.3,44],7),c=L.markerClusterGroup();"
        + "".join(f"c.addLayer(L.marker([{lat},{lon}]).bindPopup({json.dumps(name)}));" for lat, lon, name in points)
        + "m.addLayer(c);document.body.dataset.drawn=1</script>",
        encoding="utf-8",
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
        page = browser.new_page()
        begun = time.perf_counter()
        page.goto(page_file.as_uri())
        page.wait_for_selector(".marker-cluster, .leaflet-marker-icon", state="attached")
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        seconds = time.perf_counter() - begun
        browser.close()
    return {"cluster": seconds, "cluster sent": page_file.stat().st_size / 1024}


def _cluster_script(scratch: Path) -> str | None:
    try:
        subprocess.run(
            ["npm", "pack", "--silent", "leaflet.markercluster@1.5.3"], cwd=scratch, check=True, capture_output=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    with tarfile.open(next(scratch.glob("leaflet.markercluster*.tgz"))) as archive:
        member = archive.extractfile("package/dist/leaflet.markercluster.js")
        return member.read().decode() if member else None


def _chromium() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


def _print(seen: dict[str, Any], args: argparse.Namespace) -> None:
    users = sorted(seen["users p95"])
    at = [users[int(share * (len(users) - 1))] for share in (0.5, 0.95)] if users else [0.0, 0.0]
    rows = [
        ("server start to health", f"{seen['start']:.2f} s", ""),
        ("first view, map drawn", f"{seen['first view']:.2f} s", GOALS["first view"]),
        ("... of which until the browser had painted it", f"{seen['painted']:.2f} s", ""),
        ("filter click to redrawn map, median", f"{seen['filter']:.2f} s", GOALS["filter"]),
        ("filter click to redrawn map, worst", f"{seen['filter worst']:.2f} s", ""),
        ("sent for one filter click, most", f"{seen['sent']:.0f} KB", GOALS["sent"]),
        ("messages to the server on pan and zoom", f"{seen['runs on pan']:.0f}", "0"),
        (f"{args.users} users, {args.think:g} s between clicks, median of {len(users)}", f"{at[0]:.2f} s", ""),
        (f"{args.users} users, 95th percentile", f"{at[1]:.2f} s", GOALS["users p95"]),
        ("memory of the server after that", f"{seen['memory']:.2f} GB", GOALS["memory"]),
    ]
    if "cluster" in seen:
        rows.append(
            (
                f"beside: MarkerCluster of {args.cluster:,} points",
                f"{seen['cluster']:.2f} s, {seen['cluster sent']:.0f} KB",
                "",
            )
        )
        rows.append(("a filter click against it", f"{seen['cluster'] / seen['filter']:.1f} times faster", ""))
    for name, value, goal in rows:
        print(f"{name:64s}{value:>16s}{'   goal ' + goal if goal else ''}")


if __name__ == "__main__":
    raise SystemExit(main())
