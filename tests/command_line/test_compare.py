"""`avskrift compare` as a user runs it: its forms, its questions, and one clear line for what can go wrong."""

import csv
import io
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import jsonschema
import pytest

OLD = (Path(__file__).parents[1] / "unit" / "comparison" / "nasudden-2018.txt").read_text(encoding="utf-8")
NEW = (
    OLD.replace("2018-02-01 till och med 2020-01-31", "2020-06-01 till och med 2024-05-31")
    .replace("ska träffas två gånger", "ska träffas fyra gånger")
    .replace("2018-01-15", "2020-05-20")
)


def run(*arguments: str | Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "avskrift", "compare", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **(env or {})},
        timeout=600,
        check=False,
        cwd="/",
    )


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "äldre avtal.txt"
    path.write_text(OLD, encoding="utf-8")
    return path


@pytest.fixture
def new(tmp_path: Path) -> Path:
    path = tmp_path / "nyare avtal.txt"
    path.write_text(NEW, encoding="utf-8")
    return path


def test_a_summary_for_people(old: Path, new: Path) -> None:
    result = run(old, new)
    assert result.returncode == 0 and result.stderr == ""
    flat = " ".join(result.stdout.split())
    assert "2 changed in substance" in flat and "2018-02-01" in flat and "2020-06-01" in flat
    assert "meetings per year changed ↑" in flat


def test_json_on_standard_output_fits_the_schema(old: Path, new: Path) -> None:
    result = run(old, new, "--json", env={"LC_ALL": "C"})
    told = json.loads(result.stdout)
    printed = subprocess.run(
        [sys.executable, "-m", "avskrift", "schema", "--of", "comparison"], capture_output=True, check=True
    )
    jsonschema.validate(told, json.loads(printed.stdout), cls=jsonschema.Draft202012Validator)
    assert told["old"]["file"] == "äldre avtal.txt" and told["counts"]["clauses"]["substance"] == 2
    assert told["patch"]


def test_every_form_at_once_and_json_already_made(old: Path, new: Path, tmp_path: Path) -> None:
    for path in (old, new):
        done = subprocess.run(
            [sys.executable, "-m", "avskrift", "parse", str(path), "-o", str(path.with_suffix(".json"))], check=False
        )
        assert done.returncode == 0
    outputs = [tmp_path / f"report{suffix}" for suffix in (".html", ".json", ".md")]
    result = run(old.with_suffix(".json"), new.with_suffix(".json"), *(a for o in outputs for a in ("-o", o)))
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    page, made, markdown = (o.read_text(encoding="utf-8") for o in outputs)
    assert "default-src 'none'" in page and "Styrgrupp" in page
    assert "ska träffas" in page  # the lines of the page, from the file beside its JSON
    assert json.loads(made)["clauses"] and "~~två~~ **fyra**" in markdown
    assert not list(tmp_path.glob(".*"))


def test_a_scan_shows_its_pages(tmp_path: Path) -> None:
    sample = Path(__file__).parents[2] / "examples" / "klockviken-2023.pdf"
    report = tmp_path / "report.html"
    assert run(sample, sample, "-o", report).returncode == 0
    page = report.read_text(encoding="utf-8")
    assert "data:image/jpeg;base64," in page
    assert run(sample, sample, "-o", report, "--no-pictures").returncode == 0
    assert "data:image/jpeg;base64," not in report.read_text(encoding="utf-8")


def test_a_timeline(old: Path, new: Path, tmp_path: Path) -> None:
    table = tmp_path / "years.csv"
    result = run("--timeline", new, old, "-o", table, "--json")
    told = json.loads(result.stdout)
    assert [v["file"] for v in told["versions"]] == ["äldre avtal.txt", "nyare avtal.txt"]
    assert told["lines"][0]["gaps"][0]["days"] == 121
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    assert ["group", "Styrgrupp", "Styrgrupp: 2 a year", "Styrgrupp: 4 a year"] in rows
    assert "121 days" in " ".join(run("--timeline", old, new).stdout.split())


def test_a_matrix_of_a_folder(old: Path, new: Path, tmp_path: Path) -> None:
    (tmp_path / "trasig.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    outputs = [tmp_path / f"matrix{suffix}" for suffix in (".csv", ".svg", ".html", ".md")]
    result = run("--matrix", old.parent, *(a for o in outputs for a in ("-o", o)))
    assert result.returncode == 0
    assert result.stderr.startswith("avskrift: ") and "trasig.pdf" in result.stderr and result.stderr.count("\n") == 1
    rows = list(csv.reader(io.StringIO(outputs[0].read_text(encoding="utf-8-sig"))))
    assert rows[0][:3] == ["District", "From", "Document"] and len(rows) == 3
    assert ElementTree.parse(outputs[1]).getroot().tag.endswith("svg")
    assert "Styrgrupp" in run("--matrix", old.parent).stdout


def test_what_was_in_force(old: Path, new: Path, tmp_path: Path) -> None:
    result = run("--on", "2019-05-01", old.parent, "--json")
    told = json.loads(result.stdout)
    first = told["agreements"][0]
    assert (first["name"], first["in_force"]) == ("äldre avtal.txt", "yes")
    assert first["clause"].startswith("Överenskommelsen gäller från och med 2018-02-01")
    assert first["evidence"]["line"] > 1
    assert "tre månaders uppsägningstid" in first["notice"]
    assert "Of 2 agreements 1 in force" in " ".join(run("--on", "2019-05-01", old.parent).stdout.split())


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["OLD"], 2, "give two files"),
        (["OLD", "NEW", "OLD"], 2, "give two files"),
        (["OLD", "missing.txt"], 1, "missing.txt"),
        (["OLD", "broken.json"], 1, "no record of avskrift parse"),
        (["OLD", "FOLDER"], 1, "is a folder"),
        (["OLD", "NEW", "-o", "x.docx"], 2, "must end with one of .html, .json, .md"),
        (["OLD", "NEW", "-o", "nowhere/x.html"], 2, "there is no folder"),
        (["--on", "1 maj 2018", "FOLDER"], 2, "give a day as 2018-05-01"),
        (["--on", "2018-05-01", "--matrix", "FOLDER"], 2, "ask one at a time"),
        (["--matrix", "EMPTY"], 1, "there is no document in it"),
    ],
)
def test_one_clear_line(old: Path, new: Path, tmp_path: Path, arguments: list[str], status: int, told: str) -> None:
    (tmp_path / "broken.json").write_text('{"schema_version": "1.0"}', encoding="utf-8")
    (tmp_path / "empty").mkdir()
    known = {"OLD": old, "NEW": new, "FOLDER": tmp_path, "EMPTY": tmp_path / "empty"}
    known |= {name: tmp_path / name for name in ("missing.txt", "broken.json", "x.docx", "nowhere/x.html")}
    before = sorted(tmp_path.rglob("*"))
    result = run(*(known.get(a, a) for a in arguments))
    assert result.returncode == status, result.stderr
    assert told in result.stderr and "Traceback" not in result.stderr
    assert result.stderr.count("\n") == 1 and result.stderr.startswith("avskrift: ")
    assert sorted(tmp_path.rglob("*")) == before
