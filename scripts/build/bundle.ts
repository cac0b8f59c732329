// Entry points → ESM files with shared chunks; what is loaded lazily in the sources stays a chunk of its own.
import { build, type Metafile } from 'esbuild';

// CommonJS packages inside the bundle call `require` for node's own modules.
const REQUIRE_FOR_COMMONJS =
  "import { createRequire as createRequireOfNode } from 'node:module'; const require = createRequireOfNode(import.meta.url);";

export interface Bundled {
  /** Packages that went in, sorted. */
  readonly packages: readonly string[];
  /** Of those, what is loaded when `entry` starts and goes on to load the sources `lazily`. */
  loadedBy(entry: string, lazily: readonly string[]): readonly string[];
}

/** Writes `<name>.js` for every entry (name → source, relative to `root`). */
export async function bundle(
  root: string,
  folder: string,
  entries: Readonly<Record<string, string>>,
): Promise<Bundled> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { ...entries },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // Flat: the assets are found beside the chunk that asks for them.
    chunkNames: 'chunk-[hash]',
    banner: { js: REQUIRE_FOR_COMMONJS },
    // Licence texts of everything bundled stand in NOTICE.
    legalComments: 'none',
    minifySyntax: true,
    keepNames: true,
    metafile: true,
    logLevel: 'warning',
  });
  return {
    packages: packagesOf(Object.keys(metafile.inputs)),
    loadedBy: (entry, lazily) => packagesOf(inputsLoadedBy(metafile, [entry, ...lazily])),
  };
}

function packagesOf(inputs: readonly string[]): readonly string[] {
  return [...new Set(inputs.flatMap(packageFolderOf))].sort();
}

/** The sources in every file that the files made of `sources` import at once, not lazily. */
function inputsLoadedBy({ outputs }: Metafile, sources: readonly string[]): readonly string[] {
  const files = sources.map((source) => {
    const found = Object.keys(outputs).find((file) => Object.hasOwn(outputs[file]?.inputs ?? {}, source));
    if (found === undefined) throw new Error(`${source} is in no bundled file`);
    return found;
  });
  const loaded = new Set<string>();
  for (let file = files.pop(); file !== undefined; file = files.pop()) {
    if (loaded.has(file)) continue;
    loaded.add(file);
    const imports = outputs[file]?.imports ?? [];
    files.push(...imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path));
  }
  return [...loaded].flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}));
}

/** `node_modules/@a/b/lib/x.js` → `node_modules/@a/b`; the innermost package of a nested one. */
function packageFolderOf(input: string): readonly string[] {
  const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
  return found?.[1] === undefined ? [] : [found[1]];
}
