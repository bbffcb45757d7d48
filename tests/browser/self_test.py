"""The expectations must be able to fail."""

import os
import unittest

from support.report import Report

from .look import SCREENS, Watched, expect, expect_keyboard

# {what is wrong: (the page, the part of the report that must say so)}
WRONG = {
    "grey on white": ("<p style='color:#999'>1</p>", "contrast"),
    "transparent text": ("<p style='color:rgb(0 0 0 / 40%)'>1</p>", "contrast"),
    "opacity of an ancestor": ("<div style='opacity:.4'><p>1</p></div>", "contrast"),
    "a transparent background": ("<p style='background:rgb(0 0 0 / 60%);color:#000'>1</p>", "contrast"),
    "white on a light ancestor": ("<div style='background:#eee'><b style='color:#fff'>1</b></div>", "contrast"),
    "a gradient": ("<p style='background:linear-gradient(#fff,#000)'>1</p>", "contrast"),
    "a pseudo-element": ("<style>p::before{content:'1';color:#aaa}</style><p></p><p>2</p>", "contrast"),
    "a placeholder": ("<style>::placeholder{color:#bbb}</style><input placeholder=1>2", "contrast"),
    "a wide element": ("<div style='width:800px'>1</div>", "scroll sideways"),
    "a long word": (f"<p>{'x' * 400}</p>", "scroll sideways"),
    "a picture that is not there": ("<img src='/none.png' alt='1'>1", "every picture"),
    "an error": ("<script>none()</script>1", "no complaint"),
    "a refused script": (
        "<meta http-equiv=content-security-policy content=\"script-src 'none'\"><script>1</script>1",
        "no complaint",
    ),
}

RIGHT = """
    <p>1</p><p style="background:#000;color:#fff">2</p><p style="color:#6f6f6f">3</p>
    <div style="background:#000"><p style="background:#fff;color:#000">4</p></div>
    <div style="background:linear-gradient(#fff,#000)"><p style="background:#fff">5</p></div>
    <div style="opacity:.9">6</div><div style="overflow:auto"><div style="width:900px">7</div></div>
    <p style="display:none;color:#fff">8</p>
"""

# {what is wrong: the page for the keyboard}
WRONG_KEYS = {
    "a control out of reach": "<a href=/>1</a><button tabindex=-1>2</button>",
    "another order": "<a href=/ tabindex=2>1</a><a href=/ tabindex=1>2</a>",
    "a focus that nobody sees": "<style>:focus{outline:none}</style><a href=/>1</a>",
}


PAGE = "http://page.example/"


class Expectations(unittest.TestCase):
    """`browser` is set by the run."""

    browser = None

    def failed(self, html, check, *arguments):
        """Returns the statements that do not hold for a page."""
        with open(os.devnull, "w") as nowhere, Watched(self.browser, SCREENS[0]) as watched:
            report = Report(out=nowhere)

            def answer(route):
                status = 200 if route.request.url == PAGE else 404
                route.fulfill(status=status, content_type="text/html", body=html)

            watched.page.route("**/*", answer)
            watched.page.goto(PAGE, wait_until="networkidle")
            check(report, watched, "page", *arguments)
        return report.failed

    def test_what_is_wrong_is_seen(self):
        for what, (html, part) in WRONG.items():
            with self.subTest(what):
                failed = self.failed(html, expect, [])
                self.assertTrue(any(part in statement for statement in failed), failed)

    def test_a_missing_text_is_seen(self):
        failed = self.failed("<p>1</p>", expect, ["2"])
        self.assertEqual(len(failed), 1)

    def test_what_is_right_passes(self):
        html = f"<!doctype html><meta name=viewport content='width=device-width'>{RIGHT}"
        self.assertEqual(self.failed(html, expect, ["1"]), [])

    def test_keyboards_that_get_lost_are_seen(self):
        for what, html in WRONG_KEYS.items():
            with self.subTest(what):
                self.assertEqual(len(self.failed(html, expect_keyboard)), 1)
        html = "<a href=/>1</a><button>2</button><iframe srcdoc='<a href=/>3</a>'></iframe>"
        self.assertEqual(self.failed(html, expect_keyboard), [])


def passes(browser):
    """Runs the tests in this browser."""
    Expectations.browser = browser
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(Expectations)
    return unittest.TextTestRunner().run(suite).wasSuccessful()
