import {expect, test} from 'vitest';
import {at, post} from '../../cluster/compare/row.ts';
import {configMap, deployment, pod, service} from '../objects.ts';
import {cause, refusal} from '../reply.ts';
import type {Chapter} from '../room.ts';

const subdomain =
	"a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const namePart =
	"name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const labelValue =
	"a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

type Row = readonly [what: string, change: object, causes: readonly (readonly [reason: string, field: string, message: string])[]];
const long = 'x'.repeat(254);

const metadataRows: readonly Row[] = [
	['a capital letter in the name', {name: 'Big'}, [['FieldValueInvalid', 'metadata.name', `Invalid value: "Big": ${subdomain}`]]],
	[
		'a name of 254 characters',
		{name: long},
		[['FieldValueInvalid', 'metadata.name', `Invalid value: "${long}": must be no more than 253 characters`]],
	],
	['no name', {name: undefined}, [['FieldValueRequired', 'metadata.name', 'Required value: name or generateName is required']]],
	[
		'a label key that begins with a dash',
		{labels: {'-x': '1'}},
		[['FieldValueInvalid', 'metadata.labels', `Invalid value: "-x": ${namePart}`]],
	],
	[
		'a label key with two slashes',
		{labels: {'a/b/c': '1'}},
		[
			[
				'FieldValueInvalid',
				'metadata.labels',
				`Invalid value: "a/b/c": ${namePart.replace('name part', 'a valid label key')} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
			],
		],
	],
	['a label value of one dash', {labels: {x: '-'}}, [['FieldValueInvalid', 'metadata.labels', `Invalid value: "-": ${labelValue}`]]],
	[
		'a label value of 64 characters',
		{labels: {x: 'y'.repeat(64)}},
		[['FieldValueInvalid', 'metadata.labels', `Invalid value: "${'y'.repeat(64)}": must be no more than 63 bytes`]],
	],
	[
		'a space in an annotation key',
		{annotations: {'a b': ''}},
		[['FieldValueInvalid', 'metadata.annotations', `Invalid value: "a b": ${namePart}`]],
	],
	[
		'a finalizer without a domain',
		{finalizers: ['nope']},
		[
			[
				'FieldValueInvalid',
				'metadata.finalizers[0]',
				'Invalid value: "nope": name is neither a standard finalizer name nor is it fully qualified',
			],
		],
	],
	[
		'an owner without kind and uid',
		{ownerReferences: [{apiVersion: 'v1', kind: '', name: 'x', uid: ''}]},
		[
			['FieldValueInvalid', 'metadata.ownerReferences.kind', 'Invalid value: "": must not be empty'],
			['FieldValueInvalid', 'metadata.ownerReferences.uid', 'Invalid value: "": must not be empty'],
		],
	],
];

const main = {name: 'main', image: 'x:1'};
const containing = (more: object) => ({containers: [{...main, ...more}]});
const inContainer = 'spec.containers[0]';

const podRows: readonly Row[] = [
	['no spec', {}, [['FieldValueRequired', 'spec.containers', 'Required value']]],
	['no containers', {containers: []}, [['FieldValueRequired', 'spec.containers', 'Required value']]],
	[
		'a container without name and image',
		{containers: [{}]},
		[
			['FieldValueRequired', `${inContainer}.name`, 'Required value'],
			['FieldValueRequired', `${inContainer}.image`, 'Required value'],
		],
	],
	[
		'two containers of one name',
		{containers: [main, main]},
		[['FieldValueDuplicate', 'spec.containers[1].name', 'Duplicate value: "main"']],
	],
	[
		'a port that is too high',
		containing({ports: [{containerPort: 70_000}]}),
		[['FieldValueInvalid', `${inContainer}.ports[0].containerPort`, 'Invalid value: 70000: must be between 1 and 65535, inclusive']],
	],
	[
		'a request above its limit',
		containing({resources: {requests: {cpu: '2'}, limits: {cpu: '1'}}}),
		[['FieldValueInvalid', `${inContainer}.resources.requests`, 'Invalid value: "2": must be less than or equal to cpu limit of 1']],
	],
	[
		'a request below nothing',
		containing({resources: {requests: {cpu: '-1'}}}),
		[['FieldValueInvalid', `${inContainer}.resources.requests[cpu]`, 'Invalid value: "-1": must be greater than or equal to 0']],
	],
	[
		'a resource that nobody knows',
		containing({resources: {requests: {horses: '2'}}}),
		[
			[
				'FieldValueInvalid',
				`${inContainer}.resources.requests[horses]`,
				'Invalid value: "horses": must be a standard resource type or fully qualified',
			],
			[
				'FieldValueInvalid',
				`${inContainer}.resources.requests[horses]`,
				'Invalid value: "horses": must be a standard resource for containers',
			],
		],
	],
	[
		'policies that there are not',
		{containers: [{...main, imagePullPolicy: 'Sometimes'}], restartPolicy: 'Maybe', dnsPolicy: 'None?'},
		[
			[
				'FieldValueNotSupported',
				`${inContainer}.imagePullPolicy`,
				'Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"',
			],
			['FieldValueNotSupported', 'spec.restartPolicy', 'Unsupported value: "Maybe": supported values: "Always", "OnFailure", "Never"'],
			[
				'FieldValueNotSupported',
				'spec.dnsPolicy',
				'Unsupported value: "None?": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"',
			],
		],
	],
	[
		'a mount of a volume that there is not',
		containing({volumeMounts: [{name: 'v', mountPath: '/v'}]}),
		[['FieldValueNotFound', `${inContainer}.volumeMounts[0].name`, 'Not found: "v"']],
	],
	[
		'a volume of two kinds',
		{containers: [main], volumes: [{name: 'v', emptyDir: {}, hostPath: {path: '/x'}}]},
		[['FieldValueForbidden', 'spec.volumes[0].hostPath', 'Forbidden: may not specify more than 1 volume type']],
	],
	[
		'a variable with two values',
		containing({env: [{name: 'A', value: 'x', valueFrom: {fieldRef: {fieldPath: 'metadata.name'}}}]}),
		[['FieldValueInvalid', `${inContainer}.env[0].valueFrom`, 'Invalid value: "": may not be specified when `value` is not empty']],
	],
	[
		'a probe of nothing',
		containing({livenessProbe: {}}),
		[['FieldValueRequired', `${inContainer}.livenessProbe`, 'Required value: must specify a handler type']],
	],
	[
		'a liveness probe that wants two successes',
		containing({livenessProbe: {httpGet: {port: 80}, successThreshold: 2}}),
		[['FieldValueInvalid', `${inContainer}.livenessProbe.successThreshold`, 'Invalid value: 2: must be 1']],
	],
	[
		'a deadline of no time',
		{containers: [main], activeDeadlineSeconds: 0},
		[['FieldValueInvalid', 'spec.activeDeadlineSeconds', 'Invalid value: 0: must be between 1 and 2147483647, inclusive']],
	],
	[
		'a node label that cannot be one',
		{containers: [main], nodeSelector: {'a b': 'c'}},
		[['FieldValueInvalid', 'spec.nodeSelector', `Invalid value: "a b": ${namePart}`]],
	],
];

const told = (kind: string, name: string, causes: Row[2]) => {
	const problems = causes.map(([, field, message]) => `${field}: ${message}`);
	const text = problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`;
	return refusal(422, 'Invalid', `${kind} "${name}" is invalid: ${text}`, {
		causes: causes.map(([reason, field, message]) => cause(reason, field, message)),
	});
};

/** Objects that cannot be. */
export const validity: Chapter = open => {
	test.each(metadataRows)('%s is refused', async (_, metadata, causes) => {
		const {ask, path} = await open();
		const name = 'name' in metadata ? (metadata.name ?? '') : 'one';
		expect(await ask(post(path('configmaps'), configMap('one', {}, {...metadata})))).toMatchObject(told('ConfigMap', String(name), causes));
	});

	test.each(podRows)('a pod with %s is refused', async (_, spec, causes) => {
		const {ask, path} = await open();
		expect(await ask(post(path('pods'), pod('web', spec)))).toMatchObject(told('Pod', 'web', causes));
	});

	test('what is wrong with a template is told by its place in the deployment', async () => {
		const {ask, path} = await open();
		const message = 'Invalid value: {"app":"other"}: `selector` does not match template `labels`';
		expect(await ask(post(path('deployments'), deployment('web', {labels: {app: 'other'}, template: {containers: []}})))).toMatchObject({
			status: 422,
			body: {
				reason: 'Invalid',
				details: {
					causes: [
						cause('FieldValueInvalid', 'spec.template.metadata.labels', message),
						cause('FieldValueRequired', 'spec.template.spec.containers', 'Required value'),
					],
				},
			},
		});
	});

	test('a service of two ports wants names for both', async () => {
		const {ask, path} = await open();
		expect(await ask(post(path('services'), service('web', {ports: [{port: 80}, {port: 81}]})))).toMatchObject(
			told('Service', 'web', [
				['FieldValueRequired', 'spec.ports[0].name', 'Required value'],
				['FieldValueRequired', 'spec.ports[1].name', 'Required value'],
			]),
		);
	});

	test('an object of another namespace than the path is refused', async () => {
		const {ask, path} = await open();
		expect(await ask(post(path('configmaps'), configMap('one', {}, {namespace: 'default'})))).toMatchObject(
			refusal(400, 'BadRequest', 'the namespace of the provided object does not match the namespace sent on the request'),
		);
	});

	test('a pod of an account that there is not is refused', async () => {
		const {ask, path, namespace} = await open();
		expect(await ask(post(path('pods'), pod('web', {containers: [main], serviceAccountName: 'ghost'})))).toMatchObject(
			refusal(
				403,
				'Forbidden',
				`pods "web" is forbidden: error looking up service account ${namespace}/ghost: serviceaccount "ghost" not found`,
				{name: 'web', kind: 'pods'},
			),
		);
	});

	test('nobody waits for less than no time', async () => {
		const {ask, path} = await open();
		const reply = await ask(post(`${path('pods')}?dryRun=All`, pod('web', {containers: [main], terminationGracePeriodSeconds: -5})));
		expect(at(reply.body, 'spec', 'terminationGracePeriodSeconds')).toBe(1);
	});
};
