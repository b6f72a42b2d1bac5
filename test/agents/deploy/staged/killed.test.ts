import {expect, test} from 'vitest';
import {textAt} from '../../../../src/core/kube/json-at.ts';
import {type AnyOutcome, exitCodeOf} from '../../../../src/core/outcome.ts';
import {applyPlan} from '../../../../src/core/road/run-tool.ts';
import type {Fate} from '../../../support/obedient-cluster.ts';
import {before, promoted, rolloutProcesses} from '../../../support/rollout-processes.ts';
import {controlTool, rolloutTool} from '../../../support/staged-world.ts';

/** As the first run sends them, upkeep included; the first test counts. */
const writes = 22;

async function killedAt(index: number, fate: Fate) {
	const here = rolloutProcesses();
	here.fake.fateOf = sent => (sent === index ? fate : 'done');
	const first = here.process('alice@here/1');
	await first.run(rolloutTool());
	here.fake.fateOf = () => 'done';
	here.fake.revive();
	await here.minute();
	return {...here, first};
}

test('the first run sends as many writes as the table has rows', async () => {
	const here = rolloutProcesses();
	await here.process('alice@here/1').run(rolloutTool());
	expect(here.fake.sent.length).toBe(writes);
});

const deaths = Array.from({length: writes}, (_, index) =>
	(['killed before', 'killed after'] as const).map(fate => [index, fate] as const),
).flat();

/** Where nothing is left half way there is nothing to control, and the rollout may be begun anew. */
const nothingThere = (outcome: AnyOutcome) => outcome.kind === 'failed' && outcome.error.code === 'no-rollout';
const removed = (outcome: AnyOutcome) => outcome.kind === 'done' && JSON.stringify(outcome.output).includes('removed');

test.each(deaths)('write %i, %s: resume from another machine reaches the promoted end', async (index, fate) => {
	const here = await killedAt(index, fate);
	const outcome = await here.process('bob@here/2').run(controlTool('resume'));
	expect(nothingThere(outcome) || outcome.kind === 'done', JSON.stringify(outcome)).toBe(true);
	// Before the record there was no rollout yet: it is begun anew, over what is left.
	if (nothingThere(outcome) || (removed(outcome) && index < 5)) await here.process('bob@here/3').run(rolloutTool());
	expect(here.standing()).toEqual(promoted);
	expect(here.own()).toEqual([]);
});

test.each(deaths)('write %i, %s: abort from another machine brings everything back', async (index, fate) => {
	const here = await killedAt(index, fate);
	const outcome = await here.process('bob@here/2').run(controlTool('abort'));
	expect(nothingThere(outcome) || outcome.kind === 'done', JSON.stringify(outcome)).toBe(true);
	const isOver = (nothingThere(outcome) || removed(outcome)) && index > 5;
	expect(here.standing()).toEqual(isOver ? promoted : before);
	expect(here.own()).toEqual([]);
});

test.each(deaths)('write %i, %s: mkcoa resume on the same machine reaches the promoted end', async (index, fate) => {
	const here = await killedAt(index, fate);
	const {trail, road} = here.first;
	const [entry] = trail.entries;
	if (entry === undefined) throw new Error('nothing was journaled');
	const earlier = {plan: entry.plan, digest: entry.digest, sealed: here.fake.sealed};
	const resume = {journal: entry.id, effects: trail.effects.get(entry.id) ?? []};
	const outcome = await applyPlan(rolloutTool(), {...earlier, resume}, {...road, holder: 'alice@here/9'});
	expect(exitCodeOf(outcome), JSON.stringify(outcome)).toBe(0);
	expect(here.standing()).toEqual(promoted);
	expect(here.own()).toEqual([]);
});

const backDeaths = Array.from({length: 8}, (_, index) =>
	(['killed before', 'killed after'] as const).map(fate => [index, fate] as const),
).flat();

/** A rollout that died half way, and whose abort died too: at its own write of that number. */
async function abortKilledAt(index: number, fate: Fate) {
	const here = await killedAt(14, 'killed after');
	const from = here.fake.sent.length;
	here.fake.fateOf = sent => (sent === from + index ? fate : 'done');
	await here.process('bob@here/2').run(controlTool('abort'));
	here.fake.fateOf = () => 'done';
	here.fake.revive();
	await here.minute();
	return here;
}

test.each(backDeaths)('write %i of a way back, %s: a second abort finishes it', async (index, fate) => {
	const here = await abortKilledAt(index, fate);
	const outcome = await here.process('carol@here/3').run(controlTool('abort'));
	expect(nothingThere(outcome) || outcome.kind === 'done', JSON.stringify(outcome)).toBe(true);
	expect(here.standing()).toEqual(before);
	expect(here.own()).toEqual([]);
});

test.each(backDeaths.filter(([, fate]) => fate === 'killed after'))(
	'write %i of a way back, %s: a resume finishes it, and is no success for whoever waits for the new version',
	async (index, fate) => {
		const here = await abortKilledAt(index, fate);
		const record = here.fake.object('ConfigMap', 'mkcoa-rollout-web');
		const isBack = textAt(record, 'data', 'phase') === 'back';
		const outcome = await here.process('carol@here/3').run(controlTool('resume'));
		if (isBack) expect(JSON.stringify(outcome)).toMatch(/was taken back.*Nothing of it is left/);
		expect(exitCodeOf(outcome)).toBe(isBack || nothingThere(outcome) ? 1 : 0);
		expect(here.standing()).toEqual(isBack || record === undefined ? before : promoted);
		expect(here.own()).toEqual([]);
	},
);

test('mkcoa resume of a rollout that was taken back leaves alone what somebody else began since', async () => {
	const here = await killedAt(9, 'killed after');
	const {trail, road} = here.first;
	expect(await here.process('bob@here/2').run(controlTool('abort'))).toMatchObject({kind: 'done'});
	const from = here.fake.sent.length;
	here.fake.fateOf = sent => (sent === from + 9 ? 'killed after' : 'done');
	await here.process('bob@here/3').run(rolloutTool());
	here.fake.fateOf = () => 'done';
	here.fake.revive();
	await here.minute();
	const standing = here.standing();
	const [entry] = trail.entries;
	if (entry === undefined) throw new Error('nothing was journaled');
	const resume = {journal: entry.id, effects: trail.effects.get(entry.id) ?? []};
	const outcome = await applyPlan(
		rolloutTool(),
		{plan: entry.plan, digest: entry.digest, sealed: here.fake.sealed, resume},
		{...road, holder: 'alice@here/9'},
	);
	expect(outcome).toMatchObject({
		kind: 'failed',
		error: {code: 'another-rollout', why: expect.stringMatching(/began that one at 20.*nothing of it was touched$/)},
	});
	expect(here.standing()).toEqual(standing);
	expect(here.fake.sent.slice(from + 10).filter(({ref}) => ref.kind !== 'Lease')).toEqual([]);
	// Whoever began it, or anybody else, goes on with it at once.
	expect(await here.process('bob@here/4').run(controlTool('resume'))).toMatchObject({kind: 'done', output: {result: 'promoted'}});
});
