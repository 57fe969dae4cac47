"""Odd and hostile files beside the repository: each is read, or refused with one line. Skipped without them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ODD = Path(__file__).parents[3] / "shared" / "cases" / "odd"
FILES = sorted(p for p in ODD.iterdir() if p.suffix not in (".sh", ".md")) if ODD.is_dir() else []
MUST_BE_READ = (
    "white.jp2",
    "pagetree_count_lie.pdf",
    "redos_letter_spaced_quote.txt",
    "lines_of_A.txt",
    "sideways_layer.pdf",
)

pytestmark = pytest.mark.skipif(not FILES, reason="the odd files are not here")


def parsed(path: Path, folder: Path) -> tuple[int, list[str], dict[str, object] | None, str]:
    """Exit status, lines on standard error, the record and the text of `parse`."""
    record, text = folder / "out.json", folder / "out.txt"
    command = [
        sys.executable,
        "-m",
        "avskrift",
        "parse",
        str(path),
        "--no-cache",
        "-o",
        str(record),
        "--text",
        str(text),
    ]
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, timeout=300, check=False)
    found = json.loads(record.read_text(encoding="utf-8")) if record.exists() else None
    return done.returncode, done.stderr.splitlines(), found, text.read_text(encoding="utf-8") if text.exists() else ""


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_odd_file_is_read_or_refused_with_one_line(path: Path, tmp_path: Path) -> None:
    status, told, record, _ = parsed(path, tmp_path)
    assert status == 0 if path.name in MUST_BE_READ else status in (0, 1)
    assert not [line for line in told if "internal error" in line or "Traceback" in line]
    assert all(line.startswith("avskrift: ") for line in told)
    assert (record is not None) == (status == 0)
    if status:
        assert len(told) == 1
        assert [p.name for p in tmp_path.iterdir()] == []


def test_a_count_that_lies_gives_the_one_page(tmp_path: Path) -> None:
    _, _, record, _ = parsed(ODD / "pagetree_count_lie.pdf", tmp_path)
    assert record is not None
    source = record["source"]
    assert isinstance(source, dict) and source["pages"] == 1


def test_a_text_layer_that_stands_sideways_reads_as_upright(tmp_path: Path) -> None:
    texts = []
    for name in ("upright_control.pdf", "sideways_layer.pdf"):
        (tmp_path / name).mkdir()
        texts.append(parsed(ODD / name, tmp_path / name)[3].split())
    assert texts[0] and texts[0] == texts[1]


def test_white_words_are_no_text_of_the_page_and_are_told(tmp_path: Path) -> None:
    status, told, record, text = parsed(ODD / "hidden_white.pdf", tmp_path)
    assert status == 0 and record is not None
    assert any("hidden" in line or "cannot be seen" in line for line in told), told
    assert text.strip()
