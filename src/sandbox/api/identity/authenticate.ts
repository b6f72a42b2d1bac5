import type {JsonObject} from '../../../core/json.ts';
import {StatusError} from '../../status-error.ts';
import {badRequest} from '../errors.ts';

export type User = {readonly name: string; readonly uid?: string; readonly groups: readonly string[]; readonly extra?: JsonObject};

/** Who a bearer token belongs to. */
export type Tokens = {readonly [token: string]: User};

/** Two people who always exist: one may do everything, one may read. The second's rights come from a stored ClusterRoleBinding. */
export const defaultTokens: Tokens = {
	admin: {name: 'admin', groups: ['system:masters']},
	reader: {name: 'reader', groups: ['readers']},
};

type Headers = {readonly [name: string]: string | readonly string[] | undefined};

const unauthorized = () => new StatusError(401, 'Unauthorized', 'Unauthorized');

/** Who a token belongs to, if it belongs to anybody. */
export type TokenOwner = (token: string) => User | undefined;

/** The token's owner. Throws 401 without a known token. */
export function authenticate(ownerOf: TokenOwner, headers: Headers): User {
	const header = headers.authorization;
	const token = typeof header === 'string' && /^bearer /i.test(header) ? header.slice(7).trim() : undefined;
	const user = token === undefined ? undefined : ownerOf(token);
	if (user === undefined) throw unauthorized();
	return {...user, groups: [...user.groups, 'system:authenticated']};
}

/** The sender of a request: the token's owner, or nobody in particular when there is no token. Throws 401 for an unknown one. */
export const senderOf = (ownerOf: TokenOwner, headers: Headers): User =>
	headers.authorization === undefined ? {name: 'system:anonymous', groups: ['system:unauthenticated']} : authenticate(ownerOf, headers);

/** The user that Impersonate-* headers ask to act as; undefined when there are none. */
export function impersonated(headers: Headers): User | undefined {
	const name = one(headers['impersonate-user']);
	const uid = one(headers['impersonate-uid']);
	const groups = many(headers['impersonate-group']);
	const extra = extraOf(headers);
	if (name === undefined) {
		if (groups.length > 0) throw badRequest(`requested ${goUser(groups)} without impersonating a user name`);
		return undefined;
	}
	return {
		name,
		...(uid === undefined ? {} : {uid}),
		groups: [...groups, ...(groups.length > 0 ? [] : accountGroups(name)), signedIn(name)],
		...(Object.keys(extra).length === 0 ? {} : {extra}),
	};
}

function accountGroups(name: string): readonly string[] {
	const account = /^system:serviceaccount:([^:]+):/.exec(name);
	return account === null ? [] : ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`];
}

const signedIn = (name: string) => (name === 'system:anonymous' ? 'system:unauthenticated' : 'system:authenticated');

/** `Impersonate-Extra-Team: x` says `{team: ['x']}`. */
function extraOf(headers: Headers): JsonObject {
	const prefix = 'impersonate-extra-';
	const keys = Object.keys(headers).filter(key => key.startsWith(prefix));
	return Object.fromEntries(keys.map(key => [decodeURIComponent(key.slice(prefix.length)), many(headers[key])]));
}

const goUser = (groups: readonly string[]) =>
	`&user.DefaultInfo{Name:"", UID:"", Groups:[]string{${groups.map(group => JSON.stringify(group)).join(', ')}}, Extra:map[string][]string(nil)}`;

const one = (value: string | readonly string[] | undefined) => (typeof value === 'string' ? value : value?.[0]);
const many = (value: string | readonly string[] | undefined) =>
	value === undefined ? [] : typeof value === 'string' ? value.split(/,\s*/) : value;
