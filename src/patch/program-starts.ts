// The calls that start programs, and how each reads its arguments: a patch may put one that no shell reads in the place of one that a shell reads (security row 24).
import type { Language } from '#code/languages.ts';

/**
 * How a call says what it starts. `text`: one text, which a shell or the call itself cuts into words. `program, list`: a program and a list.
 * `list`: one list of everything. `words`: each argument is a word. `program, text`: a program and one text with all arguments.
 */
export type CommandForm = 'text' | 'program, list' | 'list' | 'words' | 'program, text';

export interface ProgramStart {
  readonly languages: readonly Language[];
  /** Full names, modules first; without a module where the language needs none. */
  readonly names: readonly string[];
  /** The first one that the arguments fit is how they are read. */
  readonly forms: readonly CommandForm[];
  /** The whole lines that bring in what the call needs, in a file that starts programs already. */
  readonly imports: readonly string[];
  /** Arguments in front of the command. */
  readonly skip?: number;
}

const SCRIPT: readonly Language[] = ['javascript', 'typescript', 'tsx'];
const JAVA_LISTS = ['import java.util.List;', 'import java.util.Arrays;'];
const inModule = (module: string, names: readonly string[]) => names.map((name) => `${module}.${name}`);

export const PROGRAM_STARTS: readonly ProgramStart[] = [
  {
    ...{ languages: SCRIPT, imports: [], forms: ['text'] },
    names: inModule('child_process', ['exec', 'execSync']),
  },
  {
    ...{ languages: SCRIPT, imports: [], forms: ['program, list', 'text'] },
    names: inModule('child_process', ['execFile', 'execFileSync', 'spawn', 'spawnSync']),
  },
  {
    ...{ languages: ['python'], imports: [], forms: ['text'] },
    names: ['os.system', 'os.popen', 'subprocess.getoutput', 'subprocess.getstatusoutput'],
  },
  {
    ...{ languages: ['python'], imports: ['import subprocess'], forms: ['list', 'text'] },
    names: inModule('subprocess', ['run', 'call', 'check_call', 'check_output', 'Popen']),
  },
  { languages: ['java'], imports: [], forms: ['list', 'text'], names: ['Runtime.getRuntime().exec'] },
  { languages: ['java'], imports: JAVA_LISTS, forms: ['list', 'words'], names: ['ProcessBuilder'] },
  { languages: ['go'], imports: [], forms: ['words'], names: ['os/exec.Command'] },
  { languages: ['go'], imports: [], forms: ['words'], names: ['os/exec.CommandContext'], skip: 1 },
  {
    ...{ languages: ['php'], imports: [], forms: ['list', 'text'] },
    names: ['shell_exec', 'exec', 'system', 'passthru', 'popen', 'proc_open'],
  },
  {
    ...{ languages: ['ruby'], imports: [], forms: ['words', 'text'] },
    names: ['system', 'exec', 'spawn', 'Kernel.system', 'Kernel.exec', 'Kernel.spawn', 'Process.spawn'],
  },
  { languages: ['ruby'], imports: [], forms: ['list', 'text'], names: ['IO.popen'] },
  {
    ...{ languages: ['ruby'], imports: ["require 'open3'", 'require "open3"'], forms: ['words', 'text'] },
    names: inModule('Open3', ['capture2', 'capture2e', 'capture3']),
  },
  {
    ...{ languages: ['csharp'], imports: [], forms: ['program, list', 'program, text'] },
    names: ['Process.Start', 'System.Diagnostics.Process.Start', 'ProcessStartInfo'],
  },
];

/** Weaknesses that such a mend is for: a shell that reads what comes from outside, or a program that reads it as an option. */
export const PROGRAM_WEAKNESSES: readonly number[] = [77, 78, 88];

/** Programs that start what their arguments say: as a new program of a call they are no mend. */
export const WRAPPERS: ReadonlySet<string> = new Set([
  ...['sh', 'bash', 'zsh', 'dash', 'ksh', 'ash', 'fish', 'busybox', 'cmd', 'powershell', 'pwsh', 'command'],
  ...['env', 'xargs', 'find', 'nohup', 'nice', 'timeout', 'time', 'setsid', 'stdbuf', 'watch', 'parallel'],
  ...['sudo', 'doas', 'su', 'eval', 'exec', 'ssh', 'docker', 'kubectl', 'start', 'script', 'awk', 'gawk'],
  ...['node', 'nodejs', 'deno', 'bun', 'npx', 'npm', 'python', 'python2', 'python3', 'perl', 'ruby', 'php'],
  ...['java', 'lua', 'osascript', 'wscript', 'cscript', 'mshta', 'rundll32', 'wsl', 'curl', 'wget', 'nc'],
]);

/** What may be said besides the command, by its name; `shell` only to say that there is none. */
export const HARMLESS_OPTIONS: ReadonlySet<string> = new Set([
  ...['check', 'capture_output', 'text', 'timeout', 'encoding', 'universal_newlines', 'errors'],
  ...['maxBuffer', 'windowsHide', 'stdio', 'exception'],
]);

/** What, beside the call, decides on what it starts: it may not come with a change of the call. */
export const DIVERSIONS: readonly { readonly languages: readonly Language[]; readonly pattern: RegExp }[] = [
  { languages: SCRIPT, pattern: /\bprocess\s*(?:\?\.|\.|\[)\s*['"`]?env\b/g },
  { languages: ['python'], pattern: /\b(?:environb?|putenv)\b/g },
  { languages: ['java'], pattern: /\.\s*(?:command|environment|directory)\s*\(/g },
  { languages: ['go'], pattern: /\.\s*(?:Path|Args|Env|SysProcAttr|Dir)\b|\bos\s*\.\s*(?:Setenv|Chdir)\b/g },
  { languages: ['ruby'], pattern: /\bENV\b|\bchdir\b/g },
  { languages: ['php'], pattern: /\b(?:putenv|chdir)\b/gi },
  {
    languages: ['csharp'],
    pattern:
      /\.\s*(?:FileName|Arguments|Verb|StartInfo|Environment\w*|WorkingDirectory)\b|ArgumentList\s*(?:\[|\.\s*(?!Add\b)\w)|\bSetEnvironmentVariable\b/g,
  },
];
