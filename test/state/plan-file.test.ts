import {mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {digestOf} from '../../src/core/plan.ts';
import {entryOf, planOf, replaceSecret} from './samples.ts';
import {day, troubleIn, world} from './world.ts';

function withFile() {
	const here = world();
	return {...here, path: join(here.home, '계획 🚀.json'), state: here.open()};
}

const secretPlan = entryOf(planOf(replaceSecret), {'sealed:1': 'canary-value'});

test('a plan comes back from its file with its digest and secret values', async () => {
	const {path, state} = withFile();
	const {plan, digest, sealed} = secretPlan;
	await state.planFiles.write(path, plan, digest, sealed);
	expect(await state.planFiles.read(path)).toEqual({plan, digest, sealed});
	expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
		apiVersion: 'mkcoa.dev/v1',
		kind: 'Plan',
		digest,
		plan,
		sealedId: expect.stringMatching(/^[0-9a-f]{32}$/),
	});
});

test('no secret value is in the file or in the state', async () => {
	const {path, state, bytes} = withFile();
	await state.planFiles.write(path, secretPlan.plan, secretPlan.digest, secretPlan.sealed);
	expect(readFileSync(path, 'utf8')).not.toContain('canary');
	expect(bytes()).not.toContain('canary');
});

test('a plan without secret values names none, and is read on any machine', async () => {
	const {path, state} = withFile();
	const {plan, digest} = entryOf();
	await state.planFiles.write(path, plan, digest, {});
	expect(readFileSync(path, 'utf8')).not.toContain('sealedId');
	expect(await world().open().planFiles.read(path)).toEqual({plan, digest, sealed: {}});
});

test('secret values are missing on another machine, with the way out', async () => {
	const {path, state} = withFile();
	await state.planFiles.write(path, secretPlan.plan, secretPlan.digest, secretPlan.sealed);
	expect(await troubleIn(() => world().open().planFiles.read(path))).toEqual({
		kind: 'environment',
		code: 'sealed-values-missing',
		what: 'The secret values of this plan are not here',
		why: 'they are kept on the machine and by the user that made the plan, never in the plan',
		next: 'Make the plan again on this machine, and apply that one',
	});
});

test('secret values of another plan are refused', async () => {
	const {path, state, home} = withFile();
	const other = entryOf(planOf(replaceSecret, 'another'));
	await state.planFiles.write(path, secretPlan.plan, secretPlan.digest, secretPlan.sealed);
	const {sealedId} = JSON.parse(readFileSync(path, 'utf8'));
	const forged = join(home, 'forged.json');
	writeFileSync(forged, JSON.stringify({apiVersion: 'mkcoa.dev/v1', kind: 'Plan', digest: other.digest, plan: other.plan, sealedId}));
	expect(await troubleIn(() => state.planFiles.read(forged))).toMatchObject({
		code: 'sealed-values-missing',
		why: 'the ones that are kept belong to another plan',
	});
});

test('secret values of a plan file expire', async () => {
	const {path, state, clock} = withFile();
	await state.planFiles.write(path, secretPlan.plan, secretPlan.digest, secretPlan.sealed);
	await clock.advance(7 * day);
	expect(await troubleIn(() => state.planFiles.read(path))).toMatchObject({code: 'sealed-values-expired'});
});

const edits: readonly (readonly [string, (document: ReturnType<typeof documentOf>) => unknown])[] = [
	['another value', document => ({...document, plan: {...document.plan, summary: 'harmless'}})],
	['another target', document => ({...document, plan: {...document.plan, target: {...document.plan.target, context: 'prod-2'}}})],
	['a key that mkcoa does not know', document => ({...document, plan: {...document.plan, extra: true}})],
	['another digest', document => ({...document, digest: `sha256:${'0'.repeat(64)}`})],
];

const documentOf = () => ({apiVersion: 'mkcoa.dev/v1', kind: 'Plan', digest: digestOf(planOf()), plan: planOf()});

test.each(edits)('a plan edited to have %s is refused', async (_, edit) => {
	const {path, state} = withFile();
	writeFileSync(path, JSON.stringify(edit(documentOf())));
	expect(await troubleIn(() => state.planFiles.read(path))).toMatchObject({
		kind: 'usage',
		code: 'edited-plan',
		what: `The plan in ${path} was edited`,
	});
});

test('a plan file that was only laid out anew is the same plan', async () => {
	const {path, state} = withFile();
	const {plan, ...rest} = documentOf();
	writeFileSync(path, JSON.stringify({plan: Object.fromEntries(Object.entries(plan).reverse()), ...rest}, null, 8));
	expect(await state.planFiles.read(path)).toMatchObject({plan: planOf()});
});

