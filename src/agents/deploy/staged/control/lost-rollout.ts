import * as z from 'zod';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {someOf} from '../../../../core/text/count.ts';
import {seeObject} from '../../../../mcp/kubernetes/plan/see-object.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {commandWords, workloadName} from '../lease/held-by.ts';
import type {Watcher} from '../lease/lease.ts';
import {readRolloutAsViewer} from '../record/read-rollout.ts';
import {rolloutRefs, scriptIn} from '../record/rollout-objects.ts';
import {whereItStands} from './half-way.ts';
import {isMarked} from './is-marked.ts';

/** What a rollout left whose record is gone, for `deploy status`. */
export const lostRolloutOutput = z.object({text: z.string(), next: z.array(z.string())});

type LostRollout = z.output<typeof lostRolloutOutput>;

/**
 * Copies that stand without the record of their rollout, or its Lease or Secret alone. Undefined where there is a record, or somebody is at it: it
 * makes the Lease before the record, and removes it after.
 * @param beside Deployments of the names that copies have
 */
export async function lostRollout(
	cluster: Pick<Cluster, 'get'>,
	workload: KubeObject,
	beside: readonly KubeObject[],
	watcher: Watcher,
): Promise<LostRollout | undefined> {
	const name = workloadName(workload);
	const {leaseObject, recordObject, alive} = await readRolloutAsViewer(cluster, name, watcher);
	if (recordObject !== undefined || alive) return undefined;
	const back = {next: [`Take it back: mkcoa deploy abort ${commandWords(name)}`]};
	const copies = beside.filter(object => isMarked(object, workload)).map(({metadata}) => metadata.name);
	if (copies.length > 0) return {text: `a rollout left ${someOf(copies)}, and its record is gone: nobody goes on with it`, ...back};
	const {object: secret} = await seeObject(cluster, rolloutRefs(name).script);
	if (leaseObject === undefined && secret === undefined) return undefined;
	const script = secret === undefined ? undefined : scriptIn(secret);
	if (script !== undefined && (await whereItStands(cluster, script, workload)) === 'half-way')
		return {text: 'a rollout stands half way, and its record is gone: nobody goes on with it', ...back};
	const kinds = [leaseObject, secret].flatMap(object => object?.kind ?? []);
	return {
		text: `${someOf(kinds)} ${rolloutRefs(name).lease.name} ${kinds.length === 1 ? 'is' : 'are'} left of a rollout that is not under way`,
		next: [`Remove what was left: mkcoa deploy resume ${commandWords(name)}`],
	};
}
