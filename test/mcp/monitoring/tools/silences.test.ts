import {expect, test} from 'vitest';
import type {AnyOutcome} from '../../../../src/core/outcome.ts';
import {planLines} from '../../../../src/core/text/plan-lines.ts';
import {lineText} from '../../../../src/core/text/styled.ts';
import {silenceCreate} from '../../../../src/mcp/monitoring/tools/silence-create.ts';
import {silenceExpire} from '../../../../src/mcp/monitoring/tools/silence-expire.ts';
import {silencesList} from '../../../../src/mcp/monitoring/tools/silences-list.ts';
import {firing, silenceId} from '../../../support/alertmanager-script.ts';
import {serverWorld} from '../../../support/server-world.ts';

const alerts = [
	firing({alertname: 'Slow', severity: 'warning', namespace: 'shop'}),
	firing({alertname: 'Down', severity: 'critical', namespace: 'shop'}),
	firing({alertname: 'Full', severity: 'warning', namespace: 'bank'}),
];
const wish = {matchers: ['alertname=~"Slow|Down"', 'namespace=shop'], comment: 'new disks', duration: '3h'};

function planText(outcome: AnyOutcome): string {
	if (!('plan' in outcome) || outcome.plan === undefined) throw new Error(JSON.stringify(outcome));
	return planLines(outcome.plan, `sha256:${'0'.repeat(64)}`, 80)
		.map(lineText)
		.join('\n');
}

test('the plan of a silence tells which alerts it silences, and nothing is sent', async () => {
	const {run, asked} = await serverWorld({alerts});
	const planned = await run(silenceCreate, wish, {mode: 'plan'});
	expect(planText(planned)).toMatchInlineSnapshot(`
		"Silence alerts with alertname=~"Slow|Down" and namespace="shop" for 3h

		Target  test, whole cluster
		As      tester
		Risk    ! medium
		Undo    ✓ mkcoa undo ends the silence
		Plan    000000000000

		Consequences
		  ! Down is of a severity that wakes somebody
		  - Silences 2 alerts that fire now: Slow and Down

		Changes to 1 resource
		  create Silence slow-down-c5639cf4
		    ! worked out by mkcoa, not by the server: Alertmanager computes no change
		      beforehand
		    spec.matchers
		      + - alertname=~"Slow|Down"
		      + - namespace="shop"
		    + spec.lasts: 3h
		    + spec.createdBy: tester (mkcoa)
		    + spec.comment: new disks
		    + metadata.annotations["mkcoa.dev/server"]: test

		Steps
		  1. Make the silence in test

		Verified by
		  - Alertmanager, asked again, has the silence"
	`);
	expect(await run(silenceCreate, wish, {mode: 'plan'})).toMatchObject({digest: planned.kind === 'planned' ? planned.digest : ''});
	expect(asked().filter(line => !line.startsWith('GET'))).toEqual([]);
});

test('a silence is made, shown, and ended by undo', async () => {
	const {run, shown, undo, manager} = await serverWorld({alerts});
	const outcome = await run(silenceCreate, wish);
	expect(outcome).toMatchObject({kind: 'done', output: {id: silenceId(1), endsAt: '2026-01-01T03:00:00.000Z'}});
	expect(manager.silences.get(silenceId(1))).toMatchObject({
		matchers: [
			{name: 'alertname', value: 'Slow|Down', isRegex: true, isEqual: true},
			{name: 'namespace', value: 'shop', isRegex: false, isEqual: true},
		],
	});
	expect(await shown(silencesList, {}, {width: 200})).toMatchInlineSnapshot(`
		"1 silence in test, by test
		ID                                     STATE    ENDS    MATCHES                                    BY               WHY
		00000000-0000-4000-8000-000000000001   active   in 3h   alertname=~"Slow|Down", namespace="shop"   tester (mkcoa)   new disks"
	`);
	expect(await shown(silencesList, {}, {width: 40})).toMatchInlineSnapshot(`
		"1 silence in test, by test
		ID
		  STATE  ENDS  MATCHES  BY  WHY
		00000000-0000-4000-8000-000000000001
		  active  in 3h  alertname=~"Slow|Down",
		  namespace="shop"  tester (mkcoa)  new
		  disks"
	`);
	expect(await undo('j1')).toMatchObject({kind: 'done'});
	expect(await shown(silencesList, {})).toMatchInlineSnapshot(`"No silence in test, by test"`);
	expect(await shown(silencesList, {expired: true}, {terminal: false})).toMatchInlineSnapshot(`
		"ID	STATE	ENDS	MATCHES	BY	WHY
		00000000-0000-4000-8000-000000000001	expired	2026-01-01T03:00:00.000Z	alertname=~"Slow|Down", namespace="shop"	tester (mkcoa)	new disks"
	`);
});

test('a silence that says the same is not made twice', async () => {
	const {run} = await serverWorld({alerts});
	await run(silenceCreate, wish);
	expect(await run(silenceCreate, {...wish, matchers: wish.matchers.toReversed()})).toMatchObject({
		kind: 'nothing-to-do',
		plan: {consequences: [{id: 'already-silenced', text: expect.stringContaining(silenceId(1))}]},
	});
	expect(await run(silenceCreate, {...wish, comment: 'more disks'})).toMatchObject({kind: 'done'});
});

