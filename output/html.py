"""Templates of pages and pictures: what is put into them is escaped, and free of control signs."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from avskrift.output.sanitise import without_controls

if TYPE_CHECKING:
    from jinja2 import Environment, Template


def template_text(name: str) -> str:
    """A template, or a part of one, as it is."""
    return files("avskrift.output.templates").joinpath(name).read_text(encoding="utf-8")


def template(name: str) -> "Template":
    """A template that escapes what it is given. Raises `UndefinedError` of Jinja for a name that it is not given."""
    return _environment().get_template(name)


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    def shown(value: object) -> object:
        return without_controls(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    return Environment(
        loader=FunctionLoader(template_text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown,
    )
