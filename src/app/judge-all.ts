// Every finding to the judge of its kind: code to the evidence of the code, dependencies to their own stage.
import type { ScopedFinding } from '#domain/scoped-finding.ts';
import type { DependencyStage } from './dependencies/dependency-context.ts';
import { type JudgedFindings, judgeFindings } from './judge-findings.ts';

/** In the order given. What was not reached counts over both kinds. */
export async function judgeAll(
  findings: readonly ScopedFinding[],
  dependencies: Pick<DependencyStage, 'judge'>,
  context: Parameters<typeof judgeFindings>[1],
): Promise<JudgedFindings> {
  const inCode = findings.filter(({ kind }) => kind === 'sast');
  const judged = await judgeFindings(inCode, context);
  if (inCode.length === findings.length) return judged;
  const others = await dependencies.judge(findings.filter(({ kind }) => kind !== 'sast'));
  const byId = new Map([...judged.findings, ...others].map((finding) => [finding.id, finding]));
  const missed = others.filter(({ verdict }) => verdict?.reasons[0]?.code === 'REV.error').length;
  return {
    ...judged,
    findings: findings.flatMap(({ id }) => byId.get(id) ?? []),
    notReached: judged.notReached + missed,
  };
}
