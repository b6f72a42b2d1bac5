import {MkcoaError} from '../../../core/error.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import type {Server} from './wire.ts';

/** What helps where an answer is too large, too slow or too much. */
export const lessWords = 'for less: fewer series, a shorter time, a longer step';

export type Reason = {readonly why: string; readonly next?: string; readonly quoted?: string};

/** Nobody answers there, or somebody else does. */
export const unreachable = ({source, area, whenAway}: Server, {why, next = whenAway, quoted = ''}: Reason, cause?: unknown) =>
	new MkcoaError(
		{
			kind: 'environment',
			code: `${area}-unreachable`,
			what: `${source} does not answer`,
			why,
			next,
			...(quoted === '' ? {} : {quoted: oneLine(quoted)}),
		},
		{cause},
	);

/** It wants to know who asks, or does not believe it. */
export const signedOut = ({source, area, whenSignedOut}: Server, isSignedIn: boolean) =>
	new MkcoaError({
		kind: 'auth',
		code: `${area}-signed-out`,
		what: isSignedIn ? `${source} does not accept who mkcoa signs in as` : `${source} lets nobody in without signing in`,
		why: 'it answered HTTP 401',
		next: whenSignedOut,
	});

/** It knows who asks, and does not allow it. */
export const notAllowed = ({source, area, whenSignedOut}: Server, isSignedIn: boolean, quoted: string) =>
	new MkcoaError({
		kind: 'auth',
		code: isSignedIn ? `${area}-not-allowed` : `${area}-signed-out`,
		what: isSignedIn ? `${source} does not allow this to who mkcoa signs in as` : `${source} lets nobody in without signing in`,
		why: 'it answered HTTP 403',
		next: isSignedIn ? 'Ask whoever runs it for the right, or sign in as somebody who has it' : whenSignedOut,
		...(quoted === '' ? {} : {quoted: oneLine(quoted)}),
	});

/** It asks to be left alone, for longer than anybody waits here where it says for how long. */
export const busy = ({source, area}: Server, status: number, afterMs: number | undefined, quoted: string) =>
	new MkcoaError({
		kind: 'environment',
		code: `${area}-busy`,
		what: `${source} has too much to do`,
		why: `it answered HTTP ${status}${afterMs === undefined ? '' : ` and asks to come back in ${Math.ceil(afterMs / 1000)} s`}`,
		next: `Ask again ${afterMs === undefined ? 'in a minute' : 'then'}, or ${lessWords}`,
		...(quoted === '' ? {} : {quoted: oneLine(quoted)}),
	});

/** The API server signs nobody in at what is behind it. */
export const onlyRead = ({source}: Pick<Server, 'source'>) =>
	new MkcoaError({
		kind: 'usage',
		code: 'read-only-road',
		what: `${source} is not changed`,
		why: 'through the API server it is only read',
		next: 'Name it with its url, and how to sign in, in monitoring.yaml (see docs/monitoring-servers.md)',
	});

/** The time that the person gave was over while it was waited for. */
export const outOfTime = ({source}: Server, cause: unknown) =>
	new MkcoaError(
		{
			kind: 'environment',
			code: 'timed-out',
			what: `${source} did not answer in time`,
			why: 'the time given with --timeout is over',
			next: `Give it more time, or ask ${lessWords}`,
		},
		{cause},
	);

/** Codes of a certificate that is signed by nobody whom this machine trusts. */
const untrusted = /^(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_\w+)$/;

/** Why the network failed, and what helps. */
export function reasonOf(error: unknown): Reason {
	if (!(error instanceof Error)) return {why: 'the connection failed'};
	const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
	if (/TIMEOUT/.test(code)) return {why: 'no answer in time'};
	// Node's word for an answer that ends before it is whole.
	if (error.message === 'aborted') return {why: 'it broke off in the middle of its answer'};
	const why = error.message || code || 'the connection failed';
	return untrusted.test(code)
		? {why, next: 'Name the file of its certificate authority in NODE_EXTRA_CA_CERTS, or put the authority among those of the system'}
		: {why};
}
