// What the file of a finding's patch is called in the output folder: findings with the same patch have one between them.
import type { Patch } from './patch.ts';

/** In the output folder. */
export const PATCH_FOLDER = 'patches';

/** Within that folder: `<id>.patch`, by the finding's own id where the result names no file. */
export function patchNameOf({ id, patch }: { readonly id: string; readonly patch: Patch | null }): string {
  return patch?.file?.slice(PATCH_FOLDER.length + 1) ?? `${id}.patch`;
}
