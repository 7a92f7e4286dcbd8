"""What may import what, read from the syntax trees: one way of imports, and pure domain logic."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOPS = ("geodata", "pipeline", "pages", "dashboard.py")

# Lower layers know nothing of higher ones. A file belongs to the first layer whose path it begins with.
LAYERS = ("geodata", "pipeline", "pages/ui", "pages", "dashboard.py")

# The order in which a report goes through the stages that are pure: each imports itself and those before it.
STAGES = ("text", "geocode", "extract", "link")
SHARED = {"pipeline.model", "pipeline.errors"}  # every stage speaks of these
EXTRA = {  # what a stage may import besides, and why
    # the language of a text whose source does not say it; rows of datasets, which carry their codes
    "extract": {"pipeline.read.language", "pipeline.read.datasets"},
    "link": {"pipeline.event_json"},  # an incident keeps the records of its events
}

PURE = ("pipeline/extract/", "pipeline/text/", "pipeline/link/", "pipeline/query/", "pipeline/model.py")
IMPURE_MODULES = {
    "os", "io", "shutil", "tempfile", "subprocess", "socket", "ssl", "urllib", "http", "httpx", "requests", "time",
    "random", "secrets", "uuid", "sqlite3", "sqlalchemy", "threading", "multiprocessing", "logging", "locale", "sys",
}  # fmt: skip
IMPURE_CALLS = {
    "open", "input", "print", "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "unlink", "glob",
    "rglob", "now", "utcnow", "today",
}  # fmt: skip
# The files that load what reading needs, once: the lexicons and the list of actors.
LOADERS = {"pipeline/text/lexicon.py", "pipeline/extract/actors.py"}
LOADING = {"open", "read_bytes", "glob"}


def sources(*folders: str) -> list[Path]:
    tops = folders or TOPS
    return [p for top in tops for p in ([ROOT / top] if top.endswith(".py") else sorted((ROOT / top).rglob("*.py")))]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> frozenset[str]:
    """Every module a file imports, also inside functions; "from a import b" gives a.b too, for b may be a module."""
    return frozenset(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}: relative imports hide the direction"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and called(node) == "import_module":
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def called(node: ast.Call) -> str:
    return str(getattr(node.func, "id", getattr(node.func, "attr", "")))


def layer_of_file(path: str) -> int:
    return next(LAYERS.index(layer) for layer in sorted(LAYERS, key=len, reverse=True) if path.startswith(layer))


def layer_of_module(module: str) -> int:
    """-1 for what is not of this project."""
    path = module.replace(".", "/")
    if path.split("/")[0] == "dashboard":
        return LAYERS.index("dashboard.py")
    return layer_of_file(path) if path.split("/")[0] in LAYERS else -1


def stage_of(module: str) -> str:
    return module.split(".")[1] if module.startswith("pipeline.") else ""


def test_there_is_something_to_look_at() -> None:
    assert {name(path).split("/")[0] for path in sources()} == set(TOPS)
    assert "pipeline.extract" in imports(ROOT / "pipeline/cli/extract.py")
    assert layer_of_module("pages.ui.map") > layer_of_module("pipeline.query") > layer_of_module("geodata.fold") == 0


def test_imports_run_one_way() -> None:
    upward = [
        f"{name(path)} imports {module}"
        for path in sources()
        for module in imports(path)
        if layer_of_module(module) > layer_of_file(name(path))
    ]
    assert upward == []


def test_nothing_imports_tests_or_benchmarks() -> None:
    assert [name(p) for p in sources() if {m.split(".")[0] for m in imports(p)} & {"tests", "benchmarks"}] == []


@pytest.mark.parametrize(
    ("library", "where"),
    [
        ("streamlit", ("pages/", "dashboard.py")),
        ("streamlit_folium", ("pages/ui/map.py",)),
        ("folium", ("pages/ui/map.py", "pages/ui/assets.py")),  # assets: Leaflet's addresses in folium
        ("branca", ("pages/ui/map.py", "pages/ui/assets.py")),
        ("httpx", ("pipeline/fetch/", "pipeline/read/", "pipeline/llm/", "pipeline/health.py")),
        ("argparse", ("pipeline/cli/", "pipeline/query/args.py", "pipeline/__main__.py", "geodata/")),
    ],
)
def test_a_library_stays_in_its_place(library: str, where: tuple[str, ...]) -> None:
    users = [name(path) for path in sources() if library in {m.split(".")[0] for m in imports(path)}]
    assert [user for user in users if not user.startswith(where)] == []


def test_only_the_command_line_knows_the_command_line() -> None:
    users = [name(path) for path in sources() if any(stage_of(module) == "cli" for module in imports(path))]
    assert [user for user in users if not user.startswith(("pipeline/cli/", "pipeline/__main__.py"))] == []


@pytest.mark.parametrize("stage", STAGES)
def test_a_pure_stage_imports_those_before_it_and_what_is_listed(stage: str) -> None:
    before = STAGES[: STAGES.index(stage) + 1]
    listed = SHARED | EXTRA.get(stage, set())
    wrong = [
        f"{name(path)} imports {module}"
        for path in sources(f"pipeline/{stage}")
        for module in imports(path)
        if stage_of(module) not in ("", *before) and not any(f"{module}.".startswith(f"{one}.") for one in listed)
    ]
    assert wrong == []


def test_domain_logic_is_pure() -> None:
    """No files, clock, network, chance or shared state: the same report always gives the same events."""
    wrong = []
    for path in sources():
        if not name(path).startswith(PURE):
            continue
        calls = {called(node) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)} & IMPURE_CALLS
        if name(path) in LOADERS:
            calls -= LOADING
        modules = {module.split(".")[0] for module in imports(path)} & IMPURE_MODULES
        wrong += [f"{name(path)}: {what}" for what in sorted(calls | modules)]
    assert wrong == []
