import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {StatusError} from '../../status-error.ts';
import {withDefaults} from '../admission/defaults.ts';
import {checkPodSecurity} from '../admission/pod-security/pod-security.ts';
import {prepareNew} from '../admission/prepare.ts';
import {validateObject} from '../admission/validate/validate-object.ts';
import type {Cluster, WriteOptions} from '../cluster.ts';
import {alreadyExists, forbiddenChange, invalid} from '../errors.ts';
import {trackUpdate} from '../fields/track.ts';
import {checkEscalation} from '../identity/escalation.ts';
import {type Resource, storageName} from '../resource.ts';
import {deepFreeze} from '../storage/deep-freeze.ts';
import {checkIdentity, newMetadata} from './metadata.ts';

export type CreateOptions = WriteOptions & {
	/** Replaces the usual bookkeeping of field owners, as server-side apply does. */
	readonly track?: (before: undefined, after: KubeObject) => KubeObject;
};

/**
 * Stores a new object: metadata, defaults, admission, validation, field ownership.
 * @returns the object as stored, or as it would be stored in a dry run
 */
export function createObject(
	cluster: Cluster,
	resource: Resource,
	namespace: string | undefined,
	given: KubeObject,
	options: CreateOptions,
): KubeObject {
	checkIdentity(resource, namespace, given);
	const {metadata: givenMetadata, ...body} = given;
	const metadata = newMetadata(cluster, resource, namespace, givenMetadata);
	checkNamespace(cluster, resource, namespace, metadata.name);
	checkDefinition(cluster, resource, metadata.name);
	const fresh: KubeObject = {...withoutStatus(resource, body), apiVersion: given.apiVersion, kind: given.kind, metadata};
	const defaulted = withDefaults(cluster, fresh);
	if (options.user !== undefined) checkEscalation(cluster, resource, options.user, defaulted, undefined);
	const track = options.track ?? ((before, after) => trackUpdate(cluster, {...options, before, after, subresource: ''}));
	const admitted = cluster.hooks().admit('CREATE', prepareNew(cluster, track(undefined, defaulted)), undefined);
	const causes = validateObject(cluster, admitted, undefined);
	if (causes.length > 0) throw invalid(resource, metadata.name, causes);
	checkPodSecurity(cluster, resource, admitted);
	const existing = cluster.store.get(storageName(resource), metadata.namespace, metadata.name);
	if (existing !== undefined) throw alreadyExists(resource, existing);
	return options.dryRun ? deepFreeze(admitted) : cluster.store.put(storageName(resource), admitted);
}

/** Kinds with a status subresource start without one, but for nodes: the defaults of some kinds then put a first phase. */
function withoutStatus<Body extends {readonly [key: string]: unknown}>(resource: Resource, body: Body): Body | Omit<Body, 'status'> {
	if (resource.kind === 'Node' || !resource.subresources.some(({name}) => name === 'status')) return body;
	const {status: _status, ...rest} = body;
	return rest;
}

function checkDefinition({store}: Cluster, resource: Resource, name: string): void {
	const definition = resource.isCustom && store.get('customresourcedefinitions.apiextensions.k8s.io', undefined, storageName(resource));
	if (definition && definition.metadata.deletionTimestamp !== undefined)
		throw forbiddenChange(resource, name, 'create not allowed while custom resource definition is terminating');
}

function checkNamespace(cluster: Cluster, resource: Resource, namespace: string | undefined, name: string): void {
	if (!resource.namespaced) return;
	const home = cluster.store.get('namespaces', undefined, namespace ?? '');
	if (home === undefined) {
		throw new StatusError(404, 'NotFound', `namespaces "${namespace}" not found`, {name: namespace ?? '', kind: 'namespaces'});
	}
	if (home.metadata.deletionTimestamp === undefined) return;
	const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
	const {code, reason, message, details} = forbiddenChange(resource, name, why);
	throw new StatusError(code, reason, message, {
		...details,
		causes: [{reason: 'NamespaceTerminating', message: `namespace ${namespace} is being terminated`, field: 'metadata.namespace'}],
	});
}
