"""The way from data to a model folder on tiny settings: train, stop, resume, export."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from dataset import Faces, Loader
from export import load_vae
from model import VAE, ModelConfig
from percept import Percept, load_percept
from refine import LONGEST
from shipped import Shipped
from sliders import Sliders, measure
from warm import load_shipped

HERE = Path(__file__).resolve().parent.parent
MODEL = json.dumps({"latent": 12, "odd": 4, "encoder": [8, 8, 8, 8, 8], "decoder": [16, 8, 8, 8]})


def train(data: Path, out: Path, *extra: str, launcher: tuple[str, ...] = ()) -> list[dict]:
    command = [
        sys.executable, *launcher, str(HERE / "train.py"), "--data", str(data), "--out", str(out),
        "--model", MODEL, "--batch", "4", "--minutes", "0.1", "--device", "cpu", *extra,
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, text=True, timeout=240, env=os.environ | {"OMP_NUM_THREADS": "1"})
    return [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]


def test_stops_resumes_freezes_and_exports(data: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    train(data, run, "--stop-after", "0.05", "--adversary-from", "0.6")
    first = torch.load(run / "last.pt", weights_only=True)
    assert 0 < first["elapsed"] < 0.09 * 60 and not first["frozen"]
    log = train(data, run, "--adversary-from", "0.6")
    last = torch.load(run / "last.pt", weights_only=True)
    assert last["step"] > first["step"] and last["frozen"] and last["data"] == "test"
    assert np.isfinite(log[-1]["psnr"]) and list(run.glob("sheet-*.png"))
    for name, value in last["vae"].items():
        assert value.isfinite().all(), name

    folder = tmp_path / "weights"
    command = [sys.executable, str(HERE / "export.py"), "--checkpoint", str(run / "last.pt")]
    subprocess.run([*command, "--data", str(data), "--out", str(folder)], check=True, timeout=120)
    manifest = json.loads((folder / "manifest.json").read_text())
    for file in manifest["files"].values():
        content = (folder / file["path"]).read_bytes()
        assert len(content) == file["bytes"] and hashlib.sha256(content).hexdigest() == file["sha256"]
    attributes = json.loads((folder / "attributes.json").read_text())
    assert attributes["model"]["sha256"] == manifest["files"]["encoder"]["sha256"]
    assert {"smiling", "male", "beard", "yaw"} <= {a["name"] for a in attributes["attributes"]}


def test_goes_on_from_shipped_weights_and_averages_with_them(data: Path, tmp_path: Path) -> None:
    first, second, other, before, after = (tmp_path / name for name in ("first", "second", "other", "before", "after"))

    def call(script: str, run: Path, *options: str) -> None:
        command = [sys.executable, str(HERE / script), "--checkpoint", str(run / "last.pt"), *options]
        subprocess.run(command, check=True, timeout=120)

    train(data, first, "--minutes", "0.02")
    call("export.py", first, "--data", str(data), "--out", str(before))
    warm = ("--warm", str(before), "--discriminator", str(first / "D.pt"), "--adversary-from", "0")
    train(data, second, "--minutes", "0.04", *warm)
    call("average.py", second, "--weights", str(before), "--share", "0.25", "--out", str(after), "--full", str(tmp_path / "full.pt"))
    for name in ("encoder.onnx", "attributes.json"):
        assert (after / name).read_bytes() == (before / name).read_bytes()
    call("average.py", second, "--weights", str(before), "--share", "1", "--out", str(tmp_path / "same"))
    old, averaged, same = ((folder / "decoder.onnx").read_bytes() for folder in (before, after, tmp_path / "same"))
    assert old == same != averaged
    for file in Shipped(after).manifest["files"].values():
        assert hashlib.sha256((after / file["path"]).read_bytes()).hexdigest() == file["sha256"]

    shipped = load_vae(second / "last.pt")[0]
    load_shipped(shipped, before)
    networks = load_vae(second / "last.pt")[0], shipped, load_vae(tmp_path / "full.pt")[0]
    mine, theirs, full = (network.decoder.stem.weight for network in networks)
    assert not torch.allclose(mine, theirs)
    torch.testing.assert_close(full, mine.lerp(theirs, 0.25))

    train(data, other, "--minutes", "0.02", "--seed", "2")
    with pytest.raises(subprocess.CalledProcessError):
        call("average.py", other, "--weights", str(before), "--out", str(tmp_path / "refused"))
    assert not (tmp_path / "refused").exists()


def test_other_data_is_refused(data: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    train(data, run, "--minutes", "0.02")
    state = torch.load(run / "last.pt", weights_only=True)
    torch.save(state | {"data": "another"}, run / "last.pt")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        train(data, run)
    assert "other data" in refused.value.stderr


STEPS = """
import json, sys
from pathlib import Path
from argparse import Namespace
sys.path.insert(0, sys.argv[1])
import torch
import torch.distributed as dist
from train import Run, TrainConfig
args = Namespace(data=Path(sys.argv[2]), out=Path(sys.argv[3]), model=sys.argv[4], device="cpu", warm=None, discriminator=None, loss_network=None, sliders=None)
run = Run(args, TrainConfig(batch=8, adversary=0))
losses = []
for _ in range(3):
    run.elapsed = 0.0
    loss = torch.tensor([run.train_step()["recon"]])
    if run.world > 1:
        dist.all_reduce(loss)
    losses.append(loss.item() / run.world)
