import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {StatusError} from '../../status-error.ts';
import {type Controller, itself, ownerOf, type Tools} from '../controller.ts';
import type {Pod} from '../pod-shapes.ts';
import {availableInMs, isAvailable, isFinished, isReady} from '../pod-state.ts';
import {putStatus} from '../put-status.ts';
import type {StatefulSet} from '../shapes.ts';
import {podFromTemplate} from './pod-from-template.ts';
import {positive} from './replica-set.ts';
import {templateRevision} from './stateful-set-revisions.ts';

const component = 'statefulset-controller';
const manager = 'kube-controller-manager';
const revisionLabel = 'controller-revision-hash';
const retryMs = 20_000;

/** Keeps pods with a number and a disk each: started in order, updated from the highest number down to the partition. */
export function statefulSetController(tools: Tools): Controller {
	const {world, clock} = tools;
	return {
		name: component,
		concerns: {StatefulSet: itself, Pod: ownerOf('StatefulSet')},
		sync({namespace, name}) {
			const set = world.get('StatefulSet', namespace, name);
			if (set === undefined) return undefined;
			const update = templateRevision(tools, set);
			const refused = set.metadata.deletionTimestamp === undefined && step(tools, set, update);
			writeStatus(tools, set, update);
			return refused ? retryMs : availableInMs([...podsOf(tools, set).values()], set.spec.minReadySeconds ?? 0, clock.now());
		},
	};
}

const ordinalOf = ({metadata}: Pod) => Number(metadata.name.slice(metadata.name.lastIndexOf('-') + 1));
const podsOf = ({pods}: Tools, {metadata}: StatefulSet) => new Map(pods.ownedBy(metadata.uid).map(pod => [ordinalOf(pod), pod]));
const isCalm = (set: StatefulSet, pod: Pod, nowMs: number) =>
	pod.metadata.deletionTimestamp === undefined && isAvailable(pod, set.spec.minReadySeconds ?? 0, nowMs);

/** The pods have the numbers from `first` up to but not `end`. */
function numbersOf({spec}: StatefulSet) {
	const first = spec.ordinals?.start ?? 0;
	return {first, end: first + (spec.replicas ?? 1)};
}

/** One step towards the spec; with OrderedReady nothing moves past a pod that is not ready. Whether the server refused a pod. */
function step(tools: Tools, set: StatefulSet, update: string): boolean {
	const {clock} = tools;
	const {first, end} = numbersOf(set);
	const ordered = set.spec.podManagementPolicy !== 'Parallel';
	for (let ordinal = first; ordinal < end; ordinal++) {
		const pod = podsOf(tools, set).get(ordinal);
		if (pod !== undefined && isFinished(pod) && pod.metadata.deletionTimestamp === undefined) removePod(tools, set, pod);
		else if (pod === undefined && !createPod(tools, set, ordinal, update)) return true;
		else if (pod !== undefined && isCalm(set, pod, clock.now())) continue;
		if (ordered) return false;
	}
	const excess = [...podsOf(tools, set).values()]
		.filter(pod => ordinalOf(pod) < first || ordinalOf(pod) >= end)
		.sort((a, b) => ordinalOf(b) - ordinalOf(a));
	for (const pod of excess) {
		if (pod.metadata.deletionTimestamp === undefined) removePod(tools, set, pod);
		if (ordered) return false;
	}
	if (set.spec.updateStrategy?.type !== 'OnDelete') replaceOne(tools, set, update);
	return false;
}

/** The highest pod of an older template goes; the next one waits until its successor is ready. */
function replaceOne(tools: Tools, set: StatefulSet, update: string) {
	const {first, end} = numbersOf(set);
	const partition = set.spec.updateStrategy?.rollingUpdate?.partition ?? 0;
	const pods = podsOf(tools, set);
	for (let ordinal = end - 1; ordinal >= Math.max(partition, first); ordinal--) {
		const pod = pods.get(ordinal);
		if (pod === undefined) return;
		if (pod.metadata.labels?.[revisionLabel] !== update && pod.metadata.deletionTimestamp === undefined) return removePod(tools, set, pod);
		if (!isCalm(set, pod, tools.clock.now())) return;
	}
}

