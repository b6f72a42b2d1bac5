import {objectAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {type PodNeed, podNeeds} from '../../core/kube/pod-needs.ts';
import {policyOf} from '../pod-security/namespace-policy.ts';
import {podViolations, type Standard} from '../pod-security/standard.ts';
import {type Around, failed, notChecked, passed, type SetFinding} from './set-finding.ts';
import {ofKind, type SetWorkload} from './workload-set.ts';

const plurals: {readonly [kind in PodNeed['kind']]: string} = {
	ConfigMap: 'configmaps',
	Secret: 'secrets',
	ServiceAccount: 'serviceaccounts',
	PersistentVolumeClaim: 'persistentvolumeclaims',
};

/** Keys that variables take and that are not among those of their object. Of a Secret the names of its keys are enough. */
function lostKeys(asked: readonly PodNeed[], set: readonly KubeObject[], around: Around): readonly string[] {
	return asked.flatMap(({kind, name, key, how}) => {
		const holder = ofKind(kind, set, around).find(({metadata}) => metadata.name === name);
		if (key === undefined || holder === undefined) return [];
		const held = ['data', 'stringData', 'binaryData'].flatMap(field => Object.keys(objectAt(holder, field)));
		return held.includes(key) ? [] : [`${kind} ${name} has no key ${key} (${how})`];
	});
}

/** Everything that the pods name is there, or comes with the set. */
function referenceCheck(workload: SetWorkload, set: readonly KubeObject[], around: Around): readonly SetFinding[] {
	const on = {id: 'references-exist', resource: workload.ref, severity: 'high'} as const;
	const asked = podNeeds(workload.podSpec).filter(({optional}) => !optional);
	const lost = asked.filter(
		({kind, name}) =>
			!(kind === 'ServiceAccount' && name === 'default') && !ofKind(kind, set, around).some(({metadata}) => metadata.name === name),
	);
	const unsure = lost.filter(({kind}) => around.unread.has(plurals[kind]));
	const missing = lost.filter(({kind}) => !around.unread.has(plurals[kind]));
	const words = (list: typeof lost) => [...new Set(list.map(({kind, name}) => `${kind} ${name}`))].join(', ');
	if (missing.length > 0)
		return [failed(on, {cause: `Its pods need ${words(missing)}, which is not there`, fix: 'Create it first, or add it to the set'})];
	const keys = lostKeys(asked, set, around);
	if (keys.length > 0)
		return [failed(on, {cause: `Its pods do not start: ${keys.join(', ')}`, fix: 'Name a key that is there, or add it'})];
	const reason = unsure.map(({kind}) => around.unread.get(plurals[kind])).find(found => found !== undefined);
	if (reason !== undefined) return [notChecked(on, `whether ${words(unsure)} is there: ${reason}`)];
	return [passed(on, asked.length === 0 ? 'Its pods need nothing of the namespace' : `There is all that its pods need: ${words(asked)}`)];
}

/** What the namespace enforces; undefined where it is not known. */
export function enforcedStandard({namespace, objects}: Around): Standard | undefined {
	const live = objects.find(({kind, metadata}) => kind === 'Namespace' && metadata.name === namespace);
	return live === undefined ? undefined : policyOf(live.metadata.labels).enforce;
}

/** What the restricted level has against the pods; grave where the namespace refuses them for it. */
function securityCheck({object, ref}: SetWorkload, around: Around): SetFinding {
	const enforced = enforcedStandard(around);
	const on = {id: 'pod-security', resource: ref, severity: 'medium'} as const;
	const refused = enforced === undefined ? [] : podViolations(enforced.level, object, enforced.minor);
	const words = (found: readonly {readonly reason: string; readonly detail: string}[]) => found.map(({detail}) => detail).join('; ');
	const fix = 'Set what it names in securityContext';
	if (enforced !== undefined && refused.length > 0)
		return failed(
			{...on, severity: 'critical'},
			{cause: `Namespace ${around.namespace} enforces ${enforced.level} and refuses its pods: ${words(refused)}`, fix},
		);
	const found = podViolations('restricted', object);
	const where = enforced === undefined ? '' : `; namespace ${around.namespace} enforces ${enforced.level}`;
	if (found.length === 0) return passed(on, `Its pods pass the level restricted${where}`);
	return failed(on, {cause: `Its pods do not pass the level restricted${where}: ${words(found)}`, fix});
}

/** What its pods need: the level of its namespace, and every object that they name. */
export const podCheck = (workload: SetWorkload, set: readonly KubeObject[], around: Around): readonly SetFinding[] => [
	securityCheck(workload, around),
	...referenceCheck(workload, set, around),
];
