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
	/** CVSS base score of its project or of the CVE record; NVD's only where neither gives one. */
	readonly score: number;
	readonly summary: string;
	/** The first mended version of each line of releases, the oldest first. Lines before and between them were never mended; none at all: no version is. */
	readonly fixed: readonly string[];
	/** The first version that has it, where it is not older than all that is kept here. */
	readonly introduced?: string;
	/** Nodes of this system alone have it. */
	readonly os?: 'windows';
	/** The issue or advisory to check it by: `kubernetes/kubernetes#126161`, `GHSA-…`. */
	readonly source: string;
};

type Row = Omit<ClusterCve, 'id' | 'component' | 'fixed'> & {readonly fixed: string};

const of = (component: ClusterComponent, rows: {readonly [id: string]: Row}): readonly ClusterCve[] =>
	Object.entries(rows).map(([id, {fixed, ...row}]) => ({id, component, ...row, fixed: fixed === '' ? [] : fixed.split(' ')}));

/**
 * The date of the newest advisory that the table was made from. It is a selection: a vulnerability that is later, or that
 * no source told with both its versions and its score, is not in it, so that a program without an entry is not thereby safe.
 *
 * Each row was compared with a public source: those of Kubernetes and of ingress-nginx with the OSV form of Kubernetes'
 * CVE feed, the issue or the announcement, the others with the CVE record, the Go vulnerability database or the advisory
 * of their project. Where sources differ the project's own word goes first. Sources often list the lines of releases that
 * were supported then: older ones are taken to have it too, unless a first version is told.
 * @see https://kubernetes.io/docs/reference/issues-security/official-cve-feed/
 * @see https://github.com/kubernetes-sigs/cve-feed-osv
 * @see https://github.com/CVEProject/cvelistV5
 * @see https://github.com/golang/vulndb
 */
export const clusterCvesAsOf = '2026-11-16';
export const clusterCvesFrom =
	"mkcoa's own table of published CVEs, made from Kubernetes' CVE feed, CVE records, the Go vulnerability database and the projects' advisories";

