"""A small published snapshot for tests of the dashboard: reports in three scripts, with evidence, and hostile ones.

Every sentence is written for these tests. `publish` writes the Parquet files and the manifest that the application
reads; INCIDENTS is what tests count against.
"""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from geodata.fold import fold
from pipeline.model import EVENT_TYPES
from pipeline.snapshot import CURRENT, MANIFEST, Entry, Manifest, file_sha256
from pipeline.snapshot_schema import FILES

RUN_ID = "20220101T000000-test"
GOI, KRG = "Government of Iraq", "Kurdistan Regional Government"

# place_id: name, name_ar, name_ckb, admin1, p-code, admin2, latitude, longitude, disputed, administered_by
PLACES: dict[str, tuple[Any, ...]] = {
    "iq-makhmur": ("Makhmur", "مخمور", "مەخموور", "Erbil", "IQG11", "Makhmur", 35.775, 43.579, True, GOI),
    "iq-kirkuk": ("Kirkuk", "كركوك", "کەرکووک", "Kirkuk", "IQG13", "Kirkuk", 35.468, 44.392, True, GOI),
    "iq-daquq": ("Daquq", "داقوق", "داقووق", "Kirkuk", "IQG13", "Daquq", 35.138, 44.448, True, GOI),
    "iq-jalawla": ("Jalawla", "جلولاء", "جەلەولا", "Diyala", "IQG10", "Khanaqin", 34.272, 45.166, True, GOI),
    "iq-mosul": ("Mosul", "الموصل", "مووسڵ", "Nineveh", "IQG15", "Mosul", 36.335, 43.119, False, GOI),
    "iq-sinjar": ("Sinjar", "سنجار", "شنگال", "Nineveh", "IQG15", "Sinjar", 36.321, 41.864, True, GOI),
    "iq-erbil": ("Erbil", "أربيل", "هەولێر", "Erbil", "IQG11", "Erbil", 36.191, 44.009, False, KRG),
    "iq-tuz": ("Tuz Khurmatu", "طوز خورماتو", "دووزخورماتوو", "Salah al-Din", "IQG16", "Tuz Khurmatu", 34.888, 44.632,
               True, GOI),
    "iq-g-diyala": ("Diyala", "ديالى", "دیالە", "Diyala", "IQG10", None, 33.75, 45.0, False, GOI),
    "iq-g-nineveh": ("Nineveh", "نينوى", "نەینەوا", "Nineveh", "IQG15", None, 36.2, 42.5, False, GOI),
}  # fmt: skip

HOSTILE = '<img src=x onerror="window.top.__pwned=1"><script>window.top.__pwned=2</script>${alert(1)}</script>'
BIDI = "Outlet\u202egnihtemos\u2066"

