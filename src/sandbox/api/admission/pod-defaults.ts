import type {JsonObject} from '../../../core/json.ts';
import {objectAt, textAt} from '../../../core/kube/json-at.ts';
import {each, fill, within} from './fill.ts';

/** Defaults of core/v1 that a pod and a pod template share, as the API server's defaulting sets them. */
export function podSpecDefaults(spec: JsonObject): JsonObject {
	let filled = fill(spec, {
		restartPolicy: 'Always',
		terminationGracePeriodSeconds: 30,
		dnsPolicy: 'ClusterFirst',
		securityContext: {},
		schedulerName: 'default-scheduler',
	});
	// Nobody waits for less than no time.
	if (Number(filled.terminationGracePeriodSeconds) < 0) filled = {...filled, terminationGracePeriodSeconds: 1};
	for (const list of ['containers', 'initContainers', 'ephemeralContainers']) filled = each(filled, list, containerDefaults);
	const account = textAt(filled, 'serviceAccountName') ?? textAt(filled, 'serviceAccount');
	if (account !== undefined) filled = fill(filled, {serviceAccountName: account, serviceAccount: account});
	return each(filled, 'volumes', volumeDefaults);
}

/** What only pods get, never templates: requests that follow limits. */
export function podDefaults(pod: JsonObject): JsonObject {
	return within(pod, 'spec', spec => {
		let filled = podSpecDefaults(spec);
		for (const list of ['containers', 'initContainers']) filled = each(filled, list, requestsFromLimits);
		return fill(filled, {enableServiceLinks: true});
	});
}

function requestsFromLimits(container: JsonObject): JsonObject {
	const limits = objectAt(container, 'resources', 'limits');
	if (Object.keys(limits).length === 0) return container;
	return within(container, 'resources', resources => fill(resources, {requests: limits}));
}

function containerDefaults(container: JsonObject): JsonObject {
	const image = textAt(container, 'image') ?? '';
	let filled = fill(container, {
		resources: {},
		terminationMessagePath: '/dev/termination-log',
		terminationMessagePolicy: 'File',
		imagePullPolicy: isLatest(image) ? 'Always' : 'IfNotPresent',
	});
	filled = each(filled, 'ports', port => fill(port, {protocol: 'TCP'}));
	for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) filled = within(filled, probe, probeDefaults);
	filled = each(filled, 'env', variable =>
		within(variable, 'valueFrom', from => within(from, 'fieldRef', ref => fill(ref, {apiVersion: 'v1'}))),
	);
	return within(filled, 'lifecycle', lifecycle => within(within(lifecycle, 'preStop', httpDefaults), 'postStart', httpDefaults));
}

// No tag and no digest means latest.
const isLatest = (image: string) => !image.includes('@') && (/:latest$/.test(image) || !/:[^/]+$/.test(image));

const httpDefaults = (handler: JsonObject) => within(handler, 'httpGet', get => fill(get, {path: '/', scheme: 'HTTP'}));

const probeDefaults = (probe: JsonObject) =>
	within(httpDefaults(fill(probe, {timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3})), 'grpc', grpc =>
		fill(grpc, {service: ''}),
	);

function volumeDefaults(volume: JsonObject): JsonObject {
	let filled = volume;
	for (const source of ['configMap', 'secret', 'downwardAPI', 'projected'])
		filled = within(filled, source, inner => fill(inner, {defaultMode: 420}));
	filled = within(filled, 'hostPath', inner => fill(inner, {type: ''}));
	return Object.keys(filled).some(key => key !== 'name') ? filled : {...filled, emptyDir: {}};
}
