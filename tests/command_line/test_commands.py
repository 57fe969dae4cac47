"""The command as a user runs it: results, help, and one clear line for everything that can go wrong."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pikepdf
import pytest
from odd_engine import picture_in
from office_documents import docx, paragraph, zip_of
from PIL import Image

ROOT = Path(__file__).parents[2]
TEXT = """ Samverkansöverenskommelse

1. Parter
Vikbo kommun, org.nr 212000-4516, Storgatan 1, 123 45 Vikbo, nedan kallad ”Kommunen”, och
Lokalpolisområde Västra Viken, org.nr 202100-0076, 123 46 Vikbo, nedan kallad ”Polisen”.

2. Giltighet
Överenskommelsen gäller från och med den 1 mars 2021 till och med den 28 februari 2023.
"""


def run(
    *arguments: str | Path, env: dict[str, str] | None = None, data: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "avskrift", *map(str, arguments)],
        capture_output=True,
        env={**os.environ, **(env or {})},
        input=data,
        timeout=600,
        check=False,
        cwd="/",
    )


def one_line(result: subprocess.CompletedProcess[bytes]) -> str:
    message = result.stderr.decode()
    assert message.startswith("avskrift: ") and message.count("\n") == 1, message
    assert "Traceback" not in message
    return message


@pytest.fixture
def agreement(tmp_path: Path) -> Path:
    path = tmp_path / "överenskommelse.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_parse_splits_a_file_of_two_documents(tmp_path: Path) -> None:
    path, out = tmp_path / "två.txt", tmp_path / "post.json"
    excerpt = (
        "PROTOKOLLSUTDRAG\nVikbo kommun\nSammanträdesdatum 2021-01-14\n§ 44\nBeslut\nNämnden godkänner den.\nJusterat"
    )
    path.write_text(f"{excerpt}\n\f{TEXT.strip()}\n", encoding="utf-8")
    assert run("parse", path, "--split", "--rules-only", "-o", out).returncode == 0
    kinds = [json.loads((tmp_path / f"post-{n}.json").read_bytes())["document"]["kind"] for n in (1, 2)]
    assert kinds == ["protocol_excerpt", "agreement"] and not out.exists()
    for output in ((), ("-o", "-")):
        both = json.loads(run("parse", path, "--split", "--rules-only", *output).stdout)
        assert [record["document"]["kind"] for record in both] == kinds
    (tmp_path / "post-2.json").write_text("något eget", encoding="utf-8")
    assert run("parse", path, "--split", "--rules-only", "-o", out).returncode == 2
    assert (tmp_path / "post-2.json").read_text(encoding="utf-8") == "något eget"


def test_parse_says_why_each_line_is_what_it_is(agreement: Path, tmp_path: Path) -> None:
    out = tmp_path / "lines.tsv"
    result = run("parse", agreement, "--explain", out)
    assert result.returncode == 0 and result.stdout == b""
    rows = [line.split("\t") for line in out.read_text(encoding="utf-8").splitlines()]
    assert rows[0] == ["page", "line", "kind", "reason", "text"]
    assert ["1", "3", "heading", "numbered '1.'", "1. Parter"] in rows
    assert len(rows) == 1 + sum(1 for line in TEXT.splitlines() if line.strip())
    assert run("parse", agreement, "--explain", "-").stdout == out.read_bytes()


def test_parse_writes_json_that_fits_the_schema(agreement: Path, tmp_path: Path) -> None:
    out, text = tmp_path / "out.json", tmp_path / "out.txt"
    result = run("parse", agreement, "-o", out, "--text", text)
    assert result.returncode == 0 and result.stdout == b""
    record = json.loads(out.read_text(encoding="utf-8"))
    schema = json.loads(run("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(record, schema, cls=jsonschema.Draft202012Validator)
    assert record["period"]["valid_to"] == "2023-02-28"
    assert "Vikbo kommun" in text.read_text(encoding="utf-8")
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_parse_prints_json_to_standard_output(agreement: Path) -> None:
    result = run("parse", agreement)
    assert json.loads(result.stdout)["parties"][0]["defined_term"] == "Kommunen"


def test_correct_keeps_the_lines(tmp_path: Path) -> None:
    path = tmp_path / "ocr.txt"
    path.write_text(
        "Overenskommelsen galler fran och med\n\n  den forsta mars och loper tills vidare for bada parter,\n"
        "som ar overens om det.\n"
    )
    result = run("correct", path)
    lines = result.stdout.decode().split("\n")
    assert len(lines) == 5 and lines[1] == "" and lines[2].startswith("  den första")
    assert lines[0] == "Överenskommelsen gäller från och med"
    assert run("correct", "-", data=path.read_bytes()).stdout == result.stdout
    assert run("correct", path, "--reflow").stdout.decode().startswith("Överenskommelsen gäller från och med\n")


OLD = """Overenskornmelse om samverkan i Vikbo
Parterna ar overens om att arbeta for okad trygghet i ornradet.
Kornmunen och polisen traffas tva ganger per ar och foljer upp lagesbilden.
Styrgruppen bestar av Asa Lindqvist och Goran Bostrom.
"""
NEW = """Överenskommelse om samverkan i Vikbo
Parterna är överens om att arbeta för ökad tryqghet i området.
Kommunen och polisen träffas två gånqer per år och följer upp lägesbilden.
Styrgruppen består av Åsa Lindqvist och Göran Bostrom.
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.txt"
    path.write_text(OLD, encoding="utf-8")
    return path


