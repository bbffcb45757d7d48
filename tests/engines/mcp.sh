#!/usr/bin/env bash
# Lets the official client of the Model Context Protocol make an article by `wechat-oa mcp`: README.md beside this file.
set -euo pipefail
engines=$(cd "$(dirname "$0")" && pwd)
# `support` is a folder above.
export PYTHONPATH=$engines:$engines/..
exec python3 -m mcp "$@"
