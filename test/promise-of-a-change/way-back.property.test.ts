import fc from 'fast-check';
import {expect, test} from 'vitest';
import {systemClock} from '../../src/core/clock.ts';
import {pathText} from '../../src/core/diff/path-text.ts';
import {canonicalJson, type Json} from '../../src/core/json.ts';
import type {KubeObject} from '../../src/core/kube/kube-object.ts';
import type {AnyOutcome} from '../../src/core/outcome.ts';
import {mergePatchBetween} from '../../src/core/patch/merge-patch.ts';
import {undo} from '../../src/mcp/kubernetes/tools/undo.ts';
import {readerOf} from '../support/change-run.ts';
import {callsOn} from '../support/sandbox-calls.ts';
import {type Field, fieldOf, type Kind, kinds, type StillCluster, stillFake, stillSandbox, withValue} from './way-back-world.ts';

/** Values for some fields of a kind, each by its number. */
type Picks = readonly {readonly field: Field; readonly value: Json | undefined}[];
type Case = {readonly kind: Kind; readonly how: 'merge' | 'json' | 'strategic' | 'apply'; readonly ours: Picks; readonly theirs: Picks};

const picksOf = (fields: readonly Field[], minLength: number): fc.Arbitrary<Picks> =>
	fc.uniqueArray(fc.nat(fields.length - 1), {minLength, maxLength: 4}).chain(indexes =>
		fc.tuple(
			...indexes.map(index => {
				const field = fields[index] as Field;
				return fc.constantFrom(...field.values).map(value => ({field, value}));
			}),
		),
	);

const picksText = (picks: Picks) => picks.map(({field, value}) => `${pathText(field.path)} = ${JSON.stringify(value)}`).join(', ');
const caseText = ({kind, how, ours, theirs}: Case) =>
	`${kind.base('it').kind}: ${how} of ${picksText(ours)}; then somebody's ${picksText(theirs) || 'nothing'}`;

const cases: fc.Arbitrary<Case> = fc
	.constantFrom(...kinds)
	.chain(kind =>
		fc.record({
			kind: fc.constant(kind),
			how: fc.constantFrom('merge' as const, 'json' as const, 'strategic' as const, 'apply' as const),
			ours: picksOf(
				kind.fields.filter(({theirs}) => theirs === undefined),
				1,
			),
			theirs: picksOf(kind.fields, 0),
		}),
	)
	.map(one => ({...one, [fc.toStringMethod]: () => caseText(one)}));

const changed = (object: KubeObject, picks: Picks): KubeObject =>
	picks.reduce<KubeObject>((all, {field: {path}, value}) => withValue(all, path, value) as KubeObject, object);

const same = (left: Json | undefined, right: Json | undefined) => canonicalJson(left) === canonicalJson(right);

/** One operation for each part of the object that differs. */
const jsonFrom = (before: KubeObject, after: KubeObject): Json =>
	['/metadata/labels', '/metadata/annotations', '/spec', '/data', '/status'].flatMap(path => {
		const [from, to] = [before, after].map(object => fieldOf(object, path.slice(1).split('/')));
		if (same(from, to)) return [];
		return [to === undefined ? {op: 'remove', path} : {op: 'add', path, value: to}];
	});

type Call = ReturnType<typeof callsOn>;

/** Carries out our change by one of the tools; undefined where it changes nothing. */
async function change(call: Call, {how, ours, kind}: Case, before: KubeObject) {
	const {name} = before.metadata;
	const after = changed(before, ours);
	const target = {kind: before.kind, name};
	if (how === 'apply') {
		const {apiVersion, metadata} = kind.base(name);
		const manifest = changed(
			{apiVersion, kind: before.kind, metadata: {name, namespace: metadata.namespace}},
			ours.filter(({value}) => value !== undefined),
		);
		return call('resource_apply', {manifest: JSON.stringify(manifest)});
	}
	if (how === 'json') return call('resource_patch', {...target, type: 'json', patch: JSON.stringify(jsonFrom(before, after))});
	const patch = mergePatchBetween(before, after);
	const type = how === 'strategic' && before.kind !== 'Gadget' ? 'strategic' : 'merge';
	return call('resource_patch', {...target, type, patch: JSON.stringify(patch)});
}

const words = (outcome: AnyOutcome) =>
	outcome.kind === 'failed'
		? (outcome.error.why ?? '')
		: 'plan' in outcome
			? (outcome.plan?.consequences ?? []).map(({text}) => text).join('\n')
			: '';

/** Whether the undo told that it keeps this field, or what it stands in, or a part of it. */
const isNamed = (told: string, path: string) =>
	[...told.matchAll(/ keeps (\S+?)(?: \(now [^\n]*?\))?: it was (?:changed|removed) since/g)].some(
		([, kept = '']) => path.startsWith(kept) || kept.startsWith(path),
	);

let count = 0;

/** Answers how the undo ended, or how the change did where it changed nothing. */
async function holds(world: StillCluster, one: Case) {
	const name = `object-${count++}`;
	const {kind} = one.kind.base(name);
	const call = callsOn(world.client, systemClock({background: true}));
	const get = () => world.get(kind, name);
	world.put(one.kind.base(name), 'mkcoa');
	const before = get();
	const made = await change(call, one, before);
	if (made.outcome.kind !== 'done') {
		expect(made.outcome.kind === 'failed' ? made.outcome.error.code : made.outcome.kind).toMatch(/^(nothing-to-do|invalid)$/);
		return made.outcome.kind;
	}
	const after = get();
	world.put(changed(after, one.theirs), 'somebody-else');
	const live = get();
	const {outcome} = await call(undo, {id: 'j1'}, readerOf(made.trail));
	expect(outcome.kind === 'failed' ? outcome.error.code : outcome.kind).toMatch(/^(done|nothing-to-do|not-undoable)$/);
	expectTakenBack(one, {before, after, live, end: get()}, words(outcome));
	world.remove(kind, name);
	return outcome.kind;
}

type States = {readonly [state in 'before' | 'after' | 'live' | 'end']: KubeObject};

function expectTakenBack({kind}: Case, {before, after, live, end}: States, told: string) {
	for (const {path} of kind.fields) {
		const [was, wrote, now, left] = [before, after, live, end].map(object => fieldOf(object, path));
		const where = pathText(path);
		const isTouched = !same(was, wrote);
		expect({where, left}).toEqual({where, left: isTouched && same(now, wrote) ? was : now});
		const collides = isTouched && !same(now, wrote) && !same(now, was);
		if (collides) expect({where, named: isNamed(told, where), told}).toMatchObject({where, named: true});
	}
	expect(fieldOf(end, ['metadata', 'labels', 'kept'])).toBe('yes');
}

const worlds = [
	{place: 'in memory', open: stillFake, numRuns: 600},
	{place: 'on the embedded cluster', open: stillSandbox, numRuns: 60},
];

test.each(worlds)(
	'an undo restores what its change touched, keeps what others changed, and names what collides: $place',
	async row => {
		const world = await row.open();
		const ends = new Map<string, number>();
		const property = fc.asyncProperty(cases, async one => {
			const end = await holds(world, one);
			ends.set(end, (ends.get(end) ?? 0) + 1);
		});
		await fc.assert(property, {numRuns: row.numRuns, seed: 20_261_125});
		// Most of what is generated is a change that is taken back.
		expect(ends.get('done')).toBeGreaterThan(row.numRuns / 2);
	},
	60_000,
);
