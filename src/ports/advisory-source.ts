// Who knows what is published about vulnerable packages: a database over the network, or records in a folder.
import type { Advisory } from '../domain/advisory.ts';
import type { PackageRef } from '../domain/package.ts';

export type AdvisoryAnswer =
  | {
      readonly kind: 'found';
      /** Every record that may speak of one of the packages, at any version; withdrawn ones included. Sorted by id. */
      readonly advisories: readonly Advisory[];
      /** ISO 8601: the newest `modified` of all records that the source holds; `live`: it was asked just now; null when it cannot be told. */
      readonly newest: string | null;
      /** Records or packages that could not be looked up, each in a sentence: the answer is incomplete when there are some. */
      readonly gaps: readonly string[];
    }
  /** `why` in a sentence: what failed, and what to do. */
  | { readonly kind: 'down'; readonly why: string };

export interface AdvisorySource {
  /** What a person calls it: `osv.dev`, or the folder as it was named. */
  readonly name: string;
  find(packages: readonly PackageRef[]): Promise<AdvisoryAnswer>;
}
