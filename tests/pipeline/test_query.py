"""A query as a table: arguments, link parameters, sentence and rows say one thing."""

import argparse
from datetime import date

import pytest

from pipeline.errors import UsageError
from pipeline.query import Frames, Query, add_arguments, from_args, from_params, select, sentence, to_params
from pipeline.snapshot import open_current
from tests.pages import world

ALL = "All incidents, airstrikes, operations and meetings"

# command line, parameters of the link, sentence in English, incidents
TABLE = [
    ("", {}, ALL, "i01 i02 i03 i04 i05 i06 i07 i08 i09 i10 i11 i12"),
    ("--admin1 Kirkuk", {"admin1": "Kirkuk"}, f"{ALL} in Kirkuk", "i02 i05"),
    ("--category airstrike --admin1 Diyala", {"category": "airstrike", "admin1": "Diyala"}, "Airstrikes in Diyala",
     "i04"),
    ("--category incident --category airstrike --admin1 Kirkuk --admin1 Nineveh --from 2021-12-01 --to 2021-12-31",
     {"category": ["incident", "airstrike"], "admin1": ["Kirkuk", "Nineveh"], "from": "2021-12-01", "to": "2021-12-31"},
     "Incidents and airstrikes in Kirkuk and Nineveh, 1 to 31 December 2021", "i02 i05 i10"),
    ("--from 2021-12-20", {"from": "2021-12-20"}, f"{ALL}, from 20 December 2021 on", "i04 i06 i11 i12"),
    ("--to 2021-11-28", {"to": "2021-11-28"}, f"{ALL}, up to 28 November 2021", "i03 i05"),
    ("--from 2021-12-12 --to 2021-12-12", {"from": "2021-12-12", "to": "2021-12-12"}, f"{ALL}, 12 December 2021",
     "i01 i05"),
    ("--event-type drone_strike", {"event_type": "drone_strike"}, "Drone strike", "i10 i11"),
    ("--disputed no", {"disputed": "no"}, f"{ALL}, outside disputed areas", "i04 i05 i12"),
    ("--disputed yes --geo-precision 2", {"disputed": "yes", "geo_precision": "2"},
     f"{ALL}, in disputed areas, place known as: Near a named place", "i02 i03 i05 i06 i11"),
    ("--geo-precision 3", {"geo_precision": "3"}, f"{ALL}, place known as: Province or wider", "i04 i05"),
    ("--admin2 Daquq", {"admin2": "Daquq"}, f"{ALL} in Daquq", "i02"),
    ("--place iq-sinjar", {"place": "iq-sinjar"}, f"{ALL}, at Sinjar", "i08 i10 i11"),
    ("--actor Peshmerga", {"actor": "Peshmerga"}, f"{ALL}, involving Peshmerga", "i01 i02 i12"),
    ("--actor Peshm", {"actor": "Peshm"}, f"{ALL}, involving Peshm", ""),
    ("--language ckb", {"language": "ckb"}, f"{ALL}, reported in Sorani Kurdish", "i03 i11"),
    ("--review-state rejected", {"review_state": "rejected"}, f"{ALL}, review state: Rejected", "i13"),
    ("--review-state accepted --review-state corrected", {"review_state": ["accepted", "corrected"]},
     f"{ALL}, review state: Accepted or Corrected", "i03 i07"),
    ("--killed 3", {"killed": "3"}, f"{ALL}, 3 or more killed", "i02 i11"),
    ("--toll 8", {"toll": "8"}, f"{ALL}, 8 or more killed or injured", "i02 i05"),
    ("--time-precision 3", {"time_precision": "3"}, f"{ALL}, date known as: Month or longer", "i05"),
    ("--q مخمور", {"q": "مخمور"}, f"{ALL}, with the words “مخمور”", "i01 i07"),
    ("--q مەخموور", {"q": "مەخموور"}, f"{ALL}, with the words “مەخموور”", "i01 i07"),
    ("--q MAKHMUR", {"q": "MAKHMUR"}, f"{ALL}, with the words “MAKHMUR”", "i01 i07"),
    ("--q كركوك", {"q": "كركوك"}, f"{ALL}, with the words “كركوك”", "i05"),
    ("--missing place", {"missing": "place"}, f"{ALL}, with no known place", "i09"),
    ("--missing day", {"missing": "day"}, f"{ALL}, with no known day", "i08"),
    ("--sample yes", {"sample": "yes"}, f"{ALL}, from sample reports",
     "i01 i02 i03 i04 i05 i06 i07 i08 i09 i10 i11 i12"),
    ("--sample no", {"sample": "no"}, f"{ALL}, without sample reports", ""),
]  # fmt: skip
NAMES = {"iq-sinjar": "Sinjar"}


