import {expect, test} from 'vitest';
import type {ValueSource} from '../../../../../src/agents/deploy/objects/settings/value-source.ts';
import {configmapUpdate} from '../../../../../src/agents/deploy/tools/configmap-update.ts';
import {secretManage} from '../../../../../src/agents/deploy/tools/secret-manage.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../../src/core/kube/json-at.ts';
import type {AnyOutcome} from '../../../../../src/core/outcome.ts';
import {configMap} from '../../../../../src/sandbox/scenarios/objects.ts';
import {deployment} from '../../../../../src/sandbox/scenarios/workloads.ts';
import {makeCertificate} from '../../../../support/certificates.ts';
import {noValues} from '../../../../support/no-values.ts';
import {shopRoad} from '../../../../support/shop-road.ts';

const {run, sandbox, ports} = await shopRoad();
const live = (kind: string, name: string) => sandbox.machine.get(kind, 'shop', name) ?? null;
const data = (kind: string, name: string) => valueAt(live(kind, name), 'data');
const podsOf = (name: string) => listAt(live('Deployment', name), 'spec', 'template', 'spec', 'containers');
const planOf = (outcome: AnyOutcome) => (outcome.kind === 'planned' || outcome.kind === 'done' ? outcome.plan : undefined);
const with_ = (values: Partial<ValueSource>) => ({ports: {...ports, values: {...noValues, ...values}}});
const bytes = (text: string) => new TextEncoder().encode(text);

test('a ConfigMap gets keys and loses others, and the plan says who sees it when', async () => {
	const input = {name: 'shop-config', values: ['LOG_LEVEL=debug', 'MOTTO=a=b'], remove: ['SEARCH_URL']};
	const plan = planOf((await run(configmapUpdate, input, {mode: 'plan'})).outcome);
	expect(plan?.steps.map(({title}) => title)).toEqual(['Change ConfigMap shop/shop-config']);
	expect(plan?.consequences.find(({id}) => id === 'config-needs-restart')?.text).toMatch(
		/^\d+ pods of .* before a restart: --restart rolls them$/,
	);
	expect((await run(configmapUpdate, input)).outcome).toMatchObject({
		kind: 'done',
		output: {operation: 'changed', removed: ['SEARCH_URL']},
	});
	expect(data('ConfigMap', 'shop-config')).toEqual({
		CURRENCY: 'EUR',
		LOG_LEVEL: 'debug',
		MOTTO: 'a=b',
		REDIS_URL: 'redis://redis-0.redis.shop:6379',
	});
	expect((await run(configmapUpdate, {name: 'shop-config', values: ['LOG_LEVEL=debug'], restart: true})).outcome.kind).toBe(
		'nothing-to-do',
	);
});

test('bytes that are no text go into binaryData, and a key that becomes text leaves it', async () => {
	const file = (content: Uint8Array) => with_({fromFile: async () => content});
	await run(configmapUpdate, {name: 'logo', fromFile: ['./pictures/logo.png']}, file(new Uint8Array([0, 255, 254])));
	expect(live('ConfigMap', 'logo')).toMatchObject({binaryData: {'logo.png': 'AP/+'}});
	await run(configmapUpdate, {name: 'logo', fromFile: ['logo.png=x']}, file(bytes('none')));
	expect([data('ConfigMap', 'logo'), valueAt(live('ConfigMap', 'logo'), 'binaryData')]).toEqual([{'logo.png': 'none'}, undefined]);
});

test('an immutable ConfigMap is copied under a new name, and its users roll onto the copy', async () => {
	sandbox.machine.create({...configMap('shop', 'rules-v1', {MODE: 'slow', KEPT: 'yes'}), immutable: true}, 'test');
	const user = deployment({namespace: 'shop', name: 'ruled', image: 'registry.example/shop/ruled:1.0', replicas: 1});
	const [spec, envFrom] = [JSON.stringify(user), JSON.stringify([{configMapRef: {name: 'rules-v1'}}])];
	sandbox.machine.create(JSON.parse(spec.replace('"image":', `"envFrom":${envFrom},"image":`)), 'test');
	expect((await run(configmapUpdate, {name: 'rules-v1', values: ['MODE=fast']})).outcome).toMatchObject({
		kind: 'failed',
		error: {code: 'immutable', next: expect.stringMatching(/--as rules-2 --restart$/)},
	});
	const {outcome} = await run(configmapUpdate, {name: 'rules-v1', values: ['MODE=fast'], as: 'rules-2', restart: true});
	expect(outcome).toMatchObject({kind: 'done', output: {operation: 'created', rolled: [{object: 'Deployment shop/ruled', pods: 1}]}});
	expect(live('ConfigMap', 'rules-2')).toMatchObject({immutable: true, data: {MODE: 'fast', KEPT: 'yes'}});
	expect(textAt(podsOf('ruled')[0], 'name')).toBe('ruled');
	expect(JSON.stringify(podsOf('ruled'))).toContain('"configMapRef":{"name":"rules-2"}');
});

