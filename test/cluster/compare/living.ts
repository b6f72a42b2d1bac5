import {at, erase, mergePatch, post, put, strategicPatch, table} from '../../servers/questions.ts';
import {type Body, deployment, paths, pod, type Row} from './row.ts';

const web = paths.deployments('web');
const scale = paths.deployments('web', '/scale');
const status = (key: string) => (body: Body) => at(body, 'status', key);
const generation = (body: Body) => at(body, 'metadata', 'generation') === status('observedGeneration')(body);
const available = (count: number) => (body: Body) =>
	generation(body) &&
	(status('terminatingReplicas')(body) ?? 0) === 0 &&
	['availableReplicas', 'updatedReplicas', 'replicas'].every(key => status(key)(body) === count);
const evict = (name: string, more: object = {}) =>
	post(paths.pods(name, '/eviction'), {apiVersion: 'policy/v1', kind: 'Eviction', metadata: {name, namespace: 'compare'}, ...more});
const scaleTo = (replicas: number) => ({
	apiVersion: 'autoscaling/v1',
	kind: 'Scale',
	metadata: {name: 'web', namespace: 'compare'},
	spec: {replicas},
});
const budget = (minAvailable: number | string) => ({
	apiVersion: 'policy/v1',
	kind: 'PodDisruptionBudget',
	metadata: {name: 'web'},
	spec: {minAvailable, selector: {matchLabels: {app: 'web'}}},
});
const firstPod = (body: Body) => String(at(body, 'items', 0, 'metadata', 'name'));
const ofWeb = `${paths.pods()}?labelSelector=app%3Dweb`;

const rolling: readonly Row[] = [
	{name: 'first image is available', ask: {path: web}, until: available(2)},
	{name: 'another image', ask: strategicPatch(web, {spec: {template: {spec: {containers: [{name: 'main', image: 'x:2'}]}}}})},
	{name: 'deployment is available', ask: {path: web}, until: available(2)},
	{name: 'replica sets after rollout', ask: {path: `${paths.replicaSets()}?labelSelector=app%3Dweb`}},
	{name: 'table of deployments', ask: {path: paths.deployments(), headers: table}},
	{name: 'table of pods', ask: {path: paths.pods(), headers: table}},
	{name: 'pods of the deployment', ask: {path: `${ofWeb}&limit=1`}},
	{name: 'scale get', ask: {path: scale}},
	{name: 'scale put', ask: put(scale, scaleTo(3))},
	{name: 'scaled is seen', ask: {path: scale}, until: body => status('replicas')(body) === 3},
	{name: 'scale patch', ask: mergePatch(scale, {spec: {replicas: 3}})},
	{name: 'scale patch dry run', ask: mergePatch(`${scale}?dryRun=All`, {spec: {replicas: 5}})},
	{name: 'scale to a negative', ask: put(scale, scaleTo(-1))},
	{name: 'scale of missing', ask: {path: paths.deployments('missing', '/scale')}},
	{name: 'scale of a config map', ask: {path: paths.configMaps('a', '/scale')}},
	{name: 'scaled is available', ask: {path: web}, until: available(3)},
	{name: 'status patch leaves the spec', ask: mergePatch(paths.deployments('web', '/status?dryRun=All'), {spec: {replicas: 9}})},
	{name: 'a bad image', ask: strategicPatch(web, {spec: {template: {spec: {containers: [{name: 'main', image: 'x:3-unready'}]}}}})},
	{
		name: 'bad rollout stays half way',
		ask: {path: web},
		until: body => generation(body) && status('updatedReplicas')(body) === 1 && status('unavailableReplicas')(body) === 1,
	},
	{name: 'back to a good image', ask: strategicPatch(web, {spec: {template: {spec: {containers: [{name: 'main', image: 'x:2'}]}}}})},
	{name: 'good again', ask: {path: web}, until: available(3)},
	{name: 'paused', ask: mergePatch(web, {spec: {paused: true}})},
	{name: 'paused is seen', ask: {path: web}, until: generation},
	{name: 'resumed', ask: mergePatch(web, {spec: {paused: false}})},
	{name: 'resumed is seen', ask: {path: web}, until: available(3)},
];

