"""Trains the VAE for a given time, and can be stopped and resumed at any second.

    python train.py --data DATA --out RUN --minutes 100 --loss-network P.pt

Phases, by share of the time: plain (reconstruction + KL), then with the perceptual loss of P,
then with the discriminator while the encoder is frozen, so that the latent space stays as it is.
`RUN/last.pt` holds everything; run the same command again to go on. `--warm` starts from the
checkpoint of another run, or from a folder of shipped weights. Works on CPU (bf16 where it is fast) and CUDA, and under `torchrun`.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor, nn

from adversary import Patches, discriminator_loss
from averaged_run import save_whole
from balance import Balance
from dataset import TARGET_NUMBERS, Faces, Loader
from editability import Moves
from loss import KlController, face_mask, kl_nats
from model import VAE, ModelConfig, mirror
from percept import label_loss, load_percept
from sliders import Sliders
from warm import load_shipped
from watch import Watch


@dataclass(frozen=True)
class TrainConfig:
    """Everything that shapes a run; stored in the checkpoint."""

    minutes: float = 60.0
    steps: int = 0
    """Schedule by steps in place of minutes, where runs must be compared."""
    batch: int = 32
    rate: float = 1e-3
    seed: int = 1
    recon: str = "ms-ssim+l1"
    kl: float = 200.0
    """Target of the KL in nats."""
    kl_weight: float = 3e-4
    """Where the controller starts."""
    kl_gain: float = 0.01
    """How fast it moves: short runs need more."""
    read_out: float = 0.05
    """Weight of the linear read-out of labels from the mean."""
    percept: float = 1.0
    """Gradient of the perceptual loss on the picture, relative to the reconstruction's."""
    percept_from: float = 0.35
    adversary: float = 0.6
    adversary_from: float = 0.65
    """From here on the encoder is fixed."""
    r1: float = 2.0
    cycle: float = 0.5
    """Gradient of the edit cycle (editability.py) on edited pictures, relative to the reconstruction's."""
    slide: float = 1.0
    """Gradient of what sliders ask (sliders.py) on edited pictures, where `--sliders` is given."""
    made_up: float = 0.0
    """Share of edits that give way to random faces, which must look real too, where `--sliders` is given (as Larsen et al. 2016)."""
    flip: float = 0.5
    """Share of faces that are decoded mirrored."""
    ema: float = 0.999


PARTS = ("vae", "ema", "patches", "optimizer", "adversary", "moves")
"""Of a run, what a checkpoint holds the state of."""


