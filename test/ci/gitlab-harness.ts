// Plays the GitLab runner: reads the component, puts the inputs in, and runs the job's script in a shell with CI_* variables.
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { ROOT } from '../../scripts/build.ts';
import { builtBundle } from './built-bundle.ts';
import { type ProcessResult, runProcess } from './run-process.ts';

const componentSpec = z.strictObject({
  spec: z.strictObject({
    inputs: z.record(
      z.string(),
      z.strictObject({
        description: z.string(),
        default: z.string().optional(),
        options: z.array(z.string()).optional(),
      }),
    ),
  }),
});
const jobShape = z.strictObject({
  stage: z.string(),
  image: z.string(),
  rules: z.array(z.strictObject({ if: z.string(), when: z.literal('never').optional() })),
  variables: z.record(
    z.string(),
    z.union([z.string(), z.strictObject({ value: z.string(), expand: z.literal(false) })]),
  ),
  script: z.array(z.string()),
  artifacts: z.strictObject({
    when: z.literal('always'),
    name: z.string(),
    paths: z.array(z.string()),
    reports: z.strictObject({ codequality: z.string(), dotenv: z.string() }),
  }),
});

const [specDocument, jobDocument] = parseAllDocuments(
  readFileSync(path.join(ROOT, 'templates/triage.yml'), 'utf8'),
);
export const COMPONENT_INPUTS = componentSpec.parse(specDocument?.toJS()).spec.inputs;
export type ComponentJob = z.infer<typeof jobShape>;

/** The job as GitLab makes it of the component: `$[[ inputs.x ]]` replaced in every key and value, after the YAML was read. */
export function expandComponent(given: Readonly<Record<string, string>>): {
  name: string;
  job: ComponentJob;
} {
  const values = new Map<string, string>();
  for (const name of Object.keys(given)) {
    if (COMPONENT_INPUTS[name] === undefined) throw new Error(`the component has no input ${name}`);
  }
  for (const [name, input] of Object.entries(COMPONENT_INPUTS)) {
    const value = given[name] ?? input.default;
    if (value === undefined) throw new Error(`the input ${name} is required`);
    if (input.options !== undefined && !input.options.includes(value))
      throw new Error(`${name} may not be ${value}`);
    values.set(name, value);
  }
  const [entry] = Object.entries(
    z.record(z.string(), z.unknown()).parse(interpolate(jobDocument?.toJS(), values)),
  );
  if (entry === undefined) throw new Error('the component holds no job');
  return { name: entry[0], job: jobShape.parse(entry[1]) };
}

function interpolate(node: unknown, values: ReadonlyMap<string, string>): unknown {
  if (typeof node === 'string') {
    return node.replaceAll(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_whole, name: string) => {
      const value = values.get(name);
      if (value === undefined) throw new Error(`the component uses ${name} and does not declare it`);
      return value;
    });
  }
  if (Array.isArray(node)) return node.map((part) => interpolate(part, values));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [interpolate(key, values), interpolate(value, values)]),
  );
}

export interface JobResult extends ProcessResult {
  readonly job: ComponentJob;
}

/** Runs the component's script in `project`. `npx` is a stand-in that starts the built bundle, as a registry would give it. */
export async function runComponent(options: {
  readonly inputs: Readonly<Record<string, string>>;
  readonly project: string;
  readonly variables: Readonly<Record<string, string>>;
}): Promise<JobResult> {
  const { job } = expandComponent(options.inputs);
  const bundle = await builtBundle();
  const tools = await mkdtemp(path.join(tmpdir(), 'assay-runner-'));
  try {
    const npx = path.join(tools, 'npx');
    await writeFile(npx, standInForNpx(job, path.join(bundle, 'gitlab.js')));
    await chmod(npx, 0o755);
    const variables = Object.fromEntries(
      Object.entries(job.variables).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : value.value,
      ]),
    );
    // GitLab's shell executor stops at the first line that fails.
    const result = await runProcess('bash', ['-c', `set -eo pipefail\n${job.script.join('\n')}`], {
      cwd: options.project,
      pathBefore: [tools],
      variables: {
        ...variables,
        CI: 'true',
        GITLAB_CI: 'true',
        HOME: tools,
        CI_PROJECT_DIR: options.project,
        ...options.variables,
      },
    });
    return { ...result, job };
  } finally {
    await rm(tools, { recursive: true, force: true });
  }
}

function standInForNpx(job: ComponentJob, program: string): string {
  const wanted = `--yes --package=assay@${job.variables.ASSAY_VERSION} assay-gitlab`;
  return `#!/bin/bash
if [ "$*" != '${wanted}' ]; then echo "npx was asked for: $*" >&2; exit 97; fi
exec '${process.execPath}' '${program}'
`;
}
