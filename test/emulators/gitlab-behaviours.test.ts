import { expect, test } from 'vitest';
import { openBehaviourWorld } from './gitlab/behaviour-world.ts';
import { BEHAVIOURS_OF_ACCESS } from './gitlab/behaviours-of-access.ts';
import { BEHAVIOURS_OF_NOTES } from './gitlab/behaviours-of-notes.ts';
import { BEHAVIOURS_OF_POSITIONS } from './gitlab/behaviours-of-positions.ts';
import { GITLAB_BEHAVIOURS } from './gitlab-behaviours.ts';

const tried = { ...BEHAVIOURS_OF_POSITIONS, ...BEHAVIOURS_OF_NOTES, ...BEHAVIOURS_OF_ACCESS };
const numbers = Array.from({ length: 19 }, (_, at) => 33 + at);

test('every behaviour of GitLab from 33 to 51 has a sentence and is tried', () => {
  expect(Object.keys(GITLAB_BEHAVIOURS).map(Number)).toEqual(numbers);
  expect(Object.keys(tried).map(Number)).toEqual(numbers);
});

test.each(Object.entries(GITLAB_BEHAVIOURS))('D%s: %s', async (number) => {
  const world = await openBehaviourWorld();
  try {
    await tried[Number(number)]?.(world);
  } finally {
    await world.close();
  }
});
