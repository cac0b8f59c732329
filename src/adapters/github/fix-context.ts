// What the parts of the desk of the fixes share.
import type { GitHubClient } from './github-client.ts';

export interface GitHubFixContext {
  readonly client: GitHubClient;
  readonly owner: string;
  readonly repo: string;
  /** Of the web pages, without a slash at the end. */
  readonly serverUrl: string;
}
