// Which records a service has about packages: the questions of `POST /v1/querybatch`, page by page.
import { z } from 'zod';
import type { PackageRef } from '../../domain/package.ts';
import { markOutside } from '../../support/mark-outside.ts';
import { normaliseName } from '../../versions/normalise-name.ts';
import { askService } from './ask-service.ts';
import type { OsvWire } from './osv-wire.ts';

export type Listing =
  | {
      readonly kind: 'listed';
      /** Id → when the record was last modified, as the service writes it; null when it does not say. */
      readonly records: ReadonlyMap<string, string | null>;
      readonly gaps: readonly string[];
    }
  | { readonly kind: 'down'; readonly why: string };

/** The service's own limit (https://google.github.io/osv.dev/post-v1-querybatch/). */
const MOST_QUERIES = 1000;
const MOST_ROUNDS = 200;
const MOST_RECORDS = 50_000;
const LONGEST_NAME = 512;
/** What may become part of an address. */
const ID = /^[A-Za-z0-9](?:[A-Za-z0-9:_-]|\.(?!\.)){0,126}$/;

const LISTED = z.object({ id: z.string(), modified: z.string().max(64).nullish().catch(null) });
const RESULT = z.object({
  vulns: z.array(LISTED).nullish(),
  next_page_token: z.string().max(4096).nullish(),
});
const ANSWER = z.object({ results: z.array(RESULT.nullable()).max(MOST_QUERIES) });

/** What leaves for the service, member by member. */
interface Query {
  readonly package: { readonly ecosystem: string; readonly name: string };
  readonly page_token?: string;
}

/** Without versions: what an upgrade must leave behind is asked for as well, and the service learns less. */
export async function listVulnerabilities(
  packages: readonly PackageRef[],
  base: URL,
  wire: OsvWire,
): Promise<Listing> {
  const records = new Map<string, string | null>();
  const gaps: string[] = [];
  const waiting = batchesOf(queriesOf(packages));
  for (let rounds = 0; waiting.length > 0; rounds += 1) {
    if (rounds >= MOST_ROUNDS || records.size > MOST_RECORDS) {
      gaps.push('The service lists more records than are read.');
      break;
    }
    const batch = waiting.shift() ?? [];
    const round = await askBatch(batch, base, wire);
    if (round.kind === 'down') return round;
    if (round.kind === 'refused') {
      // One ecosystem that the service does not know refuses all: each is asked for by itself.
      const apart = [...Map.groupBy(batch, (query) => query.package.ecosystem)];
      if (apart.length > 1) waiting.push(...apart.map(([, queries]) => queries));
      else gaps.push(refusal(batch));
      continue;
    }
    for (const { id, modified = null } of round.listed) {
      if (ID.test(id)) records.set(id, modified);
      else gaps.push(`The service lists a record whose name is none: ${markOutside(id)}.`);
    }
    if (round.more.length > 0) waiting.push(round.more);
  }
  return { kind: 'listed', records, gaps };
}

type Round =
  | {
      readonly kind: 'round';
      readonly listed: readonly z.output<typeof LISTED>[];
      readonly more: readonly Query[];
    }
  | { readonly kind: 'refused' }
  | { readonly kind: 'down'; readonly why: string };

async function askBatch(batch: readonly Query[], base: URL, wire: OsvWire): Promise<Round> {
  const answer = await askService(endpoint(base, 'querybatch'), { body: { queries: batch } }, wire);
  if (answer.kind === 'refused' && answer.status === 400) return { kind: 'refused' };
  if (answer.kind === 'refused') return { kind: 'down', why: `it answered with status ${answer.status}.` };
  if (answer.kind === 'failed') return { kind: 'down', why: `${answer.why}.` };
  const { data } = ANSWER.safeParse(answer.kind === 'answer' ? answer.value : null);
  if (data === undefined || data.results.length !== batch.length)
    return { kind: 'down', why: 'its answer is none of a service of OSV records.' };
  return {
    kind: 'round',
    listed: data.results.flatMap((result) => result?.vulns ?? []),
    more: data.results.flatMap((result, index) => {
      const [query, token] = [batch[index], result?.next_page_token ?? ''];
      return query === undefined || token === '' ? [] : [{ package: query.package, page_token: token }];
    }),
  };
}

/** `base` may end in a path of its own. */
export function endpoint(base: URL, ...parts: readonly string[]): URL {
  const url = new URL(base);
  url.pathname = [base.pathname.replace(/\/+$/, ''), 'v1', ...parts.map(encodeURIComponent)].join('/');
  return url;
}

function queriesOf(packages: readonly PackageRef[]): readonly Query[] {
  const queries = new Map<string, Query>();
  for (const { ecosystem, name } of packages) {
    if (ecosystem === null || name === '' || name.length > LONGEST_NAME) continue;
    const named = { ecosystem, name: normaliseName(ecosystem, name) };
    // A registry that ignores the case keeps a name as it was given first, and the service knows it so.
    if (ecosystem === 'NuGet') named.name = name.trim();
    queries.set(JSON.stringify(named), { package: named });
  }
  return [...queries.values()];
}

function batchesOf(queries: readonly Query[]): (readonly Query[])[] {
  const batches: (readonly Query[])[] = [];
  for (let at = 0; at < queries.length; at += MOST_QUERIES)
    batches.push(queries.slice(at, at + MOST_QUERIES));
  return batches;
}

function refusal(batch: readonly Query[]): string {
  const ecosystem = markOutside(batch[0]?.package.ecosystem ?? '');
  return `The service does not answer about packages of ${ecosystem} (${batch.length}).`;
}
