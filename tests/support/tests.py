"""What the scripts share must be able to fail. Those that use it begin with these tests."""

import base64
import tempfile
import unittest
from pathlib import Path

from . import canary
from .generated import Part, difference
from .simulator import APP_SECRET, OWN_DIGITS, credentials


class Canaries(unittest.TestCase):
    def found(self, text):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "stderr").write_bytes(b"before " + text + b" behind")
            return set(canary.found_in(Path(folder)))

    def test_secrets_are_found_in_every_form(self):
        secret = APP_SECRET.encode()
        for form in [
            secret,
            secret.upper(),
            secret.hex().encode(),
            b"<Buffer " + secret.hex(" ").encode() + b">",
            str(list(secret)).encode(),
            str(list(secret)).replace(" ", "").encode(),
            *(base64.b64encode(b"x" * shift + secret + b"yz") for shift in range(3)),
        ]:
            self.assertIn("the secret", self.found(form), form)
        self.assertEqual(self.found(b"path=/cgi-bin/draft/add?access_token=12_SimulatedToken34"), {"a token"})

    def test_secrets_of_every_account_are_found(self):
        app_id, secret = credentials(999)
        self.assertEqual(self.found(f"{app_id} {secret}".encode()), {"the app id", "the secret"})

    def test_further_texts_are_searched_for(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "stderr").write_bytes(base64.b64encode(b"a BEARER-of-nobody z"))
            found = canary.found_in(Path(folder), {"the bearer": "BEARER-of-nobody"})
            self.assertEqual(set(found), {"the bearer"})

    def test_other_texts_are_none(self):
        self.assertEqual(self.found(APP_SECRET[: -OWN_DIGITS - 1].encode() + b" [redacted]"), set())


class Generated(unittest.TestCase):
    PART = Part("table", "a script")

    def test_only_the_part_between_the_markers_is_replaced(self):
        old = f"# Title\n\nBefore.\n\n{self.PART.begin}\nold\n{self.PART.end}\n\nAfter.\n"
        new = self.PART.replaced(old, "new")
        self.assertEqual(new, old.replace("old", "new"))
        self.assertEqual(self.PART.replaced(new, "new"), new)
        self.assertIn("+new", difference(old, new, "as it should be"))

    def test_a_page_without_markers_gets_them(self):
        self.assertEqual(self.PART.replaced("# Title\n", "new").split("\n")[0], "# Title")
        self.assertIn(self.PART.begin, self.PART.replaced("# Title\n", "new"))
