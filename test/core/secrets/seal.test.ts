import fc from 'fast-check';
import {expect, test} from 'vitest';
import {MkcoaError} from '../../../src/core/error.ts';
import {canonicalJson, type Json} from '../../../src/core/json.ts';
import type {KubeObject, Ref} from '../../../src/core/kube/kube-object.ts';
import type {Draft, Write} from '../../../src/core/plan.ts';
import {createRedactor} from '../../../src/core/secrets/redact.ts';
import {sealDraft, unsealWrite} from '../../../src/core/secrets/seal.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const secretRef: Ref = {apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 'db'};
const webRef: Ref = {apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web'};
const secret = (data: {readonly [key: string]: string}): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Secret',
	metadata: {name: 'db', namespace: 'shop'},
	data,
});
const apply = (manifest: KubeObject, ref = secretRef): Write => ({op: 'apply', ref, manifest});

const draftOf = (writes: readonly Write[], more: Partial<Draft> = {}): Draft => ({
	input: {},
	summary: 'Changes',
	risk: {level: 'low', reasons: []},
	steps: [{title: 'Write', writes}],
	changes: [],
	consequences: [],
	preconditions: [],
	verify: [],
	undo: {possible: true, how: 'mkcoa undo'},
	...more,
});

const writesOf = ({steps}: Draft) => steps.flatMap(({writes}) => writes);

test('a placeholder says where the value stood and nothing about it', () => {
	const {draft, sealed} = sealDraft(draftOf([apply(secret({password: base64('hunter2')}))]));
	expect(writesOf(draft)).toMatchObject([{manifest: {data: {password: '‹sealed:Secret/shop/db/data/password›'}}}]);
	expect(sealed).toEqual({'‹sealed:Secret/shop/db/data/password›': base64('hunter2')});
});

test('two drafts that differ in a secret value alone are the same text', () => {
	const texts = ['hunter2', 'another-value'].map(value =>
		canonicalJson(sealDraft(draftOf([apply(secret({password: base64(value)}))])).draft as Json),
	);
	expect(texts[0]).toBe(texts[1]);
});

test('the same place in two writes gets an index', () => {
	const {draft, sealed} = sealDraft(draftOf([apply(secret({p: 'eA=='})), apply(secret({p: 'eA=='}))]));
	expect(Object.keys(sealed)).toEqual(['‹sealed:Secret/shop/db/data/p›', '‹sealed:Secret/shop/db/data/p#2›']);
	expect(writesOf(draft).map(write => unsealWrite(write, sealed))).toEqual([apply(secret({p: 'eA=='})), apply(secret({p: 'eA=='}))]);
});

test.each<[string, Write, string]>([
	['a merge patch of a Secret', {op: 'patch', ref: secretRef, type: 'merge', patch: {data: {p: 'aHVudGVyMg=='}}}, 'aHVudGVyMg=='],
	[
		'a JSON patch of a Secret',
		{op: 'patch', ref: secretRef, type: 'json', patch: [{op: 'add', path: '/data/p', value: 'aHVudGVyMg=='}]},
		'aHVudGVyMg==',
	],
	[
		'a JSON patch of all data',
		{op: 'patch', ref: secretRef, type: 'json', patch: [{op: 'add', path: '/stringData', value: {p: 'hunter2'}}]},
		'hunter2',
	],
	[
		'a JSON patch of an env variable',
		{
			op: 'patch',
			ref: webRef,
			type: 'json',
			patch: [{op: 'add', path: '/spec/template/spec/containers/0/env/-', value: {name: 'DB_PASSWORD', value: 'hunter2'}}],
		},
		'hunter2',
	],
	[
		'a JSON patch of the value of an env variable',
		{
			op: 'patch',
			ref: webRef,
			type: 'json',
			patch: [{op: 'replace', path: '/spec/template/spec/containers/0/env/1/value', value: 'hunter2'}],
		},
		'hunter2',
	],
	[
		'a JSON patch of an annotation',
		{op: 'patch', ref: webRef, type: 'json', patch: [{op: 'add', path: '/metadata/annotations/x.io~1api-key', value: 'hunter2'}]},
		'hunter2',
	],
	[
		'a ConfigMap key of digits',
		{op: 'patch', ref: {...secretRef, kind: 'ConfigMap'}, type: 'json', patch: [{op: 'add', path: '/data/1', value: 'password=hunter2'}]},
		'hunter2',
	],
	['a command', {op: 'exec', ref: {...webRef, kind: 'Pod'}, command: ['psql', '--password', 'hunter2']}, 'hunter2'],
])('seals %s and puts it back', (_, write, value) => {
	const {draft, sealed} = sealDraft(draftOf([write]));
	expect(JSON.stringify(draft)).not.toContain(value);
	expect(writesOf(draft).map(sealedWrite => unsealWrite(sealedWrite, sealed))).toEqual([write]);
});

test('a secret that stands anywhere else goes from there as well', () => {
	const {draft} = sealDraft(
		draftOf([apply(secret({password: base64('correct horse')}))], {
			input: {manifest: 'kind: Secret\nstringData:\n  password: correct horse\n', note: `it is ${base64('correct horse')}`},
			summary: 'Sets the password to correct horse',
			consequences: [{id: 'x', severity: 'info', text: 'correct horse is read by web', ref: secretRef}],
			changes: [
				{
					ref: secretRef,
					operation: 'create',
					computed: 'local',
					why: 'correct horse',
					fields: [{path: ['data', 'password'], operation: 'add', after: 'leak', secret: true}],
				},
			],
		}),
	);
	expect(draft).toMatchObject({
		input: {manifest: 'kind: Secret\nstringData:\n  password: ‹sealed›\n', note: 'it is ‹sealed›'},
		summary: 'Sets the password to ‹sealed›',
		consequences: [{text: '‹sealed› is read by web'}],
		changes: [{why: '‹sealed›', fields: [{path: ['data', 'password'], operation: 'add', secret: true}]}],
	});
	expect(JSON.stringify(draft)).not.toContain('leak');
});

