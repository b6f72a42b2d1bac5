import {expect, test} from 'vitest';
import {at, post} from '../../servers/questions.ts';
import {namePart} from '../grammar.ts';
import {pod} from '../objects.ts';
import {invalidity, type Problem, refusal} from '../reply.ts';
import type {Chapter} from '../room.ts';

const main = {name: 'main', image: 'x:1'};
const containing = (more: object) => ({containers: [{...main, ...more}]});
const inContainer = 'spec.containers[0]';

type Row = readonly [what: string, spec: object, problems: readonly Problem[]];
const rows: readonly Row[] = [
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

/** Pods that cannot be. */
export const invalidPods: Chapter = open => {
	test.each(rows)('a pod with %s is refused', async (_, spec, causes) => {
		const {ask, path} = await open();
		expect(await ask(post(path('pods'), pod('web', spec)))).toMatchObject(invalidity('Pod', 'web', causes));
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
