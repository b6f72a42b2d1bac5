import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Json} from '../../src/core/json.ts';
import {digestOf} from '../../src/core/plan.ts';
import {deployment, entryOf, planOf, scale} from './samples.ts';
import {troubleIn, world} from './world.ts';

test('any object and any answer come back from the journal as they went in', async () => {
	const {journal, reader} = world().open();
	const json = fc.json({maxDepth: 4}).map((text): Json => JSON.parse(text));
	await fc.assert(
		fc.asyncProperty(json, json, fc.string({unit: 'binary'}), async (spec, after, summary) => {
			const plan = planOf(scale, summary);
			const id = await journal.open(entryOf(plan, {[summary]: summary}));
			await journal.intend(id, {index: 0, write: scale, before: {...deployment(1), spec}});
			await journal.complete(id, 0, {after});
			const [effect] = await reader.effects(id);
			expect(JSON.stringify([effect?.before?.spec, effect?.after])).toBe(JSON.stringify([sorted(spec), sorted(after)]));
			expect((await reader.entry(id))?.plan).toEqual(plan);
		}),
		{numRuns: 60},
	);
});

/** Keys come back in canonical order; an own `__proto__` is a key like any other. */
function sorted(value: Json): Json {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
	return JSON.parse(`{${entries.map(([key, item]) => `${JSON.stringify(key)}:${JSON.stringify(sorted(item ?? null))}`).join(',')}}`);
}

test('no damage to a plan file is taken for a plan, or for a bug', async () => {
	const {open, home} = world();
	const {planFiles} = open();
	const path = join(home, 'plan.json');
	const text = JSON.stringify({apiVersion: 'mkcoa.dev/v1', kind: 'Plan', digest: digestOf(planOf()), plan: planOf()});
	const damage = fc.record({at: fc.nat(text.length - 1), removed: fc.nat(30), added: fc.oneof(fc.string(), fc.json())});
	await fc.assert(
		fc.asyncProperty(damage, async ({at, removed, added}) => {
			const damaged = text.slice(0, at) + added + text.slice(at + removed);
			writeFileSync(path, damaged);
			if (sameDocument(damaged, text)) return;
			expect(['bad-plan-file', 'edited-plan']).toContain((await troubleIn(() => planFiles.read(path))).code);
		}),
		{numRuns: 300},
	);
});

/** White space and keys beside the plan change nothing. */
function sameDocument(damaged: string, text: string): boolean {
	try {
		const [one, other] = [JSON.parse(damaged), JSON.parse(text)];
		return one.digest === other.digest && JSON.stringify(one.plan) === JSON.stringify(other.plan);
	} catch {
		return false;
	}
}
