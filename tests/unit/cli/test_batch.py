"""`avskrift batch`: arguments into a call."""

import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from avskrift.cli.app import app
from avskrift.errors import UsageError
from avskrift.models.training import Counts, TrainedReader
from avskrift.output.training import reader_text
from avskrift.parsing.learned.adapter import Adapter
from avskrift.parsing.learned.network import digest

batch = sys.modules["avskrift.cli.batch"]


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(app, ["batch", *map(str, arguments), "--engine", "none"])


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "a.txt").write_text("Avtal\n", encoding="utf-8")
    return folder


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What `_read_all` was given, which then reads nothing."""
    kept: list[Any] = []
    monkeypatch.setattr(batch, "_read_all", lambda *given, **more: kept.append((*given, more)))
    return kept


def test_options_are_handed_on(scans: Path, tmp_path: Path, ran: list[Any]) -> None:
    result = run(scans, "-o", tmp_path / "out", "--no-text", "--limit", "5", "--shard", "2/3", "--timeout", "60")
    assert result.exit_code == 0
    ((wanted, _, pool, options, _, more),) = ran
    assert wanted == ([str(scans)], []) and more == {"every": None, "unpack": False}
    assert (options.text, options.limit, options.shard, options.seconds) == (False, 5, (2, 3), 60.0)
    assert options.output == tmp_path / "out" and options.pipeline.reading.cache_folder == tmp_path / "out" / ".pages"
    assert pool.func is batch._local_pool and pool.args == (None, 60.0, None)


def test_a_reader_is_looked_at_before_anything_is_read(scans: Path, tmp_path: Path, ran: list[Any]) -> None:
    reader = tmp_path / "our.reader.json"
    reader.write_text("{}", encoding="utf-8")
    result = run(scans, "-o", tmp_path / "out", "--reader", reader)
    assert isinstance(result.exception, UsageError) and not ran and not (tmp_path / "out").exists()
    packed = Adapter.untrained().packed()
    counts = {"documents": 3, "values": 9, "not_found": 0, "before": Counts(), "after": Counts()}
    made = TrainedReader.model_validate(
        {"reader": digest(), "avskrift": "0.1.0", **counts, "weights": packed[0], "bias": packed[1]}
    )
    reader.write_text(reader_text(made), encoding="utf-8")
    assert run(scans, "-o", tmp_path / "out", "--reader", reader).exit_code == 0
    assert ran[0][3].pipeline.parsing.reader == reader


def test_a_cluster_and_a_watched_folder(scans: Path, tmp_path: Path, ran: list[Any]) -> None:
    run(scans, "-o", tmp_path / "out", "--cluster", "tcp://a:1", "--send", "--watch", "--every", "9")
    ((_, _, pool, options, _, more),) = ran
    assert pool.func is batch._cluster_pool and pool.args == ("tcp://a:1", True)
    assert options.send_back and more == {"every": 9.0, "unpack": False}


def test_names_from_lists_and_standard_input(scans: Path, tmp_path: Path, ran: list[Any]) -> None:
    listed = tmp_path / "names"
    listed.write_text(f"{scans / 'a.txt'}\n", encoding="utf-8")
    assert run("--list", listed, scans, "-o", tmp_path / "out").exit_code == 0
    assert ran[0][0] == ([str(scans)], [str(scans / "a.txt")])


@pytest.mark.parametrize("shard", ["0/3", "4/3", "a/3", "3", "1/"])
def test_shards_that_are_none(shard: str, scans: Path, tmp_path: Path) -> None:
    result = run(scans, "-o", tmp_path / "out", "--shard", shard)
    assert isinstance(result.exception, UsageError) and "give it as 3/16" in str(result.exception)


def test_a_plan_reads_nothing(scans: Path, tmp_path: Path, ran: list[Any]) -> None:
    result = run(scans, "-o", tmp_path / "out", "--dry-run")
    assert result.exit_code == 0 and not ran and not (tmp_path / "out").exists()
    assert "a.txt" in result.stdout


def test_a_missing_input_makes_no_folder(tmp_path: Path, ran: list[Any]) -> None:
    assert run(tmp_path / "none", "-o", tmp_path / "out").exit_code != 0
    assert not ran and not (tmp_path / "out").exists()
