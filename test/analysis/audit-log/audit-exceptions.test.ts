import {expect, test} from 'vitest';
import {auditExceptions, proposeExceptions} from '../../../src/analysis/audit-log/audit-exceptions.ts';
import {makeThreatJudge} from '../../../src/analysis/audit-log/threat-judge.ts';
import {threatBook} from '../../../src/analysis/audit-log/threats.ts';
import {auditEvent, morningMs, type Told} from '../../support/audit-events.ts';

const answered = {owner: 'ops', reason: 'backup', expires: '2026-03-31'};
const hit = {detection: 'exec-in-pod', actor: 'system:serviceaccount:backup:job', target: 'pods/exec shop/db-0'};

test('an exception holds for its detection, actor and target until the end of its last day', () => {
	const rows = [
		{detection: 'exec-*', actor: 'system:serviceaccount:backup:*', target: 'pods/exec shop/*', ...answered},
		{detection: 'token-made', actor: '*', ...answered},
	];
	const book = auditExceptions(rows, Date.parse('2026-03-31T23:59:00Z'));
	expect(book.covering(hit)).toBe(rows[0]);
	expect(book.covering({...hit, target: 'pods/exec bank/db-0'})).toBeUndefined();
	expect(book.covering({...hit, actor: 'ada'})).toBeUndefined();
	expect(book.use().map(({met, isExpired}) => [met, isExpired])).toEqual([
		[1, false],
		[0, false],
	]);
	const ended = auditExceptions(rows, Date.parse('2026-04-01T00:00:00Z'));
	expect(ended.covering(hit)).toBeUndefined();
	expect(ended.use()[0]).toMatchObject({isExpired: true, met: 1});
});

test('what one actor did on several days is proposed, without an owner and with an end; graver things and single days are not', () => {
	const book = threatBook();
	const judge = makeThreatJudge({sequences: []});
	const day = 86_400_000;
	const hear = (told: Told) => judge.hear(auditEvent(told)).forEach(book.add);
	const exec = {verb: 'create', on: 'pods/exec shop/db-0', code: 101};
	for (const days of [0, 1, 2]) hear({...exec, atMs: days * day});
	for (const atMs of [1, 2, 3]) hear({...exec, by: 'bob', atMs});
	for (const days of [0, 1, 2]) hear({...exec, by: 'eve', on: 'pods/exec kube-system/etcd', atMs: days * day});
	expect(proposeExceptions(book.threats(), morningMs + 3 * day)).toEqual([
		{
			...{detection: 'exec-in-pod', actor: 'ada', target: 'pods/exec shop/*', times: 3, severity: 'medium'},
			...{expires: '2026-06-03', reason: 'seen 3 times from 2026-03-02 to 2026-03-04'},
		},
	]);
});

test('threats are gathered by actor, detection and place: the gravest first, with how they ended and what shows them', () => {
	const book = threatBook();
	const judge = makeThreatJudge({sequences: []});
	const exec = (name: string, more: Told): Told => ({verb: 'create', on: `pods/exec shop/${name}`, code: 101, ...more});
	for (const told of [
		...[exec('a', {atMs: 1}), exec('b', {atMs: 2, code: 403}), exec('c', {atMs: 3, from: '10.0.0.8'}), exec('d', {atMs: 4})],
		{by: 'eve', verb: 'delete', on: 'customresourcedefinitions x', atMs: 5},
	])
		judge.hear(auditEvent(told)).forEach(book.add);
	const [first, second] = book.threats();
	expect(first).toMatchObject({detection: 'kind-changed', actor: 'eve', severity: 'high', times: 1});
	expect(second).toMatchObject({
		...{detection: 'exec-in-pod', actor: 'ada', times: 4, outcomes: {done: 3, refused: 1, failed: 0}, sources: ['10.0.0.7', '10.0.0.8']},
		targets: ['pods/exec shop/a', 'pods/exec shop/b', 'pods/exec shop/c', 'pods/exec shop/d'],
	});
	// The attempt is the least grave of the four.
	expect(second?.evidence.map(({target}) => target)).toEqual(['pods/exec shop/a', 'pods/exec shop/c', 'pods/exec shop/d']);
});
