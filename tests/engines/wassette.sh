#!/usr/bin/env bash
# Runs the tools for agents on Wassette: README.md beside this file.
set -euo pipefail
engines=$(cd "$(dirname "$0")" && pwd)
# `support` is a folder above.
export PYTHONPATH=$engines:$engines/..
exec python3 -m wassette "$@"
