#!/usr/bin/env bash
# The recipes of training/README.md, one word each. Two processes of one thread are faster here than one of two.
set -euo pipefail
cd "$(dirname "$0")/.."
shared="${SIDEMARK_SHARED:-../shared}/data/radiographs"
work="${SIDEMARK_WORK:-.training}"
open_sites=nih_clinical_center,hannover_mhh,kermany_guangzhou
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"
sidemark() { node apps/cli/bin/sidemark.mjs "$@"; }
python() { /usr/bin/python3 -W ignore -m "$@"; }

films() {
  sidemark phantom make training/profiles/wide.json --out "$work/wide" --truth
  sidemark phantom mark training/profiles/wide.json --films "$shared" --markers "$shared/markers.json" \
    --sites "$open_sites" --copies 3 --out "$work/marked"
}

# detector NAME SITES: phantoms first, then real backgrounds of the given sites join
train_detector() {
  [ -f "$work/detector-phantom.pt" ] ||
    python training.detector.train --films "$work/wide" --steps 1200 --out "$work/detector-phantom.pt"
  python training.detector.train --films "$work/wide" "$work/marked:$2" --shares 0.35 0.65 --steps 1200 \
    --rate 1e-3 --start "$work/detector-phantom.pt" --out "$work/$1.pt"
  python training.detector.export "$work/$1.pt" --out "$work/$1.onnx"
}

detector() {
  train_detector detector "$open_sites"
  node --import tsx scripts/models/seal.ts "$work/detector.onnx" training/drafts/marker-detector.json models
}

hold_out() {
  local site rest
  for site in ${open_sites//,/ }; do
    rest=$(tr ',' '\n' <<<"$open_sites" | grep -v "^$site$" | paste -sd,)
    train_detector "without-$site" "$rest"
    node --import tsx scripts/models/seal.ts "$work/without-$site.onnx" training/drafts/marker-detector.json \
      "$work/without-$site"
    node --import tsx scripts/eval/detector.ts "$shared" --site "$site" --model "$work/without-$site/marker-detector" \
      --json >"$work/without-$site.figures.json"
  done
}

inpainter() {
  python training.inpainter.train --films "$work/wide" "$work/marked" --out "$work/inpainter.pt"
  python training.inpainter.export "$work/inpainter.pt" --out "$work/inpainter.onnx"
  node --import tsx scripts/models/seal.ts "$work/inpainter.onnx" training/drafts/marker-inpainter.json models
}

classifiers() {
  sidemark phantom make training/profiles/internal.json --out "$work/internal" --truth
  node --import tsx scripts/models/arms.ts "$work/internal" "$work/arms"
  python training.classifiers.train --arms "$work/arms" --out "$work/classifiers" --seeds 1 3 5 --folds &
  python training.classifiers.train --arms "$work/arms" --out "$work/classifiers" --seeds 2 4
  wait
}

case "${1:-}" in
films | detector | inpainter | classifiers) "$1" ;;
hold-out) hold_out ;;
*)
  echo "usage: training/run.sh films|detector|inpainter|classifiers|hold-out" >&2
  exit 2
  ;;
esac
