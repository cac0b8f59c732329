// A service that speaks OSV's protocol as an AdvisorySource: lists the records of packages, then reads each, from the cache where it is the same.
import pLimit from 'p-limit';
import type { Advisory } from '../../domain/advisory.ts';
import type { AdvisorySource } from '../../ports/advisory-source.ts';
import { markOutside } from '../../support/mark-outside.ts';
import { askService } from './ask-service.ts';
import { endpoint, listVulnerabilities } from './list-vulnerabilities.ts';
import type { OsvOptions, OsvWire } from './osv-wire.ts';
import { readOsvRecord } from './read-osv-record.ts';
import { type KeptRecord, openRecordCache, type RecordCache } from './record-cache.ts';

/** Records asked for at once. */
const AT_ONCE = 8;
/** A service that fails so often is down, and every further record would be waited for in vain. */
const MOST_FAILURES = 5;

/**
 * https://google.github.io/osv.dev/api/ . SECURITY: what leaves are ecosystems and names of packages, never versions, qualifiers or
 * paths; packages that `options.skip` names stay here. Ids that the service lists are checked before they become part of an address. How
 * old a live database is, it does not say.
 */
export function createOsvService(
  base: URL,
  name: string,
  wire: OsvWire,
  options: OsvOptions,
): AdvisorySource {
  return {
    name,
    async find(packages) {
      const told = packages.filter((one) => options.skip?.(one) !== true);
      if (told.length < packages.length)
        wire.log.info(`${packages.length - told.length} private packages are not asked about at ${name}.`);
      const listing = await listVulnerabilities(told, base, wire);
      if (listing.kind === 'down') return listing;
      const read = await readRecords(listing.records, base, wire);
      if (read.kind === 'down') return read;
      const advisories = [...read.advisories].sort((a, b) => (a.id < b.id ? -1 : 1));
      return { kind: 'found', advisories, newest: 'live', gaps: [...listing.gaps, ...read.gaps] };
    },
  };
}

type ReadAll =
  | { readonly kind: 'read'; readonly advisories: readonly Advisory[]; readonly gaps: readonly string[] }
  | { readonly kind: 'down'; readonly why: string };

async function readRecords(
  listed: ReadonlyMap<string, string | null>,
  base: URL,
  wire: OsvWire,
): Promise<ReadAll> {
  const cache = listed.size === 0 ? null : openRecordCache(base.href, wire);
  const progress = wire.log.progress('Reading advisories', listed.size);
  const limit = pLimit(AT_ONCE);
  const state = { done: 0, failures: 0, why: '' };
  const readOne = async ([id, modified]: readonly [string, string | null]) => {
    if (state.failures >= MOST_FAILURES) return null;
    const read = await readRecord(id, modified, { base, wire, cache });
    if (read.kind === 'failed') {
      state.failures += 1;
      state.why = read.why;
    }
    state.done += 1;
    progress.update(state.done);
    return { id, read };
  };
  try {
    const all = await Promise.all([...listed].map((one) => limit(readOne, one)));
    if (state.failures >= MOST_FAILURES) return { kind: 'down', why: `${state.why}.` };
    const reads = all.filter((one) => one !== null);
    return {
      kind: 'read',
      advisories: reads.flatMap(({ read }) => (read.kind === 'record' ? [read.advisory] : [])),
      gaps: reads.flatMap(({ id, read }) =>
        read.kind === 'record' ? [] : [`The record ${markOutside(id)} cannot be had: ${read.why}.`],
      ),
    };
  } finally {
    limit.clearQueue();
    progress.finish();
    await cache?.close();
  }
}

type ReadOne =
  | { readonly kind: 'record'; readonly advisory: Advisory }
  /** `failed` may be the service's state, `lacking` is about the record alone. */
  | { readonly kind: 'failed' | 'lacking'; readonly why: string };

interface RecordPlace {
  readonly base: URL;
  readonly wire: OsvWire;
  readonly cache: RecordCache | null;
}

async function readRecord(id: string, modified: string | null, place: RecordPlace): Promise<ReadOne> {
  const { base, wire, cache } = place;
  const kept = (await cache?.get(id)) ?? null;
  const known = kept === null ? null : recordOf(id, parse(kept.text));
  if (kept !== null && known !== null && modified !== null && kept.modified === modified) {
    return { kind: 'record', advisory: known };
  }
  const etag = known === null ? null : (kept?.etag ?? null);
  const answer = await askService(endpoint(base, 'vulns', id), { body: null, etag }, wire);
  if (answer.kind === 'unchanged' && kept !== null && known !== null) {
    await cache?.put(id, { ...kept, modified });
    return { kind: 'record', advisory: known };
  }
  if (answer.kind === 'failed') return answer;
  if (answer.kind === 'refused')
    return { kind: 'lacking', why: `the service answers with status ${answer.status}` };
  const advisory = answer.kind === 'answer' ? recordOf(id, answer.value) : null;
  if (advisory === null || answer.kind !== 'answer')
    return { kind: 'lacking', why: 'the answer is not that record' };
  await cache?.put(id, { modified, etag: answer.etag, text: answer.text } satisfies KeptRecord);
  return { kind: 'record', advisory };
}

function recordOf(id: string, value: unknown): Advisory | null {
  const advisory = readOsvRecord(value);
  return advisory?.id === id ? advisory : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
