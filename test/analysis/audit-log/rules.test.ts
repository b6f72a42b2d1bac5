import {describe, expect, test} from 'vitest';
import {allRules, detections, threatRules} from '../../../src/analysis/audit-log/all-rules.ts';
import {type AuditSettings, usualSettings} from '../../../src/analysis/audit-log/rule.ts';
import {makeThreatJudge} from '../../../src/analysis/audit-log/threat-judge.ts';
import {auditEvent, type Told} from '../../support/audit-events.ts';

const seenIn = (told: Told, settings: Partial<AuditSettings> = {}) =>
	makeThreatJudge({sequences: [], settings: {...usualSettings, ...settings}}).hear(auditEvent(told));
const found = (told: Told, settings?: Partial<AuditSettings>) =>
	seenIn(told, settings).map(({detection, severity}) => `${detection} ${severity}`);

const pod = (spec: object, more: Told = {}): Told => ({
	verb: 'create',
	on: 'pods shop/x',
	code: 201,
	request: {kind: 'Pod', spec},
	...more,
});
const container = (more: object = {}) => ({name: 'x', image: 'registry.example:5000/team/x:1', ...more});
const privileged = {containers: [container({securityContext: {privileged: true}})]};
const binding = (roleRef: string, subjects: readonly object[], more: Told = {}): Told => ({
	...{verb: 'create', on: 'rolebindings shop/b', code: 201, request: {kind: 'RoleBinding', roleRef: {name: roleRef}, subjects}},
	...more,
});
const role = (rule: object): Told => ({verb: 'create', on: 'clusterroles r', code: 201, request: {kind: 'ClusterRole', rules: [rule]}});
const user = (name: string) => ({kind: 'User', name});
const controller = 'system:serviceaccount:kube-system:replicaset-controller';
const inPod = {by: 'system:serviceaccount:shop:web', program: 'web/1.0'};
const kubelet = {by: 'system:node:node-0', groups: ['system:nodes'], program: 'kubelet/v1.36.0 (linux/amd64)'};

