import {listAt, textAt, valueAt} from '../kube/json-at.ts';
import type {KubeObject} from '../kube/kube-object.ts';
import type {Consequence, Severity} from '../plan.ts';
import {count, someOf} from '../text/count.ts';
import {movablePods} from './node.ts';
import {type ChangeQuestion, controllerOf, livePods, podsOf, type Rule, say} from './question.ts';
import {emptiedServices} from './replicas.ts';

type Told = readonly [id: string, severity: Severity, text: string];
type Answer = (object: KubeObject, question: ChangeQuestion) => readonly (Told | Consequence)[];

const contentsText = ({surroundings}: ChangeQuestion) => {
	const found = (surroundings.contents ?? []).filter(({count: amount}) => amount > 0);
	return someOf(
		found.map(({kind, count: amount}) => count(amount, kind)),
		6,
	);
};

const ofNamespace: Answer = (_, question) => {
	if (question.surroundings.contents === undefined) return [['contents-deleted', 'danger', 'Everything in it is deleted with it']];
	const text = contentsText(question);
	return [
		text === '' ? ['contents-deleted', 'warning', 'It is empty'] : ['contents-deleted', 'danger', `Everything in it is deleted: ${text}`],
	];
};

const ofDefinition: Answer = (definition, question) => {
	const kind = textAt(definition, 'spec', 'names', 'kind') ?? 'this kind';
	if (question.surroundings.contents === undefined)
		return [['contents-deleted', 'danger', `Every ${kind} in every namespace is deleted with it`]];
	const text = contentsText(question);
	return [
		text === ''
			? ['contents-deleted', 'warning', `There is no ${kind}`]
			: ['contents-deleted', 'danger', `Every object of it is deleted: ${text}`],
	];
};

const ofWorkload: Answer = (workload, question) => {
	const pods = podsOf(workload, question.surroundings);
	const text =
		pods === undefined
			? 'Its pods are deleted with it'
			: `Its ${count(pods.length, 'pod')} ${pods.length === 1 ? 'is' : 'are'} deleted with it`;
	return [
		['pods-deleted', pods?.length === 0 ? 'warning' : 'danger', text],
		...(pods?.length === 0 ? [] : emptiedServices(workload, question)),
		...claimsOf(workload),
	];
};

/** What becomes of the volumes of a StatefulSet. */
function claimsOf(workload: KubeObject): readonly Told[] {
	const claims = listAt(workload, 'spec', 'volumeClaimTemplates').length;
	if (claims === 0) return [];
	const goes = textAt(workload, 'spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted') === 'Delete';
	return [goes ? ['data-deleted', 'danger', 'Its volume claims are deleted with it'] : ['claims-stay', 'info', 'Its volume claims stay']];
}

const ofClaim: Answer = (claim, {surroundings}) => {
	const users = livePods(surroundings, claim.metadata.namespace)?.filter(pod =>
		listAt(pod, 'spec', 'volumes').some(volume => textAt(volume, 'persistentVolumeClaim', 'claimName') === claim.metadata.name),
	);
	const volume = surroundings.volumes?.find(({metadata}) => metadata.name === textAt(claim, 'spec', 'volumeName'));
	const policy = volume === undefined ? undefined : textAt(volume, 'spec', 'persistentVolumeReclaimPolicy');
	const fate: Told =
		policy === 'Retain'
			? ['data-kept', 'info', `Its volume ${volume?.metadata.name} is kept (Retain)`]
			: [
					'data-deleted',
					'danger',
					policy === 'Delete'
						? `Its volume ${volume?.metadata.name} and the data on it are deleted`
						: 'Its data may be deleted with its volume',
				];
	if (users === undefined || users.length === 0) return [fate];
	return [
		fate,
		[
			'claim-in-use',
			'warning',
			`${someOf(users.map(({metadata}) => metadata.name))} ${users.length === 1 ? 'uses' : 'use'} it: it goes when they end`,
		],
	];
};

