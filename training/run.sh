#!/usr/bin/env bash
# The recipes of training/README.md, one word each. Two processes of one thread are faster here than one of two.
set -euo pipefail
cd "$(dirname "$0")/.."
shared="${SIDEMARK_SHARED:-../shared}/data/radiographs"
work="${SIDEMARK_WORK:-.training}"
open_sites=nih_clinical_center,hannover_mhh,kermany_guangzhou
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"

sidemark() { node apps/cli/bin/sidemark.mjs "$@"; }
script() { node --import tsx "$@"; }
python() { "$work/python/bin/python" -W ignore -m "$@"; }

setup() {
  [ -d node_modules ] || node scripts/bootstrap.mjs
  [ -x "$work/python/bin/python" ] || training/setup.sh
}

films() {
  sidemark phantom make training/profiles/wide.json --out "$work/wide" --truth
  sidemark phantom mark training/profiles/wide.json --films "$shared" --markers "$shared/markers.json" \
    --sites "$open_sites" --copies 6 --out "$work/marked"
}

phantom_detector() {
  [ -f "$work/detector-phantom.pt" ] ||
    python training.detector.train --films "$work/wide" --side 384 --steps 1200 --out "$work/detector-phantom.pt"
}

# detector NAME SITES STEPS RATE START: real backgrounds of the given sites join the phantoms
train_detector() {
  python training.detector.train --films "$work/wide" "$work/marked:$2" --shares 0.2 0.8 --side 384 --steps "$3" \
    --rate "$4" --start "$work/$5.pt" --out "$work/$1.pt"
}

export_detector() {
  python training.detector.export "$work/$1.pt" --out "$work/$1.onnx"
}

detector() {
  phantom_detector
  train_detector detector "$open_sites" 4200 1.8e-3 detector-phantom
  export_detector detector
  script scripts/models/seal.ts "$work/detector.onnx" training/drafts/marker-detector.json models
}

hold_out() {
  local site rest
  phantom_detector
  for site in ${open_sites//,/ }; do
    rest=$(tr ',' '\n' <<<"$open_sites" | grep -v "^$site$" | paste -sd,)
    train_detector "without-$site" "$rest" 1000 1.8e-3 detector-phantom
    export_detector "without-$site"
    script scripts/models/seal.ts "$work/without-$site.onnx" training/drafts/marker-detector.json "$work/without-$site"
    script scripts/eval/detector.ts "$shared" --site "$site" --model "$work/without-$site/marker-detector" --json \
      >"models/figures/detector-without-$site.json"
  done
}

# inpainter NAME START STEPS RATE SEED: as many patches of real films as of phantoms
train_inpainter() {
  python training.inpainter.train --films "$work/wide" "$work/marked" --shares 0.5 0.5 --start "$work/$2.pt" --alone 0 \
    --steps "$3" --rate "$4" --seed "$5" --out "$work/$1.pt"
}

inpainter() {
  python training.inpainter.train --films "$work/wide" "$work/marked" --steps 2200 --out "$work/inpainter-first.pt"
  train_inpainter inpainter-second inpainter-first 900 6e-4 2
  train_inpainter inpainter inpainter-second 480 5e-4 3
  python training.inpainter.export "$work/inpainter.pt" --out "$work/inpainter.onnx"
  script scripts/models/seal.ts "$work/inpainter.onnx" training/drafts/marker-inpainter.json models
}

classifiers() {
  sidemark phantom make training/profiles/internal.json --out "$work/internal" --truth
  script scripts/models/arms.ts "$work/internal" "$work/arms/internal"
  python training.classifiers.train --arms "$work/arms/internal" --out "$work/classifiers" --seeds 1 3 --folds 1 2 3 4 5 &
  python training.classifiers.train --arms "$work/arms/internal" --out "$work/classifiers" --seeds 2 4 5
  wait
  script scripts/models/seal-classifiers.ts "$work/classifiers" models
}

# what the cards say, measured on the shipped models
figures() {
  local site
  sidemark phantom make training/profiles/wide.json --films 200 --seed evaluation --out "$work/evaluation" --truth
  script scripts/eval/detector.ts "$work/evaluation" --json >models/figures/detector-phantoms.json
  script scripts/eval/detector.ts "$shared" --json >models/figures/detector-hospitals.json
  script scripts/eval/inpainter.ts "$work/evaluation" --json >models/figures/inpainter.json
  script scripts/eval/inpainter.ts "$shared" --sites "$open_sites" --films 400 --sheet models/figures/inpainter-real.png
  for site in harbour hillside riverside; do
    sidemark phantom make "libs/phantom/sites/$site.json" --films 250 --seed evaluation --out "$work/$site" --truth
    script scripts/models/arms.ts "$work/$site" "$work/arms/$site"
  done
  script scripts/eval/classifiers.ts "$work/arms/harbour" "$work/arms/hillside" "$work/arms/riverside" --json \
    >models/figures/classifiers.json
  script scripts/models/collect-times.ts "$work"
  script scripts/models/index.ts
  script scripts/models/cards.ts
}

# the detectors beside the inpainter: neither needs the other, and each keeps one core busy
all() {
  films
  (
    detector
    hold_out
  ) &
  local detectors=$!
  inpainter
  wait "$detectors"
  classifiers
  figures
}

case "${1:-}" in
films | detector | inpainter | classifiers | hold-out | figures | all)
  setup
  "${1/-/_}"
  ;;
*)
  echo "usage: training/run.sh films|detector|inpainter|classifiers|hold-out|figures|all" >&2
  exit 2
  ;;
esac
