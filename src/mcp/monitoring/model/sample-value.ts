import * as z from 'zod';
import {measuredText} from '../../../core/text/measured-text.ts';

/** A value of Prometheus; what JSON has no number for is written as Prometheus writes it. */
export const sampleValue = z.union([z.number(), z.enum(['NaN', '+Inf', '-Inf'])]);

export const toldValue = (value: number): z.output<typeof sampleValue> =>
	Number.isFinite(value) ? value : Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';

export const valueText = (value: z.output<typeof sampleValue>): string =>
	typeof value === 'string' ? value : measuredText(value, 'number');
