"""The road of verified documents: read, compared with their records, learned from, and read again when left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from avskrift import __version__
from avskrift.adaptation.documents import VerifiedDocument
from avskrift.adaptation.figures import Figures, figures_of, record_of, sum_of, total_of
from avskrift.errors import InputError, UsageError
from avskrift.models.agreement import Agreement
from avskrift.models.document import Document
from avskrift.models.options import PipelineOptions
from avskrift.models.training import Counts, TrainedReader
from avskrift.parsing import parse_with
from avskrift.parsing.learned.adapter import Adapter
from avskrift.parsing.learned.fitting import PENALTIES, Lessons, fitted, lessons_of
from avskrift.parsing.learned.labels import Labels, labels_of
from avskrift.parsing.learned.network import digest, encoding_of
from avskrift.parsing.learned.verified import VerifiedValue
from avskrift.parsing.parts.own_pages import alone
from avskrift.parsing.vocabulary import Vocabulary
from avskrift.pipeline import transcribe

LEAST_DOCUMENTS = 3
_FOLDS = 5
_TRAINING = "what the records teach"
_MOST_NAMED = 3
"""Values of a document that are named of those that were not found."""


class Watcher(Protocol):
    """What shows how the work goes."""

    def document(self, name: str) -> None:
        """A document is begun, or what comes after all of them."""

    def pages(self, done: int, known: int) -> None:
        """So many of its pages are done, of so many known so far."""

    def read(self) -> None:
        """All its pages are read."""

    def line(self, text: str) -> None:
        """Something that people should know."""


@dataclass(frozen=True, slots=True)
class Training:
    """What came of it: the file, and the figures of documents that were left out, before and after."""

    reader: TrainedReader
    before: Figures
    after: Figures

    @property
    def helps(self) -> bool:
        """Whether more values are right than before, by F1."""
        return self.reader.after.f1 > self.reader.before.f1


@dataclass(frozen=True, slots=True, eq=False)
class _Pupil:
    """A document that is learned from: its file, its record, and what that teaches of its tokens."""

    path: Path
    document: Document
    record: Agreement
    lessons: Lessons
    labels: Labels


@dataclass(frozen=True, slots=True, eq=False)
class _Fold:
    """Documents that are left out, what the others teach by each penalty, and how well the network then reads them."""

    left_out: Sequence[_Pupil]
    adapters: Mapping[float, Adapter]
    counts: Mapping[float, Counts]


def trained(documents: Sequence[VerifiedDocument], options: PipelineOptions, watcher: Watcher) -> Training:
    """What verified `documents`, read as `options` say, teach the shipped reader. Progress goes to a `watcher`, and so
    do documents that cannot be read and values that are not found in them.

    Raises `UsageError` for fewer than three documents.
    """
    vocabulary = Vocabulary.from_folder(options.parsing.vocabulary)
    read = [_pupil(one, options, vocabulary, watcher) for one in documents]
    pupils = [pupil for pupil in read if pupil is not None]
    files = list(dict.fromkeys(pupil.path for pupil in pupils))
    if len(files) < LEAST_DOCUMENTS:
        raise UsageError(f"{len(files)} documents with verified records; {LEAST_DOCUMENTS} are needed at least")
    watcher.document(_TRAINING)
    watcher.read()
    lessons = Lessons.of(pupil.lessons for pupil in pupils)
    folds = _folds(pupils, files, lessons, vocabulary)
    before = total_of(_figures(pupil, vocabulary) for pupil in pupils)
    after = total_of(
        _figures(pupil, vocabulary, fold.adapters[_best([f for f in folds if f is not fold])])
        for fold in folds
        for pupil in fold.left_out
    )
    weights, bias = fitted(lessons, _best(folds)).packed()
    reader = TrainedReader(
        reader=digest(),
        avskrift=__version__,
        documents=len(files),
        values=sum(len(pupil.labels.found) for pupil in pupils),
        not_found=sum(len(pupil.labels.missed) for pupil in pupils),
        before=sum_of(before),
        after=sum_of(after),
        weights=weights,
        bias=bias,
    )
    return Training(reader, before, after)


def _pupil(one: VerifiedDocument, options: PipelineOptions, vocabulary: Vocabulary, watcher: Watcher) -> _Pupil | None:
    """A document with what it teaches; None where it cannot be read."""
    watcher.document(str(one.path))
    try:
        whole = transcribe(one.path, options, watcher.pages, watcher.read)
    except InputError as error:
        watcher.line(f"{error}; it is left out")
        return None
    document, record = alone(whole, one.record)
    encoding = encoding_of(document)
    labels = labels_of(record, encoding.reading, vocabulary)
    if labels.missed:
        every = len(labels.found) + len(labels.missed)
        watcher.line(
            f"{one.name}: not found in the document: {_named(labels.missed)} ({len(labels.missed)} of {every})"
        )
    lessons = lessons_of(encoding.hidden, encoding.values, labels.numbers)
    return _Pupil(one.path, document, record, lessons, labels)


def _named(values: Sequence[VerifiedValue]) -> str:
    named = [f"{value.field} {value.text!r}" for value in values[:_MOST_NAMED]]
    return ", ".join([*named, *(["..."] if len(values) > len(named) else [])])


def _folds(pupils: Sequence[_Pupil], files: Sequence[Path], lessons: Lessons, vocabulary: Vocabulary) -> list[_Fold]:
    """The documents in some parts, each with what the other parts teach by every penalty."""
    found = []
    count = min(_FOLDS, len(files))
    for number in range(count):
        out = {i for i, pupil in enumerate(pupils) if files.index(pupil.path) % count == number}
        adapters = {penalty: fitted(lessons, penalty, out) for penalty in PENALTIES}
        left_out = [pupils[i] for i in sorted(out)]
        counts = [_counts(pupil, adapters, vocabulary) for pupil in left_out]
        found.append(_Fold(left_out, adapters, {p: sum((one[p] for one in counts), Counts()) for p in PENALTIES}))
    return found


def _counts(pupil: _Pupil, adapters: Mapping[float, Adapter], vocabulary: Vocabulary) -> dict[float, Counts]:
    """How many values of a document the network alone reads right, by the penalties of some adapters."""
    encoding, record = encoding_of(pupil.document), pupil.record
    read = {p: record_of(encoding.adapted(one).values, record, vocabulary) for p, one in adapters.items()}
    return {penalty: sum_of(figures_of(record, one)) for penalty, one in read.items()}


def _best(folds: Sequence[_Fold]) -> float:
    """The penalty with which the network reads documents that were left out best; of equal ones the least."""
    return max(PENALTIES, key=lambda penalty: (sum((f.counts[penalty] for f in folds), Counts()).f1, -penalty))


def _figures(pupil: _Pupil, vocabulary: Vocabulary, adapter: Adapter | None = None) -> Figures:
    """How well the record of a document is read, by the shipped reader or an adapted one."""
    return figures_of(pupil.record, parse_with(pupil.document, vocabulary, adapter=adapter))
