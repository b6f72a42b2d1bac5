import type {Json, JsonObject} from '../../core/json.ts';
import {listAt, valueAt} from '../../core/kube/json-at.ts';
import {containersOf} from '../../core/kube/pod-spec.ts';
import {containers, counted, nameOf, quoted, sorted} from './words.ts';

export type Violation = {readonly reason: string; readonly detail: string};

/** What a pod spec may not have, in the words of k8s.io/pod-security-admission/policy; undefined where it may pass. */
export type Check = (podSpec: Json, annotations: JsonObject) => Violation | undefined;

/** Capabilities that container runtimes give by default. */
export const usualCapabilities = new Set([
	...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE'],
	...['SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
]);

/** Capabilities that a container adds beside those of a set. */
export const addedBeside = (container: Json, allowed: ReadonlySet<string>) =>
	listAt(container, 'securityContext', 'capabilities', 'add')
		.map(String)
		.filter(capability => !allowed.has(capability));

export const baselineCapabilities: Check = podSpec => {
	const bad = containersOf(podSpec).filter(container => addedBeside(container, usualCapabilities).length > 0);
	if (bad.length === 0) return undefined;
	const added = sorted(bad.flatMap(container => addedBeside(container, usualCapabilities)));
	return {
		reason: 'non-default capabilities',
		detail: `${containers(bad)} must not include ${quoted(added)} in securityContext.capabilities.add`,
	};
};

export const hostNamespaces: Check = podSpec => {
	const used = ['hostNetwork', 'hostPID', 'hostIPC'].filter(field => valueAt(podSpec, field) === true);
	return used.length === 0 ? undefined : {reason: 'host namespaces', detail: used.map(field => `${field}=true`).join(', ')};
};

export const hostPathVolumes: Check = podSpec => {
	const bad = listAt(podSpec, 'volumes').filter(volume => valueAt(volume, 'hostPath') !== undefined);
	if (bad.length === 0) return undefined;
	return {reason: 'hostPath volumes', detail: `${counted(bad, 'volume', 'volumes')} ${quoted(bad.map(nameOf))}`};
};

export const hostPorts: Check = podSpec => {
	const portsOf = (container: Json) =>
		listAt(container, 'ports').flatMap(port => {
			const hostPort = valueAt(port, 'hostPort');
			return typeof hostPort === 'number' && hostPort !== 0 ? [String(hostPort)] : [];
		});
	const bad = containersOf(podSpec).filter(container => portsOf(container).length > 0);
	if (bad.length === 0) return undefined;
	const ports = sorted(bad.flatMap(portsOf));
	const uses = `${counted(bad, 'uses', 'use')} ${counted(ports, 'hostPort', 'hostPorts')}`;
	return {reason: 'hostPort', detail: `${containers(bad)} ${uses} ${ports.join(', ')}`};
};

export const privileged: Check = podSpec => {
	const bad = containersOf(podSpec).filter(container => valueAt(container, 'securityContext', 'privileged') === true);
	if (bad.length === 0) return undefined;
	return {reason: 'privileged', detail: `${containers(bad)} must not set securityContext.privileged=true`};
};
