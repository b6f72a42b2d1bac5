import {expect, test} from 'vitest';
import type {JsonObject} from '../../../src/core/json.ts';
import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {object} from '../../support/kube-objects.ts';
import {ago, detected, event, node, pod, runs, workload} from './running.ts';

const web = 'Deployment/web spec.template.spec';
const container = `${web}.containers[web]`;
const http = {ports: [{name: 'http', containerPort: 8080}]};
const probed = (port: number | string, more = {}) => runs({...http, readinessProbe: {httpGet: {path: '/ok', port}}, ...more});
const probedAt = (host: string) => runs({...http, readinessProbe: {httpGet: {path: '/ok', port: 8080, host}}});
const hooked = (hook: string, asked: JsonObject) =>
	runs({
		...http,
		readinessProbe: {httpGet: {path: '/ok', port: 8080, scheme: 'HTTPS'}},
		lifecycle: {[hook]: {httpGet: {path: '/hook', port: 8080, ...asked}}},
	});
const proxy = (more: JsonObject = {}): JsonObject => ({name: 'proxy', image: 'proxy:1', ...more});
const becameInit = (state: JsonObject, ready = false) =>
	workload(runs({}, {initContainers: [proxy()]}), {
		before: {containers: [{name: 'web', image: 'web:1'}, proxy()]},
		pods: [{ready, status: {initContainerStatuses: [{name: 'proxy', state}]}}],
	});
const readyAfter = (more: JsonObject) => runs({...http, readinessProbe: {httpGet: {path: '/ok', port: 8080}, ...more}});
const waits = (reason: string, message = '') => [{ready: false, container: {state: {waiting: {reason, message}}}}];
const crashed = (exitCode: number, more = {}) => [
	{
		ready: false,
		container: {
			restartCount: 5,
			state: {waiting: {reason: 'CrashLoopBackOff'}},
			lastState: {terminated: {reason: 'Error', exitCode, startedAt: ago(2), finishedAt: ago(1), ...more}},
		},
	},
];
const scratch = (sizeLimit: string) => ({volumes: [{name: 'scratch', emptyDir: {sizeLimit}}]});
const limited = (memory: string) => runs({resources: {limits: {memory}}});
const killed = (startedAt = ago(2)) => crashed(137, {reason: 'OOMKilled', startedAt});
const java = (heap: string, memory: string) =>
	runs({env: [{name: 'JAVA_OPTS', value: `-server -Xmx${heap}`}], resources: {limits: {memory}}});
const hook = (seconds: number) => ({lifecycle: {preStop: {exec: {command: ['sh', '-c', `sleep ${seconds}`]}}}});
const drains = (port: number | string, ops = 'ops', number = 9000) =>
	runs({
		ports: [
			{name: 'http', containerPort: 8080},
			{name: ops, containerPort: number},
		],
		lifecycle: {preStop: {httpGet: {path: '/drain', port}}},
	});
const waitsFor = (host: string) =>
	runs({}, {initContainers: [{name: 'wait', image: 'busybox:1', command: ['sh', '-c', `until nc -z ${host} 5432; do sleep 1; done`]}]});
