"""What is promised in words is there: verbs, fields, codes, lexicon files and links are documented."""

import argparse
import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from pipeline.__main__ import main, parser
from pipeline.event_json import event_record, location_record
from pipeline.model import CATEGORIES, EVENT_TYPES, Claim, Event, Location, Range, Span
from pipeline.text.lexicon import FILES

ROOT = Path(__file__).parents[1]
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
LEXICONS = ROOT / "pipeline" / "lexicons"


def text_of(*paths: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def verbs() -> dict[str, argparse.ArgumentParser]:
    actions = [action for action in parser()._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(actions[0].choices)


def test_there_are_verbs_for_every_promise() -> None:
    assert {"extract", "geocode", "ingest", "run", "export", "evaluate", "review"} <= set(verbs())


@pytest.mark.parametrize("verb", sorted(verbs()))
def test_each_verb_has_help_and_is_in_the_docs(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([verb, "--help"])
    assert end.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"usage: python -m pipeline {verb}")
    assert verbs()[verb].description, "the help says what the verb does"
    assert f"python -m pipeline {verb}" in text_of(*DOCS)


@pytest.mark.parametrize("verb", sorted(verbs()))
def test_each_option_says_what_it_does(verb: str) -> None:
    silent = [
        action.option_strings or action.dest
        for action in verbs()[verb]._actions
        if not action.help and not isinstance(action, argparse._SubParsersAction)
    ]
    assert silent == []


def a_full_event() -> Event:
    """One event with every field filled."""
    span = (Span(0, 1),)
    place = Location("p", "P", None, None, None, None, None, None, None, 1, 1)
    number, name = Claim(Range(1, 1, 1), "x", span, "text", "r"), Claim("x", "x", span, "text", "r")
    one = Claim(1, "x", span, "text", "r")
    return Event(
        "e", "r", "incident", name, None, (Claim(place, "x", span, "text", "r"),), name, name, number, number, one, one,
        quoted_sources=(name,),
    )  # fmt: skip


def test_every_field_of_an_event_is_in_the_codebook() -> None:
    record = event_record(a_full_event())
    fields = {*record, *record["fatalities"], *location_record(a_full_event().locations[0].value)}
    told = set(re.findall(r"`([a-z_0-9]+)`", text_of(ROOT / "docs/codebook.md")))
    assert fields - told == set()


def test_every_field_with_evidence_is_named_as_such() -> None:
    line = next(line for line in text_of(ROOT / "docs/codebook.md").splitlines() if line.startswith("| `evidence`"))
    assert {f"`{name}`" for name in event_record(a_full_event())["evidence"]} <= set(re.findall(r"`\w+`", line))


def test_every_code_is_in_the_codebook() -> None:
    rows = re.findall(r"^\| *(\w*) *\| (\w+) \|", text_of(ROOT / "docs/codebook.md"), re.MULTILINE)
    category, told = "", {}
    for first, code in rows:
        category = first or category
        if code in EVENT_TYPES:
            told[code] = category
    assert told == EVENT_TYPES
    assert set(told.values()) == set(CATEGORIES)


def lexicon_rows(path: Path) -> list[dict[str, str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


@pytest.mark.parametrize("name", FILES)
def test_a_lexicon_says_what_it_is(name: str) -> None:
    lines = (LEXICONS / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    notes = " ".join(line for line in lines[:10] if line.startswith("# "))
    assert lines[0].startswith("# ")
    assert len(notes.split()) > 6
    assert next(line for line in lines if not line.startswith("#")) == "lang,term,pos,value,gloss"


MAY_STAND_FOR_NOTHING = {"persons"}  # people who are no actor by themselves


@pytest.mark.parametrize("name", FILES)
def test_each_term_has_a_gloss_and_stands_once(name: str) -> None:
    rows = lexicon_rows(LEXICONS / f"{name}.csv")
    assert [row["term"] for row in rows if not row["gloss"].strip()] == []
    assert [row["term"] for row in rows if not row["value"].strip() and name not in MAY_STAND_FOR_NOTHING] == []
    assert [row["term"] for row in rows if any(cell != cell.strip() for cell in row.values() if cell)] == []
    times = Counter((row["lang"], row["term"], row["pos"], row["value"]) for row in rows)
    assert [key for key, count in times.items() if count > 1] == []


@pytest.mark.parametrize("name", ["actors", "labels"])
def test_names_shown_exist_in_three_languages(name: str) -> None:
    path = LEXICONS / f"{name}.csv"
    columns = ("name", "name_ar", "name_ckb") if name == "actors" else ("en", "ar", "ckb")
    assert [row for row in lexicon_rows(path) if not all(row[column].strip() for column in columns)] == []


def test_every_lexicon_file_is_known() -> None:
    assert {path.stem for path in LEXICONS.glob("*.csv")} == {*FILES, "actors", "labels"}


def test_every_gold_set_is_told_with_its_size() -> None:
    told = dict(
        re.findall(r"^\| `tests/gold/(\w+\.jsonl)` \| (\d+) \|", text_of(ROOT / "docs/accuracy.md"), re.MULTILINE)
    )
    sizes = {path.name: str(path.read_bytes().count(b"\n{") + 1) for path in (ROOT / "tests/gold").glob("*.jsonl")}
    assert told == sizes


def test_links_lead_somewhere() -> None:
    broken = []
    for path in DOCS:
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
            if not target.startswith("http") and not (path.parent / target).exists():
                broken.append(f"{path.name}: {target}")
    assert broken == []


def test_files_that_are_named_exist() -> None:
    named = re.findall(r"`((?:docs|pipeline|tests|pages|geodata|benchmarks|samples)/[\w./-]+\w/?)`", text_of(*DOCS))
    made = {"geodata/imported/", "geodata/handwritten/PROVINCE.csv"}  # by the user; stands for any of them
    assert [name for name in dict.fromkeys(named) if name not in made and not (ROOT / name).exists()] == []


def test_the_readme_is_in_three_languages() -> None:
    sections = re.split(r"^## ", text_of(ROOT / "README.md"), flags=re.MULTILINE)
    for heading, letters in (("بالعربية", "ي"), ("بە کوردی", "ێ")):
        section = next(part for part in sections if part.startswith(heading))
        assert letters in section
        assert "make run" in section
        assert 'dir="rtl"' in section


def test_the_tutorials_report_is_read_as_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    block = re.search(r"`report.txt`:\n```\n(.*?)```", text_of(ROOT / "docs/tutorial.md"), re.DOTALL)
    assert block is not None
    (tmp_path / "report.txt").write_text(block.group(1), encoding="utf-8")
    assert main(["extract", "--published", "2021-12-12", str(tmp_path / "report.txt")]) == 0
    (event,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (event["event_type"], event["event_date"], event["date_phrase"]) == ("attack", "2021-12-11", "مساء أمس")
    assert [(place["name"], place["geo_precision"]) for place in event["locations"]] == [("Hawija", 2)]
    assert (event["fatalities"]["best"], event["injuries"]["best"]) == (2, 3)


def test_every_requirement_says_what_it_is_for() -> None:
    lines = text_of(ROOT / "requirements.txt", ROOT / "requirements-dev.txt").splitlines()
    pins = [line for line in lines if line and not line.startswith(("#", "-r"))]
    assert [line for line in pins if not re.fullmatch(r"[\w\[\]-]+==[\w.]+\s+# \S.*", line)] == []


def test_every_target_of_make_is_told_by_help() -> None:
    makefile = text_of(ROOT / "Makefile")
    phony = set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split())
    told = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    assert phony - told == {"types"}  # part of lint
