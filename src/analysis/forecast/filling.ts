import {valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refOf, refText} from '../../core/kube/kube-object.ts';
import {memoryText, quantityOf} from '../../core/kube/quantity.ts';
import {count} from '../../core/text/count.ts';
import type {Survey} from '../detection/survey.ts';
import {exchangeCall} from '../diagnosis/patch-remedy.ts';
import type {Forecast, ForecastId, Forecasts, LabelledSeries} from './forecast.ts';
import {severityBy, timeLeft, timeLeftText} from './time-left.ts';
import {trendOf} from './trend.ts';

/** Something with a size that is used up, and how much of it there is. */
type Filling = {
	readonly id: ForecastId;
	readonly resource: Ref | undefined;
	/** `Claim shop/data`, as the sentence begins. */
	readonly name: string;
	readonly path?: string | undefined;
	readonly series: LabelledSeries;
	readonly metric: string;
	readonly limit: number;
	/** What happens then: `is full`. */
	readonly end: string;
	readonly amount: (value: number) => string;
	readonly remedies: readonly Forecast['remedies'][number][];
};

/** What fills up within a time. */
function fillings(all: readonly Filling[], withinMs: number, what: string): Forecasts {
	const judged = all.map(filling => ({...filling, trend: trendOf(filling.series.points)}));
	const tooFew = judged.filter(({trend}) => trend.kind === 'too-few').length;
	return {
		found: judged.flatMap(({trend, limit, name, end, amount, metric, id, resource, path, remedies}): readonly Forecast[] => {
			if (trend.kind !== 'rising') return [];
			const left = timeLeft(trend, limit);
			if (left.seconds * 1000 > withinMs) return [];
			const perDay = (rate: number) => amount(rate * 86_400_000);
			return [
				{
					id,
					severity: severityBy(left),
					...(resource === undefined ? {} : {resource}),
					...(path === undefined ? {} : {path}),
					cause: `${name} ${end} ${timeLeftText(left)}`,
					evidence: [
						{
							source: metric,
							detail: `now ${amount(trend.level)} of ${amount(limit)}; it grows by ${perDay(trend.perMs)} a day (99 % sure of ${perDay(trend.lowPerMs)} to ${perDay(trend.highPerMs)}), ${count(trend.samples, 'sample')} over ${(trend.spanMs / 3_600_000).toFixed(1)} hours`,
						},
					],
					timeLeft: left,
					remedies,
				},
			];
		}),
		looked: judged.length - tooFew,
		notChecked: tooFew === 0 ? [] : [{what: count(tooFew, what), why: 'too few samples'}],
	};
}

const latestOf = (all: readonly LabelledSeries[], labels: LabelledSeries['labels'], keys: readonly string[]) =>
	all.find(each => keys.every(key => each.labels[key] === labels[key]))?.points.at(-1)?.value;

/** A claim can grow where its class lets it. */
function growClaim(claim: KubeObject | undefined, survey: Survey): Forecast['remedies'] {
	const size = valueAt(claim, 'spec', 'resources', 'requests', 'storage');
	const storageClass = valueAt(claim, 'spec', 'storageClassName');
	if (claim === undefined || typeof size !== 'string' || typeof storageClass !== 'string') return [];
	if (valueAt(survey.find('StorageClass', undefined, storageClass), 'allowVolumeExpansion') !== true) return [];
	const larger = memoryText((quantityOf(size) ?? 0) * 1.5);
	const path = ['spec', 'resources', 'requests', 'storage'];
	const text = `Let ${refText(refOf(claim))} grow from ${size} to ${larger} (it cannot shrink again)`;
	return [{...exchangeCall(claim, [{path, from: size, to: larger}]), text}];
}

export type VolumeSeries = {
	readonly used: readonly LabelledSeries[];
	readonly capacity: readonly LabelledSeries[];
	readonly inodesUsed: readonly LabelledSeries[];
	readonly inodes: readonly LabelledSeries[];
};