def test_correct_with_another_reading(old: Path, tmp_path: Path) -> None:
    other = tmp_path / "new.txt"
    other.write_text(NEW, encoding="utf-8")
    result = run("correct", old, "--witness", other)
    assert result.returncode == 0, result.stderr
    assert result.stdout.decode().split("\n")[:3] == [
        "Överenskommelse om samverkan i Vikbo",
        "Parterna är överens om att arbeta för ökad trygghet i området.",
        "Kommunen och polisen träffas två gånger per år och följer upp lägesbilden.",
    ]


def test_correct_with_what_another_engine_read(old: Path, tmp_path: Path) -> None:
    other = tmp_path / "new.hocr"
    lines = "".join(f"<span class='ocr_line'>{line}</span>" for line in NEW.splitlines())
    other.write_text(f"<html><body><div class='ocr_page'>{lines}</div></body></html>", encoding="utf-8")
    result = run("correct", old, "--witness", other)
    assert result.returncode == 0, result.stderr
    assert result.stdout.decode().split("\n")[0] == "Överenskommelse om samverkan i Vikbo"
    refused = run("correct", other)
    assert refused.returncode == 1 and "no text but a document (hocr)" in one_line(refused)


def test_the_document_in_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "avtal.zip"
    path.write_bytes(zip_of({"avtal.docx": docx(paragraph("Samverkansöverenskommelse"))}))
    refused = run("parse", path)
    assert refused.returncode == 1 and "--unpack" in one_line(refused)
    result = run("parse", path, "--unpack", "--no-cache")
    assert result.returncode == 0 and b"which lies in avtal.zip" in result.stderr
    assert json.loads(result.stdout)["source"]["file"] == "avtal.docx"


def test_another_reading_that_is_of_something_else(old: Path, tmp_path: Path) -> None:
    other = tmp_path / "recipe.txt"
    other.write_text("Vispa grädden och sockret.\nStek lök i smör.\n" * 9, encoding="utf-8")
    result = run("correct", old, "--witness", other)
    assert result.returncode == 0 and "it was not used" in one_line(result)


