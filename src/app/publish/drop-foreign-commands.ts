// Commands of a result that anybody may have written: those that Assay would not write are taken out before anybody is told to run them.
import type { FindingRecord, ResultDocument } from '#domain/result-document.ts';

/** How many were taken out is told beside the document. */
export async function dropForeignCommands(
  document: ResultDocument,
): Promise<{ readonly document: ResultDocument; readonly dropped: number }> {
  if (document.findings.every(({ dependency }) => dependency?.upgrade?.command == null))
    return { document, dropped: 0 };
  const { isOwnCommand } = await import('../../upgrade/own-command.ts');
  const isForeign = ({ dependency }: FindingRecord) => {
    const { command = null, from = null, to = null } = dependency?.upgrade ?? {};
    if (dependency === undefined || command === null) return false;
    return to === null || !isOwnCommand(command, { name: dependency.package.name, from, to });
  };
  const dropped = document.findings.filter(isForeign).length;
  const findings = document.findings.map((finding) =>
    isForeign(finding) ? withoutCommand(finding) : finding,
  );
  return { document: { ...document, findings }, dropped };
}

function withoutCommand(finding: FindingRecord): FindingRecord {
  const { dependency } = finding;
  if (dependency == null || dependency.upgrade === null) return finding;
  return { ...finding, dependency: { ...dependency, upgrade: { ...dependency.upgrade, command: null } } };
}
