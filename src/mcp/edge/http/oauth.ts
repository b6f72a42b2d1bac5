import {createRemoteJWKSet, errors, type JWTPayload, jwtVerify} from 'jose';
import {oneLine} from '../../../core/text/one-line.ts';
import type {Authenticate} from './gate.ts';

/** The authorization server that tokens come from, and what they must say. */
export type OAuthIssuer = {
	/** As the token's `iss` names it. */
	readonly issuer: string;
	/** As the token's `aud` names this server: a token for another one is none here (RFC 8707). */
	readonly audience: string;
	/** Its keys (RFC 7517). */
	readonly jwks: URL;
};

/** Asymmetric ones alone: with a shared secret whoever checks tokens could make them. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** Checks access tokens that are JSON Web Tokens (RFC 9068): signature, issuer, audience and time. */
export function oauthTokens({issuer, audience, jwks}: OAuthIssuer, now: () => number): Authenticate {
	const keys = createRemoteJWKSet(jwks, {timeoutDuration: 5000, cooldownDuration: 30_000});
	return async token => {
		try {
			const {payload} = await jwtVerify(token, keys, {
				issuer,
				audience,
				algorithms,
				requiredClaims: ['exp', 'sub'],
				clockTolerance: 30,
				currentDate: new Date(now()),
			});
			if (!isName(payload.sub)) return undefined;
			return {id: payload.sub, scopes: scopesOf(payload), groups: textsOf(payload.groups)};
		} catch (error) {
			// A token that is wrong, or keys that cannot be had: neither opens anything.
			if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
			throw error;
		}
	};
}

/** It is written into the audit and shown to people, so it is one line of letters that are seen; and nobody has no name. */
const isName = (sub: unknown): sub is string => typeof sub === 'string' && sub !== '' && sub.length <= 256 && oneLine(sub) === sub;

/** `scope` of RFC 8693, or the list that some servers give in `scp`. */
const scopesOf = ({scope, scp}: JWTPayload): readonly string[] =>
	typeof scope === 'string' ? scope.split(' ').filter(Boolean) : typeof scp === 'string' ? scp.split(' ').filter(Boolean) : textsOf(scp);

const textsOf = (value: unknown): readonly string[] =>
	Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
