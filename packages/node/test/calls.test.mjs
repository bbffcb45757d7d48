import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { WeChat, WeChatError } from "wechat-official-account";
import { APP_ID, Simulator, jpeg, news } from "./simulator.mjs";

let simulator, wechat, account;
before(async () => {
    simulator = await Simulator.start();
    wechat = new WeChat({ allowedOrigins: [simulator.base] });
    account = await wechat.account(simulator.config({ publishPollMilliseconds: 50 }));
});
after(async () => {
    await wechat.close();
    await simulator.stop();
});

test("an article goes from a picture to a publication", async () => {
    const cover = await account.material.uploadImage({ name: "cover.jpg", bytes: jpeg() });
    const draft = await account.draft.add([news(cover.mediaId, { author: "A", coverCrops: [] })]);
    const stored = await account.draft.get(draft);
    assert.equal(stored.articles[0].title, "Hello");
    assert.equal(stored.articles[0].articleType, "news");
    assert.deepEqual(await wechat.draft.compare(news(cover.mediaId, { author: "A" }), stored.articles[0]), []);
    await account.draft.update(draft, 0, news(cover.mediaId, { title: "Again" }));
    assert.equal(await account.draft.count(), 1);
    const { totalCount, items } = await account.draft.list(0, 20, false);
    assert.deepEqual([totalCount, items.map(({ mediaId }) => mediaId)], [1, [draft]]);
    const { publishId } = await account.publish.submit(draft);
    const status = await account.publish.wait(publishId, 30);
    assert.equal(status.type, "published");
    assert.equal(status.urls.length, 1);
    assert.equal((await account.publish.get(status.articleId)).articles[0].title, "Again");
    assert.equal((await account.publish.status(publishId)).type, "published");
    assert.equal((await account.publish.list(0, 20, true)).totalCount, 1);
    await account.publish.delete(status.articleId, { type: "all" });
});

test("material and media come back as they went", async () => {
    const bytes = jpeg(300_000);
    const image = await account.material.uploadImage({ name: "a.jpg", bytes });
    const found = await account.material.get(image.mediaId);
    assert.equal(found.type, "file");
    assert.equal(found.mediaType, "image/jpeg");
    assert.deepEqual(Buffer.from(found.bytes), Buffer.from(bytes));
    assert.match(await account.material.uploadArticleImage({ name: "b.jpg", bytes: jpeg() }), /^https?:/);
    const thumb = await account.material.uploadThumb({ name: "c.jpg", bytes: jpeg() });
    assert.equal(typeof thumb, "string");
    assert.equal((await account.material.list("image", 0, 20)).items[0].mediaId, image.mediaId);
    assert.equal(typeof (await account.material.counts()).image, "number");
    await account.material.delete(image.mediaId);
    await assert.rejects(account.material.delete(image.mediaId), { kind: "not-found", errcode: 40007 });
    const media = await account.media.upload("image", { name: "d.jpg", bytes });
    const temporary = await account.media.get(media.mediaId);
    assert.deepEqual([temporary.type, temporary.bytes.length], ["file", bytes.length]);
});

test("a download of 10 MiB comes whole", async () => {
    const bytes = jpeg(10 * 1024 * 1024 - 1);
    const { mediaId } = await account.material.uploadImage({ name: "large.jpg", bytes });
    const found = await account.material.get(mediaId);
    assert.equal(Buffer.compare(found.bytes, bytes), 0);
});

test("the pictures of an article are uploaded, and each has its outcome", async () => {
    const html = '<p><img src="a.jpg"><img src="missing.jpg"><img src="bad.jpg"></p>';
    assert.deepEqual(await wechat.content.references(html), [
        { source: "a.jpg", alternatives: [], optional: false },
        { source: "missing.jpg", alternatives: [], optional: false },
        { source: "bad.jpg", alternatives: [], optional: false },
    ]);
    const files = [
        { name: "a.jpg", bytes: jpeg() },
        { name: "bad.jpg", bytes: new Uint8Array([1, 2, 3]) },
    ];
    const prepared = await account.content.prepare(html, files, true);
    const [first, second, third] = prepared.images.map(({ outcome }) => outcome);
    assert.equal(first.type, "uploaded");
    assert.ok(prepared.html.includes(first.url));
    assert.deepEqual(second, { type: "elsewhere" });
    assert.equal(third.type, "failed");
    assert.ok(third.error instanceof WeChatError);
    assert.equal(third.error.kind, "file-rejected");
    assert.equal(prepared.cover.type, "ok");
    assert.equal(typeof prepared.cover.value, "string");
});

test("articles are checked without an account, and fields have the names of JavaScript", async () => {
    const findings = await wechat.draft.check([news("")]);
    assert.ok(findings.some(({ severity, field }) => severity === "error" && field === "thumbMediaId"));
    assert.deepEqual(await account.draft.check([news("")]), findings);
    const pictures = { type: "pictures", title: "A", content: "B", imageMediaIds: [] };
    assert.ok((await wechat.draft.check([pictures])).some(({ field }) => field === "imageMediaIds"));
});

