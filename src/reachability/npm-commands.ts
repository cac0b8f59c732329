// Which commands the packages of a lock file of npm bring: a package may be started by a name that is not its own.
import { z } from 'zod';
import type { DependencyProject } from '#domain/project.ts';
import type { Workspace } from '#ports/workspace.ts';

const LOCK = /(?:^|\/)(?:npm-shrinkwrap|package-lock)\.json$/;
const FOLDER = 'node_modules/';
const lockSchema = z.object({
  lockfileVersion: z.number().min(2),
  packages: z.record(
    z.string(),
    z.object({ bin: z.record(z.string(), z.string()).optional().catch(undefined) }),
  ),
});

/** Commands of well-known packages that are called otherwise, where no lock file tells. */
const KNOWN: ReadonlyMap<string, readonly string[]> = new Map([
  ['@angular/cli', ['ng']],
  ['@babel/cli', ['babel']],
  ['@babel/node', ['babel-node']],
  ['@nestjs/cli', ['nest']],
  ['@vue/cli-service', ['vue-cli-service']],
  ['@docusaurus/core', ['docusaurus']],
  ['@remix-run/serve', ['remix-serve']],
  ['@remix-run/dev', ['remix']],
  ['@playwright/test', ['playwright']],
  ['npm-run-all', ['run-s', 'run-p']],
  ['cross-env', ['cross-env-shell']],
  ['sequelize-cli', ['sequelize']],
  ['typescript', ['tsc']],
  ['ts-node-dev', ['tsnd']],
  ['webpack-cli', ['webpack']],
]);
const KNOWN_COMMANDS = new Set([...KNOWN.values()].flat());

export interface NpmCommands {
  /** Commands of a package that are not called like it. */
  of(packageName: string): readonly string[];
  /** Whether the package that brings the command is known, or that none does. */
  knows(command: string): boolean;
}

/** Versions 2 and 3 hold what each package starts: https://docs.npmjs.com/cli/configuring-npm/package-lock-json#packages */
export async function readNpmCommands(
  project: DependencyProject,
  workspace: Pick<Workspace, 'files' | 'read'>,
): Promise<NpmCommands> {
  const path = project.files.find((file) => LOCK.test(file));
  const read = path === undefined ? null : await workspace.read(path);
  const bins = read?.kind === 'text' ? binsOf(read.text) : null;
  return {
    of: (name) => (bins?.get(name) ?? KNOWN.get(name) ?? []).filter((command) => command !== name),
    knows: (command) => bins !== null || KNOWN_COMMANDS.has(command),
  };
}

function binsOf(text: string): ReadonlyMap<string, readonly string[]> | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const lock = lockSchema.safeParse(value);
  if (!lock.success) return null;
  const found = new Map<string, string[]>();
  for (const [place, { bin }] of Object.entries(lock.data.packages)) {
    if (bin === undefined) continue;
    const name = place.slice(place.lastIndexOf(FOLDER) + FOLDER.length);
    found.set(name, [...(found.get(name) ?? []), ...Object.keys(bin)]);
  }
  return found;
}
