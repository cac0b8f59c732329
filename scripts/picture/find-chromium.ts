// Finds a browser on this machine, without loading what drives it.
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Where the browser is: `ASSAY_CHROMIUM`, or one on the PATH; null when there is none. */
export function findChromium(variables: NodeJS.ProcessEnv): string | null {
  const folders = (variables.PATH ?? '').split(path.delimiter);
  const known = ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) =>
    folders.map((folder) => path.join(folder, name)),
  );
  const candidates = variables.ASSAY_CHROMIUM ? [variables.ASSAY_CHROMIUM] : known;
  return candidates.find((candidate) => existsSync(candidate)) ?? null;
}
