// A change of a shop's dependencies under review: what it asks for and has before and after, and runs with advisories that publish there.
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { publishFile } from '#app/publish/publish-file.ts';
import { defaultRequest, type RunRequest } from '#app/run-request.ts';
import type { Patch } from '#domain/patch.ts';
import { lineEdits } from '#upgrade/line-edits.ts';
import { createTemporaryFolder } from '../doubles/git-repository.ts';
import { createReviewRepository, type ReviewRepository } from '../emulators/review-repository.ts';
import {
  type Asked,
  billOf,
  type Installed,
  osvRecord,
  packageJson,
  packageLock,
} from './dependency-shop.ts';
import { environmentWith, type PublishedRun, publishChange } from './reviewed-change.ts';
import type { ReviewingHost } from './reviewing-host.ts';

/** What a project asks for, and what its lock file has. */
export interface Stand {
  readonly asked: Asked;
  readonly installed: Installed;
}

/** Uses whatever the shop may have, so that no package goes unused. */
const SERVER = `import { render } from 'kit-templates';
import parse from 'kit-parser';
import { open } from 'kit-opener';

export function page(request) {
  return render(parse(open(request.body)));
}
`;

export function filesOf({ asked, installed }: Stand): Readonly<Record<string, string>> {
  return { 'package.json': packageJson(asked), 'package-lock.json': packageLock(asked, installed) };
}

export function createDependencyChange(
  before: Stand,
  after: Stand,
  more: Readonly<Record<string, string>> = {},
): ReviewRepository {
  return createReviewRepository(
    (git) => {
      for (const [name, text] of Object.entries({ ...filesOf(before), 'src/server.js': SERVER, ...more }))
        git.write(name, text);
    },
    (git) => {
      for (const [name, text] of Object.entries(filesOf(after))) git.write(name, text);
    },
  );
}

export function pushStand(repository: ReviewRepository, stand: Stand): void {
  repository.push((git) => {
    for (const [name, text] of Object.entries(filesOf(stand))) git.write(name, text);
  });
}

/** `CVE-2026-1001` of a package, mended in a version; the score is critical unless it is said to be lower. */
export interface Known {
  readonly cve: string;
  readonly name: string;
  readonly fixed?: string;
  readonly introduced?: string;
  readonly low?: boolean;
}

const LOWER = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N';

/** A run as a job makes it: the bill of what is installed now, compared with what is known now. */
export function scanDependencies(
  host: Pick<ReviewingHost, 'repository' | 'variables'>,
  { installed }: Pick<Stand, 'installed'>,
  known: readonly Known[],
  request: Partial<RunRequest> = {},
): Promise<PublishedRun> {
  const folder = createTemporaryFolder();
  writeAdvisories(path.join(folder, 'advisories'), known);
  return publishChange({
    ...{ repository: host.repository, report: billOf(installed), variables: host.variables() },
    request: { osv: path.join(folder, 'advisories'), ...request },
  });
}

function writeAdvisories(folder: string, known: readonly Known[]): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const { cve, name, low = false, ...versions } of known) {
    const score = low ? { score: LOWER } : {};
    const id = cve.replace('CVE-', 'OSV-');
    const record = osvRecord(id, name, { ...versions, ...score, aliases: [cve] });
    writeFileSync(path.join(folder, `${cve}.json`), JSON.stringify(record));
  }
}

/** What GitHub reads of an uploaded result. */
export function alertsIn(sarif: unknown) {
  const { runs } = sarif as { runs: readonly SarifRun[] };
  return runs.flatMap(({ results, tool }) =>
    results.map(({ ruleId, locations, partialFingerprints }) => ({
      ruleId,
      path: locations[0]?.physicalLocation.artifactLocation.uri,
      line: locations[0]?.physicalLocation.region.startLine,
      score: tool.driver.rules.find(({ id }) => id === ruleId)?.properties['security-severity'],
      hashes: Object.keys(partialFingerprints).length,
    })),
  );
}

interface SarifRun {
  readonly tool: { driver: { rules: { id: string; properties: Record<string, string> }[] } };
  readonly results: readonly {
    readonly ruleId: string;
    readonly locations: {
      physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } };
    }[];
    readonly partialFingerprints: object;
  }[];
}

/** `assay publish` in a folder that holds the result and nothing else. */
export async function publishResult(host: ReviewingHost, result: string) {
  const cwd = createTemporaryFolder();
  writeFileSync(path.join(cwd, 'assay.json'), result);
  const request = { ...defaultRequest(cwd), result: 'assay.json', publish: 'auto' } as const;
  let log = '';
  const { write } = process.stderr;
  process.stderr.write = (piece: string | Uint8Array) => {
    log += String(piece);
    return true;
  };
  const { exitCode } = await publishFile(request, environmentWith(host.variables())).finally(() => {
    process.stderr.write = write;
  });
  return { exitCode, log };
}

/** The result with a patch that brings another package in, all its hashes right. */
export function withOtherPackage(result: string, manifest: string): string {
  const document = JSON.parse(result) as { findings: { patch: Patch }[] };
  const after = manifest.replace(
    '"kit-templates": "4.17.15"',
    '"kit-templates": "4.17.21",\n    "kit-evil": "1.0.0"',
  );
  const edits = lineEdits(manifest, after);
  for (const finding of document.findings)
    finding.patch = { ...finding.patch, edits, after: createHash('sha256').update(after).digest('hex') };
  return JSON.stringify(document);
}
