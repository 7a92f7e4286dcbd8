"""How it was made: coding rules in short, what the data holds, how accurate it is, licences."""

import csv
import json
from pathlib import Path
from typing import Any

import streamlit as st

from pages.ui import shell
from pages.ui.shell import Page
from pages.ui.text import t
from pages.ui.words import isolated, markup, web_address
from pipeline import labels

ROOT = Path(__file__).parents[1]
ACCURACY = ROOT / "docs" / "accuracy.json"


def main() -> None:
    """The method in words; the numbers of this snapshot; accuracy; sources and licences."""
    page = shell.begin("method", with_filters=False)
    shell.title(page, "page_method")
    left, right = st.columns([1.5, 1], gap="large")
    with left:
        words = (ROOT / "pages" / "ui" / "method" / f"{page.lang}.md").read_text(encoding="utf-8")
        st.markdown(words)
    with right:
        st.html(_facts(page))
        st.html(_accuracy(page))
    st.html(_licences(page))


def _facts(page: Page) -> str:
    """What this snapshot is."""
    tables = page.frames.tables
    manifest: Any = getattr(tables, "manifest", None)
    rows = [(t("snapshot", page.lang), markup(tables.run_id))]
    if manifest is not None:
        rows.append(
            (t("made_on", page.lang), markup(labels.digits(manifest.created[:16].replace("T", " "), page.lang)))
        )
        for name, number in manifest.counts.items():
            rows.append((labels.label("table", name, page.lang), labels.number(number, page.lang)))
        rows.append((t("made_by", page.lang), f"<bdi dir=ltr>{markup(manifest.code_version[:24])}</bdi>"))
    return _table(page, t("this_data", page.lang), rows)


def _accuracy(page: Page) -> str:
    """Scores on the project's own gold set, where an evaluation has been kept."""
    if not ACCURACY.exists():
        return f'<p class="hint" dir="{page.dir}">{markup(t("no_accuracy", page.lang))}</p>'
    scores = json.loads(ACCURACY.read_text(encoding="utf-8"))
    fields = scores.get("fields", scores)
    rows = []
    for name, score in fields.items():
        if isinstance(score, dict) and "f1" in score:
            told = " / ".join(f"{score.get(part) or 0:.2f}" for part in ("precision", "recall", "f1"))
            rows.append(
                (labels.label("field", name, page.lang), f"<bdi dir=ltr>{labels.digits(told, page.lang)}</bdi>")
            )
    return _table(page, t("accuracy", page.lang), rows)


def _licences(page: Page) -> str:
    rows = []
    for row in _csv(ROOT / "geodata" / "sources.csv"):
        address = web_address(row["address"])
        link = (
            f' · <a href="{markup(address)}" target="_blank" rel="noopener noreferrer">{markup(address)}</a>'
            if address
            else ""
        )
        rows.append((row["source"], f"{isolated(row['what'])}<br><small>{isolated(row['licence'])}{link}</small>"))
    return _table(page, t("licences", page.lang), rows)


def _table(page: Page, title: str, rows: list[tuple[str, str]]) -> str:
    lines = "".join(f"<tr><th scope=row>{markup(name)}</th><td>{value}</td></tr>" for name, value in rows)
    return f'<table class="facts" dir="{page.dir}"><caption>{markup(title)}</caption><tbody>{lines}</tbody></table>'


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main()
