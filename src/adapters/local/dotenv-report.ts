// The file through which a GitLab job hands variables to later jobs (`artifacts:reports:dotenv`).
import { rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolders } from './make-folders.ts';

/** Writes `ASSAY_<NAME>=value` lines. GitLab reads one value a line, without quotes, so values must be plain words. */
export async function writeDotenv(
  path: string,
  outputs: readonly { readonly name: string; readonly value: string }[],
): Promise<void> {
  const lines = outputs
    .filter(({ value }) => /^[\w.-]*$/.test(value))
    .map(({ name, value }) => `ASSAY_${name.replaceAll('-', '_').toUpperCase()}=${value}\n`);
  await makeFolders(dirname(path));
  // The work tree may hold a link of that name, which a change brought.
  await rm(path, { force: true });
  await writeFile(path, lines.join(''), { encoding: 'utf8', flag: 'wx' });
}
