"""The notebook's cells, run in order on tiny settings: no data set, no Jupyter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[4]
NOTEBOOK = REPOSITORY / "examples" / "notebook" / "facemorph.ipynb"


def test_every_cell_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"REPOSITORY": REPOSITORY, "WORK": tmp_path, "MINUTES": "0.1", "FACES": "96"}
    for name, value in settings.items():
        monkeypatch.setenv(f"FACEMORPH_{name}", str(value))
    space: dict[str, object] = {}
    for cell in json.loads(NOTEBOOK.read_text())["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), cell["id"], "exec"), space)
    manifest = json.loads((tmp_path / "weights" / "manifest.json").read_text())
    assert manifest["id"] == "my-faces" and manifest["latent"]["size"] == 48
    assert space["z"].shape == (4, 48)
