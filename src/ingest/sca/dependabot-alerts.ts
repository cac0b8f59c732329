// Reads Dependabot's alerts as GitHub hands them out: the REST array (https://docs.github.com/rest/dependabot/alerts) and the answer to a GraphQL query.
import { phrase } from '#domain/phrase.ts';
import { missingList } from '../formats/missing-list.ts';
import type { FormatOutput, FormatReader, ReportFormat } from '../formats/report-format.ts';
import { asArray, asObject, asObjects, type JsonObject } from '../json/shape.ts';
import { CAPS, COUNTS } from '../sarif/caps.ts';
import { closedAlert, dependabotResult } from './dependabot-alert.ts';
import { wordOf } from './dependency-result.ts';
import { NAMES_NOTHING, noObject } from './unused-entries.ts';

const NAME = 'Dependabot';

export const DEPENDABOT_ALERTS: ReportFormat = {
  kinds: ['dependabot-alerts'],
  syntax: 'json',
  elements: ['[]'],
  open(output): FormatReader {
    output.tool({ name: NAME, version: null });
    let isListed = false;
    return {
      begin() {
        isListed = true;
      },
      part(path, value) {
        if (path === '[]') takeAlert(value, output);
        else if (path === 'data') {
          const alerts = asObject(asObject(asObject(value)?.repository)?.vulnerabilityAlerts);
          isListed ||= takeConnection(alerts, output);
        } else if (path === 'errors')
          for (const { message } of asObjects(value, COUNTS.tags))
            output.problem(wordOf(message, CAPS.problem) ?? phrase`a tool error without message`);
      },
      finish() {
        if (!isListed) throw missingList(NAME);
      },
    };
  },
};

/** Whether there is a list at all: `nodes`, or `edges` with a `node` each. */
function takeConnection(alerts: JsonObject | null, output: FormatOutput): boolean {
  const edges = asArray(alerts?.edges).map((edge) => asObject(edge)?.node);
  for (const node of [...asArray(alerts?.nodes), ...edges]) takeAlert(node, output);
  if (asObject(alerts?.pageInfo)?.hasNextPage === true)
    output.problem(phrase`the file holds one page of several`);
  return Array.isArray(alerts?.nodes) || Array.isArray(alerts?.edges);
}

function takeAlert(value: unknown, output: FormatOutput): void {
  const alert = asObject(value);
  const manifest = asObject(alert?.dependency)?.manifest_path ?? alert?.vulnerableManifestPath;
  const advisory = asObject(alert?.security_advisory);
  const unused = {
    ruleId: wordOf(advisory?.cve_id) ?? wordOf(advisory?.ghsa_id),
    uri: wordOf(manifest, CAPS.uri),
    line: null,
  };
  if (alert === null) {
    output.rejected({ ...unused, why: noObject(value) });
    return;
  }
  const closed = closedAlert(alert);
  const result = dependabotResult(alert);
  if (closed !== null)
    output.notAFinding({ ...unused, ruleId: result?.rule.id ?? unused.ruleId, why: closed });
  else if (result === null) output.rejected({ ...unused, why: NAMES_NOTHING });
  else output.result(result);
}
