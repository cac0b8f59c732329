// What a request with fixes would say, shown by `assay fix --open` without `--write`; no host is asked.
import { expect, test } from 'vitest';
import { fixScene } from './fix-scene.ts';

test.each(['en', 'zh-CN'] as const)('title and description in %s', async (language) => {
  const scene = await fixScene();
  scene.speak(language);
  const known = scene.ids;
  const { display, exitCode } = await scene.fix({ open: true });
  expect(exitCode).toBe(0);
  const shown = display.replaceAll(known.templates, 'id-templates').replaceAll(known.parser, 'id-parser');
  expect(shown.replaceAll(known.deep, 'id-deep').replaceAll(known.code, 'id-code')).toMatchSnapshot();
  expect(scene.desk.repository.git('status', '--porcelain')).toBe('');
});
