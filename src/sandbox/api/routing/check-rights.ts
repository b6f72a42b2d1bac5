import type {Cluster} from '../cluster.ts';
import {impersonated, type User} from '../identity/authenticate.ts';
import {type Action, allowedBecause} from '../identity/authorize.ts';
import {forbidden} from '../identity/forbidden.ts';
import type {ApiRequest} from './request.ts';
import type {RequestInfo} from './request-info.ts';

/** Throws 403 when nothing allows the user what a request asks for. */
export function checkRights(cluster: Cluster, user: User, info: RequestInfo): void {
	const action = actionOf(info);
	if (allowedBecause(cluster, user, action) === undefined) throw forbidden(user, action);
}

const actionOf = (info: RequestInfo): Action =>
	info.kind === 'path'
		? {verb: info.verb, path: info.path}
		: {
				verb: info.verb,
				group: info.group,
				resource: info.subresource === '' ? info.plural : `${info.plural}/${info.subresource}`,
				...(info.namespace === undefined ? {} : {namespace: info.namespace}),
				...(info.name === undefined ? {} : {name: info.name}),
			};

/**
 * The sender, or whom the sender may and does impersonate.
 * Throws 403 about the last way that the server tries: the right to do just this as another one of that sort.
 */
export function actingUser(cluster: Cluster, {user, headers}: Pick<ApiRequest, 'user' | 'headers'>, info: RequestInfo): User {
	const other = impersonated(headers);
	if (other === undefined) return user;
	const wanted = [{resource: 'users', name: other.name}, ...other.groups.filter(isAsked).map(name => ({resource: 'groups', name}))];
	const isAllowed = wanted.every(({resource, name}) => allowedBecause(cluster, user, {verb: 'impersonate', resource, name}) !== undefined);
	if (isAllowed) return other;
	const action = actionOf(info);
	throw forbidden(user, {...action, verb: `impersonate-on:${sortOf(other)}:${action.verb}`});
}

// Given to whoever is impersonated, so that nobody needs a right to it.
const isAsked = (group: string) => group !== 'system:authenticated' && group !== 'system:unauthenticated';

function sortOf({name}: User): string {
	if (name.startsWith('system:serviceaccount:')) return 'serviceaccount';
	return name.startsWith('system:node:') ? 'arbitrary-node' : 'user-info';
}
