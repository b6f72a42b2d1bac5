import {expect, test} from 'vitest';
import type {ThreatNews} from '../../../src/agents/security/watch/threat-news.ts';
import {threatText} from '../../../src/agents/security/watch/threat-news.ts';
import {watchThreats} from '../../../src/agents/security/watch/watch-threats.ts';
import type {AuditException} from '../../../src/analysis/audit-log/audit-exceptions.ts';
import {usualSettings} from '../../../src/analysis/audit-log/rule.ts';
import type {AuditItem} from '../../../src/mcp/security/audit-log/port.ts';
import {auditEvent, morningMs, type Told} from '../../support/audit-events.ts';

const minute = 60_000;
const exec = (more: Told = {}): AuditItem => ({event: auditEvent({verb: 'create', on: 'pods/exec shop/web', code: 101, ...more})});

async function watched(
	items: readonly AuditItem[],
	more: {readonly exceptions?: readonly AuditException[]; readonly sinceMs?: number} = {},
) {
	const told: ThreatNews[] = [];
	const malformed: string[] = [];
	const sum = await watchThreats({
		log: {
			async *follow() {
				yield* items;
			},
		},
		...{settings: usualSettings, exceptions: [], least: 'medium', ...more},
		clock: {now: () => morningMs, schedule: () => () => {}},
		signal: new AbortController().signal,
		tell: news => told.push(news),
		onMalformed: line => malformed.push(line),
	});
	return {told, malformed, sum};
}

test('the same is told once in ten minutes, with how often it came; graver things at once', async () => {
	const {told, sum} = await watched([
		exec(),
		exec({atMs: minute}),
		exec({atMs: 2 * minute, by: 'bob'}),
		exec({atMs: 11 * minute}),
		{event: auditEvent({verb: 'create', on: 'pods/portforward shop/web', code: 101})},
	]);
	expect(told.map(({actor, repeated}) => [actor, repeated])).toEqual([
		['ada', 0],
		['bob', 0],
		['ada', 1],
	]);
	expect(sum).toMatchObject({events: 5, told: 3, repeated: 1, belowLeast: 1, excepted: 0});
	expect(threatText(told[2] as ThreatNews)).toBe(
		'medium ada from 10.0.0.7: Ran a command in a pod, or attached to it (exec-in-pod): create pods/exec shop/web: exec (1 time more since it was told)',
	);
});

test('an exception is silent and counted; one that ended is not', async () => {
	const exception = {detection: 'exec-in-pod', actor: 'ada', target: 'pods/exec shop/*', owner: 'ops', reason: 'debugging'};
	const {told, sum} = await watched([exec()], {exceptions: [{...exception, expires: '2026-03-02'}]});
	expect([told, sum.excepted]).toEqual([[], 1]);
	expect((await watched([exec()], {exceptions: [{...exception, expires: '2026-03-01'}]})).told).toHaveLength(1);
});

test('what came before the time is known and not told, and lines that are no events are told once', async () => {
	const {told, malformed, sum} = await watched([{malformed: '{"a'}, exec(), {malformed: '{"b'}, exec({atMs: 5000, by: 'bob'})], {
		sinceMs: morningMs + 1000,
	});
	expect(told.map(({actor}) => actor)).toEqual(['bob']);
	expect([malformed, sum.malformed]).toEqual([['{"a'], 2]);
});
