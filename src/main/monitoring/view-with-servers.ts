import type {Clock} from '../../core/clock.ts';
import type {Reach} from '../../core/roles/reach.ts';
import {serverObjects} from '../../mcp/monitoring/objects/server-objects.ts';
import type {View} from '../session-road.ts';
import {clusterWithServers, effectorWithServers} from './with-server-objects.ts';

/** What a session sees, with what the servers of monitoring keep among the objects. */
export function viewWithServers(view: View, clock: Clock, reach?: Reach): View {
	const objects = serverObjects(view.ports.monitoring, clock);
	return {
		...view,
		cluster: clusterWithServers(view.cluster, objects),
		changed: clusterWithServers(view.changed, objects),
		effector: effectorWithServers(view.effector, objects, reach),
	};
}
