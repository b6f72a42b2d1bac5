/** Programs that a cluster is made of, as the table names them. */
export type ClusterComponent =
	| 'kube-apiserver'
	| 'kube-controller-manager'
	| 'kube-proxy'
	| 'kubelet'
	| 'ingress-nginx'
	| 'coredns'
	| 'etcd'
	| 'containerd'
	| 'cri-o';

/** A vulnerability of one of them. */
export type ClusterCve = {
	readonly id: string;
	readonly component: ClusterComponent;
	/** CVSS, as its project published it. */
	readonly score: number;
	readonly summary: string;
	/** The first mended version of each line of releases, the oldest first. Lines before the first were never mended; none at all: no version is. */
	readonly fixed: readonly string[];
	/** The first version that has it, where it is not older than all that is kept here. */
	readonly introduced?: string;
	/** Nodes of this system alone have it. */
	readonly os?: 'windows';
};

type Row = Omit<ClusterCve, 'id' | 'component' | 'fixed'> & {readonly fixed: string};

const of = (component: ClusterComponent, rows: {readonly [id: string]: Row}): readonly ClusterCve[] =>
	Object.entries(rows).map(([id, {fixed, ...row}]) => ({id, component, ...row, fixed: fixed === '' ? [] : fixed.split(' ')}));

/**
 * What was known when the table was written: nothing later is in it, so that a program without an entry is not thereby safe.
 * @see https://kubernetes.io/docs/reference/issues-security/official-cve-feed/
 */
export const clusterCvesAsOf = '2026-03-10';
export const clusterCvesFrom = "Kubernetes' official CVE feed and the advisories of ingress-nginx, CoreDNS, etcd, containerd and CRI-O";

