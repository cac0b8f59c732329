// The whole main job over a scene, in this process, with a scripted model: everything that leaves is kept, whichever way it goes.
import { subscribe } from 'node:diagnostics_channel';
import type { AnswerCache } from '#ports/answer-cache.ts';
import { createRedactor } from '#support/redact.ts';
import { createStderrLog } from '../../../src/adapters/local/stderr-log.ts';
import { renderDisplay } from '../../../src/app/render-outputs.ts';
import { defaultRequest, type RunRequest } from '../../../src/app/run-request.ts';
import { secretValues } from '../../../src/app/secret-variables.ts';
import { triage } from '../../../src/app/triage.ts';
import type { TriageOutcome } from '../../../src/app/triage-outcome.ts';
import { createMemoryChanges } from '../../doubles/memory-changes.ts';
import { createMemoryWorkspace } from '../../doubles/memory-workspace.ts';
import { createMemoryWorld } from '../../doubles/memory-world.ts';
import { createScriptedModel, type ModelScript } from '../../doubles/scripted-model.ts';
import { environmentWith } from '../../e2e/reviewed-change.ts';
import { CANARY, type Scene } from './scene.ts';

export interface SceneRun {
  readonly outcome: TriageOutcome;
  /** Files of the output folder, comments of the dry run among them. */
  readonly files: ReadonlyMap<string, string>;
  readonly log: string;
  /** What stdout shows in every format, the job's summary, and the annotations. */
  readonly shown: readonly string[];
  readonly annotations: readonly string[];
  /** System and prompt of every request, with the most tokens of its answer. */
  readonly prompts: readonly { readonly text: string; readonly prompt: string; readonly most: number }[];
  readonly cached: readonly string[];
  /** Base addresses and names of the models that were opened. */
  readonly opened: readonly string[];
  /** Paths that were read of the change. */
  readonly read: readonly string[];
  /** Child processes and connections of this process while it ran, but git. */
  readonly reached: readonly string[];
  /** Links below these are ours. */
  readonly links: readonly string[];
}

const OPERATOR = {
  ASSAY_MODEL_BASE_URL: 'https://models.example.org/v1',
  ASSAY_API_KEY: CANARY,
  CI: 'true',
};

const processes: { readonly spawnfile?: string }[] = [];
const connections: string[] = [];
subscribe('child_process', (message) => void processes.push((message as { process: object }).process));
subscribe('net.client.socket', () => void connections.push('a connection'));

/** Programs that were started so far, but git. */
export function reachedHere(): readonly string[] {
  return processes
    .map(({ spawnfile = 'unknown' }) => spawnfile)
    .filter((name) => name !== 'git' && !name.endsWith('/git'));
}

/** `script` null: the built-in judge alone. */
export async function runScene(scene: Scene, script: ModelScript | null, reports = {}): Promise<SceneRun> {
  const opened: string[] = [];
  const cached: string[] = [];
  const pieces: string[] = [];
  const redact = createRedactor(secretValues(OPERATOR));
  const model = createScriptedModel(script ?? []);
  const cache: AnswerCache = {
    get: async () => null,
    put: async (key, value) => void cached.push(JSON.stringify([key, value])),
  };
  const made = createMemoryWorld({ 'scan.sarif': scene.report, ...reports }, {});
  const workspace = createMemoryWorkspace(scene.head);
  const world = {
    ...made,
    ...{ workspace, redact, changes: createMemoryChanges(scene.base, scene.head) },
    log: createStderrLog({
      ...{ interactive: false, quiet: false, verbose: true, redact },
      output: { write: (text) => void pieces.push(text), now: () => 0 },
    }),
    models: {
      ...made.models,
      variables: OPERATOR,
      open: async ({ baseUrl, name }: { baseUrl: string | null; name: { name: string } }) => {
        opened.push(`${baseUrl} ${name.name}`);
        return model;
      },
      openCache: async () => cache,
    },
  };
  const request: RunRequest = {
    ...defaultRequest('/work'),
    ...{ publish: 'github', dryRun: true, verbose: true, judge: script === null ? 'builtin' : null },
  };
  const environment = environmentWith(OPERATOR);
  const before = [...reachedHere(), ...connections].length;
  const outcome = await triage(request, world, environment);
  const { document } = outcome;
  const shown = (['table', 'json', 'markdown'] as const).map((format) =>
    document === null ? '' : renderDisplay(document, { ...request, format }, environment, outcome.files),
  );
  return {
    ...{ outcome, cached, opened, files: made.written, log: pieces.join('') },
    shown: [...shown, outcome.summary ?? ''],
    annotations: outcome.annotations,
    prompts: model.asked.map(({ system, prompt, maxOutputTokens }) => ({
      ...{ text: `${system}\n${prompt}`, prompt, most: maxOutputTokens },
    })),
    read: workspace.asked,
    reached: [...reachedHere(), ...connections].slice(before),
    links: ['https://github.com/owner/repository/'],
  };
}

/** Everything that people and machines get to see. */
export function outbound({ files, log, shown, annotations }: SceneRun): readonly string[] {
  return [...files.values(), log, ...shown, ...annotations];
}

/** Texts that a forge renders; of a comment, what stands below the line with its place. */
export function rendered({ files, shown, outcome }: SceneRun): readonly string[] {
  const comments = [...files]
    .filter(([name]) => name.startsWith('publication/'))
    .map(([name, text]) => (name.endsWith('summary.md') ? text : text.slice(text.indexOf('\n\n') + 2)));
  return [...comments, files.get('summary.md') ?? '', outcome.summary ?? '', shown[2] ?? ''];
}
