// A component as jco transpiles it, with preview2-shim and nothing else. The first argument is the folder of the
// transpiled component, which lies beside `node_modules`.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { serve, shown } from './lines.mjs';

const folder = path.resolve(process.argv[2]);
const require = createRequire(path.join(folder, 'package.json'));
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { instantiate } = await import(pathToFileURL(path.join(folder, 'plugin.js')));
const { monotonicClock } = await load('@bytecodealliance/preview2-shim/clocks');
const { outgoingHandler, types } = await load('@bytecodealliance/preview2-shim/http');
const { error, poll, streams } = await load('@bytecodealliance/preview2-shim/io');

const modules = new Map();
function coreModule(name) {
  if (!modules.has(name)) modules.set(name, new WebAssembly.Module(readFileSync(path.join(folder, name))));
  return modules.get(name);
}

/** Makes an instance whose requests go to the allowed origins only: jco has no such list, so these lines are it. */
function instance(allowed) {
  const handle = (request, options) => {
    const scheme = request.scheme()?.tag.toLowerCase();
    if (!allowed.includes(`${scheme}://${request.authority()}`)) throw { tag: 'HTTP-request-denied' };
    return outgoingHandler.handle(request, options);
  };
  return instantiate(coreModule, {
    'wasi:clocks/monotonic-clock': monotonicClock,
    'wasi:http/outgoing-handler': { handle },
    'wasi:http/types': types,
    'wasi:io/error': error,
    'wasi:io/poll': poll,
    'wasi:io/streams': streams,
  });
}

const CALLS = {
  'draft.count': (plugin, account) => plugin.draft.count(account),
  'draft.add': (plugin, account, { cover }) => {
    const news = {
      title: 'Hello',
      content: '<p>Written by a program.</p>',
      thumbMediaId: cover,
      coverCrops: [],
      comments: 'closed',
    };
    return plugin.draft.add(account, [{ tag: 'news', val: news }]);
  },
  'material.upload-image': (plugin, account, { file }) =>
    plugin.material.uploadImage(account, { name: 'cover.jpg', bytes: new Uint8Array(readFileSync(file)) }).mediaId,
  'publish.submit': (plugin, account, { draft }) => plugin.publish.submit(account, draft).publishId,
};

/** Returns the value of a call, or its error. An error of the component has its record as the payload. */
function attempt(call) {
  try {
    return { ok: true, value: call() };
  } catch (error) {
    return { ok: false, kind: error.payload?.kind ?? 'trap', message: error.payload?.message ?? String(error), error };
  }
}

await serve({}, async ({ call, arguments: given, config, allowed }) => {
  const plugin = await instance(allowed);
  const account = new plugin.account.Account({
    appId: config.app_id,
    appSecret: config.app_secret,
    apiBase: config.api_base,
  });
  const verified = attempt(() => account.verify());
  const { error, ...result } = attempt(() => CALLS[call](plugin, account, given));
  account[Symbol.dispose ?? Symbol.for('dispose')]();
  return {
    ...result,
    verified: verified.ok ? 'ok' : verified.kind,
    shown: shown(account, plugin, ...[error, verified.error].filter(Boolean)),
  };
});