const evicting: readonly Row[] = [
	{name: 'budget create', ask: post(paths.budgets(), budget(3))},
	{
		name: 'budget is counted',
		ask: {path: paths.budgets('web')},
		until: body => at(body, 'status', 'currentHealthy') === 3 && at(body, 'status', 'expectedPods') === 3,
	},
	{name: 'table of budgets', ask: {path: paths.budgets(), headers: table}},
	{name: 'pods to evict', ask: {path: ofWeb}, until: body => Array.isArray(body.items) && body.items.length === 3},
	{name: 'eviction is refused', ask: seen => evict(firstPod(seen('pods to evict')))},
	{name: 'eviction dry run is refused', ask: seen => evict(firstPod(seen('pods to evict')), {deleteOptions: {dryRun: ['All']}})},
	{name: 'eviction of missing', ask: evict('missing')},
	{name: 'eviction of another name', ask: {...evict('missing'), path: paths.pods('alone', '/eviction')}},
	{
		name: 'eviction with a wrong uid',
		ask: evict('alone', {deleteOptions: {preconditions: {uid: '11111111-1111-1111-1111-111111111111'}}}),
	},
	{name: 'eviction get', ask: {path: paths.pods('alone', '/eviction')}},
	{
		name: 'budget with both limits',
		ask: post(paths.budgets(), {...budget(1), metadata: {name: 'both'}, spec: {...budget(1).spec, maxUnavailable: 1}}),
	},
	{name: 'budget with a bad percentage', ask: post(paths.budgets(), {...budget('half'), metadata: {name: 'half'}})},
	{name: 'budget is loosened', ask: mergePatch(paths.budgets('web'), {spec: {minAvailable: 2}})},
	{name: 'budget allows one', ask: {path: paths.budgets('web')}, until: body => at(body, 'status', 'disruptionsAllowed') === 1},
	{name: 'eviction dry run', ask: seen => evict(firstPod(seen('pods to evict')), {deleteOptions: {dryRun: ['All']}})},
	{name: 'eviction', ask: seen => evict(firstPod(seen('pods to evict')))},
	{
		name: 'evicted pod is gone',
		ask: seen => ({path: paths.pods(firstPod(seen('pods to evict')))}),
		until: (_, answer) => answer.status === 404,
	},
	{name: 'eviction is healed', ask: {path: web}, until: available(3)},
];

