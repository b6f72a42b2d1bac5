import type * as z from 'zod';
import type {DependencyFacts} from '../../../analysis/bottleneck/facts.ts';
import {gravity} from '../../../analysis/bottleneck/symptoms.ts';
import {graphOf} from '../../../analysis/detection/graph/dependents.ts';
import {type Survey, surveyOf} from '../../../analysis/detection/survey.ts';
import {inParallel} from '../../../core/in-parallel.ts';
import {refKey} from '../../../core/kube/kube-object.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import type {Unchecked} from '../../../core/unchecked.ts';
import {readObjectsOfAll} from '../../incident/reading/read-snapshot.ts';
import {toldUnread} from '../../incident/reading/read-target.ts';
import {durationOf, timeText} from '../duration-of.ts';
import {markedMetrics} from '../marked-metrics.ts';
import {chooseSampling} from '../metrics/choose-step.ts';
import {readSubject, subjectInput} from '../metrics/subject.ts';
import {askedBy, demandPods, subjectsIn} from '../performance/choose-subjects.ts';
import {type Around, judgeWorkload, type Measurement, measureWorkload} from '../performance/judge-workload.ts';
import {compactPerformance} from '../performance/performance-compact.ts';
import {performanceFindings} from '../performance/performance-findings.ts';
import {performanceSchema, type ToldWorkload} from '../performance/performance-schema.ts';
import {performanceText} from '../performance/performance-text.ts';
import {type Pods, presentReader, type Reader, serverReader} from '../performance/reader.ts';
import type {MonitoringPorts} from '../ports.ts';
import {nodeNameOf, presentUse} from '../present/present-use.ts';

/** Each is asked a dozen questions. */
const mostWorkloads = 40;
/** Of one workload, those that it asks and that are measured with it. */
const mostAsked = 10;
/** Rows of a change that are the least to see it, in the usual time: a minute each. */
const points = 180;

const input = subjectInput.extend({
	target: subjectInput.shape.target.describe('Deployment, or KIND/NAME; all that serves in the namespace if left out'),
	since: timeText.default('3h').describe('How far back to look: some of it has to be from before what went wrong'),
});
type Input = z.output<typeof input>;

async function openReader(
	{ports, clock}: Context<MonitoringPorts>,
	{survey, subjects, sinceMs}: {readonly survey: Survey; readonly subjects: readonly Pods[]; readonly sinceMs: number},
): Promise<Reader> {
	const names = new Set(subjects.flatMap(({pods}) => pods.flatMap(pod => nodeNameOf(pod) ?? [])));
	const nodes = survey.all('Node').filter(({metadata}) => names.has(metadata.name));
	const source = await ports.monitoring.metrics();
	if (source.metrics === undefined)
		return presentReader({use: await presentUse(ports.monitoring.use, nodes), why: source.why, nodes, nowMs: clock.now(), sinceMs});
	const metrics = markedMetrics(source.metrics);
	const sampling = await chooseSampling(metrics, sinceMs, {points});
	return serverReader({metrics, cluster: ports.cluster, sampling, nodes});
}

/** Those behind the Services that a workload's settings name, as they were measured. */
const factsOf = ({subject, courses}: Measurement): DependencyFacts => ({
	...{name: `${subject.ref.kind} ${subject.ref.name}`, seenBy: 'itself'},
	...{latency: courses.get('latency-p95'), errors: courses.get('errors')},
});

/** Bottlenecks that are graver and surer first; then those that have least room. */
function byNeed(a: ToldWorkload, b: ToldWorkload): number {
	const weight = ({bottlenecks}: ToldWorkload) =>
		Math.max(-1, ...bottlenecks.map(({severity, sure}) => gravity.indexOf(severity) + (sure === 'possible' ? 0 : 0.5)));
	const fullest = ({measures}: ToldWorkload) =>
		Math.max(0, ...measures.filter(({name}) => name.endsWith('-of-limit')).map(({level}) => level));
	return weight(b) - weight(a) || fullest(b) - fullest(a);
}

/** What could not be looked at of many workloads is told once. */
function toldOnce(all: readonly {readonly name: string; readonly notChecked: readonly Unchecked[]}[]): readonly Unchecked[] {
	const each = all.flatMap(({name, notChecked}) => notChecked.map(unchecked => ({name, ...unchecked})));
	return [...Map.groupBy(each, ({what, why}) => `${what}\n${why}`).values()].map(group => {
		const {what = '', why = '', name = ''} = group[0] ?? {};
		return {what: all.length === 1 ? what : `${what} of ${group.length === 1 ? name : `${group.length} workloads`}`, why};
	});
}

export const performanceAnalyze = readTool({
	name: 'performance_analyze',
	summary:
		'Names what holds a workload up, or each of a namespace: rate, errors, latency, limits, nodes, dependencies, since when and after which change',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['monitor', 'performance'],
	positionals: ['target'],
	input,
	output: performanceSchema,
	text: performanceText,
	findings: performanceFindings,
	compact: compactPerformance,

	async run({target, namespace: asked, since}: Input, context: Context<MonitoringPorts>) {
		const {ports, clock, signal, emit} = context;
		const sinceMs = durationOf(since);
		const namespace = asked ?? ports.cluster.namespace;
		emit({kind: 'progress', text: 'Looking at the cluster'});
		const [{context: name}, snapshot, subject] = await Promise.all([
			ports.cluster.target(asked),
			readObjectsOfAll(ports.cluster, {namespace, nowMs: clock.now(), signal}),
			target === undefined ? undefined : readSubject(ports.cluster, {target, namespace}).then(demandPods),
		]);
		const survey = surveyOf(snapshot);
		const graph = graphOf(survey);
		const all = subject === undefined ? subjectsIn(survey, namespace) : [subject];
		const subjects = all.slice(0, mostWorkloads);
		const reader = await openReader(context, {survey, subjects, sinceMs});
		const around: Around = {reader, survey, graph};
		const beside = subject === undefined ? [] : askedBy(subject.ref, around).slice(0, mostAsked);
		let done = 0;
		const measurements = await inParallel([...subjects, ...beside], async each => {
			signal.throwIfAborted();
			emit({kind: 'progress', text: `Asking ${reader.source} of ${each.ref.name}`, done, total: subjects.length + beside.length});
			const measurement = await measureWorkload(each, around);
			done += 1;
			return measurement;
		});
		const byKey = new Map(measurements.map(each => [refKey(each.subject.ref), each]));
		const judged = await inParallel(measurements.slice(0, subjects.length), measurement => {
			const known = askedBy(measurement.subject.ref, around).flatMap(each => byKey.get(refKey(each.ref)) ?? []);
			return judgeWorkload(measurement, known.map(factsOf), around);
		});
		return {
			...{context: name, namespace, source: reader.source},
			...(subject === undefined ? {} : {target: subject.ref}),
			from: new Date(reader.range.fromMs).toISOString(),
			to: new Date(reader.range.toMs).toISOString(),
			stepSeconds: reader.range.stepMs / 1000,
			workloads: judged.map(({told}) => told).toSorted(byNeed),
			notChecked: [
				...reader.notChecked(),
				...toldOnce(judged.map(({told, notChecked}) => ({name: told.resource.name, notChecked}))),
				...toldUnread(snapshot.unread),
				...(all.length > subjects.length
					? [{what: `${all.length - subjects.length} more workloads`, why: `${mostWorkloads} are looked at once: name one of them`}]
					: []),
			],
		};
	},
});
