"""What a stranger may write into an article. A script of it asks for `/canary-…`, and so does what it fetches."""

HARM = (
    "<script>fetch('/canary-script')</script><img src=/x onerror=\"fetch('/canary-onerror')\">"
    "<svg onload=\"fetch('/canary-onload')\"></svg><iframe src=/canary-frame></iframe>"
    "<form action=/canary-form id=f><button>1</button></form><link rel=stylesheet href=/canary-style>"
)

# What it asks for without being clicked, if nothing stops it.
ASKED = {"canary-script", "canary-onerror", "canary-onload", "canary-frame"}

# Milliseconds in which a request begins, after the page was loaded or clicked.
PAUSE = 200

# In this many pauses all requests begin, on a busy machine, too.
PAUSES = 50


def watch(page):
    """Answers the requests of harm in place of the server, and returns the list in which they are noted."""
    asked = []

    def canary(route):
        asked.append(route.request.url.rsplit("/", 1)[1])
        route.fulfill(body="")

    page.route("**/canary*", canary)
    return asked


def wait(page, asked):
    """Waits until everything was asked for, if nothing stops it. Returns whether it was."""
    for _ in range(PAUSES):
        if ASKED <= set(asked):
            return True
        page.wait_for_timeout(PAUSE)
    return False


def click(page, frame):
    """Sends the form of harm."""
    frame.locator("#f button").click()
    page.wait_for_timeout(PAUSE)
