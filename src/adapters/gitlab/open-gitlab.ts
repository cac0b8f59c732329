// What the rest of Assay asks of GitLab, loaded only when a run has a merge request there.
export { createGitLabChangeSource } from './gitlab-change-source.ts';
export { createGitLabClient } from './gitlab-client.ts';
export { createGitLabDesk } from './gitlab-desk.ts';
export { createGitLabFixDesk } from './gitlab-fix-desk.ts';
