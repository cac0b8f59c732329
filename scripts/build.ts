// Builds what gets published: `dist/` for the Action's release branch and `dist/npm/` for the package. Same sources, same bytes.
//   node scripts/build.ts [folder]   (default: dist)
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { copyAssets } from './build/assets.ts';
import { bundle } from './build/bundle.ts';
import { writeNotice } from './build/notice.ts';
import { writeNpmFiles } from './build/npm-package.ts';

export const ROOT = path.resolve(import.meta.dirname, '..');

/** Replaces `folder` (absolute) by a fresh build: the Action, the command line and the GitLab job, and the npm package below `npm/`. */
export async function build(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await program(folder, {
    index: 'src/entry/action.ts',
    cli: 'src/entry/cli.ts',
    gitlab: 'src/entry/gitlab.ts',
  });
  const npm = path.join(folder, 'npm');
  await program(npm, { cli: 'src/entry/cli.ts', gitlab: 'src/entry/gitlab.ts' });
  await writeNpmFiles(ROOT, npm);
}

async function program(folder: string, entries: Readonly<Record<string, string>>): Promise<void> {
  const { packages } = await bundle(ROOT, folder, entries);
  const shipped = await copyAssets(ROOT, folder);
  await writeNotice(ROOT, folder, [...packages, ...shipped]);
}

if (import.meta.main) {
  const folder = path.resolve(process.argv[2] ?? path.join(ROOT, 'dist'));
  await build(folder);
  process.stdout.write(`built ${path.relative(process.cwd(), folder) || '.'}\n`);
}