describe('each of these is told', () => {
	test.each<[string, Told, string[]]>([
		['a privileged pod', pod(privileged), ['privileged-container high']],
		['one that was refused, less grave', pod(privileged, {code: 403}), ['privileged-container medium']],
		['one that was only tried out', pod(privileged, {uri: '/api/v1/namespaces/shop/pods?dryRun=All'}), ['privileged-container medium']],
		[
			'a privileged init container of a CronJob',
			{
				...{verb: 'create', on: 'cronjobs shop/x', code: 201},
				request: {kind: 'CronJob', spec: {jobTemplate: {spec: {template: {spec: {initContainers: privileged.containers}}}}}},
			},
			['privileged-container high'],
		],
		[
			'a patch whose answer is privileged',
			{
				...{verb: 'patch', on: 'daemonsets shop/x', request: [{op: 'add', path: '/spec'}]},
				response: {kind: 'DaemonSet', spec: {template: {spec: privileged}}},
			},
			['privileged-container high'],
		],
		['the root of the node', pod({volumes: [{hostPath: {path: '/'}}], containers: []}), ['sensitive-host-path high']],
		[
			'a sensitive path with a slash at its end',
			pod({volumes: [{hostPath: {path: '/etc/'}}], containers: []}),
			['sensitive-host-path high'],
		],
		['another folder', pod({volumes: [{hostPath: {path: '/data'}}], containers: []}), ['host-path low']],
		['hostIPC', pod({hostIPC: true, containers: []}), ['host-ipc medium']],
		[
			'a strong capability',
			pod({containers: [container({securityContext: {capabilities: {add: ['SYS_ADMIN']}}})]}),
			['strong-capability medium'],
		],
		['a pod of kube-system', {verb: 'create', on: 'pods kube-system/x', code: 201}, ['pod-in-kube-namespace medium']],
		['exec over WebSocket', {verb: 'get', on: 'pods/exec shop/web', code: 101, stage: 'ResponseStarted'}, ['exec-in-pod medium']],
		['exec in kube-system', {verb: 'create', on: 'pods/exec kube-system/etcd', code: 101}, ['exec-in-pod high']],
		[
			'a command of a kubelet',
			{on: 'nodes/proxy n', uri: '/api/v1/nodes/n/proxy/run/shop/web/x?cmd=id', verb: 'create'},
			['node-proxy high'],
		],
		['metrics of a kubelet', {on: 'nodes/proxy n', uri: '/api/v1/nodes/n/proxy/metrics/cadvisor'}, ['node-proxy low']],
		['cluster-admin for a namespace', binding('cluster-admin', [user('eve')]), ['cluster-admin-bound high', 'role-bound low']],
		['one for oneself', binding('view', [user('ada')]), ['bound-to-self high', 'role-bound low']],
		[
			'one for the account that asks',
			binding('view', [{kind: 'ServiceAccount', name: 'web', namespace: 'shop'}], inPod),
			['bound-to-self high', 'role-bound low'],
		],
		[
			'one for everybody',
			binding('view', [{kind: 'Group', name: 'system:unauthenticated'}]),
			['bound-to-everybody critical', 'role-bound low'],
		],
		['a binding without its body', {verb: 'create', on: 'rolebindings shop/b', code: 201, level: 'Metadata'}, ['role-bound low']],
		[
			'escalate',
			role({apiGroups: ['rbac.authorization.k8s.io'], resources: ['clusterroles'], verbs: ['escalate']}),
			['dangerous-role high'],
		],
		['everything', role({apiGroups: ['*'], resources: ['*'], verbs: ['*']}), ['wildcard-role medium']],
		['all secrets', role({apiGroups: [''], resources: ['secrets'], verbs: ['list']}), ['secret-reading-role medium']],
		['a token of another account', {...inPod, verb: 'create', on: 'serviceaccounts/token shop/db', code: 201}, ['token-made high']],
		[
			'a token of a controller',
			{verb: 'create', on: 'serviceaccounts/token kube-system/clusterrole-aggregation-controller', code: 201},
			['token-made critical'],
		],
		[
			'a controller that is kubectl',
			{by: controller, on: 'secrets shop/x'},
			['control-plane-name-misused high', 'strange-program-of-account low'],
		],
		['a node that is curl', {...kubelet, program: 'curl/8.0', on: 'pods shop/x'}, ['node-credential-misused high']],
		['a kubelet that runs commands', {...kubelet, verb: 'create', on: 'pods/exec shop/x', code: 101}, ['node-credential-misused high']],
		['as a master', {on: 'pods shop/x', as: {username: 'x', groups: ['system:masters']}}, ['impersonation high']],
		[
			'nobody who reads secrets',
			{by: 'system:anonymous', groups: ['system:unauthenticated'], on: 'secrets shop/x', uri: '/api/v1/x'},
			['secret-read low', 'anonymous-request critical'],
		],
		['nobody who reads the version', {by: 'system:anonymous', uri: '/version'}, ['anonymous-request low']],
		['deleted events', {verb: 'deletecollection', on: 'events shop/'}, ['events-deleted high']],
		['a kind that is deleted', {verb: 'delete', on: 'customresourcedefinitions x'}, ['kind-changed high']],
		['a deleted policy', {verb: 'delete', on: 'clusterpolicies x', group: 'kyverno.io'}, ['admission-policy-changed high']],
		['the DNS', {verb: 'update', on: 'configmaps kube-system/coredns'}, ['names-hijacked high']],
		[
			'who of the cloud is who',
			{verb: 'patch', on: 'configmaps kube-system/aws-auth', request: {data: {mapUsers: 'x'}}},
			['cloud-identities-changed high'],
		],
		[
			'less Pod Security',
			{verb: 'patch', on: 'namespaces shop/shop', request: {metadata: {labels: {'pod-security.kubernetes.io/enforce': null}}}},
			['pod-security-loosened high'],
		],
		[
			'an address from outside',
			{verb: 'create', on: 'services shop/x', code: 201, request: {spec: {externalIPs: ['8.8.8.8']}}},
			['external-address medium'],
		],
		[
			'an Ingress in the clear',
			{verb: 'create', on: 'ingresses shop/x', code: 201, request: {spec: {rules: []}}},
			['ingress-without-tls low'],
		],
	])('%s', (_, told, expected) => {
		expect(found(told)).toEqual(expected);
	});
});

test('a certificate for the masters is told by the names in it', () => {
	const der = Buffer.concat([Buffer.from([0x30, 0x82, 0x01]), Buffer.from('system:masters', 'latin1'), Buffer.alloc(40)]).toString(
		'base64',
	);
	const pem = `-----BEGIN CERTIFICATE REQUEST-----\n${der.slice(0, 20)}\n${der.slice(20)}\n-----END CERTIFICATE REQUEST-----\n`;
	const asked = {
		verb: 'create',
		on: 'certificatesigningrequests x',
		code: 201,
		request: {spec: {request: Buffer.from(pem).toString('base64')}},
	};
	expect(found(asked)).toEqual(['strong-certificate high']);
});

