import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' })
  .split('\0')
  .slice(0, -1);

test('the tests run on the Node that users get', () => {
  expect(process.versions.node.split('.')[0]).toBe('24');
});

test('nothing built is committed', () => {
  expect(tracked.filter((file) => /(^|\/)dist\/|\.wasm$|\.tgz$/.test(file))).toEqual([]);
});

test('no tracked file knows the machine it was written on, or a registry', () => {
  // Spelled in parts, so that this file does not find itself.
  const machine = new RegExp(`(?<![\\w./-])/${'work'}/|^registry ?${'='}|"resolved"${':'} ?"http`, 'm');
  const offenders = tracked.filter((file) => {
    const text = readText(file);
    return text !== null && machine.test(text);
  });
  expect(offenders).toEqual([]);
});

/** Null for a binary file, and for one that another checkout state has removed. */
function readText(file: string): string | null {
  try {
    const bytes = readFileSync(path.join(ROOT, file));
    return bytes.includes(0) ? null : bytes.toString('utf8');
  } catch {
    return null;
  }
}
