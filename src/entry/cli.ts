#!/usr/bin/env node
// The command line's door: arguments → an application function → the exit code.
import { Command, CommanderError } from 'commander';
import { explainError } from '../app/explain-error.ts';
import { VERSION } from '../app/version.ts';
import { addAsk } from './commands/ask.ts';
import { addBaseline } from './commands/baseline.ts';
import { addConfig } from './commands/config.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEval } from './commands/eval.ts';
import { addExplain } from './commands/explain.ts';
import { addFix } from './commands/fix.ts';
import { addInit } from './commands/init.ts';
import { addKnowledge } from './commands/knowledge.ts';
import { addPublish } from './commands/publish.ts';
import { addTriage } from './commands/triage.ts';
import { addValidate } from './commands/validate.ts';
import { processEnvironment } from './process-environment.ts';

const INTRODUCTION = `Assay reads what security scanners report, decides for every finding whether it is real, with evidence from the code, and passes or fails the pipeline by your policy. No model, network or key is needed.`;

const EXAMPLES = `
Examples:
  assay triage scan.sarif                            judge everything in a report
  assay triage 'reports/*.sarif' --base origin/main  only what this branch brings in
  assay explain 3f2a9c0d                             why a finding was judged so
  assay fix                                          which proved patches could be made, and how
  assay init                                         set a project up

Exit codes: 0 passed, 1 failed, 2 usage or configuration error, 3 could not finish.`;

/** The contract's exit code for a wrong command line. */
const USAGE = 2;

const program = new Command('assay')
  .description(INTRODUCTION)
  .version(VERSION, '-V, --version', 'print the version')
  .helpOption('-h, --help', 'show help')
  .addHelpText('after', EXAMPLES)
  .showHelpAfterError('(add --help for the options)')
  .exitOverride();

const environment = processEnvironment();
const commands = [
  addTriage,
  addExplain,
  addValidate,
  addConfig,
  addInit,
  addDoctor,
  addEval,
  addBaseline,
  addPublish,
  addKnowledge,
  addAsk,
  addFix,
];
for (const add of commands) add(program, environment);

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : USAGE;
  else process.exitCode = explainError(error, environment, process.argv.includes('--verbose'));
}
