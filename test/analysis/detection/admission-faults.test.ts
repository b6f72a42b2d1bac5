import {describe, expect, test} from 'vitest';
import {admissionFaults} from '../../../src/analysis/detection/analyzers/admission/admission-faults.ts';
import {detect} from '../../../src/analysis/detection/detect.ts';
import {surveyIn} from './cluster-in-yaml.ts';
import {remedies, told} from './told-in.ts';

/** Deployment web with one ready pod; what a test says of it comes last. */
type Parts = {
	readonly container?: string;
	readonly pod?: string;
	readonly status?: string;
	readonly changed?: string;
	readonly made?: string;
	readonly podEnv?: string;
};
const web = ({container = '', pod = '', status = '{}', changed = '09:00', made = container, podEnv = ''}: Parts = {}) => `
apiVersion: apps/v1
kind: Deployment
changed: "${changed}"
metadata: {name: web, uid: u}
spec: {replicas: 1, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "web:1"${container}}]${pod}}}}
status: ${status}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web-2, annotations: {deployment.kubernetes.io/revision: "2"}, ownerReferences: [{kind: Deployment, name: web, controller: true}]}
spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "web:1"${container}}]${pod}}}}
---
apiVersion: v1
kind: Pod
metadata: {name: web-2-x, labels: {app: web}, ownerReferences: [{kind: ReplicaSet, name: web-2, controller: true}]}
spec: {containers: [{name: web, image: "web:1"${made}${podEnv}}]}
status: {phase: Running, conditions: [{type: Ready, status: "True"}]}
---`;
const before = (container = '', pod = '') => `
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web-1, annotations: {deployment.kubernetes.io/revision: "1"}, ownerReferences: [{kind: Deployment, name: web, controller: true}]}
spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "web:0"${container}}]${pod}}}}
---`;
const of = (kind: string, name: string, body: string, apiVersion = 'v1', metadata = '') => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: {name: ${name}${metadata}}
${body}
---`;
const quota = (hard: string, used: string, more = '') =>
	of('ResourceQuota', 'small', `${more}\nspec: {hard: ${hard}}\nstatus: {hard: ${hard}, used: ${used}}`);
const range = (limits: string, more = '') => of('LimitRange', 'range', `${more}\nspec: {limits: [${limits}]}`);
const namespace = (level: string, changed = '09:00') =>
	`\napiVersion: v1\nkind: Namespace\nchanged: "${changed}"\nmetadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: ${level}}}\n---`;
const refused = (message: string) => `{conditions: [{type: ReplicaFailure, status: "True", message: ${JSON.stringify(message)}}]}`;
const small = ', resources: {requests: {cpu: 200m, memory: 64Mi}, limits: {cpu: 200m, memory: 64Mi}}';
const large = ', resources: {requests: {cpu: "2", memory: 64Mi}, limits: {cpu: "2", memory: 64Mi}}';
const webhook = (service: string, more = 'failurePolicy: Fail') =>
	of(
		'ValidatingWebhookConfiguration',
		'guard',
		`webhooks: [{name: guard.x.io, ${more}, clientConfig: {service: ${service}}, rules: [{operations: [CREATE], apiGroups: [""], apiVersions: [v1], resources: [pods]}]}]`,
		'admissionregistration.k8s.io/v1',
	);
const service = (name: string, selector = '{app: web}') => of('Service', name, `spec: {selector: ${selector}, ports: [{port: 443}]}`);
const cpu = 'spec.template.spec.containers[web].resources';
const hardened =
	', securityContext: {allowPrivilegeEscalation: false, runAsNonRoot: true, capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}}';
const policy = `${of(
	'MutatingAdmissionPolicy',
	'pin',
	'changed: "09:30"\nspec: {matchConstraints: {resourceRules: [{operations: [CREATE], apiGroups: [""], apiVersions: [v1], resources: [pods]}]}, mutations: [{patchType: ApplyConfiguration, applyConfiguration: {expression: "Object{}"}}]}',
	'admissionregistration.k8s.io/v1beta1',
)}${of('MutatingAdmissionPolicyBinding', 'pin', 'spec: {policyName: pin}', 'admissionregistration.k8s.io/v1beta1')}`;

const database = (storage: string) =>
	of(
		'StatefulSet',
		'db',
		`spec: {replicas: 1, template: {spec: {containers: [{name: db, image: d}]}}, volumeClaimTemplates: [{metadata: {name: data}, spec: {resources: {requests: {storage: ${storage}}}}}]}`,
		'apps/v1',
	);

const rows: readonly (readonly [string, string, readonly string[]])[] = [
	['a quota with room', web({container: small}) + quota('{requests.cpu: "1"}', '{requests.cpu: 200m}'), []],
	['a quota that is just full', web({container: small}) + quota('{requests.cpu: 200m}', '{requests.cpu: 200m}'), []],
	[
		'a quota below what runs',
		web({container: small}) + quota('{requests.cpu: 100m}', '{requests.cpu: 200m}', 'changed: "09:30"'),
		['quota-used-up ResourceQuota/small spec.hard[requests.cpu] (medium)'],
	],
	[
		'a quota that counts limits which pods do not name',
		web() + quota('{limits.cpu: "4"}', '{}'),
		[`quota-wants-resources Deployment/web ${cpu}.limits.cpu (medium)`],
	],
	[
		'a quota that came to count limits',
		web() + quota('{limits.cpu: "4"}', '{}', 'changed: "09:30"'),
		['quota-wants-resources ResourceQuota/small spec.hard[limits.cpu] (medium)'],
	],
	['limits that a LimitRange fills in', web() + quota('{limits.cpu: "4"}', '{}') + range('{type: Container, default: {cpu: 500m}}'), []],
	['a quota for some pods only', web() + quota('{limits.cpu: "4"}', '{}').replace('spec: {', 'spec: {scopes: [BestEffort], '), []],
	['a LimitRange that all keep to', web({container: small}) + range('{type: Container, max: {cpu: "1"}, min: {cpu: 100m}}'), []],
	[
		'more than a LimitRange allows',
		web({container: large, made: small}) + range('{type: Container, max: {cpu: "1"}}'),
		[`limit-range-refuses Deployment/web ${cpu}.limits.cpu (medium)`],
	],
	[
		'a LimitRange that came to allow less',
		web({container: large}) + range('{type: Container, max: {cpu: "1"}}', 'changed: "09:30"'),
		['limit-range-refuses LimitRange/range spec.limits[0].max.cpu (medium)'],
	],
	[
		'a LimitRange that refuses what runs, with a release of the same second',
		web({container: large, changed: '09:30'}) + range('{type: Container, max: {cpu: "1"}}', 'changed: "09:30"'),
		['limit-range-refuses LimitRange/range spec.limits[0].max.cpu (medium)'],
	],
	[
		'a default limit below what is asked for',
		web({container: ', resources: {requests: {memory: 1Gi}}'}) + range('{type: Container, default: {memory: 512Mi}}', 'changed: "09:30"'),
		['limit-range-refuses LimitRange/range spec.limits[0].default.memory (medium)'],
	],
	[
		'a limit that is too many times the request',
		web({container: ', resources: {requests: {cpu: 100m}, limits: {cpu: "1"}}', made: small}) +
			range('{type: Container, maxLimitRequestRatio: {cpu: "4"}}'),
		[`limit-range-refuses Deployment/web ${cpu}.limits.cpu (medium)`],
	],
	['containers that keep to what a pod may have', web({container: small}) + range('{type: Pod, max: {cpu: 200m}, min: {cpu: 200m}}'), []],
	[
		'containers that are more than a pod may have together',
		web({container: `${small}}, {name: proxy, image: p${small}`}) + range('{type: Pod, max: {memory: 100Mi}}', 'changed: "09:30"'),
		['limit-range-refuses LimitRange/range spec.limits[0].max.memory (medium)'],
	],
	[
		'a release that takes more than a pod may have',
		web({container: large, made: small}) + range('{type: Pod, max: {cpu: "1"}}'),
		[`limit-range-refuses Deployment/web ${cpu}.limits.cpu (medium)`],
	],
	[
		'a pod that is asked for too little together',
		web({container: small}) + range('{type: Pod, min: {memory: 1Gi}}', 'changed: "09:30"'),
		['limit-range-refuses LimitRange/range spec.limits[0].min.memory (medium)'],
	],
	[
		'a pod without the limit that it must have',
		web({container: small.replace('cpu: 200m, memory: 64Mi}}', 'cpu: 200m}}'), made: small}) + range('{type: Pod, max: {memory: 1Gi}}'),
		[`limit-range-refuses Deployment/web ${cpu}.limits.memory (medium)`],
	],
	[
		'claims that are larger than they may be',
		database('20Gi') + range('{type: PersistentVolumeClaim, max: {storage: 10Gi}}'),
		['limit-range-refuses LimitRange/range spec.limits[0].max.storage'],
	],
	['claims as they may be', database('10Gi') + range('{type: PersistentVolumeClaim, max: {storage: 10Gi}, min: {storage: 1Gi}}'), []],
	[
		'claims that are there already',
		`${database('20Gi')}${of('PersistentVolumeClaim', 'data-db-0', 'spec: {}')}${range('{type: PersistentVolumeClaim, max: {storage: 10Gi}}')}`,
		[],
	],
	['a level that all pass', web({container: hardened}) + namespace('restricted'), []],
	['a level that is only warned of', web() + namespace('restricted').replace('enforce', 'warn'), []],
	[
		'a level that came to be enforced',
		web() + namespace('restricted', '09:30'),
		['pod-security-refuses Namespace/shop metadata.labels[pod-security.kubernetes.io/enforce] (medium)'],
	],
	[
		'a release that became privileged',
		web({container: ', securityContext: {privileged: true}', changed: '09:30'}) + before() + namespace('baseline'),
		['pod-security-refuses Deployment/web spec.template.spec.containers[web].securityContext (medium)'],
	],
	['a webhook whose Service serves', web() + service('guard') + webhook('{namespace: shop, name: guard}'), []],
	[
		'a webhook whose Service is called otherwise',
		web() + service('guard') + webhook('{namespace: shop, name: gaurd}'),
		['webhook-service-not-there ValidatingWebhookConfiguration/guard webhooks[guard.x.io].clientConfig.service.name (critical)'],
	],
	[
		'a webhook whose Service is elsewhere',
		web() + service('guard') + webhook('{namespace: system, name: guard}'),
		['webhook-service-not-there ValidatingWebhookConfiguration/guard webhooks[guard.x.io].clientConfig.service.namespace (critical)'],
	],
	[
		'a webhook that need not answer',
		web() + webhook('{namespace: shop, name: guard}', 'failurePolicy: Ignore'),
		['webhook-service-not-there ValidatingWebhookConfiguration/guard webhooks[guard.x.io].clientConfig.service.name (low)'],
	],
	[
		'a webhook that need not answer, and whose Service is elsewhere',
		web() + service('guard') + webhook('{namespace: system, name: guard}', 'failurePolicy: Ignore'),
		['webhook-service-not-there ValidatingWebhookConfiguration/guard webhooks[guard.x.io].clientConfig.service.namespace (medium)'],
	],
	[
		'a webhook at a port that its Service does not have',
		web() + service('guard') + webhook('{namespace: shop, name: guard, port: 8443}'),
		['webhook-port-not-there ValidatingWebhookConfiguration/guard webhooks[guard.x.io].clientConfig.service.port (critical)'],
	],
	[
		'a webhook where nobody answers',
		web() + service('guard', '{app: guard}') + webhook('{namespace: shop, name: guard}'),
		['webhook-not-served Service/guard (critical)'],
	],
	[
		'a webhook whose server is scaled to nothing',
		web().replaceAll('app: web', 'app: other') +
			of(
				'Deployment',
				'guard',
				'spec: {replicas: 0, template: {metadata: {labels: {app: guard}}, spec: {containers: [{name: g}]}}}',
				'apps/v1',
			) +
			service('guard', '{app: guard}') +
			webhook('{namespace: shop, name: guard}'),
		['webhook-stopped Deployment/guard spec.replicas (critical)'],
	],
	['a webhook outside of the cluster', webhook('null').replace('service: null', 'url: "https://x"'), []],
	[
		'a policy that refuses a release',
		web({
			status: refused(`pods "web-2-y" is forbidden: ValidatingAdmissionPolicy 'no-latest' with binding 'b' denied request: no`),
			changed: '09:30',
		}) + before(),
		['policy-refuses Deployment/web spec.template.spec'],
	],
	[
		'a policy that came after the release',
		web({status: refused(`pods "web-2-y" is forbidden: ValidatingAdmissionPolicy 'no-latest' with binding 'b' denied request: no`)}) +
			of('ValidatingAdmissionPolicy', 'no-latest', 'changed: "09:30"\nspec: {}'),
		['policy-refuses ValidatingAdmissionPolicy/no-latest spec.validations'],
	],
	['pods as their template says', web({podEnv: ', env: [{name: INJECTED, value: x}]'}) + policy, []],
	[
		'pods that lost a variable on the way',
		web({container: ', env: [{name: MODE, value: live}]', made: ', env: [{name: MODE, value: test}]'}) + policy,
		['pods-changed-on-the-way MutatingAdmissionPolicy/pin spec.mutations'],
	],
	[
		'pods that somebody changed by hand',
		web({container: ', env: [{name: MODE, value: live}]', made: ', env: [{name: MODE, value: test}]'}),
		[],
	],
	[
		'an image by its digest',
		web().replace(
			'spec: {containers: [{name: web, image: "web:1"}]}\nstatus',
			'spec: {containers: [{name: web, image: "mirror.io/web:1"}]}\nstatus',
		) + policy,
		[],
	],
];

test.each(rows)('%s', (_, text, expected) => {
	expect(told(admissionFaults, text)).toEqual(expected);
});

const exceeded = refused(
	'pods "web-2-y" is forbidden: exceeded quota: small, requested: requests.cpu=200m, used: requests.cpu=200m, limited: requests.cpu=200m',
);

test('a quota that refuses a pod grows to what all pods and those of a rollout need', () => {
	const survey = surveyIn(
		web({container: small, status: exceeded, changed: '09:30'}) + before(small) + quota('{requests.cpu: 200m}', '{requests.cpu: 200m}'),
	);
	const [first, ...others] = detect(survey).incidents.filter(({severity}) => severity !== 'low');
	expect(others).toEqual([]);
	expect(first?.key).toBe('quota-used-up:ResourceQuota/shop/small:spec.hard[requests.cpu]');
	expect(first?.cause.remedies.map(({input}) => input.patch)).toEqual(['{"spec":{"hard":{"requests.cpu":"400m"}}}']);
});

test('a request that grew is what a full quota is told by', () => {
	const survey = surveyIn(
		web({container: large, made: small, status: exceeded, changed: '09:30'}) +
			before(small) +
			quota('{requests.cpu: "1"}', '{requests.cpu: 200m}'),
	);
	const [first] = detect(survey).incidents;
	expect(first?.key).toBe(`quota-used-up:Deployment/shop/web:${cpu}.requests.cpu`);
	expect(first?.cause.remedies[0]).toMatchObject({sure: true, input: {patch: expect.stringContaining('"value":"200m"')}});
});

test('what a level asks for is written into the template, and the level is nobody else’s to lower', () => {
	const all = remedies(admissionFaults, web() + namespace('restricted', '09:30'));
	expect(all[0]).toMatch(/^sure .*allowPrivilegeEscalation.*"drop":\["ALL"\].*runAsNonRoot.*RuntimeDefault/);
	expect(all.slice(1)).toEqual(['choice {"metadata":{"labels":{"pod-security.kubernetes.io/enforce":"baseline"}}}']);
});

test('what a level refuses and a template asks for by name is given up only if a person says so, and before the level is lowered', () => {
	const rooted = web({container: ', securityContext: {runAsUser: 0, privileged: true, capabilities: {add: [SYS_TIME]}}'});
	const all = remedies(admissionFaults, rooted + namespace('restricted', '09:30'));
	expect(all.map(each => each.split(' ')[0])).toEqual(['choice', 'choice']);
	expect(all[0]).toContain('runAsNonRoot');
	expect(all[0]).not.toMatch(/"op":"(?:add|replace)"[^}]*(?:SYS_TIME|privileged":true|runAsUser)/);
	expect(all[1]).toContain('privileged');
});

test('what a release added is hardened: it has no value of before', () => {
	const sidecar = `}, {name: tail, image: "tail:1", securityContext: {readOnlyRootFilesystem: true}`;
	const yaml = web({container: hardened + sidecar, made: hardened, changed: '09:30'}) + before(hardened) + namespace('restricted');
	const at = 'spec.template.spec.containers[tail].securityContext.allowPrivilegeEscalation';
	expect(told(admissionFaults, yaml)).toEqual([`pod-security-refuses Deployment/web ${at} (medium)`]);
	const [first] = remedies(admissionFaults, yaml);
	expect(first).toMatch(/^sure .*containers\/1\/securityContext\/allowPrivilegeEscalation/);
	expect(first).not.toContain('containers/0');
});

test('a limit goes back together with the request that grew with it', () => {
	const sized = (memory: string) => `, resources: {requests: {memory: ${memory}}, limits: {memory: ${memory}}}`;
	const yaml =
		web({container: sized('1536Mi'), made: sized('768Mi'), changed: '09:30'}) +
		before(sized('768Mi')) +
		range('{type: Container, max: {memory: 1Gi}}');
	const [first] = remedies(admissionFaults, yaml);
	expect(first).toMatch(/^sure .*requests\/memory","value":"768Mi".*limits\/memory","value":"768Mi"/);
});

test('a path of the node is nothing that can be given up', () => {
	const onNode = web({pod: ', volumes: [{name: logs, hostPath: {path: /var/log}}]'});
	expect(remedies(admissionFaults, onNode + namespace('baseline', '09:30'))).toEqual([expect.stringContaining('privileged')]);
});

test('a bound that came to refuse several goes as far as the largest of them needs, or back where that is known', () => {
	const api = web({container: ', resources: {limits: {cpu: "3"}, requests: {cpu: "3"}}'})
		.replace(/\bweb\b/g, 'api')
		.replace(/web-2/g, 'api-2');
	const two = web({container: large}) + api;
	const low = '{type: Container, max: {cpu: "1"}}';
	const patches = (yaml: string) => remedies(admissionFaults, yaml).filter(each => each.includes('/spec/limits/'));
	const to = (value: string) =>
		`choice [{"op":"test","path":"/spec/limits/0/max/cpu","value":"1"},{"op":"replace","path":"/spec/limits/0/max/cpu","value":"${value}"}]`;
	expect(patches(two + range(low, 'changed: "09:30"'))).toEqual([to('3'), to('3')]);
	const known = range(low, 'changed: "09:30"').replace(
		'{name: range}',
		`{name: range, annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"spec":{"limits":[{"type":"Container","max":{"cpu":"8"}}]}}'}}`,
	);
	expect(patches(two + known)).toEqual([to('8'), to('8')]);
});