export const clusterCves: readonly ClusterCve[] = [
	...of('kube-apiserver', {
		'CVE-2018-1002105': {
			score: 9.8,
			fixed: '1.10.11 1.11.5 1.12.3',
			source: 'kubernetes/kubernetes#71411',
			summary: 'Anyone who may proxy or upgrade a connection reaches back ends as the API server',
		},
		'CVE-2019-11247': {
			score: 5,
			introduced: '1.7.0',
			fixed: '1.13.9 1.14.5 1.15.2',
			source: 'kubernetes/kubernetes#80983',
			summary: 'Cluster-scoped custom resources are reached with rights on one namespace',
		},
		'CVE-2019-11253': {
			score: 7.5,
			fixed: '1.13.12 1.14.8 1.15.5 1.16.2',
			source: 'kubernetes/kubernetes#83253',
			summary: 'A small YAML or JSON body uses up processor and memory',
		},
		'CVE-2019-11254': {
			score: 6.5,
			fixed: '1.15.10 1.16.7 1.17.3',
			source: 'kubernetes/kubernetes#89535',
			summary: 'A YAML body uses up the processor',
		},
		'CVE-2020-8552': {
			score: 5.3,
			fixed: '1.15.10 1.16.7 1.17.3',
			source: 'kubernetes/kubernetes#89378',
			summary: 'Requests of authorized users use up the memory',
		},
		'CVE-2020-8554': {
			score: 6.3,
			fixed: '',
			source: 'kubernetes/kubernetes#97076',
			summary: 'Who may create Services takes traffic of others by external addresses; an admission policy is the only cure',
		},
		'CVE-2020-8559': {
			score: 6.4,
			fixed: '1.16.13 1.17.9 1.18.6',
			source: 'kubernetes/kubernetes#92914',
			summary: 'A node that was taken over redirects upgraded requests to other nodes',
		},
		'CVE-2020-8561': {
			score: 4.1,
			fixed: '',
			source: 'kubernetes/kubernetes#104720',
			summary: 'A webhook redirects requests of the API server into private networks',
		},
		'CVE-2020-8562': {
			score: 3.1,
			fixed: '',
			source: 'kubernetes/kubernetes#101493',
			summary: 'Proxied requests reach addresses that were forbidden, by a race in DNS',
		},
		'CVE-2021-25735': {
			score: 6.5,
			fixed: '1.18.18 1.19.10 1.20.6',
			source: 'kubernetes/kubernetes#100096',
			summary: 'Updates of Nodes get past validating webhooks',
		},
		'CVE-2021-25737': {
			score: 2.7,
			introduced: '1.16.0',
			fixed: '1.18.19 1.19.11 1.20.7 1.21.1',
			source: 'kubernetes/kubernetes#102106',
			summary: 'EndpointSlices send traffic to the network of a node',
		},
		'CVE-2021-25740': {
			score: 3.1,
			fixed: '',
			source: 'kubernetes/kubernetes#103675',
			summary: 'Endpoints of one namespace forward traffic of a load balancer to another',
		},
		'CVE-2022-3162': {
			score: 6.5,
			fixed: '1.22.16 1.23.14 1.24.8 1.25.4',
			source: 'kubernetes/kubernetes#113756',
			summary: 'Custom resources of another kind of the same group are read without the right',
		},
		'CVE-2022-3172': {
			score: 5.1,
			fixed: '1.22.14 1.23.11 1.24.5 1.25.1',
			source: 'kubernetes/kubernetes#112513',
			summary: 'An aggregated API server redirects clients, with their credentials, to any address',
		},
		'CVE-2022-3294': {
			score: 6.6,
			fixed: '1.22.16 1.23.14 1.24.8 1.25.4',
			source: 'kubernetes/kubernetes#113757',
			summary: 'Who may change Nodes reaches private addresses of the control plane by the proxy',
		},
		'CVE-2023-2727': {
			score: 6.5,
			fixed: '1.24.15 1.25.11 1.26.6 1.27.3',
			source: 'kubernetes/kubernetes#118640',
			summary: 'Ephemeral containers get past the image policy webhook',
		},
		'CVE-2023-2728': {
			score: 6.5,
			fixed: '1.24.15 1.25.11 1.26.6 1.27.3',
			source: 'kubernetes/kubernetes#118640',
			summary: 'Ephemeral containers get past the rule on mountable secrets',
		},
		'CVE-2024-3177': {
			score: 2.7,
			fixed: '1.27.13 1.28.9 1.29.4',
			source: 'kubernetes/kubernetes#124336',
			summary: 'The field envFrom gets past the rule on mountable secrets',
		},
		'CVE-2024-7598': {
			score: 3.1,
			introduced: '1.3.0',
			fixed: '',
			source: 'kubernetes/kubernetes#126587',
			summary: 'While a namespace is deleted its network policies may go before its pods',
		},
		'CVE-2025-4563': {
			score: 2.7,
			introduced: '1.32.0',
			fixed: '1.32.6 1.33.2',
			source: 'kubernetes/kubernetes#132151',
			summary: 'A node makes mirror pods that use dynamic resources without authorization',
		},
		'CVE-2025-5187': {
			score: 6.7,
			introduced: '1.31.0',
			fixed: '1.31.12 1.32.8 1.33.4',
			source: 'kubernetes/kubernetes#133471',
			summary: 'A node deletes itself by an owner reference, and comes back with other taints and labels',
		},
		'CVE-2018-1002102': {
			score: 2.6,
			fixed: '1.12.2',
			source: 'kubernetes/kubernetes#85867',
			summary: 'A kubelet that was taken over redirects requests of the API server to any host',
		},
		'CVE-2019-1002100': {
			score: 6.5,
			fixed: '1.11.8 1.12.6 1.13.4',
			source: 'kubernetes/kubernetes#74534',
			summary: 'A JSON patch uses up processor and memory',
		},
		'CVE-2019-11250': {
			score: 4.7,
			fixed: '1.16.0',
			source: 'kubernetes/kubernetes#81114',
			summary: 'With detailed logs (level 7 and up) tokens of requests are written to them',
		},
		'CVE-2020-8565': {
			score: 4.7,
			fixed: '1.17.16 1.18.14 1.19.6',
			source: 'kubernetes/kubernetes#95623',
			summary: 'With detailed logs (level 9 and up) tokens of requests are written to them',
		},
	}),
	...of('kube-controller-manager', {
		'CVE-2020-8555': {
			score: 6.3,
			fixed: '1.15.12 1.16.9 1.17.5 1.18.1',
			source: 'kubernetes/kubernetes#91542',
			summary: 'Who may create volumes of certain kinds makes it send requests into private networks',
		},
		'CVE-2025-13281': {
			score: 5.8,
			fixed: '1.32.10 1.33.6 1.34.2',
			source: 'kubernetes/kubernetes#135525',
			summary: 'Who may create StorageClasses of Portworx makes it send requests into private networks',
		},
		'CVE-2020-8563': {
			score: 5.6,
			introduced: '1.19.0',
			fixed: '1.19.3',
			source: 'kubernetes/kubernetes#95621',
			summary: 'With detailed logs (level 4 and up) credentials of vSphere are written to them',
		},
		'CVE-2020-8566': {
			score: 4.7,
			fixed: '1.17.13 1.18.10 1.19.3',
			source: 'kubernetes/kubernetes#95624',
			summary: 'With detailed logs (level 4 and up) secrets of Ceph RBD are written to them',
		},
		'CVE-2026-2270': {
			score: 5.9,
			fixed: '1.34.12 1.35.9 1.36.5 1.37.1',
			source: 'kubernetes/kubernetes#142097',
			summary: 'Who may write StatefulSets and ControllerRevisions of one namespace has a pod made in another',
		},
	}),
	...of('kube-proxy', {
		'CVE-2020-8558': {
			score: 5.4,
			fixed: '1.16.11 1.17.7 1.18.4',
			source: 'kubernetes/kubernetes#92315',
			summary: 'Neighbours reach services that a node bound to its loopback address',
		},
	}),
	...of('kubelet', {
		'CVE-2020-8551': {
			score: 4.3,
			introduced: '1.15.0',
			fixed: '1.15.10 1.16.7 1.17.3',
			source: 'kubernetes/kubernetes#89377',
			summary: 'Requests to the API of the kubelet use up its memory',
		},
		'CVE-2020-8557': {
			score: 5.5,
			fixed: '1.16.13 1.17.9 1.18.6',
			source: 'kubernetes/kubernetes#93032',
			summary: 'A pod fills the disk of its node by its own /etc/hosts',
		},
		'CVE-2021-25741': {
			score: 8.8,
			fixed: '1.19.15 1.20.11 1.21.5 1.22.2',
			source: 'kubernetes/kubernetes#104980',
			summary: 'A container reaches files of its node by a subPath that it exchanges for a link',
		},
		'CVE-2023-2431': {
			score: 3.4,
			fixed: '1.24.14 1.25.10 1.26.5 1.27.2',
			source: 'kubernetes/kubernetes#118690',
			summary: 'A localhost seccomp profile with an empty name leaves a pod unconfined',
		},
		'CVE-2023-3676': {
			score: 8.8,
			os: 'windows',
			fixed: '1.24.17 1.25.13 1.26.8 1.27.5 1.28.1',
			source: 'kubernetes/kubernetes#119339',
			summary: 'Who may create pods becomes administrator of a Windows node',
		},
		'CVE-2023-3955': {
			score: 8.8,
			os: 'windows',
			fixed: '1.24.17 1.25.13 1.26.8 1.27.5 1.28.1',
			source: 'kubernetes/kubernetes#119595',
			summary: 'Who may create pods becomes administrator of a Windows node',
		},
		'CVE-2023-5528': {
			score: 7.2,
			os: 'windows',
			introduced: '1.8.0',
			fixed: '1.25.16 1.26.11 1.27.8 1.28.4',
			source: 'kubernetes/kubernetes#121879',
			summary: 'Who may create pods and volumes becomes administrator of a Windows node',
		},
		'CVE-2024-5321': {
			score: 6.1,
			os: 'windows',
			fixed: '1.27.16 1.28.12 1.29.7 1.30.3',
			source: 'kubernetes/kubernetes#126161',
			summary: 'Users of a Windows node read and change logs of containers',
		},
		'CVE-2024-9042': {
			score: 5.9,
			os: 'windows',
			fixed: '1.29.13 1.30.9 1.31.5 1.32.1',
			source: 'kubernetes/kubernetes#129654',
			summary: 'Who may query logs of a Windows node runs commands on it',
		},
		'CVE-2024-10220': {
			score: 8.1,
			fixed: '1.28.12 1.29.7 1.30.3',
			source: 'kubernetes/kubernetes#128885',
			summary: 'A gitRepo volume runs commands outside of the container',
		},
		'CVE-2025-0426': {
			score: 6.2,
			fixed: '1.29.14 1.30.10 1.31.6 1.32.2',
			source: 'kubernetes/kubernetes#130016',
			summary: 'Requests for checkpoints to the read-only port fill the disk',
		},
		'CVE-2025-1767': {
			// No version mends it. From 1.33 on its driver is off by default (KEP 5040).
			score: 6.5,
			fixed: '1.33.0',
			source: 'kubernetes/kubernetes#130786',
			summary: 'A gitRepo volume reads repositories of other pods of the node; from 1.33 on such volumes are off',
		},
		'CVE-2017-1002101': {
			score: 8.8,
			introduced: '1.3.0',
			fixed: '1.7.14 1.8.9 1.9.4',
			source: 'kubernetes/kubernetes#60813',
			summary: 'A subPath of a volume reaches files of the node',
		},
		'CVE-2017-1002102': {
			score: 6.1,
			introduced: '1.3.0',
			fixed: '1.7.14 1.8.9 1.9.4',
			source: 'kubernetes/kubernetes#60814',
			summary: 'A volume of a Secret or a ConfigMap deletes files of the node',
		},
		'CVE-2018-1002101': {
			score: 5.9,
			os: 'windows',
			introduced: '1.9.0',
			fixed: '1.9.10 1.10.6 1.11.2',
			source: 'kubernetes/kubernetes#65750',
			summary: 'Mounting a share of files on a Windows node passes arguments on unchecked',
		},
		'CVE-2019-11248': {
			score: 6.5,
			fixed: '1.12.10 1.13.8 1.14.4',
			source: 'kubernetes/kubernetes#81023',
			summary: 'The port of the health check tells profiles of the kubelet without signing in',
		},
		'CVE-2020-8558': {
			score: 5.4,
			fixed: '1.16.11 1.17.7 1.18.4',
			source: 'kubernetes/kubernetes#92315',
			summary: 'Neighbours reach services that a node bound to its loopback address',
		},
		'CVE-2021-25749': {
			score: 7.8,
			os: 'windows',
			introduced: '1.20.0',
			fixed: '1.22.14 1.23.11 1.24.5',
			source: 'kubernetes/kubernetes#112192',
			summary: 'Windows containers run as administrator in spite of runAsNonRoot',
		},
		'CVE-2026-76654': {
			score: 5.8,
			os: 'windows',
			fixed: '1.34.12 1.35.9 1.36.5 1.37.1',
			source: 'kubernetes/kubernetes#142098',
			summary: 'A subPath that links to a network share makes the kubelet sign in there, which tells a hash of its password',
		},
	}),
	...of('ingress-nginx', {
		'CVE-2021-25742': {
			score: 7.6,
			fixed: '0.49.1 1.0.1',
			source: 'kubernetes/kubernetes#126811',
			summary:
				'Snippets of an Ingress read all Secrets of the cluster, from the mended versions on unless allow-snippet-annotations is off',
		},
		'CVE-2021-25745': {
			score: 7.6,
			fixed: '1.2.0',
			source: 'kubernetes/kubernetes#126812',
			summary: 'Paths of an Ingress read the credentials of the controller',
		},
		'CVE-2021-25746': {
			score: 7.6,
			fixed: '1.2.0',
			source: 'kubernetes/kubernetes#126813',
			summary: 'Annotations of an Ingress read the credentials of the controller',
		},
		'CVE-2021-25748': {
			score: 7.6,
			fixed: '1.2.1',
			source: 'kubernetes/kubernetes#126814',
			summary: 'A line break in a path gets past its checks',
		},
		'CVE-2022-4886': {
			score: 8.8,
			fixed: '1.8.0',
			source: 'kubernetes/ingress-nginx#10570',
			summary: 'Paths of an Ingress get past their checks and read the credentials of the controller',
		},
		'CVE-2023-5043': {
			score: 7.6,
			fixed: '1.9.0',
			source: 'kubernetes/kubernetes#126816',
			summary: 'Annotations of an Ingress run commands in the controller',
		},
		'CVE-2023-5044': {
			score: 7.6,
			fixed: '1.9.0',
			source: 'kubernetes/kubernetes#126817',
			summary: 'The annotation of permanent redirects runs code in the controller',
		},
		'CVE-2024-7646': {
			score: 8.8,
			fixed: '1.10.4 1.11.2',
			source: 'kubernetes/kubernetes#126744',
			summary: 'Annotations get past their checks and run commands in the controller',
		},
		'CVE-2025-1097': {
			score: 8.8,
			fixed: '1.11.5 1.12.1',
			source: 'kubernetes/kubernetes#131007',
			summary: 'The annotation auth-tls-match-cn runs code in the controller',
		},
		'CVE-2025-1098': {
			score: 8.8,
			fixed: '1.11.5 1.12.1',
			source: 'kubernetes/kubernetes#131008',
			summary: 'Annotations of mirrors run code in the controller',
		},
		'CVE-2025-1974': {
			score: 9.8,
			fixed: '1.11.5 1.12.1',
			source: 'kubernetes/kubernetes#131009',
			summary: 'Whoever reaches the admission webhook from the pod network runs code in the controller, without signing in',
		},
		'CVE-2025-24513': {
			score: 4.8,
			fixed: '1.11.5 1.12.1',
			source: 'kubernetes/kubernetes#131005',
			summary: 'Who reaches the admission webhook traverses folders of the controller',
		},
		'CVE-2025-24514': {
			score: 8.8,
			fixed: '1.11.5 1.12.1',
			source: 'kubernetes/kubernetes#131006',
			summary: 'The annotation auth-url runs code in the controller',
		},
		'CVE-2025-15566': {
			score: 8.8,
			fixed: '1.12.5 1.13.1',
			source: 'kubernetes/kubernetes#136789',
			summary: 'The annotation auth-proxy-set-headers runs code in the controller',
		},
		'CVE-2026-1580': {
			score: 8.8,
			fixed: '1.13.7 1.14.3',
			source: 'kubernetes/kubernetes#136677',
			summary: 'The annotation auth-method runs code in the controller',
		},
		'CVE-2026-24512': {
			score: 8.8,
			fixed: '1.13.7 1.14.3',
			source: 'kubernetes/kubernetes#136678',
			summary: 'The path of an Ingress runs code in the controller',
		},
		'CVE-2026-24513': {
			score: 3.1,
			fixed: '1.13.7 1.14.3',
			source: 'kubernetes/kubernetes#136679',
			summary: 'With a defective back end for errors the annotation auth-url does not protect',
		},
		'CVE-2026-3288': {
			score: 8.8,
			fixed: '1.13.8 1.14.4 1.15.0',
			source: 'kubernetes/kubernetes#137560',
			summary: 'The annotation rewrite-target runs code in the controller',
		},
		'CVE-2020-8553': {
			score: 5.9,
			fixed: '0.28.0',
			source: 'kubernetes/kubernetes#126818',
			summary: 'Who may create namespaces and Ingresses replaces the password file of another Ingress',
		},
		'CVE-2026-24514': {
			score: 6.5,
			fixed: '1.13.7 1.14.3',
			source: 'kubernetes/kubernetes#136680',
			summary: 'Large requests to the admission webhook use up the memory',
		},
		'CVE-2026-4342': {
			score: 8.8,
			fixed: '1.13.9 1.14.5 1.15.1',
			source: 'kubernetes/kubernetes#137893',
			summary: 'Annotations that are combined run code in the controller',
		},
	}),
	...of('coredns', {
		'CVE-2024-0874': {
			score: 5.3,
			fixed: '1.11.2',
			source: 'coredns/coredns#6186',
			summary: 'Answers of the cache are given to the wrong questions',
		},
		'CVE-2025-47950': {score: 7.5, fixed: '1.12.2', source: 'GHSA-cvx7-x8pj-x2gw', summary: 'Streams of DNS over QUIC use up the memory'},
		'CVE-2025-58063': {
			score: 7.1,
			introduced: '1.2.0',
			fixed: '1.12.4',
			source: 'GHSA-93mf-426m-g6x9',
			summary: 'The plugin of etcd takes the number of a lease for a time to live, and caches hold answers for years',
		},
		'CVE-2026-26017': {
			score: 7.7,
			fixed: '1.14.2',
			source: 'GHSA-c9v3-4pv7-87pr',
			summary: 'A name that the plugin rewrite changes gets past the plugin acl',
		},
		'CVE-2026-26018': {
			score: 7.5,
			fixed: '1.14.2',
			source: 'GHSA-h75p-j8xm-m278',
			summary: 'A query whose name can be guessed makes the plugin loop end the program',
		},
		'CVE-2026-35579': {
			score: 8.2,
			fixed: '1.14.3',
			source: 'GHSA-vp29-5652-4fw9',
			summary: 'Signatures (TSIG) are not checked over gRPC, QUIC and HTTPS',
		},
		'CVE-2026-62994': {
			score: 3.7,
			introduced: '1.9.4',
			fixed: '1.14.5',
			source: 'GHSA-74w3-63xv-x9mv',
			summary: 'A zone transfer of k8s_external crashes where a headless Service has no ports',
		},
	}),
	...of('etcd', {
		'CVE-2023-32082': {
			score: 3.1,
			fixed: '3.4.26 3.5.9',
			source: 'GHSA-3p4g-rcw5-8298',
			summary: 'Names of keys of a lease are told without the right to read them, where roles of etcd itself are used',
		},
		'CVE-2026-33413': {
			score: 8.8,
			fixed: '3.4.42 3.5.28 3.6.9',
			source: 'GHSA-q8m4-xhhv-38mg',
			summary: 'Calls about members, alarms, leases and compaction are not authorized, where roles of etcd itself are used',
		},
		'CVE-2026-33343': {
			score: 6.5,
			fixed: '3.4.42 3.5.28 3.6.9',
			source: 'GHSA-rfx7-8w68-q57q',
			summary: 'Nested transactions get past the rights on keys, where roles of etcd itself are used',
		},
		'CVE-2026-73499': {
			score: 7.1,
			fixed: '3.5.33 3.6.14 3.7.1',
			source: 'GHSA-xg4h-6gfc-h4m8',
			summary: 'Who may read one key watches all keys after it, where roles of etcd itself are used',
		},
	}),
	...of('containerd', {
		'CVE-2020-15257': {
			score: 5.2,
			fixed: '1.3.9 1.4.3',
			source: 'GHSA-36xw-fx78-c5r4',
			summary: 'Containers on the network of a node reach its shim and gain its rights',
		},
		'CVE-2021-41103': {
			score: 5.9,
			fixed: '1.4.11 1.5.7',
			source: 'GHSA-c2h3-6mxw-7mvq',
			summary: 'Users of a node read and run files of containers',
		},
		'CVE-2022-23471': {
			score: 5.7,
			fixed: '1.5.16 1.6.12',
			source: 'GHSA-2qjp-425j-52j9',
			summary: 'An exec with a broken terminal uses up the memory',
		},
		'CVE-2022-23648': {
			score: 7.5,
			fixed: '1.4.13 1.5.10 1.6.1',
			source: 'GHSA-crp2-qrr5-8pq7',
			summary: 'An image with a crafted volume reads files of its node',
		},
		'CVE-2022-31030': {
			score: 5.5,
			fixed: '1.5.13 1.6.6',
			source: 'GHSA-5ffw-gxpp-mxpf',
			summary: 'Output of an exec probe uses up the memory',
		},
		'CVE-2023-25153': {score: 6.2, fixed: '1.5.18 1.6.18', source: 'GHSA-259w-8hf6-59c2', summary: 'An imported image uses up the memory'},
		'CVE-2023-25173': {
			score: 5.3,
			fixed: '1.5.18 1.6.18',
			source: 'GHSA-hmfx-3pcx-653p',
			summary: 'Supplementary groups of a container are not set up, and it gets past rules on groups',
		},
		'CVE-2024-25621': {
			score: 7.3,
			fixed: '1.7.29 2.0.7 2.1.5 2.2.0',
			source: 'GHSA-pwhc-rpq9-4c8w',
			summary: 'Folders of containerd are open to users of the node',
		},
		'CVE-2024-40635': {
			score: 4.6,
			fixed: '1.6.38 1.7.27 2.0.4',
			source: 'GHSA-265r-hfxg-fhmg',
			summary: 'A user number that is too large runs a container as root',
		},
		'CVE-2025-47291': {
			score: 4.6,
			introduced: '2.0.1',
			fixed: '2.0.5',
			source: 'GHSA-cxfp-7pvr-95ff',
			summary: 'Containers in user namespaces are not held to the limits of their pod',
		},
		'CVE-2025-64329': {
			score: 6.9,
			fixed: '1.7.29 2.0.7 2.1.5 2.2.0',
			source: 'GHSA-m6hq-p25p-ffr2',
			summary: 'Attaching again and again uses up the memory',
		},
		'CVE-2026-50195': {
			score: 5.6,
			introduced: '2.1.0',
			fixed: '2.1.9 2.2.5 2.3.2',
			source: 'GHSA-cvxm-645q-p574',
			summary: 'Importing a checkpoint gives the name of a trusted image to another',
		},
		'CVE-2026-53488': {
			score: 9.4,
			fixed: '1.7.33 2.0.10 2.1.9 2.2.5 2.3.2',
			source: 'GHSA-xhf5-7wjv-pqxp',
			summary: 'A label of an image runs commands on its node as root',
		},
		'CVE-2026-53489': {
			score: 8.2,
			introduced: '2.1.0',
			fixed: '2.1.9 2.2.5 2.3.2',
			source: 'GHSA-rgh6-rfwx-v388',
			summary: 'A checkpoint with a link in it reads files of its node as logs',
		},
		'CVE-2026-53492': {
			score: 8.4,
			introduced: '2.1.0',
			fixed: '2.1.9 2.2.5 2.3.2',
			source: 'GHSA-33vj-92qq-66hc',
			summary: 'A checkpoint brings devices and mounts of its node into a pod that did not ask for them',
		},
		'CVE-2026-53493': {
			score: 6.9,
			fixed: '1.7.36 2.0.13 2.2.9 2.3.6 2.4.1',
			source: 'GHSA-pg57-6jwg-q645',
			summary: 'Pulling a crafted image uses up the node',
		},
		'CVE-2026-53495': {
			score: 6.8,
			fixed: '1.7.35 2.0.12 2.2.8 2.3.5',
			source: 'GHSA-7jxh-36q5-gcqv',
			summary: 'Exec probes that leave processes behind use up the memory',
		},
		'CVE-2026-95839': {
			score: 7.1,
			introduced: '2.2.0',
			fixed: '2.2.10 2.3.7 2.4.2',
			source: 'GHSA-vwhp-8p66-mq4f',
			summary: 'Pulling an image with a broken digest ends the program',
		},
	}),
	...of('cri-o', {
		'CVE-2022-0811': {
			// The advisory and the CVE record have the versions but no score: this one is not verified.
			score: 8.8,
			introduced: '1.19.0',
			fixed: '1.19.6 1.20.7 1.21.6 1.22.3 1.23.2',
			source: 'GHSA-6x2m-w449-qwx7',
			summary: 'Kernel parameters of a pod run commands on its node as root',
		},
		'CVE-2024-3154': {
			score: 7.2,
			fixed: '1.27.6 1.28.6 1.29.4',
			source: 'GHSA-2cgq-h8xw-2v5j',
			summary: 'Annotations of a pod change how its unit runs on the node',
		},
		'CVE-2023-6476': {
			score: 6.5,
			fixed: '1.27.3 1.28.3 1.29.1',
			source: 'GHSA-p4rx-7wvg-fwrc',
			summary: 'An annotation of a pod takes more memory and processor than its limits (cgroup v2)',
		},
		'CVE-2024-8676': {
			score: 7.4,
			fixed: '1.29.11 1.30.8 1.31.3',
			source: 'GHSA-7p9f-6x8j-gxxp',
			summary: 'A checkpoint brings mounts of its node into a pod that did not ask for them',
		},
		'CVE-2025-0750': {
			score: 6.6,
			fixed: '1.33.1',
			source: 'GHSA-hp5j-2585-qx6g',
			summary: 'Who may create and delete pods unmounts folders of the node',
		},
	}),
];
