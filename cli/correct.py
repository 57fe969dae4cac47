"""`avskrift correct`: the text that an OCR left behind, corrected line for line."""

from pathlib import Path
from typing import Annotated

import typer

from avskrift.cli.options import DocumentTimeout, GlossaryFile, LogFile, Memory, MinConfidence
from avskrift.cli.text_input import correcting_options, decoded, standard_input, text_in, witness_in
from avskrift.cli.worker import WorkLimits, in_worker
from avskrift.models.edits import DEFAULT_MIN_CONFIDENCE
from avskrift.output.terminal import print_text
from avskrift.runtime.limits import USUAL_SECONDS
from avskrift.runtime.uncollected_imports import uncollected_imports
from avskrift.runtime.worker import Report

_File = Annotated[Path, typer.Argument(help="A text file; - for standard input.", show_default=False)]
_Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write the text here instead of to standard output.")
]
_Witnesses = Annotated[
    list[Path] | None,
    typer.Option(
        "--witness",
        help="Another OCR text of the same document, or its PAGE XML, ALTO or hOCR; may be given several times.",
    ),
]
_Findings = Annotated[
    Path | None,
    typer.Option("--report", help="Write every change and every doubt here, with its place, as JSON Lines."),
]
_Reflow = Annotated[
    bool, typer.Option("--reflow", help="Join the lines of each paragraph; else lines stay as they are.")
]


def correct(
    file: _File,
    output: _Output = None,
    witness: _Witnesses = None,
    glossary: GlossaryFile = None,
    min_confidence: MinConfidence = DEFAULT_MIN_CONFIDENCE,
    report: _Findings = None,
    reflow: _Reflow = False,
    timeout: DocumentTimeout = USUAL_SECONDS,
    memory: Memory = None,
    log: LogFile = None,
) -> None:
    """Correct the text that an OCR left behind, line for line."""
    from avskrift.output.atomic_write import check_outputs, write

    check_outputs((output, report, log), (file, glossary, *(witness or ())))
    given = standard_input() if str(file) == "-" else None

    def work(progress: Report) -> dict[str, str]:
        with uncollected_imports():
            from avskrift.corrections.text import corrected_text
            from avskrift.output.record.corrections_report import doubt_lines, render_findings

        source = text_in(file, progress) if given is None else decoded(given, file, progress)
        options = correcting_options(progress, glossary, min_confidence)
        witnesses = [witness_in(path, progress) for path in witness or ()]
        progress.read()
        corrected = corrected_text(source, options, witnesses=witnesses, reflow=reflow)
        for line in (*corrected.warnings, *doubt_lines(corrected.lines)):
            progress.line(f"{file}: {line}")
        return {"text": corrected.text, "report": render_findings(corrected.lines) if report is not None else ""}

    made = in_worker(work, f"{file}", WorkLimits(timeout, timeout, memory), log)
    if report is not None:
        write(report, made["report"])
    if output is not None:
        write(output, made["text"])
    else:
        print_text(made["text"])
