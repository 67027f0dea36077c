#!/usr/bin/env bash
# What the recipes run on: the packages of Debian 12, whose versions the release pins (torch 1.13.1, onnx 1.12.0).
set -euo pipefail
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
  python3-torch python3-torchvision python3-onnx python3-pil python3-numpy python3-scipy
