// Where a reviewer meets each finding, whatever kind of place it is in: at the line, at the file, at the check, or in the summary.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PublicationRecord } from '../../src/publish/publication-schema.ts';
import { createPlacement, PLACES, type Place, reportOf, type Where } from './placement-scene.ts';
import { type PublishedRun, publishChange } from './reviewed-change.ts';
import { HOSTS, type ReviewingHost, startReviewingHost } from './reviewing-host.ts';

type Row = PublicationRecord['ledger'][number];

const REASONS: Readonly<Record<string, string>> = {
  'a line far from the sanitizer that was deleted': 'not among those that the diff shows',
  'a binary file': 'names the file and no line',
  'a whole file': 'names the file and no line',
  'a path of another machine': 'not in the repository',
  'a file that the change does not touch': 'does not touch this file',
  'a file that the change deletes': 'not in the repository',
};

describe.each(HOSTS)('a change with a finding in every kind of place, on %s,', (name) => {
  let host: ReviewingHost;
  let first: PublishedRun;

  beforeAll(async () => {
    const repository = createPlacement();
    host = await startReviewingHost(name, repository);
    first = await publishChange({ repository, report: reportOf(), variables: host.variables() });
  });
  afterAll(async () => {
    await host.close();
    host.repository.dispose();
  });

  const rowOf = ({ path }: Place) => first.record?.ledger.find((row) => row.path === path) as Row;
  const expected = ({ where }: Place): Where =>
    // A commit status on GitLab has no annotations: what would be one is a row of the summary.
    name === 'gitlab' && where === 'annotation' ? 'summary' : where;

  it.each(PLACES)('tells of $name where it can be told, and says why', (place) => {
    const row = rowOf(place);
    expect(row.where).toBe(expected(place));
    expect(row.why).toContain(REASONS[place.name] ?? 'It stands at its line.');
    const comments = host.comments().filter(({ findingId }) => findingId === row.findingId);
    const line = place.where === 'inline' ? place.line : null;
    const isComment = place.where === 'inline' || place.where === 'file';
    expect(comments.map((one) => [one.path, one.startLine, one.line])).toEqual(
      isComment ? [[place.path, line, line]] : [],
    );
    const annotated = host.annotations().filter(({ path }) => path === place.path);
    expect(annotated).toEqual(
      expected(place) === 'annotation'
        ? [{ path: place.path, startLine: place.line, endLine: place.line }]
        : [],
    );
  });

  it('loses none, and the host refuses nothing', () => {
    const { counts } = first.record ?? {};
    expect(counts).toMatchObject({ findings: PLACES.length, lost: 0, none: 0, files: 0 });
    expect(first.record?.problems).toEqual([]);
    expect(host.complaints()).toEqual([]);
  });

  it('links to the files and lines at head, and nowhere else', () => {
    const bodies = [...host.comments().map(({ body }) => body), ...host.summaries()];
    const links = bodies.flatMap((body) => linksOf(body, host.blobUrl()));
    expect(links.length).toBeGreaterThan(PLACES.length);
    expect(links.filter(({ path, startLine, endLine }) => !hasLines(host, path, startLine, endLine))).toEqual(
      [],
    );
    const targets = bodies.flatMap((body) =>
      [...body.matchAll(/\]\((http[^)]*)\)/g)].map(([, url = '']) => url),
    );
    const known = [host.blobUrl(), `${host.blobUrl().replace(/\/(?:-\/)?blob\/.*$/, '')}/`];
    expect(targets.filter((url) => !known.some((prefix) => url.startsWith(prefix)))).toEqual([]);
  });

  it('quotes beside each link what stands at its line', () => {
    const quotes = host.comments().flatMap(({ body }) => quotesOf(body, host.blobUrl()));
    expect(quotes.length).toBeGreaterThan(10);
    for (const { path, startLine, quote } of quotes) {
      expect(textOf(host, path).split(/\r?\n/)[startLine - 1]?.trim()).toBe(quote);
    }
  });

  it('writes nothing when the same head is looked at again', async () => {
    host.forget();
    const again = await publishChange({
      repository: host.repository,
      report: reportOf(),
      variables: host.variables(),
    });
    expect(host.writes()).toEqual([]);
    expect(again.record?.counts).toEqual(first.record?.counts);
    expect(
      again.record?.ledger.map(({ where, why }) => [where, why.replace('says all there is to say', '')]),
    ).toEqual(
      first.record?.ledger.map(({ where, why }) => [where, where === 'inline' ? 'Its comment .' : why]),
    );
  });
});

interface Link {
  readonly path: string;
  readonly startLine: number | null;
  readonly endLine: number | null;
}

function linksOf(body: string, blobUrl: string): readonly Link[] {
  return [...body.matchAll(/\]\((http[^)\s]*)\)/g)].flatMap(([, url = '']) =>
    url.startsWith(blobUrl) ? [placeOf(url, blobUrl)] : [],
  );
}

function placeOf(url: string, blobUrl: string): Link {
  const [, path = '', from, to] =
    /^([^#?]*)(?:\?plain=1)?(?:#L(\d+)(?:-L?(\d+))?)?$/.exec(url.slice(blobUrl.length)) ?? [];
  const startLine = from === undefined ? null : Number(from);
  return { path: decodeURIComponent(path), startLine, endLine: to === undefined ? startLine : Number(to) };
}

function quotesOf(body: string, blobUrl: string) {
  return [...body.matchAll(/^- \[.*\]\((http[^)\s]*)\) `([^`]+)`$/gm)].map(([, url = '', quote]) => {
    const { path, startLine } = placeOf(url, blobUrl);
    return { path, startLine: startLine ?? 0, quote };
  });
}

function hasLines(
  { repository }: ReviewingHost,
  path: string,
  from: number | null,
  to: number | null,
): boolean {
  const bytes = repository.file(repository.head(), path);
  const lines = bytes?.toString('utf8').split('\n').length ?? 0;
  return bytes !== null && (from === null || (from >= 1 && from <= (to ?? 0) && (to ?? 0) <= lines));
}

function textOf({ repository }: ReviewingHost, path: string): string {
  return repository.file(repository.head(), path)?.toString('utf8') ?? '';
}