# report_id: language, published, publisher, title, url, text
REPORTS: dict[str, tuple[str, str | None, str, str, str | None, str]] = {
    "r-makhmur": ("ar", "2021-12-12", "جريدة الاختبار", "وفد في مخمور", "https://example.org/makhmur",
        "وصل صباح اليوم الأحد وفد عسكري إلى بلدة مخمور للقاء قادة البيشمركة.\n"
        "وكان ثلاثة من البيشمركة قد قتلوا وأصيب خمسة في هجوم شنه داعش قرب داقوق أول أمس الجمعة."),
    "r-makhmur-2": ("en", "2021-12-12", "Test Wire", "Attack near Daquq", "https://example.org/daquq",
        "Islamic State gunmen attacked a Peshmerga post near Daquq on Friday, killing four and wounding five."),
    "r-jalawla": ("ckb", "2021-11-28", "ڕۆژنامەی تاقیکردنەوە", "تەقینەوە لە جەلەولا", "https://example.org/jalawla",
        "ئەمڕۆ یەکشەممە بۆمبێکی چێنراو لە نزیک جەلەولا تەقییەوە و دوو هاووڵاتی بریندار بوون."),
    "r-strikes": ("ar", "2021-12-20", "جريدة الاختبار", "غارات", "https://example.org/strikes",
        "نفذت القوة الجوية العراقية عشر ضربات في محافظة ديالى ليلة أمس."),
    "r-tally": ("ar", "2021-12-12", "وكالة التجربة", "حصيلة", "https://example.org/tally",
        "شهدت كركوك ونينوى وصلاح الدين وديالى خلال الأسابيع الماضية هجمات أوقعت عشرات القتلى والجرحى."),
    "r-ops": ("en", "2022-01-10", "Test Wire", "Sweep west of Tuz Khurmatu", "https://example.org/tuz",
        "The Iraqi Army swept an area near Tuz Khurmatu on 9 January 2022 and arrested three men."),
    "r-visit": ("en", "2021-12-08", "Test Wire", "Prime minister visits Makhmur", "https://example.org/visit",
        "The prime minister visited Makhmur on Wednesday to oversee joint operations."),
    "r-nodate": ("ar", None, "ورقة بلا تاريخ", "بلا تاريخ", None,
        "انفجرت عبوة ناسفة أمس في سنجار دون خسائر بشرية."),
    "r-noplace": ("en", "2021-12-15", "Test Wire", "Raids in several provinces", "https://example.org/raids",
        "Security forces made raids in a number of provinces on Tuesday."),
    "r-hostile": ("en", "2021-12-18", HOSTILE, HOSTILE, "javascript:window.top.__pwned=3",
        f"A drone strike hit Sinjar on Saturday. {HOSTILE} **bold** [link](javascript:alert(1)) \u202etxet"),
    "r-drone": ("ckb", "2022-01-03", "ڕۆژنامەی تاقیکردنەوە", "درۆن", "https://example.org/drone",
        "دوێنێ درۆنێک شوێنێکی لە شنگال کردە ئامانج و سێ کەس کوژران."),
    "r-meeting": ("ar", "2022-01-05", BIDI, "اجتماع أربيل", "https://example.org/erbil",
        "بحث وفد وزارة الدفاع مع وزارة البيشمركة في أربيل أمس الثلاثاء فتح مراكز تنسيق مشتركة."),
    "r-empty": ("ar", "2021-12-02", "جريدة الاختبار", "رأي", "https://example.org/opinion",
        "يرى مراقبون أن الفراغ الأمني يحتاج إلى اتفاق طويل الأمد."),
}  # fmt: skip

# incident_id, report_id, event_type, (first day, last day, precision), [(place_id, geo_precision)], actor1, actor2,
# killed, injured, more columns, evidence {field: words}
Row = tuple[str, str, str, tuple[str, str, int] | None, list[tuple[str, int]], str | None, str | None, Any, Any,
            dict[str, Any], dict[str, str]]  # fmt: skip
