import type {Json} from '../core/json.ts';
import type {KubeObject} from '../core/kube/kube-object.ts';
import type {Effector} from '../core/tool.ts';
import type {Cluster} from '../mcp/kubernetes/port.ts';

type LearnFrom = (object: Json) => void;

/** Every Secret that passes is known to the redactor from then on, so that its values leave in no log line and no error. */
const heard = (object: KubeObject | undefined, learnFrom: LearnFrom) => {
	if (object?.kind === 'Secret') learnFrom(object);
	return object;
};

/** The hands of a cluster, for a redactor that learns. */
export const learning = (effector: Effector, learnFrom: LearnFrom): Effector => ({
	...effector,
	read: async (ref, signal) => heard(await effector.read(ref, signal), learnFrom),
});

/** What tools may ask of a cluster, for a redactor that learns. */
export const learningCluster = (cluster: Cluster, learnFrom: LearnFrom): Cluster => ({
	...cluster,
	get: async ref => heard(await cluster.get(ref), learnFrom),
	async list(query) {
		const page = await cluster.list(query);
		for (const item of page.items) heard(item, learnFrom);
		return page;
	},
	async *each(query) {
		for await (const item of cluster.each(query)) {
			heard(item, learnFrom);
			yield item;
		}
	},
	async *watch(query, signal) {
		for await (const event of cluster.watch(query, signal)) {
			if (event.type !== 'synced') heard(event.object, learnFrom);
			yield event;
		}
	},
});
