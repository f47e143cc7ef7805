"""ONNX Runtime, imported in one place and with its telemetry off.

The official builds report use to their maker over HTTPS, and keep an identifier of the
machine under the user's cache, unless `ORT_DISABLE_TELEMETRY` is set before the library is
loaded. This program promises to work off line and to itself, so it sets it; whoever wants
to report sets the variable to 0 himself.
"""

from __future__ import annotations

import os
from typing import Any

from hrm_engine.errors import MissingExtraError

INSTALL = 'pip install "hrm-coprocessor[onnx]"'


def onnxruntime() -> Any:
    """The module. Raises MissingExtraError when it is not installed."""
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    try:
        import onnxruntime as module
    except ImportError:
        raise MissingExtraError(
            "ONNX graphs are run by the package onnxruntime", hint=INSTALL
        ) from None
    return module
