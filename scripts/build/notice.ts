// Writes NOTICE: every third-party package that ships inside the build, with its licence.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const INTRODUCTION = 'Assay ships with parts of these packages, each under its own licence.';

/** `packages` are folders relative to `root`, for example `node_modules/zod`. */
export async function writeNotice(root: string, folder: string, packages: readonly string[]): Promise<void> {
  const entries = await Promise.all([...new Set(packages)].map((name) => describe(path.join(root, name))));
  const sections = entries.sort((a, b) => (a < b ? -1 : 1));
  await writeFile(path.join(folder, 'NOTICE'), [INTRODUCTION, ...sections].join('\n\n----\n\n'));
}

async function describe(folder: string): Promise<string> {
  const manifest: { name: string; version: string; license?: string } = JSON.parse(
    await readFile(path.join(folder, 'package.json'), 'utf8'),
  );
  const files = (await readdir(folder)).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name)).sort();
  const texts = await Promise.all(files.map((name) => readFile(path.join(folder, name), 'utf8')));
  const text = texts.length > 0 ? texts : ['(The package carries no licence text of its own.)'];
  const title = `${manifest.name} ${manifest.version}\nLicence: ${manifest.license ?? 'see below'}`;
  return [title, ...text.map((part) => part.replaceAll('\r\n', '\n').trim())].join('\n\n').concat('\n');
}
