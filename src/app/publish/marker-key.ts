// The secret that signs the markers, as the job gives it.
import type { Log } from '#ports/log.ts';
import type { Variables } from '../environment.ts';

/** A marker shows its signature to everybody: what is shorter can be found by trying. */
const SHORTEST = 16;

/** `ASSAY_MARKER_KEY` without white space around it, which secret stores add; null when nothing is left. */
export function markerKeyOf(variables: Variables, log: Pick<Log, 'warn'>): string | null {
  const key = (variables.ASSAY_MARKER_KEY ?? '').trim();
  if (key === '') return null;
  if (key.length < SHORTEST)
    log.warn(
      `ASSAY_MARKER_KEY has fewer than ${SHORTEST} characters: it can be guessed from the comments. Use a longer one.`,
    );
  return key;
}
