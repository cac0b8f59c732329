// `assay doctor`: each thing a run needs, tried for real, with the way to mend what fails.
import type { ExitCode } from '#domain/errors.ts';
import { AssayError, EXIT } from '#domain/errors.ts';
import { createCodeIndex } from '../code/code-index.ts';
import { loadCatalog } from '../evidence/catalog.ts';
import { loadWeaknessTree } from '../findings/weakness-tree.ts';
import { loadCards } from '../knowledge/load-cards.ts';
import { toTerminal } from '../support/escape-terminal.ts';
import { checkPrompts } from './check-prompts.ts';
import { compose } from './compose.ts';
import type { Environment } from './environment.ts';
import { describeFixDesk } from './fix/open/describe-fix-desk.ts';
import { describeModel } from './model/describe-model.ts';
import { describeDesk, isAboutHost } from './publish/describe-desk.ts';
import { readPolicy } from './read-policy.ts';
import { defaultRequest } from './run-request.ts';
import { trustedTree } from './trusted-tree.ts';
import type { World } from './world.ts';

export interface DoctorRequest {
  readonly repo: string;
  readonly base: string | null;
  readonly out: string;
  readonly cwd: string;
  /** `provider/name`; null: what the policy says. */
  readonly model: string | null;
  readonly allowHttp: boolean;
  /** `owner/repo#7`; null: what the event says. */
  readonly pullRequest: string | null;
  /** `group/project!7`. */
  readonly mergeRequest: string | null;
}

export interface DoctorOutcome {
  readonly exitCode: ExitCode;
  readonly display: string;
}

interface Check {
  readonly what: string;
  readonly problem: string | null;
  readonly hint: string | null;
}

/** Exit code 0 when everything works, 1 when something does not. */
export async function diagnose(request: DoctorRequest, environment: Environment): Promise<DoctorOutcome> {
  const checks: Check[] = [await attempt(`Node ${process.version}`, checkNode)];
  try {
    await using composed = await compose({ ...defaultRequest(request.cwd), ...request }, environment);
    checks.push(...(await checkWorld(composed.world, request)));
    if (isAboutHost(request, environment.variables)) {
      const { log, changes: clone } = composed.world;
      const context = { ...environment, log, clone };
      checks.push(await attempt('comments', () => describeDesk(request, context)));
      checks.push(await attempt('fix --open', () => describeFixDesk(request, context)));
    }
  } catch (error) {
    checks.push(failure(`repository ${request.repo}`, error));
  }
  const failed = checks.filter((check) => check.problem !== null).length;
  const closing =
    failed === 0 ? 'Everything that a run needs is here.' : `${failed} of ${checks.length} checks failed.`;
  return {
    exitCode: failed === 0 ? EXIT.passed : EXIT.failed,
    display: `${checks.map(describe).join('\n')}\n${closing}\n`,
  };
}

async function checkWorld(world: World, request: DoctorRequest): Promise<Check[]> {
  return [
    await attempt('git repository', async () => {
      if (world.changes === null) return 'none here: whole reports can be judged, changes cannot';
      const { head, baseTip } = await world.changes.commits();
      const at = head === null ? 'the working tree' : `head ${head.slice(0, 12)}`;
      return baseTip === null
        ? `sources are ${at}; no base was given`
        : `sources are ${at}, base ${baseTip.slice(0, 12)}`;
    }),
    await attempt('source files', async () => `${(await world.workspace.files()).length} found`),
    await attempt('policy', async () => {
      const commits = await world.changes?.commits();
      const { origin } = await readPolicy(defaultRequest(request.cwd), world, {
        baseTip: commits?.baseTip ?? null,
        diff: null,
      });
      return origin.description;
    }),
    await attempt('prompts and documents', async () => {
      const commits = await world.changes?.commits();
      const baseTip = commits?.baseTip ?? null;
      const { policy } = await readPolicy(defaultRequest(request.cwd), world, { baseTip, diff: null });
      // Those of the base are what a run uses; without one, those that lie here.
      const tree = trustedTree(defaultRequest(request.cwd), world, { baseTip })?.files ?? world.workspace;
      const lines = await checkPrompts(tree, policy, world.assets);
      return lines.length === 0 ? 'none of your own' : lines.join('; ');
    }),
    await attempt('model', async () => {
      const commits = await world.changes?.commits();
      const context = { baseTip: commits?.baseTip ?? null, diff: null };
      const { policy } = await readPolicy(defaultRequest(request.cwd), world, context);
      return describeModel(request, policy, world.models);
    }),
    await attempt('grammars', () => checkGrammars(world)),
    await attempt('rules', async () => {
      await Promise.all([loadCatalog(world.assets), loadCards(world.assets), loadWeaknessTree(world.assets)]);
      return 'catalogue, CWE cards and CWE tree are sound';
    }),
    await attempt(`output folder ${request.out}`, async () => {
      await world.output.write('assay-doctor.txt', '');
      await world.output.remove('assay-doctor.txt');
      return 'can be written';
    }),
  ];
}

function checkNode(): Promise<string> {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 24)
    throw new AssayError('usage', 'Node 24 or newer is needed', {
      hint: 'npm ci installs it on Linux and Windows x64.',
    });
  return Promise.resolve('new enough');
}

const SAMPLES: readonly (readonly [file: string, text: string])[] = [
  ['a.java', 'class A { void f() { } }'],
  ['a.js', 'function f() { }'],
  ['a.ts', 'function f(): void { }'],
  ['a.tsx', 'function f() { return <b/>; }'],
  ['a.py', 'def f():\n    pass\n'],
  ['a.go', 'package a\nfunc f() { }\n'],
  ['a.c', 'void f(void) { }'],
  ['a.cpp', 'void f() { }'],
  ['a.php', '<?php function f() { }'],
  ['a.rb', 'def f\nend\n'],
  ['a.cs', 'class A { void F() { } }'],
];

/** Parses one function in every language, and finds it again. */
async function checkGrammars(world: World): Promise<string> {
  const texts = new Map(SAMPLES);
  const code = createCodeIndex(
    {
      files: async () => [...texts.keys()],
      read: async (path) => {
        const text = texts.get(path);
        return text === undefined ? { kind: 'missing' } : { kind: 'text', text, bytes: text.length };
      },
      readBytes: async () => null,
    },
    world.assets,
  );
  for (const [file, text] of SAMPLES) {
    const line = text.split('\n').findIndex((candidate) => /\bf\b|\bF\b/.test(candidate)) + 1;
    if ((await code.functionAt(file, line)) === null)
      throw new AssayError('internal', `${file} could not be read`);
  }
  return `${SAMPLES.length} languages can be read`;
}

async function attempt(what: string, check: () => Promise<string>): Promise<Check> {
  try {
    return { what: `${what}: ${await check()}`, problem: null, hint: null };
  } catch (error) {
    return failure(what, error);
  }
}

function failure(what: string, error: unknown): Check {
  return {
    what,
    problem: error instanceof Error ? error.message : String(error),
    hint: error instanceof AssayError ? error.hint : null,
  };
}

function describe(check: Check): string {
  if (check.problem === null) return toTerminal(`ok    ${check.what}`);
  const hint = check.hint === null ? '' : `\n      ${toTerminal(check.hint)}`;
  return toTerminal(`FAILS ${check.what}: ${check.problem}`) + hint;
}
