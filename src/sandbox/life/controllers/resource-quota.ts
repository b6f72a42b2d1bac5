import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {StatusError} from '../../status-error.ts';
import {type Controller, itself, type Key, keyOf, type Tools} from '../controller.ts';
import {putStatus} from '../put-status.ts';
import {quantity, quantityText} from '../quantity.ts';
import type {Quota} from '../shapes.ts';
import {isKind, type World} from '../world.ts';
import {isInScope} from './quota-scopes.ts';
import {countedKinds, undeclared, usageOf} from './quota-usage.ts';

type Reads = Pick<Tools, 'world' | 'machine'>;

/** Keeps `status.used` what the objects of the namespace take. */
export function quotaController({world, machine}: Tools): Controller {
	const ofNamespace = (object: KubeObject): readonly Key[] => world.list('ResourceQuota', object.metadata.namespace).map(keyOf);
	const concerns = Object.fromEntries(
		countedKinds.map((kind): [string, Controller['concerns'][string]] => [
			kind,
			({type, object, before}) =>
				type === 'MODIFIED' && object.spec === before?.spec && !phaseChanged(object, before) ? [] : ofNamespace(object),
		]),
	);
	return {
		name: 'resourcequota-controller',
		concerns: {...concerns, ResourceQuota: itself},
		sync({namespace, name}) {
			const quota = world.get('ResourceQuota', namespace, name);
			if (quota === undefined) return undefined;
			const used = usedOf({world, machine}, quota);
			const texts = Object.fromEntries(Object.entries(used).map(([resource, value]) => [resource, quantityText(resource, value)]));
			putStatus(machine, quota, {hard: quota.spec.hard ?? {}, used: texts});
			return undefined;
		},
	};
}

const phaseChanged = (object: KubeObject, before: KubeObject | undefined) =>
	isKind(object, 'Pod') && before !== undefined && isKind(before, 'Pod') && object.status?.phase !== before.status?.phase;

function usedOf({machine}: Reads, {metadata, spec}: Quota): Readonly<Record<string, number>> {
	const used = Object.fromEntries(Object.keys(spec.hard ?? {}).map(resource => [resource, 0]));
	const kinds = countedKinds.filter(
		kind =>
			kind === 'Pod' || Object.keys(used).some(resource => resource in usageOf({apiVersion: '', kind, metadata: {name: ''}, spec: {}})),
	);
	for (const kind of kinds) {
		for (const object of machine.list(kind, metadata.namespace)) {
			if (!isInScope(spec, object)) continue;
			for (const [resource, value] of Object.entries(usageOf(object))) if (resource in used) used[resource] = (used[resource] ?? 0) + value;
		}
	}
	return used;
}

/**
 * Refuses what a quota of the namespace has no room for. Throws 403 Forbidden with the words of the API server.
 * Counts anew instead of trusting `status.used`, which follows a moment later.
 */
export function checkQuota(reads: Reads, object: KubeObject): void {
	if (!countedKinds.includes(object.kind)) return;
	const problem = quotaProblem(reads, object, reads.world);
	if (problem === undefined) return;
	const resource = plural(object.kind);
	throw new StatusError(403, 'Forbidden', `${resource} "${object.metadata.name}" is forbidden: ${problem}`, {
		name: object.metadata.name,
		kind: resource,
	});
}

const plural = (kind: string) => (kind === 'Ingress' ? 'ingresses.networking.k8s.io' : `${kind.toLowerCase()}s${groups[kind] ?? ''}`);
const groups: Readonly<Record<string, string>> = {
	Deployment: '.apps',
	ReplicaSet: '.apps',
	StatefulSet: '.apps',
	Job: '.batch',
	CronJob: '.batch',
};

function quotaProblem(reads: Reads, object: KubeObject, world: World): string | undefined {
	const usage = usageOf(object);
	for (const quota of world.list('ResourceQuota', object.metadata.namespace)) {
		if (!isInScope(quota.spec, object)) continue;
		const hard = quota.spec.hard ?? {};
		const limited = Object.keys(hard).filter(resource => (usage[resource] ?? 0) > 0 || resource in usage);
		if (limited.length === 0) continue;
		const missing = isKind(object, 'Pod') ? undeclared(object.spec, limited) : [];
		if (missing.length > 0) return `failed quota: ${quota.metadata.name}: must specify ${missing.join('; ')}`;
		const used = usedOf(reads, quota);
		const over = limited.filter(resource => (used[resource] ?? 0) + (usage[resource] ?? 0) > quantity(hard[resource]) + 1e-9).sort();
		if (over.length === 0) continue;
		const list = (value: (resource: string) => string) => over.map(resource => `${resource}=${value(resource)}`).join(',');
		const asked = list(resource => quantityText(resource, usage[resource] ?? 0));
		const taken = list(resource => quantityText(resource, used[resource] ?? 0));
		return `exceeded quota: ${quota.metadata.name}, requested: ${asked}, used: ${taken}, limited: ${list(resource => hard[resource] ?? '0')}`;
	}
	return undefined;
}