test('a Secret is set from a variable, its users are rolled, and its value stands in nothing that is told or kept', async () => {
	const value = 'Violet-otter-seven';
	const source = with_({fromEnvironment: name => (name === 'DB_PASSWORD' ? value : undefined)});
	const {outcome, trail} = await run(secretManage, {name: 'database', keys: ['password'], fromEnv: ['DB_PASSWORD'], restart: true}, source);
	expect(outcome).toMatchObject({kind: 'done', output: {set: ['password'], rolled: [{object: 'Deployment shop/checkout', pods: 3}]}});
	expect(data('Secret', 'database')).toMatchObject({password: Buffer.from(value).toString('base64'), username: expect.any(String)});
	const told = JSON.stringify([outcome, trail.entries]);
	for (const spelling of [value, Buffer.from(value).toString('base64')]) expect(told).not.toContain(spelling);
});

test('values are asked for by the name of their key, together', async () => {
	const asked: string[][] = [];
	const fromPrompt = async (labels: readonly string[]) => {
		asked.push([...labels]);
		return labels.map(label => `the ${label}`);
	};
	const {outcome} = await run(secretManage, {name: 'fresh', keys: ['user', 'word']}, with_({fromPrompt}));
	expect(outcome).toMatchObject({kind: 'done', output: {operation: 'created'}});
	expect(asked[0]).toEqual(['user', 'word']);
	expect(data('Secret', 'fresh')).toEqual({
		user: Buffer.from('the user').toString('base64'),
		word: Buffer.from('the word').toString('base64'),
	});
});

const secretFiles = (files: {readonly [path: string]: string}) => with_({fromFile: async path => bytes(files[path] ?? '')});
const config = (json: unknown) => secretFiles({config: JSON.stringify(json)});
const registry = {name: 'pull', type: 'dockerconfigjson', fromFile: ['.dockerconfigjson=config']};

test.each<[string, object, object, string, RegExp]>([
	['a value among the arguments', {name: 'x', keys: ['word=Violet-otter-seven']}, {}, 'secret-in-argument', /history of your shell/],
	['a key that is none', {name: 'x', keys: ['Violet otter']}, {}, 'bad-key', /A key of the arguments/],
	['a variable that is not set', {name: 'x', fromEnv: ['word=Violet']}, {}, 'no-such-variable', /is not set/],
	['an empty value', {name: 'x', fromEnv: ['word=WORD']}, with_({fromEnvironment: () => ''}), 'empty-value', /is empty/],
	['nothing at all', {name: 'database'}, {}, 'nothing-given', /Nothing says what to change/],
	['a key that is not there', {name: 'database', remove: ['passwort']}, {}, 'no-such-key', /has no key passwort/],
	['another type', {name: 'database', type: 'tls', keys: ['a']}, {}, 'other-type', /is of type Opaque/],
	[
		'half a certificate',
		{name: 'x', type: 'tls', fromFile: ['tls.crt']},
		secretFiles({'tls.crt': 'x'}),
		'bad-secret',
		/needs the key tls.key/,
	],
	['a registry without a way in', registry, config({auths: {'r.example': {}}}), 'bad-secret', /cannot sign in to r\.example/],
	['no registry', registry, config({credsStore: 'desktop'}), 'bad-secret', /names no registry/],
	['what is no JSON', registry, secretFiles({config: 'Violet'}), 'bad-secret', /is not JSON/],
])('%s is refused with a way on, and no value is told', async (_, input, change, code, what) => {
	const {outcome} = await run(secretManage, {...input}, change);
	expect(outcome).toMatchObject({kind: 'failed', error: {code, next: expect.any(String)}});
	expect(JSON.stringify(outcome)).toMatch(what);
	expect(JSON.stringify(outcome)).not.toMatch(/Violet/);
});