describe('each of these is silent', () => {
	test.each<[string, Told]>([
		['a pod that a controller makes', pod(privileged, {by: controller, program: 'kube-controller-manager/v1.36.0'})],
		['a pod without anything', pod({containers: [container()]})],
		['an exec that was not asked', {on: 'pods shop/web'}],
		['a kubelet that makes a token for its pod', {...kubelet, verb: 'create', on: 'serviceaccounts/token shop/default', code: 201}],
		['a kubelet that reads a secret of its pod', {...kubelet, on: 'secrets shop/x'}],
		['health by nobody', {by: 'system:anonymous', uri: '/livez?verbose'}],
		['nobody who was refused', {by: 'system:anonymous', on: 'pods shop/x', code: 403}],
		[
			'an operator that updates what is its own',
			{...inPod, verb: 'update', on: 'deployments shop/x', request: {spec: {template: {spec: {containers: []}}}}},
		],
		['a lease', {...inPod, verb: 'update', on: 'leases shop/x'}],
		['endpoints by a controller', {...inPod, verb: 'update', on: 'endpointslices shop/x'}],
	])('%s', (_, told) => {
		expect(found(told)).toEqual([]);
	});

	test('a pod with an image that is trusted, and one of an image that is allowed', () => {
		expect(found(pod(privileged), {trustedImages: ['registry.example:5000/team/x']})).toEqual([]);
		expect(found(pod({containers: [container()]}), {allowedImages: ['registry.example:5000/team/x']})).toEqual([]);
		expect(found(pod({containers: [container()]}), {allowedImages: []})).toEqual(['image-not-allowed medium']);
	});
});

test('arguments of a command are not told, for they may be secrets', () => {
	const uri = '/api/v1/namespaces/shop/pods/web/exec?command=mysql&command=-psecret-word&container=db';
	const [hit] = seenIn({verb: 'get', on: 'pods/exec shop/web', uri, code: 101});
	expect(hit?.detail).toBe('exec: command mysql, container db');
});

test('a stream is told once, at its beginning, or at its end where the log has no beginning', () => {
	const judge = makeThreatJudge({sequences: []});
	const exec = {verb: 'create', on: 'pods/exec shop/web', code: 101, id: 'one'};
	const stages = ['RequestReceived', 'ResponseStarted', 'ResponseComplete'];
	expect(stages.map(stage => judge.hear(auditEvent({...exec, stage})).length)).toEqual([0, 1, 0]);
	expect(judge.hear(auditEvent({...exec, id: 'two'}))).toHaveLength(1);
});

test('what the level of the log does not hold is not checked, and says so', () => {
	const judge = makeThreatJudge({sequences: []});
	const made = {verb: 'create', on: 'pods shop/x', code: 201};
	expect(judge.hear(auditEvent({...made, level: 'Metadata'}))).toEqual([]);
	judge.hear(auditEvent({...made, level: 'Metadata'}));
	expect(judge.blind()).toContainEqual({
		detection: 'privileged-container',
		why: 'the log holds pods at level Metadata alone, and it needs Request',
		requests: 2,
	});
	expect(judge.blind().filter(({detection}) => detection === 'image-not-allowed')).toMatchObject([{requests: 0}]);
	const patches = makeThreatJudge({sequences: []});
	patches.hear(auditEvent({verb: 'patch', on: 'daemonsets shop/x', level: 'Request', request: [{op: 'add', path: '/spec/x', value: 1}]}));
	expect(patches.blind()).toContainEqual(expect.objectContaining({detection: 'privileged-container', requests: 1}));
});

test('each detection has an id of its own, words for a person, and techniques of ATT&CK', () => {
	expect(new Set(allRules.map(({id}) => id)).size).toBe(allRules.length);
	for (const {id, title, why, remedy, falsePositives} of detections.values())
		expect([id, title, why, remedy, falsePositives].filter(text => text === '')).toEqual([]);
	expect(threatRules.filter(({attack}) => attack.length === 0)).toEqual([]);
	expect([...detections.values()].flatMap(({attack}) => attack).filter(({technique}) => !/^T\d{4}(?:\.\d{3})?$/.test(technique))).toEqual(
		[],
	);
});
