// Asks the model for a change that mends a finding, with the reasons why earlier ones were refused; what comes back climbs the ladder elsewhere.
import type { PatchRefusal } from '#domain/patch.ts';
import type { JudgedFinding, Judgement } from '#domain/verdict.ts';
import { gatherDossier } from '../../evidence/gather-dossier.ts';
import type { AskForPatch, PatchIdea } from '../../patch/ask-for-patches.ts';
import { packEdits, unpackEdits } from '../../patch/pack-edits.ts';
import { PATCH_SCHEMA, type PatchAnswer, parsePatchAnswer } from '../../patch/patch-answer.ts';
import { composePrompt } from '../../prompt/compose-prompt.ts';
import type { ModelContext, ModelRoom } from './open-model-room.ts';

const PATCH_TOKENS = 3_000;
const NONE: PatchIdea = { kind: 'none' };

export function createPatchAsker(
  judgements: ReadonlyMap<string, Judgement>,
  parts: {
    readonly room: ModelRoom;
    readonly context: ModelContext;
    readonly onPrompt: (name: string) => void;
  },
): AskForPatch {
  return async (finding, refused) => {
    const judgement = judgements.get(finding.id);
    return judgement === undefined ? NONE : askOne(finding, judgement, refused, parts);
  };
}

async function askOne(
  finding: JudgedFinding,
  judgement: Judgement,
  refused: readonly PatchRefusal[],
  { room, context, onPrompt }: Parameters<typeof createPatchAsker>[1],
): Promise<PatchIdea> {
  const { code, policy, world, isKindOf } = context;
  const head = await world.workspace.read(finding.location.path);
  if (head.kind !== 'text') return NONE;
  const before = head.text;
  const dossier = await gatherDossier(judgement.case, {
    ...{ code, repository: room.repository, requests: [], budgetTokens: policy.model.evidenceTokens },
    knowledge: await room.knowledge.passagesFor(judgement.case),
  });
  const prompt = await composePrompt(room.library, {
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
  const opaque = [...prompt.bindings.keys()][0] ?? '';
  const asked = await room.asker.ask<PatchAnswer>({
    ...{ task: 'patch', findings: 1, prompt, schema: PATCH_SCHEMA, maxOutputTokens: PATCH_TOKENS },
    parse: (text) => parsePatchAnswer(text, opaque),
    pack: ({ edits, why }) => ({ why, packed: packEdits(edits, before) }),
    unpack: (stored) => {
      const { why, packed }: { why?: unknown; packed?: unknown } = Object(stored);
      const edits = unpackEdits(packed, before);
      return typeof why === 'string' && edits !== null ? { edits, why } : null;
    },
  });
  onPrompt(`${prompt.id}#${prompt.hash}`);
  if (asked.kind === 'failed' || asked.value.edits.length === 0) return NONE;
  return { kind: 'edits', edits: asked.value.edits, why: asked.value.why, model: room.id };
}
