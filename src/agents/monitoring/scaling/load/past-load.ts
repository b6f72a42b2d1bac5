import type {LoadSample} from '../../../../analysis/autoscaling/scale/load-history.ts';
import {MkcoaError} from '../../../../core/error.ts';
import {refText} from '../../../../core/kube/kube-object.ts';
import {age} from '../../../../core/text/age.ts';
import type {Metrics, Range} from '../../../../mcp/monitoring/port.ts';
import {chooseSampling, type Sampling} from '../../metrics/choose-step.ts';
import {collect} from '../../metrics/collect.ts';
import {curveOf, momentsIn} from '../../metrics/curve.ts';
import {gapOf, sinceFirst} from '../../metrics/gaps.ts';
import {containerUse} from '../../metrics/measures.ts';
import type {Subject} from '../../metrics/subject.ts';

/** Five minutes apart over two weeks: shorter than that pods hardly start, and an autoscaler takes none away. */
const [leastStepMs, mostPoints] = [300_000, 4032];

/** A scrape that fails now and then is no news. */
const lateFromMs = 10 * 60_000;

/** What a workload went through, moment by moment. */
export type PastLoad = {
	readonly source: string;
	readonly sampling: Sampling;
	/** Of the whole pod. */
	readonly samples: readonly LoadSample[];
	readonly byContainer: ReadonlyMap<string, readonly LoadSample[]>;
	/** Requests a second, the newest last; undefined where nobody counts them. */
	readonly requests: readonly {readonly atMs: number; readonly perSecond: number}[] | undefined;
	readonly notChecked: readonly {readonly what: string; readonly why: string}[];
};

type Values = readonly (number | null)[];

/** Requests are only told, and not reckoned with: so many moments of them show their course. */
const requestPoints = 336;

/** Of a sampling every so manieth moment, the newest among them. */
function coarser({range: {fromMs, toMs, stepMs: fine}, scrapeMs, window}: Sampling): Sampling {
	const size = Math.ceil((toMs - fromMs) / fine / requestPoints);
	const stepMs = size * fine;
	const range = {fromMs: toMs - Math.floor((toMs - fromMs) / stepMs) * stepMs, toMs, stepMs};
	return {range, scrapeMs, window: size === 1 ? window : `${stepMs / 1000}s`};
}

const requestsIn = (values: Values | undefined, {fromMs, stepMs}: Range): PastLoad['requests'] =>
	values?.flatMap((perSecond, at) => (perSecond === null ? [] : {atMs: fromMs + at * stepMs, perSecond}));

/** Servers add up, so that a workload whose pods came and went thousands of times is a few series. */
async function byContainer(metrics: Metrics, use: string, range: Range): Promise<ReadonlyMap<string, Values>> {
	const series = await metrics.queryRange(`sum by (container) (${use})`, range);
	return new Map(series.map(each => [each.labels.container ?? '', curveOf(each, range).values]));
}

async function podsCounted(metrics: Metrics, use: string, range: Range): Promise<Values | undefined> {
	const [counted] = await metrics.queryRange(`count(max by (pod) (${use}))`, range);
	return counted === undefined ? undefined : curveOf(counted, range).values;
}

/** Samples of an average pod: `cores` and `bytes` of all pods together, of those that there were. */
function samplesOf(range: Range, pods: Values, cores: Values, bytes: Values | undefined): readonly LoadSample[] {
	return pods.flatMap((replicas, at) => {
		const used = cores[at];
		if (replicas === null || replicas <= 0 || used === null || used === undefined) return [];
		const memory = bytes?.[at];
		return {
			...{atMs: range.fromMs + at * range.stepMs, cpuPerPod: used / replicas, replicas},
			...(memory === null || memory === undefined ? {} : {memoryPerPod: memory / replicas}),
		};
	});
}

function summed(curves: ReadonlyMap<string, Values>, length: number): Values {
	const all = [...curves.values()];
	return Array.from({length}, (_, at) => {
		const present = all.flatMap(values => values[at] ?? []);
		return present.length === 0 ? null : present.reduce((sum, value) => sum + value, 0);
	});
}

/** What is called `now` further on is the newest number there is. */
function lateness(values: Values, {toMs, fromMs, stepMs}: Range): PastLoad['notChecked'] {
	const lateMs = toMs - (fromMs + values.findLastIndex(value => value !== null) * stepMs);
	return lateMs < lateFromMs ? [] : [{what: `its CPU in the last ${age(lateMs)}`, why: 'there is no number: what it uses now is older'}];
}

/**
 * CPU, memory, replicas and requests of a workload over the past, from the metrics server.
 * @throws MkcoaError `nothing-measured` where nobody measures its CPU
 */
export async function pastLoad(metrics: Metrics, subject: Extract<Subject, {kind: 'pods'}>, sinceMs: number): Promise<PastLoad> {
	const sampling = await chooseSampling(metrics, sinceMs, {points: Math.min(mostPoints, Math.ceil(sinceMs / leastStepMs))});
	const {range, window} = sampling;
	const use = containerUse(subject, window);
	const [cpu, memory, seen, requests] = await Promise.all([
		byContainer(metrics, use.cpu, range),
		byContainer(metrics, use.memory, range),
		podsCounted(metrics, use.memory, range),
		collect({metrics, subject, sampling: coarser(sampling), names: ['requests']}),
	]);
	// Memory is one sample a pod and quick to count; where nobody measures it, the rates of CPU are.
	const pods = seen ?? (await podsCounted(metrics, use.cpu, range));
	const length = momentsIn(range);
	const cores = summed(cpu, length);
	if (pods === undefined || cores.every(value => value === null))
		throw new MkcoaError({
			kind: 'environment',
			code: 'nothing-measured',
			what: `Nobody measures the CPU of ${refText(subject.ref)}`,
			why: `${metrics.source} has no container_cpu_usage_seconds_total of its pods`,
			next: 'See what is measured with: mkcoa monitor metrics',
		});
	const gap = gapOf(sinceFirst(cores));
	return {
		...{source: metrics.source, sampling},
		samples: samplesOf(range, pods, cores, memory.size === 0 ? undefined : summed(memory, length)),
		byContainer: new Map([...cpu].map(([name, values]) => [name, samplesOf(range, pods, values, memory.get(name))])),
		requests: requestsIn(requests.measured.find(({name}) => name === 'requests')?.curves[0]?.values, coarser(sampling).range),
		notChecked: [
			...(gap === undefined ? [] : [{what: `its CPU at ${gap}`, why: 'there is no number'}]),
			...lateness(cores, range),
			...(memory.size === 0 ? [{what: 'memory', why: 'there is no container_memory_working_set_bytes of the kubelets'}] : []),
			...requests.notChecked.map(({why}) => ({what: 'requests', why})),
		],
	};
}
