// Understands texts that stand in no repository: the patched versions of files, each as if it stood in its file's place.
import { createHash } from 'node:crypto';
import type { Assets } from '#ports/assets.ts';
import type { ReadOutcome, Workspace } from '#ports/workspace.ts';
import { type CodeIndex, createCodeIndex } from '../code/code-index.ts';
import type { SourceUnit, UnitFailure } from '../code/source-unit.ts';

export interface DraftCode {
  /** `text` as if it stood in the file `path`; a byte order mark is no part of what is understood. */
  understand(path: string, text: string): Promise<SourceUnit | UnitFailure>;
  /** Does `work` with an index that holds `text` under a name of its own, which ends in `/` and `path`. */
  within<Result>(
    path: string,
    text: string,
    work: (code: CodeIndex, name: string) => Promise<Result>,
  ): Promise<Result>;
}

/** Text that is kept understood, in UTF-16 code units; drafts are soon done with, and stand beside the run's own index. */
const KEPT_TEXT = 4 * 1024 * 1024;

export function createDraftCode(assets: Assets): DraftCode {
  const texts = new Map<string, string>();
  let code = createCodeIndex(overlay(texts), assets);
  let kept = new Set<string>();
  let keptText = 0;
  const within: DraftCode['within'] = async (path, text, work) => {
    // A name of the content's own: the index never looks twice at a name that it knows.
    const name = `${createHash('sha256').update(text).digest('hex')}/${path}`;
    if (!kept.has(name)) {
      if (keptText > KEPT_TEXT) {
        code = createCodeIndex(overlay(texts), assets);
        kept = new Set();
        keptText = 0;
      }
      kept.add(name);
      keptText += text.length;
    }
    texts.set(name, text.replace(/^\uFEFF/, ''));
    try {
      return await work(code, name);
    } finally {
      texts.delete(name);
    }
  };
  return { within, understand: (path, text) => within(path, text, (index, name) => index.unit(name)) };
}

function overlay(texts: ReadonlyMap<string, string>): Workspace {
  return {
    files: async () => [...texts.keys()].sort(),
    read: async (path): Promise<ReadOutcome> => {
      const text = texts.get(path);
      return text === undefined
        ? { kind: 'missing' }
        : { kind: 'text', text, bytes: Buffer.byteLength(text) };
    },
    readBytes: async (path) => {
      const text = texts.get(path);
      return text === undefined ? null : Buffer.from(text);
    },
  };
}