test('whoever a policy changed in a namespace is started anew in one go, once the namespace is left out', () => {
	const changed = web().replace(
		'{containers: [{name: web, image: "web:1"}]}\nstatus',
		'{containers: [{name: web, image: "old:7"}]}\nstatus',
	);
	const all = remedies(admissionFaults, changed + changed.replace(/\bweb\b(?!:)/g, 'api') + policy);
	expect(new Set(all)).toEqual(new Set(['choice patch MutatingAdmissionPolicyBinding/pin; patch Deployment/web; patch Deployment/api']));
});

test('a webhook whose Service has gone while its pods run gets the Service again, and only then is checked less', () => {
	const home = namespace('privileged');
	const [first, second] = remedies(admissionFaults, home + web() + webhook('{namespace: shop, name: web, port: 8443}'));
	expect(second).toBeUndefined();
	expect(first).toMatch(/^choice .*Ignore/);
	const withPort = web({container: ', ports: [{name: https, containerPort: 9443}]'});
	expect(remedies(admissionFaults, home + withPort + webhook('{namespace: shop, name: web, port: 8443}'))[0]).toMatch(
		/^sure .*"kind":"Service".*"port":8443,"targetPort":"https"/,
	);
});

const forbids = (scope = 'scopes: [BestEffort]') =>
	of('ResourceQuota', 'say-what-you-need', `spec: {hard: {pods: "0"}, ${scope}}\nstatus: {hard: {pods: "0"}, used: {pods: "0"}}`);