@pytest.fixture(scope="module")
def frames(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    root = tmp_path_factory.mktemp("snapshot")
    world.publish(root)
    return Frames.load(open_current(root))


def parse(line: str) -> Query:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return from_args(parser.parse_args(line.split()))


@pytest.mark.parametrize(("line", "params", "words", "ids"), TABLE, ids=[row[0] or "all" for row in TABLE])
def test_one_query_everywhere(frames: Frames, line: str, params: dict[str, object], words: str, ids: str) -> None:
    query = parse(line)
    assert to_params(query) == params
    as_lists = {name: value if isinstance(value, list) else [value] for name, value in params.items()}
    assert from_params(as_lists) == (query, [])  # type: ignore[arg-type]
    assert sentence(query, "en", NAMES) == words
    assert sorted(select(frames, query).incidents["incident_id"]) == ids.split()


@pytest.mark.parametrize("lang", ["ar", "ckb"])
@pytest.mark.parametrize("line", [row[0] for row in TABLE])
def test_sentence_leaves_no_english(lang: str, line: str) -> None:
    query = parse(line)
    if query.actor or query.admin2:
        return  # names that only the data or the lexicon of actors has
    words = sentence(query, lang, {"iq-sinjar": "سنجار"}).replace(query.text, "")
    assert not [char for char in words if "a" <= char.lower() <= "z"]


@pytest.mark.parametrize(
    ("params", "left"),
    [
        ({"admin1": ["Atlantis"], "category": ["incident"]}, ["admin1=Atlantis"]),
        ({"from": ["yesterday"]}, ["from=yesterday"]),
        ({"killed": ["-1"]}, ["killed=-1"]),
        ({"killed": ["٣"]}, ["killed=٣"]),
        ({"disputed": ["maybe"]}, ["disputed=maybe"]),
        ({"geo_precision": ["9"]}, ["geo_precision=9"]),
        ({"missing": ["all"], "sample": ["1"]}, ["missing=all", "sample=1"]),
    ],
)
def test_what_a_link_cannot_mean_is_told(params: dict[str, list[str]], left: list[str]) -> None:
    assert from_params(params)[1] == left


@pytest.mark.parametrize("line", ["--from tomorrow", "--from 2022-01-02 --to 2022-01-01", "--killed many"])
def test_wrong_usage(line: str) -> None:
    with pytest.raises(UsageError):
        parse(line)


def test_places_that_fit_are_drawn_alone(frames: Frames) -> None:
    kirkuk = select(frames, Query(admin1=("Kirkuk",)))
    assert sorted(kirkuk.locations["name"]) == ["Daquq", "Kirkuk"]  # not the tally's three other provinces


def test_what_lacks_place_or_day_is_counted(frames: Frames) -> None:
    everything = select(frames, Query())
    assert (everything.n, everything.n_without_place, everything.n_without_day) == (world.N_SHOWN, 1, 1)
    december = select(frames, Query(since=date(2021, 12, 1), until=date(2021, 12, 31)))
    assert december.n_without_day == 1  # i08 may lie in it: told apart, not lost
    assert "i08" not in december.incidents["incident_id"]
