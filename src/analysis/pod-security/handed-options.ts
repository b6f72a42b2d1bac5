import type {Json} from '../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {containersOf} from '../../core/kube/pod-spec.ts';
import type {Check} from './baseline-checks.ts';
import {containers, counted, quoted, sorted} from './words.ts';

/** The pod, and the containers, for which something holds: `pod and container "a"`; undefined where it holds for none. */
export function setters(podSpec: Json, holds: (holder: Json) => boolean): string | undefined {
	const bad = containersOf(podSpec).filter(holds);
	const found = [...(holds(podSpec) ? ['pod'] : []), ...(bad.length === 0 ? [] : [containers(bad)])];
	return found.length === 0 ? undefined : found.join(' and ');
}

const holdersOf = (podSpec: Json) => [podSpec, ...containersOf(podSpec)];

const appArmorAnnotation = 'container.apparmor.security.beta.kubernetes.io/';
const appArmorOf = (holder: Json) => {
	const profile = valueAt(holder, 'securityContext', 'appArmorProfile');
	return profile === undefined ? undefined : (textAt(profile, 'type') ?? '');
};
const isBadAppArmor = (holder: Json) => !['RuntimeDefault', 'Localhost', undefined].includes(appArmorOf(holder));

export const appArmorProfile: Check = (podSpec, annotations) => {
	const bad = Object.entries(annotations).filter(
		([name, value]) => name.startsWith(appArmorAnnotation) && !/^(?:$|runtime\/default$|localhost\/)/.test(String(value)),
	);
	const setBy = setters(podSpec, isBadAppArmor);
	const who = [...(setBy === undefined ? [] : [setBy]), ...(bad.length === 0 ? [] : [counted(bad, 'annotation', 'annotations')])];
	if (who.length === 0) return undefined;
	const values = [
		...sorted(
			holdersOf(podSpec)
				.filter(isBadAppArmor)
				.map(holder => appArmorOf(holder) ?? ''),
		),
		...bad.map(([name, value]) => `${name}=${JSON.stringify(value)}`).sort(),
	];
	return {
		reason: counted(values, 'forbidden AppArmor profile', 'forbidden AppArmor profiles'),
		detail: `${who.join(' and ')} must not set AppArmor profile type to ${quoted(values)}`,
	};
};

/** Hosts that a probe or a lifecycle hook of a container would be sent to. */
const hostsOf = (container: Json) =>
	[['livenessProbe'], ['readinessProbe'], ['startupProbe'], ['lifecycle', 'postStart'], ['lifecycle', 'preStop']].flatMap(path =>
		['httpGet', 'tcpSocket'].flatMap(how => textAt(container, ...path, how, 'host') || []),
	);

export const probeHosts: Check = podSpec => {
	const bad = containersOf(podSpec).filter(container => hostsOf(container).length > 0);
	if (bad.length === 0) return undefined;
	const reason = 'probe or lifecycle host';
	const hosts = sorted(bad.flatMap(hostsOf));
	return {reason, detail: `${containers(bad)} ${counted(bad, 'uses', 'use')} ${counted(hosts, reason, `${reason}s`)} ${quoted(hosts)}`};
};

const procMountOf = (container: Json) => textAt(container, 'securityContext', 'procMount') ?? 'Default';

export const procMount: Check = podSpec => {
	const bad = containersOf(podSpec).filter(container => procMountOf(container) !== 'Default');
	if (bad.length === 0) return undefined;
	return {
		reason: 'procMount',
		detail: `${containers(bad)} must not set securityContext.procMount to ${quoted(sorted(bad.map(procMountOf)))}`,
	};
};

const firstTypes = ['', 'container_t', 'container_init_t', 'container_kvm_t'];
const seLinuxOf = (holder: Json, field: string) => textAt(holder, 'securityContext', 'seLinuxOptions', field) ?? '';

const seLinuxWith =
	(types: ReadonlySet<string>): Check =>
	podSpec => {
		const isBad = (holder: Json) =>
			!types.has(seLinuxOf(holder, 'type')) || seLinuxOf(holder, 'user') !== '' || seLinuxOf(holder, 'role') !== '';
		const who = setters(podSpec, isBad);
		if (who === undefined) return undefined;
		const holders = holdersOf(podSpec);
		const bad = sorted(holders.map(holder => seLinuxOf(holder, 'type')).filter(type => !types.has(type)));
		const isSet = (field: string) => holders.some(holder => seLinuxOf(holder, field) !== '');
		const what = [
			...(bad.length === 0 ? [] : [`${counted(bad, 'type', 'types')} ${quoted(bad)}`]),
			...['user', 'role'].filter(isSet).map(field => `${field} may not be set`),
		];
		return {reason: 'seLinuxOptions', detail: `${who} set forbidden securityContext.seLinuxOptions: ${what.join('; ')}`};
	};

/** With the types of each version, by the minor version that brought them. */
export const seLinuxSince = {
	0: seLinuxWith(new Set(firstTypes)),
	31: seLinuxWith(new Set([...firstTypes, 'container_engine_t'])),
};

const sysctlsWithin =
	(safe: ReadonlySet<string>): Check =>
	podSpec => {
		const bad = listAt(podSpec, 'securityContext', 'sysctls')
			.map(sysctl => textAt(sysctl, 'name') ?? '')
			.filter(name => !safe.has(name));
		return bad.length === 0 ? undefined : {reason: 'forbidden sysctls', detail: bad.join(', ')};
	};

const firstSysctls = [
	'kernel.shm_rmid_forced',
	...['ip_local_port_range', 'tcp_syncookies', 'ping_group_range', 'ip_unprivileged_port_start'].map(name => `net.ipv4.${name}`),
];
const ofPorts = [...firstSysctls, 'net.ipv4.ip_local_reserved_ports'];
const ofKeepalive = [
	...ofPorts,
	...['tcp_keepalive_time', 'tcp_fin_timeout', 'tcp_keepalive_intvl', 'tcp_keepalive_probes'].map(name => `net.ipv4.${name}`),
];
const ofBuffers = [...ofKeepalive, 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'];

/** With those that belong to the pod alone and harm no neighbour, by the minor version that knew them so. */
export const sysctlsSince = {
	0: sysctlsWithin(new Set(firstSysctls)),
	27: sysctlsWithin(new Set(ofPorts)),
	29: sysctlsWithin(new Set(ofKeepalive)),
	32: sysctlsWithin(new Set(ofBuffers)),
	37: sysctlsWithin(new Set([...ofBuffers, 'net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat'])),
};

export const windowsHostProcess: Check = podSpec => {
	const who = setters(podSpec, holder => objectAt(holder, 'securityContext', 'windowsOptions').hostProcess === true);
	return who === undefined
		? undefined
		: {reason: 'hostProcess', detail: `${who} must not set securityContext.windowsOptions.hostProcess=true`};
};
