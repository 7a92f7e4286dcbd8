"""`health`: whether store, snapshot, lexicons, gazetteer and disk are well. Changes nothing."""

import argparse
import json
import os
from dataclasses import asdict

from pipeline.health import health
from pipeline.snapshot import snapshot_root
from pipeline.store.database import DEFAULT_STORE

_EPILOG = """Prints a JSON object a check: {"name", "ok", "told"}. Exit code 0: all is well; 1: something is not. For
monitoring and for the HEALTHCHECK of a container; the dashboard's own address is /_stcore/health."""


def add_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the verb to the command line."""
    parser = verbs.add_parser("health", help="whether everything is well", description=__doc__, epilog=_EPILOG)
    parser.add_argument("--deep", action="store_true", help="read every page of the store and byte of the snapshot")
    parser.add_argument("--url", metavar="URL", help="also ask a dashboard, such as http://127.0.0.1:8501")


def run(args: argparse.Namespace) -> int:
    """Looks once."""
    address = os.environ.get("PIPELINE_STORE") or DEFAULT_STORE
    checks = health(address, snapshot_root(), deep=args.deep, url=args.url)
    for check in checks:
        print(json.dumps(asdict(check), ensure_ascii=False))
    return 0 if all(check.ok for check in checks) else 1
