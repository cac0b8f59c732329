// Draws HTML in a headless Chromium, with no network and no script, and keeps a picture of it within a size.
import { chromium } from 'playwright-core';

/** Bytes that a README's picture may have. */
const MOST_BYTES = 200_000;
/** Pixels for one of CSS: the sharpest that fits counts. */
const SCALES = [2, 1.5, 1] as const;

/** A PNG of the element `#picture`. */
export async function photograph(html: string, executablePath: string): Promise<Uint8Array> {
  // Chromium's own sandbox does not start for root, as in containers; what is drawn is our own page.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args });
  try {
    for (const deviceScaleFactor of SCALES) {
      const context = await browser.newContext({
        deviceScaleFactor,
        javaScriptEnabled: false,
        offline: true,
      });
      const page = await context.newPage();
      await page.setContent(html);
      const png = await page.locator('#picture').screenshot({ animations: 'disabled' });
      await context.close();
      if (png.byteLength <= MOST_BYTES) return png;
    }
    throw new Error(`The picture is larger than ${MOST_BYTES} bytes even at scale 1.`);
  } finally {
    await browser.close();
  }
}
