"""What is fuzzed: each target takes any bytes and raises where something that must hold does not."""

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs

import polars as pl
from lxml import etree

from benchmarks.fuzz.decode import gazetteer, text_of
from benchmarks.generate import generate
from benchmarks.generated_files import write_snapshot
from geodata.fold import fold, fold_with_map
from pipeline.errors import InputError
from pipeline.event_json import event_record
from pipeline.export import Selection
from pipeline.export.selection import chosen
from pipeline.export.write import to_bytes
from pipeline.extract import extract_events
from pipeline.extract.dates import find_dates
from pipeline.extract.marked import mark
from pipeline.fetch.get import Page
from pipeline.geocode.choose import provinces_of
from pipeline.geocode.resolve import Resolver
from pipeline.geocode.types import Context
from pipeline.llm.ask import _events
from pipeline.llm.extract import LlmExtractor
from pipeline.llm.settings import LlmSettings
from pipeline.model import Language, Report
from pipeline.query import Frames, Query, from_params, select, to_params
from pipeline.read.datasets.rows import read_dataset
from pipeline.read.feed import parse_feed
from pipeline.read.files import read_bytes
from pipeline.read.language import detect_language
from pipeline.read.types import Failure, ReadOptions
from pipeline.read.warc import read_warc
from pipeline.snapshot import open_current
from pipeline.text.lexicon import load
from pipeline.text.tokens import read_document

_DAY = date(2021, 12, 12)
_NOW = datetime(2021, 12, 12, tzinfo=UTC)
_LANGUAGES: tuple[Language, ...] = ("ar", "ckb", "en")
_SUFFIXES = (".txt", ".html", ".jsonl", ".json", "")
_KINDS = ("village", "district", "governorate", "camp", "mountain", "area", None)
_FORMATS = ("csv", "geojson", "kml", "xlsx", "html")


def readers(data: bytes) -> None:
    """Any file is reports or failures, never an exception; what is read is text that can be stored."""
    suffix, options = _SUFFIXES[data[0] % len(_SUFFIXES)] if data else "", ReadOptions(max_chars=200_000)
    _check_reports(read_bytes(data[1:], "x", suffix, options))


def wrapped(data: bytes) -> None:
    """The same of text in the shapes that readers look for: JSON Lines, Telegram, HTML, feeds, tables."""
    text, which = text_of(data[1:]), data[0] % 6 if data else 0
    safe = text.encode("utf-8", "replace").decode()
    options = ReadOptions()
    if which == 0:
        record = {"id": safe[:40], "text": safe, "published": safe[:10], "publisher": safe[:9], "url": safe[:30]}
        _check_reports(read_bytes(json.dumps(record).encode(), "x", ".jsonl", options))
    elif which == 1:
        message = {"id": 1, "type": "message", "date": safe[:19], "text": [safe, {"type": "link", "text": safe}]}
        chat = {"name": safe[:20], "type": "public_channel", "id": 7, "messages": [message, safe, None]}
        _check_reports(read_bytes(json.dumps(chat).encode(), "x", ".json", options))
    elif which == 2:
        page = f"<html><head><title>{safe[:50]}</title></head><body><article><p>{safe}</p></article></body></html>"
        _check_reports(read_bytes(page.encode(), "x", ".html", options))
    elif which == 3:
        _feed(
            f'<rss version="2.0"><channel><title>{safe[:30]}</title><item><title>{safe}</title></item></channel></rss>'
        )
    elif which == 4:
        _feed(safe)
    else:
        _table(safe)


