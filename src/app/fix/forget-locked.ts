// Takes versions out of a lock file of yarn 1, which has no command that takes a package anew and leaves package.json as it is.

export interface Forgotten {
  readonly name: string;
  readonly from: readonly string[];
}

/** Without the entries that hold one of the versions; `yarn install` resolves what they were for anew, within what is asked for. */
export function forgetInYarnLock(text: string, forgotten: readonly Forgotten[]): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return text
    .replaceAll('\r\n', '\n')
    .split('\n\n')
    .filter((entry) => !forgotten.some((one) => holds(entry, one)))
    .join('\n\n')
    .replaceAll('\n', newline);
}

function holds(entry: string, { name, from }: Forgotten): boolean {
  const lines = entry.split('\n');
  const header = lines.find((line) => line !== '' && !line.startsWith('#')) ?? '';
  const isOf = header.startsWith(`${name}@`) || header.startsWith(`"${name}@`);
  return isOf && from.some((version) => lines.includes(`  version "${version}"`));
}
