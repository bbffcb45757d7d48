"""The preview of one long article, in every theme that is built in, and of a stranger's."""

import contextlib
import shutil
import subprocess
from pathlib import Path

from support import install

from . import harm
from .look import SCREENS, Watched, expect, expect_keyboard

THEMES = install.ROOT / "components" / "article" / "themes"

# What stands in the article in every theme.
TEXTS = ["一、为什么要先预览", "先预览，再发布", "更深一层", "println!", "draft.add", "图一", "这是一条警告", "脚注的内容"]

# The line that says where the page is.
LISTENING = "preview: "


@contextlib.contextmanager
def preview(program, article: Path, language):
    """Runs the preview of an article, and returns its address."""
    command = [program, "--lang", language, "preview", article]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        first = process.stdout.readline().strip()
        if not first.startswith(LISTENING):
            raise RuntimeError(f"the preview did not start: {first!r}")
        yield first.removeprefix(LISTENING)
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def copied(folder: Path):
    """Copies the long article with its picture, and returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(install.ROOT / "host-test" / "fixtures" / "photo-1.jpg", folder)
    return shutil.copy(Path(__file__).with_name("article.md"), folder)


def run(report, browser, program, folder, pictures):
    """Looks at every theme on every screen. What the page says itself is looked at in both languages."""
    themes = sorted(path.stem for path in THEMES.glob("*.toml"))
    report.check("four themes are built in", len(themes) == 4, themes)
    for language, shown in [("zh", themes), ("en", themes[:1])]:
        with preview(program, copied(folder / f"preview-{language}"), language) as address:
            for theme in shown:
                report.title(f"The preview: {theme}, {language}")
                for screen in SCREENS:
                    name = f"preview-{theme}-{language}-{screen.name}"
                    _look(report, browser, f"{address}?theme={theme}", name, screen, language, pictures)
    report.title("The preview: a stranger's article")
    _strangers(report, browser, program, folder)


def _look(report, browser, address, name, screen, language, pictures):
    with Watched(browser, screen, language) as watched:
        page = watched.page
        page.goto(address)
        # A phone, a desktop, and dark mode. An article that can't be shown has none.
        report.equal(f"{name}: the frames of the article", len(page.frames) - 1, 3)
        expect(report, watched, name, ["从 Markdown 到公众号"], TEXTS)
        page.screenshot(path=pictures / f"{name}.png", full_page=True)
        if screen.scheme == "light":
            expect_keyboard(report, watched, name)
        if language == "zh" and screen == SCREENS[0]:
            for frame in page.frames[1:]:
                _whole(browser, frame.url, pictures / f"{name}-{page.frames.index(frame)}.png")


def _whole(browser, address, path):
    """Takes a picture of the whole article of a frame, on a phone."""
    with Watched(browser, SCREENS[0]) as watched:
        watched.page.goto(address)
        watched.page.screenshot(path=path, full_page=True)


def _strangers(report, browser, program, folder):
    """Shows HTML, which no renderer makes clean: the sandbox and the policies alone must stop it."""
    article = folder / "stranger.html"
    article.write_text(f"<p>1</p>{harm.HARM}")
    with preview(program, article, "en") as address:
        # Without the page around it, the sandbox of the frame's element is not there to help.
        for name, url in [("on the page", address), ("in its frame alone", f"{address}article")]:
            for is_guarded in [True, False]:
                _stranger(report, browser, name, address, url, is_guarded)


def _stranger(report, browser, name, address, url, is_guarded):
    with Watched(browser, SCREENS[0]) as watched:
        page = watched.page
        asked = harm.watch(page)

        def unguarded(route):
            reply = route.fetch()
            headers = {key: value for key, value in reply.headers.items() if key != "content-security-policy"}
            route.fulfill(response=reply, headers=headers, body=reply.text().replace(' sandbox=""', ""))

        if not is_guarded:
            page.route(address, unguarded)
            page.route("**/article*", unguarded)
        page.goto(url)
        if is_guarded:
            page.wait_for_timeout(harm.PAUSE)
            harm.click(page, page.frame(url="**/article*"))
            report.equal(f"{name} nothing of it runs or is fetched", asked, [])
        else:
            # The same without them, to see that this check can fail.
            report.check(f"{name} it would without sandbox and policies", harm.wait(page, asked), asked)
