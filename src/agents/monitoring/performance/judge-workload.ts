import {bottlenecksOf, roomOf} from '../../../analysis/bottleneck/bottlenecks.ts';
import {changeBefore} from '../../../analysis/bottleneck/cause-bottlenecks.ts';
import {type Course, courseOf} from '../../../analysis/bottleneck/course.ts';
import type {Bottleneck, DependencyFacts, Facts, MadeChange} from '../../../analysis/bottleneck/facts.ts';
import type {Graph} from '../../../analysis/detection/graph/dependents.ts';
import type {Survey} from '../../../analysis/detection/survey.ts';
import {condensed} from '../../../core/text/spark-line.ts';
import type {Unchecked} from '../../../core/unchecked.ts';
import type {Measured} from '../metrics/curve.ts';
import {gapOf, sinceFirst} from '../metrics/gaps.ts';
import {together} from '../metrics/together.ts';
import {endedContainers} from './ended-containers.ts';
import {madeChanges} from './made-changes.ts';
import type {ToldCourse, ToldWorkload} from './performance-schema.ts';
import type {Pods, Reader} from './reader.ts';

/** Numbers of a curve that are told; more say the same. */
const toldMoments = 48;

export type Around = {readonly reader: Reader; readonly survey: Survey; readonly graph: Graph};

/** One workload, measured. */
export type Measurement = {
	readonly subject: Pods;
	readonly measured: readonly Measured[];
	readonly courses: ReadonlyMap<string, Course>;
	readonly notChecked: readonly Unchecked[];
};

export async function measureWorkload(subject: Pods, {reader}: Pick<Around, 'reader'>): Promise<Measurement> {
	const {measured, notChecked} = await reader.measure(subject);
	// A counter that only grows has no level.
	const judged = measured.filter(({name}) => name !== 'restarts');
	const courses = judged.flatMap(each => {
		const course = courseOf(together(each), reader.range);
		return course === undefined ? [] : [[each.name, course] as const];
	});
	const gaps = judged.flatMap(each => gapIn(each) ?? []);
	return {subject, measured, courses: new Map(courses), notChecked: [...notChecked, ...gaps]};
}

/** What is judged by a part of its time, or by nothing at all. Before a server began to keep it nothing is missing. */
function gapIn(each: Measured): Unchecked | undefined {
	const values = sinceFirst(together(each));
	const gap = values.length === 0 ? 'all moments' : gapOf(values);
	return gap === undefined ? undefined : {what: `${each.name} at ${gap}`, why: 'there is no number'};
}

const iso = (ms: number) => new Date(ms).toISOString();

const toldCourse = (course: Course, facts: Pick<Facts, 'changes' | 'stepMs'>): ToldCourse => ({
	...course,
	shifts: course.shifts.map(({atMs, ...shift}) => {
		const change = shift.kind === 'step' ? changeBefore({atMs}, facts) : undefined;
		const after =
			change === undefined
				? {}
				: {after: {at: iso(change.atMs), text: change.text, lagSeconds: Math.max(0, Math.round((atMs - change.atMs) / 1000))}};
		return {at: iso(atMs), ...shift, ...after};
	}),
});

const toldBottleneck = ({sinceMs, evidence, ...bottleneck}: Bottleneck) => ({
	...bottleneck,
	...(sinceMs === undefined ? {} : {since: iso(sinceMs)}),
	evidence: [...evidence],
});

const toldChange = ({atMs, what, text}: MadeChange) => ({at: iso(atMs), what, text});

/**
 * Joins all that is known of a measured workload, and names what holds it up.
 * @param asked those that it asks by what its settings name, as they measure themselves
 */
export async function judgeWorkload(
	{subject, measured, courses, notChecked}: Measurement,
	asked: readonly DependencyFacts[],
	{reader, survey, graph}: Around,
): Promise<{readonly told: ToldWorkload; readonly notChecked: readonly Unchecked[]}> {
	const {fromMs, stepMs} = reader.range;
	const own = new Set(subject.pods.map(({metadata}) => `${metadata.namespace}/${metadata.name}`));
	const [outgoing, found] = await Promise.all([reader.outgoing(subject), reader.nodesOf(subject.pods)]);
	const {nodes, queries, notChecked: unseen} = await reader.neighbours(found, own);
	const dependencies = [...(outgoing?.dependencies ?? []), ...asked];
	const changes = madeChanges(subject.ref, {survey, graph}, fromMs);
	const facts: Facts = {stepMs, measures: courses, nodes, dependencies, changes, ...endedContainers(subject.pods, measured, fromMs)};
	const course = (one: Course | undefined) => (one === undefined ? undefined : toldCourse(one, facts));
	return {
		told: {
			resource: subject.ref,
			bottlenecks: bottlenecksOf(facts).map(toldBottleneck),
			within: [...roomOf(facts)],
			measures: measured.flatMap(each => {
				const one = courses.get(each.name);
				if (one === undefined) return [];
				const values = condensed(together(each), toldMoments).map(value => (value === null ? null : Number(value.toPrecision(4))));
				return [{name: each.name, unit: each.unit, query: each.query, ...toldCourse(one, facts), values}];
			}),
			restarts: facts.restarts.count,
			oomKills: facts.oomKills.count,
			nodes: nodes.map(({name, cpu, memory}) => ({name, cpu: course(cpu), memory: course(memory)})),
			dependencies: dependencies.map(({name, seenBy, latency, errors}) => ({
				...{name, seenBy},
				latency: course(latency),
				errors: course(errors),
			})),
			changes: changes.map(toldChange),
			queries: [...(outgoing?.queries ?? []), ...queries],
		},
		notChecked: [
			...notChecked,
			...unseen,
			...(outgoing === undefined && asked.length === 0
				? [
						{
							what: 'dependencies',
							why: 'its pods measure no requests of their own (istio, linkerd, http_client_*, grpc_client_*), and its settings name no Service',
						},
					]
				: []),
		],
	};
}
