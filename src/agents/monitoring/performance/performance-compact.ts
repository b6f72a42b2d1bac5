import {performanceSchema, type ToldPerformance, type ToldWorkload} from './performance-schema.ts';

const rounded = (value: number) => Number(value.toPrecision(3));

/** Courses without their curves. Of many workloads the queries are told of what a bottleneck rests on. */
const compactWorkload = (told: ToldWorkload, isOnly: boolean): ToldWorkload => ({
	...told,
	measures: told.measures.map(({query, values: _, ...measure}) => ({
		...measure,
		...{level: rounded(measure.level), least: rounded(measure.least), most: rounded(measure.most), values: []},
		query: isOnly || told.bottlenecks.some(({evidence}) => evidence.some(({source}) => source === measure.name)) ? query : '',
	})),
});

/** The judgement with its numbers; curves, and of many workloads the queries of what has room, stand in the whole answer. */
export const compactPerformance = {
	output: performanceSchema,
	of: (told: ToldPerformance) => ({...told, workloads: told.workloads.map(each => compactWorkload(each, told.workloads.length === 1))}),
};
