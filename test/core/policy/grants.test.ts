import {expect, test} from 'vitest';
import {MkcoaError} from '../../../src/core/error.ts';
import {grantSchema, isInForce, makeGrant, revokeGrant} from '../../../src/core/policy/grants.ts';

const now = Date.parse('2026-11-25T12:00:00Z');
const scope = {id: 'g1', tool: 'workload_scale', context: 'staging', namespace: 'shop', maxRisk: 'low', by: 'ana'} as const;
const hour = 3_600_000;

test('a grant says who gave what, when and until when', () => {
	const grant = makeGrant(scope, hour, now);
	expect(grant).toEqual({...scope, at: '2026-11-25T12:00:00.000Z', until: '2026-11-25T13:00:00.000Z'});
	expect(grantSchema.parse(grant)).toEqual(grant);
});

test.each([
	['at its begin', now, true],
	['before its end', now + hour - 1, true],
	['at its end', now + hour, false],
	['before its begin', now - 1, false],
] as const)('%s it is in force: %s', (_, at, expected) => {
	expect(isInForce(makeGrant(scope, hour, now), at)).toBe(expected);
});

test('a revoked grant is over, and the first end counts', () => {
	const ended = revokeGrant(makeGrant(scope, hour, now), 'bo', now + 1);
	expect(isInForce(ended, now + 2)).toBe(false);
	expect(revokeGrant(ended, 'cy', now + 5).revoked).toEqual({by: 'bo', at: '2026-11-25T12:00:00.001Z'});
});

const codeOf = (run: () => unknown) => {
	try {
		return run();
	} catch (error) {
		return error instanceof MkcoaError ? error.trouble.code : error;
	}
};

test.each([
	['a tool that always asks', {...scope, tool: 'pod_exec'}, hour, 'not-grantable'],
	['no time', scope, 0, 'bad-duration'],
	['more than 30 days', scope, 31 * 24 * hour, 'bad-duration'],
	['a duration that is no number', scope, Number.NaN, 'bad-duration'],
] as const)('refuses %s', (_, given, lastsMs, code) => {
	expect(codeOf(() => makeGrant(given, lastsMs, now))).toBe(code);
});
