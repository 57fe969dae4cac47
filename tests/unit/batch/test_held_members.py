"""Documents in messages and archives: their keys, what is unpacked anew, and that a batch goes on where it stopped."""

import os
from email.message import EmailMessage
from pathlib import Path

from here_pool import HerePool, Silent
from office_documents import docx, paragraph, zip_of

from avskrift.batch.build_info import current_build
from avskrift.batch.held_members import HeldMembers
from avskrift.batch.inputs import remembered_documents
from avskrift.batch.manifest import Manifest, manifest_path
from avskrift.batch.results import result_path
from avskrift.batch.runner import BatchOptions, run
from avskrift.models.options import PipelineOptions, ReadingOptions

OPTIONS = PipelineOptions(reading=ReadingOptions(engine="none"))


def letter(text: str) -> bytes:
    return docx(paragraph(f"Samverkansöverenskommelse {text}"))


def message(**attached: bytes) -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = "asa@granvik.example", "Avtal", "<1@granvik.example>"
    made.set_content("Hej")
    for name, data in attached.items():
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name.replace("_", "."))
    return made.as_bytes()


class Batch:
    """A folder of files, and what a batch makes of it."""

    def __init__(self, folder: Path) -> None:
        self.inputs, self.output = folder / "in", folder / "out"
        self.inputs.mkdir()
        self.output.mkdir()

    def run(self, *, unpack: bool = True) -> list[str]:
        """Runs it; the keys of what was read."""
        pool, members = HerePool(), HeldMembers(self.output, unpack=unpack)
        options = BatchOptions(output=self.output, pipeline=OPTIONS)

        def complete() -> bool:
            members.forget_gone()
            return True

        with Manifest(manifest_path(self.output)) as manifest:
            documents = remembered_documents([str(self.inputs)], (), self.output, members)
            run(documents, manifest, current_build(OPTIONS), pool, options, Silent(), complete=complete)
        return sorted(os.fsdecode(job.key) for job in pool.jobs)

    def states(self) -> dict[str, str]:
        with Manifest(manifest_path(self.output)) as manifest:
            return {os.fsdecode(row.key): row.status.value for row in manifest.rows()}


def test_each_document_has_the_key_of_what_it_lies_in(tmp_path: Path) -> None:
    batch = Batch(tmp_path)
    (batch.inputs / "post.eml").write_bytes(message(avtal_docx=letter("ett"), kort_vcf=b"BEGIN:VCARD"))
    (batch.inputs / "alla.zip").write_bytes(zip_of({"2021/avtal.docx": letter("två"), "b.docx": letter("tre")}))
    keys = ["alla.zip/2021/avtal.docx", "alla.zip/b.docx", "post.eml/avtal.docx"]
    assert batch.run() == keys
    assert all(result_path(batch.output, os.fsencode(key), ".json").is_file() for key in keys)
    assert batch.run() == [] and set(batch.states().values()) == {"done"}


def test_a_member_that_changes_is_read_again_and_no_other(tmp_path: Path) -> None:
    batch = Batch(tmp_path)
    path = batch.inputs / "alla.zip"
    path.write_bytes(zip_of({"a.docx": letter("ett"), "b.docx": letter("två"), "c.docx": letter("tre")}))
    assert len(batch.run()) == 3
    path.write_bytes(zip_of({"a.docx": letter("ett"), "b.docx": letter("ändrad"), "d.docx": letter("fyra")}))
    assert batch.run() == ["alla.zip/b.docx", "alla.zip/d.docx"]
    assert batch.states() == {
        "alla.zip/a.docx": "done",
        "alla.zip/b.docx": "done",
        "alla.zip/c.docx": "gone",
        "alla.zip/d.docx": "done",
    }
    path.unlink()
    assert batch.run() == []
    assert set(batch.states().values()) == {"gone"} and not list((batch.output / ".members").iterdir())


def test_archives_are_unpacked_when_that_is_asked_for(tmp_path: Path) -> None:
    batch = Batch(tmp_path)
    (batch.inputs / "alla.zip").write_bytes(zip_of({"a.docx": letter("ett")}))
    assert batch.run(unpack=False) == [] and batch.states() == {"alla.zip": "skipped"}
    assert batch.run() == ["alla.zip/a.docx"]


def test_what_cannot_be_opened_is_told_once(tmp_path: Path) -> None:
    batch = Batch(tmp_path)
    (batch.inputs / "ut.zip").write_bytes(zip_of({"../a.docx": letter("ett")}))
    (batch.inputs / "tom.eml").write_bytes(message())
    (batch.inputs / "text.eml").write_bytes(b"Granviks kommun")
    batch.run()
    assert batch.states() == {"ut.zip": "failed", "tom.eml": "skipped", "text.eml": "failed"}
    with Manifest(manifest_path(batch.output)) as manifest:
        row = manifest.row(b"ut.zip")
    assert row is not None and "outside of itself" in row.error
    assert batch.run() == []


def test_a_file_that_was_taken_away_is_unpacked_again(tmp_path: Path) -> None:
    batch = Batch(tmp_path)
    (batch.inputs / "post.eml").write_bytes(message(avtal_docx=letter("ett")))
    batch.run()
    (held,) = (batch.output / ".members").glob("*/0/avtal.docx")
    before = held.stat().st_mtime_ns
    held.unlink()
    assert batch.run() == [] and held.stat().st_mtime_ns == before
    assert before == (batch.inputs / "post.eml").stat().st_mtime_ns


def test_an_index_that_somebody_wrote_leads_nowhere(tmp_path: Path) -> None:
    batch = Batch(tmp_path)
    (batch.inputs / "post.eml").write_bytes(message(avtal_docx=letter("ett")))
    batch.run()
    (index,) = (batch.output / ".members").glob("*/index.json")
    index.write_text(index.read_text(encoding="utf-8").replace("avtal.docx", "../../../x.docx"), encoding="utf-8")
    assert batch.run() == [] and batch.states() == {"post.eml/avtal.docx": "done"}
