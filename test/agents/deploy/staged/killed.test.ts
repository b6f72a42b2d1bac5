import {expect, test} from 'vitest';
import type {DeployPorts} from '../../../../src/agents/deploy/ports.ts';
import {numberAt} from '../../../../src/core/kube/json-at.ts';
import {type AnyOutcome, exitCodeOf} from '../../../../src/core/outcome.ts';
import {applyPlan, runTool} from '../../../../src/core/road/run-tool.ts';
import type {AnyTool} from '../../../../src/core/tool.ts';
import {hastyClock} from '../../../support/change-run.ts';
import {memoryRoad} from '../../../support/memory-road.ts';
import {type Fate, obedientCluster} from '../../../support/obedient-cluster.ts';
import {controlTool, rolloutTool, webWorld} from '../../../support/staged-world.ts';

/** As the first run sends them, upkeep included; the first test counts. */
const writes = 22;

function world() {
	const fake = obedientCluster(webWorld());
	const ports = {cluster: fake.cluster, metrics: async () => ({why: 'there is none'})} as DeployPorts;
	const clock = hastyClock();
	/** A process of its own, with a journal of its own. */
	const process = (holder: string) => {
		const made = memoryRoad(ports, fake.effector, {clock, holder, target: fake.cluster.target});
		return {
			...made,
			run: (tool: AnyTool<DeployPorts>): Promise<AnyOutcome> => runTool(tool, {}, {...made.road, journal: fake.mortal(made.road.journal)}),
		};
	};
	/** A minute in which nobody renews anything. */
	const minute = () => new Promise<void>(resolve => void clock.schedule(60_000, resolve));
	return {fake, process, minute};
}

type World = ReturnType<typeof world>;

const own = ({fake}: World) => ['Lease', 'ConfigMap', 'Secret'].flatMap(kind => fake.object(kind, 'mkcoa-rollout-web')?.kind ?? []);
const standing = ({fake}: World) => {
	const web = fake.object('Deployment', 'web');
	return {
		replicas: numberAt(web, 'spec', 'replicas'),
		image: JSON.stringify(web).match(/shop\/web:([\w.]+)/)?.[1],
		canary: fake.object('Deployment', 'web-canary') !== undefined,
	};
};
const promoted = {replicas: 4, image: '2', canary: false};
const before = {replicas: 4, image: '1.4.2', canary: false};

async function killedAt(index: number, fate: Fate) {
	const here = world();
	here.fake.fateOf = sent => (sent === index ? fate : 'done');
	const first = here.process('alice@here/1');
	await first.run(rolloutTool());
	here.fake.fateOf = () => 'done';
	here.fake.revive();
	await here.minute();
	return {...here, first};
}

test('the first run sends as many writes as the table has rows', async () => {
	const here = world();
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
	expect(standing(here)).toEqual(promoted);
	expect(own(here)).toEqual([]);
});

test.each(deaths)('write %i, %s: abort from another machine brings everything back', async (index, fate) => {
	const here = await killedAt(index, fate);
	const outcome = await here.process('bob@here/2').run(controlTool('abort'));
	expect(nothingThere(outcome) || outcome.kind === 'done', JSON.stringify(outcome)).toBe(true);
	const isOver = (nothingThere(outcome) || removed(outcome)) && index > 5;
	expect(standing(here)).toEqual(isOver ? promoted : before);
	expect(own(here)).toEqual([]);
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
	expect(standing(here)).toEqual(promoted);
	expect(own(here)).toEqual([]);
});
