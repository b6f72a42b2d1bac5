import {wantedReplicas} from '../../../core/consequences/rollout.ts';
import {shows} from '../../../core/road/shows.ts';
import {readinessOf} from '../rollout/readiness.ts';
import type {Act, StandIn} from './act.ts';
import type {Crew} from './crew.ts';

/** For each write whether the cluster is as it would leave it. Nothing is written without need: somebody else's change is left alone. */
export const standing = ({context: {ports}}: Pick<Crew, 'context'>, {writes}: Act): Promise<readonly boolean[]> =>
	Promise.all(
		writes.map(async write => {
			const live = await ports.cluster.get(write.ref);
			return shows(write, live, live);
		}),
	);

/** Whether a copy can and has to serve while the act behind it replaces pods; tells it where it cannot. */
export async function standsIn(crew: Crew, index: number, {copy, pods, of}: StandIn): Promise<boolean> {
	const {context, patiently, script} = crew;
	const {cluster} = context.ports;
	const covered = script.wayBack.slice(index + 1).find(({standIn}) => standIn === undefined);
	if (covered === undefined || !(await patiently(() => standing(crew, covered))).includes(false)) return false;
	const [live, workload] = await patiently(() => Promise.all([cluster.get(copy), of === undefined ? undefined : cluster.get(of)]));
	const wanted = Math.max(pods, workload === undefined ? 0 : wantedReplicas(workload));
	if (live !== undefined && live.metadata.deletionTimestamp === undefined && readinessOf(live, wanted).done) return true;
	const {name} = copy;
	context.emit({
		kind: 'note',
		text: `${name} does not stand with ${wanted} ready pods, so pods of ${crew.workload.name} are replaced while they serve`,
	});
	return false;
}
