"""What may be handed over as a file."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Union

from ._types import File

# Bytes, the path of a file, or bytes with a name.
FileInput = Union[bytes, bytearray, memoryview, str, "os.PathLike[str]", File]

# Files under their own names, or a mapping from names to files.
Attachments = Union[Sequence[Union[str, "os.PathLike[str]", File]], Mapping[str, FileInput]]
