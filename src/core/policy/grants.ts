import * as z from 'zod';
import {MkcoaError} from '../error.ts';
import type {Risk} from '../plan.ts';
import {fitsGlob} from './glob.ts';
import {isProduction, type PolicyQuestion, type Touched} from './policy-question.ts';

/** Asks a person every time, whatever was granted or ruled. */
export const alwaysAsks: ReadonlySet<string> = new Set(['pod_exec']);

const pattern = z.string().min(1).max(253);
const time = z.iso.datetime();

/** A permission to pass unasked: for these calls, until then, given by somebody, and to be ended at any time. */
export const grantSchema = z.strictObject({
	id: z.string().min(1),
	tool: pattern,
	/** Glob patterns; what is left out does not matter. */
	kind: pattern.optional(),
	namespace: pattern.optional(),
	context: pattern.optional(),
	/** Plans of a higher risk are still asked about. */
	maxRisk: z.enum(['low', 'medium']),
	by: z.string().min(1),
	at: time,
	until: time,
	revoked: z.strictObject({by: z.string().min(1), at: time}).optional(),
});

export type Grant = z.output<typeof grantSchema>;

const dayMs = 86_400_000;
const longestMs = 30 * dayMs;

/**
 * A grant from now on.
 * @throws MkcoaError `not-grantable` for tools that always ask, `bad-duration` unless it lasts between one second and 30 days
 */
export function makeGrant(
	scope: Pick<Grant, 'id' | 'tool' | 'kind' | 'namespace' | 'context' | 'maxRisk' | 'by'>,
	lastsMs: number,
	nowMs: number,
): Grant {
	if (alwaysAsks.has(scope.tool)) {
		throw new MkcoaError({
			kind: 'usage',
			code: 'not-grantable',
			what: `${scope.tool} cannot be granted`,
			why: 'it asks every time',
			next: 'Answer it at a terminal, or with mkcoa approve',
		});
	}
	if (!(lastsMs >= 1_000 && lastsMs <= longestMs)) {
		throw new MkcoaError({
			kind: 'usage',
			code: 'bad-duration',
			what: 'The grant was not given',
			why: 'it must last between one second and 30 days',
			next: 'Give a duration such as --for 1h',
		});
	}
	return {...scope, at: new Date(nowMs).toISOString(), until: new Date(nowMs + lastsMs).toISOString()};
}

/** The grant as it is after somebody ended it. The first end counts. */
export const revokeGrant = (grant: Grant, by: string, nowMs: number): Grant =>
	grant.revoked === undefined ? {...grant, revoked: {by, at: new Date(nowMs).toISOString()}} : grant;

/** Whether a grant holds at this moment: begun, not over, not ended. */
export const isInForce = ({at, until, revoked}: Grant, nowMs: number): boolean =>
	revoked === undefined && Date.parse(at) <= nowMs && nowMs < Date.parse(until);

const fits = (wanted: string | undefined, word: string | undefined) =>
	wanted === undefined || (word !== undefined && fitsGlob(wanted, word));

/** A grant counts in production only when it says which one. */
const namesContext = ({context}: Grant) => context !== undefined && !/[*?]/.test(context);

/** The grant in force that covers one touched object of a call, if any. The risk is judged apart. */
export const grantFor = (grants: readonly Grant[], question: PolicyQuestion, {kind, namespace}: Touched): Grant | undefined =>
	grants.find(
		grant =>
			isInForce(grant, question.nowMs) &&
			fits(grant.tool, question.tool) &&
			fits(grant.context, question.context) &&
			fits(grant.kind, kind) &&
			fits(grant.namespace, namespace) &&
			(!isProduction(question) || namesContext(grant)),
	);

const rank: {readonly [level in Risk['level']]: number} = {low: 0, medium: 1, high: 2};

/** Whether a risk is above what was allowed. */
export const exceeds = (level: Risk['level'], most: Risk['level']): boolean => rank[level] > rank[most];