INCIDENTS: list[Row] = [
    ("i01", "r-makhmur", "visit", ("2021-12-12", "2021-12-12", 1), [("iq-makhmur", 1)], "Iraqi Army", "Peshmerga",
     None, None, {}, {"event_type": "وصل", "event_date": "صباح اليوم الأحد", "locations": "مخمور",
                      "actor1": "وفد عسكري", "actor2": "قادة البيشمركة"}),
    ("i02", "r-makhmur", "attack", ("2021-12-10", "2021-12-10", 1), [("iq-daquq", 2)], "Islamic State", "Peshmerga",
     (3, None, 4), (5, 5, 5), {"n_sources": 2, "n_reports": 2, "conflicting": True, "also": "r-makhmur-2"},
     {"event_type": "هجوم", "event_date": "أول أمس الجمعة", "locations": "قرب داقوق", "actor1": "داعش",
      "actor2": "البيشمركة", "fatalities": "ثلاثة", "injuries": "خمسة"}),
    ("i03", "r-jalawla", "ied", ("2021-11-28", "2021-11-28", 1), [("iq-jalawla", 2)], None, "Civilians", None,
     (2, 2, 2), {"review_state": "accepted"}, {"event_type": "بۆمبێکی چێنراو", "event_date": "ئەمڕۆ یەکشەممە",
                 "locations": "نزیک جەلەولا", "injuries": "دوو", "actor2": "هاووڵاتی"}),
    ("i04", "r-strikes", "air_strike", ("2021-12-19", "2021-12-20", 1), [("iq-g-diyala", 3)], "Iraqi Air Force", None,
     None, None, {"n_strikes": 10}, {"event_type": "ضربات", "event_date": "ليلة أمس", "locations": "محافظة ديالى",
                  "actor1": "القوة الجوية العراقية", "n_strikes": "عشر"}),
    ("i05", "r-tally", "attack", ("2021-11-12", "2021-12-12", 3),
     [("iq-kirkuk", 1), ("iq-g-nineveh", 3), ("iq-tuz", 2), ("iq-g-diyala", 3)], None, None, None, None,
     {"casualties_low": 20}, {"event_type": "هجمات", "event_date": "خلال الأسابيع الماضية", "locations": "كركوك",
                              "casualties_low": "عشرات القتلى والجرحى"}),
    ("i06", "r-ops", "security_operation", ("2022-01-09", "2022-01-09", 1), [("iq-tuz", 2)], "Iraqi Army", None, None,
     None, {}, {"event_type": "swept", "event_date": "9 January 2022", "locations": "near Tuz Khurmatu",
                "actor1": "Iraqi Army"}),
    ("i07", "r-visit", "visit", ("2021-12-08", "2021-12-08", 1), [("iq-makhmur", 1)], "Government of Iraq", None, None,
     None, {"review_state": "corrected"}, {"event_type": "visited", "event_date": "Wednesday",
                                           "locations": "Makhmur", "actor1": "prime minister"}),
    ("i08", "r-nodate", "ied", None, [("iq-sinjar", 1)], None, None, (0, 0, 0), (0, 0, 0), {"date_phrase": "أمس"},
     {"event_type": "عبوة ناسفة", "event_date": "أمس", "locations": "سنجار", "fatalities": "دون خسائر بشرية",
      "injuries": "دون خسائر بشرية"}),
    ("i09", "r-noplace", "security_operation", ("2021-12-14", "2021-12-14", 1), [], None, None, None, None, {},
     {"event_type": "raids", "event_date": "Tuesday"}),
    ("i10", "r-hostile", "drone_strike", ("2021-12-18", "2021-12-18", 1), [("iq-sinjar", 1)], HOSTILE, None, None,
     None, {}, {"event_type": "drone strike", "event_date": "Saturday", "locations": "Sinjar"}),
    ("i11", "r-drone", "drone_strike", ("2022-01-02", "2022-01-02", 1), [("iq-sinjar", 2)], None, None, (3, 3, 3),
     None, {}, {"event_type": "درۆنێک", "event_date": "دوێنێ", "locations": "شنگال", "fatalities": "سێ"}),
    ("i12", "r-meeting", "meeting", ("2022-01-04", "2022-01-04", 1), [("iq-erbil", 1)], "Government of Iraq",
     "Peshmerga", None, None, {}, {"event_type": "بحث", "event_date": "أمس الثلاثاء", "locations": "أربيل",
                                   "actor1": "وفد وزارة الدفاع", "actor2": "وزارة البيشمركة"}),
    ("i13", "r-drone", "drone_strike", ("2022-01-02", "2022-01-02", 1), [("iq-mosul", 1)], None, None, None, None,
     {"review_state": "rejected"}, {"event_type": "درۆنێک", "event_date": "دوێنێ"}),
]  # fmt: skip
N_SHOWN = len(INCIDENTS) - 1  # rejected ones are not shown unless asked for


def publish(root: Path, sample: bool = True) -> Path:
    """Writes the snapshot under `root` and makes it the current one. Returns its folder."""
    tables = {name: pl.DataFrame(rows, schema=FILES[name], orient="row") for name, rows in _rows(sample).items()}
    folder = root / RUN_ID
    files = {}
    for name, frame in tables.items():
        path = folder / name / "all.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        frame.write_parquet(path)
        files[f"{name}/all.parquet"] = Entry(file_sha256(path), path.stat().st_size, frame.height)
    counts = {name: frame.height for name, frame in tables.items()}
    manifest = Manifest(RUN_ID, "2022-01-01T00:00:00+00:00", "test", "0", "0", counts, sample, 0, files)
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest)), encoding="utf-8")
    (root / CURRENT).write_text(RUN_ID, encoding="utf-8")
    return folder