def archives(data: bytes) -> None:
    """Any bytes as a web archive or a table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.warc"
        path.write_bytes(data)
        _check_reports(read_warc(path, ReadOptions()))
        table = Path(folder) / "x.csv"
        table.write_bytes(b"event_id_cnty,event_date,event_type,notes,latitude\n" + data)
        _check_reports(read_dataset(table, ReadOptions()))


def text(data: bytes) -> None:
    """Cutting and folding lose no place: every offset leads back into the text."""
    given = text_of(data)
    folded, offsets = fold_with_map(given)
    assert folded == fold(given) and len(offsets) == len(folded) + 1
    assert all(one <= other for one, other in pairwise(offsets))
    document = read_document(given)
    end = 0
    for token in document.tokens:
        assert end <= token.start < token.end <= len(given)
        assert fold(given[token.start : token.end]) == token.form, (given[token.start : token.end], token.form)
        end = token.end
    last = 0
    for sentence in document.sentences:
        assert last <= sentence.first < sentence.last <= len(document.tokens)
        last = sentence.last
    detect_language(given)


def dates(data: bytes) -> None:
    """A date phrase lies in its text, begins no later than it ends, and is not made up without a publication day."""
    lang = _LANGUAGES[data[0] % 3] if data else "ar"
    published = _DAY if data and data[0] & 4 else None
    given = text_of(data[1:])
    marked = mark(Report("x", given, published, lang=lang), lang, read_document(given), load(lang))
    for mention in find_dates(marked, 0, len(marked.tokens)):
        assert 0 <= mention.first < mention.last <= len(marked.tokens)
        start, end, precision = mention.days
        assert (start is None) == (end is None)
        assert start is None or end is None or start <= end
        assert start is None or precision in (1, 2, 3)


def extraction(data: bytes) -> None:
    """Every value of every event has its words where it says; the same text gives the same events."""
    lang = _LANGUAGES[data[0] % 3] if data else "ar"
    given = text_of(data[1:])
    report = Report("x", given, _DAY if data and data[0] & 4 else None, lang=lang)
    events = extract_events(report, gazetteer())
    for event in events:
        record = event_record(event)
        json.dumps(record)
        for spans in record["evidence"].values():
            assert all(0 <= start < end <= len(given) for start, end in spans), spans
        for told in (event.fatalities, event.injuries):
            known = [value for value in told.value if value is not None] if told else []
            assert known == sorted(known) and all(value >= 0 for value in known), told
        if report.published is None:
            assert record["date_origin"] != "publication"
    if data and data[-1] % 8 == 0:
        assert [event_record(event) for event in extract_events(report, gazetteer())] == [*map(event_record, events)]


@cache
def _resolver() -> Resolver:
    return Resolver(gazetteer())


def geocoder(data: bytes) -> None:
    """Any name in any context is a place of the gazetteer, or a reason."""
    seed = data[:4].ljust(4, b"\0")
    provinces = sorted({place.admin1 for place in gazetteer().places.values() if place.kind == "governorate"})
    context = Context(
        admin1=(provinces[seed[0] % len(provinces)],) if seed[0] & 1 else (),
        kind=_KINDS[seed[1] % len(_KINDS)],
        relation=("near", "outskirts", "direction", None)[seed[2] % 4],
        strict=bool(seed[3] & 1),
    )
    answer = _resolver().resolve(text_of(data[4:])[:300], context)
    assert answer.reason
    assert 0.0 <= answer.confidence <= 1.0
    if answer.place is not None:
        assert gazetteer().places[answer.place.place_id] is answer.place
        assert answer.geo_precision in (1, 2, 3) and answer.where_prec in range(1, 8)
        # More than one word may name a province of its own, which is then nearer to the place than the caller's.
        if context.strict and context.admin1 and answer.query.strip().isalpha():
            assert set(provinces_of(answer.place)) & set(context.admin1), answer
    _resolver().locate(answer)


@cache
def _base() -> Selection:
    with tempfile.TemporaryDirectory() as folder:
        write_snapshot(generate(range(3)), Path(folder))
        selection = chosen(select(Frames.load(open_current(folder)), Query()), "en")
        tables = {name: getattr(selection, name).collect().lazy() for name in ("claims", "sources", "reports")}
    return Selection(selection.incidents, selection.locations, **tables, sentence="All", manifest=selection.manifest)


def exports(data: bytes) -> None:
    """Whatever words an incident bears, the file can be read by what reads such files, and runs no formula."""
    words = text_of(data[1:]).encode("utf-8", "replace").decode()
    base = _base()
    changed = {name: pl.lit(words) for name in ("sentence", "date_phrase", "actor1", "actor2")}
    places = {name: pl.lit(words) for name in ("name", "name_ar", "name_ckb", "where_description")}
    selection = Selection(
        base.incidents.with_columns(**changed, publishers=pl.lit([words])), base.locations.with_columns(**places),
        base.claims, base.sources, base.reports.with_columns(pl.lit(words).alias("publisher")),
        sentence=words, manifest=base.manifest,
    )  # fmt: skip
    format_ = _FORMATS[data[0] % len(_FORMATS)] if data else "csv"
    written = to_bytes(format_, selection, lang=_LANGUAGES[len(data) % 3])
    if format_ == "csv":
        frame = pl.read_csv(io.BytesIO(written), infer_schema=False)
        assert frame.height == base.incidents.height
        cells = (cell for row in frame.iter_rows() for cell in row if cell)
        assert not [cell for cell in cells if cell[0] in "=+@\t\r"]
    elif format_ == "geojson":
        assert len(json.loads(written)["features"]) >= base.incidents.height
    elif format_ == "kml":
        etree.fromstring(written)
    elif format_ == "xlsx":
        with zipfile.ZipFile(io.BytesIO(written)) as book:
            for name in book.namelist():
                if name.endswith(".xml"):
                    assert b"<f>" not in book.read(name)
                    etree.fromstring(book.read(name))
    else:
        assert b"<script" not in written.lower()


def links(data: bytes) -> None:
    """Any link is a query and a list of what was refused; the query written back means the same."""
    found = parse_qs(data.decode("utf-8", "replace"), max_num_fields=None)
    found |= {"from": [text_of(data)[:12]], "admin1": [text_of(data[3:])[:20]], "killed": [text_of(data[5:])[:6]]}
    query, _ = from_params(found)
    written = to_params(query)
    again, refused = from_params(
        {name: value if isinstance(value, list) else [value] for name, value in written.items()}
    )
    assert again == query and refused == []


@cache
def _model() -> LlmExtractor:
    return LlmExtractor(LlmSettings("http://localhost/v1", "fuzz"), gazetteer())


def answers(data: bytes) -> None:
    """Any answer of a language model is refused, or its events have their words in the report."""
    lang, given = _LANGUAGES[data[0] % 3] if data else "ar", text_of(data[1:])
    words = given.split() or ["x"]
    pick = [words[byte % len(words)] for byte in data[:12].ljust(12, b"\0")]
    figure = {"low": data[0] if data else 0, "best": None, "high": None, "words": pick[0]}
    told = {
        "event_type": "attack", "trigger": " ".join(pick[1:3]), "date_words": pick[3], "places": pick[4:7],
        "actor1": {"name": "Civilians", "words": pick[7]}, "actor2": None, "fatalities": figure, "injuries": None,
        "casualties_low": {"value": 2, "words": pick[8]}, "n_strikes": None, "quoted_sources": pick[9:11],
    }  # fmt: skip
    reading = _model()._checked(Report("x", given, _DAY, lang=lang), [told, {}, given, None, data[:1].hex()])
    for event in reading.events:
        for claim in (event.event_type, event.days, event.fatalities, event.casualties_low, *event.locations):
            if claim is not None and claim.spans:
                assert claim.words == given[claim.spans[0].start : claim.spans[0].end]
    with suppress(InputError):
        _events(data)


def _check_reports(found: Iterable[Report | Failure]) -> None:
    for one in found:
        if isinstance(one, Failure):
            assert one.reason
        else:
            one.text.encode("utf-8")
            assert one.text.strip() and one.report_id


def _feed(text: str) -> None:
    page = Page("u", "u", 200, text.encode("utf-8", "replace"), "application/rss+xml", None, None, None, _NOW)
    try:
        parse_feed(page)
    except InputError:
        return


def _table(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.csv"
        path.write_text(f"id,date_start,best,latitude,longitude,country,where_prec\n{text}", encoding="utf-8")
        _check_reports(read_dataset(path, ReadOptions()))


TARGETS: dict[str, Callable[[bytes], None]] = {
    one.__name__: one
    for one in (readers, wrapped, archives, text, dates, extraction, geocoder, exports, links, answers)
}
