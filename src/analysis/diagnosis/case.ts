import type {Json} from '../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {podSpecOf, templatePath} from '../../core/kube/pod-spec.ts';
import {fitsMap, fitsSelector} from '../../core/kube/selector.ts';
import {oncePerObject} from '../../core/once-per-object.ts';
import {nearestNames} from '../../core/text/nearest-names.ts';

/** The live objects that a diagnosis may look at: those of one namespace, and nodes, classes and volumes, which have none. */
export type Scene = {
	readonly namespace: string;
	readonly objects: readonly KubeObject[];
	/** Kinds that could not be read: that one of them is not there cannot be told. */
	readonly unread?: readonly string[] | undefined;
};

export const isUnread = ({unread = []}: Scene, kind: string) => unread.includes(kind);

/** One thing that does not work, with what stands around it. */
export type Case = {
	readonly target: KubeObject;
	/** What runs its pods; undefined where nothing was found that does. */
	readonly workload: KubeObject | undefined;
	/** Of the workload's template. */
	readonly podSpec: Json;
	readonly labels: Json;
	readonly pods: readonly KubeObject[];
	readonly services: readonly KubeObject[];
	readonly scalers: readonly KubeObject[];
	readonly budgets: readonly KubeObject[];
	readonly claims: readonly KubeObject[];
	readonly ingresses: readonly KubeObject[];
	readonly events: readonly KubeObject[];
	readonly scene: Scene;
};

const runners = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'ReplicaSet'];

const kindsIn = oncePerObject(({objects}: Scene) => Map.groupBy(objects, ({kind}) => kind));

export const ofKind = (scene: Scene, kind: string): readonly KubeObject[] => kindsIn(scene).get(kind) ?? [];

const byName = (scene: Scene, kind: string, name: string | undefined) => ofKind(scene, kind).find(({metadata}) => metadata.name === name);

const labelsOf = (workload: KubeObject | undefined): Json =>
	workload === undefined ? {} : objectAt(workload, ...(templatePath(workload) ?? []), 'metadata', 'labels');

const ownsPods = ({kind}: KubeObject) => runners.includes(kind);

/** The topmost workload that an object belongs to: of a pod its Deployment, not the ReplicaSet between. */
export function ownerOf(object: KubeObject, scene: Scene): KubeObject | undefined {
	const owner = object.metadata.ownerReferences?.find(({kind}) => runners.includes(kind));
	const found = owner === undefined ? undefined : byName(scene, owner.kind, owner.name);
	return found === undefined ? undefined : (ownerOf(found, scene) ?? found);
}

/** The workload whose selector fits a pod: tells it also where the ReplicaSet between them was not read. */
export const selecting = (pod: KubeObject, scene: Scene) =>
	scene.objects.find(
		each =>
			['Deployment', 'StatefulSet', 'DaemonSet'].includes(each.kind) &&
			fitsSelector(valueAt(each, 'spec', 'selector'), pod.metadata.labels),
	);

/** The only one, and not the first of several. */
const sole = <Item>(items: readonly Item[]): Item | undefined => (items.length === 1 ? items[0] : undefined);

/** How many labels of a selector those of a workload are, or nearly are: a letter too many, or the same value under another key. */
function likeness(selector: Json | undefined, labels: Json): number {
	const values = Object.values(objectAt({labels}, 'labels'));
	return Object.entries(objectAt({selector}, 'selector')).filter(([key, value]) => {
		const own = textAt(labels, key);
		return own === value || values.includes(value) || (own !== undefined && nearestNames(String(value), [own]).length > 0);
	}).length;
}

/**
 * A Service that selects nobody is most likely meant for the workload of its own name, for the only one whose labels are all but those that it selects, or for
 * the only one whose name begins its own.
 */
