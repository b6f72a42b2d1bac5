import {floorPlan} from '../../../analysis/autoscaling/scale/floor-plan.ts';
import {replicasAhead} from '../../../analysis/autoscaling/scale/replicas-ahead.ts';
import {requestsFrom} from '../../../analysis/autoscaling/scale/requests-from-history.ts';
import {podSize} from '../../../analysis/capacity/pod-size.ts';
import {podsThatFit} from '../../../analysis/capacity/pods-that-fit.ts';
import {MkcoaError} from '../../../core/error.ts';
import {refText} from '../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import {durationOf} from '../duration-of.ts';
import {demandMarkedMetrics} from '../marked-metrics.ts';
import type {MonitoringPorts} from '../ports.ts';
import {comingLoad, decisionMs} from '../scaling/load/coming-load.ts';
import {type LoadAhead, loadAhead} from '../scaling/load/load-ahead.ts';
import {type PastLoad, pastLoad} from '../scaling/load/past-load.ts';
import {compactNeeds, needsSchema, needsText, type ToldNeeds} from '../scaling/needs-output.ts';
import {nodeRooms, type Rooms} from '../scaling/node-room.ts';
import {readyDelay, unseenDelayMs} from '../scaling/ready-delay.ts';
import {countedBy, type ScaledBy, scaledBy} from '../scaling/scaled-by.ts';
import {readScaled, type ScaledWorkload, scaledInput} from '../scaling/scaled-workload.ts';

type Step = ToldNeeds['steps'][number];

const timeOf = ({nowMs, stepMs}: LoadAhead, at: number) => new Date(nowMs + (at + 1) * stepMs).toISOString();

/** When the first step is right; null where none is. */
function firstAt(ahead: LoadAhead, steps: readonly Step[], isRight: (step: Step) => boolean): string | null {
	const at = steps.findIndex(isRight);
	return at === -1 ? null : timeOf(ahead, at);
}

function peakIn(ahead: LoadAhead, steps: readonly Step[]): ToldNeeds['peak'] {
	const at = steps.reduce((best, {median}, index) => (median > (steps[best]?.median ?? 0) ? index : best), 0);
	const most = (of: 'low' | 'median' | 'high') => steps.reduce((highest, {replicas}) => Math.max(highest, replicas[of]), 0);
	return {
		at: timeOf(ahead, at),
		cores: steps[at]?.median ?? 0,
		// A burst is met after it began: the pods that it takes may be there one step later.
		replicas: {low: most('low'), median: most('median'), high: most('high')},
	};
}

function requestsIn({requests, samples}: PastLoad): Pick<ToldNeeds, 'requests'> {
	const last = requests?.at(-1);
	if (requests === undefined || last === undefined) return {};
	const cores = new Map(samples.map(({atMs, cpuPerPod, replicas}) => [atMs, cpuPerPod * replicas]));
	let [used, asked, most] = [0, 0, 0];
	for (const {atMs, perSecond} of requests) {
		const spent = cores.get(atMs);
		if (spent !== undefined) [used, asked] = [used + spent, asked + perSecond];
		most = Math.max(most, perSecond);
	}
	return {requests: {at: new Date(last.atMs).toISOString(), last: last.perSecond, most, coresEach: asked > 0 ? used / asked : null}};
}

function roomIn({object, replicas}: ScaledWorkload, {rooms}: Rooms, ahead: LoadAhead, steps: readonly Step[]): Pick<ToldNeeds, 'room'> {
	if (rooms === undefined) return {};
	const {pods, scarce} = podsThatFit(rooms, podSize(podSpecOf(object)));
	return {room: {pods, scarce, earliestAt: firstAt(ahead, steps, each => each.replicas.high > replicas + pods)}};
}

function reasonsOf(by: ScaledBy, past: PastLoad, {forecast}: LoadAhead): readonly string[] {
	return [
		...forecast.reasons,
		...(by.lacking === undefined
			? []
			: [`The autoscaler could not count: ${by.lacking}. Counted with what a pod used at most times (90 of 100), with 15 % more`]),
		...(by.others.length > 0 && by.present !== undefined
			? [`It also scales by ${by.others.join(' and ')}, which may ask for more pods than CPU does`]
			: []),
		...(by.others.length > 0 && by.present === undefined
			? [`It scales by ${by.others.join(' and ')}, of which nobody here knows the past: pods are counted by CPU alone`]
			: []),
		...(past.byContainer.size > 1 && by.container !== undefined ? [`Only container ${by.container} counts`] : []),
	];
}

