import {describe, expect, test} from 'vitest';
import {leaseEndMs, readLease} from '../../../../src/agents/deploy/staged/lease/lease.ts';
import type {JudgeStage} from '../../../../src/agents/deploy/staged/wait-for.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import {promoted, rolloutProcesses} from '../../../support/rollout-processes.ts';
import {rolloutTool} from '../../../support/staged-world.ts';

type Here = ReturnType<typeof rolloutProcesses>;

const lease = (here: Here) => here.fake.object('Lease', 'mkcoa-rollout-web') as KubeObject;
const wait = (here: Here, ms: number) => new Promise<void>(resolve => void here.clock.schedule(ms, resolve));

describe('a stage that waits for something without a look', () => {
	test('keeps its Lease however long that lasts', async () => {
		const here = rolloutProcesses();
		const left: number[] = [];
		const judge: JudgeStage = async () => {
			for (let minute = 0; minute < 5; minute++) {
				await wait(here, 60_000);
				left.push(leaseEndMs(readLease(lease(here))) - here.clock.now());
			}
			return {verdict: 'pass', reason: 'as the test says'};
		};
		expect(await here.process('alice@here/1').run(rolloutTool(judge))).toMatchObject({kind: 'done', output: {ended: 'forward'}});
		expect(Math.min(...left)).toBeGreaterThanOrEqual(20_000);
		expect(here.standing()).toEqual(promoted);
	});

	test('ends when somebody takes the Lease, and nothing is written any more', async () => {
		const here = rolloutProcesses();
		let sent = 0;
		const judge: JudgeStage = async () => {
			const {spec, ...rest} = lease(here);
			here.fake.put({...rest, spec: {...(spec as object), holderIdentity: 'bob@there/2'}} as KubeObject);
			sent = here.fake.sent.length;
			return new Promise(() => {});
		};
		expect(await here.process('alice@here/1').run(rolloutTool(judge))).toMatchObject({kind: 'failed'});
		await here.minute();
		expect(here.fake.sent).toHaveLength(sent);
	});
});
