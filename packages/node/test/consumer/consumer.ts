// A program in TypeScript that uses the package. It is compiled, with the package's types checked, and not run.

import {
    Account,
    Material,
    WeChat,
    WeChatError,
    type Article,
    type FileInput,
    type PublishStatus,
    type WeChatOptions,
} from "wechat-official-account";

const options: WeChatOptions = { workers: 2, allowedOrigins: ["https://api.weixin.qq.com"] };
await using wechat = new WeChat(options);
await using account: Account = await wechat.account({ appId: "wx", appSecret: "s", mayForceToken: false });

const files: FileInput[] = [
    "cover.jpg",
    new URL("file:///cover.jpg"),
    new Uint8Array(1),
    Buffer.from("x"),
    new Blob([]),
    { name: "a", bytes: new Uint8Array(1) },
    { name: "a", path: "b" },
];
const { mediaId, url }: { mediaId: string; url: string } = await account.material.uploadImage(files[0] ?? "");
const articles: Article[] = [
    { title: url, content: "<p>", thumbMediaId: mediaId },
    { type: "news", title: "t", content: "c", thumbMediaId: mediaId, author: undefined, comments: "fans-only" },
    { type: "pictures", title: "t", content: "c", imageMediaIds: [mediaId] },
];
const draft: string = await account.draft.add(articles, { signal: AbortSignal.timeout(1000) });

function describe(status: PublishStatus): string {
    switch (status.type) {
        case "published":
            return status.urls.join(" ");
        case "review-refused":
        case "original-declaration-failed":
            return status.value.map((index) => index + 1).join(", ");
        case "unknown":
            return status.value.toFixed();
        case "publishing":
        case "failed":
        case "deleted-by-user":
        case "banned-by-system":
            return status.type;
    }
}

try {
    const { publishId, msgDataId } = await account.publish.submit(draft);
    console.log(msgDataId?.length, describe(await account.publish.wait(publishId, 600)));
    await account.publish.delete("id", { type: "one", value: 0 });
} catch (error) {
    if (error instanceof WeChatError && error.kind === "outcome-unknown") console.log(error.advice, error.errcode);
}

const material = await account.material.get(mediaId);
const length: number = material.type === "file" ? material.bytes.byteLength : 0;
const prepared = await account.content.prepare("<img>", files, true);
const cover: string | undefined = prepared.cover?.type === "ok" ? prepared.cover.value : prepared.cover?.error.message;
const count: number = await account.draft.count();
console.log(length, cover, count, (await wechat.content.references("<img>"))[0]?.source);

// @ts-expect-error a part of an account, which nobody else can make
new Material();
// @ts-expect-error a signal that is not in an object
await account.draft.count(AbortSignal.timeout(1000));
// @ts-expect-error a kind of media that does not exist
await account.media.upload("sticker", "a.jpg");
// @ts-expect-error an article without a title
await account.draft.add([{ content: "c", thumbMediaId: mediaId }]);
