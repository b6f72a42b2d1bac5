import {beforeAll, describe, expect, test} from 'vitest';
import {at} from '../servers/questions.ts';
import {configMap} from './compare/row.ts';
import {inShop, shop} from './in-shop.ts';
import {onePlane} from './one-plane.ts';

const real = onePlane();
const {mkcoa, printed} = real;
const apply = (...objects: readonly object[]) => mkcoa('k8s apply -f -', objects.map(object => JSON.stringify(object)).join('\n---\n'));
const held = {finalizers: ['example.org/hold']};
const release = (path: string) => real.merge(path, {metadata: {finalizers: null}});

describe('an object that a finalizer holds', () => {
	beforeAll(() => real.create(shop.configMaps(), configMap('held', {color: 'blue'}, held)));

	test('is planned to go when its keeper lets it', async () => {
		const {out} = await printed('k8s delete configmap held -n shop --dry-run');
		expect(out).toContain('! It goes when example.org/hold lets it go');
	});

	test('is being deleted after the yes, and for whom it waits is told', async () => {
		const {code, out, err} = await printed('k8s delete configmap held -n shop --yes');
		expect({code, out}).toEqual({code: 0, out: 'ConfigMap shop/held is being deleted; it waits for example.org/hold\n'});
		expect(err).toMatch(/mkcoa undo \w+/);
	});

	test('is not deleted twice', async () => {
		const before = real.written().length;
		const {code, out} = await printed('k8s delete configmap held -n shop --yes');
		expect(code).toBe(0);
		expect(out).toContain('Nothing to do: everything is as asked (ConfigMap shop/held is being deleted; it waits for example.org/hold)');
		expect(real.written(before)).toEqual([]);
	});

	test('says so when it is described', async () => {
		expect((await printed('k8s describe configmap held -n shop')).out).toMatch(
			/^ConfigMap shop\/held: is being deleted; it waits for example\.org\/hold\n/,
		);
	});

	test('comes back by undo only after it went', async () => {
		expect(await mkcoa('undo')).toMatchObject({
			code: 1,
			outcome: {error: {why: 'ConfigMap shop/held is still being deleted: example.org/hold'}},
		});
		await release(shop.configMaps('held'));
		await real.gone(shop.configMaps('held'));
		expect(await mkcoa('undo')).toMatchObject({code: 0, outcome: {kind: 'done'}});
		expect(at(await real.read(shop.configMaps('held')), 'data')).toEqual({color: 'blue'});
		await release(shop.configMaps('held'));
	});
});

describe('a namespace that is being deleted', () => {
	const inside = '/api/v1/namespaces/ending/configmaps/held';
	beforeAll(async () => {
		await real.create('/api/v1/namespaces', {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'ending'}});
		await real.create('/api/v1/namespaces/ending/configmaps', configMap('held', {}, held));
		expect((await printed('k8s delete namespace ending --yes')).out).toContain('Namespace ending is being deleted');
	});

	test('takes nothing new, and where to look is told', async () => {
		const {code, err} = await printed('k8s apply -f - -n ending --yes', JSON.stringify({...configMap('late'), metadata: {name: 'late'}}));
		expect(code).toBe(1);
		expect(err).toContain(
			'Namespace ending is being deleted and takes nothing new. See what it waits for with: mkcoa k8s describe namespace ending.',
		);
	});

	test('tells what is left in it', async () => {
		await real.eventually('/api/v1/namespaces/ending', object => JSON.stringify(at(object, 'status')).includes('example.org/hold'));
		const {out} = await printed('k8s describe namespace ending');
		expect(out).toMatch(
			/^Namespace ending: Terminating, is being deleted; it waits for Some content in the namespace has finalizers remaining: example\.org\/hold/,
		);
		expect((await printed('k8s delete namespace ending --yes')).out).toContain('Nothing to do');
		await release(inside);
		await real.gone('/api/v1/namespaces/ending');
	});
});

describe('a kind of its own', () => {
	const gadget = (spec: object, name = 'g') => ({apiVersion: 'example.org/v1', kind: 'Gadget', metadata: {name}, spec});
	const schema = {
		openAPIV3Schema: {
			type: 'object',
			required: ['spec'],
			properties: {
				spec: {
					type: 'object',
					required: ['size'],
					properties: {size: {type: 'integer', minimum: 1}},
					'x-kubernetes-validations': [{rule: 'self.size >= oldSelf.size', message: 'a gadget never shrinks'}],
				},
			},
		},
	};
	const definition = {
		apiVersion: 'apiextensions.k8s.io/v1',
		kind: 'CustomResourceDefinition',
		metadata: {name: 'gadgets.example.org'},
		spec: {
			group: 'example.org',
			scope: 'Namespaced',
			names: {kind: 'Gadget', plural: 'gadgets', singular: 'gadget'},
			versions: [{name: 'v1', served: true, storage: true, schema}],
		},
	};

	test('is defined and used by one text', async () => {
		expect(await apply(definition, gadget({size: 2}))).toMatchObject({code: 0, outcome: {kind: 'done'}});
		expect(await mkcoa('k8s get gadget g --path .spec.size')).toMatchObject({code: 0, outcome: {output: {value: 2}}});
	});

	test.each([
		['new', {}, 'spec.size: Required value'],
		['new', {size: 0}, 'spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1'],
		['new', {size: 'big'}, 'spec.size: expected numeric (int or float), got string'],
		['new', {size: 3, colour: 'red'}, 'spec.colour: unknown field'],
		['g', {size: 1}, 'spec: Invalid value: a gadget never shrinks'],
	])('%s is refused as %j with the field that is wrong', async (name, spec, why) => {
		expect(await apply(gadget(spec, name))).toMatchObject({code: 1, outcome: {error: {kind: 'usage', code: 'invalid', why}}});
	});

	test('whose conversion fails is told as such', async () => {
		const clientConfig = {url: 'https://127.0.0.1:1/convert'};
		await real.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
			...definition,
			metadata: {name: 'turners.example.org'},
			spec: {
				...definition.spec,
				names: {kind: 'Turner', plural: 'turners', singular: 'turner'},
				conversion: {strategy: 'Webhook', webhook: {conversionReviewVersions: ['v1'], clientConfig}},
				versions: [
					{name: 'v1', served: true, storage: true, schema},
					{name: 'v2', served: true, storage: false, schema},
				],
			},
		});
		const turner = {...gadget({size: 1}), apiVersion: 'example.org/v2', kind: 'Turner'};
		await real.answered({path: '/apis/example.org/v2'}, ({status, text}) => status === 200 && text.includes('turners'));
		expect(await apply(turner)).toMatchObject({
			code: 1,
			outcome: {
				error: {code: 'conversion-failed', why: 'the webhook that converts example.org/v2, Kind=Turner did not answer as it should'},
			},
		});
	});
});

