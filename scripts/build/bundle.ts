// Entry points → ESM files with shared chunks; what is loaded lazily in the sources stays a chunk of its own.
import { build } from 'esbuild';

// CommonJS packages inside the bundle call `require` for node's own modules.
const REQUIRE_FOR_COMMONJS =
  "import { createRequire as createRequireOfNode } from 'node:module'; const require = createRequireOfNode(import.meta.url);";

/** Writes `<name>.js` for every entry (name → source, relative to `root`) and returns the packages that went in, sorted. */
export async function bundle(
  root: string,
  folder: string,
  entries: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
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
  return [...new Set(Object.keys(metafile.inputs).flatMap(packageFolderOf))].sort();
}

/** `node_modules/@a/b/lib/x.js` → `node_modules/@a/b`; the innermost package of a nested one. */
function packageFolderOf(input: string): readonly string[] {
  const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
  return found?.[1] === undefined ? [] : [found[1]];
}
