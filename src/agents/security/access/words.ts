import type {Request} from '../../../analysis/access/access-rule.ts';
import {accountOfUser, type Grant, type Holder} from '../../../analysis/access/grants.ts';
import {MkcoaError} from '../../../core/error.ts';
import {groupOf} from '../../../core/kube/kube-object.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';

const usage = (code: string, what: string, next: string) => new MkcoaError({kind: 'usage', code, what, next});

/** What the server authorises without an API that lists it. */
const unlisted: {readonly [resource: string]: string} = {
	users: '',
	groups: '',
	signers: 'certificates.k8s.io',
	uids: 'authentication.k8s.io',
};

export type AskedRequest = {readonly request: Request /** Whether objects of it are in namespaces. */; readonly isNamespaced: boolean};

/**
 * What somebody wants to do, from words: `delete pods`, `patch deployments.apps/scale web`, `get /metrics`.
 * @throws MkcoaError `no-request` where they are no such words, `unknown-kind` where the cluster has no such resource
 */
export async function requestIn([verb, what, name]: readonly string[], cluster: Cluster): Promise<AskedRequest> {
	if (verb === undefined || what === undefined)
		throw usage(
			'no-request',
			'Nothing says what is to be done',
			'Give a verb and a resource or a path: delete pods, get deployments.apps/scale, get /metrics',
		);
	if (what.startsWith('/')) return {request: {verb, url: what}, isNamespaced: false};
	const slash = what.indexOf('/');
	const [word, part] = slash === -1 ? [what, ''] : [what.slice(0, slash), what.slice(slash)];
	const own = {verb, ...(name === undefined ? {} : {name})};
	const [resource = '', ...group] = word.split('.');
	if (resource === '*') return {request: {...own, group: group.join('.') || '*', resource: `*${part}`}, isNamespaced: true};
	const plain = unlisted[resource];
	if (plain !== undefined && (group.length === 0 || group.join('.') === plain))
		return {request: {...own, group: plain, resource}, isNamespaced: false};
	const type = await cluster.typeOf(word);
	return {request: {...own, group: groupOf(type.apiVersion), resource: `${type.plural}${part}`}, isNamespaced: type.namespaced};
}

const kinds: {readonly [word: string]: Holder['kind']} = {
	user: 'User',
	group: 'Group',
	serviceaccount: 'ServiceAccount',
	sa: 'ServiceAccount',
};

/**
 * Who is meant: `ada@example.com`, `user/ada`, `group/ops`, `sa/NAMESPACE/NAME` (or `sa/NAME`), `system:serviceaccount:NAMESPACE:NAME`. A name alone is
 * whoever the bindings know by it, a user first.
 */
export function holderIn(word: string, grants: readonly Grant[], namespace: string): Holder {
	const [prefix = '', ...rest] = word.split('/');
	const kind = kinds[prefix.toLowerCase()];
	const account = accountOfUser(word);
	if (account !== undefined) return {kind: 'ServiceAccount', ...account};
	if (kind === 'ServiceAccount') {
		const [first = '', second] = rest;
		return second === undefined ? {kind, name: first, namespace} : {kind, name: second, namespace: first};
	}
	if (kind !== undefined && rest.length > 0) return {kind, name: rest.join('/')};
	const known = grants.map(({holder}) => holder).filter(({name}) => name === word);
	return known.find(each => each.kind === 'User') ?? known.find(each => each.kind === 'Group') ?? known[0] ?? {kind: 'User', name: word};
}

/** `role/NAME` and `clusterrole/NAME` mean a role, anything else a subject. */
export function roleIn(word: string): {readonly kind: 'Role' | 'ClusterRole'; readonly name: string} | undefined {
	const [, kind, name] = /^(role|clusterrole)s?\/(.+)$/i.exec(word) ?? [];
	return kind === undefined || name === undefined ? undefined : {kind: kind.toLowerCase() === 'role' ? 'Role' : 'ClusterRole', name};
}

/** @throws MkcoaError `missing-words` */
export function demandWords(about: readonly string[], least: number, next: string): void {
	if (about.length < least) throw usage('missing-words', 'The question is not complete', next);
}
