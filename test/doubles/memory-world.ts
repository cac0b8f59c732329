// A world without disk, git or clock: reports and sources are texts, what is written is kept.
import { PackageAssets } from '../../src/adapters/local/package-assets.ts';
import type { ModelAccess } from '../../src/app/model/model-access.ts';
import type { World } from '../../src/app/world.ts';
import { createMemoryWorkspace } from './memory-workspace.ts';

export interface MemoryWorld extends World {
  readonly written: ReadonlyMap<string, string>;
}

const SILENT = () => undefined;
const REFUSED = () => Promise.reject(new Error('no model was expected to be asked'));

/** Nobody is there to ask; a test that wants a model says which. */
const NO_MODELS: ModelAccess = {
  variables: {},
  trustZone: async () => 'trusted',
  open: REFUSED,
  probe: REFUSED,
  openEmbeddings: REFUSED,
  openCache: async () => null,
};

/** `reports` and `sources` are name → text. There is no repository: every finding is new, and in scope. */
export function createMemoryWorld(
  reports: Readonly<Record<string, string | Uint8Array>>,
  sources: Readonly<Record<string, string>>,
): MemoryWorld {
  const written = new Map<string, string>();
  return {
    written,
    reports: {
      open: async () =>
        Object.entries(reports).map(([name, content]) => ({ name, bytes: chunksOf(Buffer.from(content)) })),
    },
    workspace: createMemoryWorkspace(sources),
    folder: '',
    changes: null,
    assets: new PackageAssets(),
    output: {
      name: 'out',
      write: async (name, text) => void written.set(name, text),
      remove: async (name) => void written.delete(name),
    },
    operatorFiles: {
      read: () => Promise.reject(new Error('no file was named')),
      exists: async () => false,
      write: async (name, text) => void written.set(name, text),
    },
    clock: { now: () => Date.UTC(2026, 2, 1), elapsed: () => 0 },
    log: {
      debug: SILENT,
      info: SILENT,
      warn: SILENT,
      error: SILENT,
      progress: () => ({ update: SILENT, finish: SILENT }),
    },
    redact: (text) => text,
    signal: new AbortController().signal,
    breathe: async () => undefined,
    models: NO_MODELS,
    openAdvisories: REFUSED,
  };
}

async function* chunksOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
