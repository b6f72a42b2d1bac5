import {expect, test} from 'vitest';
import {configMap, configMaps, deployment, pod, startApi} from './support/api-client.ts';

// Words of a real kube-apiserver 1.36.3 (test/cluster/compare.ts).
const unrecognized = "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error:";
test.each([
	['{"kind": ', 400, `${unrecognized} unexpected end of JSON input ({"kind": )`],
	['', 400, `${unrecognized} unexpected end of JSON input (<empty>)`],
	['hello', 400, `${unrecognized} invalid character 'h' looking for beginning of value (hello)`],
	[
		JSON.stringify(deployment('web')),
		400,
		'Deployment in version "v1" cannot be handled as a ConfigMap: converting (v1.Deployment) to (core.ConfigMap): unknown conversion',
	],
	[
		'{"apiVersion":"v9","kind":"Thing","metadata":{"name":"a"}}',
		400,
		'Thing in version "v9" cannot be handled as a ConfigMap: no kind "Thing" is registered for version "v9" in scheme "pkg/runtime/scheme.go:111"',
	],
	[
		'{"apiVersion":"v2","kind":"ConfigMap","metadata":{"name":"a"}}',
		400,
		'the API version in the data (v2) does not match the expected API version (v1)',
	],
])('the body %s is refused', async (body, status, message) => {
	const {call} = await startApi();
	const answer = await call('POST', configMaps, {body});
	expect({status: answer.status, message: answer.body.message}).toEqual({status, message});
});

// go-yaml's words, as a real kube-apiserver 1.36.3 gives them.
test.each([
	['a: [', 'error converting YAML to JSON: yaml: line 1: did not find expected node content'],
	['a: [b', "error converting YAML to JSON: yaml: line 1: did not find expected ',' or ']'"],
	['a: {b: c', "error converting YAML to JSON: yaml: line 1: did not find expected ',' or '}'"],
	['a: b: c', 'error converting YAML to JSON: yaml: mapping values are not allowed in this context'],
	['a:\n\tb: c', 'error converting YAML to JSON: yaml: line 2: found character that cannot start any token'],
	['a: 1\nb', "error converting YAML to JSON: yaml: line 3: could not find expected ':'"],
	['"a', 'error converting YAML to JSON: yaml: found unexpected end of stream'],
	['a: *b', "error converting YAML to JSON: yaml: unknown anchor 'b' referenced"],
	['- a', 'error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}'],
])('the YAML %j is refused', async (body, problem) => {
	const {call} = await startApi();
	const answer = await call('PATCH', `${configMaps}/a?fieldManager=m`, {body, type: 'application/apply-patch+yaml'});
	expect({status: answer.status, message: answer.body.message}).toEqual({
		status: 400,
		message: `error decoding YAML: ${problem}`,
	});
});

test('a body of another type is unsupported', async () => {
	const {call} = await startApi();
	const {body} = await call('POST', configMaps, {body: 'hello', type: 'text/plain'});
	expect(body).toMatchObject({
		code: 415,
		message:
			'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
	});
});

test('an object that does not say its kind is of the kind of its path', async () => {
	const {call} = await startApi();
	expect(await call('POST', configMaps, {body: {metadata: {name: 'a'}}})).toMatchObject({
		status: 201,
		body: {kind: 'ConfigMap', apiVersion: 'v1'},
	});
	const applied = await call('PATCH', `${configMaps}/a?fieldManager=one`, {
		body: {metadata: {name: 'a'}},
		type: 'application/apply-patch+yaml',
	});
	expect(applied).toMatchObject({status: 400, body: {message: 'invalid object type: /, Kind='}});
});

test('an eviction cannot be read', async () => {
	const {api, call} = await startApi();
	api.machine.create(pod('a'));
	expect((await call('GET', '/api/v1/namespaces/default/pods/a/eviction')).status).toBe(405);
});

test('a deletion is answered with the object where the real server does so, else with a Status', async () => {
	const {call} = await startApi();
	const quotas = '/api/v1/namespaces/default/resourcequotas';
	await call('POST', configMaps, {body: configMap('a')});
	await call('POST', quotas, {body: {apiVersion: 'v1', kind: 'ResourceQuota', metadata: {name: 'few'}, spec: {hard: {pods: '4'}}}});
	expect((await call('DELETE', `${configMaps}/a`)).body).toMatchObject({
		kind: 'Status',
		status: 'Success',
		details: {name: 'a', kind: 'configmaps'},
	});
	expect((await call('DELETE', `${quotas}/few`)).body).toMatchObject({kind: 'ResourceQuota', spec: {hard: {pods: '4'}}});
});

test('a right is told with the one it was given to', async () => {
	const {call} = await startApi();
	const body = {
		apiVersion: 'authorization.k8s.io/v1',
		kind: 'SelfSubjectAccessReview',
		spec: {resourceAttributes: {namespace: 'default', verb: 'get', resource: 'pods'}},
	};
	const answer = await call('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {body, token: 'reader'});
	expect(answer.body.status).toMatchObject({allowed: true, reason: expect.stringContaining('of ClusterRole "view" to Group "readers"')});
});