const database = object('v1', 'Service', 'database', {spec: {ports: [{port: 5432}]}});
const settings = (data: {readonly [key: string]: string}, minutes: number, applied?: {readonly [key: string]: string}): KubeObject =>
	object('v1', 'ConfigMap', 'settings', {
		metadata: {
			creationTimestamp: ago(9000),
			managedFields: [{manager: 'kubectl-edit', operation: 'Update', time: ago(minutes), fieldsV1: {'f:data': {'f:MODE': {}}}}],
			...(applied === undefined
				? {}
				: {annotations: {'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({data: applied})}}),
		},
		data,
	});
/** By somebody who wrote all of it. */
const changedWhole = (map: KubeObject): KubeObject => ({
	...map,
	metadata: {...map.metadata, managedFields: [{manager: 'pipeline', operation: 'Update', time: ago(5), fieldsV1: {'f:data': {}}}]},
});
const configured = runs({envFrom: [{configMapRef: {name: 'settings'}}]});

const strict = (more = {}) =>
	runs({
		...http,
		livenessProbe: {tcpSocket: {port: 'http'}, periodSeconds: 5, failureThreshold: 2, ...more},
		readinessProbe: {tcpSocket: {port: 'http'}, initialDelaySeconds: 60},
	});
const newer = (memory: string) => runs({image: 'web:2', resources: {limits: {memory}}});
const evicted = (name: string, used: string, image = 'web:2') => ({
	name,
	ready: false,
	age: 20,
	spec: runs({image}),
	status: {
		phase: 'Failed',
		reason: 'Evicted',
		message: `The node was low on resource: ephemeral-storage. Threshold quantity: 1Gi, available: 9Mi. Container web was using ${used}, request is 0, has larger consumption of ephemeral-storage. `,
	},
});
const beside = (image: string) => ({containers: [...(runs().containers as readonly JsonObject[]), {name: 'proxy', image}]});
/** A container without a probe that ended once after some seconds, and runs again since so many minutes. */
const endedOnce = (runsFor: number, more = {}) => [
	{
		age: 2,
		status: {
			containerStatuses: [
				{name: 'web', ready: true, restartCount: 0},
				{
					name: 'proxy',
					ready: true,
					restartCount: 1,
					state: {running: {startedAt: ago(runsFor)}},
					lastState: {terminated: {reason: 'Error', exitCode: 2, startedAt: ago(runsFor + 0.1), finishedAt: ago(runsFor), ...more}},
				},
			],
		},
	},
];
const late = {conditions: [{type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded'}]};
const mounts = (volume: JsonObject, image = 'web:1') => runs({image}, {volumes: [{name: 'data', ...volume}]});
const uploads = {persistentVolumeClaim: {claimName: 'uploads'}};
const secret = (name: string, type: string) => object('v1', 'Secret', name, {type, data: {}});

type Row = readonly [what: string, objects: readonly (KubeObject | readonly KubeObject[])[], told: readonly string[]];

const rows: readonly Row[] = [
	['a Deployment that is well', [workload(probed('http'))], []],
	[
		'an image that is not there, and was another',
		[workload(runs({image: 'web:2'}), {before: runs(), pods: waits('ImagePullBackOff', 'not found')})],
		[`critical image-not-pulled ${container}.image: sure replace 0/image="web:1"`],
	],
	[
		'a registry whose name nobody knows',
		[workload(runs(), {pods: waits('ErrImagePull', 'dial tcp: lookup registry.invalid: no such host')})],
		[`critical image-registry-unreachable ${container}.image: no remedy`],
	],
	[
		'a registry that lets nobody in any more',
		[workload(runs(), {before: runs({}, {imagePullSecrets: [{name: 'pull'}]}), pods: waits('ErrImagePull', '401 Unauthorized')})],
		[`critical image-pull-denied ${web}.imagePullSecrets: sure add spec/imagePullSecrets=[{"name":"pull"}]`],
	],
	[
		'a private registry that a release brought with a Secret',
		[
			workload(runs({image: 'partner/web:2'}, {imagePullSecrets: [{name: 'partner'}]}), {
				before: runs(),
				pods: waits('ErrImagePull', '401 Unauthorized'),
			}),
			secret('partner', 'kubernetes.io/dockerconfigjson'),
		],
		[`critical image-pull-denied ${web}.imagePullSecrets: sure remove spec/imagePullSecrets, replace 0/image="web:1"`],
	],
	[
		'an image of which a node has an earlier version',
		[
			workload(runs({image: 'shop/web:2.4.0'}), {pods: waits('ErrImagePull', 'not found')}),
			node('n1', {status: {images: [{names: ['shop/web@sha256:0', 'shop/web:2.10.0']}, {names: ['shop/web:2.3.9', 'shop/web:2.3.10']}]}}),
		],
		[`critical image-not-pulled ${container}.image: choice replace 0/image="shop/web:2.3.10"`],
	],
	[
		'an image of which a pod that is gone had a version',
		[
			workload(runs({image: 'shop/web:2.4.0'}), {pods: waits('ErrImagePull', 'not found')}),
			event('Pulled', 'Successfully pulled image "shop/web:2.5.0" in 1s', {name: 'gone'}),
		],
		[`critical image-not-pulled ${container}.image: choice replace 0/image="shop/web:2.5.0"`],
	],
	[
		'an image of a registry that others spell otherwise',
		[
			workload(runs({image: 'registry.exmaple.com/shop/web:1'}), {pods: waits('ErrImagePull', 'dial tcp: no such host')}),
			workload(runs({image: 'registry.example.com/shop/db:1'}), {
				name: 'db',
				pods: [{container: {ready: true, state: {running: {}}}}],
			}),
		],
		[`critical image-registry-unreachable ${container}.image: choice replace 0/image="registry.example.com/shop/web:1"`],
	],
	[
		'an image of a pre-release',
		[workload(runs({image: 'shop/web:2.4.0-rc.1'}), {pods: waits('ErrImagePull', 'not found')})],
		[`critical image-not-pulled ${container}.image: choice replace 0/image="shop/web:2.4.0"`],
	],
	[
		'an image of a build for another base',
		[workload(runs({image: 'shop/web:2.4.0-alpine'}), {pods: waits('ErrImagePull', 'not found')})],
		[`critical image-not-pulled ${container}.image: no remedy`],
	],
	[
		'a registry that limits what is pulled',
		[workload(runs({image: 'web:2'}), {before: runs(), pods: waits('ErrImagePull', '429 Too Many Requests: toomanyrequests')})],
		[`critical image-rate-limited ${container}.image: no remedy`],
	],
	[
		'an image of another architecture',
		[workload(runs({image: 'web:2'}), {before: runs(), pods: waits('ErrImagePull', 'no match for platform in manifest')})],
		[`critical image-wrong-architecture ${container}.image: sure replace 0/image="web:1"`],
	],
	[
		'an image that may not be pulled',
		[workload(runs({imagePullPolicy: 'Never'}), {pods: waits('ErrImageNeverPull')})],
		[`critical image-never-pulled ${container}.imagePullPolicy: sure replace 0/imagePullPolicy="IfNotPresent"`],
	],
	[
		'an image name that is none',
		[workload(runs({image: 'Web:1'}), {before: runs(), pods: waits('InvalidImageName')})],
		[`critical image-name-invalid ${container}.image: sure replace 0/image="web:1"`],
	],
	[
		'a crash since one argument changed',
		[workload(runs({args: ['--fast']}), {before: runs({args: ['--slow']}), pods: crashed(1)})],
		[`critical crashes ${container}.args[0]: sure replace args/0="--slow"`],
	],
	[
		'a crash since a variable went',
		[workload(runs({env: []}), {before: runs({env: [{name: 'MODE', value: 'a'}]}), pods: crashed(1)})],
		[`critical crashes ${container}.env: sure replace 0/env=[{"name":"MODE","value":"a"}]`],
	],
	['a crash that nothing explains', [workload(runs(), {pods: crashed(1)})], [`critical crashes ${container}.image: no remedy`]],
	[
		'a command that is not there',
		[
			workload(runs({image: 'web:2', command: ['/bin/wbe']}), {
				before: runs({command: ['/bin/web']}),
				pods: crashed(128, {reason: 'StartError', message: 'exec: "/bin/wbe": executable file not found'}),
			}),
		],
		[`critical command-not-there ${container}.command[0]: sure replace 0/image="web:1", replace command/0="/bin/web"`],
	],
	[
		'a command of an init container that is not there, at its first try',
		[
			workload(runs({}, {initContainers: [{name: 'warm', image: 'web:1', command: ['/opt/warm', '-q']}]}), {
				before: runs({}, {initContainers: [{name: 'warm', image: 'web:1', command: ['/bin/warm', '-q']}]}),
				pods: [
					{
						ready: false,
						status: {
							initContainerStatuses: [
								{
									name: 'warm',
									ready: false,
									restartCount: 0,
									state: {terminated: {reason: 'StartError', exitCode: 128, message: 'exec: "/opt/warm": stat /opt/warm: no such file'}},
								},
							],
						},
					},
				],
			}),
		],
		[`critical command-not-there ${web}.initContainers[warm].command[0]: sure replace command/0="/bin/warm"`],
	],
	[
		'a program of another architecture',
		[workload(runs(), {pods: crashed(255, {message: 'exec /web: exec format error'})})],
		[`critical image-wrong-architecture ${container}.image: no remedy`],
	],
	[
		'a ConfigMap changed under running pods',
		[workload(configured, {pods: crashed(1)}), settings({MODE: 'b', LEVEL: '1'}, 5, {MODE: 'a', LEVEL: '1'})],
		['critical settings-break-start ConfigMap/settings data.MODE: sure {"data":{"MODE":"a"}}'],
	],
	[
		'a ConfigMap changed under running pods, by a value of which the program complains',
		[
			workload(configured, {pods: crashed(1, {message: 'config: MODE must be one of fast, safe'})}),
			settings({MODE: 'sfae', LEVEL: '1'}, 5),
		],
		['critical settings-break-start ConfigMap/settings data.MODE: choice {"data":{"MODE":"safe"}}'],
	],
	[
		'a ConfigMap of which pods take one key, changed under them',
		[
			workload(runs({env: [{name: 'SPEED', valueFrom: {configMapKeyRef: {name: 'settings', key: 'LEVEL'}}}]}), {pods: crashed(1)}),
			settings({MODE: 'b', LEVEL: '1'}, 5),
		],
		['critical settings-break-start ConfigMap/settings data.LEVEL: no remedy'],
	],
	[
		'a ConfigMap changed under running pods that say nothing, where one value is nearly a usual word',
		[workload(configured, {pods: crashed(1)}), changedWhole(settings({MODE: 'b', LOG_LEVEL: 'wran', LIMIT: '1'}, 5))],
		['critical settings-break-start ConfigMap/settings data.LOG_LEVEL: choice {"data":{"LOG_LEVEL":"warn"}}'],
	],
	[
		'a value under a prefix of which the program complains',
		[
			workload(runs({envFrom: [{prefix: 'APP_', configMapRef: {name: 'settings'}}]}), {
				pods: crashed(1, {message: 'APP_MODE: must be fast or slow'}),
			}),
			settings({MODE: 'fsat', LEVEL: '1'}, 500),
		],
		['critical settings-break-start ConfigMap/settings data.MODE: choice {"data":{"MODE":"fast"}}'],
	],
	[
		'a value that pods complain of since they were made anew',
		[
			workload(runs({env: [{name: 'SPEED', valueFrom: {configMapKeyRef: {name: 'settings', key: 'MODE'}}}]}), {
				pods: crashed(1, {message: 'starting\ninvalid SPEED: expected slow or fast'}),
			}),
			settings({MODE: 'fsat', LEVEL: '1'}, 500),
		],
		['critical settings-break-start ConfigMap/settings data.MODE: choice {"data":{"MODE":"fast"}}'],
	],
	[
		'a new version that does not take a setting of before',
		[
			workload(runs({image: 'web:2', envFrom: [{configMapRef: {name: 'settings'}}]}), {
				before: configured,
				pods: crashed(1, {message: 'invalid MODE: expected slow or fast'}),
			}),
			settings({MODE: 'b'}, 500),
		],
		[`critical crashes ${container}.image: sure replace 0/image="web:1"`],
	],
	[
		'a variable of its own of which the program complains',
		[
			workload(runs({env: [{name: 'LOG_LEVEL', value: 'inof'}]}), {
				pods: crashed(1, {message: 'unsupported LOG_LEVEL "inof"'}),
			}),
		],
		[`critical crashes ${container}.env[LOG_LEVEL].value: choice replace 0/value="info"`],
	],
	[
		'a plain word that is no name of a setting',
		[workload(runs({env: [{name: 'host', value: 'db'}]}), {pods: crashed(1, {message: 'unexpected answer from host cache'})})],
		[`critical crashes ${container}.image: no remedy`],
	],
	[
		'a ConfigMap changed long before',
		[workload(configured, {pods: crashed(1)}), settings({MODE: 'b'}, 500)],
		[`critical crashes ${container}.image: no remedy`],
	],
	[
		'a limit that was lowered',
		[workload(limited('64Mi'), {before: limited('256Mi'), pods: killed()})],
		[`critical out-of-memory ${container}.resources.limits.memory: sure replace limits/memory="256Mi"`],
	],
	[
		'a limit that is too small',
		[workload(limited('64Mi'), {pods: killed()})],
		[`critical out-of-memory ${container}.resources.limits.memory: choice replace limits/memory="128Mi"`],
	],
	[
		'a program that leaks',
		[workload(limited('64Mi'), {pods: killed(ago(40)).map(each => ({...each, age: 200}))})],
		[`critical memory-leak-suspected ${container}.resources.limits.memory: choice replace limits/memory="128Mi"`],
	],
	[
		'a program that takes more than the one before, under the same limit',
		[workload(newer('64Mi'), {before: limited('64Mi'), pods: killed()})],
		[`critical out-of-memory ${container}.image: sure replace 0/image="web:1"`],
	],
	[
		'a program that takes more than the one of last week',
		[workload(newer('64Mi'), {before: limited('64Mi'), pods: killed().map(each => ({...each, age: 9000}))})],
		[`critical out-of-memory ${container}.resources.limits.memory: choice replace limits/memory="128Mi"`],
	],
	[
		'a program for which a release raised the limit already',
		[workload(newer('64Mi'), {before: limited('32Mi'), pods: killed()})],
		[`critical out-of-memory ${container}.resources.limits.memory: choice replace limits/memory="128Mi"`],
	],
	[
		'a sidecar that a release broke, ready between two ends',
		[workload(beside('proxy:2'), {before: beside('proxy:1'), pods: endedOnce(0.05)})],
		[`medium crashes ${web}.containers[proxy].image: choice replace 1/image="proxy:1"`],
	],
	['a sidecar that ended once, and no release', [workload(beside('proxy:2'), {pods: endedOnce(0.05)})], []],
	['a sidecar that ended once, and runs since', [workload(beside('proxy:2'), {before: beside('proxy:1'), pods: endedOnce(3)})], []],
	[
		'a sidecar that did what it was for',
		[workload(beside('proxy:2'), {before: beside('proxy:1'), pods: endedOnce(0.05, {reason: 'Completed', exitCode: 0})})],
		[],
	],
	[
		'a release that never answers the probe of before',
		[
			workload({...probed('http', {image: 'web:2'})}, {before: probed('http'), status: late, pods: [{ready: false}]}),
			event('Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503'),
		],
		[`critical probe-fails ${container}.image: sure replace 0/image="web:1"`],
	],
	[
		'a release that never becomes ready, and nobody says why',
		[
			workload(runs({image: 'web:2'}), {before: runs(), status: late, pods: [{ready: false}]}).map(each =>
				each.metadata.name === 'web-1' ? {...each, status: {readyReplicas: 1}} : each,
			),
		],
		[`critical rollout-stalled ${container}.image: sure replace 0/image="web:1"`],
	],
	[
		'a release that never becomes ready, and none before that is',
		[workload(runs({image: 'web:2'}), {before: runs(), status: late, pods: [{ready: false}]})],
		['critical cause-not-found Deployment/web : no remedy'],
	],
	[
		'a probe that is not answered, and nobody knows of another release',
		[
			workload(probed('http'), {status: late, pods: [{ready: false}]}),
			event('Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503'),
		],
		[`critical probe-fails ${container}.readinessProbe: no remedy`],
	],
	[
		'a claim that only the present revision wants',
		[workload(mounts(uploads, 'web:2'), {before: mounts({emptyDir: {}}), pods: [{ready: false, node: undefined}]})],
		[
			`critical reference-not-there ${web}.volumes[data].persistentVolumeClaim.claimName: sure replace 0/image="web:1", remove 0/persistentVolumeClaim, add 0/emptyDir={}`,
		],
	],
	[
		'a claim that the revision before wanted too',
		[workload(mounts(uploads, 'web:2'), {before: mounts(uploads), pods: [{ready: false, node: undefined}]})],
		['critical reference-not-there PersistentVolumeClaim/uploads : no remedy'],
	],
	[
		'pods of a release that fill the disk of their node',
		[workload(runs({image: 'web:2'}), {before: runs(), pods: [{}, evicted('web-2-8', '9Gi'), evicted('web-2-9', '8Gi')]})],
		[`medium pod-evicted ${container}.image: choice replace 0/image="web:1"`],
	],
	[
		'pods that take more disk than they ask for',
		[
			workload(runs({image: 'web:2', resources: {requests: {cpu: '1'}}}), {
				pods: [{}, evicted('web-2-8', '9Gi'), evicted('web-2-9', '8Gi')],
			}),
		],
		[`medium pod-evicted ${container}.resources.requests.ephemeral-storage: choice add requests/ephemeral-storage="8Gi"`],
	],
	[
		'pods of the revision before that filled the disk of their node',
		[
			workload(runs({image: 'web:2'}), {
				before: runs(),
				pods: [{}, evicted('web-1-8', '9Gi', 'web:1'), evicted('web-1-9', '8Gi', 'web:1')],
			}),
		],
		[],
	],
	[
		'one pod that filled the disk of its node, and no release',
		[workload(runs({image: 'web:2'}), {pods: [{}, evicted('web-2-8', '9Gi')]})],
		[],
	],
	[
		'a container that may not be root by its image',
		[
			workload(runs({securityContext: {runAsNonRoot: true}}), {
				pods: waits('CreateContainerConfigError', 'container has runAsNonRoot and image will run as root'),
			}),
		],
		[`critical root-may-not-run ${container}.securityContext.runAsUser: no remedy`],
	],
	[
		'a container that may not be root by its template',
		[workload(runs({securityContext: {runAsUser: 0}}, {securityContext: {runAsNonRoot: true}}))],
		[`high root-may-not-run ${container}.securityContext.runAsUser: choice remove securityContext/runAsUser`],
	],
	[
		'a container that is root and may be',
		[workload(runs({securityContext: {runAsUser: 0, runAsNonRoot: false}}, {securityContext: {runAsNonRoot: true}}))],
		[],
	],
	[
		'a container that cannot be made',
		[workload(runs(), {pods: waits('CreateContainerError', 'mount path is busy')})],
		[`critical container-not-made ${container}: no remedy`],
	],
	[
		'a postStart hook that fails',
		[workload(runs({lifecycle: {postStart: {exec: {command: ['x']}}}}), {pods: waits('PostStartHookError', 'exited with 1')})],
		[`critical post-start-fails ${container}.lifecycle.postStart: no remedy`],
	],
	[
		'memory in thousandths',
		[workload(runs({resources: {limits: {memory: '512m'}}}))],
		[`high unit-too-small ${container}.resources.limits.memory: sure replace limits/memory="512Mi"`],
	],
	[
		'memory without a unit',
		[workload(runs({resources: {requests: {memory: '512'}}}))],
		[`medium unit-too-small ${container}.resources.requests.memory: choice replace requests/memory="512Mi"`],
	],
	['memory of a mebibyte', [workload(runs({resources: {requests: {memory: '1Mi'}}}))], []],
	[
		'a volume of thousandths, for which pods are evicted',
		[
			workload(runs({}, scratch('256m')), {
				pods: [
					{},
					{
						name: 'web-2-old',
						status: {phase: 'Failed', reason: 'Evicted', message: 'Usage of EmptyDir volume "scratch" exceeds the limit "256m". '},
					},
				],
			}),
		],
		[`high unit-too-small ${web}.volumes[scratch].emptyDir.sizeLimit: sure replace emptyDir/sizeLimit="256Mi"`],
	],
	[
		'a volume of a number without a unit',
		[workload(runs({}, scratch('512')))],
		[`high unit-too-small ${web}.volumes[scratch].emptyDir.sizeLimit: choice replace emptyDir/sizeLimit="512Mi"`],
	],
	['a volume for a socket', [workload(runs({}, scratch('64Ki')))], []],
	['a volume without a limit, as zero says it', [workload(runs({}, scratch('0')))], []],
	[
		'a port that two containers open since today',
		[
			workload(
				{
					containers: [
						{name: 'web', ...http},
						{name: 'proxy', ...http},
					],
				},
				{
					before: {
						containers: [
							{name: 'web', ...http},
							{name: 'proxy', ports: [{name: 'http', containerPort: 9000}]},
						],
					},
				},
			),
		],
		[
			'medium containers-share-port Deployment/web spec.template.spec.containers[proxy].ports[http].containerPort: sure replace 0/containerPort=9000',
		],
	],
	[
		'a port that two containers declare and always did',
		[
			workload({
				containers: [
					{name: 'web', ...http},
					{name: 'proxy', ...http},
				],
			}),
		],
		['low containers-share-port Deployment/web spec.template.spec.containers[proxy].ports[http].containerPort: no remedy'],
	],
	[
		'one port over two protocols',
		[
			workload({
				containers: [
					{name: 'web', ports: [{containerPort: 53, protocol: 'TCP'}]},
					{name: 'udp', ports: [{containerPort: 53, protocol: 'UDP'}]},
				],
			}),
		],
		[],
	],
	[
		'a heap larger than the limit',
		[workload(java('2g', '1Gi'))],
		[`medium heap-over-limit ${container}.env[JAVA_OPTS].value: choice replace limits/memory="2560Mi"`],
	],
	[
		'a heap whose limit was lowered',
		[workload(java('2g', '1Gi'), {before: java('2g', '3Gi')})],
		[`medium heap-over-limit ${container}.resources.limits.memory: sure replace limits/memory="3Gi"`],
	],
	['a heap that fits', [workload(java('512m', '1Gi'))], []],
	[
		'a probe moved to a port that nobody opens',
		[workload(probed(9090), {before: probed(8080)})],
		[`high probe-port-not-there ${container}.readinessProbe.httpGet.port: sure replace httpGet/port=8080`],
	],
	[
		'a port renamed under its probe',
		[workload(runs({ports: [{name: 'web', containerPort: 8080}], readinessProbe: {httpGet: {port: 'http'}}}), {before: probed('http')})],
		[`high probe-port-not-there ${container}.ports[web].name: sure replace 0/name="http"`],
	],
	['a probe of an undeclared port that answers', [workload(probed(9090))], []],
	[
		'a probe of the port of a sidecar',
		[
			workload(
				{
					containers: [
						{name: 'web', ...http, readinessProbe: {tcpSocket: {port: 15020}}},
						{name: 'proxy', ports: [{containerPort: 15020}]},
					],
				},
				{pods: [{ready: false}]},
			),
			node(),
		],
		['critical cause-not-found Deployment/web : no remedy'],
	],
	[
		'a probe whose path changed',
		[
			workload(probed('http', {readinessProbe: {httpGet: {path: '/okay', port: 'http'}}}), {
				before: probed('http'),
				pods: [{ready: false, container: {}}],
			}),
			event('Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 404'),
		],
		[`critical probe-fails ${container}.readinessProbe.httpGet.path: sure replace httpGet/path="/ok"`],
	],
	[
		'a probe that talks HTTP to HTTPS',
		[
			workload(probed('http', {readinessProbe: {httpGet: {port: 'http', scheme: 'HTTP'}}}), {pods: [{ready: false}]}),
			event('Unhealthy', 'Readiness probe failed: Client sent an HTTP request to an HTTPS server'),
		],
		[`critical probe-fails ${container}.readinessProbe.httpGet.scheme: sure replace httpGet/scheme="HTTPS"`],
	],
	[
		'a liveness probe that gives up before the program is up',
		[
			workload(probed('http', {livenessProbe: {httpGet: {port: 'http'}, periodSeconds: 5, failureThreshold: 3}}), {
				pods: crashed(137, {startedAt: ago(2), finishedAt: ago(1.5)}),
			}),
			event('Unhealthy', 'Liveness probe failed: connection refused'),
		],
		[
			`critical liveness-before-start ${container}.livenessProbe.initialDelaySeconds: choice add 0/startupProbe={"httpGet":{"port":"http"},"periodSeconds":10,"failureThreshold":30}`,
		],
	],
	[
		'a liveness probe that fails after hours',
		[
			workload(probed('http', {livenessProbe: {httpGet: {port: 'http'}}}), {pods: crashed(137, {startedAt: ago(300)})}),
			event('Unhealthy', 'Liveness probe failed: timeout'),
		],
		[`critical liveness-kills ${container}.livenessProbe: no remedy`],
	],
	[
		'a startup probe that is too short',
		[
			workload(probed('http', {startupProbe: {httpGet: {port: 'http'}, periodSeconds: 10, failureThreshold: 3}}), {pods: crashed(137)}),
			event('Unhealthy', 'Startup probe failed: connection refused'),
		],
		[`critical startup-probe-gives-up ${container}.startupProbe.failureThreshold: choice replace startupProbe/failureThreshold=9`],
	],
	[
		'a liveness probe stricter than the start, since today',
		[workload(strict(), {before: strict({initialDelaySeconds: 90})})],
		[`medium liveness-before-start ${container}.livenessProbe.initialDelaySeconds: sure add livenessProbe/initialDelaySeconds=90`],
	],
	['a strict liveness probe that pods have come up with', [workload(strict())], []],
	[
		'a strict liveness probe that pods do not come up with',
		[workload(strict(), {pods: [{ready: false}]})],
		[
			`critical liveness-before-start ${container}.livenessProbe.initialDelaySeconds: choice add 0/startupProbe={"tcpSocket":{"port":"http"},"periodSeconds":10,"failureThreshold":30}`,
		],
	],
	['an init container that waits for a Service of a namespace that is not there', [workload(waitsFor('db.example')), database], []],
	[
		'a liveness probe behind a startup probe',
		[
			workload(
				runs({
					...http,
					startupProbe: {tcpSocket: {port: 'http'}},
					livenessProbe: {tcpSocket: {port: 'http'}, periodSeconds: 1, failureThreshold: 1},
				}),
			),
		],
		[],
	],
	[
		'a probe moved to HTTPS while the other stays',
		[
			workload(
				runs({
					...http,
					readinessProbe: {httpGet: {port: 'http', scheme: 'HTTPS'}},
					livenessProbe: {httpGet: {port: 'http', scheme: 'HTTP'}},
				}),
				{
					before: runs({
						...http,
						readinessProbe: {httpGet: {port: 'http', scheme: 'HTTP'}},
						livenessProbe: {httpGet: {port: 'http', scheme: 'HTTP'}},
					}),
				},
			),
		],
		[`medium probes-disagree ${container}.readinessProbe.httpGet.scheme: sure replace httpGet/scheme="HTTP"`],
	],
	[
		'a pull Secret of another type',
		[
			workload(runs({}, {imagePullSecrets: [{name: 'login'}]}), {before: runs({}, {imagePullSecrets: [{name: 'pull'}]})}),
			secret('login', 'Opaque'),
			secret('pull', 'kubernetes.io/dockerconfigjson'),
		],
		[`medium pull-secret-wrong-type ${web}.imagePullSecrets[login]: sure replace 0/name="pull"`],
	],
	[
		'a pull Secret of the right type',
		[workload(runs({}, {imagePullSecrets: [{name: 'pull'}]})), secret('pull', 'kubernetes.io/dockerconfigjson')],
		[],
	],
	[
		'a hook that takes longer than the grace',
		[workload(runs(hook(60)))],
		[`medium stop-outlasts-grace ${web}.terminationGracePeriodSeconds: sure add spec/terminationGracePeriodSeconds=90`],
	],
	[
		'a grace that was shortened below the hook',
		[workload(runs(hook(20), {terminationGracePeriodSeconds: 10}), {before: runs(hook(20), {terminationGracePeriodSeconds: 60})})],
		[`medium stop-outlasts-grace ${web}.terminationGracePeriodSeconds: sure replace spec/terminationGracePeriodSeconds=60`],
	],
	['a hook within the grace', [workload(runs(hook(15)))], []],
	[
		'a hook that asks a port which was another before',
		[workload(drains('admin'), {before: drains('ops')})],
		[`medium hook-port-not-there ${container}.lifecycle.preStop.httpGet.port: sure replace httpGet/port="ops"`],
	],
	[
		'a hook whose port got another name',
		[workload(drains('ops', 'manage'), {before: drains('ops')})],
		[`medium hook-port-not-there ${container}.lifecycle.preStop.httpGet.port: sure replace httpGet/port="manage"`],
	],
	[
		'a hook that nobody can tell the port of',
		[workload(drains('drain'))],
		[`medium hook-port-not-there ${container}.lifecycle.preStop.httpGet.port: no remedy`],
	],
	['a hook that asks a port of its container', [workload(drains('ops'))], []],
	['a hook that asks a number', [workload(drains(9000))], []],
	['a hook that has always asked a number which no container lists', [workload(drains(9100))], []],
	[
		'a hook that asks a number which no container lists any more',
		[workload(drains(9100), {before: drains(9000)})],
		[`medium hook-port-not-there ${container}.lifecycle.preStop.httpGet.port: sure replace httpGet/port=9000`],
	],
	[
		'a hook that asks where a port was that moved',
		[workload(drains(9000, 'ops', 9090), {before: drains(9000)})],
		[`medium hook-port-not-there ${container}.lifecycle.preStop.httpGet.port: sure replace httpGet/port=9090`],
	],
	[
		'a hook that asks its node',
		[workload(runs({...http, lifecycle: {preStop: {httpGet: {path: '/drain', port: 8080, host: 'localhost'}}}}))],
		[`medium asked-host-is-node ${container}.lifecycle.preStop.httpGet.host: sure remove httpGet/host`],
	],
	[
		'a hook that asks a port of its node which is that of the pod',
		[
			workload(
				runs({
					ports: [{name: 'http', containerPort: 8080, hostPort: 8080}],
					lifecycle: {preStop: {httpGet: {path: '/drain', port: 8080, host: '127.0.0.1'}}},
				}),
			),
		],
		[],
	],
	[
		'a probe that asks its node since a release',
		[workload(probedAt('127.0.0.1'), {before: probed(8080), pods: [{ready: false}]})],
		[`critical asked-host-is-node ${container}.readinessProbe.httpGet.host: sure remove httpGet/host`],
	],
	['a probe of a pod on the network of its node', [workload({...probedAt('127.0.0.1'), hostNetwork: true})], []],
	['a probe that its node has answered for days', [workload(probedAt('127.0.0.1'))], []],
	['a probe that asks somebody by name', [workload(probedAt('status.example'))], []],
	[
		'a hook that asks over another scheme than the probe',
		[workload(hooked('preStop', {scheme: 'HTTP'}))],
		[`medium hook-scheme-differs ${container}.lifecycle.preStop.httpGet.scheme: sure replace httpGet/scheme="HTTPS"`],
	],
	[
		'a hook over TLS beside a probe without, which its kubelet asks again',
		[workload(probed('http', {lifecycle: {preStop: {httpGet: {path: '/drain', port: 8080, scheme: 'HTTPS'}}}}))],
		[],
	],
	['a postStart that pods came past for days, over another scheme', [workload(hooked('postStart', {scheme: 'HTTP'}))], []],
	[
		'a postStart that a release asks over another scheme',
		[workload(hooked('postStart', {scheme: 'HTTP'}), {before: hooked('postStart', {scheme: 'HTTPS'}), pods: [{ready: false}]})],
		[`critical hook-scheme-differs ${container}.lifecycle.postStart.httpGet.scheme: sure replace httpGet/scheme="HTTPS"`],
	],
	['a postStart that pods came past for days, at their node', [workload(hooked('postStart', {scheme: 'HTTPS', host: 'localhost'}))], []],
	[
		'a hook that asks over the scheme of the probe',
		[workload(probed('http', {lifecycle: {preStop: {httpGet: {path: '/drain', port: 8080, scheme: 'HTTP'}}}}))],
		[],
	],
	[
		'a hook of another port than the probe',
		[workload(probed('http', {lifecycle: {preStop: {httpGet: {port: 8443, scheme: 'HTTPS'}}}}))],
		[],
	],
	[
		'a sidecar that is waited for since a release',
		[workload(runs({}, {initContainers: [proxy()]}), {before: runs({}, {initContainers: [proxy({restartPolicy: 'Always'})]}), pods: []})],
		[`critical sidecar-is-waited-for ${web}.initContainers[proxy].restartPolicy: sure add 0/restartPolicy="Always"`],
	],
	[
		'a container that became an init container and still runs, as a migration would',
		[becameInit({running: {}})],
		[`critical sidecar-is-waited-for ${web}.initContainers[proxy].restartPolicy: choice add 0/restartPolicy="Always"`],
	],
	[
		'a container that became an init container, of which nobody knows whether it ends',
		[becameInit({waiting: {reason: 'PodInitializing'}})],
		[`critical sidecar-is-waited-for ${web}.initContainers[proxy].restartPolicy: choice add 0/restartPolicy="Always"`],
	],
	['a container that became an init container and ends', [becameInit({terminated: {exitCode: 0}}, true)], []],
	[
		'a sidecar that ends since a release made it an init container',
		[
			workload(runs({}, {initContainers: [proxy()]}), {
				before: runs({}, {initContainers: [proxy({restartPolicy: 'Always'})]}),
				pods: [{ready: true, status: {initContainerStatuses: [{name: 'proxy', state: {terminated: {exitCode: 0}}}]}}],
			}),
		],
		[`high sidecar-is-waited-for ${web}.initContainers[proxy].restartPolicy: sure add 0/restartPolicy="Always"`],
	],
	[
		'an init container to whose port a Service sends',
		[
			workload(runs(http, {initContainers: [proxy({ports: [{name: 'https', containerPort: 8443}]})]})),
			object('v1', 'Service', 'web', {spec: {selector: {app: 'web'}, ports: [{port: 443, targetPort: 'https'}]}}),
		],
		[`high sidecar-is-waited-for ${web}.initContainers[proxy].restartPolicy: choice add 0/restartPolicy="Always"`],
	],
	[
		'an init container that lists the number of a program that lists none',
		[
			workload(runs({}, {initContainers: [proxy({ports: [{containerPort: 8080}]})]})),
			object('v1', 'Service', 'web', {spec: {selector: {app: 'web'}, ports: [{port: 80, targetPort: 8080}]}}),
		],
		[],
	],
	[
		'an init container with the port of the program that it prepares',
		[
			workload(runs(http, {initContainers: [proxy(http)]})),
			object('v1', 'Service', 'web', {spec: {selector: {app: 'web'}, ports: [{port: 80, targetPort: 'http'}]}}),
		],
		[],
	],
	[
		'an init container that has always been one',
		[workload(runs({}, {initContainers: [proxy()]}), {before: runs({}, {initContainers: [proxy()]})})],
		[],
	],
	['a sidecar that is one', [workload(runs({}, {initContainers: [proxy({restartPolicy: 'Always'})]}), {before: runs()})], []],
	[
		'a probe that asks late since a release',
		[workload(readyAfter({initialDelaySeconds: 3600}), {before: readyAfter({initialDelaySeconds: 5}), pods: [{ready: false}]})],
		[`critical probe-asks-late ${container}.readinessProbe.initialDelaySeconds: sure replace readinessProbe/initialDelaySeconds=5`],
	],
	[
		'a probe that asks seldom',
		[workload(readyAfter({periodSeconds: 1800}), {pods: [{ready: false}]})],
		[`critical probe-asks-late ${container}.readinessProbe.periodSeconds: choice replace readinessProbe/periodSeconds=10`],
	],
	['a probe that asks late, of pods that are ready', [workload(readyAfter({initialDelaySeconds: 3600}))], []],
	[
		'a probe that asks after some minutes',
		[workload(readyAfter({initialDelaySeconds: 120}), {before: readyAfter({initialDelaySeconds: 5})})],
		[],
	],
	[
		'pods that were given hours to end',
		[workload(runs({}, {terminationGracePeriodSeconds: 30000}), {before: runs({}, {terminationGracePeriodSeconds: 30})})],
		[`medium ends-too-slowly ${web}.terminationGracePeriodSeconds: sure replace spec/terminationGracePeriodSeconds=30`],
	],
	[
		'pods that were given two hours to end',
		[workload(runs({}, {terminationGracePeriodSeconds: 7200}), {before: runs({}, {terminationGracePeriodSeconds: 30})})],
		[`medium ends-too-slowly ${web}.terminationGracePeriodSeconds: choice replace spec/terminationGracePeriodSeconds=30`],
	],
	['pods that have had hours to end for long', [workload(runs({}, {terminationGracePeriodSeconds: 7200}))], []],
	[
		'pods that say themselves why they need hours to end',
		[
			workload(runs({}, {terminationGracePeriodSeconds: 7200}), {
				before: runs({}, {terminationGracePeriodSeconds: 30}),
				metadata: {annotations: {'shop.example/shutdown': 'ends its calls first'}},
			}),
		],
		[],
	],
	[
		'a patience of a liveness probe in milliseconds',
		[
			workload(runs({livenessProbe: {exec: {command: ['ok']}, timeoutSeconds: 5000}}), {
				before: runs({livenessProbe: {exec: {command: ['ok']}, timeoutSeconds: 5}}),
			}),
		],
		[`medium seconds-in-milliseconds ${container}.livenessProbe.timeoutSeconds: sure replace livenessProbe/timeoutSeconds=5`],
	],
	[
		'a time to end in milliseconds, of a program that says how long it takes',
		[workload(runs({env: [{name: 'SHUTDOWN_TIMEOUT_MS', value: '45000'}]}, {terminationGracePeriodSeconds: 60_000}))],
		[`medium seconds-in-milliseconds ${web}.terminationGracePeriodSeconds: choice replace spec/terminationGracePeriodSeconds=60`],
	],
	[
		'an hour to end, of a program that takes it',
		[workload(runs({env: [{name: 'SHUTDOWN_TIMEOUT_MS', value: '3500000'}]}, {terminationGracePeriodSeconds: 3600}))],
		[],
	],
	[
		'a database whose pods are given no time to end any more',
		[workload(runs({}, {terminationGracePeriodSeconds: 0}), {kind: 'StatefulSet', before: runs({}, {terminationGracePeriodSeconds: 60})})],
		[
			'medium no-time-to-end StatefulSet/web spec.template.spec.terminationGracePeriodSeconds: sure replace spec/terminationGracePeriodSeconds=60',
		],
	],
	[
		'a database whose pods never had time to end',
		[
			workload(runs({}, {terminationGracePeriodSeconds: 0}), {
				kind: 'StatefulSet',
				spec: {volumeClaimTemplates: [{metadata: {name: 'data'}}]},
			}),
		],
		[
			'medium no-time-to-end StatefulSet/web spec.template.spec.terminationGracePeriodSeconds: choice replace spec/terminationGracePeriodSeconds=30',
		],
	],
	[
		'a database that says why',
		[workload(runs({}, {terminationGracePeriodSeconds: 0}), {kind: 'StatefulSet', metadata: {annotations: {why: 'shutdown is instant'}}})],
		[],
	],
	[
		'a StatefulSet without volumes whose pods never had time to end',
		[workload(runs({}, {terminationGracePeriodSeconds: 0}), {kind: 'StatefulSet'})],
		[
			'low no-time-to-end StatefulSet/web spec.template.spec.terminationGracePeriodSeconds: choice replace spec/terminationGracePeriodSeconds=30',
		],
	],
	['a cache that may end at once', [workload(runs({}, {terminationGracePeriodSeconds: 0}))], []],
	['a database with a short grace', [workload(runs({}, {terminationGracePeriodSeconds: 1}), {kind: 'StatefulSet'})], []],
	[
		'an init container that waits for a Service by a wrong name',
		[workload(waitsFor('databse')), database],
		[
			`medium init-waits-for-nobody ${web}.initContainers[wait].command[2]: sure replace command/2="until nc -z database 5432; do sleep 1; done"`,
		],
	],
	['an init container that waits for a Service', [workload(waitsFor('database')), database], []],
	['an init container that waits for the world', [workload(waitsFor('db.example.com')), database], []],
	[
		'pods evicted for their disk',
		[
			workload(runs({resources: {limits: {'ephemeral-storage': '1Gi'}}}), {
				pods: [
					{},
					{
						name: 'web-2-9',
						ready: false,
						age: 20,
						status: {
							phase: 'Failed',
							reason: 'Evicted',
							message: 'Pod ephemeral local storage usage exceeds the total limit of containers 1Gi.',
						},
					},
				],
			}),
		],
		[`medium pod-evicted ${container}.resources.limits.ephemeral-storage: choice replace limits/ephemeral-storage="2Gi"`],
	],
	['a pod that nothing keeps, evicted', [pod(evicted('once', '9Gi'))], ['medium pod-evicted Pod/once : no remedy']],
	['a pod of a ReplicaSet that is gone, evicted', [pod(evicted('web-0-9', '9Gi'), {kind: 'ReplicaSet', name: 'web-0'})], []],
	[
		'pods evicted yesterday',
		[
			workload(runs({resources: {limits: {'ephemeral-storage': '1Gi'}}}), {
				pods: [
					{},
					{
						name: 'web-2-9',
						ready: false,
						age: 2000,
						status: {
							phase: 'Failed',
							reason: 'Evicted',
							startTime: ago(2000),
							message: 'Pod ephemeral local storage usage exceeds the total limit of containers 1Gi.',
						},
					},
				],
			}),
		],
		[],
	],
	[
		'a pod that its kubelet does not end',
		[
			workload(runs()),
			node(),
			pod({
				name: 'old',
				metadata: {
					deletionTimestamp: ago(20),
					ownerReferences: [{kind: 'ReplicaSet', name: 'web-2', controller: true}],
				},
			}),
		],
		['medium pod-stuck-ending Pod/old metadata.deletionTimestamp: no remedy'],
	],
	[
		'a pod that ends just now',
		[
			workload(runs()),
			node(),
			pod({name: 'old', metadata: {deletionTimestamp: ago(1), ownerReferences: [{kind: 'ReplicaSet', name: 'web-2', controller: true}]}}),
		],
		[],
	],
	[
		'a Job that ended long ago',
		[
			object('batch/v1', 'Job', 'once', {
				spec: {template: {spec: runs({image: 'Once:1'})}},
				status: {conditions: [{type: 'Complete', status: 'True'}]},
			}),
		],
		[],
	],
];

test.each(rows)('tells %s', (_, objects, expected) => {
	expect(detected(...objects).map(({told, what}) => `${told}: ${what}`)).toEqual(expected);
});
