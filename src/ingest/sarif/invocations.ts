// What a run's invocations say: whether the scan came to its end, what went wrong, and which levels were overridden.
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { Level } from '#domain/report.ts';
import { asArray, asObject, asObjects, type JsonObject } from '../json/shape.ts';
import { CAPS } from './caps.ts';
import type { DescriptorReference } from './draft.ts';
import type { Notices } from './notices.ts';
import { readMessage } from './read-location.ts';
import { readDescriptorReference, readLevel, readRank } from './read-result.ts';

/** §3.51. */
export interface ConfigurationOverride {
  readonly rule: DescriptorReference;
  readonly level: Level | null;
  readonly rank: number | null;
}

export interface Invocation {
  readonly overrides: readonly ConfigurationOverride[];
  /** False only when the file says `executionSuccessful: false` (§3.20.14). */
  readonly successful: boolean;
  /** Strings are the tool's own words. */
  readonly problems: readonly (string | Phrase)[];
}

export function readInvocations(value: unknown, notices: Notices): readonly Invocation[] {
  return asArray(value).map((item) => readInvocation(asObject(item) ?? {}, notices));
}

function readInvocation(invocation: JsonObject, notices: Notices): Invocation {
  const successful = invocation.executionSuccessful !== false;
  const overrides = asObjects(invocation.ruleConfigurationOverrides).map((override) => {
    const configuration = asObject(override.configuration) ?? {};
    return {
      rule: readDescriptorReference(asObject(override.descriptor) ?? {}),
      level: readLevel(configuration.level, notices),
      rank: readRank(configuration.rank),
    };
  });
  const errors = ['toolExecutionNotifications', 'toolConfigurationNotifications'].flatMap((key) =>
    asObjects(invocation[key]).flatMap((notification) => readError(notification) ?? []),
  );
  return { overrides, successful, problems: successful ? errors : [describeFailure(invocation), ...errors] };
}

/** A notification (§3.58) of level error; its default level is warning. */
function readError(notification: JsonObject): string | Phrase | null {
  if (notification.level !== 'error') return null;
  const message = readMessage(notification.message, CAPS.problem);
  const descriptor = readDescriptorReference(asObject(notification.descriptor) ?? {});
  const exception = readMessage(asObject(notification.exception)?.message, CAPS.problem);
  const said = message?.text ?? message?.id ?? exception?.text ?? phrase`a tool error without message`;
  return descriptor.id === null ? said : phrase`${descriptor.id}: ${said}`;
}

function describeFailure(invocation: JsonObject): Phrase {
  const reason =
    invocation.exitCodeDescription ?? invocation.processStartFailureMessage ?? invocation.exitSignalName;
  const failure =
    typeof invocation.exitCode === 'number'
      ? phrase`the tool says that it did not finish (executionSuccessful: false) with exit code ${invocation.exitCode}`
      : phrase`the tool says that it did not finish (executionSuccessful: false)`;
  return typeof reason === 'string' ? phrase`${failure}: ${reason.slice(0, CAPS.problem)}` : failure;
}
