// `node npm-audit.ts SCRATCH`: the real `npm audit` in the current folder, with fixtures/demo/advisories in the place of what the registry knows;
// prints its report.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const ADVISORIES = fileURLToPath(new URL('../../fixtures/demo/advisories/', import.meta.url));
const FAILED = 3;

/** What the records of the demo have of OSV's shape: one package, one range, one vector. */
const Advisory = z.object({
  id: z.string(),
  summary: z.string(),
  severity: z.tuple([z.object({ score: z.string() })]),
  affected: z.tuple([
    z.object({
      package: z.object({ name: z.string() }),
      ranges: z.tuple([
        z.object({
          events: z.tuple([z.object({ introduced: z.string() }), z.object({ fixed: z.string() })]),
        }),
      ]),
    }),
  ]),
  database_specific: z.object({ severity: z.string(), cwe_ids: z.array(z.string()), score: z.number() }),
});

const advisories = readdirSync(ADVISORIES)
  .sort()
  .map((name) => Advisory.parse(JSON.parse(readFileSync(path.join(ADVISORIES, name), 'utf8'))))
  .map(({ affected: [{ package: about, ranges }], ...rest }) => {
    const [{ introduced }, { fixed }] = ranges[0].events;
    return { ...rest, name: about.name, introduced, fixed };
  });

/** The answer of the bulk endpoint: package → what is known of it. */
function knownVulnerabilities(): string {
  const entries = advisories.map(({ id, summary, severity, introduced, fixed, ...rest }, index) => {
    const { severity: word, cwe_ids: cwe, score } = rest.database_specific;
    const said = {
      id: 1000 + index,
      url: `https://github.com/advisories/${id}`,
      title: summary,
      severity: word.toLowerCase(),
      vulnerable_versions: introduced === '0' ? `<${fixed}` : `>=${introduced} <${fixed}`,
      cwe,
      cvss: { score, vectorString: severity[0].score },
    };
    return [rest.name, said] as const;
  });
  const byName = Map.groupBy(entries, ([name]) => name);
  const lists = [...byName].map(([name, list]) => [name, list.map(([, said]) => said)]);
  return JSON.stringify(Object.fromEntries(lists));
}

/** The versions of a package that npm has to know of to say which are affected and which one to take; null for others. */
function packageDocument(name: string): string | null {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const locked: unknown = lock.packages[`node_modules/${name}`]?.version;
  const fixed = advisories.filter((entry) => entry.name === name).map((entry) => entry.fixed);
  const latest = fixed.at(-1);
  if (latest === undefined || typeof locked !== 'string') return null;
  const versions = [locked, ...fixed].map((version) => [version, { name, version }]);
  return JSON.stringify({ name, 'dist-tags': { latest }, versions: Object.fromEntries(versions) });
}

const server = createServer((request, response) => {
  const asked = decodeURIComponent(request.url ?? '/').slice(1);
  const body =
    asked === '-/npm/v1/security/advisories/bulk' ? knownVulnerabilities() : packageDocument(asked);
  response.writeHead(body === null ? 404 : 200, { 'content-type': 'application/json' });
  response.end(body ?? '{}');
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const cache = path.join(process.argv[2] ?? '.', 'npm-cache');
  const words = ['audit', '--json', '--package-lock-only', `--registry=http://127.0.0.1:${port}/`];
  const npm = spawn('npm', [...words, `--cache=${cache}`], { stdio: ['ignore', 'inherit', 'inherit'] });
  npm.on('close', (code) => {
    server.close();
    process.exitCode = code ?? FAILED;
  });
});