function createPod(tools: Tools, set: StatefulSet, ordinal: number, update: string): boolean {
	const {machine, record} = tools;
	const name = `${set.metadata.name}-${ordinal}`;
	const partition = set.spec.updateStrategy?.rollingUpdate?.partition ?? 0;
	const revision = ordinal < partition ? (set.status?.currentRevision ?? update) : update;
	try {
		for (const claim of claimsFor(tools, set, name)) machine.create(claim, manager);
		machine.create(podOf(tools, set, ordinal, revision), manager);
	} catch (error) {
		if (!(error instanceof StatusError)) throw error;
		record(set, {
			type: 'Warning',
			reason: 'FailedCreate',
			message: `Create Pod ${name} in StatefulSet ${set.metadata.name} failed error: ${error.message}`,
			component,
		});
		return false;
	}
	record(set, {reason: 'SuccessfulCreate', message: `Create Pod ${name} in StatefulSet ${set.metadata.name} successful`, component});
	return true;
}

function podOf({machine}: Tools, set: StatefulSet, ordinal: number, revision: string): KubeObject {
	const name = `${set.metadata.name}-${ordinal}`;
	const old = machine.get('ControllerRevision', set.metadata.namespace, revision);
	const labels = {
		'apps.kubernetes.io/pod-index': String(ordinal),
		[revisionLabel]: old === undefined ? '' : revision,
		'statefulset.kubernetes.io/pod-name': name,
	};
	const volumes = (set.spec.volumeClaimTemplates ?? []).map(({metadata}) => ({
		name: metadata.name,
		persistentVolumeClaim: {claimName: `${metadata.name}-${name}`},
	}));
	const pod = podFromTemplate(set, templateOf(set, old), name, `${set.metadata.name}-`, {labels});
	const spec = {...set.spec.template.spec, ...(typeof pod.spec === 'object' ? pod.spec : {})};
	return {
		...pod,
		spec: {
			...spec,
			hostname: name,
			...(set.spec.serviceName === undefined ? {} : {subdomain: set.spec.serviceName}),
			...(volumes.length + (spec.volumes?.length ?? 0) === 0 ? {} : {volumes: [...(spec.volumes ?? []), ...volumes]}),
		},
	};
}

/** The template that a revision kept; it was written by `templateRevision`. */
function templateOf(set: StatefulSet, revision: KubeObject | undefined): StatefulSet['spec']['template'] {
	const kept = revision as
		| (KubeObject & {readonly data?: {readonly spec?: {readonly template?: StatefulSet['spec']['template']}}})
		| undefined;
	const {$patch: _, ...template} = {$patch: '', ...(kept?.data?.spec?.template ?? set.spec.template)};
	return template;
}

const claimsFor = ({machine}: Tools, set: StatefulSet, pod: string): readonly KubeObject[] =>
	(set.spec.volumeClaimTemplates ?? []).flatMap(({metadata, spec}) => {
		const name = `${metadata.name}-${pod}`;
		if (machine.get('PersistentVolumeClaim', set.metadata.namespace, name) !== undefined) return [];
		const labels = {...set.spec.selector.matchLabels, ...metadata.labels};
		return [{apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: {name, namespace: set.metadata.namespace, labels}, spec}];
	});

function removePod({machine, record}: Tools, set: StatefulSet, {metadata}: Pod) {
	machine.remove('Pod', metadata.namespace, metadata.name);
	record(set, {
		reason: 'SuccessfulDelete',
		message: `Delete Pod ${metadata.name} in StatefulSet ${set.metadata.name} successful`,
		component,
	});
}

function writeStatus(tools: Tools, {metadata}: StatefulSet, update: string) {
	const {machine, world, clock} = tools;
	const set = world.get('StatefulSet', metadata.namespace, metadata.name);
	if (set === undefined) return;
	const pods = [...podsOf(tools, set).values()];
	const live = pods.filter(({metadata}) => metadata.deletionTimestamp === undefined);
	const having = (revision: string) => live.filter(pod => pod.metadata.labels?.[revisionLabel] === revision).length;
	const before = set.status?.currentRevision ?? update;
	const done = having(update) === (set.spec.replicas ?? 1) && live.every(isReady) && pods.length === live.length;
	const current = done ? update : before;
	putStatus(machine, set, {
		observedGeneration: set.metadata.generation,
		replicas: pods.length,
		...positive({
			readyReplicas: live.filter(isReady).length,
			currentReplicas: having(current),
			updatedReplicas: having(update),
		}),
		availableReplicas: live.filter(pod => isAvailable(pod, set.spec.minReadySeconds ?? 0, clock.now())).length,
		currentRevision: current,
		updateRevision: update,
		collisionCount: 0,
	});
}
