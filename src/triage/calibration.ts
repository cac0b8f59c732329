// How often verdicts of each reason were right when measured on labelled code (`rules/calibration.yaml`), as a confidence.
import { z } from 'zod';
import { AssayError } from '#domain/errors.ts';
import type { Verdict } from '#domain/verdict.ts';
import type { Assets } from '../ports/assets.ts';

const CALIBRATION_PATH = 'rules/calibration.yaml';

/** A language's own figures are used from this many verdicts on; below, those of all languages say more. */
const ENOUGH = 30;

/** 0.975 quantile of the standard normal distribution: two-sided 95 %. */
const Z = 1.959_963_984_540_054;

const CountSchema = z
  .strictObject({ right: z.int().min(0), total: z.int().min(0) })
  .refine(({ right, total }) => right <= total, 'right exceeds total');

const EntrySchema = z.strictObject({
  right: z.int().min(0),
  total: z.int().min(0),
  languages: z.record(z.string(), CountSchema).optional(),
});

const CalibrationSchema = z.strictObject({
  version: z.literal(1),
  /** Day of the measurement, or null when nothing has been measured. */
  measured: z.iso.date().nullable(),
  /** Names of the sets of labelled code. */
  sets: z.array(z.string()),
  reasons: z.record(
    z.string(),
    EntrySchema.refine(({ right, total }) => right <= total, 'right exceeds total'),
  ),
});

export type Confidence = Pick<Verdict, 'confidence' | 'confidenceLowerBound'>;

export interface Calibration {
  /** For a leading reason, in a language (grammar name) or null when the language is not known. */
  confidenceOf(code: string, language: string | null): Confidence;
}

/** Reads the shipped figures; throws AssayError `internal` when they are broken, which is never the user's fault. */
export async function loadCalibration(assets: Assets): Promise<Calibration> {
  return readCalibration(await assets.data(CALIBRATION_PATH));
}

/** Throws AssayError `internal` for content that is not of the form of `rules/calibration.yaml`. */
export function readCalibration(content: unknown): Calibration {
  const parsed = CalibrationSchema.safeParse(content);
  if (!parsed.success) {
    throw new AssayError('internal', `${CALIBRATION_PATH} is broken: ${z.prettifyError(parsed.error)}`);
  }
  const reasons = new Map(Object.entries(parsed.data.reasons));
  return {
    confidenceOf(code, language) {
      const all = reasons.get(code);
      const own = new Map(Object.entries(all?.languages ?? {})).get(language ?? '');
      const count = own !== undefined && own.total >= ENOUGH ? own : all;
      return confidenceFrom(count?.right ?? 0, count?.total ?? 0);
    },
  };
}

/**
 * `confidence`: the posterior mean of the share under a uniform prior, Beta(1 + right, 1 + wrong); 0.5 when nothing was measured.
 * `confidenceLowerBound`: the lower end of the 95 % score interval (E. B. Wilson, "Probable Inference, the Law of Succession, and
 * Statistical Inference", JASA 22, 1927); 0 when nothing was measured. Both to four decimals, the bound rounded down.
 */
export function confidenceFrom(right: number, total: number): Confidence {
  const mean = (1 + right) / (2 + total);
  return {
    confidence: Math.round(mean * 10_000) / 10_000,
    confidenceLowerBound: Math.floor(wilsonLowerBound(right, total) * 10_000) / 10_000,
  };
}

function wilsonLowerBound(right: number, total: number): number {
  if (total === 0) return 0;
  const share = right / total;
  const spread = Z * Math.sqrt((share * (1 - share)) / total + (Z * Z) / (4 * total * total));
  return Math.max(0, (share + (Z * Z) / (2 * total) - spread) / (1 + (Z * Z) / total));
}
