import {beforeAll, describe, expect, test} from 'vitest';
import {addGatewayApi} from '../gateway-api.ts';
import {addIstio} from '../istio.ts';
import {onePlane} from '../one-plane.ts';
import {type Held, type Stage, stageOf} from './stage.ts';
import {byPods, stories} from './story.ts';

const real = onePlane();
beforeAll(async () => {
	await addGatewayApi(real.plane());
	await addIstio(real.plane());
});

/** At once: each mostly waits for its cluster, but starts a process of its own. */
const atOnce = 8;

/** Where the rollout is: of these one story tells all. */
const isNote = (write: string) => write.startsWith('PATCH configmaps/');

async function pooled<Item, Result>(items: readonly Item[], go: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
	const results: Result[] = [];
	let next = 0;
	const worker = async () => {
		for (let index = next++; index < items.length; index = next++) results[index] = await go(items[index] as Item);
	};
	await Promise.all(Array.from({length: atOnce}, worker));
	return results;
}

describe.each(stories)('$name, killed after each of its writes,', story => {
	const slug = story.name.toLowerCase().replaceAll(/\W+/g, '-');

	test('is gone on with or taken back from another machine, and leaves nothing over', {timeout: 400_000}, async () => {
		const whole = await stageOf(real, story, `${slug}-whole`);
		const before = await whole.held();
		const {writes, code, said} = await whole.played();
		expect([code, said]).toEqual([0, expect.any(String)]);
		const after = await whole.held();
		expect(after).toEqual(before.map(text => text.replace(...story.images)));

		const steps = writes.map((write, index) => ({write, step: index + 1})).filter(({write}) => story === byPods || !isNote(write));
		const cases = steps.flatMap(step => (['resume', 'abort'] as const).map(verb => ({...step, verb})));
		const ends = await pooled(cases, async ({write, verb, step}) => {
			const stage = await stageOf(real, story, `${slug}-${verb}-${step}`);
			const played = await stage.played({write, time: writes.slice(0, step).filter(other => other === write).length});
			const mayPromote = !(await stage.hasRecord());
			const end = await endOf(stage, verb, {before, after});
			await stage.leave();
			const isRight = end === (verb === 'resume' ? 'promoted' : 'as before') || (mayPromote && ['promoted', 'as before'].includes(end));
			return `${step} ${write}: ${verb} → ${isRight && played.code === null ? 'right' : `${end}, exit ${played.code}`}`;
		});
		expect(ends).toEqual(cases.map(({write, verb, step}) => `${step} ${write}: ${verb} → right`));
	});
});

/** What stands in the namespace when another person has done it, in a word, or all of it where it is neither. */
async function endOf(
	stage: Stage,
	verb: 'resume' | 'abort',
	{before, after}: {readonly before: Held; readonly after: Held},
): Promise<string> {
	await stage.leaseRunsOut();
	const {code, said} = await stage.from(verb);
	const held = await stage.held();
	const isNothing = code === 1 && /There is no rollout/.test(said);
	if (code !== 0 && !isNothing) return `exit ${code}: ${said}`;
	if (JSON.stringify(held) === JSON.stringify(after)) return 'promoted';
	return JSON.stringify(held) === JSON.stringify(before) ? 'as before' : held.join('; ');
}
