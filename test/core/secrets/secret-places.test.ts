import {expect, test} from 'vitest';
import type {Json} from '../../../src/core/json.ts';
import {secretPlaces} from '../../../src/core/secrets/secret-places.ts';

const found = (object: Json, kind?: string) => secretPlaces(object, kind).map(({path, value}) => `${path.join('.')}=${value}`);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const template = (pod: Json) => ({spec: {template: {spec: pod}}});
const env = (name: string, value: string) => ({name: 'app', env: [{name, value}]});
const pem = '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----';
const appliedSecret = JSON.stringify({kind: 'Secret', data: {p: 'aHVudGVy'}});

test.each<[string, Json, readonly string[]]>([
	['data of a Secret', {kind: 'Secret', data: {p: 'aHVudGVy', empty: ''}}, ['data.p=aHVudGVy']],
	['stringData of a Secret', {kind: 'Secret', stringData: {p: 'x'}}, ['stringData.p=x']],
	['a Secret in a List', {kind: 'List', items: [{kind: 'Secret', data: {p: 'eA=='}}]}, ['items.0.data.p=eA==']],
	['items of a SecretList carry no kind', {kind: 'SecretList', items: [{data: {p: 'eA=='}}]}, ['items.0.data.p=eA==']],
	[
		'env of a Deployment',
		{kind: 'Deployment', ...template({containers: [env('DB_PASSWORD', 'hunter2')]})},
		['spec.template.spec.containers.0.env.0.value=hunter2'],
	],
	['env of an init container', {kind: 'Pod', spec: {initContainers: [env('API_KEY', 'abc')]}}, ['spec.initContainers.0.env.0.value=abc']],
	[
		'env of an ephemeral container',
		{kind: 'Pod', spec: {ephemeralContainers: [env('API_KEY', 'abc')]}},
		['spec.ephemeralContainers.0.env.0.value=abc'],
	],
	[
		'env of a CronJob',
		{kind: 'CronJob', spec: {jobTemplate: template({containers: [env('TOKEN', 'abc')]})}},
		['spec.jobTemplate.spec.template.spec.containers.0.env.0.value=abc'],
	],
	[
		'env of a Rollout',
		{kind: 'Rollout', ...template({containers: [env('PASSWD', 'abc')]})},
		['spec.template.spec.containers.0.env.0.value=abc'],
	],
	[
		'credentials in a URL',
		{kind: 'Pod', spec: {containers: [env('DATABASE_URL', 'postgres://app:hunter2@db:5432/x')]}},
		['spec.containers.0.env.0.value=hunter2'],
	],
	[
		'an env value that refers to a Secret',
		{kind: 'Pod', spec: {containers: [{env: [{name: 'PASSWORD', valueFrom: {secretKeyRef: {name: 'db', key: 'password'}}}]}]}},
		[],
	],
	[
		'--password=x in args',
		{kind: 'Pod', spec: {containers: [{args: ['--password=hunter2', '--port=80']}]}},
		['spec.containers.0.args.0=hunter2'],
	],
	[
		'--token x in a command',
		{kind: 'Pod', spec: {containers: [{command: ['app', '--token', 'hunter2']}]}},
		['spec.containers.0.command.2=hunter2'],
	],
	[
		'a password in a shell line',
		{kind: 'Pod', spec: {containers: [{args: ['-c', 'PGPASSWORD=hunter2 psql']}]}},
		['spec.containers.0.args.1=hunter2'],
	],
	['ConfigMap data by key', {kind: 'ConfigMap', data: {'db.password': 'hunter2', level: 'info'}}, ['data.db.password=hunter2']],
	[
		'a file in a ConfigMap',
		{kind: 'ConfigMap', data: {'app.properties': 'level=info\ndb.password=hunter2\n'}},
		['data.app.properties=hunter2'],
	],
	['a private key in a ConfigMap', {kind: 'ConfigMap', data: {file: `x\n${pem}\n`}}, [`data.file=${pem}`]],
	['a private key in binaryData', {kind: 'ConfigMap', binaryData: {file: base64(pem)}}, [`binaryData.file=${base64(pem)}`]],
	[
		'an annotation by name',
		{kind: 'Pod', metadata: {annotations: {'example.com/api-key': 'abc'}}},
		['metadata.annotations.example.com/api-key=abc'],
	],
	[
		'last-applied of a Secret',
		{kind: 'Secret', metadata: {annotations: {'kubectl.kubernetes.io/last-applied-configuration': appliedSecret}}},
		[`metadata.annotations.kubectl.kubernetes.io/last-applied-configuration=${appliedSecret}`],
	],
	[
		'last-applied without secrets',
		{kind: 'Pod', metadata: {annotations: {'kubectl.kubernetes.io/last-applied-configuration': '{"kind":"Pod"}'}}},
		[],
	],
	['a random value', {kind: 'ConfigMap', data: {x: 'q8Zr1Kf0VtYb3Lw9Xn2Pd7Hs5Jm4Gc6A'}}, ['data.x=q8Zr1Kf0VtYb3Lw9Xn2Pd7Hs5Jm4Gc6A']],
	['a digest', {kind: 'ConfigMap', data: {x: 'aaaae3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'}}, []],
	['a token in a custom resource', {kind: 'Receiver', spec: {token: 'abc', secretRef: {name: 'token'}}}, ['spec.token=abc']],
	['a value that is hidden already', {kind: 'Secret', data: {p: '‹sealed:Secret/shop/db/data/p›', q: '‹redacted›'}}, []],
])('finds %s', (_, object, expected) => {
	expect(found(object)).toEqual(expected);
});

test('a patch is read with the kind it is for', () => {
	expect(found({data: {p: 'eA=='}}, 'Secret')).toEqual(['data.p=eA==']);
	expect(found({data: {p: 'eA=='}})).toEqual([]);
});