def test_correct_reports_changes_and_doubts(old: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.jsonl"
    result = run("correct", old, "--report", report, "--min-confidence", "0.9")
    lines, mended = OLD.split("\n"), result.stdout.decode().split("\n")
    findings = [json.loads(row) for row in report.read_text(encoding="utf-8").splitlines()]
    assert result.returncode == 0 and findings
    for found in findings:
        start = found["column"] - 1
        assert lines[found["line"] - 1][start : start + len(found["raw"])] == found["raw"]
        assert found["made"] == (found["confidence"] >= 0.9)
        assert found["corrected"] in mended[found["line"] - 1] or not found["made"]
    doubtful = [f for f in findings if not f["made"]]
    assert result.stderr.decode().count("is doubtful") == len(doubtful)


def test_nothing_is_sure_enough(old: Path) -> None:
    result = run("correct", old, "--min-confidence", "1")
    assert result.returncode == 0 and result.stdout.decode() == OLD and b"is doubtful" in result.stderr


def test_a_glossary_brings_names_back(old: Path, tmp_path: Path) -> None:
    glossary = tmp_path / "names.txt"
    glossary.write_text("# people of our district\nBoström\n", encoding="utf-8")
    assert "Göran Boström" in run("correct", old, "--glossary", glossary).stdout.decode()


def test_reflow_joins_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("Parterna träffas i samverkans-\ngruppen varje månad.\n\nNytt stycke.\n", encoding="utf-8")
    told = run("correct", path, "--reflow").stdout.decode()
    assert told == "Parterna träffas i samverkansgruppen varje månad.\n\nNytt stycke.\n"


@pytest.mark.parametrize(("encoding", "name"), [("cp1252", "Windows-1252"), ("cp850", "850"), ("mac_roman", "Mac")])
def test_correct_reads_old_encodings_and_says_so(tmp_path: Path, encoding: str, name: str) -> None:
    path = tmp_path / "old.txt"
    text = "Överenskommelsen gäller från och med 1 mars och följs upp varje år.\n"
    path.write_bytes(text.encode(encoding))
    result = run("correct", path)
    assert result.stdout.decode() == text and name in one_line(result)


def test_another_language_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "terms.txt"
    text = "The parties agree that this contract is governed by the laws of the country where it was signed.\n" * 3
    path.write_text(OLD + "\n" + text, encoding="utf-8")
    result = run("correct", path)
    assert result.stdout.decode().endswith(text) and "English" in one_line(result)


def test_an_empty_text_is_told() -> None:
    result = run("correct", "-", data=b"\n")
    assert result.returncode == 1 and result.stdout == b"" and "empty" in one_line(result)


@pytest.mark.parametrize("command", ["parse", "correct", "schema", "doctor"])
def test_help_gives_an_example(command: str) -> None:
    result = run(command, "--help")
    assert result.returncode == 0
    assert f"Example: avskrift {command}" in re.sub(r"\s+", " ", result.stdout.decode())


def test_readme_documents_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("parse", "correct", "schema", "doctor"):
        assert f"avskrift {command}" in readme


def test_version() -> None:
    assert re.fullmatch(rb"avskrift \d+\.\d+\.\d+\n", run("--version").stdout)


def test_wrong_usage_ends_with_2(agreement: Path) -> None:
    assert run("parse").returncode == 2
    assert run("parse", agreement, "--nonsense").returncode == 2
    assert run("parse", agreement.with_suffix(".pdf"), "--engine", "crystal ball").returncode in (1, 2)


def test_missing_file(tmp_path: Path) -> None:
    result = run("parse", tmp_path / "nowhere.pdf")
    assert result.returncode == 1 and "no such file" in one_line(result)


def test_directory(tmp_path: Path) -> None:
    result = run("parse", tmp_path)
    assert result.returncode == 1 and "is a folder" in one_line(result)


@pytest.mark.parametrize("name", ["empty.pdf", "empty.txt"])
def test_empty_file(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    result = run("parse", tmp_path / name)
    assert result.returncode == 1 and "empty" in one_line(result)


def test_a_pdf_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_text("Dear archive,")
    result = run("parse", path)
    assert result.returncode == 1 and "no PDF or image" in one_line(result)


def test_truncated_pdf(tmp_path: Path) -> None:
    path = tmp_path / "half.pdf"
    whole = (ROOT / "examples" / "klockviken-2023.pdf").read_bytes()
    path.write_bytes(whole[: len(whole) // 3])
    result = run("parse", path)
    assert result.returncode == 1 and "damaged or cut off" in one_line(result)


def test_truncated_picture(tmp_path: Path) -> None:
    path = tmp_path / "half.png"
    Image.effect_noise((400, 400), 60).save(path)
    path.write_bytes(path.read_bytes()[:2000])
    result = run("parse", path)
    assert result.returncode == 1 and "damaged or cut off" in one_line(result)


def test_unsupported_format(tmp_path: Path) -> None:
    path = tmp_path / "agreement.docx"
    path.write_bytes(b"PK\x03\x04" + bytes(100))
    result = run("parse", path)
    assert result.returncode == 1 and "damaged or cut off" in one_line(result)
    path.write_bytes(b"{\\rtf1 avtal}")
    result = run("parse", path)
    assert result.returncode == 1 and "save it as .docx or PDF" in one_line(result)


def test_encrypted_pdf_opens_with_its_password(tmp_path: Path) -> None:
    path = tmp_path / "secret.pdf"
    with pikepdf.open(ROOT / "examples" / "klockviken-2023.pdf") as pdf:
        del pdf.pages[1:]
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="hemligt"))
    refused = run("parse", path)
    assert refused.returncode == 1 and "--password" in one_line(refused)
    wrong = run("parse", path, "--password", "fel")
    assert wrong.returncode == 1 and "password is wrong" in one_line(wrong)
    opened = run("parse", path, "--password", "hemligt")
    assert opened.returncode == 0
    assert b"hemligt" not in opened.stdout


def test_tesseract_missing(tmp_path: Path) -> None:
    sample = ROOT / "examples" / "klockviken-2023.pdf"
    result = run("parse", sample, "--engine", "tesseract", env={"PATH": str(tmp_path)})
    assert result.returncode == 1 and "apt-get install tesseract-ocr" in one_line(result)


def test_swedish_data_missing(tmp_path: Path) -> None:
    env = {"TESSDATA_PREFIX": str(tmp_path)}
    result = run("parse", ROOT / "examples" / "klockviken-2023.pdf", "--engine", "tesseract", env=env)
    assert result.returncode == 1 and "tesseract-ocr-swe" in one_line(result)
    found = run("doctor", env=env)
    assert found.returncode == 0 and b"tesseract-ocr-swe" in found.stdout


def test_a_scan_is_read_without_any_program_of_the_system(tmp_path: Path) -> None:
    """The usual engine is part of the package: nothing is looked for on the path, and no process is started."""
    page = picture_in(tmp_path)
    result = run("parse", page, "--no-cache", "--text", tmp_path / "a.txt", env={"PATH": str(tmp_path)})
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "a.txt").read_text(encoding="utf-8").strip() == "Avtal"


def test_pages_with_text_need_no_engine(agreement: Path, tmp_path: Path) -> None:
    assert run("parse", agreement, env={"PATH": str(tmp_path)}).returncode == 0


@pytest.mark.parametrize("where", ["no/such/folder/out.json", "."])
def test_output_that_cannot_be_written(agreement: Path, tmp_path: Path, where: str) -> None:
    result = run("parse", agreement, "-o", tmp_path / where)
    assert result.returncode == 2
    assert "out.json cannot be written" in one_line(result) or "is a folder" in one_line(result)


def test_output_read_by_nobody(agreement: Path) -> None:
    command = f"{sys.executable} -m avskrift parse '{agreement}'"
    read, cut = (
        subprocess.run(["bash", "-c", f"{command} | {reader}"], capture_output=True, cwd="/", check=False)
        for reader in ("cat", "head -c 10")
    )
    assert len(cut.stdout) == 10
    assert cut.stderr == read.stderr


def test_doctor_is_content_here() -> None:
    result = run("doctor")
    assert result.returncode == 0 and b"MISSING" not in result.stdout
