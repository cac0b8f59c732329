// What a question needs from the sources themselves: who calls the function of a finding, and its reasons in the language of the answer.

import { say } from '#domain/phrase.ts';
import type { FindingRecord } from '#domain/result-document.ts';
import { createCodeIndex } from '../../code/code-index.ts';
import { enclosingFunction } from '../../code/enclosing-function.ts';
import { createRepositoryIndex } from '../../code/repository-index.ts';
import { loadCatalog } from '../../evidence/catalog.ts';
import { gatherEvidence } from '../../evidence/gather-evidence.ts';
import { loadWeaknessTree } from '../../findings/weakness-tree.ts';
import { buildCase } from '../../knowledge/build-case.ts';
import { loadCards } from '../../knowledge/load-cards.ts';
import { judge } from '../../triage/builtin-judge.ts';
import { loadCalibration } from '../../triage/calibration.ts';
import { phraseBookOf } from '../phrase-book.ts';
import type { SourceRoom } from './open-sources.ts';
import { scopedAgain } from './scoped-again.ts';

export type CallsOfFunction =
  | { readonly kind: 'no_sources'; readonly why: string }
  | { readonly kind: 'not_understood'; readonly why: string }
  | { readonly kind: 'no_function' }
  | {
      readonly kind: 'calls';
      readonly name: string;
      readonly calls: readonly {
        readonly path: string;
        readonly line: number;
        /** Its first line as it stands. */
        readonly quote: string;
        /** The function that the call stands in; null at the top of a file or where it has no name. */
        readonly around: string | null;
      }[];
      /** Further ones. */
      readonly more: number;
      /** What was not searched, in words. */
      readonly gaps: readonly string[];
    };

const MOST_CALLS = 12;

/** Calls of the function around the finding, by its name, recursion left out. */
export async function callsOf(
  { location }: FindingRecord,
  { world: { workspace, assets } }: Pick<SourceRoom, 'world'>,
  language: 'en' | 'zh-CN',
): Promise<CallsOfFunction> {
  const code = createCodeIndex(workspace, assets);
  const unit = await code.unit(location.path);
  if (unit.kind === 'failure') {
    return { kind: 'not_understood', why: say(unit.why, phraseBookOf(language)).replace(/[.。]$/, '') };
  }
  const around = enclosingFunction(unit, location.startLine, location.endLine);
  if (around === null || around.name === '') return { kind: 'no_function' };
  const repository = createRepositoryIndex(workspace, code);
  const { hits, more, gaps } = await repository.callers(around.name, location.path);
  const others = hits.filter(
    (hit) =>
      hit.path !== location.path || hit.startLine < around.span.line || hit.endLine > around.span.endLine,
  );
  const calls = await Promise.all(
    others.slice(0, MOST_CALLS).map(async ({ path, startLine, function: inside }) => ({
      path,
      line: startLine,
      quote: (await repository.lines(path))?.[startLine - 1] ?? '',
      around: inside === null || inside.name === '' ? null : inside.name,
    })),
  );
  return { kind: 'calls', name: around.name, calls, more: others.length - calls.length + more, gaps };
}

/**
 * The finding with what was said of it in another language than the result's: the same reasons, found again in the sources. What is not
 * found again stays in the language it was written in.
 */
export async function retell(
  finding: FindingRecord,
  { world: { workspace, assets }, policy }: Pick<SourceRoom, 'world' | 'policy'>,
  language: 'en' | 'zh-CN',
): Promise<FindingRecord> {
  const { verdict } = finding;
  if (verdict === null) return finding;
  const scoped = scopedAgain(finding);
  const gathered = await gatherEvidence([scoped], {
    ...{ code: createCodeIndex(workspace, assets), catalog: await loadCatalog(assets) },
    ...{ policyPaths: policy.policyPaths, onDone: () => undefined },
  });
  const evidence = gathered.get(finding.id);
  if (evidence === undefined) return finding;
  const weaknesses = await loadWeaknessTree(assets);
  const again = judge(buildCase(scoped, evidence, await loadCards(assets, language)), {
    ...{ neverDismiss: policy.neverDismiss, calibration: await loadCalibration(assets), language },
    isKindOf: (cwe, ancestor) => cwe === ancestor || weaknesses.isAncestor(ancestor, cwe),
  });
  const reasons = verdict.reasons.map((reason) => {
    const same = again.verdict.reasons.find(
      ({ code, citations }) =>
        code === reason.code && citations[0]?.startLine === reason.citations[0]?.startLine,
    );
    return same === undefined ? reason : { ...reason, text: same.text };
  });
  return { ...finding, verdict: { ...verdict, reasons } };
}