/** Claims whose volumes run out of bytes or inodes. */
export function volumesFilling({used, capacity, inodesUsed, inodes}: VolumeSeries, survey: Survey, withinMs: number): Forecasts {
	const keys = ['namespace', 'persistentvolumeclaim'];
	const of = (series: LabelledSeries, sizes: readonly LabelledSeries[], isBytes: boolean): readonly Filling[] => {
		const {namespace = '', persistentvolumeclaim: name = ''} = series.labels;
		const limit = latestOf(sizes, series.labels, keys);
		if (limit === undefined || limit <= 0) return [];
		const claim = survey.find('PersistentVolumeClaim', namespace, name);
		const resource = claim === undefined ? {apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name} : refOf(claim);
		return [
			{
				id: isBytes ? 'volume-filling' : 'volume-inodes-filling',
				resource,
				name: refText(resource),
				path: 'spec.resources.requests.storage',
				series,
				metric: isBytes ? 'kubelet_volume_stats_used_bytes' : 'kubelet_volume_stats_inodes_used',
				limit,
				end: isBytes ? 'is full' : 'has no inodes left',
				amount: isBytes ? memoryText : value => `${Math.round(value)} inodes`,
				remedies: isBytes ? growClaim(claim, survey) : [],
			},
		];
	};
	return fillings(
		[...used.flatMap(each => of(each, capacity, true)), ...inodesUsed.flatMap(each => of(each, inodes, false))],
		withinMs,
		'volume',
	);
}

/** The kubelet evicts pods where less than this part of a disk is free (nodefs.available). */
const evictionPart = 0.1;

const addressOf = (node: KubeObject): readonly string[] => {
	const addresses = valueAt(node, 'status', 'addresses');
	return Array.isArray(addresses) ? addresses.flatMap(each => valueAt(each, 'address') ?? []).filter(each => typeof each === 'string') : [];
};

/** Disks of nodes on which the kubelet will evict pods. */
export function disksFilling(
	used: readonly LabelledSeries[],
	sizes: readonly LabelledSeries[],
	survey: Survey,
	withinMs: number,
): Forecasts {
	const nodes = new Map(survey.all('Node').flatMap(node => [node.metadata.name, ...addressOf(node)].map(name => [name, node] as const)));
	const all = used.flatMap((series): readonly Filling[] => {
		const {node: named = '', instance = '', mountpoint = ''} = series.labels;
		const limit = latestOf(sizes, series.labels, ['node', 'instance', 'mountpoint']);
		if (limit === undefined || limit <= 0) return [];
		const node = nodes.get(named) ?? nodes.get(instance.replace(/:\d+$/, ''));
		return [
			{
				id: 'node-disk-filling',
				resource: node === undefined ? undefined : refOf(node),
				name: `The disk ${mountpoint} of ${node === undefined ? `node ${named || instance}` : refText(refOf(node))}`,
				series,
				metric: `node_filesystem_avail_bytes of ${mountpoint}`,
				limit: limit * (1 - evictionPart),
				end: 'is so full that the kubelet evicts pods',
				amount: memoryText,
				remedies: [],
			},
		];
	});
	return fillings(all, withinMs, 'disk of nodes');
}

/** Quotas that are used up. */
export function quotasFilling(used: readonly LabelledSeries[], survey: Survey, withinMs: number): Forecasts {
	const all = used.flatMap((series): readonly Filling[] => {
		const {namespace = '', resourcequota: name = '', resource = ''} = series.labels;
		const quota = survey.find('ResourceQuota', namespace, name);
		const hard = valueAt(quota, 'spec', 'hard', resource);
		const limit = typeof hard === 'string' || typeof hard === 'number' ? quantityOf(hard) : undefined;
		if (quota === undefined || hard === undefined || limit === undefined || limit <= 0) return [];
		const isBytes = /memory|storage/.test(resource);
		const amount = (value: number) => (isBytes ? memoryText(value) : String(Math.round(value * 100) / 100));
		const more = isBytes ? memoryText(limit * 1.5) : String(Math.ceil(limit * 1.5));
		return [
			{
				id: 'quota-filling',
				resource: refOf(quota),
				name: `${resource} of ${refText(refOf(quota))}`,
				path: `spec.hard[${resource}]`,
				series,
				metric: 'kube_resourcequota',
				limit,
				end: 'is used up',
				amount,
				remedies: [
					{
						...exchangeCall(quota, [{path: ['spec', 'hard', resource], from: hard, to: more}]),
						text: `Raise ${resource} of ${refText(refOf(quota))} from ${hard} to ${more}`,
					},
				],
			},
		];
	});
	return fillings(all, withinMs, 'quota');
}
