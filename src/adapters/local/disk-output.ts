// The OutputFolder port on disk: each file whole or not at all.
import { randomBytes } from 'node:crypto';
import { lstat, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AssayError } from '#domain/errors.ts';
import type { OutputFolder } from '#ports/output-folder.ts';
import { explainDiskFault } from './disk-fault.ts';
import { makeFolders } from './make-folders.ts';

const READABLE_BY_ALL = 0o644;
/** What runs leave in their folders; in `--out .` those may be somebody else's as well. */
const OWN_FILE = /^[0-9a-f]{8,64}(?:[.-]\w{1,10})?\.patch$|^summary\.md$|^[a-z]+-\d{2,}-[0-9a-f]*\.md$/;

/** @throws AssayError `output` from `write` when the disk says no; the message names the file and the cause. */
export class DiskOutput implements OutputFolder {
  readonly name: string;
  readonly #folder: string;

  /** `folder` is absolute and made on the first write; `name` is what the user called it. */
  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.name = name;
  }

  async write(name: string, text: string): Promise<void> {
    refuseOddName(name);
    await this.#refuseLink();
    // In the same folder, so that the rename stays on one file system and is atomic.
    const file = path.join(this.#folder, name);
    const random = randomBytes(6).toString('hex');
    const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${random}.tmp`);
    try {
      await this.#makeFolder(path.dirname(file));
      await writeFile(temporary, text, { flag: 'wx', mode: READABLE_BY_ALL });
      await rename(temporary, file);
    } catch (cause) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw explainDiskFault(cause, { folder: this.name, name });
    }
  }

  async remove(name: string): Promise<void> {
    refuseOddName(name);
    await this.#refuseLink();
    const file = path.join(this.#folder, name);
    try {
      const found = await lstat(file).catch(() => null);
      if (found?.isDirectory() === true && !name.includes('.')) await removeOwnFiles(file);
      else await rm(file, { force: true });
    } catch (cause) {
      throw explainDiskFault(cause, { folder: this.name, name });
    }
  }

  /** A relative name lies where a change can bring links: one would lead what is written, and what is deleted, elsewhere. */
  async #refuseLink(): Promise<void> {
    if (path.isAbsolute(this.name)) return;
    const parts = path.normalize(this.name).split(path.sep);
    let folder = this.#folder;
    for (const part of parts.filter((one) => one !== '' && one !== '.').reverse()) {
      if (part === '..') return;
      const found = await lstat(folder).catch(() => null);
      if (found?.isSymbolicLink() === true) {
        throw new AssayError(
          'output',
          `${this.name} leads through a link, which the change may have brought.`,
          {
            hint: 'Take the link away, or name the folder by its absolute path with --out.',
          },
        );
      }
      folder = path.dirname(folder);
    }
  }

  /** A folder below ours is a real one: a link, which a change could bring along, would lead elsewhere. */
  async #makeFolder(folder: string): Promise<void> {
    await makeFolders(this.#folder);
    if (folder === this.#folder) return;
    const found = await lstat(folder).catch(() => null);
    if (found?.isSymbolicLink() === true) await rm(folder);
    await makeFolders(folder);
  }
}

/** The folder goes too when nothing else lies in it. */
async function removeOwnFiles(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!OWN_FILE.test(name)) continue;
    const found = await lstat(path.join(folder, name)).catch(() => null);
    if (found !== null && !found.isDirectory()) await rm(path.join(folder, name), { force: true });
  }
  const left = await readdir(folder);
  if (left.length === 0) await rmdir(folder);
}

function refuseOddName(name: string): void {
  if (/^(?:[a-z]{1,20}\/)?[A-Za-z0-9][A-Za-z0-9._-]{0,100}$/.test(name)) return;
  throw new AssayError('internal', `${JSON.stringify(name)} is no plain file name.`);
}
