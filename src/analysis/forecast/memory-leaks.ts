import {listAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {podSpecOf} from '../../core/kube/pod-spec.ts';
import {memoryText, quantityOf} from '../../core/kube/quantity.ts';
import {count} from '../../core/text/count.ts';
import type {Survey} from '../detection/survey.ts';
import {exchangeCall} from '../diagnosis/patch-remedy.ts';
import type {Forecast, Forecasts, LabelledSeries} from './forecast.ts';
import {severityBy, timeLeft, timeLeftText} from './time-left.ts';
import {trendOf} from './trend.ts';

/** Containers that can be started anew by a rolling restart of what owns them. */
const restartable = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

const limitOf = (object: KubeObject, container: string) => {
	const found = listAt(podSpecOf(object), 'containers').find(each => textAt(each, 'name') === container);
	const limit = valueAt(found, 'resources', 'limits', 'memory');
	return typeof limit === 'string' || typeof limit === 'number' ? limit : undefined;
};

/** When the container that runs now was started. */
function startedAt(pod: KubeObject, container: string): number {
	const status = listAt(pod, 'status', 'containerStatuses').find(each => textAt(each, 'name') === container);
	return Date.parse(textAt(status, 'state', 'running', 'startedAt') ?? pod.metadata.creationTimestamp ?? '') || 0;
}

type Leak = {
	readonly pod: KubeObject;
	readonly container: string;
	readonly limit: string | number;
	readonly trend: Extract<ReturnType<typeof trendOf>, {kind: 'rising'}>;
	readonly left: ReturnType<typeof timeLeft>;
};

/** A restart in time costs nothing but a rollout; a higher limit buys the same time again and again. */
function remediesFor(owner: KubeObject, {container, limit}: Leak): Forecast['remedies'] {
	const name = refText(refOf(owner));
	const target = {workload: `${owner.kind.toLowerCase()}/${owner.metadata.name}`, namespace: owner.metadata.namespace ?? ''};
	const restart = {tool: 'workload_restart', input: target, text: `Restart ${name} in time, pod by pod, until its leak is found`};
	const index = listAt(podSpecOf(owner), 'containers').findIndex(each => textAt(each, 'name') === container);
	if (!restartable.has(owner.kind)) return [];
	if (index < 0 || limitOf(owner, container) !== limit) return [restart];
	const twice = memoryText((quantityOf(limit) ?? 0) * 2);
	const path = ['spec', 'template', 'spec', 'containers', index, 'resources', 'limits', 'memory'];
	const text = `Raise the memory limit of ${container} of ${name} from ${limit} to ${twice}`;
	return [restart, {...exchangeCall(owner, [{path, from: limit, to: twice}]), text}];
}

function forecastOf(owner: KubeObject, leaks: readonly [Leak, ...Leak[]]): Forecast {
	const [first, ...others] = leaks;
	const {pod, container, limit, trend, left} = first;
	const perHour = (rate: number) => `${((rate * 3_600_000) / 2 ** 20).toFixed(1)} MiB`;
	return {
		id: 'memory-leak',
		severity: severityBy(left),
		resource: refOf(owner),
		path: `spec.template.spec.containers[${container}].resources.limits.memory`,
		cause: `Memory of container ${container} of ${refText(refOf(pod))} grows all the time and reaches its limit of ${limit} ${timeLeftText(left)}${others.length === 0 ? '' : `; ${count(others.length, 'other pod')} of it ${others.length === 1 ? 'grows' : 'grow'} too`}`,
		evidence: [
			{
				source: `container_memory_working_set_bytes of ${pod.metadata.name}`,
				detail: `now ${memoryText(trend.level)} of ${limit}; its floor rises by ${perHour(trend.perMs)} an hour (99 % sure of ${perHour(trend.lowPerMs)} to ${perHour(trend.highPerMs)}), ${count(trend.samples, 'sample')} over ${(trend.spanMs / 3_600_000).toFixed(1)} hours`,
			},
		],
		timeLeft: left,
		remedies: remediesFor(owner, first),
	};
}

/**
 * Containers whose memory grows towards their limit, each workload once, by the pod that gets there first.
 * @param series of memory, by namespace, pod and container
 * @param withinMs what comes later is not told: a trend of a day says little about the next month
 */
export function memoryLeaks(series: readonly LabelledSeries[], survey: Survey, withinMs: number): Forecasts {
	let looked = 0;
	let [tooFew, unlimited] = [0, 0];
	const leaks: Leak[] = [];
	for (const {labels, points} of series) {
		const {namespace = '', pod: name = '', container = ''} = labels;
		const pod = survey.find('Pod', namespace, name);
		if (pod === undefined) continue;
		const limit = limitOf(pod, container);
		if (limit === undefined) {
			unlimited += 1;
			continue;
		}
		const trend = trendOf(points, startedAt(pod, container));
		if (trend.kind === 'too-few') tooFew += 1;
		else looked += 1;
		if (trend.kind !== 'rising') continue;
		const left = timeLeft(trend, quantityOf(limit) ?? Number.POSITIVE_INFINITY);
		if (left.seconds * 1000 <= withinMs) leaks.push({pod, container, limit, trend, left});
	}
	const soonest = leaks.toSorted((a, b) => a.left.seconds - b.left.seconds);
	const byOwner = Map.groupBy(soonest, ({pod, container}) => `${refText(refOf(survey.topOf(pod)))} ${container}`);
	return {
		found: [...byOwner.values()].flatMap(([first, ...rest]) =>
			first === undefined ? [] : [forecastOf(survey.topOf(first.pod), [first, ...rest])],
		),
		looked,
		notChecked: [
			...(tooFew === 0 ? [] : [{what: `memory of ${count(tooFew, 'container')}`, why: 'too few samples since they were started'}]),
			...(unlimited === 0 ? [] : [{what: `memory of ${count(unlimited, 'container')}`, why: 'they have no limit to reach'}]),
		],
	};
}
