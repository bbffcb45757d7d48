// A program for an older library, with the resolution of modules of CommonJS. It is compiled, and not run.

import { WeChat, WeChatError, type ErrorFields } from "wechat-official-account";

export async function count(wechat: WeChat): Promise<number | ErrorFields> {
    const account = await wechat.account({ appId: "wx", appSecret: "s" });
    return await account.draft.count().catch((error: WeChatError) => error.toJSON());
}
