import {expect, test} from 'vitest';
import {configMap, configMaps, deployment, deployments, pod, startApi} from './support/api-client.ts';

// Status codes and words as a real kube-apiserver 1.36.3 gave them (test/cluster/compare.ts).
const invalid = (kind: string, why: string) => `${kind}.meta.k8s.io "" is invalid: ${why}`;
const supported = (words: string) => `supported values: ${words}`;
test.each([
	['GET', '?limit=many', 400, 'strconv.ParseInt: parsing "many": invalid syntax'],
	['GET', '?resourceVersion=5&continue=abc', 400, 'specifying resource version is not allowed when using continue'],
	[
		'GET',
		'?continue=nonsense',
		400,
		"invalid continue token: continue key is not valid: invalid character '\\u009e' looking for beginning of value",
	],
	[
		'GET',
		'?resourceVersion=abc',
		400,
		'invalid resource version: resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax',
	],
	['GET', '?resourceVersion=abc&watch=1', 500, 'resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax'],
	[
		'GET',
		'?resourceVersionMatch=Exact',
		422,
		invalid('ListOptions', 'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided'),
	],
	[
		'GET',
		'?watch=1&sendInitialEvents=true',
		422,
		invalid('ListOptions', 'resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'),
	],
	['GET', '?labelSelector=tier+is+front', 400, "unable to parse requirement: found 'is', expected: in, notin, =, ==, !=, gt, lt"],
	['GET', '?fieldSelector=data.x%3D1', 400, '"data.x" is not a known field selector: only "metadata.name", "metadata.namespace"'],
	['POST', '?dryRun=Some', 422, invalid('CreateOptions', `dryRun: Unsupported value: ["Some"]: ${supported('"All"')}`)],
	[
		'POST',
		'?fieldValidation=Sometimes',
		422,
		invalid('CreateOptions', `fieldValidation: Unsupported value: "Sometimes": ${supported('"", "Ignore", "Strict", "Warn"')}`),
	],
	['POST', `?fieldManager=${'m'.repeat(130)}`, 422, invalid('CreateOptions', 'fieldManager: Too long: may not be more than 128 bytes')],
	[
		'DELETE',
		'/a?propagationPolicy=Sideways',
		422,
		invalid(
			'DeleteOptions',
			`propagationPolicy: Unsupported value: "Sideways": ${supported('"Foreground", "Background", "Orphan", "nil"')}`,
		),
	],
	['POST', '/a', 405, 'the server does not allow this method on the requested resource'],
	['PUT', '', 405, 'the server does not allow this method on the requested resource'],
])('%s …/configmaps%s is refused with %i', async (method, rest, status, message) => {
	const {call} = await startApi();
	const answer = await call(method, `${configMaps}${rest}`, method === 'GET' || method === 'DELETE' ? {} : {body: configMap('a')});
	expect({status: answer.status, message: answer.body.message}).toEqual({status, message});
});

test('a label value that cannot be is refused in a selector', async () => {
	const {call} = await startApi();
	const {status, body} = await call('GET', `${configMaps}?labelSelector=tier%3D-front-`);
	expect(status).toBe(400);
	expect(body.message).toContain('unable to parse requirement: values[0][tier]: Invalid value: "-front-": a valid label must be');
});

test('a pod field that cannot be selected is worded as pods do', async () => {
	const {call} = await startApi();
	const {body} = await call('GET', '/api/v1/pods?fieldSelector=spec.color%3Db');
	expect(body).toMatchObject({code: 400, message: 'field label not supported: spec.color'});
});

test('an unknown path is plain text, an unknown resource is a Status', async () => {
	const {call} = await startApi();
	expect(await call('GET', '/apis/nothing.example.com/v1')).toMatchObject({status: 404, body: {text: '404 page not found\n'}});
	expect(await call('GET', '/api/v1/namespaces/default/things')).toMatchObject({status: 404, body: {reason: 'NotFound', details: {}}});
});

test.each([
	[{uid: '11111111-1111-1111-1111-111111111111'}, 'the UID in the precondition (11111111-1111-1111-1111-111111111111) does not match'],
	[{resourceVersion: '1'}, 'the ResourceVersion in the precondition (1) does not match the ResourceVersion in record'],
])('a deletion with the precondition %o is a conflict about the kind', async (preconditions, message) => {
	const {call} = await startApi();
	await call('POST', configMaps, {body: configMap('a')});
	const {body} = await call('DELETE', `${configMaps}/a`, {body: {kind: 'DeleteOptions', apiVersion: 'v1', preconditions}});
	expect(body).toMatchObject({code: 409, reason: 'Conflict', details: {name: 'a', kind: 'ConfigMap'}});
	expect(body.message).toContain(`Operation cannot be fulfilled on ConfigMap "a": ${message}`);
});

test.each([
	[[{op: 'test', path: '/data/size', value: 'small'}]],
	[[{op: 'remove', path: '/data/missing'}]],
	[[{op: 'add', path: '/nothing/here', value: '1'}]],
	[[{op: 'turn', path: '/data/size'}]],
])('a JSON patch that does not fit says no more than that: %j', async patch => {
	const {call} = await startApi();
	await call('POST', configMaps, {body: configMap('a', {size: 'big'})});
	const {body} = await call('PATCH', `${configMaps}/a`, {body: patch, type: 'application/json-patch+json'});
	expect(body).toMatchObject({code: 422, message: 'the server rejected our request due to an error in our request', details: {}});
});

test('a JSON patch that replaces what is missing adds it', async () => {
	const {call} = await startApi();
	await call('POST', configMaps, {body: configMap('a', {size: 'big'})});
	const patch = [{op: 'replace', path: '/data/color', value: 'blue'}];
	const {body} = await call('PATCH', `${configMaps}/a`, {body: patch, type: 'application/json-patch+json'});
	expect(body.data).toEqual({size: 'big', color: 'blue'});
});

test('force belongs to apply alone', async () => {
	const {call} = await startApi();
	const {body} = await call('PATCH', `${configMaps}/a?force=true`, {body: {}, type: 'application/merge-patch+json'});
	expect(body.message).toBe(invalid('PatchOptions', 'force: Forbidden: may not be specified for non-apply patch'));
});

test('nothing is scaled below none', async () => {
	const {call} = await startApi();
	await call('POST', deployments, {body: deployment('web')});
	const {body} = await call('PATCH', `${deployments}/web/scale`, {body: {spec: {replicas: -1}}, type: 'application/merge-patch+json'});
	const message = 'Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0';
	expect(body).toMatchObject({code: 422, message});
});

test('an eviction names the pod of its path', async () => {
	const {api, call} = await startApi();
	api.machine.create(pod('a'));
	const body = {apiVersion: 'policy/v1', kind: 'Eviction', metadata: {name: 'b', namespace: 'default'}};
	const answer = await call('POST', '/api/v1/namespaces/default/pods/a/eviction', {body});
	expect(answer.body).toMatchObject({code: 400, message: 'name in URL does not match name in Eviction object'});
});
