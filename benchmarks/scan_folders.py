"""Folders of scans whose text is known: `<id>.<profile>.pdf` beside `<id>.gold.txt`, perhaps with `<id>.gold.json`."""

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from avskrift.models.options import ReadingOptions

WORKERS = 2
DEFAULT_PROFILES = ("clean300", "office200", "fax", "bad150")
MORE_PROFILES = (*DEFAULT_PROFILES, "rotated", "badlayer", "badlayer+bad150", "badlayer+fax")
_USUAL_DPI = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for on the command line: the folder of the top README's figures, `more` folders of scans (their
    figures come first; with `only_more` there are no others), OCR engines, profiles (none: those of the table), at
    `most` so many scans of a profile in each folder (None: all), rounds of interleaved runs, pages of the long scan."""

    shared: Path
    more: tuple[Path, ...] = ()
    engines: tuple[str, ...] = (ReadingOptions().engine,)
    profiles: tuple[str, ...] = ()
    most: int | None = None
    rounds: int = 2
    pages: int = 500
    only_more: bool = False

    @property
    def folders(self) -> tuple[Path, ...]:
        """Those that nothing was tuned with come first."""
        return self.more if self.only_more else (*self.more, self.shared / "scans")


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan, the name of its document, and how it was made."""

    path: Path
    document: str
    profile: str

    @property
    def true_pages(self) -> list[str]:
        """The text of each page in reading order."""
        return (self.path.parent / f"{self.document}.gold.txt").read_text(encoding="utf-8").split("\f")

    @property
    def printed(self) -> dict[str, Any]:
        """What was printed, with blocks and values; empty where it is not known."""
        path = self.path.parent / f"{self.document}.gold.json"
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return found

    @property
    def dpi(self) -> int:
        """Dots an inch of the scanner, which end the name of a profile unless they are 200."""
        stated = re.search(r"\d{3}$", self.profile)
        return int(stated.group()) if stated else _USUAL_DPI


def scans_of(folder: Path, profile: str, most: int | None = None) -> list[Scan]:
    """At `most` so many scans of one `profile` in a `folder`, by name."""
    found = []
    for path in sorted(folder.glob(f"*.{profile}.pdf")):
        document = path.name.partition(".")[0]
        if path.name == f"{document}.{profile}.pdf" and (folder / f"{document}.gold.txt").exists():
            found.append(Scan(path, document, profile))
    return found[:most]


def groups(asked: Asked, profiles: Sequence[str] = DEFAULT_PROFILES) -> Iterator[tuple[Path, str, list[Scan]]]:
    """Folder, profile and its scans, of those folders and profiles that have any."""
    for folder in asked.folders:
        for profile in asked.profiles or profiles:
            scans = scans_of(folder, profile, asked.most)
            if scans:
                yield folder, profile, scans


def pictures_of(scan: Path, folder: Path, dpi: int) -> list[Path]:
    """The pages as grey pictures without compression, drawn with `dpi` dots an inch into `folder`."""
    import pypdfium2

    found = []
    with pypdfium2.PdfDocument(scan) as drawn:
        for number, sheet in enumerate(drawn, 1):
            found.append(folder / f"{scan.stem}.{number:04}.tif")
            sheet.render(scale=dpi / 72, grayscale=True).to_pil().save(found[-1], dpi=(dpi, dpi))
    return found


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shared", type=Path)
    parser.add_argument("--more", type=Path, nargs="+", default=[], metavar="FOLDER", help="more folders of scans")
    parser.add_argument("--only-more", action="store_true", help="leave out the scans of SHARED")
    parser.add_argument("--engines", nargs="+", default=[ReadingOptions().engine], help="OCR engines to compare")
    parser.add_argument("--profiles", nargs="+", default=[], help="kinds of scans, as clean300 office200 fax bad150")
    parser.add_argument("--most", type=int, metavar="N", help="N scans of each kind in each folder only")
    parser.add_argument("--rounds", type=int, default=2, help="rounds of commands that take turns")
    parser.add_argument("--pages", type=int, default=500, help="pages of the long scan")


def asked_by(chosen: argparse.Namespace) -> Asked:
    more = tuple(folder.resolve() for folder in chosen.more)
    engines, profiles = tuple(chosen.engines), tuple(chosen.profiles)
    shared, only_more = chosen.shared.resolve(), chosen.only_more
    return Asked(shared, more, engines, profiles, chosen.most, chosen.rounds, chosen.pages, only_more)
