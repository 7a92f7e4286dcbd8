"""The `geocode` verb: one JSON line a name, whatever the name."""

import argparse
import json
from pathlib import Path

import pytest

from pipeline.cli import geocode
from pipeline.errors import UsageError

LOCATION = {
    "place_id", "name", "name_ar", "name_ckb", "admin1", "admin1_pcode", "admin2", "latitude", "longitude",
    "geo_precision", "where_prec", "disputed", "where_description",
}  # fmt: skip


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    geocode.add_parser(parser.add_subparsers())
    args = parser.parse_args(["geocode", *words])
    return int(args.run(args))


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("مخمور", "Atlantis", "الرياض") == 0
    found, unknown, ambiguous = lines(capsys)
    assert list(found) == ["query", "place", "reason", "candidates"]
    assert set(found["place"]) >= LOCATION | {"confidence"}
    assert (found["query"], found["place"]["name"], found["place"]["admin1"]) == ("مخمور", "Makhmour", "Erbil")
    assert unknown["place"] is None and unknown["candidates"] == [] and "unknown" in unknown["reason"]
    assert ambiguous["place"] is None and ambiguous["candidates"][0]["admin1"] == "Kirkuk"


@pytest.mark.parametrize("province", ["Kirkuk", "كركوك", "محافظة كركوك", "Karkuk"])
def test_within_takes_any_spelling(province: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--within", province, "الرياض", "Mosul") == 0
    inside, outside = lines(capsys)
    assert inside["place"]["place_id"] == "riyadh-kirkuk"
    assert outside["place"] is None and "in Kirkuk" in outside["reason"]


def test_wrong_usage_is_said(tmp_path: Path) -> None:
    for words, said in (
        (["--within", "Narnia", "x"], "no province of Iraq"),
        ([], "either names or --input"),
        (["--input", str(tmp_path / "none.txt")], "no such file"),
    ):
        with pytest.raises(UsageError, match=said):
            run(*words)


def test_a_file_with_everything_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = [
        "",
        "   ",
        "😀",
        "x" * 100_000,
        "مخمور Makhmour",
        "\u202eكركوك\u202c",
        "a\x00b",
        "كركوك\t",
        "'; DROP TABLE--",
        "\ufeff",
    ]
    path = tmp_path / "names.txt"
    path.write_bytes("\n".join(["كركوك", *odd]).encode() + b"\n\xff\xfe\xfa\nMosul\n")
    assert run("--input", str(path)) == 1  # one line is no UTF-8
    answers = lines(capsys)
    assert len(answers) == len(odd) + 3
    assert answers[0]["place"]["place_id"] == "kirkuk" and answers[-1]["place"]["place_id"] == "mosul"
    assert answers[6]["place"]["place_id"] == "kirkuk"  # direction marks are no letters
    assert all(answer["reason"] for answer in answers)


@pytest.mark.slow
def test_a_hundred_thousand_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "names.txt"
    path.write_text("\n".join(f"قرية رقم {n}" if n % 2 else "الحويجة" for n in range(100_000)), encoding="utf-8")
    assert run("--input", str(path)) == 0
    assert len(capsys.readouterr().out.splitlines()) == 100_000
