import {pathText} from '../diff/path-text.ts';
import {valueAt} from '../kube/json-at.ts';
import type {KubeObject} from '../kube/kube-object.ts';
import {refText} from '../kube/kube-object.ts';
import type {FieldChange, PathSegment} from '../plan.ts';
import {someOf} from '../text/count.ts';
import {type Rule, say} from './question.ts';

/** Fields that the API server refuses to change. `only` turns it round: of `spec`, these alone may change. Source: pkg/apis, pkg/registry of kubernetes 1.36. */
const fixed: {readonly [kind: string]: {readonly fields?: readonly string[]; readonly only?: readonly string[]}} = {
	Deployment: {fields: ['spec.selector']},
	ReplicaSet: {fields: ['spec.selector']},
	DaemonSet: {fields: ['spec.selector']},
	StatefulSet: {
		only: [
			'replicas',
			'ordinals',
			'template',
			'updateStrategy',
			'persistentVolumeClaimRetentionPolicy',
			'minReadySeconds',
			'revisionHistoryLimit',
		],
	},
	Job: {
		fields: [
			'spec.selector',
			'spec.template',
			'spec.completionMode',
			'spec.podFailurePolicy',
			'spec.backoffLimitPerIndex',
			'spec.manualSelector',
			'spec.podReplacementPolicy',
		],
	},
	PersistentVolumeClaim: {only: ['resources', 'volumeAttributesClassName']},
	PersistentVolume: {fields: ['spec.csi', 'spec.nfs', 'spec.hostPath', 'spec.local', 'spec.nodeAffinity', 'spec.volumeMode']},
	Service: {fields: ['spec.clusterIP']},
	StorageClass: {fields: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode']},
	PriorityClass: {fields: ['value', 'preemptionPolicy']},
	RoleBinding: {fields: ['roleRef']},
	ClusterRoleBinding: {fields: ['roleRef']},
	Secret: {fields: ['type']},
	CustomResourceDefinition: {fields: ['spec.scope', 'spec.group', 'spec.names.plural', 'spec.names.kind']},
	IngressClass: {fields: ['spec.controller']},
};

const podFields = ['activeDeadlineSeconds', 'tolerations', 'terminationGracePeriodSeconds'];

/** A Pod takes another image, a deadline and further tolerations; all else of its spec is fixed. */
function isFixedInPod([first, second, , last]: readonly PathSegment[]): boolean {
	if (first !== 'spec') return false;
	if (second === 'containers' || second === 'initContainers' || second === 'ephemeralContainers') return last !== 'image';
	return typeof second !== 'string' || !podFields.includes(second);
}

function isFixed(before: KubeObject, {path}: FieldChange): boolean {
	const {kind} = before;
	if (kind === 'Pod') return isFixedInPod(path);
	if ((kind === 'ConfigMap' || kind === 'Secret') && before.immutable === true) return path[0] !== 'metadata';
	const {fields = [], only} = fixed[kind] ?? {};
	const text = path.filter(segment => typeof segment === 'string').join('.');
	// A headless Service or one without an address yet may still get one.
	if (kind === 'Service' && text === 'spec.clusterIP' && !valueAt(before, 'spec', 'clusterIP')) return false;
	if (only !== undefined && path[0] === 'spec') return typeof path[1] !== 'string' || !only.includes(path[1]);
	return fields.some(field => text === field || text.startsWith(`${field}.`));
}

/** The changed fields that the server refuses to change in place: the object has to be deleted and made again. */
const immutableFields = (before: KubeObject, fields: readonly FieldChange[]): readonly FieldChange[] =>
	fields.filter(field => isFixed(before, field));

/** What cannot be changed in place. */
export const immutableRule: Rule = ({before, after, fields, ref}) => {
	if (before === null || after === null) return [];
	const names = immutableFields(before, fields).map(({path}) => pathText(path));
	if (names.length === 0) return [];
	return [
		say('must-be-replaced', 'danger', `${someOf(names)} cannot be changed in place: ${refText(ref)} must be deleted and made again`, ref),
	];
};
