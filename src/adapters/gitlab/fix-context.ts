// What the parts of the desk of the fixes share: the project, who the token belongs to, and how branches and merge requests are read.
import type { FixRequestRecord } from '#ports/fix-desk.ts';
import { endpoint } from './endpoint.ts';
import {
  commitMessageShape,
  type FixBranch,
  type FixMergeRequest,
  type FixProject,
  type FixUser,
  fixBranchShape,
  fixProjectShape,
  fixRequestShape,
  fixUserShape,
} from './fix-shapes.ts';
import type { GitLabClient } from './gitlab-client.ts';
import { GitLabFault } from './gitlab-fault.ts';
import { readShape } from './gitlab-shapes.ts';
import { listPages } from './list-pages.ts';

export class FixContext {
  readonly client: GitLabClient;
  readonly name: string;
  readonly #serverUrl: string;
  #self: FixUser | null = null;
  #project: FixProject | null = null;

  /** @param name a number, or `group/project` */
  constructor(client: GitLabClient, name: string, serverUrl: string) {
    this.client = client;
    this.name = name;
    this.#serverUrl = serverUrl.replace(/\/+$/, '');
  }

  /** Asked once. @throws GitLabFault, like every method here */
  async self(): Promise<FixUser> {
    this.#self ??= readShape(fixUserShape, (await this.client.api.requester.get('user')).body);
    return this.#self;
  }

  async project(): Promise<FixProject> {
    this.#project ??= readShape(
      fixProjectShape,
      (await this.client.api.requester.get(endpoint`projects/${this.name}`)).body,
    );
    return this.#project;
  }

  /** Null when there is none. */
  async branch(name: string): Promise<FixBranch | null> {
    try {
      const address = endpoint`projects/${this.name}/repository/branches/${name}`;
      return readShape(fixBranchShape, (await this.client.api.requester.get(address)).body);
    } catch (error) {
      if (error instanceof GitLabFault && error.status === 404) return null;
      throw error;
    }
  }

  async mergeRequest(iid: number): Promise<FixMergeRequest> {
    const address = endpoint`projects/${this.name}/merge_requests/${iid}`;
    return readShape(fixRequestShape, (await this.client.api.requester.get(address)).body);
  }

  /** From a branch of the project itself, the newest first. */
  async requestsFrom(branch: string): Promise<readonly FixRequestRecord[]> {
    const self = await this.self();
    const address = endpoint`projects/${this.name}/merge_requests`;
    const rows = await listPages(this.client, address, { source_branch: branch, state: 'all' });
    const project = await this.project();
    const own = rows
      .map((row) => readShape(fixRequestShape, row))
      .filter((one) => one.source_branch === branch && one.source_project_id === one.target_project_id)
      .sort((one, other) => other.iid - one.iid);
    const records: FixRequestRecord[] = [];
    for (const one of own) records.push(await this.#toRecord(one, { self, project }));
    return records;
  }

  async #toRecord(
    { iid, state: at, title, description, target_branch: target, author, sha }: FixMergeRequest,
    { self, project }: { readonly self: FixUser; readonly project: FixProject },
  ): Promise<FixRequestRecord> {
    // "locked" lasts as long as a merge.
    const state = at === 'merged' || at === 'closed' ? at : 'open';
    const isOwn = author?.id === self.id;
    return {
      ...{ number: iid, state, title, body: description, target, isOwn, url: this.urlOf(iid, project) },
      lastMessage: isOwn && state === 'closed' && sha != null ? await this.#message(sha) : null,
    };
  }

  /** Null where the commit is gone. */
  async #message(sha: string): Promise<string | null> {
    try {
      const address = endpoint`projects/${this.name}/repository/commits/${sha}`;
      return readShape(commitMessageShape, (await this.client.api.requester.get(address)).body).message;
    } catch (error) {
      if (error instanceof GitLabFault && error.status === 404) return null;
      throw error;
    }
  }

  /** Built, and not taken from the answer. */
  urlOf(iid: number, { path_with_namespace: path }: FixProject): string {
    const segments = path.split('/').map(encodeURIComponent).join('/');
    return `${this.#serverUrl}/${segments}/-/merge_requests/${iid}`;
  }
}
