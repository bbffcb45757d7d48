"""Installs what is needed, and goes on in the Python that has the NATS client."""

import os
import sys

from . import tools

python = tools.make_ready()
os.execv(python, [python, "-m", "wasmcloud.run", *sys.argv[1:]])
