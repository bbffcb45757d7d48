// Renders the same Markdown with the component and with wenyan-core, in turns, and prints a table.
// Arguments: the folder with the corpus, and the file for the Markdown, which the native benchmark reads.

import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { renderStyledContent } from '@wenyan-md/core/wrapper';

const [corpus, file] = process.argv.slice(2);
const { render } = await import(pathToFileURL(path.resolve('out/article.js')));

// wenyan-core takes half a minute for one.
const RUNS = 3;
const BYTES = 100_000;
// Long texts of the corpus, without their front matter.
const NAMES = ['zh-tutorial', 'zh-travel', 'zh-weekly', 'en-tutorial', 'code-heavy', 'en-faq', 'zh-interview'];

const texts = NAMES.map(name => fs.readFileSync(path.join(corpus, `${name}.md`), 'utf8'));
const body = texts.map(text => text.replace(/^---\n[\s\S]*?\n---\n/, '')).join('\n\n');
let markdown = '';
while (Buffer.byteLength(markdown) < BYTES) markdown += `${body}\n\n`;
fs.writeFileSync(file, markdown);

const sides = {
  component: async () => render.render(markdown, { spaceBetweenScripts: false, pictureSizes: [] }).html,
  // Its highlighting of code can't be switched off.
  'wenyan-core': () =>
    renderStyledContent(markdown, {
      themeId: 'default',
      hlThemeId: 'github',
      isMacStyle: false,
      isAddFootnote: true,
    }),
};
const times = {};
for (let run = 0; run < RUNS; run += 1) {
  for (const [name, side] of Object.entries(sides)) {
    const start = performance.now();
    const html = await side();
    (times[name] ??= []).push(performance.now() - start);
    if (run === 0) console.error(`${name}: ${times[name][0].toFixed(1)} ms at first, ${Buffer.byteLength(html)} bytes`);
  }
}
console.log(`${Buffer.byteLength(markdown)} bytes of Markdown, median of ${RUNS} runs, Node ${process.version}`);
for (const [name, list] of Object.entries(times)) {
  list.sort((one, other) => one - other);
  console.log(`| ${name} | ${list[Math.floor(RUNS / 2)].toFixed(1)} ms |`);
}
