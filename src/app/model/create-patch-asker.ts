// Asks the model for a change that mends a finding, with the reasons why earlier ones were refused; what comes back climbs the ladder elsewhere.
import pLimit from 'p-limit';
import type { ModelFailureKind } from '#domain/model.ts';
import type { PatchRefusal } from '#domain/patch.ts';
import type { JudgedFinding, Judgement } from '#domain/verdict.ts';
import { gatherDossier } from '../../evidence/gather-dossier.ts';
import type { AskForPatch, PatchIdea } from '../../patch/ask-for-patches.ts';
import { packEdits, unpackEdits } from '../../patch/pack-edits.ts';
import { PATCH_SCHEMA, type PatchAnswer, parsePatchAnswer } from '../../patch/patch-answer.ts';
import { composePrompt, type RenderedPrompt } from '../../prompt/compose-prompt.ts';
import type { Asked } from './create-asker.ts';
import type { ModelContext, ModelRoom, PromptRoom } from './open-model-room.ts';

export const PATCH_TOKENS = 3_000;
const NONE: PatchIdea = { kind: 'none' };

interface Parts {
  readonly room: ModelRoom;
  readonly context: ModelContext;
  readonly onPrompt: (name: string) => void;
  /** A question that came to nothing; `budget` where it was not sent. */
  readonly onFailure: (finding: string, kind: ModelFailureKind) => void;
}

/**
 * The order of the calls is the order in which the questions take their places in the line of the budget. Few are prepared and not answered
 * yet at a time: each holds its code and its prompt.
 */
export function createPatchAsker(judgements: ReadonlyMap<string, Judgement>, parts: Parts): AskForPatch {
  const { context, room } = parts;
  const open = pLimit(2 * context.policy.model.concurrency);
  const oneByOne = pLimit(1);
  return async (finding, refused) => {
    const judgement = judgements.get(finding.id);
    if (judgement === undefined) return NONE;
    return open(async () => {
      // What is over the limit anyway must cost next to nothing.
      if (context.world.signal.aborted) return NONE;
      if (!room.budget.mayAsk(finding.id)) {
        parts.onFailure(finding.id, 'budget');
        return NONE;
      }
      const question = await oneByOne(() => prepare(finding, judgement, refused, parts));
      return question === null ? NONE : question.asked;
    });
  };
}

/** What would be sent about this finding. */
export async function composePatchPrompt(
  judgement: Judgement,
  refused: readonly PatchRefusal[],
  { room, context }: { readonly room: PromptRoom; readonly context: ModelContext },
): Promise<RenderedPrompt> {
  const { code, policy, isKindOf } = context;
  const dossier = await gatherDossier(judgement.case, {
    ...{ code, repository: room.repository, requests: [], budgetTokens: policy.model.evidenceTokens },
    knowledge: await room.knowledge.passagesFor(judgement.case),
  });
  return composePrompt(room.library, {
    task: 'patch',
    // A reason may hold pieces of the code, and is marked like it.
    subjects: [
      {
        dossier,
        outside: refused.map(({ why }) => ({ title: 'An earlier proposal was refused', text: why })),
      },
    ],
    ...{ language: policy.language, isKindOf, switchedOff: room.switchedOff, redact: room.redact },
  });
}

/** Null where there is no file to mend. What is asked is wrapped, so that awaiting this waits for no answer. */
async function prepare(
  finding: JudgedFinding,
  judgement: Judgement,
  refused: readonly PatchRefusal[],
  { room, context, onPrompt, onFailure }: Parts,
): Promise<{ readonly asked: Promise<PatchIdea> } | null> {
  const head = await context.world.workspace.read(finding.location.path);
  if (head.kind !== 'text') return null;
  const before = head.text;
  const prompt = await composePatchPrompt(judgement, refused, { room, context });
  const opaque = [...prompt.bindings.keys()][0] ?? '';
  onPrompt(`${prompt.id}#${prompt.hash}`);
  const asked = room.asker.ask<PatchAnswer>({
    ...{ task: 'patch', findings: 1, prompt, schema: PATCH_SCHEMA, maxOutputTokens: PATCH_TOKENS },
    parse: (text) => parsePatchAnswer(text, opaque),
    pack: ({ edits, why }) => ({ why, packed: packEdits(edits, before) }),
    unpack: (stored) => {
      const { why, packed }: { why?: unknown; packed?: unknown } = Object(stored);
      const edits = unpackEdits(packed, before);
      return typeof why === 'string' && edits !== null ? { edits, why } : null;
    },
  });
  return {
    asked: asked.then((said) => {
      if (said.kind === 'failed') onFailure(finding.id, said.failure.kind);
      return ideaOf(said, room.id);
    }),
  };
}

function ideaOf(said: Asked<PatchAnswer>, model: string): PatchIdea {
  if (said.kind === 'failed' || said.value.edits.length === 0) return NONE;
  return { kind: 'edits', edits: said.value.edits, why: said.value.why, model };
}