const certificateInput = {name: 'cert', type: 'tls', fromFile: ['tls.crt', 'tls.key']};

test('a certificate is taken with its own key, and told with its name and its end', async () => {
	const {cert, key} = makeCertificate('shop.example');
	const {outcome} = await run(secretManage, certificateInput, {...secretFiles({'tls.crt': cert, 'tls.key': key}), mode: 'plan'});
	expect(planOf(outcome)?.consequences).toContainEqual(
		expect.objectContaining({id: 'certificate', text: expect.stringMatching(/shop\.example.*valid until \d{4}-/)}),
	);
});

test.each([
	['is no certificate', {'tls.crt': 'Violet', 'tls.key': 'x'}, 'certificate-unreadable', /tls\.crt cannot be read/],
	[
		'has no key that can be read',
		{'tls.crt': makeCertificate('shop.example').cert, 'tls.key': 'Violet'},
		'certificate-unreadable',
		/tls\.key cannot be read/,
	],
	[
		'is of another key',
		{'tls.crt': makeCertificate('shop.example').cert, 'tls.key': makeCertificate('other.example').key},
		'certificate-of-another-key',
		/does not belong to the key tls\.key/,
	],
])('a certificate that %s is taken as the server takes it: a danger that the plan tells, and no value', async (_, files, id, words) => {
	const {outcome} = await run(secretManage, certificateInput, {...secretFiles(files), mode: 'plan'});
	expect(planOf(outcome)?.consequences).toContainEqual(
		expect.objectContaining({id, severity: 'danger', text: expect.stringMatching(words)}),
	);
	expect(planOf(outcome)?.risk.level).toBe('high');
	expect(JSON.stringify(outcome)).not.toMatch(/Violet|PRIVATE KEY/);
});

test('a Secret is copied into another namespace with its type, and keys get values by chance', async () => {
	sandbox.machine.create(
		{
			apiVersion: 'v1',
			kind: 'Secret',
			metadata: {namespace: 'shop', name: 'login'},
			type: 'kubernetes.io/basic-auth',
			data: {username: 'VmlvbGV0'},
		},
		'test',
	);
	expect((await run(secretManage, {name: 'login-2', copyOf: 'shop/login'})).outcome).toMatchObject({
		kind: 'done',
		output: {operation: 'created'},
	});
	expect(live('Secret', 'login-2')).toMatchObject({type: 'kubernetes.io/basic-auth', data: {username: 'VmlvbGV0'}});
	const {outcome} = await run(secretManage, {name: 'drawn', random: ['token=12', 'other']});
	expect(outcome).toMatchObject({kind: 'done', output: {set: ['token', 'other']}});
	const values = Object.values(objectAt(live('Secret', 'drawn'), 'data')).map(value => Buffer.from(String(value), 'base64').toString());
	expect(values.map(({length}) => length)).toEqual([12, 32]);
	expect(JSON.stringify(outcome)).not.toContain(values[0]);
});

test.each([
	['one that is not there', 'shop/nothing', 'no-such-secret'],
	['one of a controller', 'shop/token', 'other-type'],
])('a copy of %s is refused with a way on', async (_, copyOf, code) => {
	sandbox.machine.create(
		{apiVersion: 'v1', kind: 'Secret', metadata: {namespace: 'shop', name: `${code}-token`}, type: 'example.com/own', data: {}},
		'test',
	);
	const place = copyOf === 'shop/token' ? `shop/${code}-token` : copyOf;
	expect((await run(secretManage, {name: 'copy', copyOf: place})).outcome).toMatchObject({kind: 'failed', error: {code}});
});

test('a registry that can be signed in to is taken and named', async () => {
	const auth = Buffer.from('ci:Violet-otter-seven').toString('base64');
	const {outcome} = await run(secretManage, registry, {...config({auths: {'r.example': {auth}}}), mode: 'plan'});
	expect(planOf(outcome)?.consequences).toContainEqual(expect.objectContaining({id: 'registries', text: 'It signs in to r.example'}));
});
