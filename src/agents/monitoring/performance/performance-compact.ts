import {performanceSchema, type ToldPerformance, type ToldWorkload} from './performance-schema.ts';

const rounded = (value: number) => Number(value.toPrecision(3));

/** Courses without their curves, and no query twice: of a workload that has room its levels alone are worth telling. */
const compactWorkload = (told: ToldWorkload): ToldWorkload => ({
	...told,
	measures: told.measures.map(({query, values: _, ...measure}) => ({
		...measure,
		...{level: rounded(measure.level), least: rounded(measure.least), most: rounded(measure.most), values: []},
		query: told.bottlenecks.some(({evidence}) => evidence.some(({source}) => source === measure.name)) ? query : '',
	})),
});

/** The judgement with its numbers; curves and the queries of what has room stand in the whole answer. */
export const compactPerformance = {
	output: performanceSchema,
	of: (told: ToldPerformance) => ({...told, workloads: told.workloads.map(compactWorkload)}),
};