class Run:
    """The state of one training run: networks, optimisers, clock."""

    def __init__(self, args: argparse.Namespace, config: TrainConfig) -> None:
        self.config, self.out, self.device = config, args.out, torch.device(args.device)
        self.rank, self.world = dist_info()
        torch.manual_seed(config.seed)
        self.faces = Faces(args.data, "A", "train")
        self.watch = Watch(Faces(args.data, "A", "validation"), args.out, self.device)
        self.labels = len(self.faces.attributes)
        model = ModelConfig.from_dict(json.loads(args.model or "{}"))
        self.vae = VAE(model, self.labels + len(TARGET_NUMBERS)).to(self.device)
        self.vae = self.vae.to(memory_format=torch.channels_last)
        self.patches = Patches().to(self.device, memory_format=torch.channels_last)
        self.percept = load_percept(args.loss_network, self.device) if args.loss_network else None
        fused = {"fused": True}
        self.optimizer = torch.optim.Adam(self.vae.parameters(), config.rate, (0.9, 0.99), **fused)
        self.adversary = torch.optim.Adam(self.patches.parameters(), 2e-4, (0.5, 0.99), **fused)
        self.controller = KlController(config.kl, config.kl_weight, config.kl_gain)
        self.moves = Moves(self.labels, model.latent).to(self.device)
        self.step, self.elapsed, self.frozen = 0, 0.0, False
        self.sliders: Sliders | None = None
        if args.warm and not self.checkpoint.exists():
            self.warm_start(args.warm)
        if args.discriminator and not self.checkpoint.exists():
            self.patches.load_state_dict(torch.load(args.discriminator, map_location=self.device, weights_only=True))
        self.ema = copy.deepcopy(self.vae).requires_grad_(False)
        if self.checkpoint.exists():
            self.restore()
        if args.sliders:
            classifier = load_percept(args.classifier, self.device)
            self.sliders = Sliders(args.sliders, self.vae.encoder, classifier, self.faces, self.device)
        seed = config.seed * 1000 + 7919 * self.step
        self.loader = Loader(self.faces, config.batch, self.device, seed, self.rank, self.world)
        self.noise = torch.Generator().manual_seed(seed)
        mask = face_mask(self.faces.info["size"]).to(self.device)
        self.balance = Balance(config.recon, config.percept, config.adversary, config.cycle, config.slide, mask, self.vae.encoder, self.loader.batch)

    @property
    def checkpoint(self) -> Path:
        return self.out / "last.pt"

    @property
    def progress(self) -> float:
        if self.config.steps:
            return min(1.0, self.step / self.config.steps)
        return min(1.0, self.elapsed / (self.config.minutes * 60))

    def warm_start(self, source: Path) -> None:
        if source.is_dir():
            load_shipped(self.vae, source)
        else:
            self.vae.load_state_dict(torch.load(source, map_location=self.device, weights_only=True)["ema"])

    def restore(self) -> None:
        state: dict[str, Any] = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
        if state["data"] != self.faces.info["hash"]:
            raise SystemExit("this run was trained on other data; choose another --out")
        for name in PARTS:
            getattr(self, name).load_state_dict(state[name])
        self.controller.weight, self.controller.average = state["kl_weight"], state["kl_average"]
        self.step, self.elapsed, self.frozen = state["step"], state["elapsed"], state["frozen"]

    def save(self) -> None:
        if self.rank:
            return
        state = {name: getattr(self, name).state_dict() for name in PARTS}
        state |= {"kl_weight": self.controller.weight, "kl_average": self.controller.average}
        state |= {"step": self.step, "elapsed": self.elapsed, "frozen": self.frozen}
        state |= {"model": self.vae.config.to_dict(), "config": asdict(self.config), "data": self.faces.info["hash"]}
        save_whole(state | {"labels": self.labels + len(TARGET_NUMBERS)}, self.checkpoint)

    def rate(self) -> float:
        """Warm-up of 200 steps, then a cosine over the wall clock."""
        cosine = 0.5 * (1 + math.cos(math.pi * self.progress))
        return self.config.rate * min(1.0, (self.step + 1) / 200) * max(cosine, 0.02)

    def freeze_encoder(self) -> None:
        """From here on the latent space is fixed: its averaged weights become final."""
        self.vae.encoder.load_state_dict(self.ema.encoder.state_dict())
        self.vae.encoder.requires_grad_(False)
        self.frozen = True

    def draw(self, kind: Callable[..., Tensor], width: int) -> Tensor:
        """This process's part of random numbers `[batch, width]` that all processes draw alike."""
        size, first = self.loader.batch, self.rank * self.loader.batch
        numbers = kind(self.config.batch, width, generator=self.noise)
        return numbers[first : first + size].to(self.device)

    def train_step(self) -> dict[str, float]:
        config = self.config
        batch = self.loader.next()
        if not self.frozen and self.progress >= config.adversary_from and max(config.adversary, config.cycle) > 0:
            self.freeze_encoder()
        adversarial = self.frozen and config.adversary > 0
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate()
        autocast = torch.autocast(self.device.type, dtype=torch.bfloat16)
        with autocast, torch.set_grad_enabled(not self.frozen):
            mean, log_var = self.vae.encoder(batch.seen)
        z = mean + self.draw(torch.randn, mean.shape[1]) * (0.5 * log_var).exp()
        self.moves.follow(mean.detach(), batch.labels[:, : self.labels])
        # Half of the faces are decoded mirrored, from the mirrored latent: flip-equivariance for free.
        turn = self.draw(torch.rand, 1)[:, 0] < config.flip
        z = torch.where(turn[:, None], mirror(z, self.vae.config.odd), z)
        target = torch.where(turn[:, None, None, None], batch.clean.flip(3), batch.clean)
        asked, slid = self.edits(z, mean) if self.frozen else (z[:0], None)
        with autocast:
            picture, edited = self.vae.decoder(torch.cat([z, asked])).split([len(z), len(asked)])
            labels = self.vae.readout(mean)
        if slid:
            slid = partial(slid, picture.detach())
        judged_by = self.patches if adversarial else None
        compared_by = self.percept if config.percept > 0 and self.progress >= config.percept_from else None
        losses: dict[str, float] = {}
        gradient = self.balance.copies(picture, target, compared_by, judged_by, losses)
        gradients = [gradient, self.balance.edits(edited, asked, gradient.norm(), judged_by, slid, losses)]
        nats = kl_nats(mean, log_var).sum()
        read = label_loss(labels, batch.labels, self.labels)
        losses |= {"kl": nats.item(), "read": read.item()}
        extra = config.read_out * read
        if not self.frozen:
            extra = extra + self.controller.update(nats.item()) * nats
        self.optimizer.zero_grad()
        torch.autograd.backward([picture, edited, extra], [*gradients, None])
        self.descend(self.optimizer, self.vae)
        if adversarial:
            losses["d"] = self.adversary_step(target, torch.cat([picture, edited]).detach())
        self.update_average()
        self.step += 1
        return losses

    def edits(self, z: Tensor, mean: Tensor) -> tuple[Tensor, Callable[..., Tensor] | None]:
        """Latents that no photo encodes to, but that edits or chance lead to, drawn beside the others; what sliders ask of the first."""
        half = len(z) // 2
        if self.sliders:
            made_up = round(half * self.config.made_up)
            asked, which, far = self.sliders.edit(z[: half - made_up].detach())
            return torch.cat([asked, self.sliders.sample(made_up)]), partial(self.sliders.loss, which, far)
        return (self.moves.edit(mean[:half]) if self.config.cycle > 0 else z[:0]), None

    def adversary_step(self, real: Tensor, fake: Tensor) -> float:
        self.patches.requires_grad_(True)
        lazy = self.step % 16 == 0
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=not lazy):
            loss = discriminator_loss(self.patches, real, fake, self.config.r1 * 8 if lazy else 0.0)
        self.adversary.zero_grad()
        loss.backward()
        self.descend(self.adversary, self.patches)
        return loss.item()

    def descend(self, optimizer: torch.optim.Optimizer, network: nn.Module) -> None:
        """Averages gradients over processes, clips, steps; a non-finite step is dropped."""
        grads = [p.grad for p in network.parameters() if p.grad is not None]
        if self.world > 1:
            for grad in grads:
                dist.all_reduce(grad)
                grad /= self.world
        norm = nn.utils.clip_grad_norm_([p for p in network.parameters() if p.grad is not None], 1.0)
        if norm.isfinite():
            optimizer.step()

    @torch.no_grad()
    def update_average(self) -> None:
        keep = min(self.config.ema, (1 + self.step) / (10 + self.step))
        torch._foreach_lerp_(list(self.ema.parameters()), list(self.vae.parameters()), 1 - keep)

    def fit(self, sheet_minutes: float, stop_after: float) -> None:
        """Trains to the end of the schedule, or for `stop_after` minutes of it."""
        stop = self.elapsed + stop_after * 60
        last_sheet = last_line = last_save = time.monotonic()
        while self.progress < 1 and self.elapsed < stop:
            began = time.monotonic()
            losses = self.train_step()
            now = time.monotonic()
            self.elapsed = self.agree(self.elapsed + now - began)
            if self.rank:
                continue
            if now - last_line > 20:
                self.report(losses)
                last_line = now
            if now - last_save > 120:
                self.save()
                last_save = now
            if now - last_sheet > sheet_minutes * 60:
                self.report(self.look())
                last_sheet = time.monotonic()
        self.save()
        if not self.rank:
            save_whole({name: value.half() for name, value in self.patches.state_dict().items()}, self.out / "D.pt")
            self.report(self.look())

    def look(self) -> dict[str, float]:
        return self.watch.sheet(self.ema, self.step, self.sliders.place if self.sliders else None)

    def report(self, values: dict[str, float]) -> None:
        row = {"step": self.step, "minutes": round(self.elapsed / 60, 2)} | {k: round(v, 5) for k, v in values.items()}
        self.watch.report(row | {"kl_weight": round(self.controller.weight, 7)}, self.progress)

    def agree(self, seconds: float) -> float:
        """The clock of the first process, so that all change phase and stop at the same step."""
        if self.world == 1:
            return seconds
        clock = torch.tensor([seconds], dtype=torch.float64, device=self.device)
        dist.broadcast(clock, 0)
        return clock.item()


