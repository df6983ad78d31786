#!/usr/bin/env bash
# From prepared data to weights with their scoreboard, in about so many minutes; run it again to go on where it stopped.
#
#   bash recipe.sh DATA OUT [MINUTES = 150] [more options of train.py]
#
# OUT/weights is a folder as it ships, without the networks that find faces. The GPU is used where there is one.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")"
data=$(realpath "$1"); mkdir -p "$2"; out=$(realpath "$2"); minutes=${3:-150}; shift $(( $# < 3 ? $# : 3 ))
part() { awk -v m="$minutes" -v share="$1" 'BEGIN { print m * share }'; }
once() { [ -e "$1" ] || "${@:2}"; }
trained() { python train.py --data "$data" --out "$out/run" --loss-network "$out/P.pt" --kl 240 "$@"; }
exported() { python export.py --checkpoint "$out/run/last.pt" --data "$data" --classifier "$out/robust.pt" --out "$1"; }

once "$out/P.pt" python percept.py --data "$data" --out "$out/P.pt" --minutes "$(part 0.06)"
once "$out/robust.pt" python percept.py --data "$data" --out "$out/robust.pt" --warm "$out/P.pt" --radius 3 --rate 1e-3 --minutes "$(part 0.1)"
if [ ! -e "$out/sliders" ]; then
  trained --minutes "$(part 0.3)" "$@"
  exported "$out/sliders.tmp" && mv "$out/sliders.tmp" "$out/sliders"
fi
trained --minutes "$(part 0.6)" --sliders "$out/sliders" --classifier "$out/robust.pt" "$@"
exported "$out/weights"
python quantize.py --weights "$out/weights" --data "$data"
once "$out/judges/I.pt" python judge.py --data "$data" --out "$out/judges" --minutes "$(part 0.12)"
python evaluate.py --weights "$out/weights" --data "$data" --judges "$out/judges"
