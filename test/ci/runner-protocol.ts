// How a GitHub runner reads what a step leaves: output files with delimiters, and workflow commands in the log.

export interface WorkflowCommand {
  readonly name: string;
  readonly properties: string;
  readonly message: string;
}

/** Reads `GITHUB_OUTPUT` as the runner does (FileCommandManager): `name<<delimiter`, lines, delimiter; or `name=value`. */
export function readOutputFile(text: string): ReadonlyMap<string, string> {
  const outputs = new Map<string, string>();
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const block = /^([^=]+?)<<(.+)$/.exec(line);
    if (block?.[1] !== undefined && block[2] !== undefined) {
      const end = lines.indexOf(block[2], at + 1);
      if (end < 0) throw new Error(`the delimiter of the output ${block[1]} never comes back`);
      outputs.set(block[1], lines.slice(at + 1, end).join('\n'));
      at = end;
    } else if (line.includes('=')) {
      outputs.set(line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1));
    } else if (line !== '') {
      throw new Error(`the runner refuses the output line ${JSON.stringify(line)}`);
    }
  }
  return outputs;
}

/** The commands a runner obeys: lines that start with `::` (blanks before are skipped) or hold `##[`, unless stopped by a token. */
export function readWorkflowCommands(log: string): readonly WorkflowCommand[] {
  const commands: WorkflowCommand[] = [];
  let stoppedBy: string | null = null;
  for (const line of log.split(/\r\n|\n|\r/)) {
    const command =
      /^\s*::([^\s:]+)(?: ([^:]*))?::(.*)$/.exec(line) ?? /##\[([^\s\]]+)(?: ([^\]]*))?\](.*)$/.exec(line);
    if (command?.[1] === undefined) continue;
    if (stoppedBy !== null) {
      if (command[1] === stoppedBy) stoppedBy = null;
    } else if (command[1] === 'stop-commands') {
      stoppedBy = command[3] ?? '';
    } else {
      commands.push({ name: command[1], properties: command[2] ?? '', message: command[3] ?? '' });
    }
  }
  if (stoppedBy !== null) throw new Error('commands were stopped and never allowed again');
  return commands;
}
