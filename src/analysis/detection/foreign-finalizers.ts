import type {KubeObject} from '../../core/kube/kube-object.ts';

/** Finalizers that Kubernetes itself takes away when their time has come. */
const builtIn = /^(?:foregroundDeletion|orphan|kubernetes)$|^(?:[a-z0-9-]+\.)*(?:kubernetes\.io|k8s\.io)\//;

/** Of an object that is to go, the finalizers that only a program of somebody's takes away. */
export const foreignFinalizers = ({metadata: {deletionTimestamp, finalizers = []}}: KubeObject): readonly string[] =>
	deletionTimestamp === undefined ? [] : finalizers.filter(each => !builtIn.test(each));

/**
 * Finalizers that the controllers of managed platforms take away, which mostly run beside the cluster, where nobody sees them: nodes and load balancers of clouds,
 * volumes of their CSI drivers, machines of a cluster that another one looks after.
 */
export const mayBeKeptOutside = (finalizer: string): boolean =>
	/^(?:[a-z0-9-]+\.)*(?:karpenter\.sh|k8s\.aws|amazonaws\.com|gke\.io|gke\.networking\.io|cloud\.google\.com|azure\.com|aliyun\.com|cluster\.x-k8s\.io|cattle\.io)\/|^external-attacher\//.test(
		finalizer,
	);
