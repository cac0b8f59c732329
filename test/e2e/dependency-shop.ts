// A small shop with dependencies that have known vulnerabilities: its repository, its bill of materials, and advisories on them.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { defaultRequest, type RunRequest } from '#app/run-request.ts';
import { runTriage } from '#app/triage.ts';
import type { TriageOutcome } from '#app/triage-outcome.ts';
import { createGitRepository, createTemporaryFolder, type GitRepository } from '../doubles/git-repository.ts';
import { environmentWith } from './reviewed-change.ts';

/** Name → version, what it needs, and whether only development has it. */
export interface Installed {
  readonly [name: string]: {
    readonly version: string;
    readonly needs?: Readonly<Record<string, string>>;
    readonly dev?: boolean;
  };
}

export interface Asked {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

export function packageJson(asked: Asked): string {
  return `${JSON.stringify({ name: 'shop', version: '1.0.0', private: true, ...asked }, null, 2)}\n`;
}

/** package-lock.json, version 3, as npm writes it. */
export function packageLock(asked: Asked, installed: Installed): string {
  const packages: Record<string, unknown> = { '': { name: 'shop', version: '1.0.0', ...asked } };
  for (const [name, { version, needs, dev }] of Object.entries(installed)) {
    packages[`node_modules/${name}`] = {
      version,
      ...(dev === true ? { dev } : {}),
      ...(needs === undefined ? {} : { dependencies: needs }),
    };
  }
  const lock = { name: 'shop', version: '1.0.0', lockfileVersion: 3, requires: true, packages };
  return `${JSON.stringify(lock, null, 2)}\n`;
}

/** A CycloneDX bill as `npm sbom` writes it, without vulnerabilities. */
export function billOf(installed: Installed, licences: Readonly<Record<string, string>> = {}): string {
  const purl = (name: string) => `pkg:npm/${name}@${installed[name]?.version ?? ''}`;
  const components = Object.entries(installed).map(([name, { version }]) => ({
    ...{ type: 'library', 'bom-ref': `${name}@${version}`, name, version, purl: purl(name) },
    licenses: [{ license: { id: licences[name] ?? 'MIT' } }],
  }));
  const root = { type: 'application', 'bom-ref': 'shop@1.0.0', name: 'shop', version: '1.0.0' };
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: root },
    components,
  };
  return JSON.stringify(bill);
}

/** An OSV record on versions of an npm package below `fixed`. */
export function osvRecord(
  id: string,
  name: string,
  {
    introduced = '0',
    fixed,
    score = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    aliases = [],
  }: {
    readonly introduced?: string;
    readonly fixed?: string;
    readonly score?: string;
    readonly aliases?: readonly string[];
  },
): object {
  const events = [{ introduced }, ...(fixed === undefined ? [] : [{ fixed }])];
  return {
    ...{
      schema_version: '1.6.0',
      id,
      aliases,
      summary: `${name} can be abused`,
      details: 'Written for a test.',
    },
    ...{ published: '2026-01-05T00:00:00Z', modified: '2026-11-01T00:00:00Z' },
    severity: [{ type: 'CVSS_V3', score }],
    affected: [{ package: { ecosystem: 'npm', name }, ranges: [{ type: 'SEMVER', events }] }],
  };
}

/** The folder that the operator works in: reports, advisories and results lie here, outside of the repository. */
export interface Desk {
  readonly folder: string;
  readonly repository: GitRepository;
  write(name: string, text: string): void;
  run(request: Partial<RunRequest>): Promise<TriageOutcome>;
}

export function createDesk(files: Readonly<Record<string, string>>): Desk {
  const repository = shopRepository(files);
  const folder = createTemporaryFolder();
  return {
    ...{ folder, repository },
    write: (name, text) => {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    },
    run: (request) =>
      runTriage(
        { ...defaultRequest(folder), repo: repository.root, format: 'none', quiet: true, ...request },
        environmentWith({ ASSAY_CACHE_DIR: 'off', ASSAY_NOW: '2026-11-20T12:00:00Z', CI: '' }),
      ),
  };
}

/** Untouched repositories by what they hold: each commit costs processes, and many tests begin with the same files. */
const untouched = new Map<string, GitRepository>();

function shopRepository(files: Readonly<Record<string, string>>): GitRepository {
  const key = JSON.stringify(files);
  const kept = untouched.get(key);
  if (kept !== undefined) return kept.copy();
  const repository = createGitRepository();
  for (const [name, text] of Object.entries(files)) repository.write(name, text);
  repository.commit('the shop');
  untouched.set(key, repository.copy());
  return repository;
}
