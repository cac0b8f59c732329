// The AdvisorySource port: records in a folder or an archive, or a service that speaks OSV's protocol.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { AssayError } from '../../domain/errors.ts';
import type { AdvisorySource } from '../../ports/advisory-source.ts';
import { createOsvService } from './osv-service.ts';
import type { OsvOptions, OsvWire } from './osv-wire.ts';
import { createRecordSource } from './record-source.ts';

const OSV_DEV = 'https://api.osv.dev';

/**
 * `where` is `online` (api.osv.dev), the address of a service that speaks the same protocol, a folder of OSV records (`.json`, `.jsonl` and
 * `.zip` at any depth), or one such file, relative to the wire's folder. A service is told the ecosystems and names of packages and nothing
 * else: no versions, no qualifiers of package URLs, no paths; packages that `skip` names are not told at all. Throws AssayError `usage`
 * when there is no such folder or file, or the address is none.
 */
export async function openAdvisories(
  where: string,
  wire: OsvWire,
  options: OsvOptions = {},
): Promise<AdvisorySource> {
  if (where === 'online') return createOsvService(new URL(OSV_DEV), 'osv.dev', wire, options);
  if (/^https?:\/\//i.test(where)) {
    const address = addressOf(where);
    return createOsvService(address, address.host, wire, options);
  }
  const place = path.resolve(wire.cwd, where);
  const found = await stat(place).catch(() => null);
  if (found === null || !(found.isDirectory() || found.isFile())) {
    throw new AssayError('usage', `There are no advisories at ${where}: there is no such folder or file.`, {
      hint: 'Name a folder or zip of OSV records, such as all.zip of an ecosystem, or online.',
    });
  }
  // Where it lies on this machine is nobody's business, and another place in the next run.
  return createRecordSource(place, path.isAbsolute(where) ? path.basename(place) : where, wire);
}

function addressOf(where: string): URL {
  if (!URL.canParse(where)) {
    throw new AssayError('usage', 'The address of the advisories is no URL.', {
      hint: 'Write it as https://host, without a path of the protocol (/v1/…).',
    });
  }
  const address = new URL(where);
  address.search = '';
  address.hash = '';
  return address;
}
