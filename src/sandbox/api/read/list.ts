import type {JsonObject} from '../../../core/json.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {StatusError} from '../../status-error.ts';
import type {Cluster} from '../cluster.ts';
import {type Resource, storageName} from '../resource.ts';
import {keyOf} from '../storage/shelf.ts';
import type {Store} from '../storage/store.ts';
import {decodePosition, encodePosition, type Position, tokenExpired} from './continue-token.ts';
import {fieldSelector} from './field-selector.ts';
import {labelSelector} from './label-selector.ts';

export type Page = {readonly items: readonly KubeObject[]; readonly metadata: JsonObject};

/** What a list or a watch is restricted to. */
export function selection(resource: Resource, namespace: string | undefined, name: string | undefined, query: URLSearchParams) {
	const byLabel = labelSelector(query.get('labelSelector'));
	const byField = fieldSelector(resource, query.get('fieldSelector'));
	return (object: KubeObject) =>
		(namespace === undefined || object.metadata.namespace === namespace) &&
		(name === undefined || object.metadata.name === name) &&
		byLabel(object.metadata.labels) &&
		byField(object);
}

/** One page of a list, in key order; the query was checked before. All pages of one list show the state of its first. */
export function listPage(cluster: Cluster, resource: Resource, namespace: string | undefined, query: URLSearchParams): Page {
	const isSelected = selection(resource, namespace, undefined, query);
	const limit = Number(query.get('limit') ?? 0);
	const token = query.get('continue') ?? '';
	const position = token === '' ? undefined : decodePosition(token);
	const {version, objects} = stateFor(cluster, resource, position, query);
	const after = position?.after;
	const rest = after === undefined ? objects : objects.filter(object => keyOf(object) > after);
	const selected = rest.filter(isSelected);
	const items = limit > 0 ? selected.slice(0, limit) : selected;
	const last = items.at(-1);
	const remaining = selected.length - items.length;
	const more = remaining > 0 && last !== undefined ? {continue: encodePosition({version, after: keyOf(last)})} : {};
	// The server counts what is left only when no selector could hide some of it.
	const counted = remaining > 0 && !query.get('labelSelector') && !query.get('fieldSelector') ? {remainingItemCount: remaining} : {};
	return {items, metadata: {resourceVersion: String(version), ...more, ...counted}};
}

type State = {readonly version: number; readonly objects: readonly KubeObject[]};

function stateFor({store}: Cluster, resource: Resource, position: Position | undefined, query: URLSearchParams): State {
	const name = storageName(resource);
	const now = store.version();
	const newest = () => ({version: now, objects: store.list(name)});
	if (position !== undefined) {
		const {version} = position;
		return version === undefined || version === now ? newest() : pastState(store, name, version, () => tokenExpired(position));
	}
	const version = Number(query.get('resourceVersion') ?? '');
	if (version > now) throw tooLarge(version, now);
	const isExact = query.get('resourceVersionMatch') === 'Exact' && version > 0;
	return isExact ? pastState(store, name, version, versionExpired) : newest();
}

function pastState(store: Store, name: string, version: number, expired: () => StatusError): State {
	try {
		return {version, objects: store.listAt(name, version)};
	} catch (error) {
		throw error instanceof StatusError && error.code === 410 ? expired() : error;
	}
}

const versionExpired = () => new StatusError(410, 'Expired', 'The resourceVersion for the provided list is too old.');

const tooLarge = (asked: number, now: number) =>
	new StatusError(504, 'Timeout', `Timeout: Too large resource version: ${asked}, current: ${now}`, {
		retryAfterSeconds: 1,
		causes: [{reason: 'ResourceVersionTooLarge', message: 'Too large resource version'}],
	});
