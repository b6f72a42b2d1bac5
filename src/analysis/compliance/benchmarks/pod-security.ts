import {type AnyCheck, check} from '../../checks/check.ts';
import {type Control, controls} from '../../pod-security/controls.ts';
import {ruleOf} from '../../pod-security/standard.ts';
import {api, type Benchmark, type Section} from '../benchmark.ts';

const checkId = (name: string) => `pod-security-${name}`;

/** What each control of the standards is about, in a few words. */
const titles: {readonly [control: string]: string} = {
	appArmorProfile: 'AppArmor is not switched off',
	capabilities_baseline: 'No capabilities beyond the defaults',
	hostNamespaces: 'No namespaces of the node',
	hostPathVolumes: 'No volumes of the node',
	hostPorts: 'No ports of the node',
	hostProbesAndHostLifecycle: 'Probes and hooks go to the pod alone',
	privileged: 'No privileged containers',
	procMount: '/proc is masked',
	seLinuxOptions: 'SELinux is not loosened',
	seccompProfile_baseline: 'seccomp is not switched off',
	sysctls: 'Only safe sysctls',
	windowsHostProcess: 'No processes of a Windows host',
	allowPrivilegeEscalation: 'Privileges cannot be gained',
	capabilities_restricted: 'All capabilities are dropped',
	procMount_restricted: '/proc is masked, with users of its own too',
	restrictedVolumes: 'Only volumes of harmless kinds',
	runAsNonRoot: 'Nothing runs as root',
	runAsUser: 'The user is not root',
	seccompProfile_restricted: 'seccomp is on',
};

/** Each control of the Pod Security Standards as a check of workloads, as it stood in Kubernetes 1.minor. Controls of later versions are not there. */
export const podSecurityChecks = (minor: number): readonly AnyCheck[] =>
	controls.flatMap(({name, level, ...rest}: Control) => {
		const rule = ruleOf({name, level, ...rest}, minor);
		if (rule === undefined) return [];
		return check({
			id: checkId(name),
			family: 'workload',
			title: titles[name] ?? name,
			why: 'The Pod Security Standards demand it of pods that nobody has to trust.',
			severity: level === 'baseline' ? 'high' : 'medium',
			settings: {},
			reads: [
				'Pod',
				'ReplicationController',
				...['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'].map(kind => `apps/${kind}`),
			].concat(['batch/Job', 'batch/CronJob']),
			look: ({workloads}) =>
				workloads.map(({ref, podSpec, annotations, specPath}) => {
					const found = rule(podSpec, annotations);
					const evidence = found === undefined ? '' : `${found.reason}: ${found.detail}`;
					return {resource: ref, faults: found === undefined ? [] : [{paths: [specPath], mends: [], evidence}]};
				}),
		});
	});

/** A control of the restricted level stands in the place of the one of the baseline. */
const section = (level: Control['level'], title: string): Section => ({
	...{id: level, title},
	controls: controls.filter(control => control.level === level).map(({name}) => ({id: name, ...api(titles[name] ?? name, checkId(name))})),
});

export const podSecurityStandards: Benchmark = {
	name: 'pod-security',
	title: 'Pod Security Standards',
	sections: [section('baseline', 'Baseline'), section('restricted', 'Restricted, beside the baseline')],
};
