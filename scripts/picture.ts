// `npm run picture`: draws what a reader sees of the demo for the README: the end in a terminal, a comment, one about a package, the summary comment.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawComment, drawSummary } from './picture/draw-comments.ts';
import { drawTerminal } from './picture/draw-terminal.ts';
import { findChromium } from './picture/find-chromium.ts';
import { photograph } from './picture/photograph.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const SHOP = path.join(ROOT, '.demo', 'order-service');
const OUT = path.join(ROOT, '.demo', 'assay-out');
const IMAGES = path.join(ROOT, 'docs', 'images');

function keep(name: string, content: string | Uint8Array): void {
  writeFileSync(path.join(IMAGES, name), content);
  process.stdout.write(`docs/images/${name} was drawn.\n`);
}

mkdirSync(IMAGES, { recursive: true });
keep('demo.svg', drawTerminal(path.join(OUT, 'assay.json')));
const chromium = findChromium(process.env);
if (chromium === null) {
  process.stderr.write(`The comments were not drawn: there is no Chromium. Install one (Debian: apt-get install chromium fonts-noto-color-emoji),
or say where it is: ASSAY_CHROMIUM=/path/to/chromium npm run picture\n`);
  process.exitCode = 1;
} else {
  const publication = path.join(OUT, 'publication');
  keep('comment.png', await photograph(drawComment(SHOP, publication), chromium));
  keep('upgrade.png', await photograph(drawComment(SHOP, publication, 'package.json'), chromium));
  keep('summary.png', await photograph(drawSummary(publication), chromium));
}