export const clusterCves: readonly ClusterCve[] = [
	...of('kube-apiserver', {
		'CVE-2018-1002105': {
			score: 9.8,
			fixed: '1.10.11 1.11.5 1.12.3',
			summary: 'Anyone who may proxy or upgrade a connection reaches back ends as the API server',
		},
		'CVE-2019-11247': {
			score: 8.1,
			fixed: '1.13.9 1.14.5 1.15.2',
			summary: 'Cluster-scoped custom resources are reached with rights on one namespace',
		},
		'CVE-2019-11253': {
			score: 7.5,
			fixed: '1.13.12 1.14.8 1.15.5 1.16.2',
			summary: 'A small YAML or JSON body uses up processor and memory',
		},
		'CVE-2019-11254': {score: 6.5, fixed: '1.15.10 1.16.7 1.17.3', summary: 'A YAML body uses up the processor'},
		'CVE-2020-8552': {score: 4.3, fixed: '1.15.10 1.16.7 1.17.3', summary: 'Requests of authorized users use up the memory'},
		'CVE-2020-8554': {
			score: 6.3,
			fixed: '',
			summary: 'Who may create Services takes traffic of others by external addresses; an admission policy is the only cure',
		},
		'CVE-2020-8559': {
			score: 6.4,
			fixed: '1.16.13 1.17.9 1.18.6',
			summary: 'A node that was taken over redirects upgraded requests to other nodes',
		},
		'CVE-2020-8561': {score: 4.1, fixed: '', summary: 'A webhook redirects requests of the API server into private networks'},
		'CVE-2020-8562': {score: 3.1, fixed: '', summary: 'Proxied requests reach addresses that were forbidden, by a race in DNS'},
		'CVE-2021-25735': {score: 6.5, fixed: '1.18.18 1.19.10 1.20.6', summary: 'Updates of Nodes get past validating webhooks'},
		'CVE-2021-25737': {
			score: 4.8,
			introduced: '1.16.0',
			fixed: '1.18.19 1.19.11 1.20.7 1.21.1',
			summary: 'EndpointSlices send traffic to the network of a node',
		},
		'CVE-2021-25740': {score: 3.1, fixed: '', summary: 'Endpoints of one namespace forward traffic of a load balancer to another'},
		'CVE-2022-3162': {
			score: 6.5,
			fixed: '1.22.16 1.23.14 1.24.8 1.25.4',
			summary: 'Custom resources of another kind of the same group are read without the right',
		},
		'CVE-2022-3172': {
			score: 5.1,
			fixed: '1.22.14 1.23.11 1.24.5 1.25.1',
			summary: 'An aggregated API server redirects clients, with their credentials, to any address',
		},
		'CVE-2022-3294': {
			score: 6.6,
			fixed: '1.22.16 1.23.14 1.24.8 1.25.4',
			summary: 'Who may change Nodes reaches private addresses of the control plane by the proxy',
		},
		'CVE-2023-2727': {
			score: 6.5,
			fixed: '1.24.15 1.25.11 1.26.6 1.27.3',
			summary: 'Ephemeral containers get past the image policy webhook',
		},
		'CVE-2023-2728': {
			score: 6.5,
			fixed: '1.24.15 1.25.11 1.26.6 1.27.3',
			summary: 'Ephemeral containers get past the rule on mountable secrets',
		},
		'CVE-2024-3177': {score: 2.7, fixed: '1.27.13 1.28.9 1.29.4', summary: 'The field envFrom gets past the rule on mountable secrets'},
		'CVE-2024-7598': {
			score: 3.1,
			introduced: '1.3.0',
			fixed: '',
			summary: 'While a namespace is deleted its network policies may go before its pods',
		},
		'CVE-2025-4563': {
			score: 2.7,
			introduced: '1.32.0',
			fixed: '1.32.6 1.33.2',
			summary: 'A node makes mirror pods that use dynamic resources without authorization',
		},
		'CVE-2025-5187': {
			score: 6.7,
			introduced: '1.31.0',
			fixed: '1.31.12 1.32.8 1.33.4',
			summary: 'A node deletes itself by an owner reference, and comes back with other taints and labels',
		},
	}),
	...of('kube-controller-manager', {
		'CVE-2020-8555': {
			score: 6.3,
			fixed: '1.15.12 1.16.9 1.17.5 1.18.1',
			summary: 'Who may create volumes of certain kinds makes it send requests into private networks',
		},
		'CVE-2025-13281': {
			score: 5.8,
			fixed: '1.32.10 1.33.6 1.34.2',
			summary: 'Who may create StorageClasses of Portworx makes it send requests into private networks',
		},
	}),
	...of('kube-proxy', {
		'CVE-2020-8558': {
			score: 8.8,
			fixed: '1.16.11 1.17.7 1.18.4',
			summary: 'Neighbours reach services that a node bound to its loopback address',
		},
	}),
	...of('kubelet', {
		'CVE-2020-8551': {
			score: 4.3,
			introduced: '1.15.0',
			fixed: '1.15.10 1.16.7 1.17.3',
			summary: 'Requests to the API of the kubelet use up its memory',
		},
		'CVE-2020-8557': {score: 5.5, fixed: '1.16.13 1.17.9 1.18.6', summary: 'A pod fills the disk of its node by its own /etc/hosts'},
		'CVE-2021-25741': {
			score: 8.8,
			fixed: '1.19.15 1.20.11 1.21.5 1.22.2',
			summary: 'A container reaches files of its node by a subPath that it exchanges for a link',
		},
		'CVE-2023-2431': {
			score: 3.4,
			fixed: '1.24.14 1.25.10 1.26.5 1.27.2',
			summary: 'A localhost seccomp profile with an empty name leaves a pod unconfined',
		},
		'CVE-2023-3676': {
			score: 8.8,
			os: 'windows',
			fixed: '1.24.17 1.25.13 1.26.8 1.27.5 1.28.1',
			summary: 'Who may create pods becomes administrator of a Windows node',
		},
		'CVE-2023-3955': {
			score: 8.8,
			os: 'windows',
			fixed: '1.24.17 1.25.13 1.26.8 1.27.5 1.28.1',
			summary: 'Who may create pods becomes administrator of a Windows node',
		},
		'CVE-2023-5528': {
			score: 7.2,
			os: 'windows',
			fixed: '1.25.16 1.26.11 1.27.8 1.28.4',
			summary: 'Who may create pods and volumes becomes administrator of a Windows node',
		},
		'CVE-2024-5321': {
			score: 6.1,
			os: 'windows',
			fixed: '1.27.16 1.28.12 1.29.7 1.30.3',
			summary: 'Users of a Windows node read and change logs of containers',
		},
		'CVE-2024-9042': {
			score: 5.9,
			os: 'windows',
			fixed: '1.29.13 1.30.9 1.31.5 1.32.1',
			summary: 'Who may query logs of a Windows node runs commands on it',
		},
		'CVE-2024-10220': {score: 8.1, fixed: '1.28.12 1.29.7 1.30.3', summary: 'A gitRepo volume runs commands outside of the container'},
		'CVE-2025-0426': {
			score: 6.2,
			fixed: '1.29.14 1.30.10 1.31.6 1.32.2',
			summary: 'Requests for checkpoints to the read-only port fill the disk',
		},
		'CVE-2025-1767': {
			score: 6.5,
			fixed: '1.33.0',
			summary: 'A gitRepo volume reads repositories of other pods of the node; from 1.33 on such volumes are off',
		},
	}),
	...of('ingress-nginx', {
		'CVE-2021-25742': {score: 7.6, fixed: '0.49.1 1.0.1', summary: 'Snippets of an Ingress read all Secrets of the cluster'},
		'CVE-2021-25745': {score: 7.6, fixed: '1.2.0', summary: 'Paths of an Ingress read the credentials of the controller'},
		'CVE-2021-25746': {score: 7.6, fixed: '1.2.0', summary: 'Annotations of an Ingress read the credentials of the controller'},
		'CVE-2021-25748': {score: 7.6, fixed: '1.2.1', summary: 'A line break in a path gets past its checks'},
		'CVE-2022-4886': {
			score: 6.5,
			fixed: '1.8.0',
			summary: 'Paths of an Ingress get past their checks and read the credentials of the controller',
		},
		'CVE-2023-5043': {score: 7.6, fixed: '1.9.0', summary: 'Annotations of an Ingress run commands in the controller'},
		'CVE-2023-5044': {score: 7.6, fixed: '1.9.0', summary: 'The annotation of permanent redirects runs code in the controller'},
		'CVE-2024-7646': {score: 8.8, fixed: '1.10.4 1.11.2', summary: 'Annotations get past their checks and run commands in the controller'},
		'CVE-2025-1097': {score: 8.8, fixed: '1.11.5 1.12.1', summary: 'The annotation auth-tls-match-cn runs code in the controller'},
		'CVE-2025-1098': {score: 8.8, fixed: '1.11.5 1.12.1', summary: 'Annotations of mirrors run code in the controller'},
		'CVE-2025-1974': {
			score: 9.8,
			fixed: '1.11.5 1.12.1',
			summary: 'Whoever reaches the admission webhook from the pod network runs code in the controller, without signing in',
		},
		'CVE-2025-24513': {
			score: 4.8,
			fixed: '1.11.5 1.12.1',
			summary: 'Who reaches the admission webhook traverses folders of the controller',
		},
		'CVE-2025-24514': {score: 8.8, fixed: '1.11.5 1.12.1', summary: 'The annotation auth-url runs code in the controller'},
		'CVE-2025-15566': {score: 8.8, fixed: '1.13.7 1.14.3', summary: 'An annotation of an Ingress runs code in the controller'},
		'CVE-2026-1580': {score: 8.8, fixed: '1.13.7 1.14.3', summary: 'The annotation auth-method runs code in the controller'},
		'CVE-2026-24512': {score: 8.8, fixed: '1.13.7 1.14.3', summary: 'The path of an Ingress runs code in the controller'},
		'CVE-2026-24513': {
			score: 3.1,
			fixed: '1.13.7 1.14.3',
			summary: 'With a defective back end for errors the annotation auth-url does not protect',
		},
		'CVE-2026-3288': {score: 8.8, fixed: '1.13.8 1.14.4 1.15.0', summary: 'The annotation rewrite-target runs code in the controller'},
	}),
	...of('coredns', {
		'CVE-2024-0874': {score: 5.3, fixed: '1.11.2', summary: 'Answers of the cache are given to the wrong questions'},
		'CVE-2025-47950': {score: 7.5, fixed: '1.12.2', summary: 'Streams of DNS over QUIC use up the memory'},
		'CVE-2025-58063': {
			score: 7.1,
			introduced: '1.2.0',
			fixed: '1.12.4',
			summary: 'The plugin of etcd takes the number of a lease for a time to live, and caches hold answers for years',
		},
	}),
	...of('etcd', {
		'CVE-2023-32082': {score: 3.1, fixed: '3.4.26 3.5.9', summary: 'Names of keys of a lease are told without the right to read them'},
	}),
	...of('containerd', {
		'CVE-2020-15257': {score: 5.2, fixed: '1.3.9 1.4.3', summary: 'Containers on the network of a node reach its shim and gain its rights'},
		'CVE-2021-41103': {score: 7.8, fixed: '1.4.11 1.5.7', summary: 'Users of a node read and run files of containers'},
		'CVE-2022-23471': {score: 6.5, fixed: '1.5.16 1.6.12', summary: 'An exec with a broken terminal uses up the memory'},
		'CVE-2022-23648': {score: 7.5, fixed: '1.4.13 1.5.10 1.6.1', summary: 'An image with a crafted volume reads files of its node'},
		'CVE-2022-31030': {score: 5.5, fixed: '1.5.13 1.6.6', summary: 'Output of an exec probe uses up the memory'},
		'CVE-2023-25153': {score: 5.5, fixed: '1.5.18 1.6.18', summary: 'An imported image uses up the memory'},
		'CVE-2023-25173': {
			score: 5.3,
			fixed: '1.5.18 1.6.18',
			summary: 'Supplementary groups of a container are not set up, and it gets past rules on groups',
		},
		'CVE-2024-25621': {score: 7.3, fixed: '1.7.29 2.0.7 2.1.5 2.2.0', summary: 'Folders of containerd are open to users of the node'},
		'CVE-2024-40635': {score: 4.6, fixed: '1.6.38 1.7.27 2.0.4', summary: 'A user number that is too large runs a container as root'},
		'CVE-2025-47291': {
			score: 4.6,
			introduced: '2.0.1',
			fixed: '2.0.5 2.1.1',
			summary: 'Containers in user namespaces are not held to the limits of their pod',
		},
		'CVE-2025-64329': {score: 4, fixed: '1.7.29 2.0.7 2.1.5 2.2.0', summary: 'Attaching again and again uses up the memory'},
	}),
	...of('cri-o', {
		'CVE-2022-0811': {
			score: 8.8,
			introduced: '1.19.0',
			fixed: '1.19.6 1.20.7 1.21.6 1.22.3 1.23.2',
			summary: 'Kernel parameters of a pod run commands on its node as root',
		},
		'CVE-2024-3154': {score: 7.2, fixed: '1.27.6 1.28.6 1.29.4', summary: 'Annotations of a pod change how its unit runs on the node'},
	}),
];
