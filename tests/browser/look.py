"""What is expected of a page on every screen, and its picture."""

from dataclasses import dataclass
from pathlib import Path

# WCAG 2.2, 1.4.3, for text of every size.
CONTRAST = 4.5
CONTRAST_SCRIPT = Path(__file__).with_name("contrast.js").read_text()

# Milliseconds for the focus to come from one process of the browser to another. Too few make the check fail.
HANDOVER = 1000

# More than any page has controls.
TABS = 400

# Addresses of pictures that are not there.
BROKEN = "() => [...document.images].filter((img) => img.complete && !img.naturalWidth).map((img) => img.src)"

# What the Tab key reaches, in the order of the document.
CONTROLS = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, iframe, [tabindex="0"]')]
  .filter((element) => element.checkVisibility()).length"""

# The number of the control that has the focus, -1 for none, and if its focus is visible. Inside a frame the document
# there shows it.
FOCUSED = """() => {
  const controls = [...document.querySelectorAll(
      'a[href], button, input:not([type=hidden]), select, textarea, iframe, [tabindex="0"]')]
    .filter((element) => element.checkVisibility());
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const isVisible = element.localName === 'iframe' || (style.outlineStyle !== 'none' && style.outlineWidth !== '0px');
  return [controls.indexOf(element), isVisible, element.localName + ' ' + element.textContent.trim().slice(0, 30)];
}"""


@dataclass(frozen=True)
class Screen:
    """A screen and its settings."""

    name: str
    width: int
    height: int
    scheme: str


SCREENS = [
    Screen("phone-light", 375, 812, "light"),
    Screen("phone-dark", 375, 812, "dark"),
    Screen("desktop-light", 1280, 900, "light"),
    Screen("desktop-dark", 1280, 900, "dark"),
]


class Watched:
    """A page whose complaints are collected: errors, and what its policy has refused."""

    def __init__(self, browser, screen, language="en"):
        self.context = browser.new_context(
            viewport={"width": screen.width, "height": screen.height},
            color_scheme=screen.scheme,
            locale={"en": "en-GB", "zh": "zh-CN"}[language],
        )
        self.page = self.context.new_page()
        self.complaints = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", lambda request: self.complaints.append(f"{request.url}: {request.failure}"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


def expect(report, watched, name, texts, frames=()):
    """Checks the page that is open. `frames` are texts that stand in the frame."""
    page = watched.page
    text = page.inner_text("body")
    report.equal(f"{name}: every text is there", [part for part in texts if part not in text], [])
    for frame in page.frames:
        place = name if frame is page.main_frame else f"{name}, frame"
        if frame is not page.main_frame:
            inner = frame.inner_text("body")
            report.equal(f"{place}: every text is there", [part for part in frames if part not in inner], [])
        widths = frame.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
        report.check(f"{place}: nothing to scroll sideways", widths[0] <= widths[1], widths)
        found = frame.evaluate(CONTRAST_SCRIPT, CONTRAST)
        report.equal(f"{place}: contrast of {found['seen']} texts", found["problems"][:5], [])
        report.check(f"{place}: there are texts", found["seen"] > 0)
        report.equal(f"{place}: every picture is there", frame.evaluate(BROKEN), [])
    report.equal(f"{name}: no complaint", watched.complaints[:5], [])


def expect_keyboard(report, watched, name):
    """Goes through the page with the Tab key: it reaches every control, in order, and shows where it is."""
    page = watched.page
    count = page.evaluate(CONTROLS)
    reached, hidden = [], []
    for _ in range(TABS):
        page.keyboard.press("Tab")
        number, is_visible, what = page.evaluate(FOCUSED)
        if number == -1 and len(reached) < count:
            # A frame is a process of its own, and the focus is a moment between the two.
            page.wait_for_timeout(HANDOVER)
            number, is_visible, what = page.evaluate(FOCUSED)
        if number == -1 or (reached and number == 0):
            break
        if not reached or reached[-1] != number:
            reached.append(number)
        if not is_visible:
            hidden.append(what)
    report.equal(f"{name}: Tab reaches every control in order", reached, list(range(count)))
    report.equal(f"{name}: the focus is visible", hidden, [])
