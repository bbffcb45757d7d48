"""A client of one workload on one host."""

import http.client
from dataclasses import dataclass

# A call of the plugin ends by itself after 120 s, and here it takes milliseconds.
TIMEOUT = 30


@dataclass
class Answer:
    """What came of a call: `ok`, the kind of the plugin's error, `http-STATUS`, or one of the two below."""

    kind: str
    value: object = None
    text: str = ""

    # Nobody listens, so nothing was sent.
    NOT_SENT = "not-sent"
    # The request may have been executed.
    NO_ANSWER = "no-answer"

    @property
    def is_ok(self):
        return self.kind == "ok"


class Client:
    """Keeps one connection, and never sends a request twice."""

    def __init__(self, port, host_name):
        self._port = port
        self._host_name = host_name
        self._connection = None

    def request(self, method, path, body=None, headers=None):
        """Returns (status, body). In place of a status stands `NOT_SENT` or `NO_ANSWER` if there was no answer."""
        try:
            if self._connection is None:
                self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=TIMEOUT)
            self._connection.request(method, path, body, {"Host": self._host_name, **(headers or {})})
            with self._connection.getresponse() as response:
                status, text = response.status, response.read().decode(errors="replace")
            if status == 404:
                # The host closes the connection after it, without a word.
                self.close()
            return status, text
        except ConnectionRefusedError as error:
            self.close()
            return Answer.NOT_SENT, repr(error)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            return Answer.NO_ANSWER, repr(error)

    def close(self):
        if self._connection:
            self._connection.close()
        self._connection = None