const noBestEffort = refused(
	'pods "web-2-y" is forbidden: exceeded quota: say-what-you-need, requested: pods=1, used: pods=0, limited: pods=0',
);

test.each([
	['lost its resources', before(small) + forbids(), /^sure .*"value":\{"requests":\{"cpu":"200m"/],
	['never had any', forbids(), /^choice .*"value":\{"requests":\{"cpu":"100m","memory":"128Mi"/],
	[
		'lost its resources, by a selector of scopes',
		before(small) + forbids('scopeSelector: {matchExpressions: [{scopeName: BestEffort, operator: Exists}]}'),
		/^sure /,
	],
])('a quota that forbids pods which ask for nothing stays as it is where a release %s', (_, rest, remedy) => {
	const {incidents} = detect(surveyIn(web({status: noBestEffort}) + rest));
	expect(incidents.map(({key}) => key)).toEqual([
		'quota-forbids-best-effort:Deployment/shop/web:spec.template.spec.containers[web].resources',
	]);
	const [first] = incidents[0]?.cause.remedies ?? [];
	expect(`${first?.sure ? 'sure' : 'choice'} ${String(first?.input.patch)}`).toMatch(remedy);
});

test('a quota of some pods only is not full for others', () => {
	const {incidents} = detect(surveyIn(web({container: small}).replace('replicas: 1', 'replicas: 2') + forbids()));
	expect(incidents.filter(({cause}) => cause.resource.kind === 'ResourceQuota')).toEqual([]);
});

const group = 'admissionregistration.k8s.io/v1';
const allows = (prefix: string) =>
	of(
		'ValidatingAdmissionPolicy',
		'images',
		`spec: {paramKind: {apiVersion: v1, kind: ConfigMap}, validations: [{expression: "object.spec.containers.all(c, c.image.startsWith(params.data.start))"}]}`,
		group,
	) +
	of('ValidatingAdmissionPolicyBinding', 'images', 'spec: {policyName: images, paramRef: {name: image-rules, namespace: shop}}', group) +
	of('ConfigMap', 'image-rules', `changed: "09:20"\ndata: {start: ${prefix}}`);
const byImage = refused(`pods "web-2-y" is forbidden: ValidatingAdmissionPolicy 'images' with binding 'images' denied request: no`);
const corp = (text: string) => text.replaceAll('"web:', '"hub.corp.io/web:');

test.each([
	['spelled nearly as what runs begins', 'hub.crop.io/', 'policy-refuses ConfigMap/image-rules data.start'],
	['another registry', 'quay.io/', 'policy-refuses Deployment/web spec.template.spec'],
	['what runs begins with', 'hub.corp.io/', 'policy-refuses Deployment/web spec.template.spec'],
])('a policy whose parameter is %s', (_, prefix, expected) => {
	const text = corp(web({status: byImage, changed: '09:30'}) + before()) + allows(prefix);
	expect(told(admissionFaults, text)).toEqual([expected]);
	if (expected.includes('ConfigMap'))
		expect(remedies(admissionFaults, text)).toEqual([expect.stringMatching(/^sure .*"value":"hub.corp.io\/"/)]);
});

test('containers that are too much together are offered room, or what the others leave', () => {
	const pair =
		web({container: `${small}}, {name: proxy, image: p${small}`}) + range('{type: Pod, max: {memory: 100Mi}}', 'changed: "09:30"');
	expect(remedies(admissionFaults, pair)).toEqual([
		'choice [{"op":"test","path":"/spec/limits/0/max/memory","value":"100Mi"},{"op":"replace","path":"/spec/limits/0/max/memory","value":"128Mi"}]',
		'choice [{"op":"test","path":"/spec/template/spec/containers/0/resources/requests/memory","value":"64Mi"},{"op":"replace","path":"/spec/template/spec/containers/0/resources/requests/memory","value":"36Mi"},{"op":"test","path":"/spec/template/spec/containers/0/resources/limits/memory","value":"64Mi"},{"op":"replace","path":"/spec/template/spec/containers/0/resources/limits/memory","value":"36Mi"}]',
	]);
});

test('claims that live with their pod may be made smaller, those of a StatefulSet may not', () => {
	const most = range('{type: PersistentVolumeClaim, max: {storage: 10Gi}}');
	const scratch = ', volumes: [{name: scratch, ephemeral: {volumeClaimTemplate: {spec: {resources: {requests: {storage: 20Gi}}}}}}]';
	const wider = '"op":"replace","path":"/spec/limits/0/max/storage","value":"20Gi"';
	expect(remedies(admissionFaults, database('20Gi') + most)).toEqual([expect.stringContaining(wider)]);
	expect(remedies(admissionFaults, web({pod: scratch}) + most)).toEqual([
		expect.stringContaining('/volumes/0/ephemeral/volumeClaimTemplate/spec/resources/requests/storage","value":"10Gi"'),
		expect.stringContaining(wider),
	]);
});

describe('a webhook that is asked about the pods that answer for it', () => {
	const guard = (parts = '', changed = '09:00') => `
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {kubernetes.io/metadata.name: shop}}
---
apiVersion: v1
kind: Service
metadata: {name: guard}
spec: {selector: {app: web}, ports: [{port: 443}]}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
changed: "${changed}"
metadata: {name: guard}
webhooks:
- {name: pods.guard.example.com, failurePolicy: Fail, clientConfig: {service: {namespace: shop, name: guard}}, rules: [{operations: [CREATE], apiGroups: [''], resources: [pods]}]${parts}}
---`;
	const inShop = ', namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [shop, tenants]}]}';
	const circles = (text: string) => told(admissionFaults, text).filter(line => line.startsWith('webhook-guards'));
	const stopped = web().replace('status: "True"}]}', 'status: "False"}]}');
	const none = web().replace(/apiVersion: v1\nkind: Pod\n[\s\S]*?---/, '');
	const refused = `
apiVersion: v1
kind: Event
metadata: {name: e}
reason: FailedCreate
message: 'Error creating: Internal error occurred: failed calling webhook "pods.guard.example.com": no endpoints available for service "guard"'
---`;

	test.each([
		['since it was changed, while one runs', guard(inShop, '09:55') + web(), '(medium)'],
		['and there is none: none can be made', guard(inShop) + none, '(critical)'],
		['of every namespace', guard() + none, '(critical)'],
		['and the last was evicted', guard() + stopped.replace('phase: Running', 'phase: Failed'), '(critical)'],
		['and it could not be asked about one', guard() + stopped + refused, '(critical)'],
	])('is told: %s', (_, text, severity) => {
		expect(circles(text)).toEqual([
			`webhook-guards-its-own-pods ValidatingWebhookConfiguration/guard webhooks[pods.guard.example.com].namespaceSelector ${severity}`,
		]);
	});

	test('leaves its own namespace out where it lists it, or else its own pods', () => {
		const ways = (text: string) => remedies(admissionFaults, text).filter(each => /Selector"/.test(each));
		expect(ways(guard(inShop) + none)[0]).toMatch(/^sure .*"values":\["tenants"\]\}\]\}\}\]$/);
		expect(ways(guard() + none)).toEqual([
			'choice [{"op":"add","path":"/webhooks/0/objectSelector","value":{"matchExpressions":[{"key":"app","operator":"NotIn","values":["web"]}]}}]',
		]);
	});

	test.each([
		['has long been so, while one runs', `${guard(inShop)}${web()}`],
		['let pods be made that are not ready for another reason', `${guard(inShop)}${stopped}`],
		['may be missed', guard().replace('failurePolicy: Fail', 'failurePolicy: Ignore')],
		['leaves its own pods out', guard(', objectSelector: {matchExpressions: [{key: app, operator: NotIn, values: [web]}]}')],
		[
			'leaves its namespace out',
			guard(', namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [shop]}]}'),
		],
		['is asked about other things', guard().replace('resources: [pods]', 'resources: [configmaps]')],
		['has conditions that nobody can work out here', guard(', matchConditions: [{name: a, expression: "true"}]')],
	])('is none that %s', (_, text) => {
		expect(circles(text.includes('kind: Pod') ? text : text + stopped)).toEqual([]);
	});
});

