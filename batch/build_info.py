"""What made a result: program, engine, libraries, model, rules and settings; and which of them changed since."""

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from avskrift import __version__
from avskrift.models.options import PipelineOptions
from avskrift.pipeline import NOT_RECORDED
from avskrift.runtime import fingerprints
from avskrift.runtime.input_files import sha256_of


class BuildInfo(BaseModel):
    """Each part of what makes a record, as a version or digest. Records made alike are alike.

    `program` is for people: two versions with the same stages make the same records. `reading_libraries` are the
    versions of what reads pages, `libraries` those of what makes records of them.
    """

    model_config = ConfigDict(frozen=True)

    program: str
    engine: str
    reading: str
    model: str
    correcting: str
    parsing: str
    settings: str
    reading_libraries: dict[str, str] = {}
    libraries: dict[str, str] = {}

    def changed(self, since: "BuildInfo") -> list[str]:
        """What differs, in words: the stages to be gone through again."""
        changes = [text for key, text in _CHANGES.items() if getattr(self, key) != getattr(since, key)]
        now, then = (one.libraries | one.reading_libraries for one in (self, since))
        if not then and now:
            return [*changes, "the versions of the libraries that made it are not known"]
        return changes + [
            f"{name} changed ({then.get(name, 'none')}, now {now.get(name, 'none')})"
            for name in sorted(now.keys() | then.keys())
            if now.get(name) != then.get(name)
        ]

    def rereads(self, since: "BuildInfo") -> bool:
        """Whether pages must be read by the engine again; otherwise kept pages serve."""
        return any(getattr(self, part) != getattr(since, part) for part in ("engine", "reading", "reading_libraries"))


_CHANGES = {
    "engine": "the OCR engine or its data changed",
    "reading": "the modules that read pages changed",
    "model": "the model of the corrections changed",
    "correcting": "the rules of the corrections changed",
    "parsing": "the parser or its vocabulary changed",
    "settings": "the settings changed",
}


def current_build(options: PipelineOptions) -> BuildInfo:
    """What a record would be made by now. Raises `EngineMissingError`."""
    from avskrift.ingest.ocr.engines import engine_called

    return BuildInfo(
        program=__version__,
        engine=engine_called(options.reading.engine).fingerprint,
        reading=fingerprints.digest_of_stage(fingerprints.READING),
        model=fingerprints.correcting_model(),
        correcting=fingerprints.digest_of_stage(fingerprints.CORRECTING),
        parsing=fingerprints.digest_of_stage(fingerprints.PARSING),
        settings=_settings(options),
        reading_libraries=fingerprints.reading_libraries(),
        libraries=fingerprints.record_libraries(),
    )


def _settings(options: PipelineOptions) -> str:
    settings = options.model_dump(mode="json", exclude={"reading": NOT_RECORDED})
    folder = options.parsing.vocabulary
    if folder is not None:
        settings["parsing"]["vocabulary"] = fingerprints.digest_of_folder(Path(folder), ".toml")
    if options.parsing.reader is not None:
        settings["parsing"]["reader"] = sha256_of(options.parsing.reader)
    return json.dumps(settings, ensure_ascii=False, sort_keys=True)
