"""What an archive has taught the reader, as a file: read back as it was, and refused where it is none or another's."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from avskrift.errors import UsageError
from avskrift.ingest.files.plain_text import pages_of
from avskrift.models.agreement import Agreement
from avskrift.models.document import Document
from avskrift.models.options import ParsingOptions
from avskrift.models.training import Counts, TrainedReader
from avskrift.output.training import reader_text
from avskrift.parsing import parse
from avskrift.parsing.learned.adapter import OUTPUTS, WIDTH, Adapter, adapter_for
from avskrift.parsing.learned.network import adapter_in, digest, encoding_of

TEXT = """Överenskommelse om lugna torg

Mellan Vikbo kommun, nedan kallad kommunen, och Polismyndigheten, lokalpolisområde Viken, nedan kallad polisen.

Prioriterade områden
- Nattvandring vid stationen
- Trygga skolvägar

Överenskommelsen gäller från den 1 mars 2031 till den 28 februari 2033.

Anna Ek                     Bo Al
kommunchef                  lokalpolisområdeschef
"""


def document(text: str = TEXT) -> Document:
    return Document("avtal.txt", "0" * 64, pages_of(text))


def file_of(adapter: Adapter, reader: str) -> TrainedReader:
    weights, bias = adapter.packed()
    return TrainedReader(
        reader=reader,
        avskrift="0.1.0",
        documents=3,
        values=40,
        not_found=1,
        before=Counts(right=30),
        after=Counts(right=31),
        weights=weights,
        bias=bias,
    )


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file that would be right, but for what is given."""

    def write(adapter: Adapter | None = None, **changes: Any) -> Path:
        path = tmp_path / "our.reader.json"
        plain = json.loads(reader_text(file_of(adapter or Adapter.untrained(), digest())))
        path.write_text(json.dumps({**plain, **changes}), encoding="utf-8")
        return path

    return write


def test_numbers_come_back_as_they_were(written: Callable[..., Path]) -> None:
    random = np.random.default_rng(1)
    numbers = [random.normal(size=size).astype(np.float32) for size in ((WIDTH, OUTPUTS), OUTPUTS)]
    adapter = Adapter(*numbers)
    found = adapter_in(written(adapter))
    assert (found.weights == adapter.weights).all() and (found.bias == adapter.bias).all()


def test_what_has_learned_nothing_reads_as_the_shipped_reader(written: Callable[..., Path]) -> None:
    plain = parse(document())
    assert plain.parties and plain.signatories
    assert parse(document(), ParsingOptions(reader=written())) == plain


def test_what_is_added_changes_what_is_read(written: Callable[..., Path]) -> None:
    """A bias that speaks against every value: the network finds none, and the rules are left."""
    silent = Adapter.untrained()
    silent.bias[1:] = -100
    found = parse(document(), ParsingOptions(reader=written(silent)))
    assert found != parse(document()) and isinstance(found, Agreement)


def test_the_network_gives_the_vectors_that_its_last_layer_reads() -> None:
    encoding = encoding_of(document())
    assert encoding.hidden.shape == (len(encoding.reading.document.tokens), WIDTH)
    fitted, *_ = np.linalg.lstsq(np.c_[encoding.hidden, np.ones(len(encoding.hidden))], encoding.values, rcond=None)
    again = np.c_[encoding.hidden, np.ones(len(encoding.hidden))] @ fitted
    assert np.abs(again - encoding.values).max() < 1e-2


def test_the_reader_of_another_version_is_refused(written: Callable[..., Path]) -> None:
    path = written(reader="0" * 64)
    with pytest.raises(UsageError, match="another avskrift"):
        adapter_in(path)
    assert adapter_for("0" * 64, path).bias.shape == (OUTPUTS,)


@pytest.mark.parametrize(
    "changes",
    [
        {"schema_version": "2.0"},
        {"weights": "AAAA"},
        {"bias": "no base64!"},
        {"bias": Adapter(np.zeros(1, np.float32), np.full(OUTPUTS, np.nan, np.float32)).packed()[1]},
        {"documents": -1},
        {"something": "else"},
    ],
)
def test_a_file_that_was_changed_is_refused(written: Callable[..., Path], changes: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="no reader that avskrift train wrote"):
        adapter_in(written(**changes))


@pytest.mark.parametrize("content", [b"", b"{}", b"\x00\xff", b"[1, 2]", b'{"schema_version": "1.0", "document": {}}'])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.json"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"other\.json"):
        adapter_in(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        parse(document(), ParsingOptions(reader=tmp_path / "none.json"))
