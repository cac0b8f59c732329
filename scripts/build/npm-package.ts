// The package's own files: manifest, commands that check Node first, README and licence.
import { chmod, cp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const COMMANDS = { assay: 'cli', 'assay-gitlab': 'gitlab' } as const;

/** The check must run before an older Node reads syntax it does not know, hence the dynamic import. */
function command(entry: string): string {
  return `#!/usr/bin/env node\nimport './check-node.cjs';\n\nawait import('./${entry}.js');\n`;
}

/** Completes `folder`, which holds the bundle, so that `npm publish` can take it as it is. */
export async function writeNpmFiles(root: string, folder: string): Promise<void> {
  for (const [name, entry] of Object.entries(COMMANDS)) {
    const file = path.join(folder, `${name}.js`);
    await writeFile(file, command(entry));
    await chmod(file, 0o755);
  }
  await cp(path.join(root, 'scripts/check-node.cjs'), path.join(folder, 'check-node.cjs'));
  for (const name of ['README.md', 'LICENSE']) await cp(path.join(root, name), path.join(folder, name));
  await writeFile(path.join(folder, 'package.json'), await manifest(root, folder));
}

async function manifest(root: string, folder: string): Promise<string> {
  const { name, version, description, license } = JSON.parse(
    await readFile(path.join(root, 'package.json'), 'utf8'),
  );
  const files = (await readdir(folder)).filter((file) => file !== 'package.json').sort();
  const bin = Object.fromEntries(Object.keys(COMMANDS).map((command) => [command, `${command}.js`]));
  const engines = { node: '>=24' };
  return `${JSON.stringify({ name, version, description, license, type: 'module', engines, bin, files }, null, 2)}\n`;
}
