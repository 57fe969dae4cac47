"""What made a result: program, engine, model, rules and settings; and which of them changed since."""

import hashlib
import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from avskrift import __version__
from avskrift.models.options import PipelineOptions
from avskrift.pipeline import NOT_TOLD


class Making(BaseModel):
    """Each part of what makes a record, as a version or digest. Records made alike are alike.

    `program` is for people: two versions with the same stages make the same records.
    """

    model_config = ConfigDict(frozen=True)

    program: str
    engine: str
    reading: str
    model: str
    correcting: str
    parsing: str
    settings: str

    def changed(self, since: "Making") -> list[str]:
        """What differs, in words: the stages to be gone through again."""
        return [text for key, text in _TOLD.items() if getattr(self, key) != getattr(since, key)]

    def rereads(self, since: "Making") -> bool:
        """Whether pages must be read by the engine again; otherwise kept pages serve."""
        return (self.engine, self.reading) != (since.engine, since.reading)


_TOLD = {
    "engine": "the OCR engine or its data changed",
    "reading": "the modules that read pages changed",
    "model": "the model of the corrections changed",
    "correcting": "the rules of the corrections changed",
    "parsing": "the parser or its vocabulary changed",
    "settings": "the settings changed",
}


def making_of(options: PipelineOptions) -> Making:
    """What a record would be made by now. Raises `EngineMissingError`."""
    from avskrift.ingest.engine import engine_called

    return Making(
        program=__version__,
        engine=engine_called(options.reading.engine).fingerprint,
        reading=_digest("avskrift.ingest", (".py", ".json")),
        model=_digest("avskrift.corrections.weights", ("",)),
        correcting=_digest("avskrift.corrections", (".py",)) + _digest("avskrift.corrections.rules", (".toml",)),
        parsing=_digest("avskrift.parsing", (".py",))
        + _digest("avskrift.parsing.vocabulary", (".py", ".toml"))
        + _digest("avskrift.models", (".py",))
        + _digest("avskrift.output", ("json_file.py", "plain_text.py")),
        settings=_settings(options),
    )


def _settings(options: PipelineOptions) -> str:
    told = options.model_dump(mode="json", exclude={"reading": NOT_TOLD})
    folder = options.parsing.vocabulary
    if folder is not None:
        told["parsing"]["vocabulary"] = [_digest_of(p) for p in sorted(Path(folder).glob("*.toml"))]
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


@cache
def _digest(package: str, endings: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for entry in sorted(files(package).iterdir(), key=lambda e: e.name):
        if entry.is_file() and entry.name.endswith(endings):
            digest.update(_digest_of(entry).encode())
    return digest.hexdigest()[:16]


def _digest_of(entry: Traversable) -> str:
    return hashlib.sha256(entry.name.encode() + b"\0" + entry.read_bytes()).hexdigest()
