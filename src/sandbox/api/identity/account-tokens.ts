import {createHmac, randomBytes, randomUUID, timingSafeEqual} from 'node:crypto';
import type {Clock} from '../../../core/clock.ts';
import {isJsonObject, type JsonObject} from '../../../core/json.ts';
import {textAt, valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Store} from '../storage/store.ts';
import type {User} from './authenticate.ts';

export const serverAudience = 'https://kubernetes.default.svc';

/** Tokens that service accounts are given for a time. They speak for the account while it exists. */
export type AccountTokens = {
	readonly issue: (account: KubeObject, audiences: readonly string[], seconds: number) => string;
	/** Undefined for a token that this server did not sign, that is not meant for it, or whose time or account has gone. */
	readonly ownerOf: (token: string) => User | undefined;
};

/** Each server signs with a key of its own, which dies with it. */
export function accountTokens(store: Pick<Store, 'get'>, clock: Pick<Clock, 'now'>): AccountTokens {
	const key = randomBytes(32);
	const sign = (text: string) => createHmac('sha256', key).update(text).digest();
	return {
		issue({metadata}, audiences, seconds) {
			const now = Math.floor(clock.now() / 1000);
			const claims = {
				aud: audiences,
				exp: now + seconds,
				iat: now,
				iss: serverAudience,
				jti: randomUUID(),
				'kubernetes.io': {namespace: metadata.namespace, serviceaccount: {name: metadata.name, uid: metadata.uid}},
				nbf: now,
				sub: `system:serviceaccount:${metadata.namespace}:${metadata.name}`,
			};
			const text = [{alg: 'HS256', typ: 'JWT'}, claims].map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
			return `${text}.${sign(text).toString('base64url')}`;
		},
		ownerOf(token) {
			const [head = '', body = '', signature = ''] = token.split('.');
			const [given, expected] = [Buffer.from(signature, 'base64url'), sign(`${head}.${body}`)];
			if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
			// Signed here, so it is what `issue` wrote.
			const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString());
			return isJsonObject(claims) ? userOf(store, clock.now(), claims) : undefined;
		},
	};
}

function userOf(store: Pick<Store, 'get'>, nowMs: number, claims: JsonObject): User | undefined {
	const {aud, exp, sub, jti} = claims;
	const own = valueAt(claims, 'kubernetes.io');
	const namespace = textAt(own, 'namespace') ?? '';
	const account = store.get('serviceaccounts', namespace, textAt(own, 'serviceaccount', 'name') ?? '');
	const uid = textAt(own, 'serviceaccount', 'uid') ?? '';
	const isMeant = Array.isArray(aud) && aud.includes(serverAudience);
	if (!isMeant || account?.metadata.uid !== uid || typeof exp !== 'number' || exp * 1000 <= nowMs) return undefined;
	return {
		name: String(sub),
		uid,
		groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`],
		extra: {'authentication.kubernetes.io/credential-id': [`JTI=${String(jti)}`]},
	};
}
