// Each patch proved again against the file as it is now, by the rules of publishing, and those of one file put together.
import { createHash } from 'node:crypto';
import type { LineEdit, PatchCheck } from '#domain/patch.ts';
import { phrase, say } from '#domain/phrase.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import type { Assets } from '#ports/assets.ts';
import type { SourceHistory } from '#ports/source-history.ts';
import type { Workspace } from '#ports/workspace.ts';
import { climbLadder } from '../../patch/climb-ladder.ts';
import { reprove } from '../../patch/reprove.ts';
import { phraseBookOf as patchBookOf } from '../../patch/rung.ts';
import { createDraftCode } from '../draft-code.ts';
import { phraseBookOf } from '../phrase-book.ts';
import { applyInTurn, isSame, madeAlready, type Patched } from './apply-in-turn.ts';
import { doMeet, shiftEdits, shiftLine } from './merge-edits.ts';
import type { Fixable } from './select-fixes.ts';

export interface ProveFixesContext {
  /** The working tree. */
  readonly sources: Workspace;
  /** Null where there is no git. */
  readonly history: SourceHistory | null;
  /** A commit that the result names; outside text. */
  readonly commit: string | null;
  readonly assets: Assets;
  readonly language: 'en' | 'zh-CN';
  readonly force: boolean;
}

export interface FileFix {
  readonly path: string;
  /** As it lies there. */
  readonly now: Uint8Array;
  readonly after: Uint8Array;
  /** Findings whose patch is to be made, and those whose patch is there already. */
  readonly made: readonly FindingRecord[];
  readonly there: readonly FindingRecord[];
}

/** `why` is a sentence. */
export interface LeftOut {
  readonly finding: FindingRecord;
  readonly why: string;
}

export interface ProvedFixes {
  readonly files: readonly FileFix[];
  readonly leftOut: readonly LeftOut[];
  /** What was seen of each patch that held, by the finding's id. */
  readonly checks: ReadonlyMap<string, readonly PatchCheck[]>;
}

/**
 * @param all every patch of the result, so that those of an earlier call are known again
 * @param wanted ids of the findings that are asked for
 */
export async function proveFixes(
  all: readonly Fixable[],
  wanted: ReadonlySet<string>,
  context: ProveFixesContext,
): Promise<ProvedFixes> {
  const byPath = new Map<string, Patched[]>();
  for (const { finding, patch } of all)
    if (patch !== null) byPath.set(patch.path, [...(byPath.get(patch.path) ?? []), { finding, patch }]);
  const own = new Set(await context.sources.files());
  const { history, commit } = context;
  const revisions = [
    'HEAD',
    'HEAD^',
    ...(commit !== null && /^[0-9a-f]{40,64}$/.test(commit) ? [commit] : []),
  ];
  const earlier = (await history?.treesAt(revisions)) ?? [];
  const files: FileFix[] = [];
  const leftOut: LeftOut[] = [];
  const checks = new Map<string, readonly PatchCheck[]>();
  for (const [path, patches] of byPath) {
    if (!patches.some(({ finding }) => wanted.has(finding.id))) continue;
    const now = own.has(path) ? await context.sources.readBytes(path) : null;
    const outcome = await proveFile({ path, patches, now, wanted }, { ...context, earlier, checks });
    if (outcome.file !== null) files.push(outcome.file);
    leftOut.push(...outcome.leftOut.filter(({ finding }) => wanted.has(finding.id)));
  }
  return { files, leftOut, checks };
}

interface OneFile {
  readonly path: string;
  readonly patches: readonly Patched[];
  readonly now: Uint8Array | null;
  readonly wanted: ReadonlySet<string>;
}

type FileContext = ProveFixesContext & {
  readonly earlier: readonly Workspace[];
  /** Filled in. */
  readonly checks: Map<string, readonly PatchCheck[]>;
};

async function proveFile(
  { path, patches, now, wanted }: OneFile,
  context: FileContext,
): Promise<{ readonly file: FileFix | null; readonly leftOut: readonly LeftOut[] }> {
  const book = phraseBookOf(context.language);
  const allOut = (why: ReturnType<typeof phrase>) => ({
    file: null,
    leftOut: patches.map(({ finding }) => ({ finding, why: say(why, book) })),
  });
  if (now === null) return allOut(phrase`The file is not one of the repository's own, or may not be read.`);
  const original = await findOriginal(path, now, patches, context);
  if (original === null) {
    const found = sha256(now);
    const there = patches.filter(({ patch }) => patch.after === found).map(({ finding }) => finding);
    const file = there.length === 0 ? null : { path, now, after: now, made: [], there };
    const rest = patches.filter(({ finding }) => !there.includes(finding));
    const why = say(
      phrase`The file is not the one that the patch was made for: run assay triage again.`,
      book,
    );
    return { file, leftOut: rest.map(({ finding }) => ({ finding, why })) };
  }
  const { held, leftOut } = await proveTogether(path, patches, original.bytes, {
    ...context,
    sources: original.tree,
  });
  const before = decode(original.bytes);
  const there = madeAlready(before, decode(now), held);
  if (there === null)
    return allOut(phrase`The file has other changes than the patches: run assay triage again.`);
  const isDirty = there.length === 0 && (await context.history?.isClean(path)) !== true;
  if (isDirty && !context.force && context.history === null)
    return allOut(
      phrase`There is no git repository that would bring the file back: give ${'`--force`'} to write all the same.`,
    );
  if (isDirty && !context.force)
    return allOut(
      phrase`The file has changes that are not committed: commit them first, or give ${'`--force`'}.`,
    );
  const chosen = held.filter((one) => wanted.has(one.finding.id) || there.includes(one));
  const after = new TextEncoder().encode(applyInTurn(before, chosen));
  const made = chosen.filter((one) => !there.includes(one)).map(({ finding }) => finding);
  const asked = there.map(({ finding }) => finding).filter(({ id }) => wanted.has(id));
  return { file: { path, now, after, made, there: asked }, leftOut };
}