def dist_info() -> tuple[int, int]:
    """Rank and number of processes; starts the process group under torchrun."""
    if "RANK" not in os.environ:
        return 0, 1
    if not dist.is_initialized():
        dist.init_process_group("nccl" if torch.cuda.is_available() else "gloo")
    return dist.get_rank(), dist.get_world_size()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--warm", type=Path, help="a checkpoint (its averaged weights) or a folder of shipped weights")
    parser.add_argument("--loss-network", type=Path, help="weights of P (percept.py)")
    parser.add_argument("--discriminator", type=Path, help="D.pt of another run: a new one costs sharpness until it has caught up")
    parser.add_argument("--sliders", type=Path, help="weights folder with this encoder: train on its edits once the encoder is fixed")
    parser.add_argument("--classifier", type=Path, help="weights of the classifier of edits (percept.py --radius), with --sliders")
    parser.add_argument("--model", help="JSON of ModelConfig fields that differ")
    parser.add_argument("--stop-after", type=float, default=math.inf, help="minutes of this call")
    parser.add_argument("--sheet-minutes", type=float, default=5.0)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    defaults = TrainConfig()
    for name, value in asdict(defaults).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    config = TrainConfig(**{name: getattr(args, name) for name in asdict(defaults)})
    Run(args, config).fit(args.sheet_minutes, args.stop_after)
    if dist.is_initialized():
        dist.barrier()  # a process that leaves first tears the others down
        dist.destroy_process_group()


if __name__ == "__main__":
    main()