export const predictScalingNeeds = readTool({
	name: 'predict_scaling_needs',
	summary:
		'Forecasts the load of a workload and the pods that its autoscaler will make of it, and whether its ceiling and the nodes have room',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['monitor', 'predict'],
	positionals: ['target'],
	input: scaledInput,
	output: needsSchema,
	text: needsText,
	compact: compactNeeds,

	async run({target, namespace, since, ahead: aheadText}, {ports, emit}: Context<MonitoringPorts>) {
		const [aheadMs, sinceMs] = [durationOf(aheadText), durationOf(since)];
		const {cluster} = ports;
		const [{context}, workload] = await Promise.all([cluster.target(namespace), readScaled(cluster, {target, namespace})]);
		const by = scaledBy(workload);
		const metrics = await demandMarkedMetrics(ports);
		emit({kind: 'progress', text: `Asking ${metrics.source}`});
		const [past, rooms] = await Promise.all([pastLoad(metrics, workload.subject, sinceMs), nodeRooms(cluster)]);
		const samples = by.container === undefined ? past.samples : (past.byContainer.get(by.container) ?? []);
		emit({kind: 'progress', text: 'Trying models on the past of its load'});
		const ahead = loadAhead(samples, past.sampling.range, aheadMs);
		const requestCores = by.requestCores ?? requestsFrom(samples, undefined).cores;
		if ('why' in ahead || requestCores === undefined || requestCores <= 0)
			throw new MkcoaError({
				kind: 'environment',
				code: 'not-enough-data',
				what: `What ${refText(workload.ref)} will need cannot be told`,
				why: 'why' in ahead ? ahead.why : 'its pods used no CPU, and have no request',
				next: 'Look less far ahead with --ahead, or let more be measured first',
			});
		const ready = readyDelay(workload.subject.pods);
		const settings = countedBy(by);
		const shape = {requestCores, limitCores: by.limitCores, readinessMs: ready?.ms ?? unseenDelayMs};
		const loads = ahead.forecast.steps.map(({low80, median, high80}) => ({low: low80, median, high: high80}));
		const pods = replicasAhead(loads, {
			...{shape, settings, replicas: workload.replicas, nowMs: ahead.nowMs, stepMs: ahead.stepMs},
		});
		const steps = ahead.forecast.steps.map((step, at) => ({...step, replicas: pods[at] ?? {low: 0, median: 0, high: 0}}));
		// Pods are started when the upper bound wants them, and the autoscaler's own tolerance counts.
		const starts = floorPlan(
			comingLoad(ahead, at => pods[at]?.high ?? 0),
			wanted => wanted,
			{minReplicas: Math.max(settings.minReplicas, workload.replicas), maxReplicas: Number.MAX_SAFE_INTEGER},
			shape.readinessMs + decisionMs,
			ahead.nowMs,
		);
		const {present} = by;
		const iso = (ms: number) => new Date(ms).toISOString();
		return {
			...{context, source: metrics.source, target: workload.ref, at: iso(ahead.nowMs), stepSeconds: ahead.stepMs / 1000},
			replicas: workload.replicas,
			...(workload.scaler === undefined || workload.spec === undefined
				? {}
				: {
						autoscaler: {
							name: workload.scaler.metadata.name,
							minReplicas: workload.spec.minReplicas ?? 1,
							maxReplicas: workload.spec.maxReplicas,
							others: [...by.others],
						},
					}),
			counted: {targetPercent: settings.targetPercent, requestCores},
			...(ready === undefined ? {} : {ready: {seconds: ready.ms / 1000, pods: ready.pods}}),
			...requestsIn(past),
			...{past: [...ahead.past], pastReplicas: [...ahead.replicas], steps},
			models: ahead.forecast.models.map(model => ({...model})),
			seasonsSeconds: ahead.forecast.seasons.map(season => (season * ahead.stepMs) / 1000),
			...{backTest: {...ahead.forecast.backTest}, beatsNaive: ahead.forecast.beatsNaive, peak: peakIn(ahead, steps)},
			starts: starts.map(({fromMs, toMs, minReplicas}) => ({from: iso(fromMs), to: iso(toMs), replicas: minReplicas})),
			...(present === undefined
				? {}
				: {
						ceiling: {
							maxReplicas: present.maxReplicas,
							likelyAt: firstAt(ahead, steps, each => each.replicas.median > present.maxReplicas),
							earliestAt: firstAt(ahead, steps, each => each.replicas.high > present.maxReplicas),
						},
					}),
			...roomIn(workload, rooms, ahead, steps),
			reasons: [...reasonsOf(by, past, ahead)],
			notChecked: [
				...past.notChecked,
				...metrics.missing(),
				...(rooms.rooms === undefined ? [{what: 'room on the nodes', why: rooms.why}] : []),
				...(ready === undefined ? [{what: 'how long a new pod takes', why: 'no pod of it became ready lately; a minute is taken'}] : []),
				...workload.notChecked.map(why => ({what: 'what else scales it', why})),
			],
		};
	},
});
