import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {ChosenMetric} from './chosen-metric.ts';

/** The version that serves now: what it has, the canary is compared by. */
export type JudgedWorkload = {
	readonly name: string;
	readonly namespace: string;
	readonly pods: readonly KubeObject[];
	/** The Service by which a route sends it requests; missing where no route splits the traffic. */
	readonly service?: string | undefined;
	/** What pods count comes before what gateways count by Service. */
	readonly podsFirst?: boolean | undefined;
};

/** A metric and where its numbers come from, or why there are none and what to do. */
export type FoundMetric = {readonly chosen: ChosenMetric} | {readonly why: string; readonly next: string};
