"""The lists and rules of this room: TOML files in `data/`, read and changed by people."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The content of data/`name`.toml. Raises `FileNotFoundError` where there is none."""
    text = files(__package__).joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
