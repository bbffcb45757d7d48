export { Account } from "./account.js";
export type { CallOptions } from "./call.js";
export { WeChatError, type ErrorFields, type PackageErrorKind } from "./error.js";
export type { FileInput } from "./files.js";
// Their objects are parts of an account, and nobody else can make one.
export type {
    AccountOperations,
    Content,
    ContentWithoutAccount,
    Draft,
    DraftWithoutAccount,
    Material,
    Media,
    Publish,
} from "./generated/interfaces.js";
export type * from "./generated/types.js";
export type { Certificates } from "./network/agents.js";
export { WeChat, type WeChatOptions } from "./wechat.js";
