// Keeps a change from bringing decisions on its own vulnerabilities: a document in the repository counts as it stands at the base.
import { type PhraseBook, phrase, say } from '#domain/phrase.ts';
import type { IngestedReport } from '#domain/report.ts';
import type { DependencyContext } from './dependency-context.ts';

/** By the report's name, why its decisions do not count; documents from outside of the repository are the operator's own. */
export async function refuseOwnDecisions(
  reports: readonly IngestedReport[],
  { world, commits, policy }: Pick<DependencyContext, 'world' | 'commits' | 'policy'>,
  book: PhraseBook | null,
): Promise<ReadonlyMap<string, string>> {
  const refusals = new Map<string, string>();
  for (const report of reports) {
    if (!decides(report)) continue;
    if (policy.dependencies.vex === 'show') {
      refusals.set(report.name, say(phrase`the policy shows decisions and does not honour them`, book));
      continue;
    }
    if (report.name === '-' || commits.baseTip === null || world.changes === null) continue;
    const { text, repositoryPath } = await world.operatorFiles.read(report.name);
    if (repositoryPath === null) continue;
    const tracked = new Set(await world.workspace.files()).has(repositoryPath);
    const before = await world.changes.at(commits.baseTip).read(repositoryPath);
    if (!tracked && before.kind === 'missing') continue;
    if (before.kind === 'text' && before.text === text) continue;
    refusals.set(
      report.name,
      say(
        phrase`the document lies in the repository and is not the one of the base: a change cannot decide on itself`,
        book,
      ),
    );
  }
  return refusals;
}

function decides({ statements, results }: IngestedReport): boolean {
  if ((statements?.length ?? 0) > 0) return true;
  return results.some((item) => item.kind === 'result' && item.result.dependency?.decided != null);
}
