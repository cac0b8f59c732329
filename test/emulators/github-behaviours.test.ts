import { expect, test } from 'vitest';
import { BEHAVIOURS } from './behaviours.ts';
import { openGitHubWorld } from './github/behaviour-world.ts';
import { BEHAVIOURS_OF_ACCESS } from './github/behaviours-of-access.ts';
import { BEHAVIOURS_OF_COMMENTS } from './github/behaviours-of-comments.ts';
import { BEHAVIOURS_OF_READING } from './github/behaviours-of-reading.ts';
import { BEHAVIOURS_OF_REVIEWS } from './github/behaviours-of-reviews.ts';
import { GITHUB_BEHAVIOURS } from './github-behaviours.ts';

const tried = {
  ...BEHAVIOURS_OF_REVIEWS,
  ...BEHAVIOURS_OF_COMMENTS,
  ...BEHAVIOURS_OF_ACCESS,
  ...BEHAVIOURS_OF_READING,
};
const upTo = (last: number): number[] => Array.from({ length: last }, (_, at) => 1 + at);

test('all 51 behaviours have a sentence, and those of GitHub from 1 to 32 are tried', () => {
  expect(Object.keys(BEHAVIOURS).map(Number)).toEqual(upTo(51));
  expect(Object.keys(tried).map(Number)).toEqual(upTo(32));
});

test.each(Object.entries(GITHUB_BEHAVIOURS))('D%s: %s', async (number) => {
  const world = await openGitHubWorld();
  try {
    await tried[Number(number)]?.(world);
    // Whatever was asked, the answers are what GitHub's own description promises.
    expect(world.github.violations.filter((text) => text.includes('answered '))).toEqual([]);
  } finally {
    await world.close();
  }
});
