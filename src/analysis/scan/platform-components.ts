/** What runs Kubernetes itself on one kind of cluster, as its makers install it. */
export type Component = {
	readonly name: string;
	readonly namespace: string;
	/** Kinds that it is installed as; `mirror` is a pod that a kubelet runs from a file, named after its node. */
	readonly as: 'DaemonSet' | 'Deployment' | 'Pod' | 'mirror';
	/** Of all its images, without tag and digest. */
	readonly images: RegExp;
};

export const distributions = ['kind', 'minikube', 'EKS', 'GKE', 'AKS'] as const;
export type Distribution = (typeof distributions)[number];

const of = (as: Component['as'], names: readonly string[], images: RegExp, namespace = 'kube-system'): readonly Component[] =>
	names.map(name => ({name, namespace, as, images}));

const upstream =
	/^registry\.k8s\.io\/(?:kube-(?:apiserver|controller-manager|scheduler|proxy)(?:-(?:amd|arm)64)?|etcd(?:-(?:amd|arm)64)?|coredns\/coredns|metrics-server\/metrics-server)$/;

/** What kubeadm installs, which kind and minikube are made with. */
const kubeadm = [
	...of('mirror', ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'], upstream),
	...of('DaemonSet', ['kube-proxy'], upstream),
	...of('Deployment', ['coredns'], upstream),
];
const kindImages = /^(?:docker\.io\/)?kindest\/(?:kindnetd|local-path-provisioner)$/;

/** Registries of the clouds' own add-ons; the account numbers are those of AWS itself. */
const eks =
	/^(?:public\.ecr\.aws\/(?:eks|eks-distro|amazon-vpc-cni)\/|(?:602401143452|877085696533|800184023465|558608220178|918309763551|961992271922|590381155156|013241004608|151742754352)\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/(?:eks|amazon)[/-])/;
const gke =
	/^(?:gke\.gcr\.io|[a-z0-9-]+-artifactregistry\.gcr\.io\/gke-release|gcr\.io\/gke-release|[a-z]+(?:\.gcr\.io|-docker\.pkg\.dev)\/gke-release)\//;
const aks = /^mcr\.microsoft\.com\/(?:oss|aks|azuremonitor|containernetworking|azure-policy)\//;

/** By the pages of their makers on what a new cluster holds. */
export const components: {readonly [distribution in Distribution]: readonly Component[]} = {
	kind: [
		...kubeadm,
		...of('DaemonSet', ['kindnet'], kindImages),
		...of('Deployment', ['local-path-provisioner'], kindImages, 'local-path-storage'),
	],
	minikube: [
		...kubeadm,
		...of('DaemonSet', ['kindnet'], kindImages),
		...of('Pod', ['storage-provisioner'], /^gcr\.io\/k8s-minikube\/storage-provisioner$/),
		...of('Deployment', ['metrics-server'], upstream),
	],
	EKS: [
		...of(
			'DaemonSet',
			['aws-node', 'kube-proxy', 'ebs-csi-node', 'efs-csi-node', 'eks-pod-identity-agent', 'eks-node-monitoring-agent'],
			eks,
		),
		...of('Deployment', ['coredns', 'ebs-csi-controller', 'efs-csi-controller', 'metrics-server', 'snapshot-controller'], eks),
	],
	GKE: [
		...of('mirror', ['kube-proxy'], gke),
		...of(
			'DaemonSet',
			['anetd', 'fluentbit-gke', 'gke-metadata-server', 'gke-metrics-agent', 'ip-masq-agent', 'netd', 'node-local-dns', 'pdcsi-node'],
			gke,
		),
		...of(
			'Deployment',
			[
				'event-exporter-gke',
				'konnectivity-agent',
				'konnectivity-agent-autoscaler',
				'kube-dns',
				'kube-dns-autoscaler',
				'l7-default-backend',
			],
			gke,
		),
		...of('Deployment', ['gmp-operator', 'rule-evaluator'], gke, 'gmp-system'),
		...of('DaemonSet', ['collector'], gke, 'gmp-system'),
	],
	AKS: [
		...of(
			'DaemonSet',
			['kube-proxy', 'cloud-node-manager', 'csi-azuredisk-node', 'csi-azurefile-node', 'azure-cns', 'azure-ip-masq-agent'],
			aks,
		),
		...of('DaemonSet', ['ama-logs', 'azure-npm', 'cilium', 'retina-agent'], aks),
		...of('Deployment', ['coredns', 'coredns-autoscaler', 'konnectivity-agent', 'konnectivity-agent-autoscaler', 'metrics-server'], aks),
		...of('Deployment', ['ama-logs-rs', 'azure-wi-webhook-controller-manager', 'eraser-controller-manager'], aks),
	],
};
