// What an evaluation is asked to do, and who is to be measured.
import { AssayError } from '#domain/errors.ts';
import type { JudgeChoice } from '#domain/policy.ts';
import type { Subject } from '../../measure/evaluation.ts';
import { parseModelName } from '../model/parse-model-name.ts';

export interface EvaluateRequest {
  readonly cwd: string;
  /** Folders with reports, labels and sources; or one report of such a folder. */
  readonly sets: readonly string[];
  /** Where the code is; null: `src` of the set, else the set itself. */
  readonly sources: string | null;
  /** Null: `auto` with a model, else `builtin`. */
  readonly judge: JudgeChoice | null;
  /** `provider/name`, in the order given. */
  readonly models: readonly string[];
  /** An earlier eval.json. */
  readonly compare: string | null;
  /** How much F1 and MCC may fall before a comparison fails. */
  readonly tolerance: number;
  readonly out: string;
  readonly format: 'table' | 'json';
  /** True: every part of the prompt and every check in turn; a list: these. */
  readonly ablate: boolean | readonly string[];
  /** A policy file; null: the defaults. */
  readonly config: string | null;
  readonly allowHttp: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

const BUILTIN: Subject = { name: 'builtin', judge: 'builtin', model: null };

/** The built-in judge first, as what every model is measured against. Throws AssayError `usage` for options that make no sense together. */
export function subjectsOf({
  judge,
  models,
  ablate,
}: Pick<EvaluateRequest, 'judge' | 'models' | 'ablate'>): readonly Subject[] {
  if (judge === 'builtin' && models.length > 0) {
    throw new AssayError('usage', '--judge builtin asks no model, and --model names one.', {
      hint: 'Leave one of them out; the built-in judge is measured beside every model anyway.',
    });
  }
  if (models.length === 0 && (judge === 'model' || judge === 'auto' || ablate !== false)) {
    throw new AssayError(
      'usage',
      `${ablate !== false ? '--ablate' : `--judge ${judge}`} needs a language model.`,
      {
        hint: 'Add --model provider/name, for example --model openai-compatible/qwen3:8b; it may be repeated.',
      },
    );
  }
  const asked = [...new Set(models)].map((model): Subject => {
    parseModelName(model);
    const choice = judge ?? 'auto';
    return { name: choice === 'auto' ? `${model} (auto)` : model, judge: choice, model };
  });
  return [BUILTIN, ...asked];
}