test('JSON manifests in the input lose the values of their Secrets', () => {
	const {draft} = sealDraft(draftOf([], {input: {manifest: JSON.stringify([secret({p: 'eA=='})])}}));
	expect(JSON.parse(String(draft.input.manifest))).toMatchObject([{kind: 'Secret', data: {p: '‹sealed›'}}]);
});

test('a secret that is equal to a name does not take the name away', () => {
	const draft = draftOf([apply(secret({p: base64('frontend')}), {...secretRef, name: 'frontend'})], {
		input: {name: 'frontend', namespace: 'shop'},
	});
	expect(sealDraft(draft).draft.input).toEqual({name: 'frontend', namespace: 'shop'});
});

test('a planted placeholder draws no secret to it', () => {
	const planted = {
		apiVersion: 'v1',
		kind: 'ConfigMap',
		metadata: {name: 'spy', namespace: 'shop'},
		data: {x: '‹sealed:Secret/shop/db/data/p›'},
	};
	const writes = [apply(secret({p: 'eA=='})), apply(planted, {...secretRef, kind: 'ConfigMap', name: 'spy'})];
	const {draft, sealed} = sealDraft(draftOf(writes));
	expect(writesOf(draft).map(write => unsealWrite(write, sealed))).toEqual(writes);
});

test('the gate at the way out leaves a sealed plan as it is', () => {
	const pod = {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name: 'p', namespace: 'shop'},
		spec: {containers: [{name: 'a', args: ['--password=hunter2'], env: [{name: 'URL', value: 'amqp://u:hunter2@mq'}]}]},
	};
	const {draft, sealed} = sealDraft(draftOf([apply(secret({p: base64('hunter2')})), apply(pod, {...webRef, kind: 'Pod'})]));
	const redactor = createRedactor();
	for (const value of Object.values(sealed)) redactor.learn(value);
	expect(redactor.json(draft as Json)).toEqual(draft);
});

const codeOf = (run: () => unknown) => {
	try {
		run();
		return 'nothing thrown';
	} catch (error) {
		return error instanceof MkcoaError ? error.trouble.code : error;
	}
};

test('a write whose values are gone is refused', () => {
	const {draft} = sealDraft(draftOf([apply(secret({p: 'eA=='}))]));
	expect(codeOf(() => writesOf(draft).map(write => unsealWrite(write, {})))).toBe('sealed-values-missing');
});

test('a write that holds what only people read is refused', () => {
	expect(codeOf(() => unsealWrite(apply(secret({p: '‹redacted›'})), {}))).toBe('redacted-value');
	expect(codeOf(() => unsealWrite(apply(secret({p: '‹redacted, 7 bytes›'})), {}))).toBe('redacted-value');
});

/** Secrets of all alphabets; a letter that nothing else of a draft holds makes a survivor certain to be one. */
const planted = fc
	.string({minLength: 6, maxLength: 40, unit: fc.constantFrom(...'abcXYZ019 \n"\'\\:#{}é열$/+=@‹›'.split(''))})
	.map(text => `Ж${text}Ж`);
const names = fc.constantFrom('web', 'db', 'api-1', 'frontend');
const payloads = fc
	.record({value: planted, key: fc.stringMatching(/^[a-z][a-z0-9.-]{0,8}$/), name: names, kind: fc.nat({max: 5})})
	.map(({value, key, name, kind}) => {
		const ref = {...secretRef, name};
		const env = {
			name: 'app',
			env: [
				{name: 'LEVEL', value: 'info'},
				{name: 'DB_PASSWORD', value},
			],
		};
		const deployment = {
			apiVersion: 'apps/v1',
			kind: 'Deployment',
			metadata: {name, namespace: 'shop'},
			spec: {replicas: 2, template: {spec: {containers: [env]}}},
		};
		const writes: readonly Write[] = [
			apply({...secret({[key]: base64(value)}), metadata: {name, namespace: 'shop'}}, ref),
			{op: 'create', ref, manifest: {...secret({}), stringData: {[key]: value}}},
			{op: 'patch', ref, type: 'merge', patch: {stringData: {[key]: value}}},
			{op: 'patch', ref, type: 'json', patch: [{op: 'add', path: `/data/${key}`, value: base64(value)}]},
			apply(deployment, {...webRef, name}),
			{op: 'exec', ref: {...webRef, kind: 'Pod', name}, command: ['run', '--api-key', value]},
		];
		return {value, write: writes[kind] ?? apply(deployment, webRef)};
	});

test('no planted value survives, and every write comes back as it was', () => {
	fc.assert(
		fc.property(fc.array(payloads, {minLength: 1, maxLength: 4}), plants => {
			const text = plants.map(({value}) => `${value} and ${base64(value)} and ${JSON.stringify({value})}`).join('; ');
			const writes = plants.map(({write}) => write);
			const {draft, sealed} = sealDraft(
				draftOf(writes, {summary: text, input: {text}, verify: [text], undo: {possible: false, how: text}}),
			);
			const seen = canonicalJson(draft as Json);
			for (const {value} of plants) {
				expect(seen).not.toContain(value);
				expect(seen).not.toContain(JSON.stringify(value).slice(1, -1));
				expect(seen).not.toContain(base64(value));
			}
			expect(seen).not.toContain('Ж');
			expect(writesOf(draft).map(write => unsealWrite(write, sealed))).toEqual(writes);
		}),
		{numRuns: 500},
	);
});
