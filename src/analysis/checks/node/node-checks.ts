import type {Finding} from '../../../core/finding.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import {type AnyCheck, check, type Fault} from '../check.ts';
import {keyed, onObjects} from '../on-objects.ts';
import {isWithin, type Range} from '../version.ts';

const family = 'node';
const info = (field: string) => ['status', 'nodeInfo', field] as const;

type Row = {
	readonly id: string;
	readonly cve: string;
	readonly what: string;
	readonly field: string;
	/** Before the version: `containerd://`. */
	readonly prefix?: string;
	readonly affected: readonly Range[];
	readonly severity: Finding['severity'];
	readonly why: string;
};

/** Faults that are known of what nodes state of themselves. Distributors mend kernels without a new number: such a finding is to be looked at. */
const rows: readonly Row[] = [
	{
		...{id: 'kernel-cve-2022-0185', cve: 'CVE-2022-0185', what: 'Linux', field: 'kernelVersion', severity: 'high'},
		affected: [
			['5.1', '5.4.173'],
			['5.5', '5.10.93'],
			['5.11', '5.15.16'],
			['5.16', '5.16.2'],
		],
		why: 'A pod that may make user namespaces breaks out of its container onto the node.',
	},
	{
		...{id: 'containerd-cve-2022-23648', cve: 'CVE-2022-23648', what: 'containerd', field: 'containerRuntimeVersion', severity: 'high'},
		prefix: 'containerd://',
		affected: [
			['0', '1.4.13'],
			['1.5.0', '1.5.10'],
			['1.6.0', '1.6.1'],
		],
		why: 'An image with the right words in its configuration reads any file of the node.',
	},
	{
		...{id: 'kubelet-cve-2021-25741', cve: 'CVE-2021-25741', what: 'the kubelet', field: 'kubeletVersion', severity: 'high'},
		affected: [
			['0', '1.19.15'],
			['1.20.0', '1.20.11'],
			['1.21.0', '1.21.5'],
			['1.22.0', '1.22.2'],
		],
		why: 'A pod with a subPath mount reaches files of the node outside of its volume.',
	},
];

/** What nodes state of themselves. */
export const nodeChecks: readonly AnyCheck[] = [
	...rows.map(({cve, what, field, prefix = '', affected, ...row}) =>
		check({
			...{...row, family, title: `Nodes run a version of ${what} without ${cve}`},
			...onObjects(['Node'], {}, node => {
				const version = textAt(node, ...info(field)) ?? '';
				if (!version.startsWith(prefix) || !isWithin(version, affected)) return [];
				return [{paths: [info(field).join('.')], mends: [], evidence: `${what} is ${version}`}];
			}),
		}),
	),
	check({
		...{id: 'node-version-not-supported', family, title: 'Nodes run a version of Kubernetes that is still mended', severity: 'medium'},
		why: 'What is found in a version that is no longer mended stays open.',
		// The three newest minor releases are mended. https://kubernetes.io/releases/
		...onObjects(['Node'], {oldest: '1.35'}, (node, {oldest}) => {
			const version = textAt(node, ...info('kubeletVersion')) ?? '';
			if (!isWithin(version, [['0', oldest]])) return [];
			return [
				{
					paths: [info('kubeletVersion').join('.')],
					mends: [],
					evidence: `the kubelet is ${version}, ${oldest} is the oldest that is mended`,
				},
			];
		}),
	}),
	check({
		...{id: 'node-not-made-for-containers', family, title: 'Nodes run a system that is made for containers alone', severity: 'low'},
		why: 'A system for everything has packages, a shell and a writable disk that serve whoever breaks out of a container.',
		...onObjects(
			['Node'],
			{
				images: [
					...['Bottlerocket', 'Container-Optimized OS', 'Flatcar', 'Talos', 'Fedora CoreOS', 'Red Hat Enterprise Linux CoreOS', 'Kairos'],
					...['SUSE Linux Micro', 'openSUSE MicroOS', 'Azure Linux'],
				] as readonly string[],
			},
			(node, {images}) => {
				const image = textAt(node, ...info('osImage')) ?? '';
				return image === '' || images.some(each => image.includes(each))
					? []
					: [{paths: [info('osImage').join('.')], mends: [], evidence: `it runs ${image}`}];
			},
		),
	}),
	check({
		...{id: 'node-with-docker', family, title: 'Nodes run containers without Docker', severity: 'medium'},
		why: 'The Docker daemon takes orders from whoever reaches its socket, and Kubernetes no longer knows it.',
		...onObjects(['Node'], {}, node => {
			const version = textAt(node, ...info('containerRuntimeVersion')) ?? '';
			return version.startsWith('docker://')
				? [{paths: [info('containerRuntimeVersion').join('.')], mends: [], evidence: `it runs ${version}`}]
				: [];
		}),
	}),
	check({
		...{id: 'node-with-public-address', family, title: 'Nodes have no public address', severity: 'medium'},
		why: 'A node with a public address offers its kubelet, its SSH and every NodePort to the internet.',
		...onObjects(['Node'], {}, node =>
			listAt(node, 'status', 'addresses').flatMap((address, index): readonly Fault[] =>
				textAt(address, 'type') === 'ExternalIP'
					? [{paths: [`status.addresses[${index}]`], mends: [], evidence: `its address ${textAt(address, 'address')} is public`}]
					: [],
			),
		),
	}),
	check({
		...{id: 'node-shared-by-pods', family, title: 'Pods that nobody trusts run on nodes of their own', severity: 'low'},
		why: 'Pods on one node share its kernel: Fargate and the like give each pod a machine of its own.',
		...onObjects(['Node'], {demanded: false}, (node, {demanded}) => {
			const key = 'eks.amazonaws.com/compute-type';
			if (!demanded || node.metadata.labels?.[key] === 'fargate' || node.metadata.name.startsWith('fargate-')) return [];
			return [{paths: [keyed('metadata.labels', key)], mends: [], evidence: 'it is no node of Fargate'}];
		}),
	}),
	check({
		...{id: 'control-plane-takes-pods', family, title: 'Nodes of the control plane take no other pods', severity: 'medium'},
		why: 'Whoever breaks out of a pod there has the keys of the whole cluster.',
		...onObjects(['Node'], {}, node => {
			const role = 'node-role.kubernetes.io/control-plane';
			const taints = listAt(node, 'spec', 'taints');
			if (node.metadata.labels?.[role] === undefined) return [];
			if (taints.some(taint => ['NoSchedule', 'NoExecute'].includes(textAt(taint, 'effect') ?? ''))) return [];
			return [
				{
					paths: ['spec.taints'],
					mends: [{path: 'spec.taints', value: [...taints, {key: role, effect: 'NoSchedule'}]}],
					evidence: 'it has no taint',
				},
			];
		}),
	}),
];
