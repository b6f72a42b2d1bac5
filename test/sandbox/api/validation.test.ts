import {expect, test} from 'vitest';
import {deployment, deployments, pod, startApi} from './support/api-client.ts';

const web = deployment('web');
const withSpec = (spec: object) => ({...web, spec: {...web.spec, ...spec}});
const withContainer = (container: object, more: object = {}) =>
	withSpec({template: {...web.spec.template, spec: {containers: [{name: 'main', image: 'x:1', ...container}], ...more}}});
const containers = 'spec.template.spec.containers';
const label =
	"a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

test.each([
	['less than no replicas', withSpec({replicas: -1}), 'spec.replicas: Invalid value: -1: must be greater than or equal to 0'],
	['an upper case container name', withContainer({name: 'Main'}), `${containers}[0].name: Invalid value: "Main": ${label}`],
	['no image', withContainer({image: ''}), `${containers}[0].image: Required value`],
	[
		'a port out of range',
		withContainer({ports: [{containerPort: 99_999}]}),
		`${containers}[0].ports[0].containerPort: Invalid value: 99999: must be between 1 and 65535, inclusive`,
	],
	[
		'a mount of no volume',
		withContainer({volumeMounts: [{name: 'v', mountPath: '/v'}]}),
		`${containers}[0].volumeMounts[0].name: Not found: "v"`,
	],
	[
		'a probe that does nothing',
		withContainer({livenessProbe: {}}),
		`${containers}[0].livenessProbe: Required value: must specify a handler type`,
	],
	[
		'a bad pull policy',
		withContainer({imagePullPolicy: 'Sometimes'}),
		`${containers}[0].imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"`,
	],
	[
		'requests above limits',
		withContainer({resources: {requests: {memory: '2Gi'}, limits: {memory: '1Gi'}}}),
		`${containers}[0].resources.requests: Invalid value: "2Gi": must be less than or equal to memory limit of 1Gi`,
	],
	[
		'a restart policy no deployment has',
		withContainer({}, {restartPolicy: 'Never'}),
		'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
	],
	['no containers', withSpec({template: {metadata: {labels: {app: 'web'}}, spec: {containers: []}}}), `${containers}: Required value`],
	[
		'labels its selector misses',
		withSpec({selector: {matchLabels: {app: 'other'}}}),
		'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
	],
	[
		'a strategy nobody knows',
		withSpec({strategy: {type: 'Sideways'}}),
		'spec.strategy: Unsupported value: {"Type":"Sideways","RollingUpdate":null}: supported values: "Recreate", "RollingUpdate"',
	],
])('a deployment with %s is invalid', async (_what, body, message) => {
	const {call} = await startApi();
	const reply = await call('POST', deployments, {body});
	expect([reply.status, reply.body.message]).toEqual([422, `Deployment.apps "web" is invalid: ${message}`]);
	expect(reply.body).toMatchObject({
		reason: 'Invalid',
		details: {name: 'web', group: 'apps', kind: 'Deployment', causes: [{field: message.slice(0, message.indexOf(':'))}]},
	});
});

test('several problems come in brackets, one cause each', async () => {
	const {call} = await startApi();
	const {body} = await call('POST', deployments, {body: withContainer({name: 'Main', image: ''})});
	expect(body.message).toMatch(
		/^Deployment\.apps "web" is invalid: \[spec\.template\.spec\.containers\[0\]\.name: .*, spec\.template\.spec\.containers\[0\]\.image: Required value\]$/,
	);
	expect(body).toMatchObject({details: {causes: [{reason: 'FieldValueInvalid'}, {reason: 'FieldValueRequired'}]}});
});

const services = '/api/v1/namespaces/default/services';
const budgets = '/apis/policy/v1/namespaces/default/poddisruptionbudgets';
const service = (spec: object) => ({apiVersion: 'v1', kind: 'Service', metadata: {name: 's'}, spec});
const map = (metadata: object, more: object = {}) => ({apiVersion: 'v1', kind: 'ConfigMap', metadata, ...more});

test.each([
	['a service without ports', services, service({selector: {app: 'web'}}), 'Service "s" is invalid: spec.ports: Required value'],
	[
		'two ports without names',
		services,
		service({ports: [{port: 80}, {port: 81}]}),
		'Service "s" is invalid: [spec.ports[0].name: Required value, spec.ports[1].name: Required value]',
	],
	[
		'a budget with a bad share',
		budgets,
		{apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: {name: 'b'}, spec: {minAvailable: 'half'}},
		"PodDisruptionBudget.policy \"b\" is invalid: spec.minAvailable: Invalid value: \"half\": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
	],
	[
		'an object without a name',
		'/api/v1/namespaces/default/configmaps',
		map({}),
		'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
	],
] as const)('%s is refused', async (_what, path, body, message) => {
	const {call} = await startApi();
	expect(await call('POST', path, {body})).toMatchObject({status: 422, body: {message}});
});

test.each([
	['name', map({name: 'Bad_Name'}), 'metadata.name: Invalid value: "Bad_Name": a lowercase RFC 1123 subdomain must'],
	['label', map({name: 'a', labels: {x: '-bad-'}}), 'metadata.labels: Invalid value: "-bad-": a valid label must be'],
	['label key', map({name: 'a', labels: {'bad key': 'x'}}), 'metadata.labels: Invalid value: "bad key": name part must consist of'],
	['key of data', map({name: 'a'}, {data: {'a/b': '1'}}), 'data[a/b]: Invalid value: "a/b": a valid config key must'],
] as const)('a bad %s is told by its grammar', async (_what, body, words) => {
	const {call} = await startApi();
	expect((await call('POST', '/api/v1/namespaces/default/configmaps', {body})).body.message).toContain(words);
});

