"""onnxruntime is imported in one place, and the user's environment is as it was afterwards."""

import json
import subprocess
import sys

import pytest

IMPORTED = """
import json, os, sys
before = dict(os.environ)
import avskrift.corrections
late = "onnxruntime" not in sys.modules
import avskrift.runtime.inference
print(json.dumps([late, dict(os.environ) == before, os.environ.get("ORT_DISABLE_TELEMETRY")]))
"""


@pytest.mark.parametrize("value", [None, "0"])
def test_the_environment_stays_and_nothing_is_imported_before_it_is_needed(
    value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if value is None:
        monkeypatch.delenv("ORT_DISABLE_TELEMETRY", raising=False)
    else:
        monkeypatch.setenv("ORT_DISABLE_TELEMETRY", value)
    done = subprocess.run([sys.executable, "-c", IMPORTED], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [True, True, value]
