// The part of a run in which a model is asked, or would be: with nobody to ask, the built-in judge's verdicts pass through.
import path from 'node:path';
import type { Notice } from '#domain/decision.ts';
import { say } from '#domain/phrase.ts';
import type { JudgedFinding } from '#domain/verdict.ts';
import { DiskOutput } from '../../adapters/local/disk-output.ts';
import type { AskForPatch, PatchAsking } from '../../patch/ask-for-patches.ts';
import type { JudgedFindings } from '../judge-findings.ts';
import { phraseBookOf } from '../phrase-book.ts';
import type { ModelChoice } from './choose-model.ts';
import type { ModelReport } from './judge-with-model.ts';
import type { ModelContext } from './open-model-room.ts';

export interface ModelStage {
  readonly findings: readonly JudgedFinding[];
  readonly ask: AskForPatch | undefined;
  readonly onAsking: PatchAsking['onStart'];
  /** When nothing more will be asked. `report` is null when no model was asked; `preview` says what was asked for instead. */
  finish(): {
    readonly report: ModelReport | null;
    readonly notices: readonly Notice[];
    readonly preview: readonly string[];
  };
}

export async function runModelStage(
  judged: JudgedFindings,
  { address, judge, notAsked }: ModelChoice,
  context: Omit<ModelContext, 'address' | 'judge'>,
): Promise<ModelStage> {
  const { request, policy } = context;
  if (address === null) {
    const text = notAsked === null ? null : say(notAsked, phraseBookOf(policy.language));
    return without(judged, text === null ? [] : [{ code: 'model-not-asked', text }]);
  }
  const whole = { ...context, address, judge };
  if (request.dumpPrompts !== null || request.estimate) {
    const { previewPrompts } = await import('./preview-prompts.ts');
    const name = request.dumpPrompts;
    const folder = name === null ? null : new DiskOutput(path.resolve(request.cwd, name), name);
    return without(judged, [], await previewPrompts(judged, whole, folder));
  }
  // Loaded only here: a run without a model does not pay for it.
  const { judgeWithModel } = await import('./judge-with-model.ts');
  const { findings, ask, onAsking, finish } = await judgeWithModel(judged, whole);
  return {
    ...{ findings, ask, onAsking },
    finish: () => {
      const report = finish();
      return { report, notices: report.notices, preview: [] };
    },
  };
}

function without(
  { findings }: JudgedFindings,
  notices: readonly Notice[],
  preview: readonly string[] = [],
): ModelStage {
  return { findings, ask: undefined, onAsking: () => {}, finish: () => ({ report: null, notices, preview }) };
}
