#!/usr/bin/env bash
# Runs the plugin on two hosts of wasmCloud joined by NATS: README.md beside this file. Ends with 77 if a program is
# missing that it can't install.
set -euo pipefail
engines=$(cd "$(dirname "$0")" && pwd)
# `support` is a folder above.
export PYTHONPATH=$engines:$engines/..
exec python3 -m wasmcloud "$@"