/** The bytes that the patches were made for, and the files around them: as they lie there, or as a commit has them. */
async function findOriginal(
  path: string,
  now: Uint8Array,
  patches: readonly Patched[],
  { sources, earlier }: FileContext,
): Promise<{ readonly bytes: Uint8Array; readonly tree: Workspace } | null> {
  const isOriginal = (bytes: Uint8Array) => {
    const hash = sha256(bytes);
    return patches.some(({ patch }) => patch.before === hash);
  };
  if (isOriginal(now)) return { bytes: now, tree: sources };
  for (const tree of earlier) {
    const bytes = await tree.readBytes(path);
    if (bytes !== null && isOriginal(bytes)) return { bytes, tree };
  }
  return null;
}

/** Each as publishing does, and then once more on top of those before it. */
async function proveTogether(
  path: string,
  patches: readonly Patched[],
  original: Uint8Array,
  context: FileContext,
): Promise<{ readonly held: readonly Patched[]; readonly leftOut: readonly LeftOut[] }> {
  const held: Patched[] = [];
  const leftOut: LeftOut[] = [];
  const { understand } = createDraftCode(context.assets);
  let text = decode(original);
  for (const one of patches) {
    const why =
      (await aloneProblem(one, original, { ...context, understand })) ??
      (await togetherProblem(one, held, { ...context, path, text, understand }));
    if (why !== null) {
      leftOut.push({ finding: one.finding, why });
      continue;
    }
    held.push(one);
    text = applyInTurn(decode(original), held);
  }
  return { held, leftOut };
}

type Understand = ReturnType<typeof createDraftCode>['understand'];

async function aloneProblem(
  { finding, patch }: Patched,
  original: Uint8Array,
  { sources, language, understand, checks }: FileContext & { readonly understand: Understand },
): Promise<string | null> {
  const { dependency, location, cwe } = finding;
  if (patch.origin === 'upgrade') {
    const { reproveUpgrade } = await import('../../upgrade/reprove-upgrade.ts');
    const outcome = await reproveUpgrade(patch, original, { dependency, workspace: sources, language });
    if (outcome.kind === 'proved') checks.set(finding.id, outcome.checks);
    return outcome.kind === 'refused' ? outcome.why : null;
  }
  const place = { place: location, cwe, reviewDiff: null, understand, language };
  const outcome = await reprove(patch, original, place);
  if (outcome.kind === 'proved') checks.set(finding.id, outcome.checks);
  return outcome.kind === 'refused' ? outcome.why : null;
}

async function togetherProblem(
  { finding, patch }: Patched,
  held: readonly Patched[],
  context: FileContext & { readonly path: string; readonly text: string; readonly understand: Understand },
): Promise<string | null> {
  const book = phraseBookOf(context.language);
  if (held.length === 0 || held.some((one) => isSame(one.patch, patch))) return null;
  const made = held.flatMap((one) => one.patch.edits);
  const apart = patch.origin === 'upgrade' ? 0 : 1;
  if (doMeet(patch.edits, made, apart))
    return say(
      phrase`It touches lines that another patch of the file changes: run assay triage again after that one.`,
      book,
    );
  const edits = shiftEdits(patch.edits, made);
  return patch.origin === 'upgrade'
    ? proveUpgradeOnTop(finding, edits, context)
    : proveCodeOnTop(finding, edits, { ...context, made });
}

async function proveUpgradeOnTop(
  { dependency }: FindingRecord,
  edits: readonly LineEdit[],
  { path, text, sources, language }: FileContext & { readonly path: string; readonly text: string },
): Promise<string | null> {
  const { proveUpgrade } = await import('../../upgrade/prove-upgrade.ts');
  const name = dependency?.package.name ?? '';
  const ecosystem = dependency?.package.ecosystem?.split(':', 1)[0] ?? '';
  const expected = {
    ecosystem,
    name,
    to: dependency?.upgrade?.to ?? '',
    affected: dependency?.versions ?? [],
  };
  const proof = await proveUpgrade({ path, before: text, edits, expected, workspace: sources, language });
  return proof.kind === 'refused' ? proof.why : null;
}

async function proveCodeOnTop(
  { location, cwe }: FindingRecord,
  edits: readonly LineEdit[],
  {
    path,
    text,
    understand,
    made,
    language,
  }: {
    readonly path: string;
    readonly text: string;
    readonly understand: Understand;
    readonly made: readonly LineEdit[];
    readonly language: 'en' | 'zh-CN';
  },
): Promise<string | null> {
  const startLine = shiftLine(location.startLine, made);
  const place = { path: location.path, startLine, endLine: shiftLine(location.endLine, made) };
  const climbed = await climbLadder({ path, before: text, edits, place, cwe, reviewDiff: null, understand });
  if (climbed.kind === 'climbed') return null;
  const why = say(climbed.why, patchBookOf(language));
  return say(
    phrase`It does not hold together with another patch of the file: ${why}`,
    phraseBookOf(language),
  );
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
