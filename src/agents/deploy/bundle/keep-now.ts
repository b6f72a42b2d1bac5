import {type KubeObject, type Ref, refOf} from '../../../core/kube/kube-object.ts';
import type {Consequence, Write} from '../../../core/plan.ts';
import {someOf} from '../../../core/text/count.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {type Bundle, objectsOf} from './bundle.ts';
import {bundleName} from './bundle-name.ts';
import {tooLarge} from './bundle-secret.ts';
import {type KeptBundles, keepBundle, keptBundles} from './kept-bundles.ts';
import {readBundle} from './read-bundle.ts';

/** What keeps a workload as it is now, as parts of a plan. */
export type Keeping = {
	readonly writes: readonly Write[];
	/** `revision 4 of web in Secret mkcoa-bundle-web-4`; undefined where nothing is kept. */
	readonly words: string | undefined;
	/** What the new Secret holds, and why an older one goes. Names alone. */
	readonly holds: string;
	readonly stale: string;
	/** ConfigMaps and Secrets whose content was read: another one by the time of the yes is another plan. */
	readonly members: readonly Ref[];
	readonly notes: readonly Consequence[];
};

/** Longest list of names in one sentence. */
const mostNames = 8;

/** Reads a workload with all that it needs, and computes how it is kept for a later rollback. */
export async function keepNow(
	cluster: Cluster,
	workload: KubeObject,
): Promise<Keeping & {readonly bundle: Bundle; readonly kept: KeptBundles}> {
	const bundle = await readBundle(cluster, workload);
	const {revision} = bundle;
	const kept = await keptBundles(cluster, workload, revision);
	const left = [...bundle.leftOut, ...tooLarge(bundle)];
	const names = objectsOf(bundle).map(({kind, metadata}) => `${kind} ${metadata.name}`);
	return {
		bundle,
		kept,
		writes: keepBundle(bundle, kept),
		words: `revision ${revision} of ${workload.metadata.name} in Secret ${bundleName(workload, revision)}`,
		holds: `what a rollback to revision ${revision} brings back: ${someOf(names, mostNames)}; values of Secrets stay in the cluster`,
		stale: 'an older one: the newest ten are kept',
		members: [...bundle.configs, ...bundle.secrets].map(refOf),
		notes: [
			...left.map((text): Consequence => ({id: 'not-kept', severity: 'info', text: `A later rollback will not bring this back: ${text}`})),
			...(kept.notChecked === undefined
				? []
				: [{id: 'not-checked', severity: 'info', text: `Not checked: ${kept.notChecked}; older snapshots are not removed`} as const]),
		],
	};
}
