import {mayAdd} from '../../pod-security/restricted-checks.ts';
import {celList, containersWhere, type PodRule, podOrContainersWhere, volumesWhere} from '../pod-rule.ts';
import {pod, podAfter, podOf, podSilentOn, podWith, podWithout} from './example-pods.ts';

const set = 'restricted';
const volumeTypes = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'];
const own = 'c.?securityContext';
const ofPod = 'variables.spec.?securityContext';
const profile = (context: string) => `${context}.?seccompProfile.?type`;

/** What the level restricted of the Pod Security Standards refuses beside that. @see kubernetes.io/docs/concepts/security/pod-security-standards */
export const restrictedRules: readonly PodRule[] = [
	{
		id: 'privilege-escalation',
		set,
		title: 'Containers give up the escalation of privileges',
		why: 'Without it a program of root, left in an image, is no way to become root',
		offenders: containersWhere(`!variables.windows && ${own}.?allowPrivilegeEscalation.orValue(true)`),
		pass: [pod()],
		fail: [podOf({allowPrivilegeEscalation: true}), podSilentOn('allowPrivilegeEscalation')],
	},
	{
		id: 'dropped-capabilities',
		set,
		title: 'Containers drop all capabilities, and add at most NET_BIND_SERVICE',
		why: 'Most programs need none, and each one given is one that may be misused',
		offenders: containersWhere(
			[
				'!variables.windows',
				`(!('ALL' in ${own}.?capabilities.?drop.orValue([])) || ${own}.?capabilities.?add.orValue([]).exists(k, !(k in ${celList([...mayAdd])})))`,
			].join(' && '),
		),
		pass: [pod(), podOf({capabilities: {drop: ['ALL'], add: ['NET_BIND_SERVICE']}})],
		fail: [podSilentOn('capabilities'), podOf({capabilities: {drop: ['NET_RAW']}}), podOf({capabilities: {drop: ['ALL'], add: ['CHOWN']}})],
	},
	{
		id: 'non-root',
		set,
		title: 'Containers run as somebody who is not root',
		why: 'Root in a container is root on the node as soon as it breaks out',
		offenders: `variables.ownUsers ? [] : ${podOrContainersWhere(
			`!${ofPod}.?runAsNonRoot.orValue(true)`,
			`!${own}.?runAsNonRoot.orValue(${ofPod}.?runAsNonRoot.orValue(false))`,
		)}`,
		pass: [pod(), pod({securityContext: {runAsNonRoot: true}})],
		fail: [podWithout('securityContext'), podOf({runAsNonRoot: false}), podAfter({runAsNonRoot: false})],
	},
	{
		id: 'root-user',
		set,
		title: 'Nothing asks for the user 0',
		why: 'Root in a container is root on the node as soon as it breaks out',
		offenders: `variables.ownUsers ? [] : ${podOrContainersWhere(
			`${ofPod}.?runAsUser.orValue(1) == 0`,
			`${own}.?runAsUser.orValue(1) == 0`,
		)}`,
		pass: [pod(), podOf({runAsUser: 10001})],
		fail: [podOf({runAsUser: 0}), pod({securityContext: {runAsUser: 0}})],
	},
	{
		id: 'seccomp-profile',
		set,
		title: 'Containers have a seccomp profile, of their own or of their pod',
		why: 'Without a profile a container may make every call of the kernel',
		offenders: containersWhere(`!variables.windows && ${profile(own)}.orValue(${profile(ofPod)}.orValue('')) == ''`),
		pass: [pod(), podOf({seccompProfile: {type: 'RuntimeDefault'}})],
		fail: [pod({securityContext: {runAsNonRoot: true}})],
	},
	{
		id: 'volume-types',
		set,
		title: 'Pods mount volumes of the usual types alone',
		why: 'Other types mount what a node, or a storage server, gives to whoever asks',
		offenders: volumesWhere(`!${celList(volumeTypes)}.exists(t, t in v)`),
		pass: [pod(), pod({volumes: [{name: 'settings', configMap: {name: 'app'}}]})],
		fail: [pod({volumes: [{name: 'share', nfs: {server: 'files.example', path: '/'}}]})],
	},
	{
		id: 'proc-mount-default',
		set,
		title: 'The paths of /proc that runtimes mask stay masked, also for pods with users of their own',
		why: 'Through them a container changes its node',
		offenders: containersWhere(`${own}.?procMount.orValue('Default') != 'Default'`),
		pass: [pod(), podWith({}), podOf({procMount: 'Default'})],
		fail: [pod({hostUsers: false, ...podOf({procMount: 'Unmasked'}).spec})],
	},
];