const ofVolume: Answer = volume => {
	const claim = textAt(volume, 'spec', 'claimRef', 'name');
	const bound = textAt(volume, 'status', 'phase') === 'Bound' && claim !== undefined;
	return [
		bound
			? ['data-deleted', 'danger', `Claim ${textAt(volume, 'spec', 'claimRef', 'namespace')}/${claim} is bound to it and loses it`]
			: ['volume-forgotten', 'warning', 'The cluster forgets this volume'],
	];
};

const ofService: Answer = (service, {surroundings}) => {
	const {name, namespace = ''} = service.metadata;
	const ready = surroundings.endpoints?.find(entry => entry.service === name && entry.namespace === namespace)?.ready;
	const amount = ready === undefined ? '' : `: ${count(ready, 'ready endpoint')} ${ready === 1 ? 'is' : 'are'} behind it now`;
	return [['service-gone', ready === 0 ? 'warning' : 'danger', `${name}.${namespace} does not resolve any more${amount}`]];
};

const ofNode: Answer = (node, {surroundings}) => {
	const pods = movablePods(surroundings, node.metadata.name);
	return [
		[
			'node-gone',
			'danger',
			pods === undefined
				? 'Its pods are deleted'
				: `Its ${count(pods.length, 'pod')} ${pods.length === 1 ? 'is' : 'are'} deleted; what a controller owns starts elsewhere`,
		],
	];
};

const ofPod: Answer = pod => {
	const owner = controllerOf(pod);
	return [
		owner === undefined
			? ['pod-gone', 'danger', 'No controller makes it again']
			: ['pod-replaced', 'info', `${owner.kind} ${owner.name} makes a new one`],
	];
};

const answers: {readonly [kind: string]: Answer} = {
	Namespace: ofNamespace,
	CustomResourceDefinition: ofDefinition,
	Deployment: ofWorkload,
	StatefulSet: ofWorkload,
	DaemonSet: ofWorkload,
	ReplicaSet: ofWorkload,
	Rollout: ofWorkload,
	Job: ofWorkload,
	CronJob: () => [['jobs-deleted', 'warning', 'Its jobs and their pods are deleted with it, and it runs no more']],
	PersistentVolumeClaim: ofClaim,
	PersistentVolume: ofVolume,
	Service: ofService,
	Node: ofNode,
	Pod: ofPod,
	HorizontalPodAutoscaler: hpa => [
		['scaling-ends', 'warning', `${textAt(hpa, 'spec', 'scaleTargetRef', 'name')} keeps its replicas and is not scaled any more`],
	],
	PodDisruptionBudget: () => [['budget-gone', 'warning', 'Evictions are not held back any more']],
	NetworkPolicy: () => [['policy-gone', 'warning', 'Traffic that it held back may pass']],
	ServiceAccount: () => [['account-gone', 'danger', 'New pods that run as it do not start']],
	ClusterRole: () => [['rights-gone', 'warning', 'Whoever is bound to it loses its rights']],
	Role: () => [['rights-gone', 'warning', 'Whoever is bound to it loses its rights']],
};

/** Finalizers that Kubernetes itself takes away in time. */
const ownFinalizers = /^(?:kubernetes\.io\/|foregroundDeletion$|orphan$|batch\.kubernetes\.io\/|service\.kubernetes\.io\/)/;

function ofFinalizers({metadata}: KubeObject): readonly Told[] {
	const others = (metadata.finalizers ?? []).filter(name => !ownFinalizers.test(name));
	return others.length === 0
		? []
		: [['waits-for-finalizer', 'warning', `It goes when ${someOf(others)} ${others.length === 1 ? 'lets' : 'let'} it go`]];
}

/** What goes with an object that is deleted. */
export const deletionRule: Rule = question => {
	const {before, operation, ref} = question;
	if (before === null || operation !== 'delete') return [];
	const told = [...(answers[before.kind]?.(before, question) ?? []), ...ofFinalizers(before)];
	const isLeaving = valueAt(before, 'metadata', 'deletionTimestamp') !== undefined;
	const all = told.map(one => ('text' in one ? one : say(one[0], one[1], one[2], ref)));
	return isLeaving ? [say('deleted-already', 'info', 'It is being deleted already', ref), ...all] : all;
};
