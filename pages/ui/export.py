"""Download buttons: exactly the rows that are shown, in the formats of pipeline.export, made on the click alone."""

from collections.abc import Callable

import streamlit as st

from pages.ui.shell import Page
from pages.ui.text import t
from pages.ui.words import markup
from pipeline import labels
from pipeline.export import ExportOptions, chosen, to_bytes

FIRST = {
    "csv": ("CSV", "text/csv"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "geojson": ("GeoJSON", "application/geo+json"),
}
MORE = {
    "gpkg": ("GeoPackage", "application/geopackage+sqlite3"),
    "kml": ("KML", "application/vnd.google-earth.kml+xml"),
    "parquet": ("Parquet", "application/vnd.apache.parquet"),
    "zip": ("CSV + sources + codebook (zip)", "application/zip"),
}
SHAPED = {"acled": "ACLED CSV", "ucdp": "UCDP GED CSV"}


def show(page: Page) -> None:
    """The row of buttons, and under "more" those that fewer people need."""
    st.html(f'<h2 class="panel-title" dir="{page.dir}">{markup(t("export", page.lang))}</h2>')
    with st.container(horizontal=True):
        for name, (label, mime) in FIRST.items():
            _button(page, name, label, mime=mime, file=f"incidents.{name}", made=_made(page, name))
        with st.popover(t("more_formats", page.lang), icon=":material/more_horiz:"):
            for name, (label, mime) in MORE.items():
                _button(page, name, label, mime=mime, file=f"incidents.{name}", made=_made(page, name))
            for columns, label in SHAPED.items():
                made = _made(page, "csv", ExportOptions(columns=columns))  # type: ignore[arg-type]
                _button(page, columns, label, mime="text/csv", file=f"incidents-{columns}.csv", made=made)
    st.caption(t("export_note", page.lang, n=labels.number(page.selection.n, page.lang)))


def _button(page: Page, name: str, label: str, *, mime: str, file: str, made: Callable[[], bytes]) -> None:
    st.download_button(
        label, data=made, file_name=file, mime=mime, key=f"export_{name}", on_click="ignore",
        icon=":material/download:", disabled=not page.selection.n,
    )  # fmt: skip


def _made(page: Page, format_: str, options: ExportOptions | None = None) -> Callable[[], bytes]:
    return lambda: to_bytes(format_, chosen(page.selection, page.lang), lang=page.lang, options=options)
