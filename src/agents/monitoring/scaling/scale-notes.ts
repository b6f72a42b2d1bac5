import type {Floor} from '../../../analysis/autoscaling/scale/floor-plan.ts';
import {podSize} from '../../../analysis/capacity/pod-size.ts';
import {podsThatFit} from '../../../analysis/capacity/pods-that-fit.ts';
import {quotaRoom} from '../../../analysis/capacity/quota-room.ts';
import {mayGo} from '../../../analysis/coherence/budget-check.ts';
import {objectAt, valueAt} from '../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import {podSpecOf, templatePath} from '../../../core/kube/pod-spec.ts';
import {cpuText, memoryText} from '../../../core/kube/quantity.ts';
import {fitsSelector} from '../../../core/kube/selector.ts';
import type {Consequence, Severity} from '../../../core/plan.ts';
import {age} from '../../../core/text/age.ts';
import {count} from '../../../core/text/count.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {readNeighbours} from '../../../mcp/kubernetes/read-neighbours.ts';
import type {ClusterUse} from '../../../mcp/monitoring/metrics-api/port.ts';
import {sizingText, vpaNotes} from '../../deploy/optimize/sizing-notes.ts';
import {ownerNotes} from '../../deploy/ownership/owner-notes.ts';
import {ownersOf} from '../../deploy/ownership/owners-of.ts';
import {nodeRooms} from './node-room.ts';
import type {Recommended} from './recommend.ts';
import type {ScaledBy} from './scaled-by.ts';
import type {ScaledWorkload} from './scaled-workload.ts';
import type {RequestSizing} from './size-requests.ts';

const note = (id: string, severity: Severity, text: string): Consequence => ({id, severity, text});

/** At most so many floors to come are told. */
const mostFloors = 3;

const one = (value: number) => String(Number(value.toFixed(1)));

/** Hours of pods over the past: what they cost follows from what they ask for. */
function costNotes({object}: ScaledWorkload, {found: {replayed, before}, meanPods}: Recommended): readonly Consequence[] {
	const {cpuCores, memoryBytes} = podSize(podSpecOf(object));
	const pods = (hours: number) => (hours * 3600) / Math.max(1, replayed.seconds);
	const now = before === undefined ? meanPods : pods(before.podHours);
	const then = pods(replayed.podHours);
	const how = before === undefined ? 'ran' : 'as it is set now';
	return [
		note(
			'pods-on-average',
			'info',
			`Over the past it would have run ${one(then)} pods on average and ${replayed.peakReplicas} at most; ${how}: ${one(now)}. A pod asks for ${cpuText(cpuCores)} CPU and ${memoryText(memoryBytes)}`,
		),
	];
}

const floorText = ({fromMs, toMs, minReplicas}: Floor, nowMs: number) =>
	`${count(minReplicas, 'pod')} in ${age(fromMs - nowMs)} for ${age(toMs - fromMs)}`;

function floorNotes({floorNow, floorsLater, isKept, past, noForecast}: Recommended): readonly Consequence[] {
	const {toMs: nowMs} = past.sampling.range;
	return [
		...(floorNow === undefined
			? []
			: [
					note(
						'floor-raised-ahead',
						'info',
						`minReplicas is ${floorNow.minReplicas} ahead of a peak that is forecast for the next ${age(floorNow.toMs - nowMs)}: run this again afterwards, a forecast lowers nothing`,
					),
				]),
		...(floorsLater.length === 0
			? []
			: [
					note(
						'floors-to-come',
						'info',
						`By the forecast the floor should rise ahead of the load: ${floorsLater
							.slice(0, mostFloors)
							.map(floor => floorText(floor, nowMs))
							.join('; ')}. Run this again then`,
					),
				]),
		...(isKept ? [note('nothing-lowered', 'info', 'Nothing is lowered now: the forecast has a peak within two hours')] : []),
		...(noForecast === undefined ? [] : [note('no-forecast', 'info', `Nothing is forecast: ${noForecast}`)]),
	];
}

/** What the recommendation rests on. */
export const evidenceOf = (recommended: Recommended): readonly Consequence[] => [
	note('sureness', 'info', `Sureness: ${recommended.found.sureness}; from ${recommended.past.source}`),
	...recommended.found.evidence.map(text => note('evidence', 'info', `${text.charAt(0).toUpperCase()}${text.slice(1)}`)),
	...floorNotes(recommended),
];

async function nodeNotes(cluster: Cluster, {object, replicas}: ScaledWorkload, maxReplicas: number): Promise<readonly Consequence[]> {
	const found = await nodeRooms(cluster);
	if (found.rooms === undefined) return [note('not-checked', 'warning', `Not checked: room on the nodes: ${found.why}`)];
	const {pods, scarce} = podsThatFit(found.rooms, podSize(podSpecOf(object)));
	const more = maxReplicas - replicas;
	if (more <= pods) return [note('nodes-have-room', 'info', `The nodes have room for ${count(pods, 'more pod')} of this size`)];
	return [
		note(
			'nodes-too-full',
			'warning',
			`At maxReplicas ${maxReplicas} it is ${count(more, 'more pod')}, and the nodes have room for ${pods}: ${scarce === 'pods' ? 'the number of pods on a node' : scarce} runs out`,
		),
	];
}

