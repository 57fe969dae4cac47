"""Tesseract's traineddata files: the container, and in it the letters that a network's outputs stand for."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from avskrift.errors import EngineDataError
from avskrift.ingest.ocr.lstm.byte_reader import ByteReader
from avskrift.ingest.ocr.lstm.line_network import LineNetwork, line_network
from avskrift.ingest.ocr.lstm.network_file import network_of

_NETWORK: Final = 17
_UNICHARSET: Final = 21
_RECODER: Final = 22
"""The numbers of the parts that are read."""
_MOST_PARTS: Final = 64
"""Tesseract 5 has 24."""
_MOST_BYTES: Final = 512 * 2**20
"""The largest file that Tesseract's makers publish has some 90 MiB."""
_LONGEST_CODE: Final = 9
"""The most outputs that Tesseract lets one letter be made of."""
_NO_TEXT: Final = frozenset({"Joined", "|Broken|0|1"})
"""Entries of a unicharset that stand for no letter: pieces that Tesseract's older engine joined and broke."""
_SPACE: Final = "NULL"
"""What a unicharset calls the space."""


@dataclass(frozen=True, slots=True, eq=False)
class TrainedData:
    """What a file holds: the network, the number of the output that stands for no letter, and for each output its
    text, empty where it has none."""

    network: LineNetwork
    blank: int
    letters: tuple[str, ...]


def read_traineddata(path: Path) -> TrainedData:
    """The contents of a file. Raises `EngineDataError`, which names the file and what is wrong with it."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise EngineDataError(f"{path.name}: it cannot be read ({error.strerror or error})") from None
    if len(data) > _MOST_BYTES:
        raise EngineDataError(f"{path.name}: it is larger than {_MOST_BYTES // 2**20} MiB")
    return traineddata_of(data, path.name)


def traineddata_of(data: bytes, source: str) -> TrainedData:
    """The contents of a file's bytes, which errors call `source`. Raises `EngineDataError`."""
    parts = parts_of(data, source)
    for number, what in ((_NETWORK, "network"), (_UNICHARSET, "unicharset"), (_RECODER, "recoder")):
        if number not in parts:
            raise EngineDataError(f"{source}: it has no {what} of an LSTM")
    file = network_of(parts[_NETWORK], f"{source}, network")
    network = line_network(file.layer, f"{source}, network")
    if not 0 <= file.blank < network.codes:
        raise EngineDataError(f"{source}: no letter is output {file.blank} of {network.codes}")
    characters = characters_of(parts[_UNICHARSET], f"{source}, unicharset")
    codes = codes_of(parts[_RECODER], f"{source}, recoder")
    if len(codes) > len(characters):
        raise EngineDataError(f"{source}: {len(codes)} codes for {len(characters)} characters")
    letters = [""] * network.codes
    for character, code in zip(characters, codes, strict=False):
        if not all(0 <= output < network.codes for output in code):
            raise EngineDataError(f"{source}: a character of an output that the network does not have")
        # a character of several outputs is left out: of those here none is a Swedish letter
        if len(code) == 1 and code[0] != file.blank and not letters[code[0]]:
            letters[code[0]] = character
    return TrainedData(network, file.blank, tuple(letters))


def parts_of(data: bytes, source: str) -> dict[int, bytes]:
    """The parts of a file by number.

    It begins with the number of parts (uint32), then has the offset of each (int64, -1 where there is none), then the
    parts. Raises `EngineDataError`.
    """
    reader = ByteReader(data, source)
    offsets = [reader.int64() for _ in range(reader.count(_MOST_PARTS))]
    first = len(data) - reader.left
    starts = sorted({offset for offset in offsets if offset != -1})
    if starts and not (first <= starts[0] and starts[-1] <= len(data)):
        raise reader.error("a part lies outside the file")
    ends = dict(pairwise([*starts, len(data)]))
    return {number: data[start : ends[start]] for number, start in enumerate(offsets) if start != -1}


def characters_of(data: bytes, source: str) -> list[str]:
    """The characters of a unicharset in their order: a line with their number, then a line for each that begins with
    it. Raises `EngineDataError`."""
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        raise EngineDataError(f"{source}: it is no UTF-8") from None
    number = lines[0].strip()
    if not (number.isascii() and number.isdigit() and len(number) < 8 and int(number) <= len(lines) - 1):
        raise EngineDataError(f"{source}: it does not begin with how many characters it has")
    names = [line.split(" ", 1)[0] for line in lines[1 : int(number) + 1]]
    return [" " if name == _SPACE else "" if name in _NO_TEXT else name for name in names]


def codes_of(data: bytes, source: str) -> list[tuple[int, ...]]:
    """For each character of a unicharset the outputs that make it. Raises `EngineDataError`."""
    reader = ByteReader(data, source)
    codes = []
    for _ in range(reader.count(reader.left // 5)):
        reader.uint8()  # whether it is its own normal form
        length = reader.uint32()
        if length > _LONGEST_CODE:
            raise reader.error(f"a character of {length} outputs")
        codes.append(tuple(reader.int32() for _ in range(length)))
    return codes
