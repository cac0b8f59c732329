// What a route of the GitLab emulator is, and what it is given.
import type { HostAnswer, HostRequest } from '../emulated-host.ts';
import { forbidden } from './answers.ts';
import type { GitLabState } from './gitlab-state.ts';
import type { GitLabToken } from './model.ts';

export interface GitLabCall {
  readonly state: GitLabState;
  readonly request: HostRequest;
  /** What stands in the path for each `:name`, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly token: GitLabToken;
  /** Address of GitLab itself: `http://127.0.0.1:1234/gitlab`. */
  readonly root: string;
  /** The body's fields with those of the query, nested, not looked at yet. */
  readonly sent: Readonly<Record<string, unknown>>;
}

export interface GitLabRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the API's base path. `:mr` stands for `/projects/:project/merge_requests/:iid`. */
  readonly path: string;
  /** CI_JOB_TOKEN may only read the merge request, its notes and branches (platforms B5). */
  readonly jobToken?: true;
  readonly handle: (call: GitLabCall) => HostAnswer;
}

const REPORTER = 20;
export const DEVELOPER = 30;
export const MAINTAINER = 40;

/** Who may not comment here, as an answer; null when the caller may. */
export function mayNotComment({ state, token }: GitLabCall): HostAnswer | null {
  return state.switches.archived || token.access < REPORTER ? forbidden() : null;
}
