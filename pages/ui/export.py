"""Download buttons: exactly the rows that are shown, in the formats of pipeline.export, made on the click alone."""

from collections.abc import Callable

import streamlit as st

from pages.ui.shell import Page
from pages.ui.text import t
from pages.ui.words import markup
from pipeline import labels

FIRST = {
    "csv": ("CSV", "text/csv"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "geojson": ("GeoJSON", "application/geo+json"),
}
MORE = {
    "gpkg": ("GeoPackage", "application/geopackage+sqlite3"),
    "kml": ("KML", "application/vnd.google-earth.kml+xml"),
    "parquet": ("Parquet", "application/vnd.apache.parquet"),
    "acled": ("ACLED CSV", "text/csv"),
    "ucdp": ("UCDP GED CSV", "text/csv"),
    "html": ("HTML", "text/html"),
    "pdf": ("PDF", "application/pdf"),
    "zip": ("CSV + sources + codebook (zip)", "application/zip"),
}
FILES = {"acled": "incidents-acled.csv", "ucdp": "incidents-ucdp.csv"}


def show(page: Page) -> None:
    """Three buttons, and under "more" the formats that fewer people need."""
    st.html(f'<h2 class="panel-title" dir="{page.dir}">{markup(t("export", page.lang))}</h2>')
    with st.container(horizontal=True):
        for name, (label, mime) in FIRST.items():
            _button(page, name, label, mime=mime, made=_made(page, name))
        with st.popover(t("more_formats", page.lang), icon=":material/more_horiz:"):
            name = st.selectbox(
                t("format", page.lang), list(MORE), format_func=lambda one: MORE[one][0], key="export_format"
            )
            label, mime = MORE[name]
            _button(page, "more", label, mime=mime, made=_made(page, name), file=FILES.get(name, f"incidents.{name}"))
    st.caption(t("export_note", page.lang, n=labels.number(page.selection.n, page.lang)))


def _button(
    page: Page, name: str, label: str, *, mime: str, made: Callable[[], bytes], file: str | None = None
) -> None:
    st.download_button(
        label, data=made, file_name=file or f"incidents.{name}", mime=mime, key=f"export_{name}", on_click="ignore",
        icon=":material/download:", disabled=not page.selection.n,
    )  # fmt: skip


def _made(page: Page, name: str) -> Callable[[], bytes]:
    """What makes the file, when the button is pressed."""

    def make() -> bytes:
        from pipeline.export import ExportOptions, chosen, to_bytes  # loads geopandas: not before it is needed

        shaped = name in ("acled", "ucdp")
        options = ExportOptions(columns=name) if shaped else None  # type: ignore[arg-type]
        return to_bytes("csv" if shaped else name, chosen(page.selection, page.lang), lang=page.lang, options=options)

    return make
