import {expect, test} from 'vitest';
import {type ApiUnderTest, startApi} from './support/api-client.ts';

const schema = {
	type: 'object',
	required: ['spec'],
	properties: {
		spec: {
			type: 'object',
			required: ['size'],
			properties: {
				size: {type: 'integer', minimum: 0, maximum: 9},
				color: {type: 'string', enum: ['red', 'blue'], default: 'red'},
				code: {type: 'string', pattern: '^[a-z]+$'},
				port: {'x-kubernetes-int-or-string': true},
				extra: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true},
				limits: {type: 'object', additionalProperties: {type: 'string'}},
				parts: {
					type: 'array',
					maxItems: 2,
					'x-kubernetes-list-type': 'map',
					'x-kubernetes-list-map-keys': ['name'],
					items: {type: 'object', required: ['name'], properties: {name: {type: 'string'}, count: {type: 'integer', default: 1}}},
				},
			},
		},
	},
};
const definition = {
	apiVersion: 'apiextensions.k8s.io/v1',
	kind: 'CustomResourceDefinition',
	metadata: {name: 'services.boats.example.com'},
	spec: {
		group: 'boats.example.com',
		scope: 'Namespaced',
		// A kind that a built-in one shares: its rules must not leak in.
		names: {plural: 'services', kind: 'Service', singular: 'service'},
		versions: [{name: 'v1', served: true, storage: true, schema: {openAPIV3Schema: schema}}],
	},
};
const path = '/apis/boats.example.com/v1/namespaces/default/services';
const boat = (spec: object) => ({apiVersion: 'boats.example.com/v1', kind: 'Service', metadata: {name: 'b'}, spec});

