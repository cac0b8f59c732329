// The ladder of an upgrade: the edit applies, is a version text of the one package and nothing else, and keeps affected versions out.
import { applyEdits, editProblem } from '#domain/apply-edits.ts';
import type { LineEdit, PatchCheck, PatchRefusal } from '#domain/patch.ts';
import { type Phrase, phrase, say } from '#domain/phrase.ts';
import type { Workspace } from '#ports/workspace.ts';
import { overridesThatCouldBe } from './add-override.ts';
import { type ExpectedUpgrade, manifestChange } from './manifest-change.ts';
import { isManifest, readManifestsAround } from './manifests-around.ts';
import { UPGRADE_PHRASES_ZH_CN } from './phrases-zh-cn.ts';
import { raiseRequirements } from './raise-requirement.ts';
import { isPlainVersion } from './rewrite-constraint.ts';

export interface UpgradeProofQuestion {
  readonly path: string;
  /** The file's exact text, byte order mark included. */
  readonly before: string;
  /** From anywhere. */
  readonly edits: readonly LineEdit[];
  readonly expected: ExpectedUpgrade;
  readonly workspace: Pick<Workspace, 'files' | 'read'>;
  /** Of the checks. */
  readonly language: 'en' | 'zh-CN';
}

export type UpgradeProof =
  | { readonly kind: 'proved'; readonly after: string; readonly checks: readonly PatchCheck[] }
  /** `why` is a sentence. */
  | { readonly kind: 'refused'; readonly failed: PatchRefusal['failed']; readonly why: string };

type Refusal = readonly [failed: PatchRefusal['failed'], why: Phrase];

const PASSED: readonly (readonly [PatchCheck['check'], PatchCheck['outcome'], Phrase])[] = [
  ['applies', 'passed', phrase`It was applied to the file as it is at head.`],
  ['policy', 'passed', phrase`It changes the version of this package in a manifest and nothing else.`],
  ['parses', 'passed', phrase`The manifest is read as before, but for that version.`],
  [
    'rejudged',
    'passed',
    phrase`The new constraint admits the version without the vulnerability and none that is known to be installed with it.`,
  ],
  ['builds', 'skipped', phrase`It was not built: Assay does not run the project's build.`],
  ['tests', 'skipped', phrase`It was not tested: Assay does not run the project's tests.`],
];

/** The edits may come from anywhere: they are applied, and the manifests around them are read before and after. */
export async function proveUpgrade(question: UpgradeProofQuestion): Promise<UpgradeProof> {
  const book = question.language === 'zh-CN' ? UPGRADE_PHRASES_ZH_CN : null;
  const climbed = await climb(question);
  if (typeof climbed !== 'string') return { kind: 'refused', failed: climbed[0], why: say(climbed[1], book) };
  return {
    kind: 'proved',
    after: climbed,
    checks: PASSED.map(([check, outcome, text]) => ({ check, outcome, text: say(text, book) })),
  };
}

/** The text afterwards, or the rung that did not hold. */
async function climb({
  path,
  before,
  edits,
  expected,
  workspace,
}: UpgradeProofQuestion): Promise<string | Refusal> {
  const problem = edits.length === 0 ? phrase`it changes nothing` : editProblem(before, edits);
  if (problem !== null) return ['applies', phrase`The edit does not apply: ${problem}.`];
  const after = applyEdits(before, edits);
  if (after === before) return ['applies', phrase`The edit does not apply: ${phrase`it changes nothing`}.`];
  const { ecosystem, to } = expected;
  if (!isManifest(ecosystem, path)) return ['policy', phrase`The file is no manifest of ${ecosystem}.`];
  if (!isPlainVersion(ecosystem, to)) return ['policy', phrase`What it is raised to is no plain version.`];
  const manifest = { path, ecosystem };
  const old = await readManifestsAround(workspace, manifest, before);
  const now = await readManifestsAround(workspace, manifest, after);
  const change = manifestChange(old, now, expected);
  if (change.kind === 'other') return [change.failed, change.why];
  // What reading does not see, scripts, addresses, comments, is held by writing the upgrade once more.
  const mark = before.startsWith('\uFEFF') ? '\uFEFF' : '';
  const plain = before.slice(mark.length);
  const own = change.raised.length > 0 ? [raiseRequirements(ecosystem, plain, change.raised, to)] : [];
  const wanted = [...own, ...overridesThatCouldBe(path, plain, expected.name, to)];
  return wanted.some((text) => text !== null && mark + text === after)
    ? after
    : ['policy', phrase`The edit changes more than the version of the package.`];
}