const service = (name: string, spec: object) => ({apiVersion: 'v1', kind: 'Service', metadata: {name}, spec});
const other: readonly Row[] = [
	{name: 'service create', ask: post(paths.services(), service('web', {selector: {app: 'web'}, ports: [{port: 80, name: 'http'}]}))},
	{
		name: 'endpoint slices of the service',
		ask: {path: '/apis/discovery.k8s.io/v1/namespaces/compare/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Dweb'},
		until: body =>
			JSON.stringify(at(body, 'items', 0, 'endpoints'))?.match(/"ready":true/g)?.length === 3 &&
			!JSON.stringify(body).includes('"terminating":true'),
	},
	{name: 'service without ports', ask: post(paths.services(), service('portless', {selector: {app: 'web'}}))},
	{name: 'service cluster address is immutable', ask: mergePatch(paths.services('web'), {spec: {clusterIP: '10.96.77.77'}})},
	{name: 'table of services', ask: {path: paths.services(), headers: table}},
	{
		name: 'autoscaler create',
		ask: post(paths.autoscalers(), {
			apiVersion: 'autoscaling/v2',
			kind: 'HorizontalPodAutoscaler',
			metadata: {name: 'web'},
			spec: {scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}, minReplicas: 3, maxReplicas: 5},
		}),
	},
	{
		name: 'autoscaler with swapped bounds',
		ask: mergePatch(paths.autoscalers('web'), {spec: {minReplicas: 9}}),
	},
	{
		name: 'job create',
		ask: post(paths.jobs(), {
			apiVersion: 'batch/v1',
			kind: 'Job',
			metadata: {name: 'once'},
			spec: {template: {spec: {restartPolicy: 'Never', containers: [{name: 'main', image: 'x:1'}]}}},
		}),
	},
	{
		name: 'job completes',
		ask: {path: paths.jobs('once')},
		until: body => at(body, 'status', 'succeeded') === 1 && at(body, 'status', 'completionTime') !== undefined,
	},
	{name: 'table of jobs', ask: {path: paths.jobs(), headers: table}},
	{name: 'job template is immutable', ask: mergePatch(paths.jobs('once'), {spec: {template: {spec: {restartPolicy: 'OnFailure'}}}})},
	{
		name: 'cron job with a bad schedule',
		ask: post(paths.cronJobs(), {
			apiVersion: 'batch/v1',
			kind: 'CronJob',
			metadata: {name: 'nightly'},
			spec: {
				schedule: 'every night',
				jobTemplate: {spec: {template: {spec: {restartPolicy: 'Never', containers: [{name: 'main', image: 'x:1'}]}}}},
			},
		}),
	},
	{
		name: 'quota create',
		ask: post(paths.quotas(), {apiVersion: 'v1', kind: 'ResourceQuota', metadata: {name: 'few'}, spec: {hard: {pods: '4'}}}),
	},
	{name: 'quota is counted', ask: {path: paths.quotas('few')}, until: body => at(body, 'status', 'used', 'pods') === '4'},
	{name: 'pod over quota', ask: post(paths.pods(), pod('fifth'))},
	{name: 'quota delete', ask: erase(paths.quotas('few'))},
	{
		name: 'pod security warns',
		ask: mergePatch('/api/v1/namespaces/compare', {metadata: {labels: {'pod-security.kubernetes.io/enforce': 'restricted'}}}),
	},
	{name: 'pod security refuses', ask: post(paths.pods(), pod('loose'))},
	{
		name: 'pod security is lifted',
		ask: mergePatch('/api/v1/namespaces/compare', {metadata: {labels: {'pod-security.kubernetes.io/enforce': null}}}),
	},
	{
		name: 'crashing pod',
		ask: post(paths.pods(), {
			...pod('crash', 'x:crash'),
			metadata: {name: 'crash', labels: {app: 'crash'}, annotations: {'sandbox.mkcoa.dev/back-off-seconds': '5'}},
		}),
	},
	{
		name: 'crashes again',
		ask: {path: paths.pods('crash')},
		until: body =>
			Number(at(body, 'status', 'containerStatuses', 0, 'restartCount')) >= 1 &&
			at(body, 'status', 'containerStatuses', 0, 'state', 'waiting', 'reason') === 'CrashLoopBackOff',
	},
	{name: 'pod that fits nowhere', ask: post(paths.pods(), pod('homeless', 'x:1', {nodeSelector: {disk: 'fast'}}))},
	{
		name: 'pod is unschedulable',
		ask: {path: paths.pods('homeless')},
		until: body => at(body, 'status', 'conditions', 0, 'reason') === 'Unschedulable',
	},
	{name: 'events of it', ask: {path: '/api/v1/namespaces/compare/events?fieldSelector=involvedObject.name%3Dhomeless'}},
	{name: 'delete a pod', ask: erase(paths.pods('alone'))},
	{name: 'deleted pod is gone', ask: {path: paths.pods('alone')}, until: (_, answer) => answer.status === 404},
	{name: 'delete in the foreground', ask: erase(web, {apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Foreground'})},
	{name: 'deployment is gone', ask: {path: web}, until: (_, answer) => answer.status === 404},
	{name: 'its pods are gone', ask: {path: ofWeb}, until: body => Array.isArray(body.items) && body.items.length === 0},
	{name: 'orphaning', ask: post(paths.deployments(), deployment('parent'))},
	{name: 'table of nodes', ask: {path: '/api/v1/nodes', headers: table}},
	{name: 'node cordon', ask: mergePatch('/api/v1/nodes/node-a?dryRun=All', {spec: {unschedulable: true}})},
];

/** What controllers make of the objects, and the subresources that depend on it. */
export const living: readonly Row[] = [...rolling, ...evicting, ...other];
