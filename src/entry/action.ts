// The GitHub Action's door: the runner's process → the job → the exit code.
import { runGitHubJob } from '../app/ci/github-job.ts';
import { openJob } from './job-environment.ts';

process.exitCode = await runGitHubJob(openJob('GITHUB_WORKSPACE'));