test("messages are in the account's language, or in the one of a check", async () => {
    const chinese = await wechat.account({ ...simulator.config(), language: "zh" });
    const message = async (checked) => (await checked).find(({ field }) => field === "title").message;
    const articles = [{ ...news("M"), title: "" }];
    assert.equal(await message(chinese.draft.check(articles)), "title 为空");
    assert.equal(await message(chinese.draft.check(articles, "en")), "title is empty");
    assert.equal(await message(account.draft.check(articles)), "title is empty");
    assert.equal(await message(wechat.draft.check(articles, "zh")), "title 为空");
    await assert.rejects(chinese.draft.get(""), { subject: "mediaId", message: /为空/ });
    await assert.rejects(wechat.draft.check(articles, "de"), { kind: "invalid-input", subject: "language" });
    const { mediaId } = await account.material.uploadImage({ name: "a.jpg", bytes: jpeg() });
    const { articles: [stored] } = await account.draft.get(await account.draft.add([news(mediaId)]));
    assert.match(await message(chinese.draft.compare(articles[0], stored)), /提交的是/);
    assert.match(await message(chinese.draft.compare(articles[0], stored, "en")), /was sent/);
    await chinese.close();
});

test("the account's own operations answer", async () => {
    assert.ok((await account.verify()) > 0);
    const token = await account.accessToken();
    assert.deepEqual(Object.keys(token).sort(), ["secondsLeft", "value"]);
    await account.forgetToken();
    const quota = await account.quota("/cgi-bin/draft/add");
    assert.equal(typeof quota.dailyLimit, "number");
    const error = await account.draft.get("unknown_id").catch((reason) => reason);
    const record = await account.explain(error.rid);
    assert.equal(typeof record.invokeTime, "number");
});

test("every result is JSON", async () => {
    const { mediaId } = await account.material.uploadImage({ name: "a.jpg", bytes: jpeg() });
    const draft = await account.draft.add([news(mediaId)]);
    const results = [
        await account.verify(),
        await account.quota("/cgi-bin/draft/add"),
        await account.material.counts(),
        await account.material.list("image", 0, 20),
        await account.draft.get(draft),
        await account.draft.list(0, 20, true),
        await account.draft.count(),
        await account.media.upload("image", { name: "a.jpg", bytes: jpeg() }),
        await account.publish.submit(draft),
        await account.publish.list(0, 20, false),
    ];
    for (const result of results) assert.deepEqual(JSON.parse(JSON.stringify(result)), result);
});

test("one worker has several accounts, and a wrong configuration is refused", async () => {
    const other = await wechat.account(simulator.config());
    assert.equal(typeof (await other.draft.count()), "number");
    await other.close();
    await assert.rejects(other.draft.count(), { kind: "closed" });
    assert.equal(typeof (await account.draft.count()), "number");
    const refused = (config, subject) => assert.rejects(wechat.account(config), { kind: "invalid-input", subject });
    await refused({ appId: "no id!", appSecret: "x" }, "appId");
    await refused({ appId: APP_ID }, "config.appSecret");
});

test("options of a call that are not known are refused, and nothing is made", async () => {
    const { mediaId } = await account.material.uploadImage({ name: "a.jpg", bytes: jpeg() });
    const { drafts } = await simulator.stored();
    const wrong = [
        [AbortSignal.abort(), "options"],
        [new AbortController().signal, "options"],
        [5, "options"],
        ["signal", "options"],
        [[], "options"],
        [{ sigal: AbortSignal.abort() }, "options.sigal"],
        [{ signal: new AbortController().signal, timeout: 5 }, "options.timeout"],
    ];
    for (const [options, subject] of wrong) {
        const error = { kind: "invalid-input", subject };
        await assert.rejects(account.draft.add([news(mediaId)], options), error);
        await assert.rejects(account.publish.wait("1", 0, options), error);
        await assert.rejects(wechat.content.references("<p>", options), error);
        await assert.rejects(wechat.account(simulator.config(), options), error);
    }
    assert.equal((await simulator.stored()).drafts, drafts);
    for (const options of [undefined, {}, { signal: undefined }, { signal: new AbortController().signal }]) {
        assert.equal(typeof (await account.draft.count(options)), "number");
    }
});

test("a subject that is a file's name is no field", async () => {
    for (const name of ["constructor", "__proto__", "media-id"]) {
        const file = { name, bytes: new Uint8Array([1, 2, 3]) };
        const error = await account.material.uploadImage(file).catch((reason) => reason);
        assert.equal(error.kind, "file-rejected");
        assert.equal(error.subject, name);
    }
    const limits = { connectMilliseconds: 1, betweenBytesMilliseconds: 1, callMilliseconds: 1 };
    const timeouts = { ...limits, firstByteMilliseconds: 0 };
    const subject = "timeouts.firstByteMilliseconds";
    await assert.rejects(wechat.account(simulator.config({ timeouts })), { kind: "invalid-input", subject });
});

test("a publication is deleted only by a choice that is known", async () => {
    for (const which of [{ type: "all", value: 0 }, { type: "one", value: 0, extra: 1 }]) {
        await assert.rejects(account.publish.delete("article", which), { kind: "invalid-input" });
    }
    assert.equal((await simulator.requests("/cgi-bin/freepublish/delete")).length, 1);
});

test("a copy of an error has what its JSON has", async () => {
    const error = await account.draft.get("unknown_id").catch((reason) => reason);
    const { kind, advice, errcode } = structuredClone(error.toJSON());
    assert.deepEqual({ kind, advice, errcode }, { kind: error.kind, advice: error.advice, errcode: error.errcode });
});

test("a signal that is none is refused", async () => {
    for (const signal of [5, {}, "x"]) {
        const error = { kind: "invalid-input", subject: "signal" };
        await assert.rejects(account.draft.count({ signal }), error);
        await assert.rejects(wechat.draft.check([], undefined, { signal }), error);
        await assert.rejects(wechat.account(simulator.config(), { signal }), error);
    }
});
