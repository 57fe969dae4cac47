"""Programs of SHARED as modules: `score/pages.py`, `tools/make_scans.py`."""

import importlib.util
from pathlib import Path
from typing import Any


def shared_module(path: Path) -> Any:
    """The module in a file that no package holds."""
    found = importlib.util.spec_from_file_location(f"shared_{path.stem}", path)
    assert found is not None and found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module
