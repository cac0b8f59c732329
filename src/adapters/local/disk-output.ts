// The OutputFolder port on disk: each file whole or not at all.
import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
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
    const temporary = path.join(this.#folder, `.${name}.${randomBytes(6).toString('hex')}.tmp`);
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(temporary, text, { flag: 'wx', mode: READABLE_BY_ALL });
      await rename(temporary, path.join(this.#folder, name));
    } catch (cause) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw explainDiskFault(cause, { folder: this.name, name });
    }
  }

  async remove(name: string): Promise<void> {
    refuseOddName(name);
    try {
      await rm(path.join(this.#folder, name), { force: true });
    } catch (cause) {
      throw explainDiskFault(cause, { folder: this.name, name });
    }
  }
}

function refuseOddName(name: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,100}$/.test(name)) return;
  throw new AssayError('internal', `${JSON.stringify(name)} is no plain file name.`);
}