def _rows(sample: bool) -> dict[str, list[dict[str, Any]]]:
    out: dict[str, list[dict[str, Any]]] = {name: [] for name in FILES}
    for report_id, (lang, published, publisher, title, url, text) in REPORTS.items():
        out["reports"].append({
            "report_id": report_id, "publisher": publisher, "published": _day(published), "title": title, "url": url,
            "lang": lang, "text": text, "source": f"tests/{report_id}.txt", "sha256": "0" * 64,
            "archived_path": None, "retrieved_at": datetime(2022, 1, 11, tzinfo=UTC), "is_sample": sample,
            "n_events": sum(row[1] == report_id for row in INCIDENTS),
        })  # fmt: skip
    for row in INCIDENTS:
        out["incidents"].append(_incident(row, sample))
        out["locations"] += [_location(row[0], no, *place) for no, place in enumerate(row[4])]
        out["claims"] += [_claim(row, name, words) for name, words in row[10].items()]
        out["sources"] += [_source(row, report) for report in (row[1], row[9].get("also")) if report]
    out["history"].append({
        "incident_id": "i07", "decided_at": datetime(2022, 1, 11, tzinfo=UTC), "reviewer": "tester", "action": "set",
        "field": "event_date", "old_value": "2021-12-07", "new_value": "2021-12-08", "note": None, "state": "applied",
    })  # fmt: skip
    return out


def _incident(row: Row, sample: bool) -> dict[str, Any]:
    incident_id, report_id, event_type, days, places, actor1, actor2, killed, injured, more, evidence = row
    lang, _, publisher, _, _, text = REPORTS[report_id]
    names = [name for place_id, _ in places for name in PLACES[place_id][:3]]
    sentence = next((line for line in text.split("\n") if evidence["event_type"] in line), text)
    values = {
        "incident_id": incident_id, "category": EVENT_TYPES[event_type], "event_type": event_type,
        "event_date": _day(days[0]) if days else None, "end_date": _day(days[1]) if days else None,
        "time_precision": days[2] if days else None, "date_origin": "text", "actor1": actor1, "actor2": actor2,
        **_figures(killed, injured), "n_sources": 1, "n_reports": 1, "n_locations": len(places),
        "publishers": [publisher], "languages": [lang], "quoted_sources": [], "review_state": "machine",
        "conflicting": False, "confidence": 0.8, "sentence": sentence, "report_id": report_id, "is_sample": sample,
        "search_text": fold(" ".join([*names, actor1 or "", actor2 or "", sentence])),
    }  # fmt: skip
    return values | {name: value for name, value in more.items() if name != "also"}


def _figures(killed: Any, injured: Any) -> dict[str, Any]:
    low, best, high = killed or (None, None, None)
    low_i, best_i, high_i = injured or (None, None, None)
    return {
        "fatalities_low": low, "fatalities_best": best, "fatalities_high": high,
        "injuries_low": low_i, "injuries_best": best_i, "injuries_high": high_i,
    }  # fmt: skip


def _location(incident_id: str, no: int, place_id: str, precision: int) -> dict[str, Any]:
    name, name_ar, name_ckb, admin1, pcode, admin2, lat, lon, disputed, administered_by = PLACES[place_id]
    return {
        "incident_id": incident_id, "place_no": no, "place_id": place_id, "name": name, "name_ar": name_ar,
        "name_ckb": name_ckb, "admin1": admin1, "admin1_pcode": pcode, "admin2": admin2, "latitude": lat,
        "longitude": lon, "geo_precision": precision, "where_prec": {1: 1, 2: 2, 3: 4}[precision],
        "disputed": disputed, "administered_by": administered_by, "where_description": None,
    }  # fmt: skip


def _claim(row: Row, name: str, words: str) -> dict[str, Any]:
    text = REPORTS[row[1]][5]
    start = text.index(words, text.rfind("\n", 0, text.index(row[10]["event_type"])) + 1)
    return {
        "incident_id": row[0], "event_id": f"{row[0]}-1", "report_id": row[1], "field": name, "value": words,
        "words": words, "start": start, "end": start + len(words), "origin": "text", "rule": f"test.{name}",
    }  # fmt: skip


def _source(row: Row, report_id: str) -> dict[str, Any]:
    lang, published, publisher, _, url, _ = REPORTS[report_id]
    killed = 4 if report_id != row[1] else (row[7] or [None])[0]
    return {
        "incident_id": row[0], "event_id": f"{row[0]}-{report_id}", "report_id": report_id, "publisher": publisher,
        "published": _day(published), "url": url, "lang": lang, "event_date": _day(row[3][0]) if row[3] else None,
        "end_date": _day(row[3][1]) if row[3] else None, "fatalities_low": killed, "fatalities_best": killed,
        "fatalities_high": killed, "actor1": row[5], "actor2": row[6], "event_record": "{}",
    }  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
