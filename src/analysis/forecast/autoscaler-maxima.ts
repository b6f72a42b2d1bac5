import type {Json} from '../../core/json.ts';
import {listAt, numberAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {podSpecOf} from '../../core/kube/pod-spec.ts';
import {quantityOf} from '../../core/kube/quantity.ts';
import {count, someOf} from '../../core/text/count.ts';
import {roomOf} from '../capacity/free-room.ts';
import {podSize} from '../capacity/pod-size.ts';
import {amountText, takes} from '../capacity/quota-size.ts';
import {makesNodes} from '../detection/nodes-on-demand.ts';
import type {Survey} from '../detection/survey.ts';
import {exchangeCall} from '../diagnosis/patch-remedy.ts';
import type {Forecast, Forecasts} from './forecast.ts';

/** An autoscaler, what it scales, and how many more pods it may make. */
type Growth = {readonly autoscaler: KubeObject; readonly target: KubeObject; readonly more: number};

/** Every autoscaler that has room to grow. */
const growthsIn = (survey: Survey): readonly Growth[] =>
	survey.all('HorizontalPodAutoscaler').flatMap(autoscaler => {
		const {namespace} = autoscaler.metadata;
		const [kind, name] = ['kind', 'name'].map(field => textAt(autoscaler, 'spec', 'scaleTargetRef', field) ?? '');
		const target = survey.find(kind ?? '', namespace, name ?? '');
		const replicas = numberAt(target, 'spec', 'replicas') ?? 1;
		const more = (numberAt(autoscaler, 'spec', 'maxReplicas') ?? 0) - replicas;
		// Scaled to zero, the autoscaler does nothing.
		return target === undefined || replicas === 0 || more <= 0 ? [] : [{autoscaler, target, more}];
	});

const namesOf = (growths: readonly Growth[]) =>
	someOf(growths.map(({autoscaler, more}) => `${refText(refOf(autoscaler))} (${count(more, 'more pod')})`));

const numberOf = (value: Json | undefined) => (typeof value === 'string' || typeof value === 'number' ? quantityOf(value) : undefined);

/** A quota that refuses pods before the autoscalers of its namespace are where they may go. */
function quotaForecasts(quota: KubeObject, growths: readonly Growth[]): readonly Forecast[] {
	if (growths.length === 0 || listAt(quota, 'spec', 'scopes').length > 0 || valueAt(quota, 'spec', 'scopeSelector') !== undefined)
		return [];
	return Object.entries(objectAt(quota, 'spec', 'hard')).flatMap(([what, hard]): readonly Forecast[] => {
		const [limit, used] = [numberOf(hard), numberOf(objectAt(quota, 'status', 'used')[what])];
		const wanted = growths.reduce((sum, {target, more}) => sum + more * (takes(podSpecOf(target))[what] ?? 0), 0);
		if (limit === undefined || used === undefined || used + wanted <= limit) return [];
		const least = Math.min(...growths.map(({target}) => takes(podSpecOf(target))[what] ?? 0).filter(each => each > 0));
		const name = refText(refOf(quota));
		const enough = amountText(what, used + wanted);
		return [
			{
				id: 'quota-below-autoscaler-maximum',
				severity: used + least > limit ? 'medium' : 'low',
				resource: refOf(quota),
				path: `spec.hard[${what}]`,
				cause: `${name} refuses pods before ${namesOf(growths)} ${growths.length === 1 ? 'is' : 'are'} at the maximum: ${what} would be ${enough} of ${amountText(what, limit)}`,
				evidence: [
					{
						source: name,
						detail: `${what}: ${amountText(what, used)} of ${amountText(what, limit)} used, ${amountText(what, wanted)} more wanted`,
					},
				],
				remedies: [
					{
						...exchangeCall(quota, [{path: ['spec', 'hard', what], from: hard, to: enough}]),
						text: `Raise ${what} of ${name} to ${enough}`,
					},
				],
			},
		];
	});
}

/** Pods that find no node where all autoscalers go to their maxima. Each is put where most memory is free; the scheduler may find a better order. */
function roomForecasts(survey: Survey, growths: readonly Growth[]): readonly Forecast[] {
	const rooms = roomOf(survey.all('Node'), survey.all('Pod')).filter(({closed}) => closed === undefined);
	const left = rooms.map(({free, podsFree}) => ({...free, podsFree}));
	const placed = growths.map(growth => {
		const size = podSize(podSpecOf(growth.target));
		let fitting = 0;
		for (; fitting < growth.more; fitting += 1) {
			const room = left
				.filter(each => each.podsFree > 0 && each.cpuCores >= size.cpuCores && each.memoryBytes >= size.memoryBytes)
				.toSorted((a, b) => b.memoryBytes - a.memoryBytes || b.cpuCores - a.cpuCores)[0];
			if (room === undefined) break;
			room.podsFree -= 1;
			room.cpuCores -= size.cpuCores;
			room.memoryBytes -= size.memoryBytes;
		}
		return {...growth, lacking: growth.more - fitting, fitting};
	});
	return placed
		.filter(({lacking}) => lacking > 0)
		.map(
			({autoscaler, target, more, lacking, fitting}): Forecast => ({
				id: 'room-below-autoscaler-maximum',
				severity: fitting === 0 ? 'medium' : 'low',
				resource: refOf(autoscaler),
				path: 'spec.maxReplicas',
				cause: `${refText(refOf(autoscaler))} may ask for ${count(more, 'more pod')} of ${refText(refOf(target))}, and the nodes have room for ${fitting === 0 ? 'none' : `${fitting}`} of them by requests`,
				evidence: [
					{
						source: count(rooms.length, 'node'),
						detail: `${count(lacking, 'pod')} of ${amountText('cpu', podSize(podSpecOf(target)).cpuCores)} CPU and ${amountText('memory', podSize(podSpecOf(target)).memoryBytes)} would wait, where all autoscalers go to their maxima`,
					},
				],
				remedies: [],
			}),
		);
}

/** Whether quotas and nodes have room for what the autoscalers may ask for. */
export function autoscalerMaxima(survey: Survey): Forecasts {
	const growths = growthsIn(survey);
	const byNamespace = Map.groupBy(growths, ({autoscaler}) => autoscaler.metadata.namespace ?? '');
	const unread = ['HorizontalPodAutoscaler', 'ResourceQuota', 'Node', 'Pod'].flatMap(kind => {
		const why = survey.whyUnread(kind, kind === 'Node' ? undefined : survey.snapshot.namespace);
		return why === undefined ? [] : [{what: `room for the maxima of autoscalers (${kind})`, why}];
	});
	const seesAllPods = survey.snapshot.namespace === undefined && survey.isRead('Pod') && survey.isRead('Node');
	const blind =
		growths.length === 0
			? undefined
			: !seesAllPods
				? 'pods of all namespaces take room, and one was looked at'
				: makesNodes(survey)
					? 'the cluster adds nodes by itself'
					: undefined;
	return {
		found: [
			...survey.all('ResourceQuota').flatMap(quota => quotaForecasts(quota, byNamespace.get(quota.metadata.namespace ?? '') ?? [])),
			...(blind === undefined ? roomForecasts(survey, growths) : []),
		],
		looked: growths.length,
		notChecked: [
			...unread,
			...(blind === undefined || unread.length > 0 ? [] : [{what: 'room on nodes for the maxima of autoscalers', why: blind}]),
		],
	};
}
