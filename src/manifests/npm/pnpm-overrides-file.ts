// In which file pnpm hears a new line of overrides, by what the repository says of the versions of pnpm that it is meant for.
import { satisfies } from '../../versions/satisfies.ts';
import { joinPath } from '../repository-path.ts';
import type { PackageJson } from './package-json.ts';
import type { PnpmWorkspace } from './pnpm-workspace.ts';

export interface PnpmEvidence {
  /** The first number of `lockfileVersion`. */
  readonly format: number;
  /** Those beside the lock file; `overrides` of the manifest may hold those of the workspace. */
  readonly manifest: Pick<PackageJson, 'packageManager' | 'pnpmRange' | 'overrides' | 'path'> | null;
  readonly workspace: Pick<PnpmWorkspace, 'settings'> | null;
}

/**
 * Versions that hear the same, as they were tried (9.15.9, 10.34.9, 11.28.11, 12.21.0):
 * - `old`, below 10.5: `pnpm.overrides` of package.json
 * - `ten`, up to 10: that, and `overrides` of pnpm-workspace.yaml where package.json holds neither `pnpm.overrides` nor `resolutions`
 * - `new`: pnpm-workspace.yaml alone
 */
type Era = 'old' | 'ten' | 'new';
const ERAS: readonly Era[] = ['old', 'ten', 'new'];

/** What pnpm read there before it read all its settings there: packages of the workspace, catalogs since 9.5. */
const SINCE_LONG = new Set(['packages', 'catalog', 'catalogs']);

/** Undefined where the versions are not known, and no file is heard by all that could be. */
export function pnpmOverridesFile(folder: string, evidence: PnpmEvidence): string | undefined {
  const { manifest, workspace } = evidence;
  const eras = possibleEras(evidence);
  const isHeldInPackage = (manifest?.overrides ?? []).some(
    ({ group, place }) =>
      place.path === manifest?.path && (group === 'pnpm.overrides' || group === 'resolutions'),
  );
  const isHeldInWorkspace = workspace?.settings.includes('overrides') === true;
  const [ofPackage, ofWorkspace] = [
    joinPath(folder, 'package.json'),
    joinPath(folder, 'pnpm-workspace.yaml'),
  ];
  const hearsWorkspace = eras.every((era) => era === 'new' || (era === 'ten' && !isHeldInPackage));
  // With pnpm 10 a first line in package.json would silence those of the workspace.
  const hearsPackage = eras.every(
    (era) => era === 'old' || (era === 'ten' && (isHeldInPackage || !isHeldInWorkspace)),
  );
  if (hearsWorkspace && (workspace !== null || !hearsPackage)) return ofWorkspace;
  return hearsPackage ? ofPackage : undefined;
}

function possibleEras({ format, manifest, workspace }: PnpmEvidence): readonly Era[] {
  const told = /^pnpm@(\d+\.\d+\.\d+)/.exec(manifest?.packageManager ?? '')?.[1];
  if (told !== undefined) return [eraOf(told)];
  const asked = manifest?.pnpmRange == null ? ERAS : erasWithin(manifest.pnpmRange);
  // pnpm 9 and later write format 9.
  if (format < 9) return ['old'];
  return asked.filter((era) => era !== 'old' || workspace === null || isReadByOld(workspace));
}

/** Below 10.5 the file without `packages` is an error, and other settings in it are not read. */
function isReadByOld({ settings }: Pick<PnpmWorkspace, 'settings'>): boolean {
  return settings.includes('packages') && settings.every((name) => SINCE_LONG.has(name));
}

/** All of them where the range is none. */
function erasWithin(range: string): readonly Era[] {
  const named = [...range.matchAll(/\d{1,5}(?:\.\d{1,5}){0,2}/g)].map(([text]) =>
    [...text.split('.'), '0', '0'].slice(0, 3).join('.'),
  );
  const last = Array.from({ length: 15 }, (_, major) => `${major + 1}.99999.99999`);
  const admitted = [...named, ...last, '10.4.99999'].filter(
    (version) => satisfies('npm', range, version) === true,
  );
  const eras = new Set(admitted.map(eraOf));
  return eras.size === 0 ? ERAS : ERAS.filter((era) => eras.has(era));
}

function eraOf(version: string): Era {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major !== 10) return major < 10 ? 'old' : 'new';
  return minor < 5 ? 'old' : 'ten';
}
