import type {Metrics} from '../../../mcp/monitoring/port.ts';
import type {Sampling} from './choose-step.ts';
import {curveOf, type Measured} from './curve.ts';
import {type Measure, nodeMeasures, podMeasures, scopeOf} from './measures.ts';
import {requestMeasureNames, requestMeasures} from './request-measures.ts';
import type {Subject} from './subject.ts';

export type Collected = {
	readonly measured: readonly Measured[];
	readonly notChecked: readonly {readonly what: string; readonly why: string}[];
};

type Asking = {
	readonly metrics: Metrics;
	readonly subject: Subject;
	readonly sampling: Sampling;
	/** Names of measures; all of the subject's if there are none. */
	readonly names: readonly string[];
};

/** By the first of its queries that is answered. */
export async function measured(metrics: Metrics, {name, unit, queries}: Measure, {range}: Sampling): Promise<Measured | undefined> {
	for (const query of queries) {
		const curves = (await metrics.queryRange(query, range))
			.map(series => curveOf(series, range))
			.filter(({values}) => values.some(value => value !== null));
		if (curves.length > 0) return {name, unit, query, curves};
	}
	return undefined;
}

/** What a person may ask for by name, of pods or of nodes. */
export const measureNames = {
	pods: [...requestMeasureNames, 'cpu', 'memory', 'throttled', 'restarts', 'received', 'sent'],
	nodes: ['cpu', 'memory', 'disk'],
} as const satisfies {readonly [kind in Subject['kind']]: readonly string[]};

/** Measures a subject: what nobody counts is told with what would have to be there. */
export async function collect({metrics, subject, sampling, names}: Asking): Promise<Collected> {
	const isWanted = (name: string) => names.length === 0 || names.includes(name);
	const measures =
		subject.kind === 'pods' ? podMeasures(scopeOf(subject), sampling.window) : nodeMeasures(subject.ref?.name, sampling.window);
	const wanted = measures.filter(({name}) => isWanted(name));
	const requests =
		subject.kind === 'pods' && requestMeasureNames.some(isWanted) ? await requestMeasures({metrics, subject, sampling}) : undefined;
	const found = await Promise.all(wanted.map(measure => measured(metrics, measure, sampling)));
	return {
		measured: [...(requests?.measured ?? []).filter(({name}) => isWanted(name)), ...found.filter(each => each !== undefined)],
		notChecked: [
			...(requests?.lacking ?? []).map(what => ({
				what,
				why: 'no counter or histogram of a usual library or mesh is scraped from its pods',
			})),
			...wanted.flatMap(({name, needs}, index) => (found[index] === undefined ? [{what: name, why: `there is no ${needs}`}] : [])),
		],
	};
}
