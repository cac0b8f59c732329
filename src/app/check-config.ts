// `assay config check`: is the policy valid, and what does it mean in plain words.
import type { GateRule, Policy, PublishingPolicy, Waiver } from '#domain/policy.ts';
import { createOperatorFiles } from '../adapters/local/operator-files.ts';
import { PackageAssets } from '../adapters/local/package-assets.ts';
import { createSystemClock } from '../adapters/local/system-clock.ts';
import { openWorkingTree } from '../adapters/local/working-tree.ts';
import { toTerminal } from '../support/escape-terminal.ts';
import { checkPrompts } from './check-prompts.ts';
import { parsePolicy } from './config.ts';
import type { Environment } from './environment.ts';

/** What the policy says, and which prompts and documents lie beside it; throws AssayError `configuration` with every problem and its line and column. */
export async function checkConfig(
  request: { readonly file: string; readonly cwd: string },
  environment: Environment,
): Promise<string> {
  const { text } = await createOperatorFiles({ cwd: request.cwd, repository: request.cwd }).read(
    request.file,
  );
  const policy = parsePolicy(text, request.file);
  const tree = await openWorkingTree(request.cwd);
  const own = await checkPrompts(tree, policy, new PackageAssets());
  const today = new Date(createSystemClock(environment.variables).now()).toISOString().slice(0, 10);
  return `${[`${request.file} is valid.`, ...describe(policy, today), ...own.map((line) => `  ${line}`)].map(toTerminal).join('\n')}\n`;
}

function describe(policy: Policy, today: string): string[] {
  const mode =
    policy.gate.mode === 'report'
      ? 'The gate only reports: it never fails the pipeline.'
      : 'The gate is enforced.';
  return [
    mode,
    ...policy.gate.rules.map((rule) => `  blocks: ${describeRule(rule)}`),
    ...policy.waivers.map((waiver) => `  waived until ${waiver.expires}: ${describeWaiver(waiver, today)}`),
    ...list('ignored paths', policy.ignore),
    ...list(
      'never dismissed',
      policy.neverDismiss.map((cwe) => `CWE-${cwe}`),
    ),
    ...Object.entries(policy.policyPaths).flatMap(([kind, globs]) => list(`${kind} paths`, globs)),
    ...describePublishing(policy.publishing),
  ];
}

/** What is said on the change request, when a run publishes at all. */
function describePublishing({
  inlineLimit,
  dismissed,
  needsReview,
  summary,
  status,
  codeScanning,
}: PublishingPolicy): string[] {
  const parts = [
    `${inlineLimit} at most`,
    `findings that need review ${needsReview}`,
    `false positives ${dismissed}`,
    `summary ${summary}`,
  ];
  const scanning = [
    ...(codeScanning.upload ? ['upload'] : []),
    ...(codeScanning.dismiss ? ['dismiss alerts of false positives'] : []),
  ];
  return [
    ...list('comments', parts),
    ...list('beside the commit', [status === 'auto' ? 'a check or status, as the token may' : status]),
    ...list('code scanning', scanning),
  ];
}

function describeRule(rule: GateRule): string {
  const conditions = [
    rule.severity === null ? null : `severity ${rule.severity} or worse`,
    rule.cwe === null ? null : rule.cwe.map((cwe) => `CWE-${cwe}`).join(' or '),
    rule.scope === null ? null : `scope ${rule.scope.join(' or ')}`,
    rule.verdict === null ? null : `verdict ${rule.verdict.join(' or ')}`,
    rule.confidence === null ? null : `confidence at least ${rule.confidence}`,
    rule.paths === null ? null : `path ${rule.paths.join(' or ')}`,
    rule.tools === null ? null : `tool ${rule.tools.join(' or ')}`,
  ].filter((condition) => condition !== null);
  return `${rule.name}: ${conditions.length === 0 ? 'every finding' : conditions.join(', ')}`;
}

function describeWaiver(waiver: Waiver, today: string): string {
  const what = waiver.id ?? `${waiver.rule ?? 'any rule'} in ${waiver.path ?? 'any path'}`;
  return `${what} (${waiver.owner}: ${waiver.reason})${waiver.expires < today ? ', EXPIRED' : ''}`;
}

function list(what: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [`  ${what}: ${values.join(', ')}`];
}