function behindService(service: KubeObject, scene: Scene): KubeObject | undefined {
	const workloads = scene.objects.filter(({kind}) => ['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind));
	const selector = valueAt(service, 'spec', 'selector');
	const {name} = service.metadata;
	const direct = workloads.find(each => fitsMap(selector, labelsOf(each))) ?? workloads.find(({metadata}) => metadata.name === name);
	if (direct !== undefined) return direct;
	const wanted = Object.keys(objectAt({selector}, 'selector')).length;
	const like = workloads.map(each => ({each, alike: likeness(selector, labelsOf(each))}));
	const most = Math.max(0, ...like.map(({alike}) => alike));
	const near = most > 0 && most >= wanted - 1 ? sole(like.filter(({alike}) => alike === most)) : undefined;
	return near?.each ?? sole(workloads.filter(({metadata}) => name.startsWith(`${metadata.name}-`)));
}

/** Claims that a workload's pods mount: named by the template, or made for each pod of a StatefulSet. */
function claimNames(workload: KubeObject | undefined, podSpec: Json, pods: readonly KubeObject[]): readonly string[] {
	const mounted = (spec: Json) => listAt(spec, 'volumes').flatMap(volume => textAt(volume, 'persistentVolumeClaim', 'claimName') ?? []);
	const templates = listAt(workload, 'spec', 'volumeClaimTemplates').flatMap(each => textAt(each, 'metadata', 'name') ?? []);
	const replicas = valueAt(workload, 'spec', 'replicas');
	const count = typeof replicas === 'number' ? replicas : 1;
	const made = templates.flatMap(name =>
		Array.from({length: Math.min(count, 100)}, (_, index) => `${name}-${workload?.metadata.name}-${index}`),
	);
	return [...new Set([...mounted(podSpec), ...pods.flatMap(pod => mounted(podSpecOf(pod))), ...made])];
}

/** `data-db-0` was made for StatefulSet db by its template `data`; other claims are named by those who mount them. */
const usesClaim = (name: string, scene: Scene) => (workload: KubeObject) =>
	ownsPods(workload) &&
	claimNames(workload, podSpecOf(workload), []).includes(name) &&
	workload.kind !== 'ReplicaSet' &&
	scene.objects.includes(workload);

function workloadOf(target: KubeObject, scene: Scene): KubeObject | undefined {
	switch (target.kind) {
		case 'Pod':
			return ownerOf(target, scene) ?? selecting(target, scene) ?? target;
		case 'Service':
			return behindService(target, scene);
		case 'HorizontalPodAutoscaler':
			return byName(scene, textAt(target, 'spec', 'scaleTargetRef', 'kind') ?? '', textAt(target, 'spec', 'scaleTargetRef', 'name'));
		case 'PodDisruptionBudget':
			return scene.objects.find(each => ownsPods(each) && fitsSelector(valueAt(target, 'spec', 'selector'), labelsOf(each)));
		case 'PersistentVolumeClaim':
			return scene.objects.find(usesClaim(target.metadata.name, scene));
		case 'Ingress': {
			const [name] = backendsOf(target);
			const service = byName(scene, 'Service', name?.service);
			return service === undefined ? undefined : behindService(service, scene);
		}
		default:
			return ownsPods(target) ? target : undefined;
	}
}

/** Services that an Ingress sends to, with the port that it names and where in the object that stands. */
export function backendsOf(ingress: KubeObject) {
	const found = [
		{
			backend: valueAt(ingress, 'spec', 'defaultBackend'),
			place: ['spec', 'defaultBackend', 'service'],
			path: 'spec.defaultBackend.service',
		},
		...listAt(ingress, 'spec', 'rules').flatMap((rule, ruleIndex) =>
			listAt(rule, 'http', 'paths').map((each, index) => ({
				backend: valueAt(each, 'backend'),
				place: ['spec', 'rules', ruleIndex, 'http', 'paths', index, 'backend', 'service'],
				path: `spec.rules[${textAt(rule, 'host') ?? ruleIndex}].http.paths[${textAt(each, 'path') ?? index}].backend.service`,
			})),
		),
	];
	return found.flatMap(({backend, place, path}) => {
		const service = textAt(backend, 'service', 'name');
		const port = valueAt(backend, 'service', 'port', 'number') ?? valueAt(backend, 'service', 'port', 'name');
		return service === undefined ? [] : [{service, port, place, path}];
	});
}

function podsOf(workload: KubeObject | undefined, scene: Scene): readonly KubeObject[] {
	if (workload === undefined || workload.kind === 'Pod') return workload === undefined ? [] : [workload];
	const labels = valueAt(workload, 'spec', 'selector');
	return ofKind(scene, 'Pod').filter(
		pod =>
			pod.metadata.deletionTimestamp === undefined &&
			(labels === undefined ? ownerOf(pod, scene) === workload : fitsSelector(labels, pod.metadata.labels)),
	);
}

const concerned = (event: KubeObject) => `${textAt(event, 'involvedObject', 'kind')} ${textAt(event, 'involvedObject', 'name')}`;

/** Events with their place in the scene, by what they concern. */
const eventsIn = oncePerObject((scene: Scene) => Map.groupBy(ofKind(scene, 'Event').entries(), ([, event]) => concerned(event)));

/** Events of the objects that are named, in the order of the scene. */
const eventsOf = (names: ReadonlySet<string>, scene: Scene): readonly KubeObject[] =>
	[...names]
		.flatMap(name => eventsIn(scene).get(name) ?? [])
		.sort(([a], [b]) => a - b)
		.map(([, event]) => event);

/** Gathers what stands around a target, which is one of the scene's objects: once, since a dozen analyzers ask for the same. */
export const caseOf = (target: KubeObject, scene: Scene): Case => casesIn(scene)(target);

const casesIn = oncePerObject((scene: Scene) => oncePerObject((target: KubeObject) => gathered(target, scene)));

function gathered(target: KubeObject, scene: Scene): Case {
	const workload = workloadOf(target, scene);
	const podSpec = workload === undefined ? {} : podSpecOf(workload);
	const labels = labelsOf(workload);
	const pods = podsOf(workload, scene);
	const names = claimNames(workload, podSpec, pods);
	const services = ofKind(scene, 'Service').filter(
		each =>
			each === target ||
			fitsMap(valueAt(each, 'spec', 'selector'), labels) ||
			(workload !== undefined && each.metadata.name === workload.metadata.name),
	);
	const scalers = ofKind(scene, 'HorizontalPodAutoscaler').filter(
		each => each === target || (workload !== undefined && isScaled(each, workload)),
	);
	const claims = ofKind(scene, 'PersistentVolumeClaim').filter(each => each === target || names.includes(each.metadata.name));
	const sets = ofKind(scene, 'ReplicaSet').filter(each => workload !== undefined && ownerOf(each, scene) === workload);
	const told = new Set([target, ...(workload === undefined ? [] : [workload]), ...pods, ...sets, ...claims, ...scalers].map(nameOf));
	const isBehind = (ingress: KubeObject) =>
		backendsOf(ingress).some(({service}) => services.some(({metadata}) => metadata.name === service));
	return {
		target,
		workload,
		podSpec,
		labels,
		pods,
		services,
		scalers,
		budgets: ofKind(scene, 'PodDisruptionBudget').filter(
			each => each === target || fitsSelector(valueAt(each, 'spec', 'selector'), labels),
		),
		claims,
		ingresses: ofKind(scene, 'Ingress').filter(each => each === target || isBehind(each)),
		events: eventsOf(told, scene),
		scene,
	};
}

const nameOf = ({kind, metadata}: KubeObject) => `${kind} ${metadata.name}`;

const isScaled = (scaler: KubeObject, {kind, metadata}: KubeObject) =>
	textAt(scaler, 'spec', 'scaleTargetRef', 'kind') === kind && textAt(scaler, 'spec', 'scaleTargetRef', 'name') === metadata.name;

/** Whether the kubelet calls a pod ready. */
export const isReady = (pod: KubeObject) =>
	listAt(pod, 'status', 'conditions').some(each => textAt(each, 'type') === 'Ready' && textAt(each, 'status') === 'True');
