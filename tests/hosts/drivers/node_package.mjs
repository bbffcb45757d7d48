// The Node package as it is packed. The first argument is the folder that it was installed into.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { serve, shown } from './lines.mjs';

const require = createRequire(path.join(path.resolve(process.argv[2]), 'package.json'));
const manifest = require('wechat-official-account/package.json');
const entry = path.join(path.dirname(require.resolve('wechat-official-account/package.json')), 'lib', 'index.js');
const { WeChat, WeChatError } = await import(pathToFileURL(entry));

const CALLS = {
  'draft.count': (account) => account.draft.count(),
  'draft.add': (account, { cover }) =>
    account.draft.add([{ title: 'Hello', content: '<p>Written by a program.</p>', thumbMediaId: cover }]),
  'material.upload-image': async (account, { file }) => (await account.material.uploadImage(file)).mediaId,
  'publish.submit': async (account, { draft }) => (await account.publish.submit(draft)).publishId,
};

/** Returns the value of a call, or its error. */
async function attempt(call) {
  try {
    return { ok: true, value: await call() };
  } catch (error) {
    const kind = error instanceof WeChatError ? error.kind : 'trap';
    return { ok: false, kind, message: String(error), error };
  }
}

await serve({ [manifest.name]: manifest.version }, async ({ call, arguments: given, config, allowed, ca }) => {
  const wechat = new WeChat({ allowedOrigins: allowed, ...(ca && { ca: readFileSync(ca) }) });
  const options = { appId: config.app_id, appSecret: config.app_secret, apiBase: config.api_base };
  const account = await wechat.account(options);
  const verified = await attempt(() => account.verify());
  const { error, ...result } = await attempt(() => CALLS[call](account, given));
  const text = shown(wechat, account, ...[error, verified.error].filter(Boolean));
  await wechat.close();
  return { ...result, verified: verified.ok ? 'ok' : verified.kind, shown: text };
});
