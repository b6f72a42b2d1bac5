import {listAt, objectAt, textAt, valueAt} from '../../../core/kube/json-at.ts';
import {refOf} from '../../../core/kube/kube-object.ts';
import {fitsExpression, fitsMap} from '../../../core/kube/selector.ts';
import {type AnyCheck, check, type Fault} from '../check.ts';
import type {Workload} from '../world.ts';
import {asked, namespaceOf, onContainers, onWorkloads, setTo, toldOf} from './on-containers.ts';

/** Whether a workload is of one piece. */
export const shapeChecks: readonly AnyCheck[] = [
	check({
		id: 'mismatching-selector',
		family: 'workload',
		title: 'Selectors of workloads fit the labels of their pods',
		why: 'The API server refuses such a workload, or it makes pods without end that it does not know as its own.',
		severity: 'medium',
		...onWorkloads(
			workload => {
				const {path, selector, isMap} = selectorOf(workload);
				const {labels} = workload;
				if (isMap) return fitsMap(selector, labels) ? [] : [toldOf([path], 'its selector does not fit the labels of its pods')];
				const wrong = Object.entries(objectAt(selector, 'matchLabels')).some(([key, value]) => labels[key] !== value);
				const unfit = listAt(selector, 'matchExpressions').some(expression => !fitsExpression(expression, labels));
				return [
					...(wrong ? [toldOf([`${path}.matchLabels`], 'its selector names labels that its pods do not have')] : []),
					...(unfit ? [toldOf([`${path}.matchExpressions`], 'its selector does not fit the labels of its pods')] : []),
				];
			},
			{
				to: workload =>
					workload.object.kind !== 'Pod' && Object.keys(objectAt({selector: selectorOf(workload).selector ?? null}, 'selector')).length > 0,
			},
		),
	}),
	check({
		id: 'duplicate-environment-variable',
		family: 'workload',
		title: 'Containers set each environment variable once',
		why: 'The last one wins: what a reader takes for the value is not what the program gets.',
		severity: 'low',
		...onContainers(({container, path, name}) => {
			const variables = listAt(container, 'env').map((each, index) => ({
				name: textAt(each, 'name') ?? '',
				path: `${path}.env[${index}].name`,
			}));
			const twice = [...Map.groupBy(variables, variable => variable.name).values()].filter(each => each.length > 1);
			return twice.map(each =>
				toldOf(
					each.map(variable => variable.path),
					`container ${name} sets ${each[0]?.name} ${each.length} times`,
				),
			);
		}),
	}),
	check({
		id: 'duplicate-container-port',
		family: 'workload',
		title: 'Containers of a pod claim each port once',
		why: 'Two containers of a pod share one network: the second to bind a port fails.',
		severity: 'low',
		...onWorkloads(({containers}) => {
			const ports = containers
				.filter(({role}) => role === 'main')
				.flatMap(({container, path}) =>
					listAt(container, 'ports').map((port, index) => ({
						key: `${String(valueAt(port, 'containerPort'))}/${textAt(port, 'protocol') ?? 'TCP'}`,
						path: `${path}.ports[${index}].containerPort`,
					})),
				);
			const twice = [...Map.groupBy(ports, ({key}) => key)].filter(([, each]) => each.length > 1);
			return twice.map(([key, each]) =>
				toldOf(
					each.map(({path}) => path),
					`port ${key} is claimed ${each.length} times`,
				),
			);
		}),
	}),
	check({
		id: 'naked-pod',
		family: 'workload',
		title: 'Pods are made by a controller',
		why: 'A pod that nobody owns is gone with its node, and no rollout brings it fixes.',
		severity: 'low',
		...onWorkloads(
			({object}) =>
				(object.metadata.ownerReferences ?? []).length > 0
					? []
					: [{paths: ['metadata.ownerReferences'], mends: [], evidence: 'no controller makes it again'}],
			// The kubelet makes static pods from files of its node.
			{to: ({object}) => object.kind === 'Pod' && object.metadata.annotations?.['kubernetes.io/config.mirror'] === undefined},
		),
	}),
	check({
		id: 'recommended-labels-missing',
		family: 'workload',
		title: 'Workloads and their pods carry one of the labels that tell what they are',
		why: 'Policies, bills and people find by labels whose an object is.',
		severity: 'low',
		...onWorkloads((workload, {labels}) => labelFaults(workload, labels, `metadata.labels`), {
			settings: {labels: ['app', 'tier', 'phase', 'version', 'owner', 'env']},
		}),
	}),
	check({
		id: 'common-labels-missing',
		family: 'workload',
		title: 'Workloads and their pods carry one of the common labels of Kubernetes',
		why: 'Tools that know app.kubernetes.io/name and its kin show and select what has them.',
		severity: 'low',
		...onWorkloads((workload, {labels}) => labelFaults(workload, labels, `metadata.labels`), {
			settings: {
				labels: ['name', 'instance', 'version', 'component', 'part-of', 'managed-by', 'created-by'].map(
					part => `app.kubernetes.io/${part}`,
				),
			},
		}),
	}),
	check({
		id: 'name-label-mismatch',
		family: 'workload',
		title: 'Workloads have their own name in app.kubernetes.io/instance',
		why: 'Where the label names another workload, whoever selects by it finds the wrong pods.',
		severity: 'low',
		...onWorkloads(
			({object}, {label}) => {
				const value = object.metadata.labels?.[label];
				if (value === object.metadata.name) return [];
				const path = `metadata.labels[${label}]`;
				return [setTo(path, object.metadata.name, value === undefined ? `it has no label ${label}` : `its label ${label} is ${value}`)];
			},
			{settings: {label: 'app.kubernetes.io/instance'}},
		),
	}),
	check({
		id: 'unmounted-volume',
		family: 'workload',
		title: 'Volumes of a pod are mounted by some container',
		why: 'A Secret or claim that no container mounts is handed to the node for nothing.',
		severity: 'low',
		...onWorkloads(({podSpec, specPath, containers}) => {
			const used = new Set(
				containers.flatMap(({container}) =>
					[...listAt(container, 'volumeMounts'), ...listAt(container, 'volumeDevices')].map(each => textAt(each, 'name')),
				),
			);
			return listAt(podSpec, 'volumes').flatMap((volume, index): readonly Fault[] => {
				const name = textAt(volume, 'name');
				const path = `${specPath}.volumes[${index}]`;
				return used.has(name) ? [] : [{paths: [path], mends: [{path, remove: true}], evidence: `no container mounts volume ${name}`}];
			});
		}),
	}),
	check({
		id: 'overlapping-mounts',
		family: 'workload',
		title: 'Containers mount one volume at each path',
		why: 'The API server refuses two volumes at one path.',
		severity: 'low',
		...onContainers(({container, path, name}) => {
			const mounts = listAt(container, 'volumeMounts').map((mount, index) => ({
				at: textAt(mount, 'mountPath') ?? '',
				path: `${path}.volumeMounts[${index}].mountPath`,
			}));
			const twice = [...Map.groupBy(mounts, mount => mount.at)].filter(([, each]) => each.length > 1);
			return twice.map(([at, each]) =>
				toldOf(
					each.map(mount => mount.path),
					`container ${name} mounts ${each.length} volumes at ${at}`,
				),
			);
		}),
	}),
	check({
		id: 'cron-job',
		family: 'workload',
		title: 'Jobs that run by the clock are known to somebody',
		why: 'A CronJob runs what it is told again and again: attackers use one to come back.',
		severity: 'low',
		reads: ['batch/CronJob'],
		settings: {},
		look: world =>
			world
				.ofKind('batch/CronJob')
				.map(object => ({resource: refOf(object), why: `whether it should run at ${textAt(object.spec, 'schedule')} is known to people`})),
	}),
	check({
		id: 'sudo-in-command',
		family: 'workload',
		title: 'Containers do not start with sudo',
		why: 'Who needs sudo in a container has an image in which any user may become root.',
		severity: 'medium',
		...onContainers(({container, path, name}) => {
			const fields = ['command', 'args'].flatMap(field =>
				listAt(container, field).flatMap((word, index) =>
					typeof word === 'string' && /(^|[\s;&|(/])sudo(\s|$)/.test(word) ? [`${path}.${field}[${index}]`] : [],
				),
			);
			return fields.length === 0 ? undefined : toldOf(fields, `container ${name} starts with sudo`);
		}),
	}),
	check({
		id: 'ssh-port',
		family: 'workload',
		title: 'Pods are not reached by SSH',
		why: 'A shell server in a container is a door beside the API server: its logins are in no audit log.',
		severity: 'medium',
		...onWorkloads(
			(workload, {ports}, world) => {
				const services = world
					.within('Service', namespaceOf(workload))
					.filter(service => fitsMap(valueAt(service.spec, 'selector'), workload.labels))
					.filter(service =>
						listAt(service.spec, 'ports').some(port =>
							[valueAt(port, 'port'), valueAt(port, 'targetPort')].some(number => ports.includes(Number(number))),
						),
					);
				if (services.length === 0) return [];
				return [
					{
						paths: [`${workload.specPath.replace(/spec$/, 'metadata')}.labels`],
						mends: [],
						evidence: `Service ${services.map(({metadata}) => metadata.name).join(', ')} leads to a port of SSH`,
						related: services.map(service => ({resource: refOf(service), paths: ['spec.ports']})),
					},
				];
			},
			{reads: ['Service'], settings: {ports: [22, 2222]}},
		),
	}),
	check({
		id: 'container-ssh-port',
		family: 'workload',
		title: 'Containers do not listen where SSH does',
		why: 'A shell server in a container is a door beside the API server: its logins are in no audit log.',
		severity: 'medium',
		...onContainers(
			({container, path, name}, _workload, {ports}) => {
				const fields = listAt(container, 'ports').flatMap((port, index) =>
					ports.includes(Number(valueAt(port, 'containerPort'))) ? [`${path}.ports[${index}].containerPort`] : [],
				);
				return fields.length === 0 ? undefined : toldOf(fields, `container ${name} listens on a port of SSH`);
			},
			{settings: {ports: [22, 2222]}},
		),
	}),
	check({
		id: 'control-plane-toleration',
		family: 'workload',
		title: 'Pods are not scheduled onto the control plane',
		why: 'Beside the API server and etcd a pod is one break-out away from the whole cluster.',
		severity: 'low',
		...onWorkloads(({podSpec, specPath}) =>
			listAt(podSpec, 'tolerations').flatMap((toleration, index): readonly Fault[] => {
				const key = textAt(toleration, 'key');
				const isAll = key === undefined && valueAt(toleration, 'operator') === 'Exists';
				if (!isAll && !(key !== undefined && controlPlane.has(key))) return [];
				const path = `${specPath}.tolerations[${index}]`;
				return [{paths: [path], mends: [{path, remove: true}], evidence: `it tolerates ${key ?? 'every taint'}`}];
			}),
		),
	}),
	check({
		id: 'system-priority',
		family: 'workload',
		title: 'Only parts of the cluster have a priority of the system',
		why: 'A pod of such a priority pushes all others off a full node.',
		severity: 'low',
		...onWorkloads(
			({podSpec, specPath}) => {
				const name = textAt(podSpec, 'priorityClassName') ?? '';
				return name.startsWith('system-')
					? [asked(`${specPath}.priorityClassName`, 'priority class of applications', `its priority is ${name}`)]
					: [];
			},
			{to: workload => !namespaceOf(workload).startsWith('kube-')},
		),
	}),
	check({
		id: 'node-name',
		family: 'workload',
		title: 'Workloads are placed by the scheduler',
		why: 'nodeName goes past the scheduler: room, taints and affinity count for nothing, and the pod is bound to one node.',
		severity: 'low',
		...onWorkloads(
			({podSpec, specPath}) => {
				const name = textAt(podSpec, 'nodeName');
				const path = `${specPath}.nodeName`;
				return name === undefined || name === ''
					? []
					: [{paths: [path], mends: [{path, remove: true}], evidence: `it is bound to node ${name}`}];
			},
			{to: ({object}) => object.kind !== 'Pod'},
		),
	}),
	check({
		id: 'runtime-class',
		family: 'workload',
		title: 'Pods run in one of the accepted runtimes',
		why: 'Only some runtimes put a kernel or a virtual machine between a container and its node.',
		severity: 'low',
		...onWorkloads(
			({podSpec, specPath}, {accepted}) => {
				const name = textAt(podSpec, 'runtimeClassName') ?? '';
				if (accepted.length === 0 || accepted.includes(name)) return [];
				return [
					asked(
						`${specPath}.runtimeClassName`,
						`one of ${accepted.join(', ')}`,
						name === '' ? 'it names no runtime class' : `its runtime class is ${name}`,
					),
				];
			},
			{settings: {accepted: [] as readonly string[]}},
		),
	}),
];

const controlPlane = new Set(['node-role.kubernetes.io/master', 'node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/etcd']);

function selectorOf({object}: Workload) {
	if (object.kind === 'CronJob')
		return {path: 'spec.jobTemplate.spec.selector', selector: valueAt(object.spec, 'jobTemplate', 'spec', 'selector'), isMap: false};
	return {path: 'spec.selector', selector: valueAt(object.spec, 'selector'), isMap: object.kind === 'ReplicationController'};
}

/** One of the labels has to be on the object, and on its pods. */
function labelFaults({object, labels, specPath}: Workload, wanted: readonly string[], own: string): readonly Fault[] {
	const has = (given: object) => wanted.some(label => Object.hasOwn(given, label));
	const [first = ''] = wanted;
	const fault = (path: string) => asked(`${path}[${first}]`, `one of ${wanted.join(', ')}`, `there is no label of ${wanted.join(', ')}`);
	const ofPods = specPath.replace(/spec$/, 'metadata.labels');
	return [...(has(object.metadata.labels ?? {}) ? [] : [fault(own)]), ...(object.kind === 'Pod' || has(labels) ? [] : [fault(ofPods)])];
}
