// A program: opens the page that it reads on standard input as a site would serve it, in a browser as narrow as a phone, and prints what
// was heard. It runs in a process of its own, because what drives the browser does not load where prototypes are frozen.
//   node test/doubles/visit-page.ts CHROMIUM BUTTON < page.html
import { text } from 'node:stream/consumers';
import { chromium } from 'playwright-core';

export interface Visit {
  /** Console messages, errors, dialogs, and requests but the page's own. */
  readonly heard: readonly string[];
  /** CSS pixels that the page takes, of 390. */
  readonly width: number;
  /** Columns that are sorted after the button was clicked. */
  readonly sorted: number;
}

const ADDRESS = 'https://page.example/page.html';

async function visit(executablePath: string, button: string, body: string): Promise<Visit> {
  const heard: string[] = [];
  // Chromium's own sandbox does not start for root, as in containers.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
    page.on('console', (message) => heard.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => heard.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (request.url() !== ADDRESS) heard.push(`request: ${request.url()}`);
    });
    page.on('dialog', (dialog) => {
      heard.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.route('**', (route) =>
      route.request().url() === ADDRESS ? route.fulfill({ contentType: 'text/html', body }) : route.abort(),
    );
    await page.goto(ADDRESS);
    await page.getByRole('button', { name: button, exact: true }).first().click();
    return {
      heard,
      // As a text: this code has no types of a browser.
      width: await page.evaluate('document.documentElement.scrollWidth'),
      sorted: await page.locator('th[aria-sort="descending"]').count(),
    };
  } finally {
    await browser.close();
  }
}

const [executablePath = '', button = ''] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await visit(executablePath, button, await text(process.stdin))));