async function namespaceNotes(
	cluster: Cluster,
	{object, namespace, replicas}: ScaledWorkload,
	{minReplicas, maxReplicas}: Recommended['settings'],
): Promise<readonly Consequence[]> {
	const {objects, notChecked} = await readNeighbours(cluster, namespace, ['resourcequotas', 'limitranges', 'poddisruptionbudgets.policy']);
	const room = quotaRoom(objects, podSpecOf(object));
	const more = maxReplicas - replicas;
	const labels = objectAt(object, ...(templatePath(object) ?? []), 'metadata', 'labels');
	const budgets = objects.filter(
		each => each.kind === 'PodDisruptionBudget' && fitsSelector(valueAt(each, 'spec', 'selector'), labels) && mayGo(each, minReplicas) < 1,
	);
	return [
		...notChecked.map(text => note('not-checked', 'warning', `Not checked: ${text}`)),
		...(room === undefined || room.pods >= more
			? []
			: [
					note(
						'quota-too-small',
						'warning',
						`At maxReplicas ${maxReplicas} it is ${count(more, 'more pod')}, and ${room.quota} has room for ${room.pods} (${room.what})`,
					),
				]),
		...budgets.map(budget =>
			note(
				'budget-blocks-drains',
				'warning',
				`${refText(refOf(budget))} lets no pod go at minReplicas ${minReplicas}: no node with such a pod can be drained then`,
			),
		),
	];
}

async function metricsApiNotes(use: Pick<ClusterUse, 'pods'>): Promise<readonly Consequence[]> {
	if ((await use.pods()) !== undefined) return [];
	return [
		note(
			'no-metrics-api',
			'danger',
			'Nobody serves metrics.k8s.io in this cluster: the autoscaler cannot count CPU, and keeps the replicas as they are. Install metrics-server',
		),
	];
}

function besideNotes({object, scaler, beside}: ScaledWorkload, by: ScaledBy): readonly Consequence[] {
	return [
		...vpaNotes(
			beside.filter(({kind}) => kind === 'VerticalPodAutoscaler'),
			object,
		).map(each => ({
			...each,
			text: `${each.text}, and another CPU request is another target`,
		})),
		...(by.others.length === 0
			? []
			: [
					note(
						'other-metrics-stay',
						'info',
						`It also scales by ${by.others.join(' and ')}: that stays, and may ask for more pods than CPU`,
					),
				]),
		...(scaler === undefined
			? [
					note(
						'autoscaler-takes-replicas',
						'info',
						'From now on the autoscaler sets the replicas: leave spec.replicas out of the manifest, or each apply sets them back',
					),
				]
			: []),
	];
}

/** What memory asks for where it is not part of the change. */
function memoryNotes(all: readonly RequestSizing[], written: readonly RequestSizing[], name: string): readonly Consequence[] {
	const left = all.filter(({before, after}) => before.memoryRequest !== after.memoryRequest);
	if (written.some(({before, after}) => before.memoryRequest !== after.memoryRequest) || left.length === 0) return [];
	const isShort = left.some(({before, after}) => (after.memoryRequest ?? 0) > (before.memoryRequest ?? 0));
	const alone = left.map(sizing => ({...sizing, after: {...sizing.before, memoryRequest: sizing.after.memoryRequest}}));
	return [
		note(
			'memory-request',
			isShort ? 'warning' : 'info',
			`Memory ${isShort ? 'binds: pods come near what they ask for, or above it, so nodes fill up before CPU tells' : 'is asked for beyond what is used'}. Recommended is ${sizingText(alone)}; it is set with: mkcoa monitor scale ${name} --requests`,
		),
	];
}

/** Everything around the change that a person should know before, beside what the server's own difference tells. */
export async function scaleNotes(
	{cluster, use}: {readonly cluster: Cluster; readonly use: Pick<ClusterUse, 'pods'>},
	workload: ScaledWorkload,
	by: ScaledBy,
	recommended: Recommended,
	sizes: {readonly all: readonly RequestSizing[]; readonly written: readonly RequestSizing[]},
): Promise<readonly Consequence[]> {
	const {settings} = recommended;
	const owned: KubeObject = workload.scaler ?? workload.object;
	const [nodes, around, api, owners] = await Promise.all([
		nodeNotes(cluster, workload, settings.maxReplicas),
		namespaceNotes(cluster, workload, settings),
		metricsApiNotes(use),
		ownersOf(cluster, owned),
	]);
	const lacks = by.lacking !== undefined && !by.isAmount && sizes.written.length === 0;
	return [
		...api,
		...(lacks ? [note('requests-missing', 'danger', `The autoscaler cannot count: ${by.lacking}`)] : []),
		...ownerNotes(owners, refOf(owned), 'spec'),
		...nodes,
		...around,
		...besideNotes(workload, by),
		...memoryNotes(sizes.all, sizes.written, workload.ref.name),
		...costNotes(workload, recommended),
		...workload.notChecked.map(text => note('not-checked', 'warning', `Not checked: ${text}`)),
		...recommended.notChecked.map(({what, why}) => note('not-checked', 'warning', `Not checked: ${what}: ${why}`)),
	];
}