async function withDefinition(): Promise<ApiUnderTest> {
	const world = await startApi();
	await world.call('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {body: definition});
	return world;
}

test('defaults of the schema are filled in, unknown fields are dropped but where they are kept', async () => {
	const {call} = await withDefinition();
	const {status, body} = await call('POST', path, {body: boat({size: 3, shape: 'x', extra: {any: 1}, parts: [{name: 'p'}]})});
	expect([status, body.spec]).toEqual([201, {size: 3, color: 'red', extra: {any: 1}, parts: [{name: 'p', count: 1}]}]);
});

test.each([
	['nothing of what is required', {}, 'spec.size: Required value'],
	['a number below the minimum', {size: -1}, 'spec.size: Invalid value: -1: spec.size in body should be greater than or equal to 0'],
	['a number above the maximum', {size: 10}, 'spec.size: Invalid value: 10: spec.size in body should be less than or equal to 9'],
	['a word for a number', {size: 'three'}, 'spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"'],
	['a value nobody listed', {size: 1, color: 'green'}, 'spec.color: Unsupported value: "green": supported values: "red", "blue"'],
	['a text that does not match', {size: 1, code: 'A1'}, 'spec.code: Invalid value: "A1": spec.code in body should match \'^[a-z]+$\''],
	[
		'a bad value of a map',
		{size: 1, limits: {a: 1}},
		'spec.limits.a: Invalid value: "integer": spec.limits.a in body must be of type string: "integer"',
	],
	['too many items', {size: 1, parts: [{name: 'a'}, {name: 'b'}, {name: 'c'}]}, 'spec.parts: Too many: 3: must have at most 2 items'],
])('%s is refused', async (_what, spec, message) => {
	const {call} = await withDefinition();
	const reply = await call('POST', path, {body: boat(spec)});
	expect([reply.status, reply.body.message]).toEqual([422, `Service.boats.example.com "b" is invalid: ${message}`]);
});

test('a number or a text where either is good', async () => {
	const {call} = await withDefinition();
	for (const port of [80, 'http']) expect((await call('POST', `${path}?dryRun=All`, {body: boat({size: 1, port})})).status).toBe(201);
});

test('unknown fields are refused when asked strictly', async () => {
	const {call} = await withDefinition();
	expect((await call('POST', `${path}?fieldValidation=Strict`, {body: boat({size: 1, shape: 'x'})})).body.message).toContain(
		'strict decoding error: unknown field "spec.shape"',
	);
});

test('lists of a custom kind are owned item by item where the schema says so', async () => {
	const {call} = await withDefinition();
	const type = 'application/apply-patch+yaml';
	await call('PATCH', `${path}/b?fieldManager=one`, {type, body: boat({size: 1, parts: [{name: 'a'}]})});
	const {body} = await call('PATCH', `${path}/b?fieldManager=two`, {type, body: boat({size: 1, parts: [{name: 'b', count: 5}]})});
	expect(body).toMatchObject({
		spec: {
			parts: [
				{name: 'a', count: 1},
				{name: 'b', count: 5},
			],
		},
	});
	expect(JSON.stringify(body.metadata.managedFields)).toContain('k:{\\"name\\":\\"b\\"}');
});

test('a strategic patch is for built-in kinds alone', async () => {
	const {call} = await withDefinition();
	await call('POST', path, {body: boat({size: 1})});
	expect((await call('PATCH', `${path}/b`, {type: 'application/strategic-merge-patch+json', body: {spec: {size: 2}}})).status).toBe(415);
	expect((await call('PATCH', `${path}/b`, {type: 'application/merge-patch+json', body: {spec: {size: 2}}})).body).toMatchObject({
		metadata: {generation: 2},
	});
});

test('a definition says when its kind is served', async () => {
	const {api} = await withDefinition();
	expect(api.machine.get('CustomResourceDefinition', undefined, 'services.boats.example.com')).toMatchObject({
		metadata: {managedFields: [{manager: 'kube-apiserver', subresource: 'status'}, {manager: 'test'}]},
		status: {
			conditions: [
				{type: 'NamesAccepted', status: 'True'},
				{type: 'Established', status: 'True'},
			],
			storedVersions: ['v1'],
		},
	});
});

test('a definition that is deleted waits for its objects, and takes no new ones', async () => {
	const {call} = await withDefinition();
	const held = {...boat({size: 1}), metadata: {name: 'held', finalizers: ['example.com/hold']}};
	await call('POST', path, {body: held});
	const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/services.boats.example.com';
	const {body} = await call('DELETE', definitions);
	expect(body).toMatchObject({
		kind: 'CustomResourceDefinition',
		metadata: {generation: 1, finalizers: ['customresourcecleanup.apiextensions.k8s.io']},
		status: {conditions: [{}, {}, {type: 'Terminating', status: 'True', reason: 'InstanceDeletionPending'}]},
	});
	expect((await call('GET', `${path}/held`)).body.metadata.deletionTimestamp).toBeDefined();
	expect((await call('POST', path, {body: boat({size: 1})})).body).toMatchObject({
		code: 403,
		message: 'services.boats.example.com "b" is forbidden: create not allowed while custom resource definition is terminating',
	});
	await call('PATCH', `${path}/held`, {body: {metadata: {finalizers: null}}, type: 'application/merge-patch+json'});
	expect((await call('GET', definitions)).status).toBe(404);
	expect((await call('GET', path)).status).toBe(404);
});

const anything = {type: 'object', 'x-kubernetes-preserve-unknown-fields': true};
const looseDefinition = {
	...definition,
	metadata: {name: 'rafts.boats.example.com'},
	spec: {
		...definition.spec,
		names: {plural: 'rafts', kind: 'Raft', singular: 'raft'},
		versions: [
			{
				name: 'v1',
				served: true,
				storage: true,
				schema: {openAPIV3Schema: {type: 'object', properties: {spec: anything, status: anything}}},
			},
		],
	},
};
const rafts = '/apis/boats.example.com/v1/namespaces/default/rafts';
const raft = (spec: object, more: object = {}) => ({
	apiVersion: 'boats.example.com/v1',
	kind: 'Raft',
	metadata: {name: 'r'},
	spec,
	...more,
});

async function withLooseKind() {
	const world = await startApi();
	await world.call('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {body: looseDefinition});
	const apply = (manager: string, body: object, force = false) =>
		world.call('PATCH', `${rafts}/r?fieldManager=${manager}&force=${force}`, {body, type: 'application/apply-patch+yaml'});
	return {...world, apply};
}

test('fields that no schema declares are owned one by one', async () => {
	const {apply} = await withLooseKind();
	await apply('one', raft({deck: {logs: 4, ropes: ['a']}}));
	expect((await apply('two', raft({deck: {mast: 1}}))).body).toMatchObject({spec: {deck: {logs: 4, ropes: ['a'], mast: 1}}});
	expect((await apply('two', raft({deck: {logs: 5}}))).body).toMatchObject({
		code: 409,
		message: 'Apply failed with 1 conflict: conflict with "one": .spec.deck.logs',
	});
	const {body} = await apply('two', raft({deck: {logs: {count: 5}}}), true);
	expect(body.metadata.managedFields).toMatchObject([
		{manager: 'one', fieldsV1: {'f:spec': {'f:deck': {'.': {}, 'f:ropes': {}}}}},
		{manager: 'two', fieldsV1: {'f:spec': {'f:deck': {'.': {}, 'f:logs': {'.': {}, 'f:count': {}}}}}},
	]);
	expect(JSON.stringify(body.metadata.managedFields)).toMatch(/^(?!.*"f:logs":\{\}).*$/);
});

test('a status that is no subresource is a field as any other', async () => {
	const {call, apply} = await withLooseKind();
	expect((await apply('one', raft({}, {status: {wet: true}}))).body).toMatchObject({status: {wet: true}, metadata: {generation: 1}});
	const {body} = await call('PATCH', `${rafts}/r`, {body: {status: {wet: false}}, type: 'application/merge-patch+json'});
	expect(body).toMatchObject({status: {wet: false}, metadata: {generation: 2}});
	expect((await call('PATCH', `${rafts}/r/status`, {body: {}, type: 'application/merge-patch+json'})).body).toMatchObject({
		code: 404,
		message: 'rafts.boats.example.com "r" not found',
	});
	expect((await call('GET', rafts)).body.metadata).toMatchObject({continue: ''});
});

test('a write to the status of a custom kind leaves everything else, and is judged on its own', async () => {
	const {call} = await startApi();
	const [version] = definition.spec.versions;
	const withStatus = {
		...schema,
		properties: {...schema.properties, status: {type: 'object', properties: {area: {type: 'integer', minimum: 0}}}},
	};
	const versions = [{...version, schema: {openAPIV3Schema: withStatus}, subresources: {status: {}}}];
	await call('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
		body: {...definition, spec: {...definition.spec, versions}},
	});
	await call('POST', path, {body: {...boat({size: 1}), status: {area: 1}}});
	const change = (body: object) => call('PATCH', `${path}/b/status`, {body, type: 'application/merge-patch+json'});
	const {body} = await change({metadata: {labels: {a: 'b'}}, spec: {size: 2}, status: {area: 7}});
	expect([body.metadata.labels, body.metadata.generation, body.spec, body.status]).toEqual([
		undefined,
		1,
		{size: 1, color: 'red'},
		{area: 7},
	]);
	expect((await change({status: {area: -1}})).body.message).toBe(
		'Service.boats.example.com "b" is invalid: status.area: Invalid value: -1: area in body should be greater than or equal to 0',
	);
});
