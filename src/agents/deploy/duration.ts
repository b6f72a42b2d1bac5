import {z} from 'zod';

const unitMs: {readonly [unit: string]: number} = {s: 1000, m: 60_000, h: 3_600_000};

/** `30s`, `5m`, `1h`. */
export const durationText = z.string().regex(/^[1-9]\d{0,4}[smh]$/, 'a duration is a number with s, m or h, such as 30s or 5m');

/** Milliseconds of a `durationText`. */
export const durationMs = (text: string) => Number(text.slice(0, -1)) * (unitMs[text.slice(-1)] ?? Number.NaN);
