"""The pages of the simulator, in both languages, on every screen."""

from . import harm
from .look import SCREENS, Watched, expect, expect_keyboard
from .stage import ARTICLE_TEXTS, HARMFUL, Stage

# {page: path and what stands there, in English and in Chinese}
PAGES = {
    "overview": ("/", ["Quota used today", "Permanent material"], ["今日接口调用量", "永久素材"]),
    "accounts": ("/__pages/accounts", ["Accounts", "wx0123456789abcdef"], ["账号列表", "wx0123456789abcdef"]),
    "material": ("/__pages/material", ["photo-1.jpg", "Voice"], ["photo-1.jpg", "语音"]),
    "article-images": ("/__pages/article-images", ["http://mmbiz.qpic.cn/"], ["http://mmbiz.qpic.cn/"]),
    "media": ("/__pages/media", ["article.png", "usable"], ["article.png", "有效"]),
    "drafts": ("/__pages/drafts", [HARMFUL, "Cover"], [HARMFUL, "封面"]),
    "publications": ("/__pages/publications", ["published", "第二篇"], ["已发布", "第二篇"]),
    "requests": ("/__pages/requests", ["lost-reply", "invalid media_id"], ["lost-reply", "invalid media_id"]),
    "faults": ("/__pages/faults", ["Faults that wait", "Let pass first"], ["等待触发的故障", "先放行次数"]),
    "open": ("/__pages/open?url=x", ["This is no link"], ["这不是文章链接"]),
    "none": ("/s/none", ["No such article"], ["找不到文章"]),
}

# What the articles of these pages lose.
DROPPED = (["Dropped by WeChat's filter", "position:relative"], ["被微信过滤的内容", "position:relative"])


def pages(stage):
    """Returns every page: (name, path, English texts, Chinese texts, texts of the frame)."""
    found = [(name, *page, ()) for name, page in PAGES.items()]
    for name, path in [("article", stage.published), ("draft", stage.preview)]:
        separator = "&" if "?" in path else "?"
        found.append((name, path, *DROPPED, [*ARTICLE_TEXTS, "script"]))
        found.append((f"{name}-readers", f"{path}{separator}readers=1", *DROPPED, ARTICLE_TEXTS))
    return found


def run(report, browser, program, folder, pictures):
    """Looks at every page."""
    stage = Stage(program, folder)
    try:
        for name, path, english, chinese, frame in pages(stage):
            report.title(f"The simulator: {name}")
            for language, texts in [("en", english), ("zh", chinese)]:
                for screen in SCREENS:
                    _look(report, browser, stage, f"{name}-{language}-{screen.name}", path, texts, frame, pictures)
        report.title("The simulator: faults by a click")
        _faults(report, browser, stage)
        report.title("The simulator: a stranger's article")
        _strangers(report, browser, stage)
        report.equal("no script of an article was run", [p for p in stage.requests() if "canary" in p], [])
    finally:
        stage.stop()


def _look(report, browser, stage, name, path, texts, frame, pictures):
    language = name.rsplit("-", 3)[1]
    [screen] = [screen for screen in SCREENS if name.endswith(screen.name)]
    with Watched(browser, screen, language) as watched:
        watched.page.goto(stage.base + path)
        # A page that is not there says so by its status, which browsers complain of.
        watched.complaints = [text for text in watched.complaints if "status of 404" not in text or name[:4] != "none"]
        expect(report, watched, name, texts, frame)
        watched.page.screenshot(path=pictures / f"simulator-{name}.png", full_page=True)
        if screen.scheme == "light":
            expect_keyboard(report, watched, name)


def _faults(report, browser, stage):
    """Lays a fault out by the keyboard alone, and takes it away."""
    with Watched(browser, SCREENS[0]) as watched:
        page = watched.page
        page.goto(f"{stage.base}/__pages/faults")
        before = page.get_by_role("button", name="Remove").count()
        page.get_by_label("For requests to").select_option("/cgi-bin/draft/update")
        page.get_by_label("Fault", exact=True).select_option("title-cut")
        page.get_by_label("Times").fill("7")
        page.keyboard.press("Enter")
        button = page.get_by_role("button", name="Remove title-cut")
        button.wait_for()
        report.equal("it waits", page.get_by_role("button", name="Remove").count(), before + 1)
        button.focus()
        page.keyboard.press("Space")
        page.wait_for_function("count => document.querySelectorAll('button.quiet').length === count", arg=before)
        report.equal("it is gone", page.get_by_role("button", name="Remove title-cut").count(), 0)
        report.equal("no complaint", watched.complaints, [])


def _strangers(report, browser, stage):
    """Puts what the filter would have dropped into the frame all the same: its policy alone must stop it."""
    for has_policy in [True, False]:
        with Watched(browser, SCREENS[0]) as watched:
            page = watched.page
            asked = harm.watch(page)

            def spoiled(route):
                reply = route.fetch()
                headers = dict(reply.headers)
                if not has_policy:
                    headers.pop("content-security-policy")
                route.fulfill(response=reply, headers=headers, body=reply.text() + harm.HARM)

            page.route("**/__pages/frame*", spoiled)
            # Without the page around it: the sandbox of the frame's element is not there to help.
            page.goto(f"{stage.base}{stage.published}")
            address = page.locator("iframe").get_attribute("src")
            page.goto(stage.base + address, wait_until="networkidle")
            if has_policy:
                harm.click(page, page)
                report.equal("with its policy nothing of it runs or is fetched", asked, [])
            else:
                # The same without it, to see that this test can fail.
                report.check("without a policy it would", harm.wait(page, asked), asked)
