import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {policyCauses} from '../pod-security/policy.ts';
import {type Causes, forbidden, immutable, invalidValue} from './causes.ts';
import {dns1035Label, dnsLabel, type Grammar, keyProblems, labelValue, nameProblems, subdomain} from './names.ts';

const nameGrammars: {readonly [kind: string]: Grammar | undefined} = {Namespace: dnsLabel, Service: dns1035Label};
// These names are segments of a path and nothing more.
const freeNames = new Set(['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding']);

/** Name, labels, annotations; on a change also what may not be added to an object that is going. */
export function metadataCauses({kind, metadata}: KubeObject, before: KubeObject | undefined): Causes {
	return [
		...(before === undefined ? nameCauses(kind, metadata.name) : []),
		// What was stored was valid, and stays the same object where nobody writes it.
		...(metadata.labels === before?.metadata.labels ? [] : labelCauses(metadata.labels ?? {}, 'metadata.labels')),
		...(metadata.annotations === before?.metadata.annotations ? [] : annotationCauses(metadata.annotations ?? {})),
		...ownerCauses(metadata.ownerReferences ?? []),
		...(metadata.finalizers ?? []).flatMap((name, index) => finalizerCauses(name, `metadata.finalizers[${index}]`)),
		...(before === undefined ? [] : lateFinalizers(metadata, before.metadata)),
		...(kind === 'Namespace' ? policyCauses(metadata.labels) : []),
	];
}

function nameCauses(kind: string, name: string): Causes {
	if (freeNames.has(kind)) {
		const bad =
			name === '.' || name === '..' ? [`may not be '${name}'`] : /[/%]/.test(name) ? [`may not contain '${/[/%]/.exec(name)?.[0]}'`] : [];
		return bad.map(words => invalidValue('metadata.name', name, words));
	}
	return nameProblems(name, nameGrammars[kind] ?? subdomain).map(words => invalidValue('metadata.name', name, words));
}

/** @param field where the labels are, e.g. `spec.template.metadata.labels` */
export function labelCauses(labels: {readonly [key: string]: unknown}, field: string): Causes {
	return Object.entries(labels).flatMap(([key, value]) => [
		...keyProblems(key).map(words => invalidValue(field, key, words)),
		...nameProblems(String(value), labelValue, 'bytes').map(words => invalidValue(field, String(value), words)),
	]);
}

const annotationCauses = (annotations: {readonly [key: string]: unknown}): Causes =>
	Object.keys(annotations).flatMap(key => keyProblems(key.toLowerCase()).map(words => invalidValue('metadata.annotations', key, words)));

type Owners = NonNullable<KubeObject['metadata']['ownerReferences']>;

function ownerCauses(owners: Owners): Causes {
	const incomplete = owners.flatMap(owner =>
		(['apiVersion', 'kind', 'name', 'uid'] as const)
			.filter(key => (owner[key] ?? '') === '')
			.map(key =>
				invalidValue(`metadata.ownerReferences.${key}`, '', key === 'apiVersion' ? 'version must not be empty' : 'must not be empty'),
			),
	);
	return [...incomplete, ...twoControllers(owners)];
}

function twoControllers(owners: Owners): Causes {
	const [first, second] = owners.filter(({controller}) => controller === true);
	if (first === undefined || second === undefined) return [];
	const why = `Only one reference can have Controller set to true. Found "true" in references for ${first.kind}/${first.name} and ${second.kind}/${second.name}`;
	return [invalidValue('metadata.ownerReferences', owners, why)];
}

const standardFinalizers = new Set(['orphan', 'foregroundDeletion', 'kubernetes']);

function finalizerCauses(name: string, field: string): Causes {
	const bad = keyProblems(name).map(words => invalidValue(field, name, words));
	if (bad.length > 0 || name.includes('/') || standardFinalizers.has(name)) return bad;
	return [invalidValue(field, name, 'name is neither a standard finalizer name nor is it fully qualified')];
}

function lateFinalizers(after: KubeObject['metadata'], before: KubeObject['metadata']): Causes {
	if (before.deletionTimestamp === undefined) return [];
	const added = (after.finalizers ?? []).filter(name => !(before.finalizers ?? []).includes(name));
	if (added.length === 0) return [];
	const list = added.map(name => JSON.stringify(name)).join(', ');
	const why = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${list}}`;
	const cause = forbidden('metadata.finalizers', why);
	// The server looks in two places, and tells it twice.
	return [cause, cause];
}

export const changedUid = (uid: string) => invalidValue('metadata.uid', uid, immutable);
