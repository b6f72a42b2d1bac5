import {expect, test} from 'vitest';
import {onePlane} from '../one-plane.ts';
import {settled} from './ends.ts';
import {type Played, stageOf} from './stage.ts';
import {byPods} from './story.ts';
import {withNewImage} from './told.ts';

const real = onePlane();

/** Writes that bring the workload from one version to the other; what stands for the rollout itself is not counted. */
const deeds = (...runs: readonly Played[]) =>
	runs
		.flatMap(({writes}) => writes)
		.filter(text => /deployments/.test(text))
		.toSorted();

const pass = () => 'pass' as const;

test('of two who begin at once one carries it out, and each step is done once', {timeout: 120_000}, async () => {
	const alone = await stageOf(real, byPods, 'alone');
	const one = await alone.played();
	const stage = await stageOf(real, byPods, 'both');
	const both = await Promise.all(['alice', 'bob'].map(who => stage.through(who, byPods.words, pass)));
	expect(both.map(({code}) => code).toSorted()).toEqual([0, expect.toBeOneOf([1, 9])]);
	expect(both.find(({code}) => code !== 0)?.said).toMatch(
		/has been carrying out a rollout of web|moved since the plan|is in the middle of a rollout/,
	);
	expect(deeds(...both)).toEqual(deeds(one));
	await settled(stage, await alone.held());
});

test('of two who take over at once one goes on, and each step is done once', {timeout: 120_000}, async () => {
	const stage = await stageOf(real, byPods, 'heirs');
	const before = await stage.held();
	const first = await stage.played({text: 'record: Take web from 2 to 1 pod', nth: 1});
	expect(first.code).toBeNull();
	await stage.leaseRunsOut();
	const heirs = await Promise.all(['carol', 'dave'].map(who => stage.through(who, ['deploy', 'resume', 'web'], pass)));
	const codes = heirs.map(({code}) => code);
	expect([codes.includes(0), heirs.map(({said}) => said)]).toEqual([true, expect.any(Array)]);
	await settled(stage, withNewImage(before));
	// The one who goes on sets again what the step under way had set; the other one sets nothing.
	expect(heirs.map(heir => deeds(heir)).toSorted((a, b) => a.length - b.length)).toEqual([
		[],
		['DELETE deployments/web-canary', 'PATCH deployments/web', 'PATCH deployments/web'],
	]);
});

test('whoever comes while somebody is at it hears who, since when and what to do, and asks for an end', {timeout: 120_000}, async () => {
	const story = {...byPods, words: [...byPods.words.slice(0, -1), '10m']};
	const stage = await stageOf(real, story, 'visited');
	const before = await stage.held();
	const holder = stage.played();
	const record = '/api/v1/namespaces/visited/configmaps/mkcoa-rollout-web';
	await real.eventually(record, object => /Judge/.test(JSON.stringify(object)));
	const second = await stage.through('bob', byPods.words, pass);
	expect([second.code, second.said]).toEqual([
		1,
		expect.stringMatching(/has been carrying out a rollout of web for \d+s: .*mkcoa deploy abort web/s),
	]);
	const asked = await stage.through('bob', ['deploy', 'abort', 'web'], pass);
	expect([asked.code, asked.said]).toEqual([0, expect.any(String)]);
	expect((await holder).said).toMatch(/asked for it/);
	await settled(stage, before);
});
