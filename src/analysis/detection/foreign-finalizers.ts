import type {KubeObject} from '../../core/kube/kube-object.ts';

/** Finalizers that Kubernetes itself takes away when their time has come. */
const builtIn = /^(?:foregroundDeletion|orphan|kubernetes)$|^(?:[a-z0-9-]+\.)*(?:kubernetes\.io|k8s\.io)\//;

/** Of an object that is to go, the finalizers that only a program of somebody's takes away. */
export const foreignFinalizers = ({metadata: {deletionTimestamp, finalizers = []}}: KubeObject): readonly string[] =>
	deletionTimestamp === undefined ? [] : finalizers.filter(each => !builtIn.test(each));
