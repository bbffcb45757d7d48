// The line protocol of the drivers, for Node. The README has its form.

import { createInterface } from 'node:readline';
import { inspect } from 'node:util';

/** Answers each request on stdin with the result of `perform`, one after the other. */
export async function serve(versions, perform) {
  answer({ versions });
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    answer({ ...(await perform(request)), id: request.id });
  }
}

function answer(reply) {
  process.stdout.write(`${JSON.stringify(reply, (_, value) => (typeof value === 'bigint' ? Number(value) : value))}\n`);
}

/** Returns an object in every form in which a program may print it. */
export function shown(...objects) {
  const forms = (object) => [
    inspect(object, { depth: 10, showHidden: true }),
    String(object),
    String(object?.stack),
    JSON.stringify(object, (_, value) => (typeof value === 'bigint' ? Number(value) : value)),
  ];
  return objects.flatMap(forms).join('\n');
}
