// Everything that a run needs of GitHub, in one piece: it is loaded only by a run that speaks there.
export { findPullRequest } from './find-pull-request.ts';
export { createGitHubChangeSource } from './github-change-source.ts';
export { createGitHubClient } from './github-client.ts';
export { createGitHubCodeScanning } from './github-code-scanning.ts';
export { createGitHubDesk } from './github-desk.ts';
export { createGitHubFixDesk } from './github-fix-desk.ts';
