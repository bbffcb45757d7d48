#!/usr/bin/env bash
# Installs the packed archive into an empty folder, compiles a consumer there, and runs the README's example against the
# simulator that WECHAT_SIMULATOR names.
set -euo pipefail
cd "$(dirname "$0")/.."

package=$PWD
folder=$(mktemp -d)
trap 'kill "${simulator:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module", "private": true }' >package.json
npm install --offline --no-audit --no-fund --no-package-lock "$package"/dist/*.tgz
test -z "$(ls node_modules | grep -v '^wechat-official-account$')"

cp "$package"/test/consumer/* .
cp "$package/test/jpeg.mjs" .
ln -s "$package/node_modules/@types" node_modules/@types
ln -s "$package/node_modules/undici-types" node_modules/undici-types
"$package/node_modules/.bin/tsc" -p .
"$package/node_modules/.bin/tsc" -p tsconfig.older.json

"$WECHAT_SIMULATOR" --plain-http >simulator.log &
simulator=$!
until grep -qs listening simulator.log; do
    kill -0 "$simulator" || { echo "the simulator ended before it listened" >&2 && exit 1; }
    sleep 0.1
done
WECHAT_API=$(grep -m1 -oE 'http://[^ /]+' simulator.log | head -1)
export WECHAT_API WECHAT_APP_ID=wx0123456789abcdef WECHAT_APP_SECRET=0123456789abcdef0123456789abcdef
node -e 'import("./jpeg.mjs").then(({ jpeg }) => fs.writeFileSync("cover.jpg", jpeg()))'
# The example as it stands, but to the simulator.
sed -n '/^```js$/,/^```$/p' "$package/README.md" | sed '1d;/^```$/,$d' >example.mjs
sed -i 's/new WeChat()/new WeChat({ allowedOrigins: [process.env.WECHAT_API] })/' example.mjs
sed -i 's/appSecret: process.env.WECHAT_APP_SECRET/&, apiBase: process.env.WECHAT_API/' example.mjs
test "$(grep -c WECHAT_API example.mjs)" -ge 2
node example.mjs | tee output.log
grep -q 'https\?://' output.log
if grep -qE 'wx0123456789abcdef|0123456789abcdef' output.log; then
    echo "the example printed the app id or the secret" >&2
    exit 1
fi
