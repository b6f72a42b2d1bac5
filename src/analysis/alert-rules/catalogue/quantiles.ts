import type {RecordingRule} from '../rule.ts';

/** The three quantiles that are recorded of a histogram, each with the label `quantile`. */
export const quantiles = (record: string, expr: (quantile: number) => string): readonly RecordingRule[] =>
	[0.99, 0.9, 0.5].map(quantile => ({record, expr: expr(quantile), labels: {quantile: `${quantile}`}}));