if not run.rank:
    weights = torch.cat([p.detach().flatten() for p in run.vae.parameters()])
    torch.save({"losses": losses, "weights": weights}, args.out / "result.pt")
if run.world > 1:
    dist.barrier()
    dist.destroy_process_group()
"""


def test_two_processes_do_what_one_does(data: Path, tmp_path: Path) -> None:
    (tmp_path / "steps.py").write_text(STEPS)
    results = []
    for processes in (1, 2):
        out = tmp_path / str(processes)
        out.mkdir()
        launcher = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"] if processes == 2 else []
        command = [sys.executable, *launcher, str(tmp_path / "steps.py"), str(HERE), str(data), str(out), MODEL]
        subprocess.run(command, check=True, timeout=240, env=os.environ | {"OMP_NUM_THREADS": "1"})
        results.append(torch.load(out / "result.pt", weights_only=True))
    one, two = results
    assert one["losses"] == pytest.approx(two["losses"], rel=2e-3)
    assert one["losses"][2] != pytest.approx(one["losses"][0], rel=1e-3)
    # Adam makes much of the sign of tiny gradients, so a few weights may differ by a step or two.
    assert (one["weights"] - two["weights"]).abs().mean() < 2e-5


def test_sliders_ask_for_the_attribute_and_nothing_else(data: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    train(data, run, "--minutes", "0.02")
    export = [sys.executable, str(HERE / "export.py"), "--checkpoint", str(run / "last.pt"), "--data", str(data)]
    subprocess.run([*export, "--out", str(tmp_path / "weights")], check=True, timeout=120)
    percept = [sys.executable, str(HERE / "percept.py"), "--data", str(data), "--batch", "8", "--device", "cpu"]
    percept += ["--out", str(tmp_path / "c.pt"), "--steps", "60", "--radius", "1"]
    subprocess.run(percept, check=True, timeout=120, env=os.environ | {"OMP_NUM_THREADS": "1"})
    device = torch.device("cpu")
    classifier, faces = load_percept(tmp_path / "c.pt", device), Faces(data, "A", "train")
    sliders = Sliders(tmp_path / "weights", load_vae(run / "last.pt")[0].encoder, classifier, faces, device)
    copies = torch.rand(8, 3, 128, 128) * 2 - 1
    which, nowhere = torch.arange(8) % len(sliders.owns), torch.zeros(8)
    assert sliders.loss(which, nowhere, copies, copies) == 0
    assert sliders.loss(which, nowhere + 1, copies, copies) == pytest.approx(0.5)  # Huber loss of a whole reach missed
    assert sliders.loss(which, nowhere, copies, copies * 0.8) > 0
    latents, which, far = sliders.edit(torch.zeros(8, 12))
    moved = torch.linalg.vector_norm(latents, dim=1) > 0
    assert torch.equal(moved, far != 0) and bool((far.abs() <= sliders.ends[which]).all())
    asked = measure(torch.tensor([-4.0, -1, 0, 0.5, 1, 2]))
    assert torch.equal(asked[1:5], torch.tensor([-1.0, 0, 0.5, 1])) and 1 < asked[5] < 2 < -asked[0] < 4

    weights, asked_by = str(tmp_path / "weights"), ("--classifier", str(tmp_path / "c.pt"))
    second = tmp_path / "second"
    log = train(data, second, "--minutes", "0.04", "--warm", weights, "--adversary-from", "0", "--made-up", "0.5", "--sliders", weights, *asked_by)
    last = torch.load(second / "last.pt", weights_only=True)
    assert last["frozen"] and np.isfinite(log[-1]["psnr"])

    compare = [sys.executable, str(HERE / "candidates.py"), "--checkpoint", str(second / "last.pt"), "--weights", weights, "--data", str(data)]
    compare += [*asked_by, "--loss-network", str(tmp_path / "c.pt"), "--shares", "0", "1", "--out", str(tmp_path / "candidates")]
    output = subprocess.run(compare, check=True, timeout=120, capture_output=True, text=True).stdout
    mine, shipped = ([float(cell) for cell in line.strip("| ").split("|")] for line in output.splitlines()[2:])
    assert (mine[0], shipped[0]) == (0, 1) and np.isfinite([mine, shipped]).all() and mine[1:] != shipped[1:]
    assert len(list((tmp_path / "candidates").glob("share-*.png"))) == 2


def test_ends_of_refined_sliders_are_measured_again(data: Path, tmp_path: Path) -> None:
    run, weights = tmp_path / "run", tmp_path / "weights"
    train(data, run, "--minutes", "0.02")
    export = [sys.executable, str(HERE / "export.py"), "--checkpoint", str(run / "last.pt"), "--data", str(data)]
    subprocess.run([*export, "--out", str(weights)], check=True, timeout=120)

    def male_as_refined(file: dict) -> None:
        for attribute in file["attributes"]:
            attribute["method"] = "refined" if attribute["name"] == "male" else "joint"
            attribute["range"] = [-9, 9]

    Shipped(weights).rewrite_attributes(male_as_refined)
    torch.save(Percept(len(Faces(data, "A").attributes) + 5).state_dict(), tmp_path / "c.pt")
    ends = [sys.executable, str(HERE / "ends.py"), "--weights", str(weights), "--data", str(data), "--classifier", str(tmp_path / "c.pt")]
    subprocess.run(ends, check=True, timeout=120)
    model = Shipped(weights)
    assert model.attributes["smiling"]["range"] == [-9, 9] and 2 <= model.attributes["male"]["range"][1] <= LONGEST
    content = (weights / "attributes.json").read_bytes()
    assert model.manifest["files"]["attributes"]["sha256"] == hashlib.sha256(content).hexdigest()

    before, bent = model.attributes, [*ends, "--directions"]
    subprocess.run(bent, check=True, timeout=120)
    after = Shipped(weights).attributes
    assert (after["smiling"]["direction"] == before["smiling"]["direction"]).all()
    assert (after["male"]["direction"] != before["male"]["direction"]).any()
    assert after["male"]["direction"] @ after["male"]["weights"] == pytest.approx(1, abs=0.02)


def test_loader_is_seeded_and_mirrors_labels_with_pictures(data: Path) -> None:
    faces = Faces(data, "A", "train")
    first, second = (Loader(faces, 8, torch.device("cpu"), seed=4).next() for _ in range(2))
    assert torch.equal(first.clean, second.clean) and torch.equal(first.labels, second.labels)
    # In the made-up pictures the blob sits where the yaw label says, so the sign must follow.
    batch = Loader(faces, 64, torch.device("cpu"), seed=9).next()
    weight = batch.clean.mean(1) - batch.clean.mean(1).amin((1, 2), keepdim=True)
    place = (weight.sum(1) * torch.linspace(-0.5, 0.5, 128)).sum(1) / weight.sum((1, 2))
    yaw = batch.labels[:, len(faces.attributes)]
    assert torch.corrcoef(torch.stack([place, yaw]))[0, 1] > 0.8


def test_validation_identities_are_not_trained_on(data: Path) -> None:
    parts = [set(Faces(data, "A", part).rows) for part in ("train", "validation")]
    assert not parts[0] & parts[1] and len(parts[0] | parts[1]) == 96 and parts[1]


def test_shipped_weights_are_a_warm_start(data: Path, tmp_path: Path) -> None:
    torch.manual_seed(5)
    config = ModelConfig.from_dict(json.loads(MODEL))
    trained = VAE(config, 10).eval()
    for layer in trained.modules():
        if isinstance(layer, torch.nn.Conv2d):
            torch.nn.init.normal_(layer.weight, std=0.1)
            torch.nn.init.normal_(layer.bias, std=0.1)
    state = {"ema": trained.state_dict(), "model": config.to_dict(), "labels": 10, "data": "test", "config": {}, "step": 1}
    torch.save(state, tmp_path / "last.pt")
    command = [sys.executable, str(HERE / "export.py"), "--checkpoint", str(tmp_path / "last.pt"), "--precision", "fp32"]
    subprocess.run([*command, "--data", str(data), "--out", str(tmp_path / "weights")], check=True, timeout=120)
    warm = VAE(config, 10).eval()
    load_shipped(warm, tmp_path / "weights")
    x = torch.rand(2, 3, 128, 128) * 2 - 1
    with torch.no_grad():
        torch.testing.assert_close(warm(x), trained(x), atol=1e-4, rtol=1e-4)
