// Figures as people read them: short, rounded alike in the table and on the page, a dash for what is not defined.

const NONE = '–';
const MINUS = '−';

/** `0.8123` → `81.2 %`. */
export function percent(value: number | null): string {
  return value === null ? NONE : `${(100 * value).toFixed(1)} %`;
}

/** `0.8123` → `0.812`. */
export function decimal(value: number | null): string {
  return value === null ? NONE : signed(value.toFixed(3));
}

/** A difference, with its sign; `±0` when it rounds to nothing. */
export function change(value: number | null, digits = 3): string {
  if (value === null) return NONE;
  const rounded = value.toFixed(digits);
  if (Number(rounded) === 0) return '±0';
  return value > 0 ? `+${rounded}` : signed(rounded);
}

/** US dollars; more digits the smaller it is. */
export function dollars(value: number | null): string {
  if (value === null) return NONE;
  if (value === 0) return '0';
  return `$${value >= 1 ? value.toFixed(2) : value.toPrecision(2)}`;
}

/** `1234567` → `1,234,567`. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** Milliseconds as seconds from one on: `850 ms`, `1.2 s`. */
export function duration(milliseconds: number | null): string {
  if (milliseconds === null) return NONE;
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

function signed(number: string): string {
  const isZero = Number(number) === 0;
  return number.startsWith('-') ? `${isZero ? '' : MINUS}${number.slice(1)}` : number;
}
