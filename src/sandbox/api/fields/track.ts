import type {KubeObject} from '../../../core/kube-object.ts';
import type {Cluster} from '../cluster.ts';

export type TrackedWrite = {
	readonly before: KubeObject | undefined;
	readonly after: KubeObject;
	readonly manager: string;
	readonly subresource: string;
};

export function trackUpdate(_cluster: Cluster, {after}: TrackedWrite): KubeObject {
	return after;
}
