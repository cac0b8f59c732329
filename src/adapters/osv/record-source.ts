// Records on the disk as an AdvisorySource: every one is read, those about the packages asked for are kept.
import { stat } from 'node:fs/promises';
import type { Advisory } from '../../domain/advisory.ts';
import type { PackageRef } from '../../domain/package.ts';
import type { AdvisoryAnswer, AdvisorySource } from '../../ports/advisory-source.ts';
import { markOutside } from '../../support/mark-outside.ts';
import { normaliseName } from '../../versions/normalise-name.ts';
import type { FoundText } from './found-text.ts';
import type { OsvWire } from './osv-wire.ts';
import { readOsvRecord } from './read-osv-record.ts';
import { listRecordFiles, readRecordFile } from './record-files.ts';

/** Sentences about what cannot be read; what is beyond them is counted in the last. */
const MOST_GAPS = 100;
/** Records between two looks at whether the run was aborted. */
const BREATH = 500;

/** `place` is absolute; `name` is what the operator calls it. */
export function createRecordSource(place: string, name: string, wire: OsvWire): AdvisorySource {
  return {
    name,
    async find(packages) {
      const reading = createReading(packages);
      const progress = wire.log.progress(`Reading the advisories of ${markOutside(name)}`, null);
      try {
        await readAll(place, reading, wire, (done) => progress.update(done));
      } finally {
        progress.finish();
      }
      return reading.answer();
    },
  };
}

async function readAll(
  place: string,
  reading: Reading,
  { signal }: Pick<OsvWire, 'signal'>,
  tell: (done: number) => void,
): Promise<void> {
  const isFolder = (await stat(place)).isDirectory();
  const files = isFolder ? listRecordFiles(place) : [{ file: place, name: '' }];
  let done = 0;
  for await (const one of files) {
    for await (const found of readRecordFile(one)) {
      reading.take(found);
      done += 1;
      if (done % BREATH !== 0) continue;
      tell(done);
      signal.throwIfAborted();
    }
    signal.throwIfAborted();
  }
}

interface Reading {
  take(found: FoundText): void;
  answer(): AdvisoryAnswer;
}

function createReading(packages: readonly PackageRef[]): Reading {
  const isAsked = createInterest(packages);
  const kept = new Map<string, Advisory>();
  const gaps: string[] = [];
  const seen = { records: 0, gaps: 0, newest: null as string | null };
  const miss = (why: string) => {
    seen.gaps += 1;
    if (seen.gaps <= MOST_GAPS) gaps.push(why);
  };
  return {
    take(found) {
      if (found.kind === 'gap') return miss(found.why);
      const record = parse(found.text);
      if (record === undefined) return miss(`${found.name} is no JSON.`);
      // Folders of records hold other JSON too: an index, a package.json.
      const advisory = readOsvRecord(record);
      if (advisory === null) return;
      seen.records += 1;
      const { modified } = advisory;
      if (modified !== null && isDate(modified) && (seen.newest === null || isLater(modified, seen.newest)))
        seen.newest = modified;
      if (!advisory.affected.some(({ ecosystem, name }) => isAsked(ecosystem, name))) return;
      const before = kept.get(advisory.id);
      if (before === undefined || isLater(modified ?? '', before.modified ?? ''))
        kept.set(advisory.id, advisory);
    },
    answer() {
      if (seen.records === 0) {
        const [first] = gaps;
        return { kind: 'down', why: first ?? 'there is no OSV record in it (.json, .jsonl or .zip).' };
      }
      const more = seen.gaps - MOST_GAPS;
      if (more > 0) gaps.push(`${more} more cannot be read.`);
      const advisories = [...kept.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
      return { kind: 'found', advisories, newest: seen.newest, gaps };
    },
  };
}

/** By family and normalised name: whether the release is the right one is told later. */
function createInterest(packages: readonly PackageRef[]): (ecosystem: string, name: string) => boolean {
  const familyOf = (ecosystem: string) => ecosystem.split(':', 1)[0] ?? '';
  const keyOf = (ecosystem: string, name: string) =>
    `${familyOf(ecosystem)}\n${normaliseName(ecosystem, name)}`;
  const keys = new Set(
    packages.flatMap(({ ecosystem, name }) => (ecosystem === null ? [] : [keyOf(ecosystem, name)])),
  );
  return (ecosystem, name) => keys.has(keyOf(ecosystem, name));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const DATE = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]{5,20}Z?)?$/;

function isDate(text: string): boolean {
  return DATE.test(text);
}

/** Dates of OSV are UTC: as texts they are in order, down to the second. */
function isLater(date: string, other: string): boolean {
  return date.slice(0, 19) > other.slice(0, 19);
}
