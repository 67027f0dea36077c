#!/usr/bin/env bash
# What the recipes run on: Python 3.11 or newer with the pinned packages, in a folder of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
work="${SIDEMARK_WORK:-.training}"
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet -r training/requirements.txt
