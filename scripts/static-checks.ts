// `npm run check` before its tests: types, lint, import rules and dead code side by side, each one's words told together when it is done.
import { spawn } from 'node:child_process';

/** Two at a time are what a small runner has processors for; the longest first. */
const WIDTH = 2;
const CHECKS = ['types', 'dead-code', 'imports', 'lint'];

async function lane(names: IterableIterator<string>): Promise<void> {
  for (const name of names) {
    const { ok, said } = await npmRun(name);
    process.stdout.write(`${name}: ${ok ? 'ok' : 'FAILED'}\n${said}`);
    if (!ok) process.exitCode = 1;
  }
}

function npmRun(name: string): Promise<{ readonly ok: boolean; readonly said: string }> {
  return new Promise((resolve, reject) => {
    // npm is a script on Windows, which only a shell starts; the words are ours.
    const child = spawn('npm', ['run', '-s', name], {
      shell: process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ ok: code === 0, said }));
  });
}

const left = CHECKS.values();
await Promise.all(Array.from({ length: WIDTH }, () => lane(left)));
