"""The committed vectors, which core is tested against, are those of this `align`."""

from __future__ import annotations

import json
from pathlib import Path

from align_vectors import formula_vectors

COMMITTED = Path(__file__).resolve().parents[4] / "tests" / "parity" / "align-vectors.json"


def test_committed_vectors_are_current() -> None:
    assert json.loads(COMMITTED.read_text())["vectors"] == formula_vectors()
