// Tells an audit that failed from one that found nothing: npm and pnpm write an error as JSON where the report would be.
import { type Phrase, phrase } from '#domain/phrase.ts';
import { asObject } from '../json/shape.ts';
import { ReadFault } from '../read-fault.ts';
import { CAPS } from '../sarif/caps.ts';
import { wordOf } from './dependency-result.ts';

const REGISTRY = phrase`Run it against a registry that answers audit requests (npm audit --registry URL), or scan the lock file with Trivy, Grype or OSV-Scanner.`;
const LOCKFILE = phrase`Run it where the lock file is, or make one: npm install --package-lock-only.`;
const AGAIN = phrase`Mend what it says and run the audit again.`;

/** Throws ReadFault (`structure`) for `{error: {code, summary}}` and `{message, method, uri}`. `members`: those of the document's root. */
export function refuseFailedAudit(tool: string, members: ReadonlyMap<string, unknown>): void {
  const error = asObject(members.get('error'));
  const hasReport = members.has('advisories') || members.has('vulnerabilities');
  if (error === null && (hasReport || !members.has('message'))) {
    if (hasReport || members.has('actions') || members.has('metadata')) return;
    throw new ReadFault('structure', phrase`${tool} wrote no list of vulnerabilities`, 0, AGAIN);
  }
  const code = wordOf(error?.code) ?? wordOf(members.get('code')) ?? '';
  const told =
    wordOf(error?.summary, CAPS.problem) ??
    wordOf(error?.message, CAPS.problem) ??
    wordOf(members.get('message'), CAPS.problem) ??
    '';
  const said = [code, told].filter((part) => part !== '').join(': ');
  const what = phrase`${tool} failed and made no report; it says: ${JSON.stringify(said)}`;
  throw new ReadFault('structure', what, 0, hintFor(code, members));
}

/** https://docs.npmjs.com/cli/v11/commands/npm-audit; codes of npm's and pnpm's own sources. */
function hintFor(code: string, members: ReadonlyMap<string, unknown>): Phrase {
  if (/^(?:ENOAUDIT|EAUDITNOREGISTRY|ERR_PNPM_AUDIT_\w+)$/.test(code) || members.has('uri')) return REGISTRY;
  if (/^(?:ENOLOCK|EAUDITNOLOCK|EAUDITNOPJSON|ERR_PNPM_AUDIT_NO_LOCKFILE)$/.test(code)) return LOCKFILE;
  return AGAIN;
}
