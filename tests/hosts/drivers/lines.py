"""The line protocol of the drivers, for Python. The README has its form."""

import json
import sys
import traceback
from pathlib import Path


def serve(versions, perform):
    """Answers each request on stdin with the result of `perform`, one after the other."""
    _answer({"versions": versions})
    for line in sys.stdin:
        request = json.loads(line)
        _answer({**perform(request), "id": request["id"]})


def _answer(reply):
    sys.stdout.write(json.dumps(reply) + "\n")
    sys.stdout.flush()


def shown(*objects):
    """Returns objects in every form in which a program may print them."""
    forms = []
    for value in objects:
        forms += [repr(value), str(value), repr(getattr(value, "__dict__", None))]
        if isinstance(value, BaseException):
            forms += traceback.format_exception(value)
            forms += _locals(value)
    return "\n".join(forms)


def _locals(error):
    """Returns the local variables of a package's functions, as error trackers show them; not those of the driver."""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if Path(frame.f_code.co_filename).parent != Path(__file__).parent:
            yield repr(frame.f_locals)