const merge = 'application/merge-patch+json';
const forbiddenSet =
	"spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

test.each([
	[
		'a deployment its selector',
		deployments,
		web,
		{spec: {selector: {matchLabels: {tier: 'x'}}}},
		'spec.selector: Invalid value: {"matchLabels":{"app":"web","tier":"x"}}: field is immutable',
	],
	[
		'a stateful set its service',
		'/apis/apps/v1/namespaces/default/statefulsets',
		{...web, kind: 'StatefulSet', spec: {...web.spec, serviceName: 'a'}},
		{spec: {serviceName: 'b'}},
		forbiddenSet,
	],
	[
		'a pod its command',
		'/api/v1/namespaces/default/pods',
		pod('web'),
		{spec: {containers: [{name: 'main', image: 'x', command: ['y']}]}},
		'spec: Forbidden: pod updates may not change fields other than',
	],
	[
		'a service its address',
		services,
		{...service({ports: [{port: 80}]}), metadata: {name: 'web'}},
		{spec: {clusterIP: '10.96.9.9'}},
		'spec.clusterIPs[0]: Invalid value: ["10.96.9.9"]: may not change once set',
	],
	[
		'a sealed secret its data',
		'/api/v1/namespaces/default/secrets',
		{apiVersion: 'v1', kind: 'Secret', metadata: {name: 'web'}, immutable: true, data: {k: 'YQ=='}},
		{data: {k: 'Yg=='}},
		'data: Forbidden: field is immutable when `immutable` is set',
	],
	[
		'a secret its type',
		'/api/v1/namespaces/default/secrets',
		{apiVersion: 'v1', kind: 'Secret', metadata: {name: 'web'}},
		{type: 'other'},
		'type: Invalid value: "other": field is immutable',
	],
	[
		'a job its template',
		'/apis/batch/v1/namespaces/default/jobs',
		{
			apiVersion: 'batch/v1',
			kind: 'Job',
			metadata: {name: 'web'},
			spec: {template: {spec: {restartPolicy: 'Never', containers: [{name: 'a', image: 'x'}]}}},
		},
		{spec: {template: {spec: {restartPolicy: 'OnFailure'}}}},
		'spec.template: Invalid value: ',
	],
] as const)('%s may not change', async (_what, path, object, patch, words) => {
	const {call} = await startApi();
	expect((await call('POST', path, {body: object})).status).toBe(201);
	const {status, body} = await call('PATCH', `${path}/web`, {type: merge, body: patch});
	expect(status).toBe(422);
	expect(body.message).toContain(words);
});

test('what a pod may change: its image, and more tolerations', async () => {
	const {call} = await startApi();
	const path = '/api/v1/namespaces/default/pods';
	await call('POST', path, {body: pod('web')});
	const type = 'application/strategic-merge-patch+json';
	expect((await call('PATCH', `${path}/web`, {type, body: {spec: {containers: [{name: 'main', image: 'x:2'}]}}})).status).toBe(200);
	expect((await call('PATCH', `${path}/web`, {type, body: {spec: {tolerations: []}}})).body.message).toContain(
		'spec.tolerations: Forbidden',
	);
});

test.each([
	[
		'strict',
		'Strict',
		400,
		'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.replica"',
		null,
	],
	['warn', 'Warn', 201, undefined, '299 - "unknown field \\"spec.replica\\""'],
	['ignore', 'Ignore', 201, undefined, null],
] as const)('an unknown field, %s', async (_what, mode, status, message, warning) => {
	const {call} = await startApi();
	const reply = await call('POST', `${deployments}?fieldValidation=${mode}`, {body: withSpec({replica: 3})});
	expect([reply.status, reply.body.message, reply.headers.get('warning')]).toEqual([status, message, warning]);
	expect(JSON.stringify(reply.body.spec ?? {})).not.toContain('"replica"');
});

test('a value of the wrong type never gets in', async () => {
	const {call} = await startApi();
	const {status, body} = await call('POST', deployments, {body: withSpec({replicas: 'three'})});
	expect([status, body.message]).toEqual([
		400,
		'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
	]);
});

test.each([
	[
		'a quantity that is none',
		{limits: {cpu: 'much'}},
		400,
		'Deployment in version "v1" cannot be handled as a Deployment: quantities must match the regular expression \'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$\'',
	],
	['a quantity in a form of its own', {limits: {cpu: '0.5', memory: '1024Mi'}}, 201, undefined],
] as const)('%s', async (_what, resources, status, message) => {
	const {call} = await startApi();
	const reply = await call('POST', deployments, {body: withContainer({resources})});
	expect([reply.status, reply.body.message]).toEqual([status, message]);
	if (status === 201) expect(JSON.stringify(reply.body.spec)).toContain('"limits":{"cpu":"500m","memory":"1Gi"}');
});

test('data of a secret is base64', async () => {
	const {call} = await startApi();
	const body = {apiVersion: 'v1', kind: 'Secret', metadata: {name: 't'}, data: {key: 'not base64!'}};
	expect((await call('POST', '/api/v1/namespaces/default/secrets', {body})).body.message).toBe(
		'Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte 3',
	);
});
