import {describe, expect, test} from 'vitest';
import {rolloutState} from '../../../../../src/agents/deploy/staged/record/rollout-state.ts';
import {applyPlan, runTool} from '../../../../../src/core/road/run-tool.ts';
import {undo} from '../../../../../src/mcp/kubernetes/tools/undo.ts';
import {readerOf} from '../../../../support/change-run.ts';
import {before, rolloutProcesses} from '../../../../support/rollout-processes.ts';
import {controlTool, rolloutTool} from '../../../../support/staged-world.ts';

/** A rollout whose holder died before its stage was judged, and whose guardian gave the traffic back since. */
async function guarded() {
	const here = rolloutProcesses();
	here.fake.fateOf = sent => (sent === 9 ? 'killed after' : 'done');
	const first = here.process('alice@here/1');
	await first.run(rolloutTool());
	here.fake.fateOf = () => 'done';
	here.fake.revive();
	await here.minute();
	const record = here.fake.object('ConfigMap', 'mkcoa-rollout-web');
	if (record === undefined) throw new Error('there is no record');
	here.fake.put({...record, data: {...Object(record.data), guardian: '2026-01-01T00:03:00.000Z'}});
	return {...here, first};
}

const refused = {
	kind: 'failed',
	error: {code: 'guardian-acted', next: 'Take it back, then begin anew: mkcoa deploy abort web -n shop'},
};

describe('a rollout whose guardian gave the traffic back', () => {
	test.each(['resume', 'promote'] as const)('does not go on by %s: what would be judged gets no requests', async verb => {
		const here = await guarded();
		const sent = here.fake.sent.length;
		expect(await here.process('bob@there/2').run(controlTool(verb))).toMatchObject(refused);
		expect(here.fake.sent).toHaveLength(sent);
	});

	test('nor does it by the journal of the one who began it', async () => {
		const here = await guarded();
		const {trail, road} = here.first;
		const [entry] = trail.entries;
		if (entry === undefined) throw new Error('nothing was journaled');
		const earlier = {plan: entry.plan, digest: entry.digest, sealed: here.fake.sealed};
		const resume = {journal: entry.id, effects: trail.effects.get(entry.id) ?? []};
		const outcome = await applyPlan(rolloutTool(), {...earlier, resume}, {...road, holder: 'alice@here/9'});
		expect(outcome).toMatchObject(refused);
	});

	test('is taken back', async () => {
		const here = await guarded();
		expect(await here.process('bob@there/2').run(controlTool('abort'))).toMatchObject({kind: 'done', output: {result: 'taken-back'}});
		expect([here.standing(), here.own()]).toEqual([before, []]);
	});

	test('may be taken back by the journal as well, which finds what the guardian put back and leaves nothing', async () => {
		const here = await guarded();
		const web = here.fake.object('Deployment', 'web');
		if (web === undefined) throw new Error('there is no web');
		here.fake.put({...web, spec: {...Object(web.spec), replicas: 4}});
		const {trail, road} = here.first;
		const ports = {...here.ports, journal: readerOf(trail)};
		const planned = await runTool(undo, {}, {...road, ports, mode: 'plan'});
		const plan = planned.kind === 'planned' ? planned.plan : undefined;
		expect(plan?.steps.map(({title}) => title)).toEqual([
			'Delete Deployment shop/web-canary',
			'Delete ConfigMap shop/mkcoa-rollout-web',
			'Delete Secret shop/mkcoa-rollout-web',
			'Delete Lease shop/mkcoa-rollout-web',
		]);
		expect(plan?.consequences.map(({text}) => text)).toEqual(['Its pods are deleted with it']);
		expect(await runTool(undo, {}, {...road, ports})).toMatchObject({kind: 'done'});
		expect([here.standing(), here.own()]).toEqual([before, []]);
	});

	test('says so in its status, with the one way on', async () => {
		const {fake, clock} = await guarded();
		const watcher = {clock, holderDied: () => false};
		expect(await rolloutState(fake.cluster, {namespace: 'shop', name: 'web'}, watcher)).toMatchObject({
			stands: 'the guardian gave the traffic back to the stable version',
			next: ['Take it back: mkcoa deploy abort web -n shop'],
		});
	});
});
