import * as z from 'zod';

/** Prometheus writes numbers as text, the infinite ones in Go's words. */
export function numberOf(text: string): number {
	if (text === '+Inf' || text === 'Inf') return Number.POSITIVE_INFINITY;
	if (text === '-Inf') return Number.NEGATIVE_INFINITY;
	// `Number` would take an empty text for zero.
	return text.trim() === '' ? Number.NaN : Number(text);
}
export const number = z.string().transform(numberOf);

/** Seconds since 1970. */
const moment = z.number().transform(seconds => seconds * 1000);
export const labels = z.record(z.string(), z.string());
const point = z.tuple([moment, number]);

/** A moment in seconds since 1970 and a number, as they come. */
export type WirePoint = readonly [seconds: number, text: string];

const isPoint = (value: unknown): value is WirePoint =>
	Array.isArray(value) && value.length === 2 && typeof value[0] === 'number' && typeof value[1] === 'string';

/** One answer has some hundred thousand of them: they are looked at once where they stand, while `z.tuple` makes half a kilobyte of each. */
const wirePoints = z.custom<readonly WirePoint[]>(value => Array.isArray(value) && value.every(isPoint));

/** `isPartial` is a word of VictoriaMetrics: one of its storage nodes was away. */
export const success = <Data extends z.ZodType>(data: Data) =>
	z.object({
		status: z.literal('success'),
		data,
		warnings: z.array(z.string()).nullish(),
		infos: z.array(z.string()).nullish(),
		isPartial: z.boolean().optional(),
	});

/** Rule of its borders, lower and upper bound, and how many fell between. */
const bucket = z.tuple([z.number(), number, number, number]);

/** Buckets of a native histogram, not cumulative, in rising order. */
const native = z.object({count: number, buckets: z.array(bucket).optional()});

const element = z.union([z.object({metric: labels, value: point}), z.object({metric: labels, histogram: z.tuple([moment, native])})]);

/** Answer to an instant query. @see https://prometheus.io/docs/prometheus/latest/querying/api/ */
export const vectorAnswer = success(z.object({resultType: z.literal('vector'), result: z.array(element)}));

/** The same for expressions that may be one number. */
export const instantAnswer = success(
	z.union([
		z.object({resultType: z.literal('vector'), result: z.array(element)}),
		z.object({resultType: z.literal('scalar'), result: point.transform(value => [{metric: {}, value}])}),
	]),
);

export type Element = z.output<typeof element>;
export type NativeHistogram = z.output<typeof native>;

/** Answer to a range query, whose points are read by who joins them; series of native histograms alone have no values. */
export const matrixAnswer = success(
	z.object({resultType: z.literal('matrix'), result: z.array(z.object({metric: labels, values: wirePoints.optional()}))}),
);

export const seriesAnswer = success(z.array(labels));
export const namesAnswer = success(z.array(z.string()).nullable());