test('a quota that is full in the middle of a change leaves what was done, and undo takes it back', async () => {
	const maps = ['one', 'two', 'three'].map(name => inShop(configMap(name)));
	const here = Number(at(await real.read(shop.configMaps()), 'items', 'length'));
	await real.create(shop.quotas(), {
		...{apiVersion: 'v1', kind: 'ResourceQuota', metadata: {name: 'few'}},
		spec: {hard: {'count/configmaps': String(here + 2)}},
	});
	await real.eventually(shop.quotas('few'), object => at(object, 'status', 'used', 'count/configmaps') === String(here));
	const {code, outcome} = await apply(...maps);
	expect({code, outcome}).toMatchObject({
		code: 1,
		outcome: {
			kind: 'failed',
			error: {code: 'denied-by-policy', why: 'the ResourceQuota few refused it', quoted: expect.stringContaining('exceeded quota: few')},
			done: ['apply ConfigMap shop/one', 'apply ConfigMap shop/two'],
			left: ['apply ConfigMap shop/three'],
		},
	});
	expect(at(outcome, 'error', 'next')).toContain(`Take back what was done with: mkcoa undo ${at(outcome, 'journal')}`);
	expect(await mkcoa('undo')).toMatchObject({code: 0, outcome: {output: {objects: ['ConfigMap shop/two', 'ConfigMap shop/one']}}});
	expect(at(await real.read(shop.configMaps()), 'items', 'length')).toBe(here);
	// Nobody can make all three: each alone would fit, so that no dry run tells.
	await real.merge(shop.quotas('few'), {spec: {hard: {'count/configmaps': String(here)}}});
	await real.eventually(shop.quotas('few'), object => at(object, 'status', 'hard', 'count/configmaps') === String(here));
	const refused = await apply(...maps);
	expect(refused).toMatchObject({code: 1, outcome: {error: {code: 'bad-manifest'}, done: []}});
	expect(String(at(refused.outcome, 'error', 'why'))).toContain('it said: configmaps "one" is forbidden: exceeded quota: few');
	await real.remove(shop.quotas('few'));
});

describe('an object of', () => {
	test('one megabyte is planned, applied, changed, taken back, deleted and made again', async () => {
		const big = inShop(configMap('big', {text: 'x'.repeat(1_000_000), line: 'one'}));
		expect(await apply(big)).toMatchObject({code: 0, outcome: {kind: 'done'}});
		expect(await mkcoa('k8s patch configmap big -p {"data":{"line":"two"}}')).toMatchObject({code: 0});
		expect(await mkcoa('undo')).toMatchObject({code: 0});
		expect(await mkcoa('k8s delete configmap big')).toMatchObject({code: 0});
		expect(await mkcoa('undo')).toMatchObject({code: 0});
		expect(at(await real.read(shop.configMaps('big')), 'data')).toEqual(big.data);
		const {out} = await printed('k8s describe configmap big -n shop');
		expect(out.length).toBeLessThan(50_000);
	});

	test('more than that is refused with its limit', async () => {
		const huge = inShop(configMap('huge', {text: 'x'.repeat(1_100_000)}));
		expect(await apply(huge)).toMatchObject({
			code: 1,
			outcome: {error: {code: 'invalid', why: expect.stringContaining('may not be more than 1048576 bytes')}},
		});
	});

	test('a name of 253 characters and of every script is kept, and draws nothing on the terminal', async () => {
		const name = 'n'.repeat(253);
		const note = '한국어 café 🚀 \u001b[31mred\u0007 \u202Eback';
		const named = inShop(configMap(name, {한: 'no'}, {}));
		expect(await apply(named)).toMatchObject({code: 1, outcome: {error: {code: 'invalid'}}});
		const good = {...named, metadata: {...named.metadata, annotations: {'example.org/note': note}}, data: {color: note}};
		expect(await apply(good)).toMatchObject({code: 0, outcome: {kind: 'done'}});
		expect(await apply(good)).toMatchObject({code: 0, outcome: {kind: 'nothing-to-do'}});
		expect(at(await real.read(shop.configMaps(name)), 'data', 'color')).toBe(note);
		for (const words of [`k8s describe configmap ${name}`, `k8s get configmap ${name}`, 'k8s list configmaps']) {
			const {code, out} = await printed(`${words} -n shop`);
			expect(code).toBe(0);
			expect(out).toContain(name);
			// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
			expect(out).not.toMatch(/[\u001b\u0007\u202e]/);
		}
		expect(await mkcoa('undo')).toMatchObject({code: 0});
	});
});
