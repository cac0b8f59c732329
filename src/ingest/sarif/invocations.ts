// What a run's invocations say: whether the scan came to its end, what went wrong, and which levels were overridden.
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
  readonly problems: readonly string[];
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
function readError(notification: JsonObject): string | null {
  if (notification.level !== 'error') return null;
  const message = readMessage(notification.message, CAPS.problem);
  const descriptor = readDescriptorReference(asObject(notification.descriptor) ?? {});
  const exception = readMessage(asObject(notification.exception)?.message, CAPS.problem);
  return [descriptor.id, message?.text ?? message?.id ?? exception?.text ?? 'a tool error without message']
    .filter((part) => part !== null)
    .join(': ');
}

function describeFailure(invocation: JsonObject): string {
  const reason =
    invocation.exitCodeDescription ?? invocation.processStartFailureMessage ?? invocation.exitSignalName;
  const code = typeof invocation.exitCode === 'number' ? ` with exit code ${invocation.exitCode}` : '';
  const detail = typeof reason === 'string' ? `: ${reason.slice(0, CAPS.problem)}` : '';
  return `the tool says that it did not finish (executionSuccessful: false)${code}${detail}`;
}