test('the plan of an end tells what will be heard again, and undo makes it again', async () => {
	const silenced = firing(
		{alertname: 'Slow', severity: 'warning'},
		{status: {state: 'suppressed', silencedBy: [silenceId(1)], inhibitedBy: []}},
	);
	const {run, undo, manager} = await serverWorld({alerts: [silenced]});
	await run(silenceCreate, wish);
	expect(planText(await run(silenceExpire, {id: silenceId(1)}, {mode: 'plan'}))).toMatchInlineSnapshot(`
		"End the silence of alerts with alertname=~"Slow|Down" and namespace="shop"

		Target  test, whole cluster
		As      tester
		Risk    ! medium
		Undo    ✓ mkcoa undo makes it again, under a new id, until when it would have
		          ended
		Plan    000000000000

		Consequences
		  ! 1 alert will be told of again at once: Slow
		  - tester (mkcoa) made it, saying: new disks

		Changes to 1 resource
		  delete Silence 00000000-0000-4000-8000-000000000001
		    ! worked out by mkcoa, not by the server: Alertmanager computes no change
		      beforehand
		    spec.matchers
		      - - alertname=~"Slow|Down"
		      - - namespace="shop"
		    - spec.startsAt: 2026-01-01T00:00:00.000Z
		    - spec.endsAt: 2026-01-01T03:00:00.000Z
		    - spec.createdBy: tester (mkcoa)
		    - spec.comment: new disks
		    - metadata.annotations["mkcoa.dev/server"]: test

		Steps
		  1. End the silence in test

		Verified by
		  - Alertmanager, asked again, tells that it is over"
	`);
	expect(await run(silenceExpire, {id: silenceId(1)})).toMatchObject({kind: 'done'});
	expect(await run(silenceExpire, {id: silenceId(1)})).toMatchObject({kind: 'failed', error: {code: 'silence-over'}});
	// The first journal entry is the silence, the second a plan that nobody applied, the third its end.
	expect(await undo('j3')).toMatchObject({kind: 'done'});
	expect(manager.silences.get(silenceId(2))).toMatchObject({status: {state: 'active'}, endsAt: '2026-01-01T03:00:00.000Z'});
});

test('one that would have ended meanwhile is not made again', async () => {
	const {run, undo, clock} = await serverWorld({alerts});
	await run(silenceCreate, wish);
	await run(silenceExpire, {id: silenceId(1)});
	clock.advance(4 * 3_600_000);
	expect(await undo('j2')).toMatchObject({kind: 'failed', error: {code: 'silence-over'}});
});

test('nothing is made where somebody makes the same while the plan is read', async () => {
	const {run, manager} = await serverWorld({alerts});
	const meanwhile = {
		confirm: async () => {
			await run(silenceCreate, wish);
			return {kind: 'approve'} as const;
		},
	};
	expect(await run(silenceCreate, wish, meanwhile)).toMatchObject({
		kind: 'drifted',
		moved: [expect.stringMatching(/^Silence slow-down-[0-9a-f]{8} was created by somebody else/)],
	});
	expect(manager.silences.size).toBe(1);
});

test('one that somebody changed while the plan was read is left alone', async () => {
	const {run, manager} = await serverWorld({alerts});
	await run(silenceCreate, wish);
	const theirs = {
		confirm: async () => {
			const kept = manager.silences.get(silenceId(1));
			if (kept !== undefined) manager.silences.set(kept.id, {...kept, endsAt: '2026-01-02T00:00:00.000Z', updatedAt: manager.stamp()});
			return {kind: 'approve'} as const;
		},
	};
	expect(await run(silenceExpire, {id: silenceId(1)}, theirs)).toMatchObject({
		kind: 'drifted',
		moved: [expect.stringContaining('was changed')],
	});
	expect(manager.silences.get(silenceId(1))?.status.state).toBe('active');
});

test.each([
	['an answer that was lost', 'POST', silenceCreate, wish, 'active'],
	['an end whose answer was lost', 'DELETE', silenceExpire, {id: silenceId(1)}, 'expired'],
])('%s counts as done', async (_, method, tool, input, state) => {
	const {run, lose, manager} = await serverWorld({alerts});
	if (tool !== silenceCreate) await run(silenceCreate, wish);
	lose(method);
	expect(await run(tool as typeof silenceCreate, input as typeof wish)).toMatchObject({kind: 'done'});
	expect([...manager.silences.values()].map(({status}) => status.state)).toEqual([state]);
});

test('without an Alertmanager, and through a road that only reads, it is said before anybody is asked', async () => {
	const none = await serverWorld({monitoring: {alertmanager: async () => ({why: 'monitoring.yaml names none'})}});
	expect(await none.run(silenceCreate, wish)).toMatchObject({
		kind: 'failed',
		error: {code: 'no-alertmanager', why: 'monitoring.yaml names none', next: expect.stringContaining('docs/monitoring-servers.md')},
	});
	const {monitoring} = await serverWorld();
	const found = await monitoring.alertmanager();
	if ('why' in found) throw new Error(found.why);
	const reading = await serverWorld({monitoring: {alertmanager: async () => ({port: {...found.port, readOnly: true}})}});
	expect(await reading.run(silenceCreate, wish)).toMatchObject({kind: 'failed', error: {code: 'read-only-road'}});
});

test.each([
	[['alertname=~".*"'], 'bad-matcher'],
	[['{alertname="x"}'], 'bad-matcher'],
	[[], 'bad-input'],
])('%j is no silence', async (matchers, code) => {
	const {run} = await serverWorld();
	expect(await run(silenceCreate, {...wish, matchers})).toMatchObject({kind: 'failed', error: {code}});
});