describe('an image that an admission policy puts into pods', () => {
	const policy = (image: string) => `
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicy
changed: '09:30'
metadata: {name: forwarder}
spec: {mutations: [{patchType: ApplyConfiguration, applyConfiguration: {expression: 'Object{spec: Object.spec{containers: [Object.spec.containers{name: "forwarder", image: "${image}"}]}}'}}]}
---`;
	const stuck = `
apiVersion: v1
kind: Pod
metadata: {name: web-2-y, labels: {app: web}, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-2, controller: true}]}
spec: {containers: [{name: web, image: "web:1"}, {name: forwarder, image: "obs/forwarder:9"}]}
status: {phase: Pending, containerStatuses: [{name: forwarder, state: {waiting: {reason: ImagePullBackOff, message: not found}}}]}
---`;
	const old = stuck
		.replace('web-2-y', 'web-1-x')
		.replace('web-2', 'web-1')
		.replace('forwarder:9', 'forwarder:8')
		.replace(/status: .*/, 'status: {phase: Running, conditions: [{type: Ready, status: "True"}]}');
	const first = before();
	const found = (text: string) => detect(surveyIn(text)).incidents.map(({cause}) => `${cause.id} ${cause.resource.kind} ${cause.path}`);
	const status = '{observedGeneration: 1, replicas: 2, updatedReplicas: 1, readyReplicas: 1, unavailableReplicas: 1}';
	const all = web({status}).replace('replicas: 1,', 'replicas: 2,');

	test('is told of the policy, which goes back to what runs', () => {
		const text = all + stuck + old + first + policy('obs/forwarder:9');
		expect(found(text)).toContain('added-image-not-pulled MutatingAdmissionPolicy spec.mutations[0].applyConfiguration.expression');
		expect(found(text).filter(line => line.startsWith('image-'))).toEqual([]);
		const [remedy] = detect(surveyIn(text)).incidents.flatMap(({cause}) => (cause.id === 'added-image-not-pulled' ? cause.remedies : []));
		expect(JSON.stringify(remedy?.writes)).toMatch(/obs\/forwarder:8.*restartedAt/);
		expect(remedy?.sure).toBe(false);
	});

	test.each([
		['of another program', old.replace('obs/forwarder:8', 'mesh/forwarder:8')],
		['that was made by the policy as it is', old.replace('metadata: {', 'metadata: {creationTimestamp: "2026-11-27T09:40:00Z", ')],
	])('does not go back to what a pod runs %s', (_, other) => {
		const {incidents} = detect(surveyIn(all + stuck + other + first + policy('obs/forwarder:9')));
		expect(incidents.find(({cause}) => cause.id === 'added-image-not-pulled')?.cause.remedies).toEqual([]);
	});

	test('has no way back where nothing runs another one', () => {
		const causes = detect(surveyIn(all + stuck + policy('obs/forwarder:9'))).incidents.map(({cause}) => cause);
		expect(causes.find(({id}) => id === 'added-image-not-pulled')?.remedies).toEqual([]);
	});

	test('is not of a policy that puts another one there', () => {
		expect(found(all + stuck + old + policy('obs/forwarder:99')).some(line => line.startsWith('added-image'))).toBe(false);
	});
});

test('a quota that allows no ReplicaSet more is raised to what Deployments keep', () => {
	const quota = of(
		'ResourceQuota',
		'objects',
		"spec: {hard: {count/replicasets.apps: '2'}}\nstatus: {hard: {count/replicasets.apps: '2'}, used: {count/replicasets.apps: '2'}}",
	);
	const message =
		'replicasets.apps "web-3" is forbidden: exceeded quota: objects, requested: count/replicasets.apps=1, used: count/replicasets.apps=2, limited: count/replicasets.apps=2';
	const status = `{observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1, conditions: [{type: Progressing, status: "False", reason: ReplicaSetCreateError, message: '${message}'}]}`;
	const {incidents} = detect(surveyIn(web({status}) + quota));
	expect(incidents.map(({cause}) => `${cause.id} ${cause.resource.kind} ${cause.path}`)).toEqual([
		'quota-used-up ResourceQuota spec.hard[count/replicasets.apps]',
	]);
	expect(incidents[0]?.cause.remedies.map(({input, sure}) => `${sure} ${String(input.patch)}`)).toEqual([
		'true {"spec":{"hard":{"count/replicasets.apps":"11"}}}',
	]);
});
