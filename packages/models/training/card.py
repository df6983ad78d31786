"""Fills the tables of docs/results.md and the model card from metrics.json and analysis.json.

    python card.py --weights ../weights/facemorph-128 ../../../docs/results.md ../MODEL_CARD.md

A table stands between `<!-- name -->` and `<!-- /name -->`; what is between is replaced.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable
from pathlib import Path

Row = list[str]

SCOREBOARD: list[tuple[str, str, float, float, bool]] = [
    ("PSNR, dB", "psnr", 22, 23, True),
    ("MS-SSIM", "msssim", 0.90, 0.93, True),
    ("reconstruction nFD", "recon_nfd", 0.45, 0.20, False),
    ("sample nFD", "sample_nfd", 1.0, 0.45, False),
    ("sharpness", "sharpness", 0.55, 0.80, True),
    ("mean linear AUROC, 40 attributes", "auroc_mean", 0.88, 0.90, True),
    ("success: smile", "success.smiling", 0.95, 0.98, True),
    ("success: blond hair", "success.blond_hair", 0.85, 0.95, True),
    ("success: beard", "success.beard", 0.75, 0.88, True),
    ("success: eyeglasses", "success.eyeglasses", 0.70, 0.85, True),
    ("leak at 80 % success", "leak_mean", 0.25, 0.15, False),
    ("leak into sex", "leak_male", 0.25, 0.15, False),
    ("identity at 80 % success", "identity", 0.70, 0.80, True),
    ("monotone share", "monotone", 0.90, 0.97, True),
    ("head turn, R2", "yaw_r2", 0.85, 0.95, True),
    ("gaze, R2", "gaze_r2", 0.2, 0.5, True),
]
"""Metric, key, floor, aim, and whether more is better."""


def number(value: float) -> str:
    """Two or three digits that matter, without a leading zero."""
    text = f"{value:.2f}" if abs(value) >= 10 else f"{value:.3f}"
    return text.replace("0.", ".", 1) if abs(value) < 1 else text


def find(tree: dict, path: str) -> dict | None:
    for key in path.split("."):
        tree = tree.get(key) if isinstance(tree, dict) else None
    return tree if isinstance(tree, dict) and "value" in tree else None


def cell(found: dict | None) -> str:
    if found is None:
        return ""
    low, high = found["ci"]
    return f"{number(found['value'])} ({number(low)} to {number(high)})"


def table(head: Row, rows: list[Row]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def scoreboard(metrics: dict, _: dict) -> str:
    rows = []
    for label, key, floor, aim, more in SCOREBOARD:
        found = find(metrics, key)
        if found is None:
            continue
        reached = [found["value"] >= limit if more else found["value"] <= limit for limit in (floor, aim)]
        verdict = "aim reached" if reached[1] else "floor reached" if reached[0] else "missed"
        rows.append([label, cell(found), cell(find(metrics["lfw"], key)), number(floor), number(aim), verdict])
    return table(["metric", "CelebA", "LFW", "floor", "aim", ""], rows)


def edits(metrics: dict, _: dict) -> str:
    rows = []
    for name, edit in metrics.get("edits", {}).items():
        values = [edit[key]["value"] if edit.get(key) else None for key in ("success", "leak", "leak_male", "identity", "monotone")]
        also = ", ".join(f"{other} {change:+.2f}" for other, change in list(edit["also"].items())[:3])
        strength = number(edit["strength_at_80"]) if edit["reached_80"] else "not reached"
        elsewhere = find(metrics["lfw"], f"success.{name}")
        values[1:1] = [edit.get("success_of_reals"), elsewhere and elsewhere["value"]]
        rows.append([name, *("" if v is None else number(v) for v in values), strength, also])
    return table(["slider", "success", "of photos that have it", "success on LFW", "leak", "leak into sex", "identity", "monotone", "strength for 80 %", "moves most, for a strength of 1"], rows)


def groups(metrics: dict, _: dict) -> str:
    rows = [[name, str(g["psnr"]["n"]), cell(g["psnr"]), cell(g["msssim"])] for name, g in metrics.get("groups", {}).items()]
    return table(["group", "faces", "PSNR, dB", "MS-SSIM"], rows)


def bases(_: dict, analysis: dict) -> str:
    found = analysis.get("bases", {})
    keys = list(next(iter(found.values()), {}))
    return table(["basis", *(k.replace("_", " ") for k in keys)], [[n, *(number(v[k]) if k != "captured" else str(v[k]) for k in keys)] for n, v in found.items()])


def directions(_: dict, analysis: dict) -> str:
    rows = []
    for name, methods in analysis.get("directions", {}).items():
        for method, m in methods.items():
            values = [m[k]["value"] if m.get(k) else None for k in ("success", "leak", "leak_male", "identity", "monotone")]
            rows.append([name, method, *("" if v is None else number(v) for v in values)])
    return table(["attribute", "direction", "success at the end", "leak", "leak into sex", "identity", "monotone"], rows)


def judges(metrics: dict, _: dict) -> str:
    controls = metrics.get("controls", {})
    if not controls:
        return ""
    areas, pairs = controls["judge_auroc_on_reals"], controls["identity_on_reals"]
    worst = sorted(areas, key=areas.get)[:3]
    return table(
        ["judge", "how good it is itself, on the real faces of split C"],
        [
            ["E, attributes", f"mean AUROC {number(sum(areas.values()) / len(areas))}; worst: " + ", ".join(f"{n} {number(areas[n])}" for n in worst)],
            ["I, identity", f"verification AUC {number(pairs['auc'])} over {pairs['pairs']} pairs of each kind"],
            ["control: a random direction as long as the smile's", f"success {cell(controls['random_direction_success'])}"],
        ],
    )


ARM_NAMES = {
    "A0": "A0: L2, the vanilla VAE", "A1": "A1: L1", "A2": "A2: MS-SSIM, the seed's", "A3": "A3: MS-SSIM + L1",
    "peer": "TensorflowJsProject's shape and loss, from scratch", "A4": "A4: + features of P", "A5": "A5: + mirrored half", "A6": "A6: + edit cycle", "A7": "A7: + discriminator",
}  # fmt: skip


def ablation(metrics: dict, _: dict) -> str:
    keys = ("psnr", "msssim", "sharpness", "recon_nfd", "judge_error")
    rows = []
    for run in metrics.get("ablation", {}).values():
        rows.append([ARM_NAMES[run["arm"]], str(run["seed"]), f"{run['kl_nats']:.0f}", *(cell(run[k]) for k in keys)])
    rows.sort()
    return table(["arm", "seed", "KL, nats", "PSNR, dB", "MS-SSIM", "sharpness", "nFD", "judge's error"], rows)


TABLES: dict[str, Callable[[dict, dict], str]] = {
    "scoreboard": scoreboard,
    "edits": edits,
    "groups": groups,
    "bases": bases,
    "directions": directions,
    "judges": judges,
    "ablation": ablation,
}


def fill(text: str, metrics: dict, analysis: dict) -> str:
    for name, make in TABLES.items():
        pattern = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
        text = re.sub(pattern, lambda m: f"{m[1]}\n{make(metrics, analysis)}\n\n{m[2]}", text, flags=re.DOTALL)
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("documents", type=Path, nargs="+")
    args = parser.parse_args()
    metrics, analysis, arms = (
        json.loads(path.read_text()) if (path := args.weights / f"{name}.json").exists() else {}
        for name in ("metrics", "analysis", "ablation")
    )
    metrics["ablation"] = arms
    for document in args.documents:
        document.write_text(fill(document.read_text(), metrics, analysis))


if __name__ == "__main__":
    main()
