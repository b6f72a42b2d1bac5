import {listAt, valueAt} from '../../../core/kube/json-at.ts';
import {type AnyCheck, check, type Fault} from '../check.ts';
import type {WorkloadContainer} from '../world.ts';
import {isLinux, onContainers, setTo} from './on-containers.ts';

/** What a container may do to its node. */
export const containerChecks: readonly AnyCheck[] = [
	check({
		id: 'privileged-container',
		family: 'workload',
		title: 'Containers do not run privileged',
		why: 'Whoever takes over a privileged container has the node: every device, every capability, no confinement.',
		severity: 'high',
		...onContainers(({container, path, name}) =>
			valueAt(container, 'securityContext', 'privileged') === true
				? setTo(`${path}.securityContext.privileged`, false, `container ${name} runs privileged`)
				: undefined,
		),
	}),
	check({
		id: 'privilege-escalation',
		family: 'workload',
		title: 'Containers cannot gain more privileges than they started with',
		why: 'Without allowPrivilegeEscalation: false a setuid program in the image makes a root of any user of the container.',
		severity: 'medium',
		...onContainers(
			({container, path, name}) => {
				const allowed = valueAt(container, 'securityContext', 'allowPrivilegeEscalation');
				if (allowed === false) return undefined;
				const said = allowed === true ? 'allows privilege escalation' : 'does not refuse privilege escalation';
				const field = `${path}.securityContext.allowPrivilegeEscalation`;
				// The API server refuses a privileged container, or one with SYS_ADMIN, that may not escalate.
				const isPrivileged = valueAt(container, 'securityContext', 'privileged') === true;
				const also = isPrivileged ? [{path: `${path}.securityContext.privileged`, value: false}] : [];
				return {paths: [field], mends: [{path: field, value: false}, ...also], evidence: `container ${name} ${said}`};
			},
			{to: isLinux},
		),
	}),
	check({
		id: 'sys-admin-capability',
		family: 'workload',
		title: 'Containers do not add the capability SYS_ADMIN',
		why: 'SYS_ADMIN mounts filesystems and enters namespaces: known ways out of a container start with it.',
		severity: 'high',
		...onContainers(container => addedOf(container, ['SYS_ADMIN', 'ALL'])),
	}),
	check({
		id: 'dangerous-capabilities',
		family: 'workload',
		title: 'Containers do not add capabilities that break their confinement',
		why: 'Such a capability lets a process of the container change the network, the kernel or other processes of its node.',
		severity: 'high',
		...onContainers((container, _workload, {capabilities}) => addedOf(container, capabilities), {
			settings: {
				capabilities: [
					...['ALL', 'SYS_ADMIN', 'NET_ADMIN', 'NET_RAW', 'SETPCAP', 'SYS_MODULE', 'SYS_RAWIO', 'SYS_PTRACE', 'SYS_BOOT'],
					...['MAC_OVERRIDE', 'MAC_ADMIN', 'PERFMON', 'BPF'],
				],
			},
		}),
	}),
	check({
		id: 'added-capabilities',
		family: 'workload',
		title: 'Containers add no capability but NET_BIND_SERVICE',
		why: 'Each further capability is one more thing that a taken-over process may do as root of the node would.',
		severity: 'medium',
		...onContainers(
			(container, _workload, {allowed}) => {
				const added = addedBy(container).filter(({name}) => !allowed.includes(name));
				return added.length === 0 ? undefined : addedFault(container, added);
			},
			{settings: {allowed: ['NET_BIND_SERVICE']}},
		),
	}),
	check({
		id: 'capabilities-not-dropped',
		family: 'workload',
		title: 'Containers drop all capabilities',
		why: 'A runtime gives a dozen capabilities that few programs need: dropping ALL leaves nothing to abuse.',
		severity: 'low',
		...onContainers(
			({container, path, name}) => {
				const dropped = droppedBy(container);
				if (dropped.includes('ALL')) return undefined;
				const field = `${path}.securityContext.capabilities.drop`;
				const evidence = `container ${name} ${dropped.length === 0 ? 'drops no capability' : `drops ${dropped.join(', ')} only`}`;
				return {paths: [field], mends: [{path: field, value: ['ALL']}], evidence};
			},
			{to: isLinux},
		),
	}),
	check({
		id: 'net-raw-not-dropped',
		family: 'workload',
		title: 'Containers drop the capability NET_RAW',
		why: 'Runtimes give NET_RAW by default: with it a process forges packets of its neighbours, and answers DNS in their name.',
		severity: 'low',
		...onContainers(
			each => {
				const {container, path, name} = each;
				const added = addedBy(each).filter(capability => capability.name === 'NET_RAW');
				if (added.length > 0) return addedFault(each, added);
				const dropped = droppedBy(container);
				if (dropped.includes('ALL') || dropped.includes('NET_RAW')) return undefined;
				const field = `${path}.securityContext.capabilities.drop[${dropped.length}]`;
				return setTo(field, 'NET_RAW', `container ${name} keeps NET_RAW`);
			},
			{to: isLinux},
		),
	}),
];

type Added = {readonly name: string; readonly path: string};

/** Capabilities as the kernel names them, whatever letters and prefix they are written in. */
const capabilityName = (written: unknown) => String(written).toUpperCase().replace(/^CAP_/, '');

const addedBy = ({container, path}: WorkloadContainer): readonly Added[] =>
	listAt(container, 'securityContext', 'capabilities', 'add').map((written, index) => ({
		name: capabilityName(written),
		path: `${path}.securityContext.capabilities.add[${index}]`,
	}));

const droppedBy = (container: WorkloadContainer['container']) =>
	listAt(container, 'securityContext', 'capabilities', 'drop').map(capabilityName);

function addedOf(container: WorkloadContainer, bad: readonly string[]): Fault | undefined {
	const names = bad.map(capabilityName);
	const added = addedBy(container).filter(({name}) => names.includes(name));
	return added.length === 0 ? undefined : addedFault(container, added);
}

const addedFault = ({name}: WorkloadContainer, added: readonly Added[]): Fault => ({
	paths: added.map(({path}) => path),
	mends: added.map(({path}) => ({path, remove: true})),
	evidence: `container ${name} adds ${added.map(each => each.name).join(', ')}`,
});
