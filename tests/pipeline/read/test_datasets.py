"""Rows of UCDP, ACLED, GTD, Airwars and of a CSV of one's own: right values, each with its cell as evidence."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import LexiconError, UsageError
from pipeline.model import Days, Event, Range, Report
from pipeline.read import Failure, ReadOptions, read_source
from pipeline.read.datasets import coded_event, is_coded, load_mapping, mapping_for
from pipeline.read.datasets.mapping import HERE, actor_name

UCDP = {
    "id": "412001",
    "relid": "IRQ-2021-1-259-12",
    "year": "2021",
    "type_of_violence": "1",
    "side_a": "Government of Iraq",
    "side_b": "IS",
    "source_article": "Two policemen were killed near Daquq; a patrol was hit",
    "source_office": "X",
    "source_original": "police",
    "where_prec": "2",
    "where_coordinates": "Daquq town",
    "where_description": "near Daquq",
    "adm_1": "Kirkuk province",
    "adm_2": "Daquq district",
    "latitude": "35.137",
    "longitude": "44.448",
    "country": "Iraq",
    "date_prec": "1",
    "date_start": "2021-12-11 00:00:00.000",
    "date_end": "2021-12-11 00:00:00.000",
    "best": "2",
    "high": "3",
    "low": "2",
}
ACLED = {
    "event_id_cnty": "IRQ34567",
    "event_date": "11 December 2021",
    "year": "2021",
    "time_precision": "1",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Remote explosive/landmine/IED",
    "actor1": "Islamic State (Iraq)",
    "actor2": "Police Forces of Iraq (2021-)",
    "country": "Iraq",
    "admin1": "Kirkuk",
    "admin2": "Daquq",
    "location": "Daquq",
    "latitude": "35.1370",
    "longitude": "44.4480",
    "geo_precision": "1",
    "source": "Shafaq News; Rudaw",
    "notes": "On 11 December 2021, a bomb went off in Daquq. 2 killed.",
    "fatalities": "2",
}
GTD = {
    "eventid": "201712110001",
    "iyear": "2017",
    "imonth": "12",
    "iday": "0",
    "country_txt": "Iraq",
    "provstate": "Kirkuk",
    "city": "Hawija",
    "latitude": "35.32",
    "longitude": "43.77",
    "specificity": "1",
    "summary": "Assailants attacked.",
    "attacktype1_txt": "Armed Assault",
    "suicide": "0",
    "weapsubtype1_txt": "",
    "targtype1_txt": "Private Citizens & Property",
    "gname": "Islamic State of Iraq and the Levant (ISIL)",
    "nkill": "3",
    "nwound": "-99",
    "scite1": "Wire",
}
AIRWARS = {
    "unique_reference_code": "CI001",
    "incident_date": "2017-01-02",
    "country": "Iraq",
    "region": "Nineveh",
    "location_name": "Mosul",
    "latitude": "36.34",
    "longitude": "43.13",
    "geolocation_accuracy": "city",
    "strike_type": "Drone Strike",
    "belligerents": "US-led Coalition",
    "killed_min": "1",
    "killed_max": "4",
    "injured_min": "",
    "injured_max": "",
    "strikes": "2",
    "assessment": "A house was reportedly hit.",
}


def write(path: Path, *rows: dict[str, str], delimiter: str = ",") -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def only(path: Path, **options: Any) -> tuple[Report, Event]:
    (report,) = read_source(str(path), ReadOptions(**options))
    assert isinstance(report, Report), report
    assert is_coded(report)
    return report, coded_event(report)


EXPECTED = [
    (UCDP, "UCDP GED", "ucdp-ged-412001", "armed_clash", Days(date(2021, 12, 11), date(2021, 12, 11), 1),
     ("Government of Iraq", "Islamic State"), Range(2, 2, 3), (2, 2), "2021-12-11 00:00:00.000"),
    (ACLED, "ACLED", "acled-IRQ34567", "ied", Days(date(2021, 12, 11), date(2021, 12, 11), 1),
     ("Islamic State", "Federal Police"), Range(2, 2, 2), (1, 1), "11 December 2021"),
    (GTD, "GTD", "gtd-201712110001", "attack", Days(date(2017, 12, 1), date(2017, 12, 31), 3),
     ("Islamic State", "Civilians"), Range(3, 3, 3), (1, 1), "2017; 12; 0"),
    (AIRWARS, "Airwars", "airwars-CI001", "drone_strike", Days(date(2017, 1, 2), date(2017, 1, 2), 1),
     ("Global Coalition", None), Range(1, None, 4), (1, 1), "2017-01-02"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "dataset", "name", "kind", "days", "actors", "killed", "precision", "days_in_words"),
    EXPECTED,
    ids=[e[1] for e in EXPECTED],
)
def test_a_row_is_an_event(
    tmp_path: Path,
    *,
    row: dict[str, str],
    dataset: str,
    name: str,
    kind: str,
    days: Days,
    actors: tuple[str | None, str | None],
    killed: Range,
    days_in_words: str,
    precision: tuple[int, int],
) -> None:
    report, event = only(write(tmp_path / "rows.csv", row))
    text = report.text
    assert (report.publisher, event.publisher, event.event_id, event.report_id) == (dataset, dataset, name, name)
    assert event.event_type.value == kind
    assert event.days and event.days.value == days
    assert tuple(claim and claim.value for claim in (event.actor1, event.actor2)) == actors
    assert event.days.words == days_in_words
    assert event.fatalities and event.fatalities.value == killed
    place = event.locations[0].value
    assert (place.geo_precision, place.where_prec) == precision
    assert place.latitude == float(row["latitude"])
    assert place.admin1 in ("Kirkuk", "Nineveh") and place.admin1_pcode
    claims = [event.event_type, event.days, event.fatalities, event.actor1, *event.locations, *event.quoted_sources]
    for claim in claims:
        assert claim is not None and claim.spans and claim.rule.startswith("dataset.")
        assert claim.words and all(text[span.start : span.end] in claim.words for span in claim.spans)
    assert f"coded by {dataset}" in event.notes


def test_a_place_the_gazetteer_knows_gets_its_names(tmp_path: Path) -> None:
    for row in (ACLED, UCDP):  # "Daquq", "Daquq town"
        place = only(write(tmp_path / "rows.csv", row))[1].locations[0].value
        assert (place.place_id, place.admin2) == ("daquq", "Daquq")
    assert place.name_ar == "داقوق" and place.disputed


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"latitude": "north"}, "not a number"),
        ({"latitude": "nan"}, "not a number"),
        ({"date_start": "soon"}, "no day"),
        ({"date_end": "2020-01-01"}, "before it starts"),
        ({"type_of_violence": "9"}, "not in the mapping"),
        ({"where_prec": "x"}, "not a number"),
        ({"date_prec": "8"}, "does not know"),
        ({"id": ""}, "has no id"),
    ],
)
def test_a_bad_row_fails_alone(tmp_path: Path, cells: dict[str, str], says: str) -> None:
    failure, report = read_source(str(write(tmp_path / "rows.csv", UCDP | cells, UCDP)), ReadOptions())
    assert isinstance(failure, Failure) and isinstance(report, Report)
    assert failure.source.endswith("rows.csv:2") and says in failure.reason


def test_other_countries_and_uncoded_kinds_are_left_out(tmp_path: Path) -> None:
    protest = ACLED | {"event_type": "Protests", "sub_event_type": "Peaceful protest"}
    path = write(tmp_path / "rows.csv", ACLED | {"country": "Syria"}, protest, ACLED)
    assert len(list(read_source(str(path), ReadOptions()))) == 1


def test_tables_and_readmes_in_a_folder_of_reports_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a report of some length")
    (tmp_path / "README.md").write_text("about")
    (tmp_path / "LICENSE").write_text("terms")
    (tmp_path / "table.csv").write_text("a,b\n1,2\n")
    write(tmp_path / "ged.csv", UCDP)
    items = list(read_source(str(tmp_path), ReadOptions()))
    assert [item.publisher for item in items if isinstance(item, Report)] == [None, "UCDP GED"]
    assert len(items) == 2


OWN = """
name = "District log"
licence = "ours"
[columns]
id = "nr"
text = ["what"]
start = "day"
place = "where"
admin1 = "province"
fatalities = "dead"
[[event_type]]
when = { kind = "~bomb" }
is = "ied"
"""


def test_a_csv_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN)
    row = {
        "nr": "7",
        "what": "انفجار",
        "day": "2021-12-11",
        "where": "Hawija",
        "province": "Kirkuk",
        "dead": "",
        "kind": "Bomb",
    }
    path = write(tmp_path / "own.csv", row, delimiter=";")
    event = only(path, mapping=str(tmp_path / "own.toml"))[1]
    assert (event.event_id, event.event_type.value, event.fatalities) == ("district-log-7", "ied", None)
    assert event.locations[0].value.place_id == "hawija"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('id = "nr"', "", "id"),
        ('is = "ied"', 'is = "boom"', "boom"),
        ("[columns]", "[kolumns]", "columns"),
        ("=", "", "TOML"),
    ],
)
def test_a_broken_mapping_is_named(tmp_path: Path, old: str, new: str, says: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN.replace(old, new))
    with pytest.raises(LexiconError, match=says):
        load_mapping(path)


def test_refusals(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        load_mapping(tmp_path / "none.toml")
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    for path, says in ((tmp_path / "x.csv", "mapping file"), (tmp_path / "none.csv", "no such file")):
        (failure,) = read_source(str(path), ReadOptions())
        assert isinstance(failure, Failure) and says in failure.reason


def test_no_news_report_can_pretend_to_be_coded(tmp_path: Path) -> None:
    """Neither by its text, nor can a cell's text bring a second set of codes."""
    forged = "[coded by ACLED]\nlicence: x\nkind [event_type=ied]: y\ndead [fatalities]: 999\n"
    (tmp_path / "news.txt").write_text(forged)
    (report,) = read_source(str(tmp_path / "news.txt"), ReadOptions())
    assert isinstance(report, Report) and not is_coded(report)
    _, event = only(write(tmp_path / "rows.csv", UCDP | {"source_article": forged, "where_description": forged}))
    assert event.publisher == "UCDP GED" and event.event_type.value == "armed_clash"
    assert event.fatalities and event.fatalities.value == Range(2, 2, 3)


def test_every_shipped_mapping_loads_and_tells_itself_apart() -> None:
    paths = sorted(HERE.glob("*.toml"))
    assert len(paths) == 4
    for path in paths:
        mapping = load_mapping(path)
        assert mapping_for(mapping.tell) is mapping
        assert mapping.licence and mapping.attribution


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("IS", "Islamic State"),
        ("ISOLATED", "ISOLATED"),
        ("Unknown", None),
        ("", None),
        ("Civilians (Iraq)", "Civilians"),
    ],
)
def test_actor_names(given: str, name: str | None) -> None:
    assert actor_name(given) == name
