// Plays the GitHub runner: reads action.yml, sets the variables and files of a step, and starts the built Action in a bare process.
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ROOT } from '../../scripts/build.ts';
import { builtBundle } from './built-bundle.ts';
import { type ProcessResult, runProcess } from './run-process.ts';
import { readOutputFile, readWorkflowCommands, type WorkflowCommand } from './runner-protocol.ts';

const actionManifest = z.strictObject({
  name: z.string(),
  description: z.string(),
  author: z.string(),
  branding: z.strictObject({ icon: z.string(), color: z.string() }),
  inputs: z.record(
    z.string(),
    z.strictObject({
      description: z.string(),
      required: z.boolean().optional(),
      default: z.string().optional(),
    }),
  ),
  outputs: z.record(z.string(), z.strictObject({ description: z.string() })),
  runs: z.strictObject({ using: z.literal('node24'), main: z.string() }),
});

export const ACTION = actionManifest.parse(parse(readFileSync(path.join(ROOT, 'action.yml'), 'utf8')));

export interface Step {
  readonly inputs: Readonly<Record<string, string>>;
  readonly workspace: string;
  /** `GITHUB_EVENT_NAME` and the webhook payload; text is written as it is, null gives the step no event file. */
  readonly event: { readonly name: string; readonly payload: unknown };
  readonly sha: string;
  readonly variables?: Readonly<Record<string, string>>;
}

export interface StepResult extends ProcessResult {
  readonly outputs: ReadonlyMap<string, string>;
  readonly summary: string;
  /** The commands that the runner would have obeyed. */
  readonly commands: readonly WorkflowCommand[];
  /** What the step appended to `GITHUB_ENV`: nothing, always. */
  readonly environmentFile: string;
}

/** Runs one step that uses this Action to its end. Throws for inputs that action.yml does not declare or that it requires. */
export async function runAction(step: Step): Promise<StepResult> {
  const bundle = await builtBundle();
  const files = await mkdtemp(path.join(tmpdir(), 'assay-runner-'));
  const file = (name: string) => path.join(files, name);
  try {
    for (const name of ['output', 'summary', 'env']) await writeFile(file(name), '');
    const { payload } = step.event;
    if (payload !== null) {
      await writeFile(file('event.json'), typeof payload === 'string' ? payload : JSON.stringify(payload));
    }
    const result = await runProcess(process.execPath, [path.join(bundle, path.basename(ACTION.runs.main))], {
      cwd: step.workspace,
      variables: {
        ...inputVariables(step.inputs),
        CI: 'true',
        HOME: files,
        GITHUB_ACTIONS: 'true',
        GITHUB_WORKSPACE: step.workspace,
        GITHUB_EVENT_NAME: step.event.name,
        GITHUB_SHA: step.sha,
        GITHUB_OUTPUT: file('output'),
        GITHUB_STEP_SUMMARY: file('summary'),
        GITHUB_ENV: file('env'),
        ...(payload === null ? {} : { GITHUB_EVENT_PATH: file('event.json') }),
        ...step.variables,
      },
    });
    return {
      ...result,
      outputs: readOutputFile(await readFile(file('output'), 'utf8')),
      summary: await readFile(file('summary'), 'utf8'),
      commands: readWorkflowCommands(`${result.stdout}\n${result.stderr}`),
      environmentFile: await readFile(file('env'), 'utf8'),
    };
  } finally {
    await rm(files, { recursive: true, force: true });
  }
}

/** `INPUT_*` as the runner sets them: every declared input, upper-cased, spaces to `_`, hyphens kept, defaults applied. */
function inputVariables(given: Readonly<Record<string, string>>): Record<string, string> {
  for (const name of Object.keys(given)) {
    if (ACTION.inputs[name] === undefined) throw new Error(`action.yml has no input ${name}`);
  }
  const variables: Record<string, string> = {};
  for (const [name, input] of Object.entries(ACTION.inputs)) {
    const value = given[name] ?? input.default;
    if (value === undefined && input.required) throw new Error(`the input ${name} is required`);
    variables[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] = value ?? '';
  }
  return variables;
}
