// The OutputFolder port on disk: each file whole or not at all.
import { randomBytes } from 'node:crypto';
import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AssayError } from '#domain/errors.ts';
import type { OutputFolder } from '#ports/output-folder.ts';
import { explainDiskFault } from './disk-fault.ts';

const READABLE_BY_ALL = 0o644;

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
    try {
      await rm(path.join(this.#folder, name), { force: true, recursive: !name.includes('.') });
    } catch (cause) {
      throw explainDiskFault(cause, { folder: this.name, name });
    }
  }

  /** A folder below ours is a real one: a link, which a change could bring along, would lead elsewhere. */
  async #makeFolder(folder: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    if (folder === this.#folder) return;
    const found = await lstat(folder).catch(() => null);
    if (found?.isSymbolicLink() === true) await rm(folder);
    await mkdir(folder, { recursive: true });
  }
}

function refuseOddName(name: string): void {
  if (/^(?:[a-z]{1,20}\/)?[A-Za-z0-9][A-Za-z0-9._-]{0,100}$/.test(name)) return;
  throw new AssayError('internal', `${JSON.stringify(name)} is no plain file name.`);
}
