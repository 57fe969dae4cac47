"""Fields of scans that were signed by a service, against the same scans as they were.

    python benchmarks/esigned.py SHARED [--profiles office200 fax ...]

Each scan whose true record is known gets the line that a service prints at the foot of every page, as text of the PDF,
and behind its last page a sheet with those who signed, in one of three manners. Prints the macro F1 of both
(SHARED/score/fields.py).
"""

import argparse
import io
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pikepdf
from reader import scored, write
from reportlab.pdfgen.canvas import Canvas
from scan_folders import add_arguments, asked_by
from scan_records import scans_with_records

from avskrift.pipeline import parse_file

Signer = tuple[str, str]
"""Name and organisation."""


def completed(signers: Sequence[Signer], pages: int) -> list[str]:
    lines = ["Signeringskvitto", f"Dokumentet har {pages} sidor och har signerats av alla.", "", "Signerande parter"]
    for number, (name, organisation) in enumerate(signers):
        lines += ["", name, organisation, f"Signerade med BankID 2021-02-1{number} 09:14:27 CET", "IP: 192.0.2.17"]
    return [*lines, "", "Verifiera dokumentet på tjänstens webbplats. Transaktion 5512-90147-3308"]


def certificate(signers: Sequence[Signer], pages: int) -> list[str]:
    lines = ["Certificate of completion", "Envelope ID: 7F21A0C4-55D1", f"Document pages: {pages}", "Signer events"]
    for number, (name, organisation) in enumerate(signers):
        lines += ["", f"{name}   Signature adopted", organisation, f"Signed: 2021-02-1{number} 10:02:55"]
    return [*lines, "", "Certified delivery events   Status   Timestamp", "Payment events   Status   Timestamps"]


def verification(signers: Sequence[Signer], pages: int) -> list[str]:
    lines = ["Verifikat", "Transaktion 09222115557430477", "Dokument", f"{pages} sidor", "Undertecknat av"]
    for number, (name, organisation) in enumerate(signers):
        lines += ["", f"{name} ({name[:1]})", organisation, f"Undertecknade 2021-02-1{number} 08:31:02 CET", "BankID"]
    return [*lines, "", "Detta verifikat är utfärdat av tjänsten. Kursiv text är verifierad av tjänsten."]


MANNERS: tuple[Callable[[Sequence[Signer], int], list[str]], ...] = (completed, certificate, verification)


def sheet(lines: Sequence[str], width: float, height: float) -> pikepdf.Pdf:
    return _drawn([(60, height - 70 - 15 * number, line) for number, line in enumerate(lines)], width, height)


def _drawn(texts: Sequence[tuple[float, float, str]], width: float, height: float) -> pikepdf.Pdf:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(width, height))
    canvas.setFont("Helvetica", 9)
    for x, y, text in texts:
        canvas.drawString(x, y, text)
    canvas.save()
    buffer.seek(0)
    return pikepdf.open(buffer)


def signed(scan: Path, signers: Sequence[Signer], manner: int, to: Path) -> None:
    """Writes the scan with the line of a service on each page, and its sheet."""
    with pikepdf.open(scan) as pdf:
        pages = len(pdf.pages)
        for number, page in enumerate(pdf.pages, 1):
            _, _, width, height = (float(side) for side in page.mediabox)
            text = f"Elektroniskt undertecknat dokument. Transaktion 09222115557430477 – sida {number} av {pages}"
            with _drawn([(60, 12, text)], width, height) as line:
                page.add_overlay(line.pages[0])
        with sheet(MANNERS[manner % len(MANNERS)](signers, pages), 595, 842) as last:
            pdf.pages.extend(last.pages)
        pdf.save(to)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    add_arguments(parser)
    asked = asked_by(parser.parse_args())
    print("macro F1 as scanned, signed; fields that differ")
    with tempfile.TemporaryDirectory() as folder:
        out, to = Path(folder) / "record.json", Path(folder) / "signed.pdf"
        for number, (gold, scan) in enumerate(scans_with_records(asked, Path(folder))):
            true = json.loads(gold.read_text(encoding="utf-8"))
            signers = [(person["name"], person.get("title") or "") for person in true.get("signatories", [])]
            signed(scan.path, signers, number, to)
            found = []
            for path in (scan.path, to):
                write(parse_file(path), out)
                found.append(scored(asked.shared, gold, out))
            before, after = found
            differ = [name for name, cell in before["fields"].items() if after["fields"].get(name) != cell]
            print(
                f"{scan.path.name:36} {before['macro_f1']:.3f} {after['macro_f1']:.3f} {', '.join(differ)}", flush=True
            )


if __name__ == "__main__":
    main()