const good = JSON.stringify(documentOf());

const badFiles: readonly (readonly [string, string, {readonly why: string; readonly line?: number}])[] = [
	['has a comma too many', '{\n\t"a": 1,\n}\n', {why: 'it is not JSON', line: 3}],
	['ends too early', '{\n\t"a": 1\n\n', {why: 'it is not JSON', line: 2}],
	['is empty', '', {why: 'it is not JSON', line: 1}],
	['is YAML', 'apiVersion: v1\n', {why: 'it is not JSON', line: 1}],
	['is a list', '[]', {why: 'it is no plan that mkcoa wrote'}],
	['is null', 'null', {why: 'it is no plan that mkcoa wrote'}],
	['is a manifest', '{"apiVersion": "v1", "kind": "Pod"}', {why: 'it is no plan that mkcoa wrote'}],
	[
		'is of a later version',
		good.replace('mkcoa.dev/v1', 'mkcoa.dev/v2'),
		{why: 'it is of version mkcoa.dev/v2, and this mkcoa reads mkcoa.dev/v1'},
	],
	['has no digest', good.replace('"digest":"sha256:', '"digest":"md5:'), {why: 'digest: expected sha256: and 64 hexadecimal digits'}],
	[
		'has a write that does not exist',
		good.replace('"op":"patch"', '"op":"shell"'),
		{why: expect.stringMatching(/^plan\.steps\.0\.writes\.0\.op: .*'exec'$/)},
	],
	[
		'is nested too deeply',
		good.replace('{"replicas":5}', `${'['.repeat(200_000)}${']'.repeat(200_000)}`),
		{why: 'it is nested too deeply'},
	],
];

test.each(badFiles)('a file that %s is refused with the place', async (_, text, expected) => {
	const {path, state} = withFile();
	writeFileSync(path, text);
	expect(await troubleIn(() => state.planFiles.read(path))).toMatchObject({kind: 'usage', code: 'bad-plan-file', ...expected});
});

test('a plan file is replaced by a newer plan, whole, with nothing left beside it', async () => {
	const {path, state, home} = withFile();
	await state.planFiles.write(path, secretPlan.plan, secretPlan.digest, secretPlan.sealed);
	const {plan, digest} = entryOf();
	await state.planFiles.write(path, plan, digest, {});
	expect(await state.planFiles.read(path)).toEqual({plan, digest, sealed: {}});
	expect(readdirSync(home)).toHaveLength(2);
});

test.each(['precious', '', '{"kind": "Plan"}', '{"apiVersion": "v1", "kind": "Pod"}'])(
	'a file that is no plan is not overwritten: %j',
	async text => {
		const {path, state, home} = withFile();
		writeFileSync(path, text);
		const write = () => state.planFiles.write(path, secretPlan.plan, secretPlan.digest, secretPlan.sealed);
		expect(await troubleIn(write)).toMatchObject({kind: 'usage', code: 'not-a-plan-file', what: `${path} was not overwritten`});
		expect(readFileSync(path, 'utf8')).toBe(text);
		expect(readdirSync(home)).toHaveLength(2);
	},
);

test('a folder and a link are not overwritten', async () => {
	const {path, state, home} = withFile();
	const {plan, digest} = entryOf();
	mkdirSync(path);
	expect(await troubleIn(() => state.planFiles.write(path, plan, digest, {}))).toMatchObject({code: 'not-a-plan-file'});
	const link = join(home, 'link.json');
	symlinkSync(join(home, 'target.json'), link);
	expect(await troubleIn(() => state.planFiles.write(link, plan, digest, {}))).toMatchObject({code: 'not-a-plan-file'});
});

test('a folder is not read', async () => {
	const {path, state} = withFile();
	mkdirSync(path);
	expect(await troubleIn(() => state.planFiles.read(path))).toMatchObject({
		code: 'plan-file-not-read',
		quoted: expect.stringContaining('EISDIR'),
	});
});

test('a file or folder that does not exist is named', async () => {
	const {home, state} = withFile();
	const {plan, digest} = entryOf();
	await expect(state.planFiles.read(join(home, 'none.json'))).rejects.toMatchObject({trouble: {code: 'no-such-file'}});
	await expect(state.planFiles.write(join(home, 'none', 'plan.json'), plan, digest, {})).rejects.toMatchObject({
		trouble: {code: 'no-such-file', what: expect.stringContaining('cannot be written')},
	});
});
