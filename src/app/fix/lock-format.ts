// Which format a lock file is written in, as it says itself: a tool of another version writes the whole file anew in its own.

/** package-lock.json and bun.lock; pnpm; yarn; yarn 1; poetry; pdm; Cargo and uv; in this order, since `version` alone says least. */
const MARKS: readonly RegExp[] = [
  /^ {0,8}"(lockfileVersion": \d+)/m,
  /^(lockfileVersion: ['"]?[\d.]+)/m,
  /^__metadata:\n {2}(version: \d+)/m,
  /^# (yarn lockfile v\d+)/m,
  /^(lock-version = "[\d.]+)/m,
  /^(lock_version = "[\d.]+)/m,
  /^(version = \d+)/m,
];
const PUNCTUATION = /['"]/g;
/** All formats say it at the top, poetry and pdm at the end. */
const LOOKED_AT = 4096;

/** Like `lockfileVersion: 9.0`; null when the file says none. */
export function lockFormat(text: string): string | null {
  const ends = text.length <= 2 * LOOKED_AT ? text : `${text.slice(0, LOOKED_AT)}\n${text.slice(-LOOKED_AT)}`;
  for (const mark of MARKS) {
    const said = mark.exec(ends.replaceAll('\r\n', '\n'))?.[1];
    if (said !== undefined) return said.replace(PUNCTUATION, '');
  }
  return null;
}
