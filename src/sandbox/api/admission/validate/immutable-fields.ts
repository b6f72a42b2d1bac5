import type {Json, JsonObject} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {sameJson} from '../../../same-json.ts';
import {type Causes, forbidden, immutable, invalidValue} from './causes.ts';

type Rule = (after: KubeObject, before: KubeObject) => Causes;

/** A field that keeps its first value. */
const fixed =
	(...path: readonly string[]): Rule =>
	(after, before) => {
		const [now, was] = [valueAt(after, ...path), valueAt(before, ...path)];
		return sameJson(now, was) ? [] : [invalidValue(path.join('.'), now ?? null, immutable)];
	};

const all =
	(...rules: readonly Rule[]): Rule =>
	(after, before) =>
		rules.flatMap(rule => rule(after, before));

/** The spec may change in these fields alone. */
const onlySpec =
	(fields: readonly string[], words: string): Rule =>
	(after, before) =>
		sameJson(without(objectAt(after, 'spec'), fields), without(objectAt(before, 'spec'), fields)) ? [] : [forbidden('spec', words)];

const without = (spec: JsonObject, fields: readonly string[]): JsonObject =>
	Object.fromEntries(Object.entries(spec).filter(([key, value]) => !fields.includes(key) && value !== undefined));

/** Secrets and config maps that say so never change again. */
const sealed =
	(...fields: readonly string[]): Rule =>
	(after, before) => {
		if (before.immutable !== true) return [];
		const opened = after.immutable === true ? [] : [forbidden('immutable', 'field is immutable when `immutable` is set')];
		const changed = fields.filter(field => !sameJson(after[field], before[field]));
		return [...opened, ...changed.map(field => forbidden(field, 'field is immutable when `immutable` is set'))];
	};

const podFields =
	'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n';

// nodeName is set once, by the scheduler's binding.
const podRule: Rule = (after, before) => {
	const blank = (pod: KubeObject) => {
		const {
			activeDeadlineSeconds: _deadline,
			terminationGracePeriodSeconds: _grace,
			schedulingGates: _gates,
			...spec
		} = objectAt(pod, 'spec');
		return {
			...spec,
			tolerations: listAt(before, 'spec', 'tolerations'),
			containers: listAt(pod, 'spec', 'containers').map(withoutImage),
			initContainers: listAt(pod, 'spec', 'initContainers').map(withoutImage),
		};
	};
	const bound = valueAt(before, 'spec', 'nodeName') === undefined ? valueAt(after, 'spec', 'nodeName') : undefined;
	const expected = bound === undefined ? blank(before) : {...blank(before), nodeName: bound};
	return sameJson(blank(after), expected) ? all(keptTolerations, noNewGates)(after, before) : [forbidden('spec', podFields)];
};

const withoutImage = (container: Json): JsonObject => {
	const {image: _image, ...rest} = objectAt(container);
	return rest;
};

const noNewGates: Rule = (after, before) => {
	const names = (pod: KubeObject) => listAt(pod, 'spec', 'schedulingGates').map(gate => valueAt(gate, 'name'));
	const old = names(before);
	return names(after).flatMap((name, index) =>
		old.includes(name)
			? []
			: [forbidden(`spec.schedulingGates[${index}]`, `only deletion is allowed, but found new scheduling gate '${String(name)}'`)],
	);
};

const keptTolerations: Rule = (after, before) => {
	const now = listAt(after, 'spec', 'tolerations');
	const kept = listAt(before, 'spec', 'tolerations').every(toleration => now.some(other => sameJson(other, toleration)));
	return kept ? [] : [forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds')];
};

const serviceAddress: Rule = (after, before) => {
	const [now, was] = [valueAt(after, 'spec', 'clusterIP'), valueAt(before, 'spec', 'clusterIP')];
	const leaves = valueAt(after, 'spec', 'type') === 'ExternalName' || valueAt(before, 'spec', 'type') === 'ExternalName';
	return leaves || was === undefined || was === '' || now === was
		? []
		: [invalidValue('spec.clusterIPs[0]', [now ?? ''], 'may not change once set')];
};

const jobRule: Rule = (after, before) => {
	// A suspended job that never started may still be told where to run.
	const canMove = valueAt(before, 'spec', 'suspend') === true && valueAt(before, 'status', 'startTime') === undefined;
	return canMove
		? fixed('spec', 'selector')(after, before)
		: all(fixed('spec', 'selector'), fixed('spec', 'template'), fixedCompletions)(after, before);
};

const fixedCompletions: Rule = (after, before) =>
	valueAt(before, 'spec', 'completionMode') === 'Indexed' ? [] : fixed('spec', 'completions')(after, before);

const claimRule: Rule = (after, before) => {
	const bound = valueAt(before, 'spec', 'volumeName') === undefined;
	const fields = ['resources', 'volumeAttributesClassName', ...(bound ? ['volumeName', 'storageClassName'] : [])];
	return onlySpec(fields, 'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n')(
		after,
		before,
	);
};

/** What may not change, by kind. */
export const immutableRules: {readonly [kind: string]: Rule} = {
	Pod: podRule,
	Deployment: fixed('spec', 'selector'),
	ReplicaSet: fixed('spec', 'selector'),
	DaemonSet: fixed('spec', 'selector'),
	StatefulSet: onlySpec(
		[
			'replicas',
			'ordinals',
			'template',
			'updateStrategy',
			'revisionHistoryLimit',
			'persistentVolumeClaimRetentionPolicy',
			'minReadySeconds',
		],
		"updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
	),
	Job: jobRule,
	Service: serviceAddress,
	Secret: all(fixed('type'), sealed('data')),
	ConfigMap: sealed('data', 'binaryData'),
	PersistentVolumeClaim: claimRule,
	ControllerRevision: fixed('data'),
	PriorityClass: (after, before) => (after.value === before.value ? [] : [forbidden('value', 'may not be changed in an update.')]),
	StorageClass: all(fixed('parameters'), fixed('provisioner'), fixed('reclaimPolicy'), fixed('volumeBindingMode')),
	RoleBinding: roleRefRule,
	ClusterRoleBinding: roleRefRule,
};

function roleRefRule(after: KubeObject, before: KubeObject): Causes {
	const now = valueAt(after, 'roleRef');
	// Shown as the server holds it, under the names of Go.
	const shown = {APIGroup: textAt(now, 'apiGroup') ?? '', Kind: textAt(now, 'kind') ?? '', Name: textAt(now, 'name') ?? ''};
	return sameJson(now, valueAt(before, 'roleRef')) ? [] : [invalidValue('roleRef', shown, 'cannot change roleRef')];
}
