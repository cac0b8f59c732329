// The repository of the contract, made once for all tests that do not push: git takes its time.
import { createReviewRepository, type ReviewRepository } from '../emulators/review-repository.ts';
import { CONTRACT_BASE, CONTRACT_HEAD, CONTRACT_PUSH } from './desk-under-test.ts';

export class SpareRepository {
  #spare: ReviewRepository | null = null;
  #pushed = false;

  take(): ReviewRepository {
    this.#spare ??= createReviewRepository(CONTRACT_BASE, CONTRACT_HEAD);
    return this.#spare;
  }

  push(): string {
    this.#pushed = true;
    return this.take().push(CONTRACT_PUSH);
  }

  /** After a test: one that was pushed to is thrown away. */
  giveBack(): void {
    if (this.#pushed) this.dispose();
  }

  dispose(): void {
    this.#spare?.dispose();
    this.#spare = null;
    this.#pushed = false;
  }
}
