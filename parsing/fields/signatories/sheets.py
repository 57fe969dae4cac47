"""Who signed, and when, as the sheets of services for electronic signing tell it.

There it is known who signed: who stands below a heading of signers, or of whom a line says so. Who sent, read or got
the document did not.
"""

from collections.abc import Sequence

from rapidfuzz import fuzz

from avskrift.language.fold import fold
from avskrift.models.agreement import DatedMention, DateRole, Signatory
from avskrift.parsing.fields.signatories.sheet_reader import RULE, SheetSigner, persons_on_sheets
from avskrift.parsing.structure.document_structure import DocumentStructure
from avskrift.parsing.structure.values import Value, extended, record_of

_SAME = 92.0
"""How alike (0 to 100, rapidfuzz's ratio) two spellings of one name are at least."""


def with_signers_on_sheets(found: Sequence[Signatory], structure: DocumentStructure) -> list[Signatory]:
    """The signatories that a document prints, and behind them those that only its sheets for signing name: the same
    person is one, whichever way the sheet spells the name."""
    people = list(found)
    for signer in _signers(structure):
        record = _record_of(signer)
        same = next((i for i, one in enumerate(people) if _is_same_person(one.name, record.name)), None)
        if same is None:
            people.append(record)
        elif people[same].title is None and signer.title is not None:
            people[same] = extended(people[same], {"title": Value.of(signer.title, RULE)})
    return people


def with_days_on_sheets(dates: Sequence[DatedMention], structure: DocumentStructure) -> list[DatedMention]:
    """The dates of a document with the days on which its sheets for signing say that it was signed."""
    found = list(dates)
    for signer in _signers(structure):
        day = signer.day
        if day is None:
            continue
        same = next((i for i, one in enumerate(found) if one.date == day.value), None)
        if same is None:
            mention = record_of(DatedMention, {}, whole=day, date=day.value, role=DateRole.SIGNED, text=day.span.text)
            found.append(mention)
        elif found[same].role in (DateRole.OTHER, DateRole.MEETING):
            found[same] = found[same].model_copy(update={"role": DateRole.SIGNED})
    return found


def _record_of(signer: SheetSigner) -> Signatory:
    printed = signer.name.text
    small = printed.title() if printed.isupper() else printed
    name = Value(small, signer.name, RULE, "" if small == printed else "capitals made small")
    return record_of(Signatory, {"name": name, "title": Value.of_any(signer.title, RULE)})


def _is_same_person(one: str, other: str) -> bool:
    """Whether two names are of one person: spelled alike, in another order, or with more given names."""
    some, others = fold(one).replace(",", " ").split(), fold(other).replace(",", " ").split()
    if fuzz.ratio(" ".join(some), " ".join(others)) >= _SAME or sorted(some) == sorted(others):
        return True
    shorter, longer = sorted((some, others), key=len)
    return len(shorter) > 1 and shorter[-1] == longer[-1] and set(shorter) <= set(longer)


def _signers(structure: DocumentStructure) -> list[SheetSigner]:
    """The persons who signed, each once, in the order of the sheets."""
    named = persons_on_sheets(structure.signing_sheets, structure.vocabulary)
    kept: list[SheetSigner] = []
    for signer in named:
        if not signer.signed:
            continue
        same = _same_among(kept, signer)
        if same is None:
            kept.append(signer)
            continue
        same.title = same.title or signer.title
        if same.day is None or (signer.of_signing and not same.of_signing):
            same.day, same.of_signing = signer.day or same.day, signer.of_signing
    for one in named:  # a list of those who take part tells the office, a log who of them signed
        same = None if one.signed else _same_among(kept, one)
        if same is not None:
            same.title = same.title or one.title
    return kept


def _same_among(signers: Sequence[SheetSigner], one: SheetSigner) -> SheetSigner | None:
    return next((other for other in signers if _is_same_person(other.name.text, one.name.text)), None)
