// How near vulnerable code is to what runs: measured on small labelled projects, and in its single promises.
import { describe, expect, test } from 'vitest';
import { askAbout, readLabelledProjects } from './labelled-projects.ts';

const UNREACHED = ['absent', 'dev_only', 'not_imported', 'part_not_imported', 'not_called'];
const labelled = readLabelledProjects();
const answers = new Map<string, Awaited<ReturnType<typeof askAbout>>>();
for (const one of labelled) answers.set(`${one.ecosystem}: ${one.name}`, await askAbout(one));

describe('on the labelled projects', () => {
  test('there are at least sixty, in eight ecosystems', () => {
    expect(labelled.length).toBeGreaterThanOrEqual(60);
    expect(new Set(labelled.map(({ ecosystem }) => ecosystem)).size).toBe(8);
    expect(answers.size).toBe(labelled.length);
  });

  test.each(labelled.map((one) => [`${one.ecosystem}: ${one.name}`, one] as const))('%s', (key, one) => {
    const answer = answers.get(key);
    if (one.is === 'reachable') expect(UNREACHED).not.toContain(answer?.level);
    expect(answer?.level, JSON.stringify(answer, null, 1)).toBe(one.expected);
  });

  test('no reachable one is called unreachable', () => {
    const table = new Map<string, number>();
    for (const one of labelled) {
      const level = answers.get(`${one.ecosystem}: ${one.name}`)?.level ?? '';
      const said = UNREACHED.includes(level) ? 'called unreachable' : 'left open or reached';
      table.set(`${one.is}, ${said}`, (table.get(`${one.is}, ${said}`) ?? 0) + 1);
    }
    console.log(
      `reachability: ${[...table]
        .map(([name, count]) => `${name} ${count}`)
        .sort()
        .join('; ')}`,
    );
    expect(table.get('reachable, called unreachable') ?? 0).toBe(0);
    expect(table.get('unreachable, called unreachable') ?? 0).toBeGreaterThanOrEqual(20);
  });

  test('every line that is quoted stands at head as it is quoted', () => {
    for (const one of labelled) {
      const answer = answers.get(`${one.ecosystem}: ${one.name}`);
      for (const { path, startLine, quote } of [
        ...(answer?.citations ?? []),
        ...(answer?.doubts ?? []).flatMap(({ citations }) => citations),
      ])
        expect(one.files[path]?.split('\n')[startLine - 1], `${one.name}: ${path}`).toBe(quote);
    }
  });

  test('whatever is called unreachable stands on a line and on a search without a gap', () => {
    for (const [key, { level, citations, doubts }] of answers)
      if (UNREACHED.includes(level)) {
        expect(citations.length, key).toBeGreaterThan(0);
        expect(doubts, key).toEqual([]);
      }
  });
});
